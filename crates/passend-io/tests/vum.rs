// SPDX-License-Identifier: EUPL-1.2
//! VUM messages: what is refused and where, what becomes of them, and that nothing of a message is lost.
#![cfg(test)] // so that the lints take helpers for tests too

use passend::{Candidate, Vacancy};
use passend_io::{
    Crosswalk, ImportOptions, Imported, LossReason, MessageFormat, Record, Sidecar, VumVersion,
    export_vum, import_messages,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const FIELDS: &str = include_str!("../src/import/message/vum/fields.tsv");

fn format(version: VumVersion) -> MessageFormat {
    match version {
        VumVersion::Two => MessageFormat::Vum2,
        VumVersion::Three => MessageFormat::Vum3,
    }
}

fn import<T: Record>(version: VumVersion, messages: &Value) -> Imported<T> {
    let bytes = messages.to_string();
    import_messages(format(version), bytes.as_bytes(), "vum", &ImportOptions::default()).unwrap()
}

/// A value without what is empty, with sorted lists: an empty value is no value in VUM, and a list has no order.
fn plain(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(elements) => {
            let mut elements: Vec<Value> = elements.iter().filter_map(plain).collect();
            elements.sort_by_key(Value::to_string);
            (!elements.is_empty()).then_some(Value::Array(elements))
        }
        Value::Object(keys) => {
            let keys: Map<String, Value> =
                keys.iter().filter_map(|(key, value)| Some((key.clone(), plain(value)?))).collect();
            (!keys.is_empty()).then_some(Value::Object(keys))
        }
        other => Some(other.clone()),
    }
}

/// Imports messages, writes and reads records and sidecar as files would, and exports.
fn there_and_back<T: Record + std::fmt::Debug>(
    version: VumVersion,
    messages: &Value,
) -> (Vec<T>, Vec<Value>) {
    let imported: Imported<T> = import(version, messages);
    assert_eq!(imported.batch.report.refused, [], "{messages}");
    let mut sidecar = Vec::new();
    passend_io::write::jsonl(&mut sidecar, imported.sidecar.lines()).unwrap();
    let sidecar = Sidecar::read(sidecar.as_slice()).unwrap();
    let mut records = Vec::new();
    passend_io::write::jsonl(&mut records, &imported.batch.accepted).unwrap();
    let records =
        passend_io::read_records::<T>(records.as_slice(), "r", passend_io::OnRefusal::Continue)
            .unwrap();
    assert_eq!(records.accepted, imported.batch.accepted);
    let exported = export_vum(&records.accepted, version, &sidecar, &Crosswalk::default());
    (records.accepted, exported.messages)
}

#[track_caller]
fn kept<T: Record + std::fmt::Debug>(version: VumVersion, message: &Value) {
    let (_, back) = there_and_back::<T>(version, &json!([message]));
    assert_eq!(back.iter().filter_map(plain).next(), plain(message));
}

/// The rows of the table of fields for a side and version: path, kind, where it goes.
fn rows(side: &str, version: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let cells = |line: &'static str| -> Vec<&'static str> { line.split('\t').collect() };
    FIELDS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(cells)
        .filter(|cells| cells[0] == side && cells[1] == version)
        .map(|cells| (cells[2].trim_end_matches('!'), cells[3], cells[4]))
        .collect()
}

/// Any value that the standard allows for a kind.
fn any(kind: &'static str) -> BoxedStrategy<Value> {
    let (name, rest) = kind.split_once(' ').unwrap_or((kind, ""));
    let texts: Vec<String> = rest.split('|').map(str::to_owned).collect();
    let most: usize = rest.parse().unwrap_or(0);
    match name {
        "code" => {
            let codes: Vec<u64> = texts.iter().map(|text| text.parse().unwrap()).collect();
            prop::sample::select(codes).prop_map(Value::from).boxed()
        }
        "word" => prop::sample::select(texts).prop_map(Value::from).boxed(),
        "whole" => (0..=u64::try_from(most).unwrap()).prop_map(Value::from).boxed(),
        "day" => ("(19|20)[0-9]{2}|0001", 1..=12_u8, 1..=28_u8)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}").into())
            .boxed(),
        "postcode" => "[0-9]{4}[a-zA-Z]{2}".prop_map(Value::from).boxed(),
        "language" => prop_oneof!["nld|arb|ara|tir|ukr|prs|fas|pes|eng", "[a-z]{3}"]
            .prop_map(Value::from)
            .boxed(),
        "digits" => "[0-9]{1,10}".prop_map(Value::from).boxed(),
        "id" => "[a-zA-Z][a-zA-Z0-9_.-]{0,20}".prop_map(Value::from).boxed(),
        "text" => {
            let uri =
                Just(Value::from("https://linkeddata.competentnl.nl/uwv/id/occupation/DBB1D4878F"));
            let plain = proptest::string::string_regex(&format!(
                "[a-zA-Z0-9 é€.,()-]{{0,{}}}",
                most.min(12)
            ));
            let plain = plain.unwrap().prop_map(Value::from);
            // A text of the greatest length, in characters of several bytes.
            let long = Just(Value::from("é".repeat(most.min(2000))));
            if most >= 100 {
                prop_oneof![6 => plain, 2 => uri, 1 => long].boxed()
            } else {
                plain.boxed()
            }
        }
        other => panic!("unknown kind {other}"),
    }
}

/// The fields of a message as a tree: an object of fields, or a kind of value; each perhaps a list.
#[derive(Default, Clone)]
struct Tree {
    below: std::collections::BTreeMap<String, Tree>,
    kind: Option<&'static str>,
    list: bool,
}

fn tree(side: &str, version: &str) -> Tree {
    let mut top = Tree::default();
    for (path, kind, _) in rows(side, version) {
        let mut here = &mut top;
        for part in path.split('.') {
            here = here.below.entry(part.trim_end_matches("[]").to_owned()).or_default();
            here.list |= part.ends_with("[]");
        }
        here.kind = Some(kind);
    }
    top
}

fn any_message(tree: &Tree) -> BoxedStrategy<Value> {
    let one = match tree.kind {
        Some(kind) => any(kind),
        None => {
            let keys: Vec<BoxedStrategy<Option<(String, Value)>>> = tree
                .below
                .iter()
                .map(|(key, below)| {
                    let key = key.clone();
                    let required = matches!(key.as_str(), "bemiddelingspostcode" | "postcode");
                    let present = if required { 0.99 } else { 0.6 };
                    prop::option::weighted(present, any_message(below))
                        .prop_map(move |value| Some((key.clone(), value?)))
                        .boxed()
                })
                .collect();
            keys.prop_map(|keys| Value::Object(keys.into_iter().flatten().collect())).boxed()
        }
    };
    if tree.list { prop::collection::vec(one, 0..4).prop_map(Value::Array).boxed() } else { one }
}

fn messages(side: &'static str, version: &'static str) -> BoxedStrategy<Value> {
    let id = if side == "candidate" { "idWerkzoekende" } else { "idVacature" };
    (any_message(&tree(side, version)), "[a-zA-Z][a-zA-Z0-9_.-]{0,20}")
        .prop_map(move |(mut message, own)| {
            message[id] = own.into();
            message
        })
        .boxed()
}

/// Empty objects around a required field would be refused: the standard asks what is in them.
fn with_required(mut message: Value) -> Value {
    for (outer, inner) in [("mobiliteit", "bemiddelingspostcode"), ("adres", "postcode")] {
        if let Some(keys) = message.get_mut(outer).and_then(Value::as_object_mut) {
            keys.entry(inner).or_insert_with(|| "9711LM".into());
        }
    }
    message
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_field_of_a_jobseeker_comes_back(message in messages("candidate", "3")) {
        kept::<Candidate>(VumVersion::Three, &with_required(message));
    }

    #[test]
    fn every_field_of_a_vacancy_comes_back(message in messages("vacancy", "3")) {
        kept::<Vacancy>(VumVersion::Three, &with_required(message));
    }

    #[test]
    fn every_field_of_a_jobseeker_of_version_2_comes_back(message in messages("candidate", "2")) {
        kept::<Candidate>(VumVersion::Two, &with_required(message));
    }

    #[test]
    fn every_field_of_a_vacancy_of_version_2_comes_back(message in messages("vacancy", "2")) {
        kept::<Vacancy>(VumVersion::Two, &with_required(message));
    }
}

/// A message with one good value for every field; `canary` in every text that is contact, health or free text.
fn full(side: &str, version: &str) -> Value {
    fn put(message: &mut Value, path: &str, value: Value) {
        let (part, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
        let name = part.trim_end_matches("[]");
        let is_list = part.ends_with("[]");
        let slot = &mut message[name];
        match rest {
            None if is_list => *slot = json!([value]),
            None => *slot = value,
            Some(rest) => {
                if slot.is_null() {
                    *slot = if is_list { json!([{}]) } else { json!({}) };
                }
                put(if is_list { &mut slot[0] } else { slot }, rest, value);
            }
        }
    }
    let mut message = json!({});
    for (path, kind, place) in rows(side, version) {
        let (name, rest) = kind.split_once(' ').unwrap_or((kind, ""));
        let first = rest.split('|').next().unwrap();
        let aside = matches!(place, "contact" | "health" | "free_text");
        let value = match name {
            "day" if path.contains("Einde") => json!("2021-03-31"),
            "day" => json!("2020-03-01"),
            "postcode" => json!("9711LM"),
            "language" => json!("tir"),
            "digits" => json!("1234567890"),
            "whole" if path.contains("Sbi") => json!(43210),
            "whole" => json!(9),
            "code" if path.contains("codeNiveauTaal") => json!(2),
            "code" if rest.contains('1') => json!(1),
            "code" | "word" if name == "code" => json!(first.parse::<u64>().unwrap()),
            "word" if rest.starts_with('0') && rest.contains('4') && !rest.contains("01") => {
                json!("4")
            }
            "word" => json!(first),
            "text" if aside => {
                json!("canary".get(..rest.parse::<usize>().unwrap().min(6)).unwrap())
            }
            _ if path.ends_with("codeBeroepsnaam") && version == "3" => {
                json!("https://linkeddata.competentnl.nl/uwv/id/occupation/DBB1D4878F")
            }
            _ => json!("a1".get(..rest.parse().unwrap_or(2).min(2)).unwrap()),
        };
        put(&mut message, path, value);
    }
    message
}

#[test]
fn a_message_with_every_field_at_once_comes_back() {
    for (side, version, number) in [
        ("candidate", VumVersion::Three, "3"),
        ("candidate", VumVersion::Two, "2"),
        ("vacancy", VumVersion::Three, "3"),
        ("vacancy", VumVersion::Two, "2"),
    ] {
        let message = full(side, number);
        if side == "candidate" {
            kept::<Candidate>(version, &message);
        } else {
            kept::<Vacancy>(version, &message);
        }
    }
}

#[test]
fn contact_health_and_free_text_live_only_in_the_sidecar() {
    for version in [VumVersion::Three, VumVersion::Two] {
        let number = if version == VumVersion::Three { "3" } else { "2" };
        let people: Imported<Candidate> = import(version, &json!([full("candidate", number)]));
        let record = serde_json::to_string(&people.batch.accepted).unwrap();
        assert!(!record.contains("canary"), "{record}");
        let work: Imported<Vacancy> = import(version, &json!([full("vacancy", number)]));
        let record = serde_json::to_string(&work.batch.accepted).unwrap();
        assert!(!record.contains("canary"), "{record}");
        for reason in [LossReason::Contact, LossReason::Health, LossReason::FreeText] {
            assert!(people.losses.iter().any(|loss| loss.reason == reason), "{reason:?}");
        }
        // Numbers and flags of health are not in the record by another name either.
        let mut changed = full("candidate", number);
        changed["eisAanWerk"]["indicatieBegeleiding"] = json!(2);
        changed["indicatieLdrRegistratie"] = json!(2);
        let other: Imported<Candidate> = import(version, &json!([changed]));
        assert_eq!(other.batch.accepted, people.batch.accepted);
    }
}

#[test]
fn fields_of_the_record_need_no_sidecar() {
    // Values that mean something in both forms, in the order of the record.
    let message = json!({
        "idWerkzoekende": "w1",
        "mobiliteit": {"bemiddelingspostcode": "9711LM", "maximaleReisafstand": 30, "maximaleReistijd": 45},
        "werktijden": {"aantalWerkurenPerWeekMinimaal": 16, "aantalWerkurenPerWeekMaximaal": 36, "indicatieKantoortijden": 2},
        "flexibiliteit": {"datumAanvangBeschikbaarVoorWerk": "2026-12-01", "indicatieOnregelmatigWerkOfPloegendienst": 1},
        "bemiddelingsberoep": [{"codeBeroepsnaam": "https://linkeddata.competentnl.nl/uwv/id/occupation/DBB1D4878F"}],
        "contractvorm": [{"codeTypeArbeidscontract": "B"}, {"codeTypeOvereenkomst": "04"}],
        "sector": [{"codeSbi": 43210}],
        "vervoermiddel": [{"codeVervoermiddel": 5, "indicatieBeschikbaarVoorWoonWerkverkeer": 1}],
        "arbeidsmarktkwalificatie": {
            "codeWerkEnDenkniveauWerkzoekende": 4,
            "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 2}],
            "opleiding": [{"codeNiveauOpleiding": 4, "codeStatusOpleiding": 1, "indicatieDiploma": 1,
                "datumAanvangVolgenOpleiding": "2010-09-01", "datumEindeVolgenOpleiding": "2014-06-30"}],
            "werkervaring": [{"beroep": {"codeBeroepsnaam": "https://linkeddata.competentnl.nl/uwv/id/occupation/DBB1D4878F"},
                "datumAanvangWerkzaamheden": "2015-09-01", "toelichtingWerkervaring": "woningbouw"}],
            "cursus": [{"naamCursus": "VCA Basis", "indicatieCertificaat": 1, "datumCertificaat": "2026-03-12"}],
            "rijbewijs": [{"codeSoortRijbewijs": "B"}],
            "competentiebeheersing": [{"codeCompetentie": "https://example.org/skill/1"}]
        }
    });
    let imported: Imported<Candidate> = import(VumVersion::Three, &json!([message]));
    assert_eq!(imported.sidecar.lines(), []);
    assert_eq!(imported.losses, []);
    let record = serde_json::to_value(&imported.batch.accepted[0]).unwrap();
    let expected = json!({
        "schema": "passend/candidate/1", "id": "w1",
        "location": {"postcode": "9711LM"},
        "mobility": {"max_km": 30, "max_minutes": 45, "modes": ["public_transport"]},
        "hours": {"min": 16, "max": 36}, "office_hours": false, "irregular_ok": true,
        "available": {"from": "2026-12-01"},
        "targets": [{"scheme": "cnl", "code": "DBB1D4878F"}],
        "contract_wishes": ["temporary", "work_experience"],
        "wishes": {"sectors": ["43210"]}, "work_level": 4,
        "languages": [{"code": "nl", "speaking": {"min": "A1", "max": "A2"}, "source": "vum"}],
        "education": [{"level": {"min": "mbo1", "max": "mbo4"}, "level_source": "vum", "from": "2010-09-01",
            "to": "2014-06-30", "status": "finished", "diploma": true, "source": "vum"}],
        "experience": [{"occupation": {"scheme": "cnl", "code": "DBB1D4878F"}, "from": "2015-09-01",
            "note": "woningbouw", "source": "vum"}],
        "certificates": [{"name": "VCA Basis", "issued": "2026-03-12", "source": "vum"}],
        "licences": [{"category": "B", "source": "vum"}],
        "skills": [{"scheme": "cnl", "code": "https://example.org/skill/1", "source": "vum"}]
    });
    assert_eq!(record, expected);
}

#[test]
fn the_status_of_a_person_stays_unknown_and_is_counted() {
    let imported: Imported<Candidate> =
        import(VumVersion::Three, &json!([{"idWerkzoekende": "w1"}, {"idWerkzoekende": "w2"}]));
    assert!(imported.batch.accepted.iter().all(|one| one.residence.is_none()));
    let warning = imported.batch.report.warnings.iter().find(|one| one.path == "residence.status");
    assert_eq!(warning.map(|one| one.count), Some(2));
}

#[test]
fn unknown_is_not_no() {
    let imported: Imported<Candidate> = import(
        VumVersion::Three,
        &json!([{
            "idWerkzoekende": "w1",
            "werktijden": {"indicatieKantoortijden": 0, "aantalWerkurenPerWeekMaximaal": 0},
            "vervoermiddel": [{"codeVervoermiddel": 1, "indicatieBeschikbaarVoorWoonWerkverkeer": 0}],
            "arbeidsmarktkwalificatie": {
                "codeWerkEnDenkniveauWerkzoekende": 7,
                "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 8}],
                "opleiding": [{"codeNiveauOpleiding": 9, "indicatieDiploma": 8, "codeStatusOpleiding": 0}],
                "rijbewijs": [],
                "cursus": [{"naamCursus": "Heftruck", "indicatieCertificaat": 2}]
            }
        }]),
    );
    let record = serde_json::to_value(&imported.batch.accepted[0]).unwrap();
    let expected = json!({"schema": "passend/candidate/1", "id": "w1", "languages": [{"code": "nl", "source": "vum"}]});
    assert_eq!(record, expected);
}

#[test]
fn what_the_record_says_now_is_exported() {
    let messages = json!([{
        "idWerkzoekende": "w1",
        "emailadres": ["a@example.org"],
        "arbeidsmarktkwalificatie": {
            "codeWerkEnDenkniveauWerkzoekende": 7,
            "opleiding": [{"codeNiveauOpleiding": 4, "naamOpleidingsinstituut": "ROC"},
                {"codeNiveauOpleiding": 5, "naamOpleidingsinstituut": "HS"}]
        }
    }]);
    let imported: Imported<Candidate> = import(VumVersion::Three, &messages);
    let mut record = imported.batch.accepted[0].clone();
    record.work_level = Some(3);
    record.education.as_mut().unwrap()[0].diploma = Some(true);
    let exported =
        export_vum(&[record], VumVersion::Three, &imported.sidecar, &Crosswalk::default());
    let expected = json!({
        "idWerkzoekende": "w1",
        "emailadres": ["a@example.org"],
        "arbeidsmarktkwalificatie": {
            "codeWerkEnDenkniveauWerkzoekende": 3,
            "opleiding": [{"codeNiveauOpleiding": 4, "indicatieDiploma": 1},
                {"codeNiveauOpleiding": 5, "naamOpleidingsinstituut": "HS"}]
        }
    });
    assert_eq!(plain(&exported.messages[0]), plain(&expected));
    let changed: Vec<_> = exported
        .losses
        .iter()
        .filter(|loss| loss.reason == LossReason::Changed)
        .map(|loss| loss.field.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "arbeidsmarktkwalificatie.codeWerkEnDenkniveauWerkzoekende",
            "arbeidsmarktkwalificatie.opleiding[]"
        ]
    );
}

#[test]
fn what_vum_cannot_hold_is_told_without_its_value() {
    let record: Candidate = serde_json::from_value(json!({
        "id": "c1",
        "residence": {"status": "asylum_seeker_in_procedure", "procedure_started": "2025-01-15"},
        "languages": [{"code": "nl", "level": "B1"}],
        "hours": {"min": 22.5},
        "skills": [{"label": "koken"}],
        "integration": {"route": "b1"}
    }))
    .unwrap();
    let exported =
        export_vum(&[record], VumVersion::Three, &Sidecar::default(), &Crosswalk::default());
    let losses: Vec<_> = exported
        .losses
        .iter()
        .map(|loss| format!("{} {:?} {}", loss.field, loss.reason, loss.count))
        .collect();
    assert_eq!(
        losses,
        [
            "hours.min NoField 1",
            "integration.route NoField 1",
            "languages[].listening Coarser 1",
            "languages[].reading Coarser 1",
            "languages[].speaking Coarser 1",
            "languages[].writing Coarser 1",
            "residence.procedure_started NoField 1",
            "residence.status NoField 1",
            "skills[].label NoField 1",
        ]
    );
    assert_eq!(
        exported.messages,
        [json!({
            "idWerkzoekende": "c1",
            "arbeidsmarktkwalificatie": {"taalbeheersing": [{
                "codeTaal": "nld", "codeNiveauTaalbeheersingLezen": 3, "codeNiveauTaalbeheersingLuisteren": 3,
                "codeNiveauTaalbeheersingMondeling": 3, "codeNiveauTaalbeheersingSchriftelijk": 3
            }]}
        })]
    );
}

#[test]
fn occupations_get_their_label_and_uri_out_of_the_table_of_the_user() {
    let table = b"uwv_code,label_nl,competentnl_id\n77,Activiteitenbegeleider,A88A7902CB\n";
    let options =
        ImportOptions { crosswalk: Crosswalk::read(table).unwrap(), ..ImportOptions::default() };
    let uri = "https://linkeddata.competentnl.nl/uwv/id/occupation/A88A7902CB";
    let message = json!([{"idVacature": "v1", "beroep": {"codeBeroepsnaam": uri}}]).to_string();
    let imported =
        import_messages::<Vacancy>(MessageFormat::Vum3, message.as_bytes(), "v", &options).unwrap();
    let occupation = &imported.batch.accepted[0].occupation.as_ref().unwrap()[0];
    assert_eq!(occupation.label.as_deref(), Some("Activiteitenbegeleider"));
    assert_eq!(imported.sidecar.lines(), []);
    // A record that knows the UWV number gets the URI, and none without the table.
    let record: Vacancy = serde_json::from_value(
        json!({"id": "v2", "occupation": [{"scheme": "uwv", "code": "77"}]}),
    )
    .unwrap();
    let sidecar = Sidecar::default();
    let with =
        export_vum(std::slice::from_ref(&record), VumVersion::Three, &sidecar, &options.crosswalk);
    assert_eq!(with.messages[0]["beroep"]["codeBeroepsnaam"], uri);
    let without = export_vum(&[record], VumVersion::Three, &sidecar, &Crosswalk::default());
    assert_eq!(without.messages[0], json!({"idVacature": "v2"}));
}

#[track_caller]
fn refused<T: Record>(version: VumVersion, message: &Value, path: &str) {
    let imported: Imported<T> = import(version, &json!([message]));
    let refused = &imported.batch.report.refused;
    assert_eq!(refused.len(), 1, "{message}");
    assert_eq!((refused[0].code.id(), refused[0].path.as_str()), ("E231", path));
}

#[test]
fn a_message_that_is_not_as_the_standard_says_is_refused_by_its_field() {
    let three = VumVersion::Three;
    let person = |keys: Value| {
        let mut message = json!({"idWerkzoekende": "w1"});
        message.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
        message
    };
    for (keys, path) in [
        (
            json!({"bemiddelingsberoep": [{"beroepsnaamOngecodeerd": {"naamBeroepOngecodeerd": "Metselaar"}}]}),
            "bemiddelingsberoep[0].beroepsnaamOngecodeerd",
        ),
        (
            json!({"mobiliteit": {"bemiddelingspostcode": "9561 MC"}}),
            "mobiliteit.bemiddelingspostcode",
        ),
        (json!({"mobiliteit": {"maximaleReistijd": 3}}), "mobiliteit.bemiddelingspostcode"),
        (
            json!({"mobiliteit": {"bemiddelingspostcode": "9561MC", "maximaleReistijd": 1000}}),
            "mobiliteit.maximaleReistijd",
        ),
        (
            json!({"arbeidsmarktkwalificatie": {"codeWerkEnDenkniveauWerkzoekende": "4"}}),
            "arbeidsmarktkwalificatie.codeWerkEnDenkniveauWerkzoekende",
        ),
        (
            json!({"arbeidsmarktkwalificatie": {"taalbeheersing": [{"codeTaal": "nld"}, {"codeTaal": "nl"}]}}),
            "arbeidsmarktkwalificatie.taalbeheersing[1].codeTaal",
        ),
        (
            json!({"arbeidsmarktkwalificatie": {"taalbeheersing": [{"codeNiveauTaalbeheersingLezen": 5}]}}),
            "arbeidsmarktkwalificatie.taalbeheersing[0].codeNiveauTaalbeheersingLezen",
        ),
        (
            json!({"flexibiliteit": {"datumAanvangBeschikbaarVoorWerk": "01-12-2026"}}),
            "flexibiliteit.datumAanvangBeschikbaarVoorWerk",
        ),
        (
            json!({"flexibiliteit": {"datumAanvangBeschikbaarVoorWerk": "2026-02-30"}}),
            "flexibiliteit.datumAanvangBeschikbaarVoorWerk",
        ),
        (json!({"vervoermiddel": {"codeVervoermiddel": 1}}), "vervoermiddel"),
        (json!({"persoonlijkePresentatie": "a".repeat(2001)}), "persoonlijkePresentatie"),
        (json!({"sector": ["A"]}), "sector[0]"),
        (json!({"emailadres": vec!["a"; 1001]}), "emailadres"),
    ] {
        refused::<Candidate>(three, &person(keys), path);
    }
    for (message, path) in [
        (
            json!({"idVacature": "v1", "codeWerkEnDenkniveauMinimaal": 3}),
            "codeWerkEnDenkniveauMinimaal",
        ),
        (
            json!({"idVacature": "v1", "gedragscompetentie": [{"codeGedragscompetentie": "24100"}]}),
            "gedragscompetentie",
        ),
        (json!({"idVacature": "A/B"}), "idVacature"),
        (json!({"naamVacature": "kok"}), "idVacature"),
        (json!({"idVacature": "v1", "adres": {"straatnaam": "A"}}), "adres.postcode"),
    ] {
        refused::<Vacancy>(three, &message, path);
    }
    refused::<Candidate>(
        three,
        &json!({"mobiliteit": {"bemiddelingspostcode": "9561MC"}}),
        "idWerkzoekende",
    );
    refused::<Candidate>(
        VumVersion::Two,
        &person(json!({"bemiddelingsberoep": [{"codeBeroepsnaam": "1"}]})),
        "bemiddelingsberoep[0].codeBeroepsnaam",
    );
}

#[test]
fn nothing_of_a_refused_message_is_in_the_report() {
    let messages = json!([
        {"idWerkzoekende": "canary1", "emailadres": "canary@example.org"},
        {"idWerkzoekende": "canary2", "mobiliteit": {"bemiddelingspostcode": "canary"}},
        {"idWerkzoekende": "canary 3"}
    ]);
    let imported: Imported<Candidate> = import(VumVersion::Three, &messages);
    let report = format!("{:?}", imported.batch.report);
    assert_eq!(imported.batch.report.refused.len(), 3);
    assert!(!report.contains("canary"), "{report}");
}

#[test]
fn the_answer_of_the_exchange_is_read_too() {
    let answer = r#"{"maximumAantalResultatenBereikt": false, "vraagID": "q1", "matches": [
        {"vumID": "x.1", "adres": {"postcode": "9711LM"}}], "more": 1}"#;
    let imported = import_messages::<Vacancy>(
        MessageFormat::Vum3,
        answer.as_bytes(),
        "a",
        &ImportOptions::default(),
    )
    .unwrap();
    assert_eq!(imported.batch.report.summary(), "a: read 1, accepted 1, refused 0, warned 1");
    assert_eq!(imported.batch.accepted[0].id, "x.1");
}

#[expect(clippy::print_stderr, reason = "what is skipped is said aloud")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// Files that are not part of the project, for those who have them.
#[test]
fn the_sample_messages_behave_as_their_list_says() {
    let folder = std::env::var_os("PASSEND_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        Into::into,
    );
    let read = |name: &str| -> Option<Value> {
        let text = std::fs::read(folder.join("data/vum").join(name)).ok()?;
        serde_json::from_slice(&text).ok()
    };
    let (Some(samples), Some(wrong)) =
        (read("sample-messages-3.0.json"), read("invalid-messages-3.0.json"))
    else {
        return skipped(&format!("no sample messages in {}", folder.display()));
    };
    for message in samples["jobseekers"].as_array().unwrap() {
        kept::<Candidate>(VumVersion::Three, message);
    }
    for message in samples["vacancies"].as_array().unwrap() {
        kept::<Vacancy>(VumVersion::Three, message);
    }
    for one in wrong.as_array().unwrap() {
        let messages = json!([one["record"]]);
        let refused = if one["side"] == "jobseeker" {
            import::<Candidate>(VumVersion::Three, &messages).batch.report.refused
        } else {
            import::<Vacancy>(VumVersion::Three, &messages).batch.report.refused
        };
        let place = one["fails_at"][0].as_str().unwrap();
        let path = refused[0].path.replace(['[', '.'], "/").replace(']', "");
        assert_eq!(refused[0].code.id(), "E231");
        assert!(path.starts_with(place), "{path} is not in {place}");
    }
}
