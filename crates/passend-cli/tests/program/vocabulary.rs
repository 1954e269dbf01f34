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

/// The small ESCO of the fixtures.
fn esco() -> String {
    crate::repository("fixtures/esco").to_str().unwrap().to_owned()
}

#[test]
fn a_pack_is_built_shown_and_used() {
    let bench = Bench::new();
    let crosswalk = format!("{}/uwv_to_esco.csv", esco());
    let arguments =
        ["vocabulary", "build", "--release", "1.2.1", "--esco", &esco(), "-o", "e.pack"];
    let run = bench.run(&[&arguments[..], &["--crosswalk", &crosswalk]].concat()).expect(0);
    assert!(run.err.contains("occupations_en.csv: 1 regels staan er twee keer"), "{}", run.err);
    let first = std::fs::read(bench.path("e.pack")).unwrap();
    bench.run(&[&arguments[..], &["--crosswalk", &crosswalk]].concat()).expect(0);
    assert_eq!(first, std::fs::read(bench.path("e.pack")).unwrap());

    let info = &bench.line("vocabulary info e.pack").expect(0).json()[0];
    assert_eq!((&info["name"], &info["release"]), (&"ESCO".into(), &"1.2.1".into()));
    assert_eq!((&info["occupations"], &info["crosswalks"]), (&4.into(), &4.into()));
    assert!(info["notice"].as_str().unwrap().contains("European Commission"));
    let text = bench.line("--lang en vocabulary info e.pack -f text").expect(0).out;
    assert!(text.contains("This product uses the ESCO classification"), "{text}");

    let link =
        bench.with_input("link --vocabulary e.pack -k 2", "kok\nKok in de horeca\n").expect(0);
    let cook = "occupation/00000001-0000-4000-8000-000000000000";
    for line in link.json() {
        assert_eq!((&line["status"], &line["matches"][0]["id"]), (&"linked".into(), &cook.into()));
    }
    let related =
        bench.with_input("related --vocabulary e.pack --lang en", &format!("{cook}\n")).expect(0);
    let related = &related.json()[0];
    assert_eq!(related["matches"][0]["label"], "grill cook");
    assert_eq!(related["matches"][0]["why"], "overlap");
    let run = bench.line("match candidates.jsonl vacancies.jsonl --vocabulary e.pack").expect(0);
    assert!(run.out.contains("\"vacancy\":\"v1\""), "{}", run.out);
    bench.line("synth --candidates 3 --vacancies 3 --vocabulary e.pack -o made").expect(0);
    assert!(bench.read("made/vacancies.jsonl").contains("occupation/0000000"));
}

#[test]
fn a_damaged_pack_is_told() {
    let bench = Bench::new();
    bench
        .run(&["vocabulary", "build", "--lang", "en", "--esco", &esco(), "-o", "e.pack"])
        .expect(0);
    let mut pack = std::fs::read(bench.path("e.pack")).unwrap();
    pack.pop();
    bench.file("cut.pack", &pack);
    let run = bench.line("vocabulary info cut.pack").expect(1);
    assert!(run.err.contains("cut.pack: E304 the pack should have"), "{}", run.err);
    let run =
        bench.run(&["vocabulary", "build", "--lang", "uk", "--esco", &esco(), "-o", "u.pack"]);
    let run = run.expect(1);
    assert!(run.err.contains("`occupations_uk.csv`"), "{}", run.err);
    assert!(!bench.names().contains(&"u.pack".to_owned()));
    bench.line("vocabulary build --esco not-there -o x.pack").expect(1);
}

#[test]
fn lines_are_answered_one_for_one() {
    let bench = Bench::new();
    let run = bench.with_input("link -k 1", "\u{FEFF}kok\r\n\r\n\nxyzzy plugh\nlasser").expect(0);
    let lines = run.json();
    let told: Vec<_> =
        lines.iter().map(|line| (line["text"].as_str().unwrap(), &line["status"])).collect();
    let (linked, none) = (&"linked".into(), &"none".into());
    assert_eq!(
        told,
        [("kok", linked), ("", none), ("", none), ("xyzzy plugh", none), ("lasser", linked)]
    );
    bench.file("latin.txt", b"kok\nfris\xE8re\n");
    let run = bench.line("link latin.txt").expect(1);
    assert!(run.err.contains("latin.txt:2: E219"), "{}", run.err);
    let many: String = (0..20_000).map(|number| format!("kok {number}\n")).collect();
    bench.file("many.txt", &many);
    let lines = bench.line("link -k 1 many.txt").expect(0);
    let told = lines.out.lines().zip(many.lines());
    assert!(told.into_iter().all(|(line, text)| line.contains(&format!("\"text\":\"{text}\""))));
    assert_eq!(lines.out.lines().count(), 20_000);
}

#[test]
fn without_a_kind_the_first_vocabulary_says_what_is_linked() {
    let bench = Bench::new();
    bench.file("skills.tsv", "skill/s\tkoken\tp\n");
    bench.file("mixed.tsv", "skill/s\tkoken\tp\na\tkok\tp\n");
    let first = |line: &str, text: &str| {
        let found = &bench.with_input(line, text).expect(0).json()[0]["matches"][0]["id"];
        found.as_str().map(str::to_owned)
    };
    assert_eq!(first("link --vocabulary skills.tsv", "koken\n").as_deref(), Some("skill/s"));
    // The cook, who is near; not the skill.
    assert_eq!(first("link --vocabulary mixed.tsv", "koken\n").as_deref(), Some("a"));
    assert_eq!(
        first("link --kind skill --vocabulary mixed.tsv", "koken\n").as_deref(),
        Some("skill/s")
    );
    bench.line("match candidates.jsonl vacancies.jsonl --lang uk").expect(2);
}
