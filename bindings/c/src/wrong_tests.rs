// SPDX-License-Identifier: EUPL-1.2
//! Wrong calls of every kind: each gives a status, and a message that names the place and says what to do.

use std::fmt::Write;
use std::time::Duration;

use crate::failure::{Failure, PassendStatus};
use crate::handle::Handle;
use crate::job::{Caller, Progress};

/// Calls with the message that each gives, which somebody read.
const CALLS: &str = include_str!("../tests/wrong_calls.txt");
/// Set to write the messages instead of comparing them.
const WRITE: &str = "PASSEND_WRITE_CALLS";
const ERRORS: &str = include_str!("../../../docs/errors.md");

/// The message of a call that must fail: an operation with its request, or `config` with a configuration.
fn message(engine: &Handle, call: &str) -> String {
    let (op, request) = call.split_once(' ').unwrap();
    let filled = request
        .replace("$PEOPLE", r#""candidates":[{"id":"c1","experience":[{"title":"kok"}]}]"#)
        .replace("$TWO", r#""candidates":[{"id":"c1"},{"id":"c2"}]"#)
        .replace("$WORK", r#""vacancies":[{"id":"v1","title":"kok"}]"#)
        .replace("$DAY", r#""as_of":"2026-11-25""#)
        .replace("$LONG", &"m".repeat(201));
    let failure = if op == "config" {
        Handle::new(&filled).map(|_| ()).unwrap_err()
    } else {
        let answer = engine.run(op, filled.as_bytes(), &mut Caller::default());
        answer.map(|_| ()).expect_err(call)
    };
    let told = format!("{} {failure}", failure.status as i32);
    if std::env::var_os(WRITE).is_some() {
        return told;
    }
    // A message may not bring what was given, nor the words of the language it is written in.
    for word in ["Jansen", "struct ", "enum ", "u32", "i64", "variant", "::"] {
        assert!(!told.contains(word) && !failure.detail().contains(word), "{call}: {told}");
    }
    for hint in [&failure.hint.nl, &failure.hint.en] {
        assert!(hint.ends_with('.') && hint.len() > 20, "{call}: `{hint}` does not say what to do");
    }
    told
}

#[test]
fn a_wrong_call_of_every_kind_says_what_to_do() {
    let engine = Handle::new("max_markets = 1\nmax_request_bytes = 2000").unwrap();
    let load = r#"{"market":"known","vacancies":[{"id":"v1","title":"kok"}]}"#;
    engine.run("market_load", load.as_bytes(), &mut Caller::default()).unwrap();
    let mut made = String::new();
    for block in CALLS.split("\n\n") {
        match block.trim_end().split_once('\n') {
            Some((call, _)) if !call.starts_with('#') => {
                write!(made, "{call}\n{}\n\n", message(&engine, call)).unwrap();
            }
            _ => write!(made, "{}\n\n", block.trim_end()).unwrap(),
        }
    }
    let made = made.trim_end().to_owned() + "\n";
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wrong_calls.txt"), &made)
            .unwrap();
        return;
    }
    assert!(CALLS.matches("\n\n").count() > 80);
    for (made, kept) in made.lines().zip(CALLS.lines()) {
        assert_eq!(made, kept, "`PASSEND_WRITE_CALLS=1` writes the file; read what changed");
    }
    assert_eq!(made.lines().count(), CALLS.lines().count());
}

/// Runs the example of a section in the way that its kind says.
fn example(engine: &Handle, kind: &str, call: &str) -> Failure {
    let (op, request) = call.trim_end().split_once(' ').unwrap();
    let mut stop = |_: usize, _: usize| false;
    let stop: &mut Progress<'_> = &mut stop;
    let mut caller = match kind {
        "call stopped" => Caller { progress: Some(stop), ..Caller::default() },
        "call late" => Caller { time_limit: Some(Duration::ZERO), ..Caller::default() },
        _ => Caller::default(),
    };
    engine.run(op, request.as_bytes(), &mut caller).unwrap_err()
}

#[test]
fn every_call_of_the_catalogue_of_errors_causes_its_code() {
    let engine = Handle::new("").unwrap();
    let mut run = 0;
    for section in ERRORS.split("\n### ").skip(1) {
        let Some((_, text)) = section.split_once("\n```call") else { continue };
        let (kind, text) = text.split_once('\n').unwrap();
        let call = text.split_once("```").unwrap().0;
        let failure = example(&engine, &format!("call{kind}"), call);
        let code = section.split_once(' ').unwrap().0;
        assert_eq!(failure.code, code, "{call}: {failure}");
        assert_eq!(failure.status == PassendStatus::Internal, code == "E390");
        run += 1;
    }
    assert_eq!(run, 6);
}
