// SPDX-License-Identifier: EUPL-1.2
//! What holds for every command that brings candidates and vacancies together.

use crate::{Bench, CANDIDATES, VACANCIES};

/// Each command with what it asks besides.
const COMMANDS: [&str; 10] = [
    "match candidates.jsonl vacancies.jsonl --as-of 2026-11-25",
    "explain candidates.jsonl vacancies.jsonl --candidate c1 --vacancy v1 --as-of 2026-11-25",
    "plan candidates.jsonl vacancies.jsonl --candidate c1 --as-of 2026-11-25",
    "questions candidates.jsonl vacancies.jsonl --as-of 2026-11-25",
    "relax vacancies.jsonl candidates.jsonl --vacancy v1 --as-of 2026-11-25",
    "assign candidates.jsonl vacancies.jsonl --goal placements --as-of 2026-11-25",
    "pools candidates.jsonl vacancies.jsonl --as-of 2026-11-25",
    "lessons candidates.jsonl vacancies.jsonl --timetables timetables.json --as-of 2026-11-25",
    "sensitivity candidates.jsonl vacancies.jsonl --as-of 2026-11-25",
    "diff candidates.jsonl vacancies.jsonl --a-as-of 2026-11-25 --b-as-of 2027-11-25",
];

const WORDS: &str = "occupation/kok\tkokkin\ta\n";
const PLACES: &str = "place,x,y\nhier,233900,581900\n";
const POLICY: &str = "[[rule]]\nid = 'WA02'\noutcome = 'open'\n";
const PROGRAMMES: &str = "[[programme]]\nid = 'taal'\nnl = 'Volg de taalweken.'\nen = 'Follow the language weeks.'\ngives = ['language:nl:A2']\nstarts = [2026-12-07]\ndays = { min = 56, usual = 56, max = 56 }\n";

/// A folder with a file of every kind that a command can read.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.file("words.tsv", WORDS);
    bench.file("places.csv", PLACES);
    bench.file("policy.toml", POLICY);
    bench.file("programmes.toml", PROGRAMMES);
    bench.file("timetables.json", "[]");
    bench
}

/// The same file under `--output` and as something else is refused, and nothing is touched.
#[track_caller]
fn check_refused(bench: &Bench, line: &str) {
    let before = bench.names();
    let run = bench.line(line).expect(2);
    assert!(run.err.contains("name one file"), "{line}: {}", run.err);
    assert_eq!(run.out, "", "{line}");
    assert_eq!(bench.names(), before, "{line}");
    for (name, content) in [
        ("candidates.jsonl", CANDIDATES),
        ("vacancies.jsonl", VACANCIES),
        ("words.tsv", WORDS),
        ("places.csv", PLACES),
        ("policy.toml", POLICY),
        ("programmes.toml", PROGRAMMES),
    ] {
        assert_eq!(bench.read(name), content, "{line}");
    }
}

#[test]
fn no_output_takes_the_place_of_an_input() {
    let bench = bench();
    for command in COMMANDS {
        for flags in [
            "-o candidates.jsonl",
            "-o ./vacancies.jsonl",
            "--refused candidates.jsonl",
            "--refused ./vacancies.jsonl",
            "--places places.csv -o places.csv",
            "--vocabulary words.tsv -o ./words.tsv",
            "--vocabulary words.tsv --refused words.tsv",
            "-o result --refused ./result",
        ] {
            check_refused(&bench, &format!("{command} {flags}"));
        }
    }
}

#[test]
fn no_output_takes_the_place_of_a_table() {
    let bench = bench();
    for command in COMMANDS.iter().filter(|command| !command.starts_with("diff")) {
        check_refused(&bench, &format!("{command} --policy policy.toml -o policy.toml"));
    }
    let [.., diff] = COMMANDS;
    check_refused(&bench, &format!("{diff} --a-policy policy.toml -o policy.toml"));
    check_refused(&bench, &format!("{diff} --b-policy policy.toml --refused ./policy.toml"));
    let [_, _, plan, ..] = COMMANDS;
    check_refused(&bench, &format!("{plan} --programmes programmes.toml -o programmes.toml"));
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_anything_is_read() {
    let bench = bench();
    for command in COMMANDS {
        let run = bench.line(&format!("{command} -o nowhere/result")).expect(1);
        assert!(run.err.contains("cannot be written"), "{}", run.err);
        assert!(!run.err.contains(": read "), "{command}: {}", run.err);
    }
}

#[test]
fn the_result_is_the_same_in_a_file_and_files_are_told_of_in_the_order_of_the_arguments() {
    let bench = bench();
    for command in COMMANDS {
        let told = bench.line(command).expect(0);
        let names: Vec<_> = command.split(' ').filter(|word| word.ends_with(".jsonl")).collect();
        let place = |name: &str| told.err.find(&format!("{name}: read 2"));
        assert!(place(names[0]).is_some() && place(names[0]) < place(names[1]), "{}", told.err);
        let with_all = format!(
            "{command} --places places.csv --vocabulary words.tsv --refused refused.jsonl -o result"
        );
        let run = bench.line(&with_all).expect(0);
        assert_eq!((run.out.as_str(), bench.read("refused.jsonl").as_str()), ("", ""), "{command}");
        // An explanation also names the places and the words among its versions.
        if !command.starts_with("explain") {
            assert_eq!(bench.read("result"), told.out, "{command}");
        }
    }
}

#[test]
fn standard_input_is_read_once() {
    let bench = bench();
    for command in COMMANDS {
        let line = command.replace("candidates.jsonl", "-").replace("vacancies.jsonl", "-");
        let run = bench.line(&line).expect(2);
        assert!(run.err.contains("can be read once"), "{command}: {}", run.err);
    }
}
