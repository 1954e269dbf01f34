// SPDX-License-Identifier: EUPL-1.2
//! What the engine may use: modules only those before them, and nothing of the world outside.
#![cfg(test)] // so that the lints take helpers for tests too

use std::fs;
use std::path::{Path, PathBuf};

/// The order of the modules; those in one entry do not know each other.
const ORDER: [&[&str]; 12] = [
    &["model"],
    &["text"],
    &["history"],
    &["vocabulary"],
    &["policy"],
    &["prepare"],
    &["score"],
    &["gate", "criterion"],
    &["explain"],
    &["index"],
    &["engine"],
    &["plan", "assign", "groups", "register"],
];

/// What would let in a file, the clock, the network, the environment, a random number, output or a float.
const FORBIDDEN: [&str; 16] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io",
    "SystemTime",
    "Instant",
    "println!",
    "eprintln!",
    "rand::",
    "thread_rng",
    "static mut",
    "unsafe ",
    "Zoned",
    "Timestamp",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Each source of the engine: the module it belongs to, its path, its code without tests.
fn code() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files
        .into_iter()
        .filter_map(|path| {
            let module = path
                .strip_prefix(&root)
                .unwrap()
                .components()
                .next()?
                .as_os_str()
                .to_str()?
                .trim_end_matches(".rs")
                .to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
            (module != "lib" && !path.ends_with("testing.rs")).then_some((module, path, code))
        })
        .collect()
}

fn place(module: &str) -> usize {
    ORDER
        .iter()
        .position(|entry| entry.contains(&module))
        .unwrap_or_else(|| panic!("`{module}` has no place in the order of modules"))
}

#[test]
fn a_module_uses_only_modules_before_it() {
    let mut wrong = Vec::new();
    for (module, path, code) in code() {
        for used in code
            .split("crate::")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        {
            if used != module
                && ORDER.iter().any(|entry| entry.contains(&used))
                && place(used) >= place(&module)
            {
                wrong.push(format!("{}: `{module}` must not use `{used}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_engine_uses_nothing_of_the_world_outside() {
    let mut wrong = Vec::new();
    for (_, path, code) in code() {
        for word in FORBIDDEN {
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            if lines.into_iter().any(|line| line.contains(word)) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn floats_stand_only_where_a_json_number_is_read() {
    for (_, path, code) in code() {
        let floats = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .any(|line| line.contains("f64") || line.contains("f32"));
        assert!(!floats || path.ends_with("model/time.rs"), "{}", path.display());
    }
}

#[test]
fn gates_and_criteria_do_not_know_each_other() {
    for (module, path, code) in code() {
        let other = match module.as_str() {
            "gate" => "crate::criterion",
            "criterion" => "crate::gate",
            _ => continue,
        };
        assert!(!code.contains(other), "{}", path.display());
    }
}

#[test]
fn criteria_see_no_residence_age_or_route() {
    for (module, path, code) in code() {
        if module == "criterion" {
            for word in ["legal", "residence", "turns_18", "integration", "status"] {
                let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                assert!(
                    !lines.into_iter().any(|line| line.contains(word)),
                    "{}: {word}",
                    path.display()
                );
            }
        }
    }
}
