// SPDX-License-Identifier: EUPL-1.2
//! `passend match`.

use serde_json::Value;

use crate::{Bench, CANDIDATES, VACANCIES, repository};

const MATCH: &str = "match candidates.jsonl vacancies.jsonl --as-of 2026-11-25";

#[test]
fn contributions_add_up_to_the_score() {
    let run = Bench::new().line(MATCH).expect(0);
    assert!(!run.json().is_empty());
    for line in run.json() {
        let parts = line["contributions"].as_object().unwrap();
        let sum: u64 = parts.values().filter_map(Value::as_u64).sum();
        assert_eq!(line["score"], sum, "{line}");
    }
}

#[test]
fn the_last_lines_tell_what_was_read() {
    let run = Bench::new().line(MATCH).expect(0);
    let lines: Vec<_> = run.err.lines().rev().take(2).collect();
    assert_eq!(
        lines,
        [
            "vacancies.jsonl: read 2, accepted 2, refused 0, warned 0",
            "candidates.jsonl: read 2, accepted 2, refused 0, warned 0"
        ]
    );
}

#[test]
fn the_demo_gives_what_stands_beside_it() {
    let demo = repository("fixtures/demo");
    let expected = std::fs::read_to_string(demo.join("expected.jsonl")).unwrap();
    let path = |name: &str| demo.join(name).to_str().unwrap().to_owned();
    let run = Bench::new()
        .run(&[
            "match",
            &path("candidates.jsonl"),
            &path("vacancies.jsonl"),
            "--as-of",
            "2026-11-25",
        ])
        .expect(0);
    assert!(run.out == expected, "the output differs from fixtures/demo/expected.jsonl");
}

#[test]
fn threads_plain_scoring_and_order_of_input_change_nothing() {
    let bench = Bench::new();
    let turned =
        |text: &str| text.lines().rev().map(|line| format!("{line}\n")).collect::<String>();
    let expected = bench.line(MATCH).expect(0).out;
    for more in ["--threads 1", "--threads 2", "--threads 7", "--plain"] {
        assert_eq!(bench.line(&format!("{MATCH} {more}")).expect(0).out, expected, "{more}");
    }
    bench.file("candidates.jsonl", turned(CANDIDATES));
    bench.file("vacancies.jsonl", turned(VACANCIES));
    assert_eq!(bench.line(MATCH).expect(0).out, expected);
}

#[test]
fn a_list_gives_the_same_as_lines_and_standard_input_the_same_as_a_file() {
    let bench = Bench::new();
    let expected = bench.line(MATCH).expect(0).out;
    let list = format!("[{}]", CANDIDATES.trim_end().replace('\n', ",\n"));
    let line = "match - vacancies.jsonl --as-of 2026-11-25";
    assert_eq!(bench.with_input(line, &list).expect(0).out, expected);
    assert_eq!(bench.with_input(line, CANDIDATES).expect(0).out, expected);
}

#[test]
fn refused_rows_are_counted_and_the_rest_is_matched() {
    let bench = Bench::new();
    let expected = bench.line(MATCH).expect(0).out;
    bench.file("candidates.jsonl", format!("{{\"id\":\"c0\",\"naam\":\"x\"}}\n{CANDIDATES}"));
    bench.file(
        "vacancies.jsonl",
        format!("{VACANCIES}{{\"id\":\"v3\",\"hours\":{{\"min\":200}}}}\n"),
    );
    let run = bench.line(&format!("{MATCH} --refused refused.jsonl")).expect(3);
    assert_eq!(run.out, expected);
    let refused: Vec<Value> = bench
        .read("refused.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let places: Vec<_> = refused
        .iter()
        .map(|row| {
            (
                row["file"].as_str().unwrap(),
                row["line"].as_u64().unwrap(),
                row["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(places, [("candidates.jsonl", 1, "E901"), ("vacancies.jsonl", 3, "E210")]);
}

#[test]
fn strict_and_too_many_refused_give_no_output() {
    let bench = Bench::new();
    let bad: String =
        (0..20).map(|number| format!("{{\"id\":\"b{number}\",\"skils\":[]}}\n")).collect();
    bench.file("candidates.jsonl", format!("{CANDIDATES}{bad}"));
    bench.file("out.jsonl", "old");
    for more in ["--strict", "", "--max-refused 90"] {
        let run =
            bench.line(&format!("{MATCH} {more} -o out.jsonl --refused refused.jsonl")).expect(1);
        assert!(run.out.is_empty());
        assert_eq!(bench.read("out.jsonl"), "old", "{more}");
        let rows = bench.read("refused.jsonl").lines().count();
        assert_eq!(rows, if more == "--strict" { 1 } else { 20 });
    }
    bench.line(&format!("{MATCH} --max-refused 91 -o out.jsonl")).expect(3);
    assert_ne!(bench.read("out.jsonl"), "old");
}

#[test]
fn a_file_is_replaced_whole_and_nothing_else_is_left() {
    let bench = Bench::new();
    let expected = bench.line(MATCH).expect(0).out;
    bench.file("out.jsonl", "old");
    let before = bench.names();
    let run = bench.line(&format!("{MATCH} -o out.jsonl")).expect(0);
    assert!(run.out.is_empty());
    assert_eq!(bench.read("out.jsonl"), expected);
    assert_eq!(bench.names(), before);
    assert_eq!(bench.line(&format!("{MATCH} -o -")).expect(0).out, expected);
}

#[test]
fn csv_nl_has_what_a_dutch_spreadsheet_wants() {
    let run = Bench::new().line(&format!("{MATCH} -f csv-nl")).expect(0);
    assert!(run.out.starts_with("\u{FEFF}kandidaat;vacature;plaats;score;"), "{}", run.out);
    assert!(run.out.ends_with("\r\n"));
    let row: Vec<_> = run.out.lines().nth(1).unwrap().split(';').collect();
    let (whole, part) = row[3].split_once(',').unwrap();
    assert!(whole.parse::<u8>().unwrap() <= 100 && part.len() == 2, "{row:?}");
}

#[test]
fn csv_has_a_line_for_each_pair() {
    let bench = Bench::new();
    let pairs = bench.line(MATCH).expect(0).json().len();
    assert_eq!(bench.line(&format!("{MATCH} -f csv")).expect(0).out.lines().count(), pairs + 1);
}

#[test]
fn a_table_is_for_people() {
    let run = Bench::new().line(&format!("{MATCH} -f table")).expect(0);
    assert!(run.out.starts_with("c1\n   1  "), "{}", run.out);
    assert!(run.out.contains("v1  kok"), "{}", run.out);
}

#[test]
fn every_candidate_is_in_the_file_of_people() {
    let bench = Bench::new();
    bench.line(&format!("{MATCH} --when now --people people.jsonl")).expect(0);
    let people = bench.read("people.jsonl");
    let ids: Vec<_> = people
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["candidate"].clone())
        .collect();
    assert_eq!(ids, ["c1", "c2"]);
}

#[test]
fn both_sides_are_marked() {
    let lines = Bench::new().line(&format!("{MATCH} --by both")).expect(0);
    assert!(lines.out.starts_with("{\"by\":\"candidate\","), "{}", lines.out);
    assert!(lines.json().iter().any(|line| line["by"] == "vacancy"));
    let lines = Bench::new().line(&format!("{MATCH} --by vacancy")).expect(0).json();
    let order: Vec<_> = lines.iter().map(|line| line["vacancy"].as_str().unwrap()).collect();
    assert!(order.is_sorted());
}

#[test]
fn brief_lines_leave_out_what_is_long() {
    let line = &Bench::new().line(&format!("{MATCH} --detail brief")).expect(0).json()[0];
    assert!(line.get("findings").is_none());
    assert!(line["readiness"].get("steps").is_none());
    assert!(line["contributions"].is_object());
}

#[test]
fn no_records_give_no_lines() {
    let bench = Bench::new();
    bench.file("vacancies.jsonl", "[]");
    let run = bench.line(MATCH).expect(0);
    assert!(run.out.is_empty());
    assert!(run.err.contains("W104"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_130_and_leaves_nothing() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let bench = Bench::new();
    let before = bench.names();
    let mut child = bench
        .command(&["match", "-", "vacancies.jsonl", "-o", "out.jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // More than a pipe holds: when it is through, the program is reading and catches interrupts.
    for number in 0..20_000 {
        writeln!(input, "{{\"id\":\"c{number}\"}}").unwrap();
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(bench.names(), before);
    drop(input);
}

#[test]
fn no_output_takes_the_place_of_an_input_or_another_output() {
    let bench = Bench::new();
    for flags in [
        "-o candidates.jsonl",
        "-o ./vacancies.jsonl",
        "-o a.jsonl --people a.jsonl",
        "-o a.jsonl --refused ./a.jsonl",
        "--people vacancies.jsonl",
    ] {
        let run = bench.line(&format!("{MATCH} {flags}")).expect(2);
        assert!(run.err.contains("name one file"), "{}", run.err);
    }
    assert_eq!(bench.read("candidates.jsonl"), CANDIDATES);
    assert_eq!(bench.read("vacancies.jsonl"), VACANCIES);
}

#[test]
fn what_cannot_be_written_whole_replaces_nothing() {
    let bench = Bench::new();
    bench.file("a.jsonl", "old\n");
    bench.line(&format!("{MATCH} -o a.jsonl --people nowhere/p.jsonl")).expect(1);
    assert_eq!(bench.read("a.jsonl"), "old\n");
}
