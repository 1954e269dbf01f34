// SPDX-License-Identifier: EUPL-1.2
//! `passend import`.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{Candidate, Day, Lang, Vacancy};
use passend_io::write::{self, jsonl};
use passend_io::{
    Code, ColumnOverview, ColumnReason, DayOrder, Dropped, Encoding, ImportOptions, ImportSettings,
    Imported, ImportedTable, LongKind, LongTable, Mapping, MessageFormat, OnRefusal, PseudonymKey,
    ReadError, Record, Report, TableOverview, Warning, import_messages, import_table,
};
use serde::Serialize;

use super::messages::{self, Messages};
use crate::arguments::{Limit, Refusals, Side};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::Inputs;
use crate::{input, output, today};

/// Make records of a file of others: CSV, TSV, Excel, VUM, schema.org, Europass, JSON Resume
///
/// Without `-o` it is a dry run: for each column the field that was found, why, how many cells are understood, and what will be
/// dropped. Look at it, keep the mapping with `--mapping`, then import. Columns that say who somebody is never come into the
/// records.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file; `-` for standard input
    file: PathBuf,
    /// What its rows are about
    #[arg(long)]
    side: Side,
    /// What the file is; without it a table
    #[arg(long, value_name = "FORMAT")]
    format: Option<Form>,
    /// Which column is which field, in TOML: used if it exists, else written
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The day on which somebody is a minor; without it today by UTC
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    #[command(flatten)]
    beside: Beside,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    messages: Messages,
    /// How to write the dry run; without it text on a terminal, else JSON
    #[arg(short, long = "overview", value_name = "FORMAT", short = 'f')]
    overview: Option<OverviewFormat>,
    /// Write the records to this file, as JSON Lines; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    refusals: Refusals,
    #[command(flatten)]
    limit: Limit,
}

/// Files beside a table.
#[derive(Debug, Args)]
#[command(next_help_heading = "Files beside it, joined by id")]
struct Beside {
    /// A skill on each row
    #[arg(long, value_name = "FILE")]
    skills: Option<PathBuf>,
    /// A language on each row
    #[arg(long, value_name = "FILE")]
    languages: Option<PathBuf>,
    /// A diploma on each row
    #[arg(long, value_name = "FILE")]
    diplomas: Option<PathBuf>,
    /// A job on each row
    #[arg(long, value_name = "FILE")]
    experience: Option<PathBuf>,
}

impl Beside {
    fn files(&self) -> Vec<(&'static str, LongKind, &Path)> {
        let all = [
            ("--skills", LongKind::Skills, &self.skills),
            ("--languages", LongKind::Languages, &self.languages),
            ("--diplomas", LongKind::Diplomas, &self.diplomas),
            ("--experience", LongKind::Experience, &self.experience),
        ];
        all.into_iter()
            .filter_map(|(flag, kind, file)| Some((flag, kind, file.as_deref()?)))
            .collect()
    }
}

/// What happens with who somebody is.
#[derive(Debug, Args)]
#[command(next_help_heading = "Who somebody is")]
struct Person {
    /// Make ids keyed hashes
    #[arg(long, requires = "key_file")]
    pseudonymise: bool,
    /// The key: at least 32 bytes, in a file that only its owner may read
    #[arg(long, value_name = "FILE", requires = "pseudonymise")]
    key_file: Option<PathBuf>,
    /// Keep attributes that may not count in this CSV file, for measuring fairness; only its owner may read it
    #[arg(long, value_name = "FILE", requires = "output")]
    audit_out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// CSV, TSV or an Excel workbook
    Table,
    /// VUM 2.0, a JSON list of messages
    Vum2,
    /// VUM 3.0, a JSON list of messages
    Vum3,
    /// schema.org JobPosting, JSON-LD or saved HTML
    #[value(name = "jobposting")]
    JobPosting,
    /// Europass XML
    Europass,
    /// JSON Resume
    #[value(name = "jsonresume")]
    JsonResume,
}

impl Form {
    /// The form of a message or document; none for a table.
    fn message(self) -> Option<MessageFormat> {
        match self {
            Self::Table => None,
            Self::Vum2 => Some(MessageFormat::Vum2),
            Self::Vum3 => Some(MessageFormat::Vum3),
            Self::JobPosting => Some(MessageFormat::JobPosting),
            Self::Europass => Some(MessageFormat::Europass),
            Self::JsonResume => Some(MessageFormat::JsonResume),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OverviewFormat {
    /// For people
    Text,
    /// One object on one line
    Json,
}

/// What a dry run says.
#[derive(Serialize)]
struct DryRun<'a> {
    #[serde(flatten)]
    overview: &'a TableOverview,
    read: u64,
    accepted: u64,
    refused: usize,
    warnings: &'a [Warning],
}

impl Import {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let message = self.format.and_then(Form::message);
        self.only_for(message.is_some())?;
        let beside = self.beside.files();
        if self.side == Side::Vacancy && !beside.is_empty() {
            return Err(Failure::Usage(
                "expected `--side candidate` with files beside the table".to_owned(),
            ));
        }
        let written = [
            ("--output", self.output.as_deref()),
            ("--refused", self.refusals.refused.as_deref()),
            ("--quarantine", self.refusals.quarantine.as_deref()),
            ("--audit-out", self.person.audit_out.as_deref()),
            ("--mapping", self.mapping.as_deref().filter(|mapping| !mapping.exists())),
        ];
        let mut written: Vec<_> =
            written.into_iter().filter_map(|(name, path)| Some((name, path?))).collect();
        let mut read: Vec<(&str, &Path)> = vec![("FILE", &self.file)];
        read.extend(beside.iter().map(|(flag, _, path)| (*flag, *path)));
        read.extend(self.person.key_file.as_deref().map(|path| ("--key-file", path)));
        read.extend(
            self.mapping
                .as_deref()
                .filter(|mapping| mapping.exists())
                .map(|path| ("--mapping", path)),
        );
        written.extend(self.messages.written());
        read.extend(self.messages.read());
        output::may_be_written(&read, &written)?;
        match (message, self.side) {
            (None, Side::Candidate) => self.table::<Candidate>(console),
            (None, Side::Vacancy) => self.table::<Vacancy>(console),
            (Some(format), Side::Candidate) => self.message::<Candidate>(format, console),
            (Some(format), Side::Vacancy) => self.message::<Vacancy>(format, console),
        }
    }

    /// Refuses arguments that would do nothing: those of tables for messages, and the other way round.
    fn only_for(&self, is_message: bool) -> Result<(), Failure> {
        let wrong = if is_message {
            let table = [
                ("--mapping", self.mapping.is_some()),
                ("--pseudonymise", self.person.pseudonymise),
                ("--audit-out", self.person.audit_out.is_some()),
                ("--quarantine", self.refusals.quarantine.is_some() && !self.is_list()),
                ("--overview", self.overview.is_some()),
            ];
            let beside = self.beside.files();
            let beside = beside.first().map(|(flag, ..)| *flag);
            table.into_iter().find(|(_, is_given)| *is_given).map(|(flag, _)| flag).or(beside)
        } else {
            self.messages.written().chain(self.messages.read()).next().map(|(flag, _)| flag)
        };
        match wrong {
            None => Ok(()),
            Some(flag) if is_message => {
                Err(Failure::Usage(format!("expected a table with `{flag}`; leave `--format` out")))
            }
            Some(flag) => Err(Failure::Usage(format!(
                "expected a message with `{flag}`: name its `--format`"
            ))),
        }
    }

    /// Whether the file is a list of messages, of which some may be refused.
    fn is_list(&self) -> bool {
        matches!(self.format, Some(Form::Vum2 | Form::Vum3))
    }

    fn message<T: Record>(
        &self,
        format: MessageFormat,
        console: &mut Console,
    ) -> Result<Outcome, Failure> {
        let options = ImportOptions {
            on_refusal: if self.refusals.strict { OnRefusal::Stop } else { OnRefusal::Continue },
            as_of: Some(self.as_of.unwrap_or_else(today::today)),
            crosswalk: self.messages.crosswalk()?,
            originals: self.refusals.quarantine.is_some(),
        };
        let file = self.file.display().to_string();
        let imported: Imported<T> = import_messages(format, &bytes(&self.file)?, &file, &options)
            .map_err(|source| failed(&file, source))?;
        let mut inputs = Inputs::new(&self.refusals).originals_elsewhere();
        if let Some(path) = &self.refusals.quarantine {
            let originals = &imported.originals;
            output::write_private(path, |out| write_messages(out, originals))?;
            say_quarantined(path, originals.len(), console);
        }
        let batch = inputs.judge(imported.batch, console)?;
        inputs.limit(&batch, self.limit, console)?;
        match &self.output {
            Some(target) => {
                // First: records without what belongs to them would be a loss, the other way round is none.
                self.messages.write_sidecar(&imported.sidecar)?;
                output::write(Some(target), |mut out| jsonl(&mut out, &batch.accepted))?;
            }
            None => messages::tell(&imported.losses, console),
        }
        self.messages.write_losses(&imported.losses)?;
        inputs.write_refused(console)?;
        Ok(inputs.outcome())
    }

    fn table<T: Record>(&self, console: &mut Console) -> Result<Outcome, Failure> {
        let mapping = self.read_mapping::<T>()?;
        let key = self.person.key_file.as_deref().map(read_key).transpose()?;
        let bytes = bytes(&self.file)?;
        let beside = self.beside.files();
        let beside = beside
            .iter()
            .map(|(_, kind, path)| Ok((*kind, path.display().to_string(), input::bytes(path)?)))
            .collect::<Result<Vec<_>, Failure>>()?;
        let beside: Vec<LongTable<'_>> = beside
            .iter()
            .map(|(kind, name, bytes)| LongTable { kind: *kind, name, bytes })
            .collect();
        let settings = ImportSettings {
            as_of: self.as_of.unwrap_or_else(today::today),
            mapping: mapping.as_ref(),
            key: key.as_ref(),
            beside: &beside,
            audit: self.person.audit_out.is_some(),
            originals: self.refusals.quarantine.is_some(),
            flipped: false,
            on_refusal: if self.refusals.strict { OnRefusal::Stop } else { OnRefusal::Continue },
        };
        let file = self.file.display().to_string();
        let imported = import_table::<T>(&bytes, &file, &settings)
            .map_err(|error| Failure::Read { file: error.file, source: error.source })?;
        let is_new = self.mapping.as_deref().filter(|_| mapping.is_none());
        self.settle(imported, is_new, console)
    }

    /// Reports, and writes what was asked.
    fn settle<T: Record>(
        &self,
        imported: ImportedTable<T>,
        new_mapping: Option<&Path>,
        console: &mut Console,
    ) -> Result<Outcome, Failure> {
        let ImportedTable { batch, overview, faults, beside, originals, audit, .. } = imported;
        if self.output.is_none() {
            self.write_overview(&overview, &batch.report, console)?;
        }
        for column in overview.columns.iter().filter(|column| decides_and_is_poor(column)) {
            console.say(poor(&overview.file, column, console.lang()));
        }
        if let Some(path) = new_mapping {
            output::write(Some(path), |out| out.write_all(overview.mapping().as_bytes()))?;
            console.say(match console.lang() {
                Lang::Nl => format!("{}: mapping geschreven; kijk hem na", path.display()),
                Lang::En => format!("{}: mapping written; look it over", path.display()),
            });
        }
        let mut faults = faults.into_iter();
        if let Some(fault) = faults.next() {
            console.report(&Report { read: 0, ..batch.report.clone() });
            for other in faults {
                console.say(format_args!("passend: {}", failed(&overview.file, other)));
            }
            return Err(failed(&overview.file, fault));
        }
        let mut inputs = Inputs::new(&self.refusals).originals_elsewhere();
        for report in &beside {
            inputs.add(report, console);
        }
        if let Some(path) = &self.refusals.quarantine {
            // Also when nothing is imported: this file is what the rows are mended in.
            output::write_private(path, |out| {
                originals.iter().try_for_each(|line| writeln!(out, "{line}"))
            })?;
            say_quarantined(path, originals.len().saturating_sub(1), console);
        }
        let batch = inputs.judge(batch, console)?;
        if beside.iter().any(|report| report.stopped) {
            inputs.write_refused(console)?;
            return Err(Failure::Stopped { file: overview.file });
        }
        if self.output.is_some() {
            inputs.limit(&batch, self.limit, console)?;
            beside.iter().try_for_each(|report| inputs.limit_of(report, self.limit, console))?;
        }
        inputs.write_refused(console)?;
        if let Some(path) = &self.output {
            if let Some(audit_out) = &self.person.audit_out {
                output::write_private(audit_out, |out| write::audit(out, &audit))?;
            }
            output::write(Some(path), |mut out| jsonl(&mut out, &batch.accepted))?;
        }
        Ok(inputs.outcome())
    }

    fn read_mapping<T: Record>(&self) -> Result<Option<Mapping>, Failure> {
        let Some(path) = self.mapping.as_deref().filter(|path| path.exists()) else {
            return Ok(None);
        };
        let mapping = Mapping::read(&input::text(path)?, T::SIDE);
        mapping.map(Some).map_err(|error| Failure::known(path.display(), Code::BadMapping, error))
    }

    fn write_overview(
        &self,
        overview: &TableOverview,
        report: &Report,
        console: &Console,
    ) -> Result<(), Failure> {
        let usual =
            if output::is_terminal(None) { OverviewFormat::Text } else { OverviewFormat::Json };
        output::write(None, |out| match self.overview.unwrap_or(usual) {
            OverviewFormat::Json => {
                let dry_run = DryRun {
                    overview,
                    read: report.read,
                    accepted: report.accepted,
                    refused: report.refused.len(),
                    warnings: &report.warnings,
                };
                serde_json::to_writer(&mut *out, &dry_run)?;
                writeln!(out)
            }
            OverviewFormat::Text => text(out, overview, console.lang()),
        })
    }
}

fn say_quarantined(path: &Path, rows: usize, console: &Console) {
    let file = path.display();
    console.say(match console.lang() {
        Lang::Nl => format!("{file}: {rows} geweigerde regels, zoals ze waren"),
        Lang::En => format!("{file}: {rows} refused rows as they were"),
    });
}

/// One list, as it came.
fn write_messages(out: &mut dyn Write, messages: &[Vec<u8>]) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, message) in messages.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        out.write_all(message)?;
    }
    out.write_all(b"\n]\n")
}

/// Whether gates are decided by this column and less than nine of ten cells are understood.
fn decides_and_is_poor(column: &ColumnOverview) -> bool {
    const DECIDE: &[&str] = &[
        "residence_status",
        "residence_status_since",
        "permit_valid_until",
        "asylum_application_date",
        "work_note",
        "birth_date",
        "dutch_level",
        "dutch_speaking",
        "dutch_min",
        "twv_willing",
    ];
    column.dropped.is_none()
        && column.field.is_some_and(|field| DECIDE.contains(&field))
        && column.understood.saturating_mul(10) < column.filled.saturating_mul(9)
}

fn poor(file: &str, column: &ColumnOverview, lang: Lang) -> String {
    let ColumnOverview { understood, filled, .. } = column;
    let header = shown(&column.header, 28);
    match lang {
        Lang::Nl => format!(
            "{file}: LET OP: van de kolom `{header}` zijn {understood} van {filled} cellen begrepen, en zij beslist mee wie waar mag werken"
        ),
        Lang::En => format!(
            "{file}: TAKE CARE: of the column `{header}` {understood} of {filled} cells are understood, and it decides who may work where"
        ),
    }
}

fn failed(file: &str, source: ReadError) -> Failure {
    Failure::Read { file: file.to_owned(), source }
}

/// All bytes of a file, or of standard input for `-`.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    input::unbuffered(path)?
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::unreadable(path, error))?;
    Ok(bytes)
}

/// A key that others may read is no secret.
fn read_key(path: &Path) -> Result<PseudonymKey, Failure> {
    let bad = |what: &str| Failure::known(path.display(), Code::BadKeyFile, what);
    let bytes = input::bytes(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let known = path.metadata().map_err(|error| Failure::unreadable(path, error))?;
        if known.permissions().mode() & 0o077 != 0 {
            return Err(bad("others than its owner may read it"));
        }
    }
    PseudonymKey::new(&bytes).map_err(|error| bad(&error.to_string()))
}

/// What was found, for people.
fn text(out: &mut dyn Write, overview: &TableOverview, lang: Lang) -> io::Result<()> {
    let say = |nl: &'static str, en: &'static str| if lang == Lang::Nl { nl } else { en };
    let separator = match overview.separator {
        Some('\t') => say("tabs tussen de kolommen", "tabs between the columns").to_owned(),
        Some(sign) => format!("`{sign}` {}", say("tussen de kolommen", "between the columns")),
        None => match &overview.sheet {
            Some(sheet) => format!("{} `{}`", say("blad", "sheet"), shown(sheet, 30)),
            None => String::new(),
        },
    };
    writeln!(
        out,
        "{}: {}, {separator}, {} {}, {} `{}`",
        overview.file,
        encoding(overview.encoding),
        say("kop op regel", "header on line"),
        overview.header_line,
        say("decimaal", "decimal"),
        if overview.decimal == passend_io::Decimal::Comma { "," } else { "." },
    )?;
    if !overview.other_sheets.is_empty() {
        let others: Vec<_> =
            overview.other_sheets.iter().map(|name| format!("`{}`", shown(name, 30))).collect();
        writeln!(out, "{} {}", say("niet gelezen bladen:", "sheets not read:"), others.join(", "))?;
    }
    let id = overview
        .id_column
        .as_deref()
        .map_or_else(|| say("geen", "none").to_owned(), |name| format!("`{}`", shown(name, 30)));
    let rows = if overview.rows == 1 { say("rij", "row") } else { say("rijen", "rows") };
    writeln!(
        out,
        "{} {rows}, {} {}, id: {id}\n",
        overview.rows,
        overview.left_out,
        say("weggelaten", "left out"),
    )?;
    let header = |column: &ColumnOverview| match column.header.as_str() {
        "" => say("(zonder naam)", "(without a name)").to_owned(),
        name => shown(name, 28),
    };
    let width = overview
        .columns
        .iter()
        .map(|column| header(column).chars().count())
        .max()
        .unwrap_or_default();
    let field = |column: &ColumnOverview| match column.dropped {
        None => column.field.unwrap_or_default().to_owned(),
        Some(_) => "—".to_owned(),
    };
    let field_width = overview
        .columns
        .iter()
        .map(|column| field(column).chars().count())
        .max()
        .unwrap_or_default()
        .max(4);
    writeln!(
        out,
        "{:>3}  {:<width$}  {:<field_width$}  {:>9}  {}",
        say("nr", "no"),
        say("kolom", "column"),
        say("veld", "field"),
        say("begrepen", "read"),
        say("waarom", "why"),
    )?;
    for column in &overview.columns {
        let read = match column.dropped {
            Some(_) => format!("{}", column.filled),
            None => format!("{}/{}", column.understood, column.filled),
        };
        let line = format!(
            "{:>3}  {:<width$}  {:<field_width$}  {read:>9}  {}",
            column.column,
            header(column),
            field(column),
            why(column, lang),
        );
        writeln!(out, "{}", line.trim_end())?;
        if !column.examples.is_empty() {
            let examples: Vec<_> =
                column.examples.iter().map(|example| format!("`{example}`")).collect();
            writeln!(
                out,
                "     {} {}",
                say("niet begrepen:", "not understood:"),
                examples.join(", ")
            )?;
            if column.field.is_some_and(|field| field.starts_with("hours")) {
                let hint = say(
                    "staat er fte? `full_time_hours` in de mapping zegt hoeveel uren dat zijn",
                    "is it a share of full time? `full_time_hours` in the mapping says how many hours that is",
                );
                writeln!(out, "     {hint}")?;
            }
        }
    }
    let end = say(
        "Dit is een proefdraai: er is niets geïmporteerd. `-o BESTAND` schrijft de records.",
        "This is a dry run: nothing was imported. `-o FILE` writes the records.",
    );
    writeln!(out, "\n{end}")
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16LE",
        Encoding::Utf16Be => "UTF-16BE",
        Encoding::Windows1252 => "Windows-1252",
        _ => "Excel",
    }
}

fn why(column: &ColumnOverview, lang: Lang) -> String {
    let say = |nl: &'static str, en: &'static str| if lang == Lang::Nl { nl } else { en };
    let reason = match column.reason {
        Some(ColumnReason::Name) => say("naam bekend", "name known"),
        Some(ColumnReason::NameAndValues) => say("naam en cellen passen", "name and cells fit"),
        Some(ColumnReason::Mapping) => say("mapping", "mapping"),
        Some(ColumnReason::Values) => say("aan de cellen herkend", "known by its cells"),
        Some(ColumnReason::Protected) => say("woord in de naam", "a word in its name"),
        _ => "",
    };
    let dropped = match column.dropped {
        None => "",
        Some(Dropped::Protected) => {
            say("mag niet meetellen, valt weg", "may not count, is dropped")
        }
        Some(Dropped::Personal) => say("persoonlijk, valt weg", "personal, is dropped"),
        Some(Dropped::NoPlace) => {
            say("geen plaats in het record, valt weg", "no place in the record, is dropped")
        }
        Some(Dropped::WithoutWork) => {
            say("geen kolom zegt welk werk, valt weg", "no column says what work, is dropped")
        }
        Some(Dropped::NotRecognised) => say("niet herkend, valt weg", "not recognised, is dropped"),
        Some(Dropped::DoesNotFit) => {
            say("cellen passen niet, valt weg", "cells do not fit, is dropped")
        }
        Some(Dropped::Taken) => say(
            "een andere kolom is dit veld al, valt weg",
            "another column is this field, is dropped",
        ),
        Some(_) => say("staat niet in de mapping, valt weg", "not in the mapping, is dropped"),
    };
    let is_protected =
        matches!(column.field, Some("birth_date" | "birth_year")) && column.dropped.is_none();
    let birth = if is_protected {
        say("alleen voor minderjarigen, valt verder weg", "only for minors, else dropped")
    } else {
        ""
    };
    let order = match (column.order, &column.order_from) {
        (Some(order), from) => {
            let order = match order {
                DayOrder::DayFirst => say("dag-maand-jaar", "day-month-year"),
                DayOrder::MonthFirst => say("maand-dag-jaar", "month-day-year"),
                _ => say("jaar-maand-dag", "year-month-day"),
            };
            match from {
                Some(from) => format!("{order} {} `{}`", say("zoals in", "as in"), shown(from, 28)),
                None => order.to_owned(),
            }
        }
        (None, _) => String::new(),
    };
    let parts: Vec<&str> =
        [reason, dropped, birth, &order].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// At most so many characters, none of which can steer a terminal.
fn shown(text: &str, longest: usize) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() <= longest {
        return text;
    }
    text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}
