// SPDX-License-Identifier: EUPL-1.2
//! ESCO in both layouts, with the faults that the real files have.
#![cfg(test)] // so that the lints take helpers for tests too

use std::path::Path;

use passend::{LabelKind, LinkKind, Vocabulary, Why};
use passend_io::esco::{File, Mended, Options, Report, is_read, read_esco, release_in};
use serde_json::json;

const COOK: &str = "occupation/00000001-0000-4000-8000-000000000000";
const HELPER: &str = "occupation/00000002-0000-4000-8000-000000000000";
const OFFICER: &str = "occupation/00000003-0000-4000-8000-000000000000";
const GRILL: &str = "occupation/00000004-0000-4000-8000-000000000000";

/// The files of `fixtures/esco` that are read, and its crosswalk.
fn official() -> (Vec<File>, Vec<File>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/esco");
    let mut files = Vec::new();
    let mut crosswalks = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(path).unwrap();
        if is_read(&name) {
            files.push(File { name, bytes });
        } else if name.starts_with("uwv") {
            crosswalks.push(File { name, bytes });
        }
    }
    (files, crosswalks)
}

fn read(files: &[File], crosswalks: &[File], languages: Option<&[&str]>) -> (Vocabulary, Report) {
    let languages = languages.map(|all| all.iter().map(|one| (*one).to_owned()).collect());
    let options = Options { languages, release: "1.2.1".to_owned() };
    read_esco(files, crosswalks, &options).unwrap()
}

fn labels(vocabulary: &Vocabulary, id: &str) -> Vec<(String, String, LabelKind)> {
    let concept = vocabulary.occupation_by_id(id).unwrap();
    let labels = concept.labels();
    labels.map(|one| (one.language.to_owned(), one.text.to_owned(), one.kind)).collect()
}

#[test]
fn the_official_download_is_read_with_all_its_faults() {
    let (files, _) = official();
    let (vocabulary, report) = read(&files, &[], None);
    let counts = vocabulary.counts();
    assert_eq!((counts.occupations, counts.skills, counts.isco_groups), (4, 6, 12));
    assert_eq!(counts.skill_groups, 3);
    assert_eq!((counts.essential, counts.optional), (8, 3));
    let own = |language: &str, text: &str, kind| (language.to_owned(), text.to_owned(), kind);
    // The last of two rows, and lists with other separators.
    assert_eq!(
        labels(&vocabulary, COOK),
        [
            own("nl", "kok", LabelKind::Preferred),
            own("en", "cook", LabelKind::Preferred),
            own("nl", "kokkin", LabelKind::Alternative),
            own("nl", "keukenkok", LabelKind::Alternative),
            own("en", "chef de partie", LabelKind::Alternative),
            own("en", "line cook", LabelKind::Alternative),
        ]
    );
    let helper = labels(&vocabulary, HELPER);
    assert!(helper.contains(&own("en", "galley hand", LabelKind::Alternative)), "{helper:?}");
    assert!(helper.contains(&own("en", "kichen helper", LabelKind::Hidden)), "{helper:?}");
    assert!(helper.contains(&own("nl", "afwasser", LabelKind::Alternative)), "{helper:?}");
    let officer = vocabulary.occupation_by_id(OFFICER).unwrap();
    assert_eq!((officer.label().en.as_str(), officer.isco08()), ("air force officer", "0110"));
    // A skill without a Dutch label has its English one.
    let fish = vocabulary.skills().find(|skill| skill.label().en == "cook fish").unwrap();
    assert_eq!(fish.label().nl, "cook fish");
    let mended: Vec<_> =
        report.notes.iter().map(|note| (note.file.as_str(), note.what, note.count)).collect();
    assert_eq!(
        mended,
        [
            ("occupationSkillRelations_en.csv", Mended::BothNeeds, 1),
            ("occupationSkillRelations_en.csv", Mended::UnknownConcept, 1),
            ("occupations_en.csv", Mended::Twice, 1),
            ("occupations_nl.csv", Mended::LostZero, 1),
            ("skills_en.csv", Mended::Twice, 1),
        ]
    );
    assert!(vocabulary.version().starts_with("ESCO 1.2.1 (sha256:"));
    assert!(vocabulary.source().notice.contains("uses the ESCO classification"));
}

/// The rows of a table in another order, the header first.
fn turned(file: &File) -> File {
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    // Rows that share an id keep their order: the last counts.
    rows.sort_by_key(|row| std::cmp::Reverse(row.iter().nth(1).unwrap_or_default().to_owned()));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    File { name: file.name.clone(), bytes: writer.into_inner().unwrap() }
}

#[test]
fn the_order_of_files_and_rows_does_not_matter() {
    let (files, crosswalks) = official();
    let pack = read(&files, &crosswalks, None).0.to_pack();
    let other: Vec<_> = files.iter().rev().map(turned).collect();
    assert_ne!(other[0].bytes, files[files.len() - 1].bytes);
    let crosswalks: Vec<_> = crosswalks.iter().map(turned).collect();
    assert_eq!(read(&other, &crosswalks, None).0.to_pack(), pack);
    assert_eq!(Vocabulary::from_pack(&pack).unwrap().to_pack(), pack);
}

#[test]
fn only_the_languages_that_are_asked_are_read() {
    let (files, _) = official();
    let (vocabulary, _) = read(&files, &[], Some(&["en"]));
    assert!(vocabulary.counts().labels.iter().all(|(language, _)| language == "en"));
    assert_eq!(vocabulary.occupation_by_id(COOK).unwrap().label().nl, "cook");
}

#[test]
fn labels_of_a_crosswalk_count_only_where_it_is_given() {
    let (files, crosswalks) = official();
    let (without, _) = read(&files, &[], None);
    let (with, report) = read(&files, &crosswalks, None);
    let linked = |vocabulary: &Vocabulary, text| {
        let link = vocabulary.link(LinkKind::Occupation, text, 1);
        let same = |why| matches!(why, Why::Exact | Why::Folded | Why::Alternative);
        link.matches.first().filter(|one| same(one.why)).map(|one| one.id.clone())
    };
    assert_eq!(linked(&without, "Kok in de horeca"), None);
    assert_eq!(linked(&with, "Kok in de horeca"), Some(COOK.to_owned()));
    assert_eq!(linked(&with, "Grillkok barbecue"), Some(GRILL.to_owned()));
    assert_eq!(linked(&with, "Frituurder"), None); // narrower than a cook
    assert_eq!(with.counts().crosswalks, 4);
    assert!(report.notes.iter().any(|note| note.file == "uwv_to_esco.csv" && note.count == 1));
}

#[test]
fn a_code_of_a_crosswalk_is_understood_in_a_record() {
    use passend::{Candidate, Day, Engine, Policy, Request, Vacancy, Watch};
    let (files, crosswalks) = official();
    let engine = Engine::new(Policy::builtin(), read(&files, &crosswalks, None).0);
    let occupation = |scheme: &str, code: &str| {
        let held = json!({"occupation": {"scheme": scheme, "code": code}, "months": 60});
        let candidate: Candidate =
            serde_json::from_value(json!({"id": "c", "experience": [held]})).unwrap();
        let uri = format!("http://data.europa.eu/esco/{COOK}");
        let vacancy: Vacancy =
            serde_json::from_value(json!({"id": "v", "occupation": [{"code": uri}]})).unwrap();
        let day: Day = "2026-11-25".parse().unwrap();
        let market = engine.market(&[candidate], &[vacancy], day).unwrap();
        let request = Request { when: passend::When::Any, ..Request::default() };
        let ranking = market.rank(&request, &Watch::new()).unwrap();
        let line = serde_json::to_value(ranking.lines(&market).next().unwrap()).unwrap();
        line["contributions"]["occupation"].as_u64().unwrap()
    };
    let same = occupation("uwv", "100");
    assert!(same > 0);
    assert_eq!(same, occupation("esco", COOK));
    // "Frituurder" is narrower than a cook, which comes before the broader group.
    assert_eq!(same, occupation("uwv", "101"));
    assert!(occupation("isco08", "9412") < same);
}

#[test]
fn both_layouts_give_the_same() {
    let gzip = |text: &str| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        writer.finish().unwrap()
    };
    let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: gzip(text) };
    let base = "http://data.europa.eu/esco";
    let text = |name: &str, text: String| File { name: name.to_owned(), bytes: text.into_bytes() };
    let compact = [
        file("isco08.csv.gz", "code,label_en,label_nl\n51,Service,Diensten\n5120,Cooks,Koks\n"),
        file(
            "occupations.csv.gz",
            "id,isco08,esco_code,regulated_eu,label_en,label_nl,alt_en,alt_nl,nace21\na,5120,1,0,cook,kok,chef|line cook,kokkin,\nb,5120,2,0,baker,bakker,,,\n",
        ),
        file("occupation_descriptions.csv.gz", "id,description_en\na,not read\n"),
        file(
            "skills.csv.gz",
            "id,family,label_en,label_nl_v103,alt_en_partial\ns,S,cook food,koken,prepare food\nt,S,bake,,\n",
        ),
        file("skill_groups.csv.gz", "id,code,label_en,label_nl\nskill/g,S1,food,eten\n"),
        file("skill_broader.csv.gz", "id,broader_id\ns,g\nt,g\n"),
        file("skill_skill.csv.gz", "skill_id,related_id,relation\ns,t,optional\n"),
        file("occupation_skill.csv.gz", "occupation_id,skill_id,relation\na,s,e\nb,t,e\nb,s,o\n"),
        file("occupation_labels_other.csv.gz", "id,lang,n,label\na,de,1,Köchin\na,de,0,Koch\n"),
    ];
    let official = [
        text(
            "ISCOGroups_en.csv",
            format!(
                "conceptUri,code,preferredLabel,altLabels\n{base}/isco/C51,51,Service,\n{base}/isco/C5120,5120,Cooks,\n"
            ),
        ),
        text(
            "ISCOGroups_nl.csv",
            format!(
                "conceptUri,code,preferredLabel,altLabels\n{base}/isco/C51,51,Diensten,\n{base}/isco/C5120,5120,Koks,\n"
            ),
        ),
        text(
            "occupations_en.csv",
            format!(
                "conceptUri,iscoGroup,preferredLabel,altLabels\n{base}/occupation/a,5120,cook,\"chef\nline cook\"\n{base}/occupation/b,5120,baker,\n"
            ),
        ),
        text(
            "occupations_nl.csv",
            format!(
                "conceptUri,iscoGroup,preferredLabel,altLabels\n{base}/occupation/a,5120,kok,kokkin\n{base}/occupation/b,5120,bakker,\n"
            ),
        ),
        text(
            "occupations_de.csv",
            format!(
                "conceptUri,iscoGroup,preferredLabel,altLabels\n{base}/occupation/a,5120,Koch,Köchin\n"
            ),
        ),
        text(
            "skills_en.csv",
            format!(
                "conceptUri,preferredLabel,altLabels\n{base}/skill/s,cook food,prepare food\n{base}/skill/t,bake,\n"
            ),
        ),
        text(
            "skills_nl.csv",
            format!(
                "conceptUri,preferredLabel,altLabels\n{base}/skill/s,koken,\n{base}/skill/t,,\n"
            ),
        ),
        text("skillGroups_en.csv", format!("conceptUri,preferredLabel\n{base}/skill/g,food\n")),
        text("skillGroups_nl.csv", format!("conceptUri,preferredLabel\n{base}/skill/g,eten\n")),
        text(
            "broaderRelationsSkillPillar.csv",
            format!(
                "conceptUri,broaderUri\n{base}/skill/s,{base}/skill/g\n{base}/skill/t,{base}/skill/g\n"
            ),
        ),
        text(
            "skillSkillRelations.csv",
            format!(
                "originalSkillUri,relatedSkillUri,relationType\n{base}/skill/s,{base}/skill/t,optional\n"
            ),
        ),
        text(
            "occupationSkillRelations.csv",
            format!(
                "occupationUri,skillUri,relationType\n{base}/occupation/a,{base}/skill/s,essential\n{base}/occupation/b,{base}/skill/t,essential\n{base}/occupation/b,{base}/skill/s,optional\n"
            ),
        ),
    ];
    let compact = read(&compact, &[], None).0;
    assert_eq!(compact.to_pack(), read(&official, &[], None).0.to_pack());
    assert_eq!(compact.occupations().len(), 2);
}

#[track_caller]
fn fails(name: &str, content: &str, expected: &str) {
    let (mut files, _) = official();
    files.retain(|file| file.name != name);
    files.push(File { name: name.to_owned(), bytes: content.as_bytes().to_vec() });
    let error = read_esco(&files, &[], &Options::default()).unwrap_err();
    assert_eq!((error.file.as_str(), error.to_string().as_str()), (name, expected));
}

#[test]
fn a_fault_names_file_line_and_column() {
    fails(
        "occupations_en.csv",
        "conceptUri,preferredLabel\n",
        "line 1: column `isco08`: expected this column; is it the right file, as downloaded?",
    );
    fails(
        "occupations_en.csv",
        "conceptUri,iscoGroup,preferredLabel\nx/occupation/1,7777,lasser\n",
        "line 2: column `iscoGroup`: expected the code of a group that the table of ISCO-08 groups holds, as text with its zeros",
    );
    fails(
        "occupationSkillRelations_en.csv",
        "occupationUri,relationType,skillUri\na,needed,b\n",
        "line 2: column `relationType`: expected `essential` or `optional`",
    );
    fails(
        "skills_en.csv",
        "conceptUri,preferredLabel\na,b,c\n",
        "line 2: expected 2 cells, as the header has",
    );
    fails(
        "skills_en.csv",
        "conceptUri,title\na,b\n",
        "line 1: expected a column `preferredLabel` in a file whose name ends in its language (`occupations_en.csv`), or columns such as `label_en`",
    );
}

#[test]
fn what_lacks_is_told_with_what_to_do() {
    let (files, _) = official();
    let options = Options { languages: Some(vec!["uk".to_owned()]), release: String::new() };
    let error = read_esco(&files, &[], &options).unwrap_err().to_string();
    assert!(error.contains("`occupations_uk.csv`") && error.contains("en, nl"), "{error}");
    let error = read_esco(&[], &[], &Options::default()).unwrap_err().to_string();
    assert!(error.contains("ISCOGroups_en.csv"), "{error}");
    let wrong =
        File { name: "x.csv".to_owned(), bytes: b"uwv_code,esco_id,relation\n1,a,same\n".to_vec() };
    let error = read_esco(&files, &[wrong], &Options::default()).unwrap_err().to_string();
    assert!(error.contains("line 2: column `relation`: expected `exactMatch`"), "{error}");
}

#[test]
fn the_version_is_in_the_name_of_the_folder() {
    let release = |name| release_in(name);
    assert_eq!(
        release("ESCO dataset - v1.2.1 - classification - en - csv"),
        Some("1.2.1".to_owned())
    );
    assert_eq!(release("esco-v1.2"), Some("1.2".to_owned()));
    assert_eq!(release("esco"), None);
}

#[expect(clippy::print_stderr, reason = "what is skipped is said aloud")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// The full size, where it is at hand.
#[test]
fn the_full_esco_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/esco");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        return skipped("../shared/data/esco is not there");
    };
    // Closeness of 3,039 occupations takes half a minute without optimisation.
    if cfg!(debug_assertions) && std::env::var_os("PASSEND_FULL_ESCO").is_none() {
        return skipped("set PASSEND_FULL_ESCO, or test with --release");
    }
    let files: Vec<File> = entries
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.to_owned();
            is_read(&name).then(|| File { name, bytes: std::fs::read(&path).unwrap() })
        })
        .collect();
    let (vocabulary, _) = read(&files, &[], Some(&["nl", "en"]));
    let counts = vocabulary.counts();
    assert_eq!((counts.occupations, counts.skills, counts.isco_groups), (3_039, 13_939, 619));
    assert_eq!(counts.essential + counts.optional, 128_977); // 17 pairs stand twice
    // Neighbourhoods that a person looked at.
    for (title, near) in GOLDEN {
        let id = vocabulary.link(LinkKind::Occupation, title, 1).matches[0].id.clone();
        let found = vocabulary.related(&id, 10, "en");
        let found: Vec<_> = found.matches.iter().map(|one| one.label.as_str()).collect();
        for one in *near {
            assert!(found.contains(one), "{title}: {one} not in {found:?}");
        }
    }
}

/// An occupation and some that must be among its ten nearest.
const GOLDEN: &[(&str, &[&str])] = &[
    ("kok", &["diet cook", "grill cook", "chef"]),
    ("lasser", &["solderer", "spot welder"]),
    ("metselaar", &["concrete finisher", "stonemason"]),
    ("boekhouder", &["accounting assistant", "accountant"]),
    ("automonteur", &["roadside vehicle technician", "diesel engine mechanic"]),
    ("vrachtwagenchauffeur", &["dangerous goods driver", "bus driver"]),
    ("tandarts", &["specialist dentist", "dental hygienist"]),
    ("kapper", &["hair stylist", "barber"]),
    ("elektricien", &["industrial electrician", "domestic electrician"]),
    ("dierenarts", &["veterinary nurse", "veterinary technician"]),
];
