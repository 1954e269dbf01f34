// SPDX-License-Identifier: EUPL-1.2
//! Kills the program at random moments and fills the disk under it: what was there must stay, and the next run must mend.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::{Failure, run_in, say};

const MOMENTS: usize = 50;
const OFFSETS: u64 = 20;
const HINT: &str = "name the built program";
const OLD: &str = "what was there before\n";

/// Runs all of it with this program.
pub(crate) fn kill(program: &Path) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("passend-kill-{}", std::process::id()));
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Write { file: "a temporary folder".to_owned(), error })?;
    let trial = Trial { program: program.to_owned(), folder: folder.clone() };
    let outcome = trial.killed().and_then(|()| trial.full());
    let _ = fs::remove_dir_all(folder);
    outcome
}

struct Trial {
    program: PathBuf,
    folder: PathBuf,
}

const MATCH: [&str; 7] =
    ["match", "candidates.jsonl", "vacancies.jsonl", "--as-of", "2026-11-25", "-o", "out.jsonl"];
const IMPORT: [&str; 14] = [
    "import",
    "people.csv",
    "--side",
    "candidate",
    "--as-of",
    "2026-11-25",
    "-o",
    "imported.jsonl",
    "--refused",
    "refused.jsonl",
    "--quarantine",
    "refused.csv",
    "--audit-out",
    "audit.csv",
];
const IMPORTED: [&str; 4] = ["imported.jsonl", "refused.jsonl", "refused.csv", "audit.csv"];
const RECORDED: [&str; 4] = ["--record", "runs.jsonl", "--part-size", "2"];

impl Trial {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn start(&self, arguments: &[&str]) -> Result<Child, Failure> {
        self.command(arguments).spawn().map_err(|error| Failure::Missing {
            program: self.program.display().to_string(),
            error,
            hint: HINT,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Names in the folder that belong to no finished file.
    fn left_behind(&self) -> usize {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with('.')).count()
    }

    fn killed(&self) -> Result<(), Failure> {
        let make = ["synth", "--candidates", "24", "--vacancies", "20", "--seed", "7", "-o", "."];
        run_in(&mut self.command(&make), &self.folder, HINT)?;
        fs::write(self.path("people.csv"), people())
            .map_err(|error| Failure::Write { file: "people.csv".to_owned(), error })?;
        self.killed_at_any_moment(
            &[&MATCH[..], &RECORDED].concat(),
            &["--resume"],
            &["out.jsonl"],
            0,
        )?;
        self.killed_at_any_moment(&IMPORT, &[], &IMPORTED, 3)
    }

    /// Kills a command that writes these files and ends with this status; then runs it to its end, with these arguments too.
    fn killed_at_any_moment(
        &self,
        arguments: &[&str],
        then: &[&str],
        outputs: &[&str],
        status: i32,
    ) -> Result<(), Failure> {
        let begin = Instant::now();
        let ended = self.command(arguments).status();
        if !ended.is_ok_and(|ended| ended.code() == Some(status)) {
            return Err(Failure::Failed(arguments.join(" ")));
        }
        let long = begin.elapsed();
        let read = |name: &&str| fs::read(self.path(name)).unwrap_or_default();
        let whole: Vec<Vec<u8>> = outputs.iter().map(read).collect();
        let mut found = Found::default();
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..MOMENTS {
            let _ = fs::remove_file(self.path("runs.jsonl"));
            for output in outputs {
                let _ = fs::write(self.path(output), OLD);
            }
            let mut child = self.start(arguments)?;
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let share = u32::try_from(random % 1000).unwrap_or_default();
            std::thread::sleep(long * share / 1000);
            let ended = child.try_wait().is_ok_and(|status| status.is_some());
            let _ = child.kill();
            let _ = child.wait();
            found.killed += usize::from(!ended);
            for (there, whole) in outputs.iter().map(read).zip(&whole) {
                match there.as_slice() {
                    [] => found.lost += 1,
                    there if there == OLD.as_bytes() || there == whole => {}
                    _ => found.partial += 1,
                }
            }
            found.kept += usize::from(self.left_behind() > 0);
            let again = self.command(arguments).args(then).status();
            let same = outputs.iter().map(read).eq(whole.iter().cloned());
            let ends = again.is_ok_and(|again| again.code() == Some(status));
            found.not_resumed += usize::from(!same || !ends);
            found.stale += self.left_behind();
        }
        let Found { killed, kept, partial, lost, stale, not_resumed } = found;
        let command = arguments.first().copied().unwrap_or_default();
        say(&format!(
            "kill: {command}: {killed} of {MOMENTS} runs killed, {kept} with parts or a temporary left; partial files {partial}, old \
             files lost {lost}, left behind after the next run {stale}, other bytes after the next run {not_resumed}"
        ));
        if partial + lost + stale + not_resumed > 0 {
            return Err(Failure::Failed(format!("a killed run of {command}")));
        }
        Ok(())
    }

    /// A disk that is full after so many bytes, at many offsets.
    fn full(&self) -> Result<(), Failure> {
        const PAGE: u64 = 4096;
        let disk = self.path("disk");
        let _ = fs::create_dir_all(&disk);
        let out = ["-o", "disk/out.jsonl", "--people", "disk/people.jsonl"];
        let arguments = [&MATCH[..5], &out[..]].concat();
        run_in(&mut self.command(&arguments), &self.folder, HINT)?;
        let whole = fs::read(disk.join("out.jsonl")).unwrap_or_default();
        let size = u64::try_from(whole.len()).unwrap_or_default();
        let (mut typed, mut intact, mut clean) = (0, 0, 0);
        for offset in 0..OFFSETS {
            // The old file and the folder take pages too; the whole would not fit.
            let room = 3 * PAGE + size * offset / OFFSETS / PAGE * PAGE;
            let mounted = Command::new("mount")
                .args(["-t", "tmpfs", "-o", &format!("size={room}"), "tmpfs"])
                .arg(&disk)
                .stderr(Stdio::null())
                .status();
            if !mounted.is_ok_and(|status| status.success()) {
                say("kill: SKIPPED the full disk: a tmpfs cannot be mounted here; run as root");
                return Ok(());
            }
            let _ = fs::write(disk.join("out.jsonl"), OLD);
            let ended = self.command(&arguments).stderr(Stdio::piped()).output();
            typed += u64::from(ended.is_ok_and(|output| {
                output.status.code() == Some(1)
                    && String::from_utf8_lossy(&output.stderr).contains("E306")
            }));
            intact +=
                u64::from(fs::read(disk.join("out.jsonl")).is_ok_and(|old| old == OLD.as_bytes()));
            clean += u64::from(fs::read_dir(&disk).is_ok_and(|entries| entries.count() == 1));
            let _ = Command::new("umount").arg(&disk).status();
        }
        say(&format!(
            "kill: disk full at {OFFSETS} offsets: typed error {typed}, old file intact {intact}, nothing left behind {clean}"
        ));
        if typed + intact + clean < 3 * OFFSETS {
            return Err(Failure::Failed("a full disk".to_owned()));
        }
        Ok(())
    }
}

/// A table whose import takes a while and refuses a few rows.
fn people() -> String {
    let row = |number: u32| {
        let level = if number % 50 == 7 { "A3" } else { "A2" };
        format!("k{number};31-12-19{:02};{level};9711 LM;kok\n", number % 80 + 10)
    };
    let rows: String = (0..20_000).map(row).collect();
    format!("kandidaatnummer;geboortedatum;CEFR;postcode;beroep\n{rows}")
}

/// What was found at all moments.
#[derive(Default)]
struct Found {
    /// Runs that were not done yet.
    killed: usize,
    /// After which something was left in the folder.
    kept: usize,
    /// Files that are neither the old nor the new one.
    partial: usize,
    lost: usize,
    /// Left in the folder after the next run.
    stale: usize,
    /// Next runs that gave other bytes.
    not_resumed: usize,
}
