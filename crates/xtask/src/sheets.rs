// SPDX-License-Identifier: EUPL-1.2
//! Opens the tables for Dutch spreadsheets with LibreOffice, and looks at what it takes each cell for.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Failure, run_in, say};

/// How a person opens a CSV file in a Dutch LibreOffice: semicolons, double quotes, UTF-8, cells recognised by themselves.
const AS_DUTCH: &str = "CSV:59,34,UTF8,1,,1043,false,true";

/// Makes the tables with this program and looks at them.
pub(crate) fn sheets(program: &Path) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("passend-sheets-{}", std::process::id()));
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Write { file: "a temporary folder".to_owned(), error })?;
    let outcome = opened(program, &folder);
    let _ = fs::remove_dir_all(folder);
    outcome
}

fn opened(program: &Path, folder: &Path) -> Result<(), Failure> {
    let passend = |arguments: &[&str]| {
        quietly(Command::new(program).args(arguments), folder, "name the built program")
    };
    passend(&["synth", "--candidates", "30", "--vacancies", "25", "--seed", "3", "-o", "."])?;
    // Ids that a spreadsheet would calculate with.
    let people = fs::read_to_string(folder.join("candidates.jsonl")).unwrap_or_default();
    let mut lines: Vec<String> = people.lines().map(str::to_owned).collect();
    for (line, id) in lines.iter_mut().zip(["007", "=1+1", "1E5", "1-2"]) {
        let end = line.find("\",").unwrap_or_default();
        let rest = line.get(end..).unwrap_or_default();
        *line = format!("{{\"id\":\"{id}{rest}");
    }
    let _ = fs::write(folder.join("candidates.jsonl"), lines.join("\n") + "\n");
    let matched =
        ["match", "candidates.jsonl", "vacancies.jsonl", "--when", "any", "--as-of", "2026-11-25"];
    for (format, file) in [("csv-nl", "match.csv"), ("xlsx", "match.xlsx")] {
        passend(&[&matched[..], &["--places", "places.csv", "-f", format, "-o", file]].concat())?;
        let sheet = converted(folder, file, format == "csv-nl")?;
        let count = |what: &str| sheet.matches(what).count();
        let rows = count("<text:p>na stappen<")
            + count("<text:p>nu<")
            + count("<text:p>eerst vragen<")
            + count("<text:p>vanaf een dag<");
        let (days, numbers) =
            (count("office:value-type=\"date\""), count("office:value-type=\"float\""));
        let (formulas, ids) =
            (count("table:formula"), count("007</text:p>") + count("1E5</text:p>"));
        say(&format!(
            "sheets: {file}: {rows} rows, {days} days, {numbers} numbers, {ids} ids that look like numbers kept as text, {formulas} formulas"
        ));
        // Each row has a place, a score, the highest score and a count at least.
        let whole = rows > 0 && days > 0 && numbers >= 4 * rows && ids > 0 && formulas == 0;
        if !whole || !sheet.contains("<text:p>kan beginnen op<") {
            return Err(Failure::Failed(format!("{file} in LibreOffice")));
        }
    }
    for (format, file) in [("csv-nl", "people.csv"), ("xlsx", "people.xlsx")] {
        passend(&["export", "candidates.jsonl", "-f", format, "-o", file])?;
        let sheet = converted(folder, file, format == "csv-nl")?;
        let count = |what: &str| sheet.matches(what).count();
        let (days, numbers) =
            (count("office:value-type=\"date\""), count("office:value-type=\"float\""));
        // LibreOffice says true and false as formulas without arguments; a text that would be one has its own.
        let truths = count("table:formula=\"of:=TRUE()\"") + count("table:formula=\"of:=FALSE()\"");
        let (formulas, ids) =
            (count("table:formula") - truths, count("007</text:p>") + count("1E5</text:p>"));
        say(&format!(
            "sheets: {file}: {days} days, {numbers} numbers, {ids} ids that look like numbers kept as text, {formulas} formulas"
        ));
        if days == 0 || numbers == 0 || ids == 0 || formulas > 0 {
            return Err(Failure::Failed(format!("{file} in LibreOffice")));
        }
    }
    Ok(())
}

/// What LibreOffice takes each cell of a table for.
fn converted(folder: &Path, file: &str, is_text: bool) -> Result<String, Failure> {
    let mut office = Command::new("soffice");
    office.args(["--headless", "--convert-to", "fods"]);
    if is_text {
        office.arg(format!("--infilter={AS_DUTCH}"));
    }
    office.arg(file).env("HOME", folder);
    quietly(&mut office, folder, "install LibreOffice: `apt install libreoffice-calc-nogui`")?;
    let made = folder.join(file).with_extension("fods");
    let sheet = fs::read_to_string(&made).unwrap_or_default();
    let _ = fs::remove_file(made);
    Ok(sheet)
}

fn quietly(command: &mut Command, folder: &Path, hint: &'static str) -> Result<(), Failure> {
    run_in(command.stdout(Stdio::null()).stderr(Stdio::null()), folder, hint)
}
