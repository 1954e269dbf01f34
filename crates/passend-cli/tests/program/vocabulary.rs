// SPDX-License-Identifier: EUPL-1.2
//! Vocabularies of the user's own, in every command that takes them.

use crate::Bench;

const MINE: &str = "occupation/5120-cook\tpannenridder\ta\noccupation/azc-host\tazc-duider\tp\t5151\noccupation/nobody\tniets\ta\n";

const VACANCY: &str =
    "{\"id\":\"v1\",\"title\":\"pannenridder\"}\n{\"id\":\"v2\",\"title\":\"azc-duider\"}\n";

/// Titles that the check of the vacancies did not understand.
fn unlinked(bench: &Bench, flags: &str) -> Vec<String> {
    let run = bench.line(&format!("check vacancies.jsonl --side vacancy {flags}")).expect(0);
    let checked = &run.json()[0];
    let texts = checked["unlinked"].as_array().unwrap().iter();
    texts.map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_table_of_labels_comes_on_top() {
    let bench = Bench::new();
    bench.file("vacancies.jsonl", VACANCY);
    bench.file("mine.tsv", MINE);
    assert_eq!(unlinked(&bench, "").len(), 2);
    assert!(unlinked(&bench, "--vocabulary mine.tsv").is_empty());
    let run = bench.line("match candidates.jsonl vacancies.jsonl --vocabulary mine.tsv").expect(0);
    assert!(run.err.contains("mine.tsv:3: deze regel doet niets"), "{}", run.err);
    let line = &run.json()[0];
    assert_eq!((&line["candidate"], &line["vacancy"]), (&"c1".into(), &"v1".into()));
    assert!(line["contributions"]["occupation"].as_u64() > Some(0), "{line}");
    let explained = bench
        .line("explain candidates.jsonl vacancies.jsonl --candidate c1 --vacancy v1 --vocabulary mine.tsv")
        .expect(0);
    assert!(explained.json()[0]["versions"]["vocabulary"].as_str().unwrap().contains(" + 3 rows"));
}

#[test]
fn a_label_can_be_taken_away() {
    let bench = Bench::new();
    bench.file("vacancies.jsonl", "{\"id\":\"v1\",\"title\":\"kokkin\"}\n");
    bench.file("less.tsv", "occupation/5120-cook\tkokkin\tx\n");
    assert!(unlinked(&bench, "").is_empty());
    assert_eq!(unlinked(&bench, "--vocabulary less.tsv"), ["kokkin"]);
}

#[test]
fn a_vocabulary_is_never_written_over() {
    let bench = Bench::new();
    bench.file("mine.tsv", MINE);
    bench
        .line("match candidates.jsonl vacancies.jsonl --vocabulary mine.tsv -o mine.tsv")
        .expect(2);
    assert_eq!(bench.read("mine.tsv"), MINE);
}
