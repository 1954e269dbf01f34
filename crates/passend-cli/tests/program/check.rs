// SPDX-License-Identifier: EUPL-1.2
//! `passend check`.

use crate::Bench;

#[test]
fn a_good_file_ends_with_0_and_a_refused_row_with_4() {
    let bench = Bench::new();
    let good = bench.line("check candidates.jsonl --side candidate").expect(0);
    assert_eq!(good.err, "candidates.jsonl: read 2, accepted 2, refused 0, warned 0\n");
    bench.file("bad.jsonl", "{\"id\":\"c1\"}\n{\"id\":\"c2\",\"skils\":[]}\n");
    let bad =
        bench.line("check bad.jsonl --side candidate --lang en --refused refused.jsonl").expect(4);
    assert!(bad.err.starts_with("bad.jsonl:2:12: E201 `skils`: "), "{}", bad.err);
    assert!(
        bad.err.ends_with("bad.jsonl: read 2, accepted 1, refused 1, warned 0\n"),
        "{}",
        bad.err
    );
    let refused = bench.read("refused.jsonl");
    let keys = ["file", "line", "record", "byte", "column", "path", "code", "rule", "hint"];
    let places: Vec<_> =
        keys.iter().map(|key| refused.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{refused}");
}

#[test]
fn fields_are_counted_and_what_is_not_linked_is_told() {
    let bench = Bench::new();
    bench.file(
        "c.jsonl",
        "{\"id\":\"a\",\"skills\":[{\"label\":\"koken\"},{\"label\":\"xyzzy\"}]}\n{\"id\":\"b\",\"skills\":[{\"label\":\"xyzzy\"}]}\n{\"id\":\"c\",\"skills\":[]}\n\u{20}\n",
    );
    let run = bench.line("check c.jsonl --side candidate").expect(0);
    let found = &run.json()[0];
    assert_eq!(
        (&found["read"], &found["accepted"], &found["refused"]),
        (&3.into(), &3.into(), &0.into())
    );
    let field = |path: &str| {
        let fields = found["fields"].as_array().unwrap();
        fields.iter().find(|field| field["path"] == path).unwrap().clone()
    };
    assert_eq!(field("skills")["filled"], 3);
    assert_eq!(field("skills[].label")["filled"], 2);
    assert_eq!(field("skills[].label")["understood"], 0);
    assert_eq!(field("skills[].label")["used_by"][0], "skills");
    assert_eq!(field("turns_18_on")["filled"], 0);
    assert_eq!(
        found["unlinked"],
        serde_json::json!([{"kind": "skill", "text": "xyzzy", "count": 2}])
    );
    assert_eq!(found["warnings"], serde_json::json!([]));
}

#[test]
fn a_title_is_understood_as_matching_understands_it() {
    let bench = Bench::new();
    bench.file(
        "c.jsonl",
        concat!(
            "{\"id\":\"a\",\"experience\":[{\"title\":\"monteur\"},{\"title\":\"planner verpleegkundige\"}]}\n",
            "{\"id\":\"b\",\"experience\":[{\"title\":\"xyzzy\",\"occupation\":{\"scheme\":\"isco08\",\"code\":\"5120\",\"label\":\"plugh\"}}]}\n",
        ),
    );
    let found = &bench.line("check c.jsonl --side candidate").expect(0).json()[0];
    // What a code says needs no words, and several readings are readings.
    assert_eq!(
        found["unlinked"],
        serde_json::json!([{"kind": "occupation", "text": "planner verpleegkundige", "count": 1, "perhaps": ["verpleegkundige", "assistent-verpleegkundige"]}])
    );
    let several = found["several"].as_array().unwrap();
    assert_eq!((several.len(), &several[0]["text"]), (1, &"monteur".into()));
    let shares = several[0]["readings"].as_array().unwrap();
    let sum: u64 = shares.iter().map(|one| one["share"].as_u64().unwrap()).sum();
    assert_eq!((shares.len(), sum), (3, 100));
    let text = bench.line("check c.jsonl --side candidate -f text").expect(0).out;
    assert!(text.contains("monteur = onderhoudsmonteur (34 %) of "), "{text}");
    assert!(text.contains("planner verpleegkundige (misschien verpleegkundige of "), "{text}");
}

#[test]
fn warnings_are_counted() {
    let bench = Bench::new();
    bench.file("c.jsonl", "\u{FEFF}{\"id\":\"a\"}\n{\"id\":\"a\"}\n{\"id\":\"a\"}\n");
    let run = bench.line("check c.jsonl --side candidate").expect(0);
    assert_eq!(
        run.json()[0]["warnings"],
        serde_json::json!([
            {"code": "W101", "path": "", "count": 1},
            {"code": "W102", "path": "", "count": 2}
        ])
    );
    assert!(run.err.ends_with("c.jsonl: read 3, accepted 3, refused 0, warned 3\n"), "{}", run.err);
}

#[test]
fn text_is_short_and_in_the_language_of_the_reader() {
    let bench = Bench::new();
    let run = bench.line("check candidates.jsonl --side candidate -f text").expect(0);
    assert!(run.out.starts_with("veld "), "{}", run.out);
    assert!(run.out.contains("nergens gevuld, en zou meetellen:\n"), "{}", run.out);
    let run = bench.line("check candidates.jsonl --side candidate -f text --lang en").expect(0);
    assert!(run.out.starts_with("field "), "{}", run.out);
}

#[test]
fn standard_input_is_a_file_too() {
    let bench = Bench::new();
    let run = bench.with_input("check - --side vacancy", crate::VACANCIES).expect(0);
    assert_eq!(run.err, "-: read 2, accepted 2, refused 0, warned 0\n");
}
