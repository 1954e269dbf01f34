// SPDX-License-Identifier: EUPL-1.2
//! What somebody who takes over a release wants to see: what can be used of it, what is in it, that it can be made again.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::c::{missing, ran, tool, write};
use crate::{Failure, cargo_program, root, run, say, target};

/// The name of the list of parts.
const PARTS: &str = "passend-c.cdx.json";

/// Writes what a dependent can use of the engine, or compares it with what is kept.
///
/// The compiler describes it in a form that is not stable; one whose form is not known is told, and nothing is compared.
pub(crate) fn api(check: bool) -> Result<(), Failure> {
    if !cfg!(unix) {
        say("SKIPPED public API: the compiler is asked for it by a script of a Unix shell");
        return Ok(());
    }
    run(
        Command::new(cargo_program())
            .args(["rustdoc", "--quiet", "-p", "passend", "--lib", "--features", "schema"])
            .args(["--", "-Zunstable-options", "--output-format", "json"])
            .env("RUSTDOC", root().join("crates/xtask/src/rustdoc.sh")),
        "is the compiler complete?",
    )?;
    let mut test = Command::new(cargo_program());
    test.args(["test", "--quiet", "-p", "passend-cli", "--test", "program", "public_api"]);
    test.env("PASSEND_RUSTDOC_JSON", target().join("doc/passend.json"));
    if !check {
        test.env("PASSEND_WRITE_API", "1");
    }
    run(&mut test, "is Rust installed?")
}

/// Writes the parts of the C library, with versions, licences and checksums, as CycloneDX.
pub(crate) fn sbom() -> Result<(), Failure> {
    let program = tool("cargo-cyclonedx", "0.5.9")?;
    let made = root().join("bindings/c").join(PARTS);
    run(
        Command::new(program)
            .args(["cyclonedx", "--manifest-path", "bindings/c/Cargo.toml", "--format", "json"])
            .args(["--spec-version", "1.5", "--target", "x86_64-unknown-linux-gnu"])
            .args(["--no-build-deps", "--override-filename", "passend-c.cdx"])
            // The day of the commit in place of that of the run: the same sources give the same bytes.
            .env("SOURCE_DATE_EPOCH", of_last_commit("%ct")?),
        "is the registry within reach?",
    )?;
    let folder = target().join("sbom");
    fs::create_dir_all(&folder).map_err(|error| write(&folder, error))?;
    let kept = folder.join(PARTS);
    let parts = fs::read_to_string(&made).map_err(|error| write(&made, error))?;
    // The folder of this checkout is nobody's business, and would make the bytes others in another one.
    let parts =
        parts.replace(&format!("path+file://{}/", root().display()), "path+file:///passend/");
    fs::write(&kept, parts).map_err(|error| write(&kept, error))?;
    // It is made beside the manifest of every crate of the workspace; what is kept lies in a folder that git does not see.
    ran(Command::new("git").args([
        "clean",
        "--force",
        "--quiet",
        "--",
        &format!(":(glob)**/{PARTS}"),
    ]))?;
    say(&format!("parts of the library: {}", kept.display()));
    Ok(())
}

/// What git tells of the last commit in this form.
fn of_last_commit(form: &str) -> Result<String, Failure> {
    let output = Command::new("git")
        .args(["log", "-1", &format!("--format={form}")])
        .current_dir(root())
        .output()
        .map_err(|error| missing("git", error))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Builds the C library from the last commit in two folders of different names, and compares the bytes.
pub(crate) fn reproducible(profile: &[&str]) -> Result<(), Failure> {
    let profile = profile.first().copied().unwrap_or("release");
    let folder = target().join("reproducible");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| write(&folder, error))?;
    }
    // Looked up once: a commit may come in between.
    let commit = of_last_commit("%H")?;
    let first = built_in(&folder.join("one"), &commit, profile)?;
    let second = built_in(&folder.join("another/place with a longer name"), &commit, profile)?;
    for name in ["libpassend_c.so", "libpassend_c.a"] {
        let read = |folder: &Path| {
            let file = folder.join(name);
            fs::read(&file).map_err(|error| write(&file, error))
        };
        if read(&first)? != read(&second)? {
            return Err(Failure::Failed(format!("{name} differs: {}", folder.display())));
        }
        say(&format!("{name}: the same bytes from both folders"));
    }
    Ok(())
}

/// The folder with the library that is built from a commit in this folder.
fn built_in(folder: &Path, commit: &str, profile: &str) -> Result<PathBuf, Failure> {
    let sources = folder.join("passend");
    fs::create_dir_all(&sources).map_err(|error| write(&sources, error))?;
    let archive = folder.join("sources.tar");
    ran(Command::new("git").args(["archive", "--output"]).arg(&archive).arg(commit))?;
    ran(Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(&sources))?;
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo"),
        PathBuf::from,
    );
    let made = folder.join("made");
    run(
        Command::new(cargo_program())
            .args(["build", "--locked", "-p", "passend-c", "--profile", profile])
            .arg("--manifest-path")
            .arg(sources.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&made)
            .env(
                "CARGO_ENCODED_RUSTFLAGS",
                remapped(&[(&sources, "/passend"), (&cargo_home, "/cargo")]),
            )
            .env_remove("CARGO_TARGET_DIR")
            // Builds that are kept for the next one name their objects by chance.
            .env("CARGO_INCREMENTAL", "0")
            .stdout(Stdio::null()),
        "is Rust installed?",
    )?;
    Ok(made.join(if profile == "dev" { "debug" } else { profile }))
}

/// Flags that put names in place of folders. Between flags stands the separator of cargo, since a folder may have spaces.
fn remapped(folders: &[(&PathBuf, &str)]) -> OsString {
    let mut flags = OsString::new();
    for (folder, name) in folders {
        if !flags.is_empty() {
            flags.push("\x1f");
        }
        flags.push("--remap-path-prefix=");
        flags.push(folder);
        flags.push("=");
        flags.push(name);
    }
    flags
}
