// SPDX-License-Identifier: EUPL-1.2
//! Whether the code compiles for systems that nobody runs it on here.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::c::{has, missing};
use crate::{Failure, cargo_program, run, say, target};

/// A system, the C compiler that the program's compression needs for it, and the Debian package that has one.
const PLATFORMS: [(&str, Option<(&str, &str)>); 5] = [
    ("x86_64-pc-windows-gnu", Some(("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64"))),
    ("x86_64-pc-windows-msvc", None),
    ("x86_64-apple-darwin", None),
    ("aarch64-apple-darwin", None),
    ("aarch64-unknown-linux-gnu", Some(("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"))),
];

/// Checks engine, readers and C library for each system whose standard library is there, and the program where a C compiler is.
///
/// It shows that the code compiles, not that it runs.
pub(crate) fn platforms() -> Result<(), Failure> {
    let mut left_out = Vec::new();
    for (triple, compiler) in PLATFORMS {
        if !has_library(triple)? {
            left_out.push(format!("{triple}: `rustup target add {triple}`"));
            continue;
        }
        // Of the readers only what the C library uses: the rest of them brings C code.
        check(triple, "passend-c")?;
        match compiler {
            Some((program, _)) if has(program, "--version") => check(triple, "passend-cli")?,
            Some((_, package)) => {
                left_out.push(format!("{triple}, the program: Debian package `{package}`"));
            }
            None => left_out.push(format!("{triple}, the program: no C compiler for it is known")),
        }
    }
    for what in left_out {
        say(&format!("SKIPPED platform {what}"));
    }
    Ok(())
}

/// Whether the compiler has the standard library for a system.
fn has_library(triple: &str) -> Result<bool, Failure> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", triple])
        .output()
        .map_err(|error| missing("rustc", error))?;
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = found.map(|entry| entry.file_name());
    Ok(names.any(|name| name.to_string_lossy().starts_with("libstd-")))
}

fn check(triple: &str, package: &str) -> Result<(), Failure> {
    let mut command = Command::new(cargo_program());
    command.args(["check", "--package", package, "--target", triple, "--target-dir"]);
    run(command.arg(target().join("platforms")), "is Rust installed?")?;
    say(&format!("compiles for {triple}: {package}"));
    Ok(())
}
