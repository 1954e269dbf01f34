// SPDX-License-Identifier: EUPL-1.2
//! `passend import`: tables as municipalities have them.

use std::path::PathBuf;

use serde_json::Value;

use crate::{Bench, Run, repository};

const AS_OF: &str = "--as-of 2026-11-25";

const PEOPLE: &str = "\
kandidaatnummer;V-nummer;Naam;Geboortedatum;Verblijfsstatus;Postcode;Taalniveau NL;Beroep;Nationaliteit;Telefoon;Hobby
k1;0123456789;Noor Kanarie;31-12-1990;statushouder;9711 LM;A2;kok;Kanarisch;06-55512345;kanaries
k2;0123456780;Sam Kanarie;12-06-2010;in procedure;9401;B1;lasser;Kanarisch;06-55512346;kanaries
k3;0123456781;Kim Kanarie;1-5-1985;RTB;0711;B1;kok;Kanarisch;06-55512347;kanaries
";

/// What a person could be known by in the file of people.
const CANARIES: [&str; 8] = [
    "Kanarie",
    "Kanarisch",
    "0123456789",
    "0123456781",
    "55512345",
    "31-12-1990",
    "1990-12-31",
    "kanaries",
];

fn bench() -> Bench {
    let bench = Bench::new();
    bench.file("people.csv", PEOPLE);
    bench
}

#[test]
fn a_dry_run_shows_each_column_and_writes_nothing() {
    let bench = bench();
    let before = bench.names();
    let run = bench.line(&format!("import people.csv --side candidate -f json {AS_OF}")).expect(3);
    let page: Value = serde_json::from_str(&run.out).unwrap();
    let columns = page["columns"].as_array().unwrap();
    let fields: Vec<_> =
        columns.iter().map(|column| column["field"].as_str().unwrap_or("-")).collect();
    assert_eq!(
        fields,
        [
            "id",
            "v_number",
            "full_name",
            "birth_date",
            "residence_status",
            "postcode",
            "dutch_level",
            "occupation",
            "nationality",
            "phone",
            "-"
        ]
    );
    assert_eq!(columns[2]["dropped"], "protected");
    assert_eq!(columns[9]["dropped"], "personal");
    assert_eq!(columns[10]["dropped"], "not_recognised");
    assert_eq!(columns[5]["examples"][0], "9999");
    assert_eq!((page["read"].as_u64(), page["accepted"].as_u64()), (Some(3), Some(2)));
    assert_eq!(
        run.err.lines().last(),
        Some("people.csv: read 3, accepted 2, refused 1, warned 15")
    );
    assert_eq!(bench.names(), before);
}

#[test]
fn what_is_imported_can_be_matched() {
    let bench = bench();
    bench.line(&format!("import people.csv --side candidate -o k.jsonl {AS_OF}")).expect(3);
    let demo = repository("fixtures/demo/vacancies.jsonl");
    let run = bench
        .run(&[
            "match",
            "k.jsonl",
            demo.to_str().unwrap(),
            "--as-of",
            "2026-11-25",
            "--when",
            "any",
            "-f",
            "jsonl",
        ])
        .expect(0);
    assert!(run.json().iter().any(|line| line["candidate"] == "k1"));
    let minor = &bench
        .read("k.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect::<Vec<Value>>()[1];
    assert_eq!(minor["turns_18_on"], "2028-06-12");
}

/// Whether none of the words is in what a run said and wrote.
#[track_caller]
fn check_silent(bench: &Bench, run: &Run, but: &[&str]) {
    let mut said = vec![
        ("standard output".to_owned(), run.out.clone()),
        ("standard error".to_owned(), run.err.clone()),
    ];
    for name in
        bench.names().iter().filter(|name| *name != "people.csv" && !but.contains(&name.as_str()))
    {
        if bench.path(name).is_file() {
            said.push((name.clone(), bench.read(name)));
        }
    }
    for (place, text) in said {
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} in {place}: {text}");
        }
    }
}

#[test]
fn nothing_says_who_a_person_is() {
    for flags in [
        "-f text",
        "-f json",
        "-o k.jsonl --refused refused.jsonl",
        "--mapping new.toml -f text --refused refused.jsonl",
        "-o k.jsonl --strict",
        "-o - --max-refused 0",
        "-o k.jsonl --max-refused 100 --refused refused.jsonl --record runs.jsonl",
    ] {
        for content in [
            PEOPLE.to_owned(),
            format!("Lijst van Noor Kanarie;;;;;;;;;;\n{PEOPLE}k4;0123456789;Kanarie\n"),
            PEOPLE.replace("Naam", "Geroepen").replace("Geroepen;", "Naam vorige begeleider;"),
            PEOPLE.replace("kandidaatnummer", "Rij"),
        ] {
            let bench = bench();
            bench.file("people.csv", content);
            let run = bench.line(&format!("import people.csv --side candidate {AS_OF} {flags}"));
            check_silent(&bench, &run, &[]);
            assert!(
                bench.names().iter().all(|name| !name.contains("passend-tmp")),
                "{:?}",
                bench.names()
            );
        }
    }
}

#[test]
fn refused_rows_are_written_as_they_were_only_when_asked_and_only_for_the_owner() {
    let bench = bench();
    bench
        .line(&format!("import people.csv --side candidate -o k.jsonl --quarantine q.csv {AS_OF}"))
        .expect(3);
    let lines: Vec<_> = PEOPLE.lines().collect();
    assert_eq!(bench.read("q.csv").lines().collect::<Vec<_>>(), [lines[0], lines[3]]);
    check_private(&bench, "q.csv");
}

#[cfg(unix)]
#[track_caller]
fn check_private(bench: &Bench, name: &str) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(bench.path(name)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{name}");
}

#[cfg(not(unix))]
fn check_private(_: &Bench, _: &str) {}

#[test]
fn an_audit_file_keeps_attributes_of_accepted_people_apart() {
    let bench = bench();
    let run = bench
        .line(&format!(
            "import people.csv --side candidate -o k.jsonl --audit-out audit.csv {AS_OF}"
        ))
        .expect(3);
    assert_eq!(
        bench.read("audit.csv"),
        "id,age_group,nationality\nk1,35-44,Kanarisch\nk2,0-17,Kanarisch\n"
    );
    check_private(&bench, "audit.csv");
    check_silent(&bench, &run, &["audit.csv"]);
    // Without records there is nobody to keep attributes of.
    bench.line("import people.csv --side candidate --audit-out audit.csv").expect(2);
}

#[test]
fn ids_become_keyed_hashes() {
    let bench = bench();
    bench.file("people.csv", PEOPLE.replace("kandidaatnummer;", "Nr;"));
    bench.file("key", "0123456789abcdef0123456789abcdef\n");
    let line = format!(
        "import people.csv --side candidate -o k.jsonl --pseudonymise --key-file key {AS_OF}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let run = bench.line(&line).expect(1);
        assert!(run.err.contains("E322"), "{}", run.err);
        let only_owner = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(bench.path("key"), only_owner).unwrap();
    }
    let run = bench.line(&line).expect(3);
    let first: Value = serde_json::from_str(bench.read("k.jsonl").lines().next().unwrap()).unwrap();
    let id = first["id"].as_str().unwrap();
    assert!(id.starts_with('p') && id.len() == 33, "{id}");
    // The row number is no person: the hash is that of the V-number.
    bench.file("people.csv", PEOPLE.replace("kandidaatnummer;", "Nr;").replace("k1;", "k9;"));
    bench.line(&line).expect(3);
    assert!(bench.read("k.jsonl").contains(id));
    bench.file(
        "people.csv",
        PEOPLE.replace("kandidaatnummer;", "Nr;").replace("k1;0123456789", "k1;0123456700"),
    );
    bench.line(&line).expect(3);
    assert!(!bench.read("k.jsonl").contains(id));
    check_silent(&bench, &run, &["key"]);
    bench.line("import people.csv --side candidate --pseudonymise").expect(2);
}

#[test]
fn a_mapping_is_written_once_and_then_used() {
    let bench = bench();
    let line = format!("import people.csv --side candidate --mapping m.toml {AS_OF}");
    bench.line(&line).expect(3);
    let mapping = bench.read("m.toml");
    assert!(mapping.contains("header = \"Taalniveau NL\"\nfield = \"dutch_level\""), "{mapping}");
    assert!(mapping.contains("header = \"Hobby\"\nfield = \"\""), "{mapping}");
    bench.line(&format!("{line} -o first.jsonl")).expect(3);
    assert_eq!(bench.read("m.toml"), mapping, "it is used, not written");
    bench.line(&format!("import people.csv --side candidate {AS_OF} -o plain.jsonl")).expect(3);
    assert_eq!(bench.read("first.jsonl"), bench.read("plain.jsonl"));
    // The words of a municipality, and a column by another name.
    bench.file(
        "people.csv",
        PEOPLE.replace("Beroep", "Vak").replace("RTB", "groep 4").replace("0711", "9711"),
    );
    bench.file(
        "m.toml",
        mapping
            .replace("header = \"Beroep\"", "header = \"Vak\"")
            .replace("[status]", "[status]\n\"groep 4\" = \"ukraine_temporary_protection\""),
    );
    bench.line(&format!("{line} -o second.jsonl")).expect(0);
    let third: Value =
        serde_json::from_str(bench.read("second.jsonl").lines().nth(2).unwrap()).unwrap();
    assert_eq!(third["residence"]["status"], "ukraine_temporary_protection");
    assert_eq!(third["experience"][0]["title"], "kok");
}

#[test]
fn a_mapping_cannot_let_in_who_somebody_is() {
    let bench = bench();
    bench.file(
        "m.toml",
        "[[column]]\nheader = \"kandidaatnummer\"\nfield = \"id\"\n[[column]]\nheader = \"Naam\"\nfield = \"occupation\"\n\
         [[column]]\nheader = \"V-nummer\"\nfield = \"postcode\"\n",
    );
    let run = bench
        .line(&format!("import people.csv --side candidate --mapping m.toml -o k.jsonl {AS_OF}"))
        .expect(0);
    check_silent(&bench, &run, &["m.toml"]);
    // That somebody is a minor is what the law needs, whatever a mapping says.
    assert_eq!(
        bench.read("k.jsonl"),
        "{\"id\":\"k1\"}\n{\"id\":\"k2\",\"turns_18_on\":\"2028-06-12\"}\n{\"id\":\"k3\"}\n"
    );
}

#[test]
fn full_time_turns_a_part_of_it_into_hours() {
    let bench = Bench::new();
    bench.file("v.csv", "vacaturenummer;Functie;Uren per week\nv1;kok;0,6 fte\n");
    bench.line("import v.csv --side vacancy --mapping m.toml -o without.jsonl").expect(0);
    assert_eq!(bench.read("without.jsonl"), "{\"id\":\"v1\",\"title\":\"kok\"}\n");
    bench.file(
        "m.toml",
        bench.read("m.toml").replace("# full_time_hours = 36", "full_time_hours = 36"),
    );
    bench.line("import v.csv --side vacancy --mapping m.toml -o with.jsonl").expect(0);
    assert!(bench.read("with.jsonl").contains("\"hours\":{\"min\":21.6,\"max\":21.6}"));
}

#[test]
fn files_beside_a_table_are_joined_by_id() {
    let bench = bench();
    bench.file("people.csv", PEOPLE.replace("0711", "9711"));
    bench.file(
        "skills.csv",
        "kandidaatnummer;vaardigheid\nk1;koken\nk1;bakken\nk1;koken\nk2;lassen\nk9;dansen\n",
    );
    bench.file(
        "languages.csv",
        "kandidaatnummer,taal,niveau\nk1,Engels,B2\nk1,Frans,goed\nk2,Engels,A9\n",
    );
    bench.file(
        "diplomas.csv",
        "kandidaatnummer;opleiding;diploma behaald\nk1;mbo 4 verpleegkunde;ja\nk1;havo;nee\n",
    );
    bench.file("experience.csv", "kandidaatnummer;functie;jaren ervaring\nk1;bakker;2,5\n");
    let run = bench
        .line(&format!(
            "import people.csv --side candidate -o k.jsonl --skills skills.csv --languages languages.csv --diplomas diplomas.csv \
             --experience experience.csv --refused r.jsonl {AS_OF}"
        ))
        .expect(3);
    let people: Vec<Value> =
        bench.read("k.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(people[0]["skills"], serde_json::json!([{"label": "koken"}, {"label": "bakken"}]));
    assert_eq!(
        people[0]["languages"],
        serde_json::json!([
            {"code": "nl", "level": "A2"},
            {"code": "en", "level": "B2"},
            {"code": "fr", "level": {"min": "B1", "max": "B2"}}
        ])
    );
    assert_eq!(people[0]["education"][0]["diploma"], true);
    assert_eq!(people[0]["education"][1]["level"], "havo");
    assert_eq!(people[0]["experience"][0]["title"], "kok");
    assert_eq!(people[0]["experience"][1], serde_json::json!({"title": "bakker", "months": 30}));
    // A list of which a row was refused is not complete, so it is not known.
    assert_eq!(people[1]["languages"], Value::Null);
    let refused: Value = serde_json::from_str(&bench.read("r.jsonl")).unwrap();
    assert_eq!(
        (refused["file"].as_str(), refused["line"].as_u64()),
        (Some("languages.csv"), Some(4))
    );
    assert_eq!((refused["code"].as_str(), refused["column"].as_u64()), (Some("E207"), Some(11)));
    assert!(run.err.contains("skills.csv:6: W123"), "{}", run.err);
    assert!(run.err.contains("skills.csv: read 5, accepted 5, refused 0"), "{}", run.err);
    assert!(run.err.contains("skills.csv:4: W102"), "{}", run.err);
}

#[test]
fn a_table_whose_days_cannot_be_told_is_told_which_column_and_what_to_do() {
    let bench = Bench::new();
    bench.file("k.csv", "kandidaatnummer;beschikbaar vanaf\nk1;02-01-2027\nk2;05-03-2027\n");
    let run = bench.line("import k.csv --side candidate --mapping m.toml -f text").expect(1);
    assert!(run.out.contains("beschikbaar vanaf"), "the dry run is shown: {}", run.out);
    assert!(run.err.contains("E126") && run.err.contains("day-first"), "{}", run.err);
    bench.file(
        "m.toml",
        bench
            .read("m.toml")
            .replace("\"available_from\"", "\"available_from\"\norder = \"month-first\""),
    );
    bench.line("import k.csv --side candidate --mapping m.toml -o k.jsonl").expect(0);
    assert!(bench.read("k.jsonl").contains("2027-02-01"));
}

#[test]
fn too_many_refused_rows_stop_the_import_and_keep_the_old_file() {
    let bench = Bench::new();
    let rows: String = (0..40)
        .map(|row| format!("k{row};{}\n", if row % 10 == 0 { "A3" } else { "A2" }))
        .collect();
    bench.file("k.csv", format!("kandidaatnummer;CEFR\n{rows}"));
    bench.file("k.jsonl", "old");
    let run = bench.line("import k.csv --side candidate -o k.jsonl --refused r.jsonl").expect(1);
    assert!(run.err.contains("E109"), "{}", run.err);
    assert_eq!(bench.read("k.jsonl"), "old");
    assert_eq!(bench.read("r.jsonl").lines().count(), 4);
    bench.line("import k.csv --side candidate -o k.jsonl --max-refused 10").expect(3);
    assert_eq!(bench.read("k.jsonl").lines().count(), 36);
    bench.line("import k.csv --side candidate -o k.jsonl --strict").expect(1);
}

#[test]
fn the_worse_files_have_the_dry_runs_beside_them() {
    for (file, side) in [("kandidaten_opvang", "candidate"), ("vacatures_regio", "vacancy")] {
        let bench = Bench::new();
        let folder = repository("fixtures/messy");
        bench.file("table.csv", std::fs::read(folder.join(format!("{file}.csv"))).unwrap());
        let run = bench.line(&format!("import table.csv --side {side} -f text {AS_OF}")).expect(3);
        let found = format!("{}\n{}", run.out, run.err);
        let expected =
            std::fs::read_to_string(folder.join(format!("{file}.expected.txt"))).unwrap();
        assert_eq!(found, expected, "{file}");
        bench
            .line(&format!("import table.csv --side {side} -o out.jsonl --max-refused 100 {AS_OF}"))
            .expect(3);
        let expected =
            std::fs::read_to_string(folder.join(format!("{file}.expected.jsonl"))).unwrap();
        assert_eq!(bench.read("out.jsonl"), expected, "{file}");
    }
}

/// Field of each column, `!` before one that is dropped, `-` for none.
fn fields(run: &Run) -> String {
    let page: Value = serde_json::from_str(&run.out).unwrap();
    let columns = page["columns"].as_array().unwrap().iter();
    let field = |column: &Value| {
        let dropped = if column["dropped"].is_null() { "" } else { "!" };
        format!("{dropped}{}", column["field"].as_str().unwrap_or("-"))
    };
    columns.map(field).collect::<Vec<_>>().join(" ")
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn the_shared_samples_are_understood() {
    let shared =
        std::env::var_os("PASSEND_SHARED").map_or_else(|| repository("../shared"), PathBuf::from);
    let folder = shared.join("data/messy-samples");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there; set PASSEND_SHARED", folder.display());
        return;
    }
    for (file, side, status, expected_fields, last) in [
        (
            "kandidaten_cp1252.csv",
            "candidate",
            0,
            "id !v_number !full_name birth_date !nationality residence_status asylum_application_date work_note postcode \
             driving_licences dutch_level languages education_level !experience_years !notes",
            "read 5, accepted 5, refused 0, warned 33",
        ),
        (
            "vacatures_utf8bom.csv",
            "vacancy",
            3,
            "id title employer_name city postcode hours wage_text education_min dutch_min driving_licences starts closes \
             positions !open_to_newcomers",
            "read 4, accepted 2, refused 2, warned 6",
        ),
        (
            "export_utf16le.txt",
            "candidate",
            0,
            "id postcode max_km language_code dutch_speaking !full_name !notes",
            "read 2, accepted 2, refused 0, warned 7",
        ),
        (
            "mixed_utf8.csv",
            "candidate",
            0,
            "id birth_date dutch_level skills",
            "read 3, accepted 3, refused 0, warned 6",
        ),
        // It has no id; what is broken in its letters is told before that.
        (
            "mojibake_utf8.csv",
            "candidate",
            1,
            "!full_name occupation city",
            "read 0, accepted 0, refused 0, warned 2",
        ),
    ] {
        let bench = Bench::new();
        bench.file(file, std::fs::read(folder.join(file)).unwrap());
        let run =
            bench.line(&format!("import {file} --side {side} -f json {AS_OF}")).expect(status);
        assert_eq!(fields(&run), expected_fields, "{file}");
        assert_eq!(run.err.lines().last(), Some(format!("{file}: {last}").as_str()), "{}", run.err);
    }
}

#[test]
fn days_of_the_week_and_lessons_become_slots() {
    let bench = Bench::new();
    let table = "\
kandidaatnummer;beschikbare dagen;lesdagen
k1;ma, di en do;di 9:00-12:00
k2;ma t/m vr;
k3;ma;di ochtend
k4;;geen
k5;flexibel;
";
    bench.file("k.csv", table);
    bench.line(&format!("import k.csv --side candidate -o k.jsonl {AS_OF}")).expect(0);
    let lines = bench.read("k.jsonl");
    let slots: Vec<Option<String>> = lines
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            let slots = record.get("slots")?.as_array()?.clone();
            let text = |slot: &Value| {
                let part = |key: &str| slot[key].as_str().unwrap().to_owned();
                format!("{} {} {}-{}", part("kind"), part("day"), part("from"), part("to"))
            };
            Some(slots.iter().map(text).collect::<Vec<_>>().join(", "))
        })
        .collect();
    let days = |days: &str| {
        let free = days.split(' ').map(|day| format!("free {day} 00:00-24:00"));
        free.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        slots,
        [
            Some(format!("{}, class tue 09:00-12:00", days("mon tue thu"))),
            Some(days("mon tue wed thu fri")),
            // A lesson that is not understood leaves the week open: the free days alone would say that there is none.
            None,
            Some(String::new()),
            None,
        ]
    );
}
