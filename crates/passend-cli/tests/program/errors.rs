// SPDX-License-Identifier: EUPL-1.2
//! Errors of use: each example of `docs/errors.md` that needs the program causes its code.

use passend_io::{Access, AtomicFile, HashedFile, Run, append_run};

use crate::{Bench, repository};

/// A file of candidates of which more than a few rows are refused.
fn mostly_bad() -> String {
    (0..20).map(|number| format!("{{\"id\":\"c{number}\",\"skils\":[]}}\n")).collect()
}

/// A ledger with the table of so many people, of whom a few are gone now.
fn many_twice(bench: &Bench) {
    let people = |from: u32| {
        (from..40).map(|number| format!("{{\"id\":\"p{number}\"}}\n")).collect::<String>()
    };
    bench.file("candidates.jsonl", people(0));
    bench
        .line("groups candidates.jsonl vacancies.jsonl --by status --ledger ledger.jsonl")
        .expect(0);
    bench.file("candidates.jsonl", people(3));
}

/// A part of the run of a line.
fn cut_short(line: &str) -> Run {
    let file = |file: &str| HashedFile { file: file.to_owned(), sha256: "0".repeat(64) };
    let command = line.split(" --record").next().unwrap().split(' ').map(str::to_owned);
    Run {
        command: command.collect(),
        inputs: vec![file("candidates.jsonl")],
        outputs: vec![file(".out.jsonl.passend-parts/00001.lines")],
        counts: [("part".to_owned(), Default::default())].into(),
        ..Run::default()
    }
}

#[test]
fn every_example_causes_its_code() {
    let docs = std::fs::read_to_string(repository("docs/errors.md")).unwrap();
    let mut run = 0;
    for section in docs.split("\n### ").skip(1) {
        let Some((_, example)) = section.split_once("```program\n") else { continue };
        let line = example.split_once('\n').unwrap().0;
        let code = section.split_once(' ').unwrap().0;
        let bench = Bench::new();
        if matches!(code, "E109" | "E111") {
            bench.file("candidates.jsonl", mostly_bad());
        }
        bench.file("policy.toml", "[weights]\nskills = 99\n");
        bench.file("words.tsv", "occupation/5120-cook\tkok\tpreferred\n");
        bench.file("places.csv", "place,x,y\n9711,53.2,6.5\n");
        bench.file("programmes.toml", "[[programme]]\nid = 'p'\n");
        bench.file("quotas.csv", "region,quota\nNergenshuizen,3\n");
        bench.file("households.csv", "household,candidate\nh1,c1\n");
        bench.file("kept.csv", "candidate,vacancy\nnobody,v1\n");
        bench.file("ended.jsonl", r#"{"id":"c1","permission":{"until":"2026-01-01"}}"#);
        bench.file("timetables.json", r#"[{"id":"t"}]"#);
        bench.file("measures.toml", "[[measure]]\nid = 'm'\n");
        bench.file("table.csv", "kandidaatnummer;CEFR\nk1;A2\n");
        bench.file("mapping.toml", "[[column]]\nheader = \"CEFR\"\nfield = \"taal\"\n");
        bench.file("open.key", "a key that everybody may read, 32 bytes");
        bench.file("audit.csv", "id,sex\nc1,female\n");
        bench.file("results.jsonl", "");
        if code == "E371" {
            many_twice(&bench);
        }
        // Another run writes this one.
        let busy = AtomicFile::create(bench.path("busy.jsonl"), Access::Usual).unwrap();
        // The record of a run that was cut short, on other files.
        bench.file("cut.jsonl", "");
        append_run(&bench.path("cut.jsonl"), &cut_short(line)).unwrap();
        let outcome = bench.line(line).expect(1);
        drop(busy);
        assert!(outcome.err.contains(code), "{line}: {}", outcome.err);
        assert!(outcome.out.is_empty(), "{line}: {}", outcome.out);
        run += 1;
    }
    assert!(run >= 8, "only {run} examples");
}

#[test]
fn wrong_use_ends_with_2() {
    let bench = Bench::new();
    for line in [
        "",
        "mach a b",
        "match candidates.jsonl",
        "match - -",
        "explain - - --candidate c1 --vacancy v1",
        "match candidates.jsonl vacancies.jsonl -k 0",
        "match candidates.jsonl vacancies.jsonl --when gisteren",
        "match candidates.jsonl vacancies.jsonl --as-of 2026-02-30",
        "match candidates.jsonl vacancies.jsonl --max-refused 101",
        "check candidates.jsonl",
        "plan candidates.jsonl vacancies.jsonl",
        "plan candidates.jsonl vacancies.jsonl --candidate c1 --max-steps 0",
        "questions candidates.jsonl vacancies.jsonl --when gisteren",
        "relax vacancies.jsonl candidates.jsonl",
        "diff - -",
        "man nothing",
    ] {
        let run = bench.line(line).expect(2);
        assert!(run.out.is_empty(), "{line}: {}", run.out);
        assert!(!run.err.is_empty(), "{line}");
    }
}

#[test]
fn help_and_version_are_results() {
    let bench = Bench::new();
    assert!(bench.line("--help").expect(0).out.contains("Usage: passend"));
    assert!(bench.line("match --help").expect(0).out.contains("--when"));
    assert!(bench.line("--version").expect(0).out.starts_with("passend "));
}
