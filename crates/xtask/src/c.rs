// SPDX-License-Identifier: EUPL-1.2
//! Tasks of the C library: its header, tests in C, samples in other languages, installing it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Failure, cargo, cargo_program, interpreter_with, root, run, say, target};

const HEADER: &str = "bindings/c/include/passend.h";
pub(crate) const DEMO: &str = "fixtures/demo";
/// The version of the interface, which the SONAME carries.
const SONAME: &str = "libpassend_c.so.1";
/// What a C compiler must not complain about.
const STRICT: [&str; 4] = ["-Wall", "-Wextra", "-Werror", "-pedantic"];

/// Makes the header and the schemas of the sources; to check compares the header instead.
pub(crate) fn header(check: bool) -> Result<(), Failure> {
    let cbindgen = tool("cbindgen", "0.29.4")?;
    let mut command = Command::new(cbindgen);
    command.args([
        "--quiet",
        "--config",
        "bindings/c/cbindgen.toml",
        "--crate",
        "passend-c",
        "--output",
        HEADER,
    ]);
    if check {
        command.arg("--verify");
    }
    run(command.arg("bindings/c"), "is there room in the target folder?")?;
    if check {
        // A test compares the schemas.
        return Ok(());
    }
    let test = ["test", "--quiet", "-p", "passend-c", "--lib", "schema_tests"];
    run(
        Command::new(cargo_program()).args(test).env("PASSEND_WRITE_SCHEMAS", "1"),
        "is Rust installed?",
    )
}

/// The header, the exported symbols, the C and the ctypes sample: what runs on every change.
pub(crate) fn c() -> Result<(), Failure> {
    header(true)?;
    cargo(&["build", "-p", "passend-c"])?;
    let folder = target().join("debug");
    exports(&folder)?;
    let hash = expected()?;
    for sample in [Sample::C, Sample::Ctypes] {
        check(sample, &folder, &hash)?;
    }
    let stress = stress_program(&folder, &[])?;
    ran(Command::new(&stress).arg("wrong").stdout(Stdio::null()))?;
    ran(Command::new(&stress).args(["limits", DEMO]))?;
    old_client(&folder)?;
    schemas(&folder)
}

/// A program that knows only the header of the first library of this interface.
fn old_client(folder: &Path) -> Result<(), Failure> {
    let source = root().join("bindings/c/tests/old_client.c");
    ran(&mut Command::new(compile("cc", "-std=c11", &source, folder, &[])?))
}

/// Every payload against its JSON Schema.
fn schemas(folder: &Path) -> Result<(), Failure> {
    const VALIDATOR: &str = "jsonschema==4.26.0";
    let within = interpreter_with("venv-c", &[VALIDATOR])?;
    ran(Command::new(&within)
        .arg("bindings/c/tests/schemas.py")
        .env("PASSEND_LIBRARY", folder.join("libpassend_c.so")))
}

/// Every sample that this machine can run; the others are named.
pub(crate) fn samples() -> Result<(), Failure> {
    cargo(&["build", "--release", "-p", "passend-c"])?;
    let folder = target().join("release");
    let hash = expected()?;
    let mut left_out = Vec::new();
    for sample in Sample::ALL {
        match sample.missing() {
            Some(missing) => left_out.push(format!("{sample:?}: {missing}")),
            None => check(sample, &folder, &hash)?,
        }
    }
    if has("npm", "--version") {
        types()?;
    } else {
        left_out.push("types for TypeScript and Java: needs Node and npm".to_owned());
    }
    for sample in left_out {
        say(&format!("SKIPPED {sample}"));
    }
    Ok(())
}

/// Types made of a schema, and the samples that use them: a change of a schema must not break who uses it so.
fn types() -> Result<(), Failure> {
    let place = target().join("samples/types");
    let from = root().join("bindings/c");
    fs::create_dir_all(place.join("java")).map_err(|error| write(&place, error))?;
    for name in ["package.json", "best.ts", "Best.java"] {
        put(&from.join("samples/types").join(name), &place.join(name))?;
    }
    put(&from.join("schemas/match.answer.json"), &place.join("match.answer.json"))?;
    let npm = |arguments: &[&str]| {
        ran(Command::new("npm").args(arguments).args(["--silent", "--prefix"]).arg(&place))
    };
    npm(&["install", "--no-audit", "--no-fund"])?;
    npm(&["run", "typescript"])?;
    if has("javac", "--version") {
        npm(&["run", "java"])
    } else {
        say("SKIPPED types for Java: needs a Java compiler");
        Ok(())
    }
}

fn put(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to).map(drop).map_err(|error| write(to, error))
}

/// Many calls, wrong calls, many threads.
pub(crate) fn stress(options: &[&str]) -> Result<(), Failure> {
    let calls = options.first().copied().unwrap_or("1000000");
    cargo(&["build", "--release", "-p", "passend-c"])?;
    let folder = target().join("release");
    let program = stress_program(&folder, &[])?;
    let stress = |arguments: &[&str]| ran(Command::new(&program).args(arguments));
    stress(&["wrong"])?;
    stress(&["limits", DEMO])?;
    stress(&["threads", "64", DEMO])?;
    stress(&["cycles", "10000", DEMO])?;
    stress(&["calls", calls, "1"])
}

/// Puts library, header, pkg-config file and licence under a folder.
pub(crate) fn install(prefix: &str) -> Result<(), Failure> {
    // What `rustc --print native-static-libs` says for Linux.
    const NEEDED: &str = "-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc";
    cargo(&["build", "--release", "-p", "passend-c"])?;
    let (prefix, release) = (root().join(prefix), target().join("release"));
    let prefix = std::path::absolute(&prefix).unwrap_or(prefix);
    let (lib, include) = (prefix.join("lib"), prefix.join("include"));
    let (pkgconfig, licence) = (lib.join("pkgconfig"), prefix.join("share/licenses/passend"));
    for folder in [&include, &pkgconfig, &licence] {
        fs::create_dir_all(folder).map_err(|error| write(folder, error))?;
    }
    put(&root().join(HEADER), &include.join("passend.h"))?;
    put(&root().join("LICENSE"), &licence.join("LICENSE"))?;
    put(&release.join("libpassend_c.a"), &lib.join("libpassend_c.a"))?;
    let shared = if cfg!(target_os = "macos") { "libpassend_c.dylib" } else { "libpassend_c.so" };
    if cfg!(target_os = "linux") {
        // Beside the one that is there and then in its place: a program that runs keeps the one it has.
        let new = lib.join(format!("{SONAME}.new"));
        put(&release.join(shared), &new)?;
        fs::rename(&new, lib.join(SONAME)).map_err(|error| write(&new, error))?;
        link(SONAME, &lib.join(shared))?;
    } else {
        put(&release.join(shared), &lib.join(shared))?;
    }
    let file = root().join("bindings/c/passend.pc.in");
    let text = fs::read_to_string(&file).map_err(|error| write(&file, error))?;
    let text = text
        .replace("@PREFIX@", &prefix.display().to_string())
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
        .replace("@STATIC@", NEEDED);
    let file = pkgconfig.join("passend.pc");
    fs::write(&file, text).map_err(|error| write(&file, error))?;
    say(&format!("installed under {}", prefix.display()));
    Ok(())
}

#[cfg(unix)]
fn link(to: &str, from: &Path) -> Result<(), Failure> {
    let _ = fs::remove_file(from); // it need not be there
    std::os::unix::fs::symlink(to, from).map_err(|error| write(from, error))
}

#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> Result<(), Failure> {
    Ok(())
}

/// A sample: a program in another language that prints the result hash of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sample {
    C,
    Cpp,
    Ctypes,
    Java,
    Node,
    CSharp,
    Php,
}

impl Sample {
    const ALL: [Self; 7] =
        [Self::C, Self::Cpp, Self::Ctypes, Self::Java, Self::Node, Self::CSharp, Self::Php];

    /// What this machine lacks for it.
    fn missing(self) -> Option<&'static str> {
        let lacks = |program, needs| (!has(program, "--version")).then_some(needs);
        match self {
            Self::C => lacks("cc", "needs a C compiler"),
            Self::Cpp => lacks("c++", "needs a C++ compiler"),
            Self::Ctypes => lacks(python(), "needs Python"),
            Self::Java if jna().is_none() => Some(
                "needs JNA: the Debian package `libjna-java`, or the path of its jar in JNA_JAR",
            ),
            Self::Java => lacks("java", "needs Java 17"),
            Self::Node => lacks("node", "needs Node and npm, which fetches koffi"),
            Self::CSharp => {
                lacks("mcs", "needs mono: the Debian packages `mono-mcs` and `mono-runtime`")
            }
            Self::Php => lacks("php", "needs PHP with FFI: the Debian package `php-cli`"),
        }
    }

    /// The program with what it needs, ready to be run.
    fn command(self, folder: &Path) -> Result<Command, Failure> {
        let samples = root().join("bindings/c/samples");
        let at = |name: &str| samples.join(name);
        Ok(match self {
            Self::C => Command::new(c_sample(folder)?),
            Self::Cpp => {
                Command::new(compile("c++", "-std=c++17", &at("cpp/demo.cpp"), folder, &[])?)
            }
            Self::Ctypes => with(python(), [at("python-ctypes/demo.py")]),
            Self::Java => {
                let mut command = Command::new("java");
                command.arg("-cp").arg(jna().unwrap_or_default());
                command.arg(format!("-Djna.library.path={}", folder.display()));
                command.arg(at("java/Demo.java"));
                command
            }
            Self::Node => {
                // Installed beside the build, not beside the sources.
                let place = target().join("samples/node");
                fs::create_dir_all(&place).map_err(|error| write(&place, error))?;
                for name in ["package.json", "demo.mjs"] {
                    put(&at("node").join(name), &place.join(name))?;
                }
                let npm = ["install", "--silent", "--no-audit", "--no-fund", "--prefix"];
                ran(Command::new("npm").args(npm).arg(&place))?;
                with("node", [place.join("demo.mjs")])
            }
            Self::CSharp => {
                let place = target().join("samples/Demo.exe");
                let _ = fs::create_dir_all(target().join("samples")); // the compiler says if it is not there
                ran(Command::new("mcs")
                    .arg(format!("-out:{}", place.display()))
                    .arg(at("csharp/Demo.cs")))?;
                with("mono", [place])
            }
            Self::Php => {
                let mut command = Command::new("php");
                command.args(["-d", "ffi.enable=1"]).arg(at("php/demo.php"));
                command
            }
        })
    }
}

/// Runs a sample and compares the hash that it prints.
fn check(sample: Sample, folder: &Path, hash: &str) -> Result<(), Failure> {
    check_with(sample, folder, hash, &[])
}

/// Runs the ctypes sample with these variables.
pub(crate) fn check_ctypes(
    folder: &Path,
    hash: &str,
    variables: &[(&str, &str)],
) -> Result<(), Failure> {
    check_with(Sample::Ctypes, folder, hash, variables)
}

fn check_with(
    sample: Sample,
    folder: &Path,
    hash: &str,
    variables: &[(&str, &str)],
) -> Result<(), Failure> {
    let mut command = sample.command(folder)?;
    command
        .envs(variables.iter().copied())
        .arg(DEMO)
        .env("PASSEND_LIBRARY", folder.join("libpassend_c.so"))
        .env("LD_LIBRARY_PATH", folder);
    let output = command
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| missing(&format!("{sample:?}"), error))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && printed.trim() == hash {
        say(&format!("sample {sample:?}: {hash}"));
        return Ok(());
    }
    Err(Failure::Failed(format!("sample {sample:?} printed `{}`, expected {hash}", printed.trim())))
}

/// The hash of the lines that the program writes for the demo.
pub(crate) fn expected() -> Result<String, Failure> {
    const CODE: &str =
        "import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest())";
    let output = Command::new(python())
        .args(["-c", CODE, "fixtures/demo/expected.jsonl"])
        .current_dir(root())
        .output()
        .map_err(|error| missing("python", error))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Only the functions of the interface are to be seen from outside.
fn exports(folder: &Path) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") || !has("nm", "--version") {
        say("SKIPPED exported symbols: they are read on Linux, with nm");
        return Ok(());
    }
    let library = folder.join("libpassend_c.so");
    let output = Command::new("nm")
        .args(["--dynamic", "--defined-only", "--format=posix"])
        .arg(&library)
        .output()
        .map_err(|error| missing("nm", error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let names: Vec<_> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    let others: Vec<_> = names.iter().filter(|name| !name.starts_with("passend_")).collect();
    let header = fs::read_to_string(root().join(HEADER)).unwrap_or_default();
    let unknown: Vec<_> =
        names.iter().filter(|name| !header.contains(&format!("{name}("))).collect();
    if names.len() >= 6 && others.is_empty() && unknown.is_empty() {
        say(&format!("exported: {}", names.join(", ")));
        return Ok(());
    }
    Err(Failure::Failed(format!(
        "the library exports {others:?}, and {unknown:?} that the header lacks"
    )))
}

pub(crate) fn stress_program(folder: &Path, more: &[&str]) -> Result<PathBuf, Failure> {
    let source = root().join("bindings/c/tests/stress.c");
    compile("cc", "-std=c11", &source, folder, &[&["-pthread"], more].concat())
}

/// The sample in C.
pub(crate) fn c_sample(folder: &Path) -> Result<PathBuf, Failure> {
    let source = root().join("bindings/c/samples/c/demo.c");
    compile("cc", "-std=c11", &source, folder, &[])
}

/// Builds a program of one file with the library, and the header with each warning an error.
pub(crate) fn compile(
    compiler: &str,
    standard: &str,
    source: &Path,
    folder: &Path,
    more: &[&str],
) -> Result<PathBuf, Failure> {
    let name = source.file_name().unwrap_or_default().to_string_lossy().replace('.', "-");
    let program = folder.join(format!("sample-{name}"));
    ran(Command::new(compiler)
        .arg(standard)
        .args(STRICT)
        .arg("-O1")
        .args(more)
        .arg("-Ibindings/c/include")
        .arg(source)
        .arg("-o")
        .arg(&program)
        .arg(format!("-L{}", folder.display()))
        .arg("-lpassend_c")
        .arg(format!("-Wl,-rpath,{}", folder.display())))?;
    Ok(program)
}

fn with<const N: usize>(program: &str, arguments: [PathBuf; N]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// Runs a program that is not cargo's own, with the library that it was linked with: `cargo run` puts its own folder, where
/// another build of ours lies, first where programs look for libraries.
pub(crate) fn ran(command: &mut Command) -> Result<(), Failure> {
    run(command.env_remove("LD_LIBRARY_PATH"), "is it installed?")
}

pub(crate) fn has(program: &str, argument: &str) -> bool {
    // Java and mono say their version in their own ways; to be started is enough.
    Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

pub(crate) fn python() -> &'static str {
    if cfg!(windows) { "python" } else { "python3" }
}

/// The jar of JNA: named by the caller, or where Debian puts it.
fn jna() -> Option<PathBuf> {
    let named = std::env::var_os("JNA_JAR").map(PathBuf::from);
    let jar = named.unwrap_or_else(|| PathBuf::from("/usr/share/java/jna.jar"));
    jar.exists().then_some(jar)
}

/// A tool of this version in the target folder; fetched and built where it is not there.
pub(crate) fn tool(name: &str, version: &str) -> Result<PathBuf, Failure> {
    let tools = target().join("tools");
    let program = tools.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        let mut install = Command::new(cargo_program());
        install
            .args(["install", "--locked", "--debug", name, "--version", version, "--root"])
            .arg(&tools);
        run(install.arg("--target-dir").arg(tools.join("build")), "is the registry within reach?")?;
    }
    Ok(program)
}

pub(crate) fn missing(program: &str, error: std::io::Error) -> Failure {
    Failure::Missing { program: program.to_owned(), error, hint: "is it installed?" }
}

pub(crate) fn write(file: &Path, error: std::io::Error) -> Failure {
    Failure::Write { file: file.display().to_string(), error }
}
