// SPDX-License-Identifier: EUPL-1.2
//! Looks at the pages that the program makes as a checker of accessibility sees them, in a real browser, and prints them.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{Failure, root, run_in};

/// Makes each page in both languages with this program, and looks at them.
pub(crate) fn pages(program: &Path) -> Result<(), Failure> {
    let folder = root().join("target").join("pages");
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Write { file: folder.display().to_string(), error })?;
    let passend = |arguments: &[&str]| {
        run_in(Command::new(program).args(arguments), &folder, "name the built program")
    };
    passend(&["synth", "--candidates", "600", "--vacancies", "300", "--seed", "5", "-o", "."])?;
    let sides = ["candidates.jsonl", "vacancies.jsonl", "--as-of", "2026-11-25"];
    let mut made = Vec::new();
    for lang in ["nl", "en"] {
        let report = format!("report_{lang}.html");
        passend(&[&["report"], &sides[..], &["--lang", lang, "-o", &report]].concat())?;
        let register = format!("register_{lang}.html");
        let day = &sides[2..];
        passend(&[&["register"], day, &["--lang", lang, "-f", "html", "-o", &register]].concat())?;
        let explain = format!("explain_{lang}.html");
        let pair = ["--candidate", "c0000001", "--vacancy", "v0000001"];
        let form = ["--lang", lang, "-f", "html", "-o", &explain];
        passend(&[&["explain"], &sides[..], &pair[..], &form[..]].concat())?;
        made.extend([report, register, explain]);
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "axe-core", "playwright-core"]);
    run_in(&mut npm, &folder, "install Node.js")?;
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let script = root().join("crates/xtask/src/pages.mjs");
    let mut node = Command::new("node");
    run_in(node.arg(script).arg(chromium).args(made), &folder, "install Node.js and chromium")
}
