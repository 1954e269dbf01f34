// SPDX-License-Identifier: EUPL-1.2
//! `passend man`.

use clap::{Args, CommandFactory};

use super::Program;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Print the manual page of the program or of a command, for `man -l -`
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The command; without it the program as a whole
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut program = Program::command();
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => match program.find_subcommand(name) {
                Some(command) => command.clone(),
                None => return Err(Failure::Usage(format!("there is no command `{name}`"))),
            },
        };
        let page = clap_mangen::Man::new(page);
        output::write(None, |mut out| page.render(&mut out))?;
        Ok(Outcome::Done)
    }
}
