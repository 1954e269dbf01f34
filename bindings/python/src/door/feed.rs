// SPDX-License-Identifier: EUPL-1.2
//! Rows as something that can be read, some at a time, so that a large table is never there twice.

use std::io::{self, BufRead, Read};

use pyo3::prelude::*;

use super::Rows;

/// Reads rows as the text of a file.
pub(super) struct Feed<R> {
    rows: R,
    text: Vec<u8>,
    at: usize,
    error: Option<PyErr>,
}

impl<R: Rows> Feed<R> {
    pub(super) fn new(rows: R) -> Self {
        Self { rows, text: Vec::new(), at: 0, error: None }
    }

    /// The rows, and the error that ended the reading.
    pub(super) fn finish(self) -> (R, Option<PyErr>) {
        (self.rows, self.error)
    }
}

impl<R: Rows> BufRead for Feed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.text.len() {
            self.text.clear();
            self.at = 0;
            if let Err(error) = self.rows.more(&mut self.text) {
                self.error = Some(error);
                return Err(io::Error::other("an exception was raised"));
            }
        }
        Ok(self.text.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl<R: Rows> Read for Feed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut text = self.fill_buf()?;
        let read = text.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
