// SPDX-License-Identifier: EUPL-1.2
//! Every file of `fixtures/bad/tables` has the outcome that is written beside it; so have workbooks with the same faults.
#![cfg(test)] // so that the lints take helpers for tests too

mod cells;
mod xlsx;

use std::fmt::Write as _;
use std::path::PathBuf;

use passend::{Candidate, Side, Vacancy};
use passend_io::{ImportError, ImportSettings, ImportedTable, Mapping, import_table};

use proptest::prelude::*;

use crate::cells::{Part, number, sheet, text};
use crate::xlsx::{workbook, zip};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bad/tables")
}

fn import(bytes: &[u8]) -> Result<ImportedTable<Candidate>, ImportError> {
    let settings = ImportSettings::on("2026-11-25".parse().unwrap());
    import_table(bytes, "table", &settings)
}

fn good() -> Vec<Candidate> {
    import(&std::fs::read(folder().join("c00_good.csv")).unwrap()).unwrap().batch.accepted
}

/// The outcome in the words of the list.
fn outcome(bytes: &[u8]) -> (String, String, Vec<Candidate>) {
    let imported = match import(bytes) {
        Err(error) => return ("file".to_owned(), error.source.code().to_string(), Vec::new()),
        Ok(imported) => imported,
    };
    if let Some(fault) = imported.faults.first() {
        return ("file".to_owned(), fault.code().to_string(), Vec::new());
    }
    Mapping::read(&imported.overview.mapping(), Side::Candidate).expect("the mapping reads again");
    let report = imported.batch.report;
    let refused = u64::try_from(report.refused.len()).unwrap();
    assert_eq!(report.read, report.accepted + refused, "counts add up");
    let mut said = String::new();
    for row in &report.refused {
        let column = row.column.map_or("-".to_owned(), |column| column.to_string());
        let _ = write!(said, "{}:{column}:{}:{} ", row.line, row.code, row.path);
    }
    let mut codes: Vec<String> =
        report.warnings.iter().map(|warning| warning.code.to_string()).collect();
    codes.dedup();
    said.push_str(&codes.join(" "));
    let kind = match (report.refused.is_empty(), report.warnings.is_empty()) {
        (false, _) => "refused",
        (true, false) => "warned",
        (true, true) => "accepted",
    };
    let said = if said.is_empty() { "-".to_owned() } else { said.trim_end().to_owned() };
    (kind.to_owned(), said, imported.batch.accepted)
}

#[test]
fn every_file_has_the_outcome_that_is_written_beside_it() {
    let list = std::fs::read_to_string(folder().join("expected.tsv")).unwrap();
    let good = good();
    assert_eq!(good.len(), 3);
    let mut wrong = Vec::new();
    let mut files = 0;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (file, kind, codes) =
            (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap());
        let (found_kind, found_codes, accepted) =
            outcome(&std::fs::read(folder().join(file)).unwrap());
        if (found_kind.as_str(), found_codes.as_str()) != (kind, codes) {
            wrong.push(format!("{file}: {found_kind} {found_codes}, not {kind} {codes}"));
        }
        if cells.next() == Some("=") && accepted != good {
            wrong.push(format!("{file}: other records than the good file"));
        }
        files += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let there = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!(files + 1, there, "each file is in the list");
}

#[track_caller]
fn check(bytes: &[u8], kind: &str, codes: &str) {
    let (found_kind, found_codes, _) = outcome(bytes);
    assert_eq!((found_kind.as_str(), found_codes.as_str()), (kind, codes));
}

#[test]
fn a_refused_row_has_its_place_in_the_bytes_of_the_file() {
    let table = "kandidaatnummer;beroep;CEFR\nk1;caissière;A2\nk2;kok;A3\n";
    let row = |bytes: &[u8]| import(bytes).unwrap().batch.report.refused[0].byte;
    let utf_8 = table.find("k2").unwrap();
    assert_eq!(row(table.as_bytes()), u64::try_from(utf_8).unwrap());
    let marked = [b"\xEF\xBB\xBF", table.as_bytes()].concat();
    assert_eq!(row(&marked), u64::try_from(utf_8 + 3).unwrap());
    let characters = table.chars().take_while(|c| *c != 'è').count();
    let windows =
        [&table.as_bytes()[..characters], b"\xE8", &table.as_bytes()[characters + 2..]].concat();
    assert_eq!(row(&windows), u64::try_from(utf_8 - 1).unwrap());
    let utf_16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf_16 = [b"\xFF\xFE".as_slice(), &utf_16].concat();
    assert_eq!(row(&utf_16), u64::try_from(2 + 2 * (utf_8 - 1)).unwrap());
}

/// Found by fuzzing: the number of a person in a table of vacancies had a field that only candidates have.
#[test]
fn a_number_of_a_person_among_vacancies_is_dropped_and_its_mapping_reads_again() {
    let table =
        "vacaturenummer;functie;V-nummer;BSN;nationaliteit\nv1;kok;1234567890;123456782;x\n";
    let settings = ImportSettings::on("2026-11-25".parse().unwrap());
    let imported = import_table::<Vacancy>(table.as_bytes(), "table", &settings).unwrap();
    let mapping = imported.overview.mapping();
    let mapping = Mapping::read(&mapping, Side::Vacancy).unwrap();
    let again = ImportSettings { mapping: Some(&mapping), ..settings };
    let again = import_table::<Vacancy>(table.as_bytes(), "table", &again).unwrap();
    for import in [imported, again] {
        assert_eq!(import.batch.accepted[0].id, "v1");
        let record = serde_json::to_string(&import.batch.accepted[0]).unwrap();
        for personal in ["1234567890", "123456782"] {
            assert!(!record.contains(personal), "{record}");
        }
        let dropped: u64 = import.batch.report.warnings.iter().map(|one| one.count).sum();
        assert!(dropped >= 3, "each is told: {:?}", import.batch.report.warnings);
    }
}

#[test]
fn a_cell_of_ten_megabytes_costs_one_row() {
    let long = "x".repeat(10 << 20);
    let table = format!("kandidaatnummer;beroep\nk1;kok\nk2;{long}\nk3;kok\n");
    check(table.as_bytes(), "refused", "3:4:E216:");
}

#[test]
fn a_cell_with_more_in_it_than_anybody_has_is_not_understood() {
    let skills: Vec<String> = (0..9_000).map(|number| format!("v{number}")).collect();
    let row = |id: u32| format!("k{id};{};{}\n", skills.join(", "), "Turks, ".repeat(8_000));
    let rows: String = (0..2).map(row).collect();
    let table = format!("kandidaatnummer;vaardigheden;talen\n{rows}");
    check(table.as_bytes(), "warned", "W120");
    let accepted = import(table.as_bytes()).unwrap().batch.accepted;
    assert!(accepted.iter().all(|one| one.skills.as_ref().is_some_and(|all| all.len() == 1_000)));
}

#[test]
fn a_line_of_ten_megabytes_of_cells_costs_that_line() {
    let table = format!("kandidaatnummer;beroep\nk1;kok\nk2;{}x\nk3;kok\n", ";".repeat(10 << 20));
    check(table.as_bytes(), "refused", "3:-:E222:");
    let wide = format!("{}\n", ";".repeat(10 << 20));
    check(wide.as_bytes(), "file", "E121");
}

const HEADER: &[&str] = &[
    "kandidaatnummer",
    "postcode",
    "CEFR",
    "uren per week",
    "jaren ervaring",
    "beroep",
    "beschikbaar vanaf",
];

fn header() -> Vec<Part> {
    HEADER.iter().map(|name| text(name)).collect()
}

/// The rows of the good file, with the types that a spreadsheet gives them.
fn typed_rows() -> Vec<Vec<Part>> {
    vec![
        vec![
            text("k1"),
            text("9711 LM"),
            text("A2"),
            number("32"),
            number("3.5"),
            text("kok"),
            Part::Day(46387),
        ],
        vec![
            text("k2"),
            number("9401"),
            text("B1"),
            text("24-36"),
            number("2"),
            text("schoonmaker"),
            Part::Day(46419),
        ],
        vec![
            text("k3"),
            text("7811AB"),
            text("A1/A2"),
            number("16"),
            number("12"),
            text("caissière"),
            Part::Day(46461),
        ],
    ]
}

fn table(rows: Vec<Vec<Part>>) -> Vec<Vec<Part>> {
    std::iter::once(header()).chain(rows).collect()
}

#[test]
fn a_workbook_gives_the_records_of_the_csv_file() {
    let bytes = workbook(&[("Blad1", sheet(&table(typed_rows()), &[]))]);
    let (kind, codes, accepted) = outcome(&bytes);
    assert_eq!((kind.as_str(), codes.as_str()), ("accepted", "-"));
    assert_eq!(accepted, good());
}

#[test]
fn the_sheet_with_the_table_is_found_under_titles_and_beside_others() {
    let mut rows = vec![vec![text("Overzicht kandidaten november")], vec![]];
    rows.extend(table(typed_rows()));
    rows.push(vec![text("Totaal"), Part::Empty, Part::Empty, number("72")]);
    let notes = sheet(&[vec![text("Toelichting")], vec![text("naam"), text("telefoon")]], &[]);
    let bytes = workbook(&[("Uitleg", notes), ("Kandidaten", sheet(&rows, &["A1:G1"]))]);
    let imported = import(&bytes).unwrap();
    assert_eq!(imported.overview.sheet.as_deref(), Some("Kandidaten"));
    assert_eq!(imported.overview.other_sheets, ["Uitleg"]);
    assert_eq!(imported.overview.header_line, 3);
    assert_eq!(imported.batch.accepted, good());
}

#[test]
fn names_of_groups_above_the_header_make_its_names_whole() {
    let rows = vec![
        vec![text("Persoon"), Part::Empty, text("Taalniveau"), Part::Empty],
        vec![text("kandidaatnummer"), text("postcode"), text("Nederlands"), text("Engels")],
        vec![text("k1"), text("9711"), text("A2"), text("B1")],
        vec![text("k2"), text("9401"), text("B1"), text("A2")],
    ];
    let imported = import(&workbook(&[("Blad1", sheet(&rows, &["A1:B1", "C1:D1"]))])).unwrap();
    let fields: Vec<_> = imported.overview.columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, [Some("id"), Some("postcode"), Some("dutch_level"), Some("english_level")]);
    assert_eq!(imported.batch.accepted.len(), 2);
}

#[test]
fn a_refused_row_of_a_workbook_has_its_sheet_row_and_column() {
    let mut rows = typed_rows();
    rows[1][2] = text("A3");
    let imported = import(&workbook(&[("Blad 1", sheet(&table(rows), &[]))])).unwrap();
    let refused = &imported.batch.report.refused[0];
    assert_eq!(
        (refused.file.as_str(), refused.line, refused.column),
        ("table[Blad 1]", 3, Some(3))
    );
    assert_eq!((refused.path.as_str(), refused.code.id()), ("languages[0].level", "E207"));
}

#[test]
fn a_day_that_a_spreadsheet_took_for_a_number_is_still_a_day() {
    let mut rows = typed_rows();
    rows[0][6] = number("46387");
    check(&workbook(&[("Blad1", sheet(&table(rows), &[]))]), "warned", "W119");
}

#[test]
fn a_failed_formula_is_not_known() {
    let mut rows = typed_rows();
    rows[0][3] = Part::Error;
    let imported = import(&workbook(&[("Blad1", sheet(&table(rows), &[]))])).unwrap();
    assert_eq!(imported.batch.accepted[0].hours, None);
    assert!(imported.batch.report.refused.is_empty());
}

#[test]
fn a_long_cell_of_a_workbook_costs_one_row() {
    let mut rows = typed_rows();
    rows[1][5] = text(&"x".repeat(10 << 20));
    check(&workbook(&[("Blad1", sheet(&table(rows), &[]))]), "refused", "3:6:E216:");
}

#[test]
fn workbooks_that_are_broken_or_bombs_are_refused_as_a_whole() {
    let good = workbook(&[("Blad1", sheet(&table(typed_rows()), &[]))]);
    check(&good[..good.len() / 2], "file", "E127");
    check(&zip(&[("foto.jpg", b"x".to_vec())]), "file", "E129");
    check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "file", "E129");
    check(b"<html><table><tr><td>id</td></tr></table></html>", "file", "E129");
    check(b"{\"id\":\"k1\"}", "file", "E129");
    let deep = format!("<worksheet>{}", "<a>".repeat(1 << 10));
    check(&workbook(&[("Blad1", deep)]), "file", "E128");
    let far = "<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\" t=\"inlineStr\"><is><t>id</t></is></c></row></sheetData></worksheet>";
    check(&workbook(&[("Blad1", far.to_owned())]), "file", "E128");
    check(&workbook(&[("Blad1", sheet(&[], &[]))]), "file", "E101");
}

/// Nothing panics, counts add up, and each refused row lies within the file.
fn check_any(bytes: &[u8]) {
    let settings = ImportSettings::on("2026-11-25".parse().unwrap());
    let Ok(imported) = import_table::<Candidate>(bytes, "table", &settings) else { return };
    let report = imported.batch.report;
    assert_eq!(report.read, report.accepted + u64::try_from(report.refused.len()).unwrap());
    let lines =
        u64::try_from(bytes.iter().filter(|byte| matches!(**byte, b'\n' | b'\r')).count()).unwrap();
    if imported.overview.sheet.is_none() {
        for row in &report.refused {
            assert!(row.line <= lines + 1, "{row:?}");
            assert!(row.byte <= u64::try_from(bytes.len()).unwrap(), "{row:?}");
        }
    }
    let _ = import_table::<Vacancy>(bytes, "table", &settings);
}

/// A good file in which some bytes were changed, taken out or put in.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let names = [
        "c00_good.csv",
        "c03_utf_16.csv",
        "t01_titles_and_totals.csv",
        "c22_line_break_in_quotes.csv",
    ];
    let mut files: Vec<Vec<u8>> =
        names.iter().map(|name| std::fs::read(folder().join(name)).unwrap()).collect();
    files.push(workbook(&[("Blad1", sheet(&table(typed_rows()), &["A1:B1"]))]));
    let damage = (any::<prop::sample::Index>(), any::<u8>(), 0..3_u8);
    (prop::sample::select(files), prop::collection::vec(damage, 1..8)).prop_map(
        |(mut bytes, damage)| {
            for (at, byte, how) in damage {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ if bytes.len() > 1 => drop(bytes.remove(at)),
                    _ => {}
                }
            }
            bytes
        },
    )
}

/// Cells with much of what cells can have in them.
fn cells_of_all_kinds() -> impl Strategy<Value = Vec<u8>> {
    let cell = "[0-9a-zA-Z€é'\"?.,/+<> ;|\\-\n\u{200B}\u{A0}٣]{0,14}";
    let names = prop::sample::subsequence(
        vec![
            "kandidaatnummer",
            "postcode",
            "CEFR",
            "uren",
            "jaren ervaring",
            "beroep",
            "beschikbaar vanaf",
            "status",
            "rijbewijs",
            "talen",
            "vca",
            "geboortedatum",
            "opleiding",
            "vaardigheden",
            "arbeid toegestaan",
            "vervoer",
            "naam",
        ],
        1..17,
    );
    (names, prop::collection::vec(prop::collection::vec(cell, 1..17), 0..12)).prop_map(
        |(names, rows)| {
            let rows: Vec<String> = rows.iter().map(|cells| cells.join(";")).collect();
            format!("{}\n{}\n", names.join(";"), rows.join("\n")).into_bytes()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_any(&bytes);
    }

    #[test]
    fn no_damage_makes_it_panic(bytes in damaged()) {
        check_any(&bytes);
    }

    #[test]
    fn no_cells_make_it_panic(bytes in cells_of_all_kinds()) {
        check_any(&bytes);
    }
}
