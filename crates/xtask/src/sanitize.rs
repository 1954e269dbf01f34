// SPDX-License-Identifier: EUPL-1.2
//! The C library under tools that watch its memory and its threads. What a machine lacks is said, and the rest is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::c::{DEMO, c_sample, check_ctypes, expected, has, ran, stress_program};
use crate::{Failure, cargo, cargo_program, run, say, target};

const TRIPLE: &str = "x86_64-unknown-linux-gnu";

/// Why a tool cannot be run here.
type Lacks = &'static str;

/// A tool: its name, what this machine lacks for it, and how it is run.
type Tool = (&'static str, fn() -> Option<Lacks>, fn() -> Result<(), Failure>);

const TOOLS: [Tool; 5] = [
    ("network", lacks_strace, network),
    ("memory", lacks_valgrind, memory),
    ("address", lacks_sanitizer, address),
    ("thread", lacks_instrumented_library, thread),
    ("miri", lacks_miri, miri),
];

/// Runs the tools that are named, or all.
pub(crate) fn sanitize(names: &[&str]) -> Result<(), Failure> {
    if names.iter().any(|name| TOOLS.iter().all(|(known, ..)| known != name)) {
        return Err(Failure::Usage);
    }
    let mut left_out = Vec::new();
    for (name, lacks, run) in TOOLS {
        if !names.is_empty() && !names.contains(&name) {
            continue;
        }
        match lacks() {
            Some(what) => left_out.push(format!("{name}: {what}")),
            None => run()?,
        }
    }
    for what in left_out {
        say(&format!("SKIPPED sanitize {what}"));
    }
    Ok(())
}

fn lacks_strace() -> Option<Lacks> {
    (!has("strace", "--version") || !has("cc", "--version"))
        .then_some("needs strace and a C compiler")
}

/// What the C sample asks of the network: nothing.
fn network() -> Result<(), Failure> {
    cargo(&["build", "-p", "passend-c"])?;
    let folder = target().join("debug");
    let program = c_sample(&folder)?;
    let trace = folder.join("network.trace");
    ran(Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=network", "-o"])
        .arg(&trace)
        .arg(program)
        .arg(DEMO)
        .stdout(Stdio::null()))?;
    let calls = fs::read_to_string(&trace).map_err(|error| crate::c::write(&trace, error))?;
    if calls.contains('(') {
        return Err(Failure::Failed(format!("the library calls the network: {calls}")));
    }
    say("calls of the network: none");
    Ok(())
}

fn lacks_valgrind() -> Option<Lacks> {
    (!has("valgrind", "--version") || !has("cc", "--version"))
        .then_some("needs valgrind and a C compiler")
}

/// A hundred engines, answers and frees: not a byte may be lost.
fn memory() -> Result<(), Failure> {
    cargo(&["build", "--release", "-p", "passend-c"])?;
    let program = stress_program(&target().join("release"), &[])?;
    ran(Command::new("valgrind")
        .args([
            // Optimised code looks at bytes before it knows whether they count; memory is checked all the same.
            "--undef-value-errors=no",
            "--leak-check=full",
            // Tables that are read once live as long as the process: they are reachable, in part by a pointer into them.
            "--show-leak-kinds=definite,indirect",
            "--errors-for-leak-kinds=definite,indirect",
            "--error-exitcode=9",
        ])
        .arg(&program)
        .args(["cycles", "100", DEMO]))
}

fn lacks_sanitizer() -> Option<Lacks> {
    (!cfg!(all(target_os = "linux", target_arch = "x86_64")) || !has("cc", "--version"))
        .then_some("needs x86-64 Linux and a C compiler")
}

/// The C program and the ctypes sample under the address sanitizer: the engine itself is built with it too.
fn address() -> Result<(), Failure> {
    let folder = target().join("sanitized");
    run(
        Command::new(cargo_program())
            .args(["build", "-p", "passend-c", "--lib", "--target", TRIPLE, "--target-dir"])
            .arg(&folder)
            // The flag is not stable; what it does to a library that is only tested is no matter of stability.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Zsanitizer=address"),
        "the address sanitizer needs a compiler that has it",
    )?;
    let library = folder.join(TRIPLE).join("debug");
    let program = stress_program(&library, &["-fsanitize=address", "-g"])?;
    for arguments in
        [&["wrong"][..], &["cycles", "20", DEMO], &["threads", "8", DEMO], &["calls", "2000", "2"]]
    {
        ran(Command::new(&program).args(arguments).stdout(Stdio::null()))?;
    }
    // Python is not built with the sanitizer, so it is loaded first. What Python itself keeps to the end is no leak of ours;
    // leaks are looked for above.
    let loaded = Command::new("cc").arg("-print-file-name=libasan.so").output();
    let loaded = loaded.map_err(|error| crate::c::missing("cc", error))?;
    let loaded = String::from_utf8_lossy(&loaded.stdout).trim().to_owned();
    check_ctypes(
        &library,
        &expected()?,
        &[("LD_PRELOAD", &loaded), ("ASAN_OPTIONS", "detect_leaks=0")],
    )
}

/// The folder of a nightly compiler, if there is one.
fn nightly() -> Option<PathBuf> {
    let output = Command::new("rustup")
        .args(["run", "nightly", "rustc", "--print", "sysroot"])
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

fn lacks_instrumented_library() -> Option<Lacks> {
    let sources = nightly().map(|folder| folder.join("lib/rustlib/src/rust/library"));
    let is_there = sources.is_some_and(|folder| folder.exists());
    lacks_sanitizer().or((!is_there).then_some(
        "needs a nightly compiler with the sources of its library, for without them it reports races that are none: \
         `rustup toolchain install nightly --component rust-src`",
    ))
}

/// Eight threads on one engine under the thread sanitizer, the standard library of Rust built with it too.
fn thread() -> Result<(), Failure> {
    let folder = target().join("sanitized-threads");
    run(
        Command::new("rustup")
            .args(["run", "nightly", "cargo", "build", "-p", "passend-c", "--lib", "-Zbuild-std"])
            .args(["--target", TRIPLE, "--target-dir"])
            .arg(&folder)
            // The tool does not see fences; with this word the queues of the threads use stores that it sees.
            .env("RUSTFLAGS", "-Zsanitizer=thread --cfg crossbeam_sanitize_thread")
            // Without it a race is found as well, but the engine is ten times as slow.
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1"),
        "is the nightly compiler complete?",
    )?;
    let library = folder.join(TRIPLE).join("debug");
    let program = with_thread_runtime(&library)?;
    for arguments in [&["threads", "8", DEMO][..], &["calls", "500", "3"]] {
        ran(Command::new(&program)
            .args(arguments)
            .env("TSAN_OPTIONS", "halt_on_error=1:exitcode=66"))?;
    }
    Ok(())
}

/// The program with the runtime of the compiler that built the library: that of the C compiler may be another version.
fn with_thread_runtime(library: &Path) -> Result<PathBuf, Failure> {
    let runtimes = nightly().unwrap_or_default().join("lib/rustlib").join(TRIPLE).join("lib");
    let runtime = fs::read_dir(&runtimes)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().ends_with("_rt.tsan.a"))
        .ok_or_else(|| Failure::Failed("the nightly compiler has no thread sanitizer".into()))?;
    let object = library.join("stress.o");
    ran(Command::new("cc")
        .args(["-std=c11", "-O1", "-g", "-fsanitize=thread", "-Ibindings/c/include", "-c"])
        .args(["bindings/c/tests/stress.c", "-o"])
        .arg(&object))?;
    let program = library.join("stress-threads");
    ran(Command::new("cc")
        .arg(&object)
        .args(["-rdynamic", "-Wl,--whole-archive"])
        .arg(&runtime)
        .args(["-Wl,--no-whole-archive", "-o"])
        .arg(&program)
        .arg(format!("-L{}", library.display()))
        .args(["-lpassend_c", "-lstdc++", "-lpthread", "-ldl", "-lm"])
        .arg(format!("-Wl,-rpath,{}", library.display())))?;
    Ok(program)
}

fn lacks_miri() -> Option<Lacks> {
    let output = Command::new("rustup")
        .args(["run", "nightly", "cargo", "miri", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    (!output.is_ok_and(|status| status.success())).then_some(
        "needs a nightly compiler with Miri: `rustup toolchain install nightly --component miri,rust-src`",
    )
}

/// The boundary to C under Miri: every pointer, and who frees what. Without an engine, which would take Miri hours.
fn miri() -> Result<(), Failure> {
    run(
        Command::new("rustup")
            .args(["run", "nightly", "cargo", "miri", "test", "-p", "passend-c", "--lib"])
            .arg("--target-dir")
            .arg(target().join("miri"))
            .args(["--", "abi_tests::boundary"]),
        "is the nightly compiler complete?",
    )
}
