// SPDX-License-Identifier: EUPL-1.2
//! Ctrl-C: the program ends at once with 130 and leaves no half-written file.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::failure::Failure;

/// Files that are not complete yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on an interrupt removes unfinished files and ends the program.
///
/// It ends here and not at the next look at a flag: a program that waits for standard input looks at none.
pub(crate) fn install() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        // The lock is kept: nobody begins a file from here on.
        let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        for file in unfinished.iter() {
            let _ = std::fs::remove_file(file); // it stays with the ending .tmp
        }
        std::process::exit(130);
    })
    .map_err(|error| Failure::Internal(format!("interrupts cannot be caught: {error}")))
}

/// A file that an interrupt removes, until this is dropped.
#[derive(Debug)]
pub(crate) struct Unfinished(Option<PathBuf>);

impl Unfinished {
    pub(crate) fn new(file: Option<&Path>) -> Self {
        let file = file.map(Path::to_owned);
        if let Some(file) = &file {
            UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).push(file.clone());
        }
        Self(file)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            UNFINISHED
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .retain(|unfinished| unfinished != file);
        }
    }
}
