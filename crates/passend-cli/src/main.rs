// SPDX-License-Identifier: EUPL-1.2
//! The program `passend`: files, terminal, exit codes and today's date around the engine.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 could not, 2 wrong use, 3 done
//! but rows were refused, 4 a check failed, 130 interrupted.
#![forbid(unsafe_code)]

mod arguments;
mod command;
mod console;
mod failure;
mod input;
mod interrupt;
mod journal;
mod output;
mod parts;
mod progress;
mod sides;
mod since;
mod table;
mod today;
mod usage;

use std::process::ExitCode;

use clap::Parser;

use crate::command::Program;
use crate::console::Console;
use crate::failure::Failure;

fn main() -> ExitCode {
    let program = match Program::try_parse() {
        Ok(program) => program,
        // Help and version are no mistake: clap knows where each goes and which status it has.
        Err(message) => {
            let status = message.exit_code();
            if let Some(line) = usage::in_dutch(&message, std::env::args().skip(1)) {
                Console::new(passend::Lang::Nl).say(line);
            }
            let _ = message.print(); // nothing is left to tell it to
            return ExitCode::from(u8::try_from(status).unwrap_or(2));
        }
    };
    let mut console = Console::new(program.spoken());
    let result = interrupt::install().and_then(|()| program.run(&mut console));
    output::release();
    let status = match result {
        Ok(outcome) => outcome.status(),
        Err(Failure::BrokenPipe) => 0,
        Err(failure) => {
            console.say(format_args!("passend: {failure}"));
            if let Some(hint) = failure.hint() {
                console.say(format_args!("  {}", hint.get(console.lang())));
            }
            failure.status()
        }
    };
    console.close();
    ExitCode::from(status)
}
