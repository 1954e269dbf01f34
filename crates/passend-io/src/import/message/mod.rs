// SPDX-License-Identifier: EUPL-1.2
//! Messages and documents of others, one format in a folder or file: VUM, schema.org JobPosting, Europass, JSON Resume.

mod europass;
mod job_posting;
mod json_resume;
mod keys;
mod language_code;
mod loss;
mod moment;
mod patch;
mod vum;
mod wage;

use passend::{Day, Side};

use self::loss::Losses;
pub use self::loss::{Loss, LossReason};
pub use self::patch::Kept;
pub use self::vum::{
    Crosswalk, Exported, Sidecar, SidecarError, SidecarLine, Version as VumVersion, export_vum,
};
use super::draft::{Draft, settle};
use crate::{Batch, Code, Content, OnRefusal, ReadError, Record, Report};

/// A form in which others write about people or work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageFormat {
    /// VUM 2.0, a JSON list of messages.
    Vum2,
    /// VUM 3.0, a JSON list of messages.
    Vum3,
    /// `JobPosting` of schema.org: JSON-LD, or saved HTML that holds it. Vacancies only.
    JobPosting,
    /// Europass XML, `Candidate` or the older `SkillsPassport`. People only.
    Europass,
    /// JSON Resume 1.x. People only.
    JsonResume,
}

/// What reading depends on beside the bytes.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// What to do when a record is refused.
    pub on_refusal: OnRefusal,
    /// The day by which a minor is told from an adult; without it a date of birth gives nothing.
    pub as_of: Option<Day>,
    /// Occupations of CompetentNL.
    pub crosswalk: Crosswalk,
    /// Keep the VUM messages that are refused, as they stand in the file.
    pub originals: bool,
}

/// Records out of messages, and what the records do not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported<T> {
    /// The records and the report.
    pub batch: Batch<T>,
    /// What VUM messages have and records have not; empty for other formats, where it is left out.
    pub sidecar: Sidecar,
    /// What the records do not hold, by field, in order.
    pub losses: Vec<Loss>,
    /// The refused messages as they stand in the file, when that was asked.
    pub originals: Vec<Vec<u8>>,
}

/// Reads messages or documents of others. `file` is what the report calls the input.
///
/// ```
/// use passend::Candidate;
/// use passend_io::{ImportOptions, MessageFormat, import_messages};
///
/// let file = br#"[{"idWerkzoekende":"w1","mobiliteit":{"bemiddelingspostcode":"9711LM"},"telefoonnummer":["06"]},
///                 {"idWerkzoekende":"w2","mobiliteit":{"bemiddelingspostcode":"9711 LM"}}]"#;
/// let imported = import_messages::<Candidate>(MessageFormat::Vum3, file, "w.json", &ImportOptions::default())?;
/// assert_eq!(imported.batch.accepted[0].id, "w1");
/// assert_eq!(imported.batch.report.refused[0].path, "mobiliteit.bemiddelingspostcode");
/// assert_eq!(imported.losses[0].field, "telefoonnummer[]"); // only in the sidecar
/// # Ok::<(), passend_io::ReadError>(())
/// ```
///
/// # Errors
/// When the bytes are no file of the format at all, or the format does not know this side.
pub fn import_messages<T: Record>(
    format: MessageFormat,
    bytes: &[u8],
    file: &str,
    options: &ImportOptions,
) -> Result<Imported<T>, ReadError> {
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    let only = |side: Side, name: &'static str| {
        if T::SIDE == side { Ok(()) } else { Err(ReadError::Content(Content::side(name))) }
    };
    let version = match format {
        MessageFormat::Vum2 => VumVersion::Two,
        MessageFormat::Vum3 => VumVersion::Three,
        MessageFormat::JobPosting => {
            only(Side::Vacancy, "vacancy")?;
            let read = job_posting::read(bytes)?;
            return Ok(settled(read, Code::LeftOut, report, options));
        }
        MessageFormat::Europass => {
            only(Side::Candidate, "candidate")?;
            let read = europass::read(bytes, options.as_of)?;
            return Ok(settled(read, Code::LeftOut, report, options));
        }
        MessageFormat::JsonResume => {
            only(Side::Candidate, "candidate")?;
            let read = json_resume::read(bytes)?;
            return Ok(settled(read, Code::LeftOut, report, options));
        }
    };
    let mut messages = vum::read(bytes, T::SIDE, version, options, &mut report)?;
    let drafts = std::mem::take(&mut messages.drafts);
    let mut batch: Batch<T> = settle(drafts, report, options.on_refusal);
    let original = |record: u64| {
        let at = usize::try_from(record).ok()?.checked_sub(1)?;
        messages.texts.get(at).cloned()
    };
    let refused = &batch.report.refused;
    let originals = refused.iter().filter_map(|row| original(row.record)).collect();
    // A record is a plain structure: it always becomes JSON.
    let records = batch.accepted.iter().filter_map(|record| serde_json::to_value(record).ok());
    let (sidecar, losses) = messages.sidecar(records, T::SIDE, version, &options.crosswalk);
    let losses = losses.into_list();
    tell(&mut batch, &losses, Code::KeptAside);
    Ok(Imported { batch, sidecar, losses, originals })
}

/// An id for what has none: the same bytes give the same id, and it says nothing of what they hold.
fn fingerprint(prefix: &str, bytes: &[u8]) -> String {
    const DIGITS: usize = 16;
    let digits: String = crate::hash(bytes).chars().take(DIGITS).collect();
    format!("{prefix}-{digits}")
}

/// What a reader gives: drafts, and what they do not hold.
#[derive(Default)]
struct ReadDrafts {
    drafts: Vec<Draft>,
    losses: Losses,
}

fn settled<T: Record>(
    read: ReadDrafts,
    code: Code,
    report: Report,
    options: &ImportOptions,
) -> Imported<T> {
    let mut batch = settle(read.drafts, report, options.on_refusal);
    let losses = read.losses.into_list();
    tell(&mut batch, &losses, code);
    Imported { batch, sidecar: Sidecar::default(), losses, originals: Vec::new() }
}

/// Counts in the report what the records do not hold.
fn tell<T: Record>(batch: &mut Batch<T>, losses: &[Loss], code: Code) {
    let report = &mut batch.report;
    for Loss { field, reason, count } in losses {
        let code = if *reason == LossReason::Protected { Code::ProtectedLeftOut } else { code };
        report.warn_times(code, field, 1, *count);
    }
    let people = u64::try_from(batch.accepted.len()).unwrap_or(u64::MAX);
    if T::SIDE == Side::Candidate && people > 0 {
        report.warn_times(Code::StatusUnknown, "residence.status", 1, people);
    }
    report.finish();
}
