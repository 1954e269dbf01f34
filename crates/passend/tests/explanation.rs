// SPDX-License-Identifier: EUPL-1.2
//! What each reader of an explanation is told, and what not.
#![cfg(test)] // so that the lints take helpers for tests too

use std::sync::LazyLock;

use passend::{
    Candidate, Engine, Explanation, Lang, Policy, Reader, Request, Row, Vacancy, Vocabulary, Watch,
    When,
};

const READERS: [Reader; 3] = [Reader::Candidate, Reader::Caseworker, Reader::Employer];

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Pairs of the demo, explained, on three days: every third vacancy, another third each day.
static DEMO: LazyLock<Vec<Explanation>> = LazyLock::new(|| {
    let people: Vec<Candidate> =
        read(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
    let work: Vec<Vacancy> =
        read(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
    let [plain, announced] = [false, true]
        .map(|on| Engine::new(Policy::with_files(&[], on).unwrap(), Vocabulary::starter()));
    let days = [(&plain, "2026-11-25"), (&announced, "2026-12-30"), (&plain, "2027-03-10")];
    let mut explained = Vec::new();
    for (third, (engine, day)) in days.into_iter().enumerate() {
        let market = engine.market(&people, &work, day.parse().unwrap()).unwrap();
        for person in &people {
            for vacancy in work.iter().skip(third).step_by(3) {
                explained.push(market.explain(&person.id, &vacancy.id).unwrap());
            }
        }
    }
    explained
});

fn demo(look: impl FnMut(&Explanation)) {
    DEMO.iter().for_each(look);
}

/// Made once: reading the tables takes longer than explaining a pair.
static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);

fn one(as_of: &str, person: &str, vacancy: &str) -> Explanation {
    let candidate: Candidate = serde_json::from_str(person).unwrap();
    let vacancy: Vacancy = serde_json::from_str(vacancy).unwrap();
    let market = ENGINE.market(&[candidate], &[vacancy], as_of.parse().unwrap()).unwrap();
    market.explain("c", "v").unwrap()
}

/// The value of a row, `-` where there is none.
#[track_caller]
fn check(why: &Explanation, section: &str, key: &str, expected: &str) {
    let row = why.rows.iter().find(|row| row.section == section && row.key == key);
    assert_eq!(row.map_or("-", |row| row.value.as_str()), expected, "{section} {key}");
}

/// Lines share what they say with others; an explanation makes it anew.
#[test]
fn a_line_of_a_run_says_what_the_pair_alone_says() {
    let people: Vec<Candidate> =
        read(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
    let work: Vec<Vacancy> =
        read(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
    let market = ENGINE.market(&people, &work, "2026-11-25".parse().unwrap()).unwrap();
    let request = Request { k: work.len(), when: When::Any, ..Request::default() };
    let ranking = market.rank(&request, &Watch::new()).unwrap();
    assert!(ranking.len() > 100);
    for line in ranking.lines(&market) {
        let why = market.explain(&line.candidate, &line.vacancy).unwrap().line;
        assert_eq!((&line.readiness, &line.flags), (&why.readiness, &why.flags));
        let all = why.findings.unwrap();
        for finding in line.findings.unwrap() {
            assert!(all.contains(&finding), "{finding:?}");
        }
    }
}

#[test]
fn an_employer_is_never_told_a_status_route_document_or_support() {
    const WORDS: [&str; 26] = [
        "asiel",
        "asylum",
        "statushouder",
        "status holder",
        "verblijf",
        "residence",
        "procedure",
        "oekra",
        "ukrain",
        "w-document",
        "azc",
        " coa",
        "reception",
        "inburger",
        "integration",
        "taalcoach",
        "coach",
        " les ",
        "lessen",
        "lesson",
        "uitkering",
        "benefit",
        "terugkeer",
        "dublin",
        "wa0",
        "opstap",
    ];
    demo(|why| {
        let mut told = serde_json::to_string(&why.page(Reader::Employer)).unwrap();
        // The versions name the day and the rules as a whole.
        told = told.split(r#""versions":{"#).next().unwrap().to_owned();
        for row in why.rows_for(Reader::Employer) {
            let Row { key, value, rule, source, text, .. } = row;
            if row.section != "versions" && row.key != "vacancy" && row.key != "occupation" {
                told.push_str(&format!(
                    " {key} {value} {} {} {} {}",
                    rule.as_deref().unwrap_or_default(),
                    source.as_deref().unwrap_or_default(),
                    text.nl,
                    text.en
                ));
            }
        }
        let told = told.to_lowercase();
        for word in WORDS {
            assert!(!told.contains(word), "{word}: {told}");
        }
        let sections = ["score", "questions", "flags", "facilities", "experience"];
        let rows = why.rows_for(Reader::Employer);
        assert!(rows.iter().all(|row| !sections.contains(&row.section)));
    });
}

#[test]
fn an_employer_is_told_that_a_twv_is_needed_and_until_when() {
    let person = r#"{"id":"c","bsn_available":true,"hours":{"max":32},"slots":[],"skills":[{"label":"koken"}],"residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2026-06-01","document_valid_until":"2027-07-31"}}"#;
    let vacancy = r#"{"id":"v","title":"kok","slots":[{"day":"mon","from":"09:00","to":"12:00"}],"require":{"skills":[{"label":"koken"}]},"twv":{"employer_will_apply":"yes"}}"#;
    let why = one("2026-11-25", person, vacancy);
    let page = why.text(Lang::En, Reader::Employer);
    for said in [
        "Needed: a TWV (work permit), which the employer requests from UWV.",
        "The request can be made from 1 December 2026.",
        "The TWV can hold up to and including 31 July 2027.",
        "The working times fit.",
        ": there.",
        "signed by the employer",
        "25 November 2026",
    ] {
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains(said), "{said}\n{page}");
    }
}

#[test]
fn a_person_is_spoken_to_and_not_about() {
    demo(|why| {
        for row in why.rows_for(Reader::Candidate) {
            let (nl, en) = (row.text.nl.to_lowercase(), row.text.en.to_lowercase());
            assert!(!nl.contains("de persoon") && !nl.contains("de kandidaat"), "{nl}");
            assert!(!en.contains("the person ") && !en.contains("the candidate"), "{en}");
        }
        let text = why.text(Lang::Nl, Reader::Candidate);
        assert!(text.contains("passend 2026"), "versions are at the end");
    });
}

#[test]
fn no_text_of_a_policy_table_judges() {
    const JUDGING: [&str; 14] = [
        "voldoet niet",
        "ongeschikt",
        "afgewezen",
        "onvoldoende",
        "mislukt",
        "slecht",
        "illegaal",
        "kansloos",
        "helaas",
        "unsuitable",
        "rejected",
        "insufficient",
        "illegal",
        "unfortunately",
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/policy");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let Some((key, text)) = line.split_once(" = ") else { continue };
            if key.split('_').any(|part| part == "nl" || part == "en") {
                let text = text.to_lowercase();
                let word = JUDGING.into_iter().find(|word| text.contains(word));
                assert_eq!(word, None, "{}: {line}", path.display());
                read += 1;
            }
        }
    }
    assert!(read > 200, "{read}");
}

#[test]
fn every_sentence_rests_on_a_rule_and_a_source() {
    demo(|why| {
        for reader in [Reader::Candidate, Reader::Caseworker] {
            for row in why.rows_for(reader) {
                let named = matches!(row.key.as_str(), "candidate" | "vacancy");
                if row.section == "versions" || row.section == "summary" && named {
                    continue;
                }
                assert!(row.rule.is_some() && row.source.is_some(), "{} {}", row.section, row.key);
            }
        }
    });
}

#[test]
fn every_name_in_a_text_is_filled_in() {
    demo(|why| {
        for reader in READERS {
            for row in why.rows_for(reader) {
                for text in [&row.text.nl, &row.text.en] {
                    assert!(!text.contains(['{', '}']), "{} {}: {text}", row.section, row.key);
                }
            }
        }
    });
}

#[test]
fn every_page_ends_with_what_it_rests_on() {
    demo(|why| {
        for reader in READERS {
            let rows = why.rows_for(reader);
            let keys: Vec<_> = rows.iter().rev().take(4).map(|row| row.key.as_str()).collect();
            assert_eq!(keys, ["weights", "vocabulary", "rules", "as_of"]);
            let dutch = "vaardigheden 35, beroep 25, opleiding 15, taal 10, reis 10, wensen 5";
            for (page, weights) in [
                (why.text(Lang::Nl, reader), dutch),
                (why.html(Lang::En, reader), why.versions.weights.as_str()),
            ] {
                assert!(page.contains(&why.versions.rules) && page.contains(weights), "{page}");
            }
        }
    });
}

#[test]
fn arrangements_are_told_and_change_nothing() {
    let holder = |reception: &str| {
        format!(
            r#"{{"id":"c","bsn_available":true,"residence":{{"status":"status_holder_fixed_term","document_valid_until":"2029-01-01"{reception}}}}}"#
        )
    };
    let job = r#"{"id":"v","title":"kok"}"#;
    let housed = one("2026-01-10", &holder(r#","reception":false"#), job);
    check(&housed, "facilities", "trial_placement", "ask");
    check(&housed, "facilities", "own_contribution", "-");
    check(&housed, "facilities", "apprenticeship", "ask");
    check(&housed, "facilities", "language_coach", "ask");
    let azc = one("2026-01-10", &holder(r#","reception":true"#), job);
    check(&azc, "facilities", "trial_placement", "no");
    check(&azc, "facilities", "own_contribution", "duty");
    check(&azc, "facilities", "pre_integration", "open");
    check(&azc, "facilities", "no_risk_policy", "no");
    assert_eq!((azc.line.score, &azc.line.readiness), (housed.line.score, &housed.line.readiness));
    let learn = one(
        "2026-01-10",
        &holder(""),
        r#"{"id":"v","title":"kok","work_learn":true,"language_support":true}"#,
    );
    check(&learn, "facilities", "apprenticeship", "open");
    check(&learn, "facilities", "language_coach", "open");
    check(&learn, "facilities", "own_contribution", "ask");
    let no_place = r#"{"id":"v","title":"kok","contract":"permanent"}"#;
    check(&one("2026-01-10", &holder(""), no_place), "facilities", "apprenticeship", "no");
    let seeker = r#"{"id":"c","residence":{"status":"asylum_seeker_in_procedure"}}"#;
    let why = one("2026-01-10", seeker, r#"{"id":"v","contract":"apprenticeship"}"#);
    check(&why, "facilities", "trial_placement", "no");
    check(&why, "facilities", "wage_cost_subsidy", "no");
    check(&why, "facilities", "sector_training_fund", "later");
    check(&why, "facilities", "apprenticeship", "later");
    let closed = r#"{"id":"c","residence":{"status":"return_decision"}}"#;
    check(&one("2026-01-10", closed, job), "facilities", "trial_placement", "-");
}

fn seeker(more: &str) -> String {
    format!(
        r#"{{"id":"c","bsn_available":true,"residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2025-06-01","document_valid_until":"2026-12-31"{more}}}}}"#
    )
}

#[test]
fn the_twv_check_tells_what_a_request_can_founder_on() {
    let good = r#"{"id":"v","title":"kok","hours":{"min":36,"max":36},"starts":"2026-04-01","contract_days":180,"pays_market_wage":true,"wage":{"min":14.71,"unit":"hour"},"twv":{"employer_will_apply":"yes"}}"#;
    // 10 January and five weeks is 14 February; 320 days later the document ends.
    let why = one("2026-01-10", &seeker(r#","reception":true"#), good);
    for check_of in
        ["stance", "first_day", "document", "market_pay", "minimum_pay", "reception", "start"]
    {
        check(&why, "twv_check", check_of, "ok");
    }
    check(&why, "twv_check", "length", "ok 2026-12-31");
    check(&why, "twv_check", "vacancy_test", "ok");
    check(&why, "twv_check", "draft_contract", "paper");
    check(&why, "twv_check", "hours", "-");
    check(&why, "twv_check", "hirers", "-");
    check(&why, "twv_check", "diplomas", "-");
    // An announced rule begins on 12 June, while the work lasts.
    check(&why, "twv_check", "change", "act 2026-06-12");

    let bad = r#"{"id":"v","title":"kok","hours":{"min":36,"max":36},"starts":"2026-02-13","contract_days":365,"pays_market_wage":false,"wage":{"min":2200,"unit":"month"},"require":{"education_level":"mbo2"},"twv":{"employer_will_apply":"no"},"pool":{"agency_holds_twv":true}}"#;
    let why = one("2026-01-10", &seeker(r#","reception":false"#), bad);
    check(&why, "twv_check", "stance", "ok");
    check(&why, "twv_check", "market_pay", "act");
    check(&why, "twv_check", "minimum_pay", "act"); // 2,200 × 12 / 52 / 36 is 14.10
    check(&why, "twv_check", "reception", "act");
    // Raising the pay takes 14 days, the permit 35.
    check(&why, "twv_check", "start", "act 2026-02-28");
    check(&why, "twv_check", "length", "act 2026-12-31");
    check(&why, "twv_check", "hirers", "ask");
    check(&why, "twv_check", "diplomas", "paper");
    check(&why, "twv_check", "list_of_hirers", "paper");

    let silent = one("2025-09-01", &seeker(""), r#"{"id":"v","title":"kok"}"#);
    check(&silent, "twv_check", "stance", "ask");
    check(&silent, "twv_check", "first_day", "act 2025-12-01");
    check(&silent, "twv_check", "market_pay", "ask");
    check(&silent, "twv_check", "minimum_pay", "ask");
    check(&silent, "twv_check", "reception", "ask");
    check(&silent, "twv_check", "start", "ask 2026-01-05");
    check(&silent, "twv_check", "change", "ok");
}

#[test]
fn the_twv_check_knows_documents_hours_weeks_and_other_grounds() {
    let willing = r#"{"id":"v","title":"kok","twv":{"employer_will_apply":"yes"}}"#;
    let ends = r#"{"id":"c","bsn_available":true,"residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-06-01","document_valid_until":"2026-02-01"}}"#;
    let why = one("2026-01-10", ends, willing);
    check(&why, "twv_check", "document", "act");
    check(&why, "twv_check", "length", "ask");
    let unknown = r#"{"id":"c","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-06-01"}}"#;
    let why = one("2026-01-10", unknown, willing);
    check(&why, "twv_check", "document", "ask");
    check(&why, "twv_check", "first_day", "ask");
    check(&why, "twv_check", "length", "-");
    let weeks = |weeks: u8| {
        format!(
            r#"{{"id":"c","residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2022-01-01","document_valid_until":"2024-12-31","nl_work":{{"started":"2023-05-01","weeks_worked_in_52":{weeks}}}}}}}"#
        )
    };
    check(&one("2023-11-28", &weeks(24), willing), "twv_check", "weeks", "act 2024-04-29");
    check(&one("2023-11-28", &weeks(23), willing), "twv_check", "weeks", "ok");
    check(&one("2023-11-29", &weeks(24), willing), "twv_check", "weeks", "-");
    let student = r#"{"id":"c","residence":{"status":"student_non_eu"}}"#;
    let hours = |hours: &str| format!(r#"{{"id":"v","title":"kok"{hours}}}"#);
    check(&one("2026-01-10", student, &hours("")), "twv_check", "hours", "ask");
    check(
        &one("2026-01-10", student, &hours(r#","hours":{"min":16}"#)),
        "twv_check",
        "hours",
        "ok",
    );
    check(
        &one("2026-01-10", student, &hours(r#","hours":{"min":16.5}"#)),
        "twv_check",
        "hours",
        "act",
    );
    check(&one("2026-01-10", student, &hours("")), "twv_check", "document", "-");
    let note = r#"{"id":"c","residence":{"status":"family_regular","document_valid_until":"2028-01-01","work_note":"twv_required"}}"#;
    let published = r#"{"id":"v","title":"kok","published":"2026-01-01"}"#;
    check(&one("2026-01-10", note, published), "twv_check", "vacancy_test", "act 2026-02-05");
    check(&one("2026-02-05", note, published), "twv_check", "vacancy_test", "ask");
    check(&one("2026-01-10", note, willing), "twv_check", "vacancy_test", "ask");
    let free = r#"{"id":"c","residence":{"status":"free"}}"#;
    check(&one("2026-01-10", free, willing), "twv_check", "stance", "-");
    let refusing = r#"{"id":"v","title":"kok","twv":{"employer_will_apply":"no"}}"#;
    let why = one("2026-01-10", &seeker(""), refusing);
    check(&why, "twv_check", "stance", "act");
    check(&why, "twv_check", "first_day", "-");
}

#[test]
fn the_twv_check_changes_on_its_days() {
    let at = |as_of: &str, person: &str, vacancy: &str, key: &str, expected: &str| {
        let vacancy =
            format!(r#"{{"id":"v","title":"kok","twv":{{"employer_will_apply":"yes"}}{vacancy}}}"#);
        check(&one(as_of, person, &vacancy), "twv_check", key, expected);
    };
    // Six months from 1 June 2025 end on 1 December; a permit takes 35 days.
    let day = "2026-01-10";
    let work = |vacancy: &str, key: &str, expected: &str| {
        at(day, &seeker(""), vacancy, key, expected);
    };
    at("2025-11-30", &seeker(""), "", "first_day", "act 2025-12-01");
    at("2025-12-01", &seeker(""), "", "first_day", "ok");
    work(r#","starts":"2026-01-10""#, "start", "ask 2026-02-14");
    work(r#","starts":"2026-02-13""#, "start", "act 2026-02-14");
    work(r#","starts":"2026-02-14""#, "start", "ok");
    // The document ends with the year, and the permit with it.
    work(r#","starts":"2026-12-30","contract_days":2"#, "length", "ok 2026-12-31");
    work(r#","starts":"2026-12-30","contract_days":3"#, "length", "act 2026-12-31");
    work(r#","ends":"2026-12-31""#, "length", "ok 2026-12-31");
    work(r#","ends":"2027-01-01""#, "length", "act 2026-12-31");
    let why = one(day, &seeker(""), r#"{"id":"v","title":"kok"}"#);
    let length = why.rows.iter().find(|row| row.key == "length").unwrap();
    assert!(length.text.nl.contains("320 dagen"), "{}", length.text.nl);
    // A rule is announced for 12 June; it matters to work of that day.
    work(r#","ends":"2026-06-11""#, "change", "ok");
    work(r#","ends":"2026-06-12""#, "change", "act 2026-06-12");
    work(r#","starts":"2026-06-01","contract_days":11"#, "change", "ok");
    work(r#","starts":"2026-06-01","contract_days":12"#, "change", "act 2026-06-12");
    work(r#","starts":"2026-06-11""#, "change", "ok");
    work(r#","starts":"2026-06-12""#, "change", "act 2026-06-12");
    let recent = seeker("").replace("2025-06-01", "2026-01-15");
    at("2026-07-01", &recent, "", "change", "act 2026-06-12");
    at("2026-07-01", &recent, r#","ends":"2026-06-01""#, "change", "act 2026-06-12");
    // The limit of 24 weeks ended on 28 November 2023.
    let weeks = seeker(r#","nl_work":{"started":"2023-05-01","weeks_worked_in_52":23}"#)
        .replace("2025-06-01", "2022-01-01");
    at("2023-11-28", &weeks, "", "change", "act 2023-11-29");
    // What the law does not know of a person leaves the document to be looked at.
    let unknown =
        seeker("").replace(r#""procedure_started":"2025-06-01","#, "").replace("12-31", "01-10");
    at("2026-01-10", &unknown, "", "document", "ok");
    at("2026-01-11", &unknown, "", "document", "act");
    at("2026-01-10", &unknown, "", "start", "-");
    for (pay, expected) in [("14.70", "act"), ("14.71", "ok"), ("14.72", "ok")] {
        work(&format!(r#","wage":{{"min":{pay},"unit":"hour"}}"#), "minimum_pay", expected);
    }
}

#[test]
fn the_twv_check_is_for_who_needs_a_permit() {
    let person = |residence: &str| format!(r#"{{"id":"c","residence":{{{residence}}}}}"#);
    let stance = |person: &str, vacancy: &str, expected: &str| {
        check(&one("2026-01-10", person, vacancy), "twv_check", "stance", expected);
    };
    let job = r#"{"id":"v","title":"kok"}"#;
    stance(&person(r#""status":"family_regular""#), job, "-");
    stance(&person(""), job, "-");
    let note = person(
        r#""status":"family_regular","document_valid_until":"2028-01-01","work_note":"twv_required""#,
    );
    stance(&note, job, "ask");
    let why = one("2026-01-10", &note, job);
    check(&why, "twv_check", "document", "ok");
    check(&why, "twv_check", "length", "ok 2028-01-01");
    check(&why, "twv_check", "reception", "-");
    // One permit of an agency is there, for this employer too.
    let held = seeker(r#","permits":[{"kind":"twv","employer_id":"pool","hirers":["e1"]}]"#);
    let hirer =
        r#"{"id":"v","title":"kok","employer":{"id":"e1"},"pool":{"agency_holds_twv":true}}"#;
    stance(&held, hirer, "-");
    let student = person(r#""status":"student_non_eu""#);
    let why = one("2026-01-10", &student, job);
    check(&why, "twv_check", "reception", "-");
    check(&why, "twv_check", "weeks", "-");
    check(&why, "twv_check", "length", "-");
}

#[test]
fn what_the_law_asks_is_asked_first() {
    let why = one("2026-01-10", r#"{"id":"c"}"#, r#"{"id":"v","title":"kok"}"#);
    let asked: Vec<_> = why.rows.iter().filter(|row| row.section == "questions").collect();
    let fields: Vec<_> = asked.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(fields.first(), Some(&"residence.status"), "{fields:?}");
    assert!(fields.contains(&"bsn_available") && fields[1..].is_sorted(), "{fields:?}");
}

#[test]
fn an_arrangement_that_hangs_on_an_answer_says_which() {
    let holder = r#"{"id":"c","residence":{"status":"status_holder_fixed_term","document_valid_until":"2029-01-01"}}"#;
    let why = one("2026-01-10", holder, r#"{"id":"v","title":"kok"}"#);
    let said = |key: &str| {
        let row = why.rows.iter().find(|row| row.section == "facilities" && row.key == key);
        row.unwrap().text.nl.clone()
    };
    assert!(said("apprenticeship").contains("leerbaan"), "{}", said("apprenticeship"));
    assert!(said("own_contribution").contains("azc"), "{}", said("own_contribution"));
    let coached = r#"{"id":"c","residence":{"status":"status_holder_fixed_term"},"support":{"language_coach":true}}"#;
    let why = one("2026-01-10", coached, r#"{"id":"v","title":"kok"}"#);
    check(&why, "facilities", "language_coach", "open");
}

/// `value | Dutch text` of the rows about words.
fn readings(why: &Explanation, reader: Reader, key: &str) -> Vec<String> {
    let rows = why.rows_for(reader).iter().filter(|row| row.section == "readings");
    let rows = rows.filter(|row| row.key == key);
    rows.map(|row| format!("{} | {}", row.value, row.text.nl)).collect()
}

#[test]
fn the_words_of_both_records_are_told_with_what_they_were_read_as_and_why() {
    let person = r#"{"id":"c","experience":[{"title":"automonteur bedrijfswagens (m/v)"},{"title":"kokkin"},{"title":"vrachtwagenchaufeur"},{"title":"monteur"},{"title":"Vrachtwagenchauffeur CE"},{"title":"xyzzy plugh"},{"occupation":{"scheme":"isco08","code":"5120"}}],"targets":[{"label":"kok"}],"skills":[{"label":"Koken"},{"label":"metselen"},{"label":"xyzzy"}]}"#;
    let vacancy = r#"{"id":"v","title":"Zelfstandig werkend kok (m/v)","require":{"skills":[{"label":"koken"},{"label":"plugh"}]}}"#;
    let why = one("2026-01-10", person, vacancy);
    let told = |key| readings(&why, Reader::Caseworker, key);
    let expected = [
        r#"unsure | De ervaring "automonteur bedrijfswagens (m/v)" is niet zeker herkend en telt dus niet mee. Misschien is het bedrijfswagenmonteur of automonteur."#,
        r#"alternative occupation/5120-cook 100 | De ervaring "kokkin" is gelezen als kok: "kokkin" is daar een andere naam voor."#,
        r#"spelling occupation/8332-truck-driver 100 | De ervaring "vrachtwagenchaufeur" is gelezen als vrachtwagenchauffeur: het is bijna zo geschreven als "vrachtwagenchauffeur"."#,
        r#"alternative occupation/7233-maintenance-mechanic 34, occupation/7231-car-mechanic 33, occupation/7411-electrician 33 | De ervaring "monteur" is gelezen als onderhoudsmonteur (34 %), automonteur (33 %) of elektromonteur (33 %): "monteur" is daar een andere naam voor."#,
        r#"overlap occupation/8332-truck-driver 100 | De ervaring "Vrachtwagenchauffeur CE" is gelezen als vrachtwagenchauffeur: "vrachtwagenchauffeur" staat erin."#,
        r#"none | De ervaring "xyzzy plugh" is niet herkend en telt dus niet mee."#,
        r#"given 5120 100 | De ervaring "5120" is gelezen als Koks: dat zegt de code 5120."#,
    ];
    assert_eq!(told("experience"), expected);
    let target = r#"exact occupation/5120-cook 100 | Het doel "kok" is gelezen als kok: zo staat het in de woordenlijst."#;
    assert_eq!(told("target"), [target]);
    let unread = r#"none | De vaardigheid "xyzzy" staat niet in de woordenlijst en telt alleen mee als de vacature dezelfde woorden gebruikt."#;
    let as_they_are = r#"exact skill/cook-food 100, skill/lay-bricks 100 | Deze vaardigheden staan zo in de woordenlijst: koken, metselen."#;
    assert_eq!(told("skill"), [unread, as_they_are]);
    let title = r#"alternative occupation/5120-cook 100 | De functienaam "Zelfstandig werkend kok (m/v)" is gelezen als kok: "zelfstandig werkend kok" is daar een andere naam voor."#;
    assert_eq!(told("title"), [title]);
    assert_eq!(told("asked_skill").len(), 2);
    // The words of the person are not for an employer; those of the vacancy are the employer's own.
    assert_eq!(readings(&why, Reader::Employer, "experience"), [""; 0]);
    assert_eq!(readings(&why, Reader::Employer, "skill"), [""; 0]);
    assert_eq!(readings(&why, Reader::Employer, "title"), [title]);
    assert_eq!(
        readings(&why, Reader::Candidate, "target"),
        [target.replace("Het doel", "Uw doel")]
    );
    let page = why.text(Lang::En, Reader::Caseworker);
    assert!(page.contains("The experience \"kokkin\" is read as cook:"), "{page}");
}

#[test]
fn a_title_that_is_not_sure_is_asked_where_it_could_change_the_pair() {
    let asked = |person: &str, vacancy: &str| -> Vec<String> {
        let why = one("2026-01-10", person, vacancy);
        let questions = why.line.readiness.questions.unwrap();
        let of_titles = ["experience", "wishes.occupations", "targets", "occupation"];
        let told = questions.into_iter().filter(|one| of_titles.contains(&one.field.as_str()));
        told.map(|one| format!("{}: {}", one.field, one.text.nl)).collect()
    };
    let cook = r#"{"id":"v","title":"kok"}"#;
    let unsure = r#"{"id":"c","experience":[{"title":"planner verpleegkundige","months":60}],"targets":[{"label":"xyzzy plugh"}],"wishes":{"occupations":[{"label":"hulp verpleegkundige"}]}}"#;
    let expected = [
        r#"experience: De ervaring "planner verpleegkundige" is niet zeker herkend. Is dit werk als verpleegkundige of assistent-verpleegkundige, of iets anders?"#,
        r#"targets: Het doel "xyzzy plugh" is niet herkend. Welk werk is dit?"#,
        r#"wishes.occupations: De wens "hulp verpleegkundige" is niet zeker herkend. Is dit werk als assistent-verpleegkundige of verpleegkundige, of iets anders?"#,
    ];
    assert_eq!(asked(unsure, cook), expected);
    // A cook of five years gains nothing by an answer, and neither does who surely wishes this work.
    let sure = r#"{"id":"c","experience":[{"title":"kok","months":60},{"title":"planner verpleegkundige"}],"targets":[{"label":"kok"},{"label":"xyzzy plugh"}]}"#;
    assert_eq!(asked(sure, cook), [""; 0]);
    let unread = asked(r#"{"id":"c"}"#, r#"{"id":"v","title":"xyzzy plugh"}"#);
    assert_eq!(
        unread,
        [r#"occupation: De functienaam "xyzzy plugh" is niet herkend. Welk werk is dit?"#]
    );
    let perhaps = asked(r#"{"id":"c"}"#, r#"{"id":"v","title":"planner loods kok"}"#);
    assert_eq!(perhaps.len(), 1);
    assert!(perhaps[0].ends_with(", of iets anders?"), "{perhaps:?}");
    // An employer is not told what is asked of a person.
    let why = one("2026-01-10", unsure, cook);
    assert!(why.rows_for(Reader::Employer).iter().all(|row| row.section != "questions"));
}
