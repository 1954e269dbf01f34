// SPDX-License-Identifier: EUPL-1.2
//! What a call gives back: the result, and a report about the records that were read for it.

use passend_io::write::jsonl;
use serde::Serialize;

use crate::failure::Failure;
use crate::request::{ListFormat, Readings};

/// The bytes that a call gives back.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The result.
    pub(crate) data: Vec<u8>,
    /// Counts and refused records, as one JSON object.
    pub(crate) report: Vec<u8>,
}

impl Answer {
    /// One object on one line.
    pub(crate) fn object(value: &impl Serialize, readings: &Readings) -> Result<Self, Failure> {
        let mut data = serde_json::to_vec(value).map_err(Failure::internal)?;
        data.push(b'\n');
        Self::bytes(data, readings)
    }

    /// Bytes as they are.
    pub(crate) fn bytes(data: Vec<u8>, readings: &Readings) -> Result<Self, Failure> {
        Ok(Self { data, report: serde_json::to_vec(readings).map_err(Failure::internal)? })
    }

    /// A list, as lines or within an object.
    pub(crate) fn list<T: Serialize, O: Serialize>(
        format: ListFormat,
        lines: Vec<T>,
        readings: &Readings,
        object: impl FnOnce(Vec<T>) -> O,
    ) -> Result<Self, Failure> {
        match format {
            ListFormat::Json => Self::object(&object(lines), readings),
            ListFormat::Jsonl => {
                let mut data = Vec::new();
                jsonl(&mut data, lines).map_err(Failure::internal)?;
                Self::bytes(data, readings)
            }
        }
    }
}
