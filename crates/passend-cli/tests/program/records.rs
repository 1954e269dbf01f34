// SPDX-License-Identifier: EUPL-1.2
//! Run records: what they tell, how a run is resumed from one, and how it is replayed.

use std::process::Stdio;
use std::time::Duration;

use passend_io::{Access, AtomicFile, read_runs};

use crate::{Bench, VACANCIES};

const RECORDED: &str =
    "match candidates.jsonl vacancies.jsonl --as-of 2026-11-25 --record runs.jsonl";

#[test]
fn a_record_tells_what_was_run_on_what_and_replay_gives_the_same() {
    let bench = Bench::new();
    bench.line(&format!("{RECORDED} -o out.jsonl --people people.jsonl")).expect(0);
    bench.line("check candidates.jsonl --side candidate --record runs.jsonl -o c.json").expect(0);
    let runs = read_runs(bench.read("runs.jsonl").as_bytes()).unwrap();
    let last: Vec<_> = runs.iter().filter(|entry| !entry.run.counts.contains_key("part")).collect();
    assert_eq!(last.len(), 2);
    let run = &last[0].run;
    assert_eq!(run.command.first().map(String::as_str), Some("match"));
    assert!(!run.command.iter().any(|argument| argument.contains("record")), "{run:?}");
    assert_eq!(run.as_of, "2026-11-25".parse().ok());
    assert!(run.versions.contains_key("rules") && run.versions.contains_key("vocabulary"));
    let names = |files: &[passend_io::HashedFile]| {
        files.iter().map(|file| file.file.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&run.inputs), ["candidates.jsonl", "vacancies.jsonl"]);
    assert_eq!(names(&run.outputs), ["out.jsonl", "people.jsonl"]);
    assert_eq!(run.outputs[0].sha256, passend_io::hash(bench.read("out.jsonl").as_bytes()));
    assert_eq!(run.counts["candidates.jsonl"]["read"], 2);
    let before = bench.names();
    let replayed = bench.line("replay runs.jsonl").expect(0).json();
    assert_eq!(replayed.last().unwrap()["outcome"], "reproduced");
    assert_eq!(bench.names(), before, "a replay writes nothing");
}

#[test]
fn a_replay_names_what_is_changed_or_missing() {
    let bench = Bench::new();
    bench.line(&format!("{RECORDED} -o out.jsonl")).expect(0);
    let record = bench.read("runs.jsonl");
    let lines = record.lines().count();

    bench.file("vacancies.jsonl", VACANCIES.replace("kok", "bakker"));
    let run = bench.line(&format!("replay runs.jsonl --line {lines}")).expect(4);
    assert_eq!(run.json()[0]["outcome"], "input_changed");
    assert_eq!(run.json()[0]["files"][0], "vacancies.jsonl");
    std::fs::remove_file(bench.path("vacancies.jsonl")).unwrap();
    let run = bench.line(&format!("replay runs.jsonl --line {lines} -f text --lang en")).expect(4);
    assert!(run.out.contains("not there") && run.out.contains("vacancies.jsonl"), "{}", run.out);

    let other = record.replacen("\"accepted\":2", "\"accepted\":3", 1);
    assert_ne!(other, record);
    bench.file("runs.jsonl", other);
    let run = bench.line("replay runs.jsonl").expect(4);
    assert!(run.err.contains(&format!("runs.jsonl:{lines}: E332")), "{}", run.err);
}

#[test]
fn a_replay_finds_an_output_that_is_not_reproduced() {
    let bench = Bench::new();
    bench.line(&format!("{RECORDED} -f csv -o out.csv")).expect(0);
    let entry = read_runs(bench.read("runs.jsonl").as_bytes()).unwrap().pop().unwrap();
    let mut run = entry.run;
    run.outputs[0].sha256 = passend_io::hash(b"something else");
    passend_io::append_run(&bench.path("other.jsonl"), &run).unwrap();
    let replayed = bench.line("replay other.jsonl").expect(4).json();
    assert_eq!(replayed[0]["outcome"], "output_differs");
}

#[test]
fn every_form_of_a_result_is_the_same_each_time() {
    let bench = Bench::new();
    for format in ["jsonl", "json", "csv", "csv-nl", "xlsx", "parquet", "table"] {
        bench.line(&format!("{RECORDED} -f {format} -o out.{format}")).expect(0);
    }
    bench.line("replay runs.jsonl").expect(0);
    assert!(std::fs::read(bench.path("out.xlsx")).unwrap().starts_with(b"PK"));
    assert!(std::fs::read(bench.path("out.parquet")).unwrap().starts_with(b"PAR1"));
    let object: serde_json::Value = serde_json::from_str(&bench.read("out.json")).unwrap();
    let lines = bench.read("out.jsonl");
    assert_eq!(object["matches"].as_array().unwrap().len(), lines.lines().count());
    assert_eq!(object["as_of"], "2026-11-25");
}

/// Forty people, so that there is something to be in the middle of.
fn many(bench: &Bench) {
    let one = crate::CANDIDATES.lines().next().unwrap();
    let people: String =
        (0..40).map(|at| one.replace("\"c1\"", &format!("\"c{at:02}\"")) + "\n").collect();
    bench.file("candidates.jsonl", people);
}

#[test]
fn a_run_that_was_killed_goes_on_where_it_was_with_the_same_bytes() {
    let bench = Bench::new();
    many(&bench);
    let plain = RECORDED.split_once(" --record").unwrap().0;
    bench.line(&format!("{plain} -o whole.jsonl --people whole-people.jsonl")).expect(0);

    let line = format!("{RECORDED} -o out.jsonl --people people.jsonl --part-size 1");
    let arguments: Vec<&str> = line.split(' ').collect();
    bench.file("out.jsonl", "old");
    let mut run =
        bench.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let parts = || std::fs::read_to_string(bench.path("runs.jsonl")).unwrap_or_default();
    while parts().lines().count() < 3 && run.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let done = parts().lines().count();
    assert!(done < 40, "the run was not cut short");
    assert_eq!(bench.read("out.jsonl"), "old");

    bench.line(&format!("{line} --resume")).expect(0);
    assert_eq!(bench.read("out.jsonl"), bench.read("whole.jsonl"));
    assert_eq!(bench.read("people.jsonl"), bench.read("whole-people.jsonl"));
    assert_eq!(parts().lines().count(), 41, "no part is done twice");
    assert!(bench.names().iter().all(|name| !name.starts_with('.')), "{:?}", bench.names());
    bench.line("replay runs.jsonl").expect(0);
}

#[test]
fn a_run_is_not_resumed_on_other_input() {
    let bench = Bench::new();
    many(&bench);
    let line = format!("{RECORDED} -o out.jsonl --part-size 10");
    bench.line(&line).expect(0);
    // The record as it was before the run ended.
    let record = bench.read("runs.jsonl");
    let parts: String = record.lines().take(2).map(|line| format!("{line}\n")).collect();
    bench.file("runs.jsonl", parts);
    bench.file("vacancies.jsonl", VACANCIES.replace("kok", "bakker"));
    let run = bench.line(&format!("{line} --resume")).expect(1);
    assert!(run.err.contains("E333") && run.err.contains("vacancies.jsonl"), "{}", run.err);
    let run = bench.line(&format!("{line} -k 3 --resume")).expect(1);
    assert!(run.err.contains("E333") && run.err.contains("`match"), "{}", run.err);
}

#[test]
fn two_runs_do_not_write_one_file() {
    let bench = Bench::new();
    bench.file("out.jsonl", "old");
    let first = AtomicFile::create(bench.path("out.jsonl"), Access::Usual).unwrap();
    let run = bench.line("match candidates.jsonl vacancies.jsonl -o out.jsonl").expect(1);
    assert!(run.err.contains("E331"), "{}", run.err);
    drop(first);
    bench.line("match candidates.jsonl vacancies.jsonl -o out.jsonl").expect(0);
    assert_ne!(bench.read("out.jsonl"), "old");
}

#[test]
fn what_is_no_record_is_not_written_to() {
    let bench = Bench::new();
    let before = bench.read("vacancies.jsonl");
    let run = bench.line("match candidates.jsonl vacancies.jsonl --record vacancies.jsonl");
    assert!(run.expect(1).err.contains("E332"));
    assert_eq!(bench.read("vacancies.jsonl"), before);
    bench.line("schema candidate --record runs.jsonl").expect(2);
    bench.line("match candidates.jsonl vacancies.jsonl -o a --record a").expect(2);
    bench.line("match candidates.jsonl vacancies.jsonl -o a --resume").expect(2);
}
