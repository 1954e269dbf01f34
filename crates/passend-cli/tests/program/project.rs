// SPDX-License-Identifier: EUPL-1.2
//! What holds for the project as a whole: its lock file, its sources, its schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Bench, repository};

/// Crates of which two versions would not understand each other, or weigh twice.
const ONCE: [&str; 9] = [
    "pyo3",
    "arrow-array",
    "arrow-schema",
    "serde",
    "serde_json",
    "toml",
    "jiff",
    "rayon",
    "schemars",
];

#[test]
fn the_lock_file_has_one_version_of_what_must_agree() {
    let lock = std::fs::read_to_string(repository("Cargo.lock")).unwrap();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for name in lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')) {
        *versions.entry(name).or_default() += 1;
    }
    for name in ONCE {
        assert_eq!(versions.get(name).copied(), Some(1), "{name}");
    }
}

/// A closed environment reviews every crate that an embedded engine brings, those that are macros too.
#[test]
fn the_engine_brings_at_most_thirty_crates() {
    const MOST: usize = 30;
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--package", "passend", "--edges", "normal"])
        .args(["--prefix", "none"])
        .current_dir(repository(""))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let names =
        text.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
    let crates: BTreeSet<_> = names.filter(|name| *name != "passend").collect();
    assert!(crates.contains("serde") && crates.contains("syn"), "{text}");
    assert!(crates.len() <= MOST, "{}: {crates:?}", crates.len());
}

/// What a dependent can use is kept in a file, so that a change of it is seen in review. `cargo xtask api` writes it.
#[test]
#[expect(clippy::print_stderr, reason = "what is skipped is said aloud")]
fn the_public_api_is_the_one_that_is_kept() {
    let Some(described) = std::env::var_os("PASSEND_RUSTDOC_JSON") else {
        eprintln!("SKIPPED: `cargo xtask api --check` compares the public API");
        return;
    };
    let listed = public_api::Builder::from_rustdoc_json(described)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build();
    let listed = match listed {
        Ok(listed) => listed.items().map(|item| format!("{item}\n")).collect::<String>(),
        Err(error) => {
            eprintln!("SKIPPED: the compiler describes the crate in another form: {error}");
            return;
        }
    };
    let kept = repository("crates/passend/public-api.txt");
    if std::env::var_os("PASSEND_WRITE_API").is_some() {
        std::fs::write(kept, listed).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(kept).unwrap();
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (kept.lines().collect(), listed.lines().collect());
    let gone: Vec<_> = old.difference(&new).collect();
    let more: Vec<_> = new.difference(&old).collect();
    assert!(
        gone.is_empty() && more.is_empty(),
        "`cargo xtask api` writes the list; gone: {gone:#?}, new: {more:#?}"
    );
}

#[test]
fn every_source_names_its_licence() {
    let mut folders = vec![repository("crates"), repository("bindings"), repository("benches")];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found += 1;
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(
                    text.starts_with("// SPDX-License-Identifier: EUPL-1.2\n"),
                    "{}",
                    path.display()
                );
            }
        }
    }
    assert!(found > 80, "{found}");
}

/// Every property in a schema, with the definition in which it stands.
fn properties(schema: &Value) -> Vec<(String, String)> {
    let of = |place: &str, schema: &Value| {
        let names =
            schema["properties"].as_object().map(|all| all.keys().cloned().collect::<Vec<_>>());
        names
            .unwrap_or_default()
            .into_iter()
            .map(|name| (place.to_owned(), name))
            .collect::<Vec<_>>()
    };
    let mut found = of("record", schema);
    for (place, definition) in schema["$defs"].as_object().into_iter().flatten() {
        found.extend(of(place, definition));
    }
    found
}

#[test]
fn no_protected_attribute_has_a_field() {
    for record in ["candidate", "vacancy"] {
        let schema: Value =
            serde_json::from_str(&Bench::new().line(&format!("schema {record}")).expect(0).out)
                .unwrap();
        let all = properties(&schema);
        assert!(all.len() > 30, "{}", all.len());
        for (place, name) in all {
            // The name of a paper or of a firm is no name of a person.
            let of_a_thing =
                matches!(place.as_str(), "Certificate" | "RequiredCertificate" | "Employer")
                    && name == "name";
            assert!(of_a_thing || passend::protected(&name).is_none(), "{place}.{name}");
        }
    }
}

#[test]
fn the_first_command_of_the_readme_is_the_one_that_is_tested() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    for command in [
        "cargo run --release -- match fixtures/demo/candidates.jsonl fixtures/demo/vacancies.jsonl",
        "cargo xtask test",
    ] {
        assert!(readme.contains(command), "{command}");
    }
    for link in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let path = link.split('#').next().unwrap_or_default();
        assert!(path.starts_with("http") || Path::new(&repository(path)).exists(), "{link}");
    }
}

#[test]
fn synthetic_files_are_made_and_can_be_matched() {
    let bench = Bench::new();
    bench.line("synth --candidates 20 --vacancies 30 --seed 7 -o made").expect(0);
    let first = bench.read("made/candidates.jsonl");
    bench.line("synth --candidates 20 --vacancies 30 --seed 7 -o made").expect(0);
    assert_eq!(first, bench.read("made/candidates.jsonl"));
    assert_eq!(first.lines().count(), 20);
    assert_eq!(bench.read("made/audit.csv").lines().count(), 21);
    let run =
        bench.line("match made/candidates.jsonl made/vacancies.jsonl --as-of 2026-11-25").expect(0);
    assert!(run.err.contains("made/candidates.jsonl: read 20, accepted 20, refused 0, warned 0"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(bench.path("made/audit.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn the_same_people_give_the_same_bytes_from_json_lines_csv_and_parquet() {
    let bench = Bench::new();
    let mut results = Vec::new();
    for format in ["jsonl", "csv", "parquet"] {
        let made = "synth --candidates 300 --vacancies 60 --seed 5";
        bench.line(&format!("{made} -f {format} -o made")).expect(0);
        let people = format!("made/candidates.{format}");
        let flags = "--as-of 2026-11-25 --places made/places.csv";
        let run = bench
            .line(&format!("match {people} made/vacancies.{format} {flags} -k 3 -f jsonl"))
            .expect(0);
        assert!(
            run.err.contains(&format!("{people}: read 300, accepted 300, refused 0, warned 0")),
            "{}",
            run.err
        );
        results.push(run.out);
    }
    assert!(results[0].lines().count() > 50);
    assert!(results.iter().all(|result| *result == results[0]));
}

#[test]
fn swapped_tables_are_named() {
    let bench = Bench::new();
    for format in ["csv", "parquet"] {
        let made = "synth --candidates 5 --vacancies 5";
        bench.line(&format!("{made} -f {format} -o made")).expect(0);
        let run = bench
            .line(&format!("match made/vacancies.{format} made/candidates.{format}"))
            .expect(1);
        // One cause, not a line for each row that it makes wrong.
        assert!(run.err.contains("E112") && !run.err.contains("E201"), "{}", run.err);
        assert!(run.err.contains("refused 5"), "{}", run.err);
    }
}

#[test]
fn the_key_to_the_planted_vacancies_is_written_when_asked() {
    let bench = Bench::new();
    bench.line("synth --candidates 500 --vacancies 500 -o made").expect(0);
    assert_eq!(bench.names(), ["candidates.jsonl", "made", "vacancies.jsonl"]);
    bench.line("synth --candidates 500 --vacancies 500 -o made --truth key.jsonl").expect(0);
    let key = bench.read("key.jsonl");
    assert!(key.starts_with("{\"candidate\":\"c0"), "{key}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(bench.path("key.jsonl")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
