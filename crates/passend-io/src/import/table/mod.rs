// SPDX-License-Identifier: EUPL-1.2
//! Tables of others (CSV, TSV, XLSX) to records.
//!
//! Three steps: the [table](sheet) within the file, the [plan](plan) of its columns, and the [keys](build) of each row, which
//! the reader of our own records judges.

mod build;
mod day;
mod decode;
mod flip;
mod grid;
mod level;
mod long;
mod mapping;
mod number;
mod plan;
mod sheet;
mod tables;
mod week;
mod word;
mod workbook;

use std::collections::{BTreeMap, HashMap};

use passend::{Day, Side};
use serde::Serialize;
use serde_json::json;

use self::build::{Keys, Outcome, Setting, path};
pub use self::day::DayOrder;
use self::day::{DayReading, Shape};
pub use self::decode::Encoding;
use self::decode::bytes_of;
pub use self::flip::FlippedColumn;
use self::flip::flip;
use self::grid::{LONGEST_CELL, Row, Typed};
use self::long::Beside;
pub use self::long::{LongKind, LongTable};
pub use self::mapping::{Mapping, MappingError};
pub use self::number::Decimal;
use self::plan::{Column, Plan, Wanted};
pub use self::plan::{ColumnReason, Dropped};
use self::sheet::Table;
use self::tables::Kind;
use self::word::{is_lost, is_nothing, masked, name};
use super::draft::{Draft, Settling};
use super::pseudonym::PseudonymKey;
use crate::jsonl::{Fault, Place};
use crate::{Batch, Code, OnRefusal, ReadError, Record, Report};

/// Cells that were not understood are shown, masked, so many of a column.
const EXAMPLES: usize = 5;

/// How a table is imported.
#[derive(Debug, Clone)]
pub struct ImportSettings<'a> {
    /// The day on which somebody is a minor or not.
    pub as_of: Day,
    /// Which column is which field; without it the columns are found.
    pub mapping: Option<&'a Mapping>,
    /// With a key ids become keyed hashes.
    pub key: Option<&'a PseudonymKey>,
    /// Files beside the table, joined by id.
    pub beside: &'a [LongTable<'a>],
    /// Keep attributes that may not count, for an audit file.
    pub audit: bool,
    /// Keep the rows that are refused, as they stand in the file.
    pub originals: bool,
    /// Give everybody another name, sex, origin, age … before the records are made: they must be the same.
    pub flipped: bool,
    /// What to do when a row is refused.
    pub on_refusal: OnRefusal,
}

impl ImportSettings<'_> {
    /// An import without anything beside it, on this day.
    pub fn on(as_of: Day) -> Self {
        Self {
            as_of,
            mapping: None,
            key: None,
            beside: &[],
            audit: false,
            originals: false,
            flipped: false,
            on_refusal: OnRefusal::Continue,
        }
    }
}

/// What came of a table.
#[derive(Debug)]
pub struct ImportedTable<T> {
    /// The records and the report; empty when the table cannot be read as it is.
    pub batch: Batch<T>,
    /// What was found of the table and each of its columns.
    pub overview: TableOverview,
    /// Why the table cannot be read as it is, although it was found.
    pub faults: Vec<ReadError>,
    /// The reports of the files beside it.
    pub beside: Vec<Report>,
    /// The header and the refused rows as they stand in the file, when that was asked.
    pub originals: Vec<String>,
    /// For each accepted id what may not count, by the name of its column here; when that was asked.
    pub audit: Vec<AuditLine>,
    /// The columns whose cells were given other values, when that was asked.
    pub flipped: Vec<FlippedColumn>,
}

/// What an audit file keeps of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// The id as in the records.
    pub id: String,
    /// Attribute and value, in order of the attributes.
    pub values: Vec<(String, String)>,
}

/// What was found of a table: what a dry run shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableOverview {
    /// Name of the file.
    pub file: String,
    /// How its letters are written.
    pub encoding: Encoding,
    /// What is between its cells; of a workbook nothing.
    pub separator: Option<char>,
    /// The sheet that was taken.
    pub sheet: Option<String>,
    /// The visible sheets that were not.
    pub other_sheets: Vec<String>,
    /// The sign in its numbers.
    pub decimal: Decimal,
    /// Line of the header, from 1.
    pub header_line: u64,
    /// Rows under it.
    pub rows: u64,
    /// Rows that are none of the table: titles, totals, notes, repeated headers.
    pub left_out: u64,
    /// The header of the column that ids are made of.
    pub id_column: Option<String>,
    /// Each column, from the left.
    pub columns: Vec<ColumnOverview>,
    #[serde(skip)]
    side: &'static str,
}

/// A column, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnOverview {
    /// Its number, from 1.
    pub column: usize,
    /// Its name in the file.
    pub header: String,
    /// The field, by its name in `docs/import.md`.
    pub field: Option<&'static str>,
    /// Why this field.
    pub reason: Option<ColumnReason>,
    /// Why it does not come into the records.
    pub dropped: Option<Dropped>,
    /// In which order its days are written.
    pub order: Option<DayOrder>,
    /// The column that showed the order, where it is another one.
    pub order_from: Option<String>,
    /// Cells that say something.
    pub filled: u64,
    /// Those that were understood; of a column that is dropped 0.
    pub understood: u64,
    /// Up to five cells that were not, with letters as `a` and digits as `9`.
    pub examples: Vec<String>,
}

impl TableOverview {
    /// The mapping as it was chosen, to look at and use next time.
    pub fn mapping(&self) -> String {
        let side = if self.side == "candidate" { Side::Candidate } else { Side::Vacancy };
        let columns =
            self.columns.iter().filter(|column| !column.header.is_empty()).map(|column| {
                let is_used = matches!(
                    column.dropped,
                    None | Some(Dropped::Protected | Dropped::Personal | Dropped::NoPlace)
                );
                let field = column
                    .field
                    .filter(|field| is_used && *field != "protected")
                    .unwrap_or_default();
                (column.header.as_str(), field, column.order)
            });
        mapping::write(side, self.sheet.as_deref(), self.decimal, columns)
    }
}

/// Reads a table and makes records of its rows.
///
/// ```
/// use passend::Candidate;
/// use passend_io::{ImportSettings, import_table};
///
/// let table = "Nr;Naam;Taalniveau NL;Postcode;Beschikbaar vanaf\n\
///              1;Noor;A2;9711 lm;31-12-2026\n\
///              2;Sam;A3;9712;01-01-2027\n";
/// let settings = ImportSettings::on("2026-11-25".parse()?);
/// let imported = import_table::<Candidate>(table.as_bytes(), "k.csv", &settings)?;
/// assert_eq!(imported.batch.accepted[0].location.as_ref().unwrap().postcode.as_deref(), Some("9711LM"));
/// assert_eq!(imported.batch.report.refused[0].path, "languages[0].level");
/// assert_eq!(imported.overview.columns[1].field, Some("full_name")); // and dropped
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the file, or one beside it, is no table at all, or has a fault that no row can be blamed for.
pub fn import_table<T: Record>(
    bytes: &[u8],
    file: &str,
    settings: &ImportSettings<'_>,
) -> Result<ImportedTable<T>, ImportError> {
    let side = T::SIDE;
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    let failed = |source| ImportError { file: file.to_owned(), source };
    let mapped =
        |header: &str| settings.mapping.is_some_and(|mapping| mapping.column(header).is_some());
    let sheet = settings.mapping.and_then(|mapping| mapping.sheet.as_deref());
    let mut table = Table::read(bytes, side, sheet, &mapped, &mut report).map_err(failed)?;
    let wanted = Wanted {
        side,
        mapping: settings.mapping,
        is_pseudonymised: settings.key.is_some(),
        only: None,
    };
    let flipped = match settings.flipped {
        true => {
            let plan = Plan::new(&table, &wanted, &mut Report::default());
            flip(&mut table, &plan, settings.as_of)
        }
        false => Vec::new(),
    };
    let mut plan = Plan::new(&table, &wanted, &mut report);
    let faults: Vec<ReadError> = plan.faults.drain(..).map(ReadError::Content).collect();
    let mut tally = Tally::new(&plan);
    let mut long_tally = Vec::new();
    let mut beside = Beside::read(settings.beside, settings, &mut long_tally)
        .map_err(|(file, source)| ImportError { file, source })?;
    if table.rows.is_empty() {
        report.warn(Code::NoRecords, "", table.header.line);
    }
    let setting = Setting {
        as_of: settings.as_of,
        full_time: settings.mapping.and_then(|mapping| mapping.full_time),
        statuses: settings.mapping.map(|mapping| &mapping.statuses),
    };
    let on_refusal = if faults.is_empty() { settings.on_refusal } else { OnRefusal::Continue };
    let mut settling = Settling::<T>::new(report, on_refusal);
    let mut audit = Audit::new(&plan, settings);
    let mut numbers = Numbers::new(&plan);
    let mut faulty_cells = HashMap::new();
    for (number, row) in (1_u64..).zip(&table.rows) {
        let mut keys = Keys::default();
        let whole = whole_row(&table, row);
        if let Err((_, Some(at))) = &whole {
            faulty_cells.insert(number, *at);
        }
        if whole.is_ok() {
            for column in &plan.columns {
                let outcome = keys.read(&plan, column, row, &setting);
                tally.count(column, row, outcome, settling.report());
            }
        }
        numbers.note(row, settling.report());
        let raw_id = plan.identity.map(|at| row.cell(at)).unwrap_or_default();
        let record = match whole {
            Err((code, _)) => Err(Fault::new(code)),
            Ok(()) => {
                let mut keys = keys.finish(side);
                let id = match settings.key {
                    Some(key) if !is_nothing(raw_id) => key.pseudonym(raw_id),
                    Some(_) => String::new(),
                    None => raw_id.to_owned(),
                };
                beside.join(raw_id, &mut keys);
                audit.note(number, &id, row, &plan);
                // In front, as our own records have it.
                let mut record = serde_json::Map::with_capacity(keys.len() + 1);
                record.insert("id".to_owned(), json!(id));
                record.extend(keys);
                Ok(record)
            }
        };
        if !faults.is_empty() {
            continue;
        }
        let place = Place { line: row.line, byte: 0, column: 1 };
        if !settling.push(Draft { place, fault_at: None, record }) {
            break;
        }
    }
    tally.tell_dropped(&plan, &table, settling.report());
    beside.orphans();
    let mut batch = settling.finish();
    place_refused(&mut batch.report, &table, &plan, &faulty_cells);
    let originals = if settings.originals && !batch.report.refused.is_empty() {
        let refused =
            batch.report.refused.iter().filter_map(|refused| row_of(&table, refused.record));
        std::iter::once(table.original_header())
            .chain(refused.map(|row| table.original(row)))
            .collect()
    } else {
        Vec::new()
    };
    Ok(ImportedTable {
        overview: overview(file, &table, &plan, tally),
        faults,
        audit: audit.finish(&batch.report),
        beside: beside.reports,
        originals,
        flipped,
        batch,
    })
}

/// Why a table could not be imported, and in which of the files the fault is.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {source}")]
pub struct ImportError {
    /// Name of the file.
    pub file: String,
    /// What is wrong with it.
    pub source: ReadError,
}

fn row_of(table: &Table, record: u64) -> Option<&Row> {
    table.rows.get(usize::try_from(record).ok()?.checked_sub(1)?)
}

/// What is wrong with a row before its cells are read: the code, and the column if one can be named.
fn whole_row(table: &Table, row: &Row) -> Result<(), (Code, Option<usize>)> {
    let width = table.header.names.len();
    let is_more = row.cells.iter().skip(width).any(|cell| !cell.trim().is_empty());
    if table.separator.is_some() && (row.cells.len() < width || is_more) {
        return Err((Code::UnevenRow, None));
    }
    for (at, cell) in row.cells.iter().enumerate() {
        if cell.contains('\0') {
            return Err((Code::NulByte, Some(at)));
        }
        if cell.len() > LONGEST_CELL {
            return Err((Code::BadText, Some(at)));
        }
    }
    Ok(())
}

/// Says of each refused row where it is in the file: sheet, byte and column.
fn place_refused(report: &mut Report, table: &Table, plan: &Plan, faulty: &HashMap<u64, usize>) {
    let file = match &table.sheet {
        Some(sheet) => Some(format!("{}[{sheet}]", report.file)),
        None => None,
    };
    // Rows come in order, so each stretch of text is measured once.
    let (mut measured, mut bytes) = (0, table.mark);
    for refused in &mut report.refused {
        let Some(row) = row_of(table, refused.record) else { continue };
        if let Some(between) = table.text.get(measured..row.from) {
            bytes += bytes_of(between, table.encoding);
            measured = row.from;
            refused.byte = bytes;
        }
        refused.column = match faulty.get(&refused.record) {
            Some(at) => table.column_of(row, *at),
            None => column_of(table, plan, row, &refused.path),
        };
        if let Some(file) = &file {
            refused.file.clone_from(file);
        }
    }
}

/// Where the cell is that became this path of the record.
fn column_of(table: &Table, plan: &Plan, row: &Row, path_found: &str) -> Option<u64> {
    let mut wanted = String::new();
    let mut in_brackets = false;
    for c in path_found.chars() {
        match c {
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            c if !in_brackets => wanted.push(c),
            _ => {}
        }
    }
    if wanted.is_empty() {
        return None;
    }
    if wanted == "id" {
        return plan.identity.and_then(|at| table.column_of(row, at));
    }
    // The longest path that is the begin of this one, or of which this one is the begin; of equals the one with a cell.
    let fit = |column: &Column| {
        let own = path(plan.side, column.used()?.name);
        let is_under = |long: &str, short: &str| {
            long == short || long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.'))
        };
        let fits = !own.is_empty() && (is_under(&wanted, own) || is_under(own, &wanted));
        let leaf = wanted.rsplit('.').next().unwrap_or_default();
        let is_named = column.used().is_some_and(|field| field.name.ends_with(leaf));
        fits.then(|| (own.len().min(wanted.len()), is_named, !is_nothing(row.cell(column.at))))
    };
    let best = plan.columns.iter().filter_map(|column| Some((fit(column)?, column.at)));
    let mut chosen: Option<((usize, bool, bool), usize)> = None;
    for (fit, at) in best {
        if chosen.is_none_or(|(known, _)| fit > known) {
            chosen = Some((fit, at));
        }
    }
    chosen.and_then(|(_, at)| table.column_of(row, at))
}

/// What was counted of each column.
struct Tally {
    counts: BTreeMap<usize, Counts>,
}

#[derive(Default)]
struct Counts {
    filled: u64,
    understood: u64,
    examples: Vec<String>,
    path: &'static str,
}

impl Tally {
    fn new(plan: &Plan) -> Self {
        let count = |column: &Column| {
            let path = column.used().map_or("", |field| path(plan.side, field.name));
            (column.at, Counts { path, ..Counts::default() })
        };
        Self { counts: plan.columns.iter().map(count).collect() }
    }

    /// Counts what became of a cell.
    fn count(&mut self, column: &Column, row: &Row, outcome: Outcome, report: &mut Report) {
        let Some(counts) = self.counts.get_mut(&column.at) else { return };
        let cell = row.cell(column.at);
        if is_nothing(cell) && outcome != Outcome::Lost {
            return;
        }
        counts.filled += 1;
        if column.used().is_none() {
            // Lost letters of a name tell that those of all else may be lost too.
            if is_lost(cell) && column.field.is_none_or(|field| field.name != "notes") {
                report.warn(Code::LostLetters, "", row.line);
            }
            return;
        }
        let raw = row.raw(column.at);
        if raw.len() != cell.len() && !raw.trim_matches(' ').trim_end_matches(['\r', '\n']).eq(cell)
        {
            report.warn(Code::Repaired, counts.path, row.line);
        }
        match outcome {
            Outcome::Nothing => counts.understood += 1,
            Outcome::Understood => counts.understood += 1,
            Outcome::Serial => {
                counts.understood += 1;
                report.warn(Code::SerialDay, counts.path, row.line);
            }
            Outcome::Lost => {
                report.warn(Code::LostLetters, counts.path, row.line);
                counts.example(cell);
            }
            Outcome::Unclear => {
                report.warn(Code::NotUnderstood, counts.path, row.line);
                counts.example(cell);
            }
            Outcome::Wrong => counts.example(cell),
        }
    }

    /// Counts what may not enter and was dropped.
    fn tell_dropped(&self, plan: &Plan, table: &Table, report: &mut Report) {
        for column in &plan.columns {
            let Some(field) = column.field.filter(|field| field.kind.is_protected()) else {
                continue;
            };
            let filled = self.counts.get(&column.at).map_or(0, |counts| counts.filled);
            if filled > 0 {
                let first = table.rows.iter().find(|row| !is_nothing(row.cell(column.at)));
                let line = first.map_or(table.header.line, |row| row.line);
                report.warn_times(Code::DroppedProtected, field.name, line, filled);
            }
        }
    }
}

impl Counts {
    fn example(&mut self, cell: &str) {
        let example = masked(cell);
        if self.examples.len() < EXAMPLES && !self.examples.contains(&example) {
            self.examples.push(example);
        }
    }
}

/// National and case numbers that are met twice: one person on two rows.
struct Numbers {
    column: Option<usize>,
    seen: std::collections::HashSet<String>,
}

impl Numbers {
    fn new(plan: &Plan) -> Self {
        let number = plan.columns.iter().find(|column| {
            column.field.is_some_and(|field| matches!(field.kind, Kind::Number | Kind::Bsn))
                && Some(column.at) != plan.identity
        });
        Self { column: number.map(|column| column.at), seen: std::collections::HashSet::new() }
    }

    fn note(&mut self, row: &Row, report: &mut Report) {
        let Some(at) = self.column else { return };
        let number = name(row.cell(at));
        if !number.is_empty() && !is_nothing(row.cell(at)) && !self.seen.insert(number) {
            report.warn(Code::SamePerson, "", row.line);
        }
    }
}

/// Attributes that may not count, kept apart.
struct Audit {
    is_asked: bool,
    as_of: Day,
    lines: Vec<(u64, AuditLine)>,
}

impl Audit {
    fn new(_: &Plan, settings: &ImportSettings<'_>) -> Self {
        Self { is_asked: settings.audit, as_of: settings.as_of, lines: Vec::new() }
    }

    fn note(&mut self, number: u64, id: &str, row: &Row, plan: &Plan) {
        if !self.is_asked {
            return;
        }
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        for column in &plan.columns {
            let Some(field) = column.field else { continue };
            let cell = row.cell(column.at);
            if is_nothing(cell) {
                continue;
            }
            match field.kind {
                // What only the engine knows as protected may be a name or a picture: it is dropped.
                Kind::Protected if field.name != "protected" => {
                    values.insert(field.name.to_owned(), cell.to_owned());
                }
                Kind::Birth => {
                    let is_typed = row.typed(column.at) == Typed::Day;
                    let year = match Shape::of(cell, is_typed).read(column.order) {
                        DayReading::Known(day) => Some(whole_years(day, self.as_of)),
                        DayReading::Partly(year, _) => Some(self.as_of.parts().0 - year),
                        _ => None,
                    };
                    if let Some(age) = year {
                        values.insert("age_group".to_owned(), age_group(age).to_owned());
                    }
                }
                Kind::Age => {
                    if let Ok(age) = cell.parse() {
                        values
                            .entry("age_group".to_owned())
                            .or_insert_with(|| age_group(age).to_owned());
                    }
                }
                _ => {}
            }
        }
        let values = values.into_iter().collect();
        self.lines.push((number, AuditLine { id: id.to_owned(), values }));
    }

    /// The lines of accepted records, each id once.
    fn finish(self, report: &Report) -> Vec<AuditLine> {
        let refused: std::collections::HashSet<u64> =
            report.refused.iter().map(|row| row.record).collect();
        let mut seen = std::collections::HashSet::new();
        self.lines
            .into_iter()
            .filter(|(number, _)| !refused.contains(number))
            .map(|(_, line)| line)
            .filter(|line| seen.insert(line.id.clone()))
            .collect()
    }
}

fn whole_years(birth: Day, as_of: Day) -> i16 {
    let ((year, month, day), (now, now_month, now_day)) = (birth.parts(), as_of.parts());
    now - year - i16::from((now_month, now_day) < (month, day))
}

/// Groups as the audit file of invented people has them.
fn age_group(age: i16) -> &'static str {
    match age {
        ..18 => "0-17",
        18..25 => "18-24",
        25..35 => "25-34",
        35..45 => "35-44",
        45..55 => "45-54",
        _ => "55+",
    }
}

fn overview(file: &str, table: &Table, plan: &Plan, mut tally: Tally) -> TableOverview {
    let header = |at: usize| {
        plan.columns.iter().find(|column| column.at == at).map(|column| column.header.clone())
    };
    TableOverview {
        file: file.to_owned(),
        encoding: table.encoding,
        separator: table.separator,
        sheet: table.sheet.clone(),
        other_sheets: table.other_sheets.iter().map(|(name, _)| name.clone()).collect(),
        decimal: plan.decimal,
        header_line: table.header.line,
        rows: u64::try_from(table.rows.len()).unwrap_or(u64::MAX),
        left_out: table.left_out,
        id_column: plan.identity.and_then(header),
        columns: plan
            .columns
            .iter()
            .map(|column| {
                let counts = tally.counts.remove(&column.at).unwrap_or_default();
                // A number that ids are made of is used, as a hash.
                let is_identity = plan.identity == Some(column.at);
                ColumnOverview {
                    column: column.at + 1,
                    header: column.header.clone(),
                    field: column.field.map(|field| field.name),
                    reason: column.reason,
                    dropped: column.dropped.filter(|_| !is_identity),
                    order: column.order,
                    order_from: column.order_from.clone(),
                    filled: counts.filled,
                    understood: if is_identity { counts.filled } else { counts.understood },
                    examples: counts.examples,
                }
            })
            .collect(),
        side: mapping::side_name(plan.side),
    }
}
