// SPDX-License-Identifier: EUPL-1.2
//! VUM, the exchange of matching data between UWV, municipalities and others, versions 3.0 and 2.0, both ways.
//!
//! What a message has and a record has not is the difference between the message and the one that the record makes by
//! itself; it lives in a sidecar. So reading and writing cannot drift apart: whatever a record holds is written by the
//! record, and all else comes back out of the sidecar.

mod codes;
mod crosswalk;
mod export;
mod fields;
mod jobseeker;
mod sidecar;
mod vacancy;
mod validate;

use std::collections::HashMap;

use passend::Side;
use serde_json::{Map, Value};

pub use self::crosswalk::Crosswalk;
pub use self::export::{Exported, export_vum};
pub use self::sidecar::{Sidecar, SidecarError, SidecarLine};
use super::ImportOptions;
use super::keys::{put, text, whole};
use super::loss::{LossReason, Losses, leaves_beyond};
use super::patch::{Kept, difference, plain};
use crate::import::draft::Draft;
use crate::jsonl::{BYTE_ORDER_MARK, Fault, Layout, Mistake, Pieces, Place, State};
use crate::{Code, Content, ReadError, Report};

/// A version of VUM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 2.0: occupations and courses by number or name.
    Two,
    /// 3.0: occupations and skills by the URIs of CompetentNL.
    Three,
}

impl Version {
    /// As the standard writes it: `3.0`.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Two => "2.0",
            Self::Three => "3.0",
        }
    }
}

/// Messages that were read, beside their drafts.
#[derive(Default)]
pub(super) struct Messages {
    pub(super) drafts: Vec<Draft>,
    /// The text of each, when it was asked.
    pub(super) texts: Vec<Vec<u8>>,
    /// By id, the first of each, in plain form.
    whole: HashMap<String, Value>,
}

/// Reads a list of messages, or the answer of the exchange with a list `matches`.
pub(super) fn read(
    bytes: &[u8],
    side: Side,
    version: Version,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Messages, ReadError> {
    let not_messages = || ReadError::Content(Content::new(Code::NotMessages));
    let (mut text, mut start) = (bytes, Place::start());
    if let Some(rest) = bytes.strip_prefix(BYTE_ORDER_MARK) {
        report.warn(Code::ByteOrderMark, "", 1);
        text = rest;
        start.byte = 3;
    }
    crate::jsonl::known_content(text).map_err(ReadError::Content)?;
    let begin = list_begin(text).ok_or_else(not_messages)?;
    let place = start.after(text.get(..begin).unwrap_or_default());
    let list = text.get(begin..).unwrap_or_default();
    let mut pieces = Pieces::new(list, Layout::List, place);
    let mut messages = Messages::default();
    let mut piece_text = Vec::new();
    let is_answer = begin > 0 && text.get(..begin).is_some_and(|before| before.contains(&b'{'));
    while let Some(piece) = pieces.next(&mut piece_text)? {
        // What stands after the list of an answer belongs to the answer.
        if is_answer && piece.state == State::Misplaced && !pieces.is_open_list() {
            break;
        }
        let record = match piece.state {
            State::Whole | State::Unended => {
                one(&piece_text, side, version, options, &mut messages.whole)
            }
            State::TooLong => Err(Mistake { fault: Fault::new(Code::TooLong), at: 0 }),
            State::Misplaced => Err(Mistake { fault: Fault::new(Code::NotJson), at: 0 }),
            State::Cut => Err(Mistake { fault: Fault::new(Code::NotJson), at: piece_text.len() }),
        };
        if options.originals {
            messages.texts.push(piece_text.clone());
        }
        let at = record.as_ref().err().map_or(0, |mistake| mistake.at);
        let fault_at = piece.place.after(piece_text.get(..at).unwrap_or_default());
        messages.drafts.push(Draft {
            place: piece.place,
            fault_at: Some(fault_at),
            record: record.map_err(|mistake| mistake.fault),
        });
    }
    if pieces.is_open_list() {
        report.warn(Code::OpenList, "", 1);
    }
    if messages.drafts.is_empty() {
        report.warn(Code::NoRecords, "", 1);
    }
    Ok(messages)
}

/// Where the list of messages begins.
fn list_begin(text: &[u8]) -> Option<usize> {
    let first = text.iter().position(|byte| !byte.is_ascii_whitespace())?;
    match text.get(first)? {
        b'[' => {
            let next = text.get(first + 1..)?.trim_ascii_start().first();
            next.is_none_or(|byte| matches!(byte, b'{' | b']')).then_some(first)
        }
        b'{' => {
            const KEY: &[u8] = b"\"matches\"";
            // In the answer of the exchange the list stands behind two short values.
            const NEAR: usize = 4096;
            let near = text.get(..text.len().min(NEAR))?;
            let key = near.windows(KEY.len()).position(|window| window == KEY)?;
            let behind = key + KEY.len();
            let list = text.get(behind..)?.iter().position(|byte| *byte == b'[')?;
            let between = text.get(behind..behind + list)?;
            let is_colon = between.trim_ascii() == b":";
            is_colon.then_some(behind + list)
        }
        _ => None,
    }
}

fn one(
    text: &[u8],
    side: Side,
    version: Version,
    options: &ImportOptions,
    whole: &mut HashMap<String, Value>,
) -> Result<Map<String, Value>, Mistake> {
    let keys = crate::jsonl::object(text)?;
    let located = |fault: Fault| {
        let at = fault.path.locate(std::str::from_utf8(text).unwrap_or_default(), fault.at_key);
        Mistake { fault, at }
    };
    if let Some(wrong) = validate::first_wrong(&keys, fields::fields(side, version), version) {
        return Err(located(wrong.fault()));
    }
    let message = Value::Object(keys);
    let record = record_of(&message, side, version, &options.crosswalk);
    let Some(id) = record.get("id").and_then(Value::as_str) else {
        return Err(located(validate::no_id(side).fault()));
    };
    if let Some(plain) = plain(&message) {
        whole.entry(id.to_owned()).or_insert(plain);
    }
    Ok(record)
}

fn record_of(
    message: &Value,
    side: Side,
    version: Version,
    crosswalk: &Crosswalk,
) -> Map<String, Value> {
    match side {
        Side::Candidate => jobseeker::record(message, version, crosswalk),
        Side::Vacancy => vacancy::record(message, version, crosswalk),
    }
}

/// The message that a record makes by itself, in plain form; values that the standard does not take are left out.
fn message_of(
    record: &Value,
    side: Side,
    version: Version,
    crosswalk: &Crosswalk,
) -> Map<String, Value> {
    let message = match side {
        Side::Candidate => jobseeker::message(record, version, crosswalk),
        Side::Vacancy => vacancy::message(record, version, crosswalk),
    };
    let fitting = validate::fitting(message, fields::fields(side, version), version);
    match plain(&Value::Object(fitting)) {
        Some(Value::Object(keys)) => keys,
        _ => Map::new(),
    }
}

impl Messages {
    /// What the records do not hold of their messages.
    pub(super) fn sidecar(
        &self,
        records: impl IntoIterator<Item = Value>,
        side: Side,
        version: Version,
        crosswalk: &Crosswalk,
    ) -> (Sidecar, Losses) {
        let mut sidecar = Sidecar::default();
        let mut losses = Losses::default();
        for record in records {
            let Some(id) = text(&record, "id") else { continue };
            let Some(whole) = self.whole.get(id) else { continue };
            let base = Value::Object(message_of(&record, side, version, crosswalk));
            let kept = difference(Some(&base), Some(whole));
            for part in &kept {
                if let Some(is) = &part.is {
                    leaves_beyond(part.was.as_ref(), is, &part.at, &mut |path, value, other| {
                        losses.add(path, reason(side, version, path, value, other));
                    });
                }
            }
            if !kept.is_empty() {
                sidecar.push(SidecarLine::new(version, side, id, kept));
            }
        }
        (sidecar, losses)
    }
}

/// Why a field of a message is not in the record.
fn reason(side: Side, version: Version, path: &str, value: &Value, other: bool) -> LossReason {
    match fields::use_of(side, version, path) {
        fields::Use::Contact => LossReason::Contact,
        fields::Use::Health => LossReason::Health,
        fields::Use::FreeText => LossReason::FreeText,
        fields::Use::NoField => LossReason::NoField,
        fields::Use::Record if says_nothing(path, value) => LossReason::Unknown,
        fields::Use::Record if other => LossReason::Coarser,
        fields::Use::Record => LossReason::DoesNotFit,
    }
}

/// Codes by which the standard says that nothing is known.
fn says_nothing(path: &str, value: &Value) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    let code = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    match name {
        "codeWerkEnDenkniveauWerkzoekende" | "codeWerkEnDenkniveauMinimaal" => {
            matches!(code, Some(0 | 7))
        }
        "codeNiveauOpleiding" => code == Some(9),
        _ if name.starts_with("codeNiveauTaalbeheersing") || name.starts_with("indicatie") => {
            matches!(code, Some(0 | 8))
        }
        "codeStatusOpleiding" => code == Some(0),
        _ => false,
    }
}

/// The postcode of a path, if our records can hold it: none begins with 0.
fn postcode(message: &Value, path: &str) -> Option<String> {
    text(message, path).filter(|code| !code.starts_with('0')).map(str::to_ascii_uppercase)
}

/// Hours a week that can be: at most 80, the least not above the most, and the most not 0.
fn hours(all: &mut Map<String, Value>, message: &Value) {
    const MOST: u64 = 80;
    let hours = |path| whole(message, path).filter(|hours| *hours <= MOST);
    let min = hours("werktijden.aantalWerkurenPerWeekMinimaal");
    let max = hours("werktijden.aantalWerkurenPerWeekMaximaal").filter(|most| *most > 0);
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        return;
    }
    put(all, "hours.min", min);
    put(all, "hours.max", max);
}

/// Whole hours; parts of an hour have no place in the standard.
fn hours_elements(all: &mut Map<String, Value>, record: &Value) {
    put(all, "werktijden.aantalWerkurenPerWeekMinimaal", whole(record, "hours.min"));
    put(all, "werktijden.aantalWerkurenPerWeekMaximaal", whole(record, "hours.max"));
}

/// The category of a licence. `B+` is B with a heavier trailer.
fn licence(element: &Value) -> Option<&str> {
    text(element, "codeSoortRijbewijs").map(|category| category.trim_end_matches('+'))
}

/// The parts of a sidecar by the id of their record.
fn by_id(sidecar: &Sidecar, side: Side, version: Version) -> HashMap<&str, &[Kept]> {
    sidecar.parts(side, version).collect()
}
