// SPDX-License-Identifier: EUPL-1.2
//! `passend completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Program;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Print the completions for a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        // Made in memory first: the generator panics where it cannot write, as into a closed pipe.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Program::command(), "passend", &mut script);
        output::write(None, |out| out.write_all(&script))?;
        Ok(Outcome::Done)
    }
}
