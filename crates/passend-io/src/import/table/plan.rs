// SPDX-License-Identifier: EUPL-1.2
//! Which column is which field, and why.

use std::collections::{BTreeMap, HashSet};

use passend::{Protected, Side, protected};
use serde::Serialize;

use super::day::{DayOrder, Shape};
use super::grid::{Row, Typed, clean};
use super::level::{language, languages, levels};
use super::mapping::Mapping;
use super::number::{Decimal, Reading, hours, measured};
use super::sheet::Table;
use super::tables::{Field, Headers, Kind, word};
use super::week::week;
use super::word::{is_nothing, name, yes_no};
use crate::detail::{Detail, shown};
use crate::error::Content;
use crate::{Code, Report};

/// Why a column is taken for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnReason {
    /// Its name is known.
    Name,
    /// Its name may mean several things, and its cells fit this one.
    NameAndValues,
    /// The mapping says so.
    Mapping,
    /// Its cells can be nothing else.
    Values,
    /// A word in its name tells that it is about who somebody is.
    Protected,
}

/// Why a column does not come into the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Dropped {
    /// It says who somebody is, and may not count.
    Protected,
    /// It is about a person or how to reach one.
    Personal,
    /// Its name is known, and the record has no place for it.
    NoPlace,
    /// Nobody knows its name.
    NotRecognised,
    /// It says how long or where somebody worked, and no column says as what.
    WithoutWork,
    /// Its name is known, but its cells do not fit.
    DoesNotFit,
    /// Another column is this field already.
    Taken,
    /// The mapping leaves it out, or does not have it.
    Mapping,
}

/// A column as it is read.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) header: String,
    pub(super) field: Option<Field>,
    pub(super) reason: Option<ColumnReason>,
    pub(super) dropped: Option<Dropped>,
    pub(super) order: Option<DayOrder>,
    /// The column whose cells showed the order, if it is another one.
    pub(super) order_from: Option<String>,
    /// Its cells are codes of VUM.
    pub(super) is_code: bool,
    /// Its cells are parts of full time.
    pub(super) is_fte: bool,
}

impl Column {
    /// The field, when its cells are read for the record.
    pub(super) fn used(&self) -> Option<Field> {
        self.field.filter(|_| self.dropped.is_none())
    }

    pub(super) fn is(&self, field: &str) -> bool {
        self.used().is_some_and(|used| used.name == field)
    }
}

/// How a table is read.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) side: Side,
    pub(super) columns: Vec<Column>,
    pub(super) decimal: Decimal,
    /// The column that says who a row is about.
    pub(super) identity: Option<usize>,
    /// Why the table cannot be read as it is.
    pub(super) faults: Vec<Content>,
}

/// What a plan is asked for.
pub(super) struct Wanted<'a> {
    pub(super) side: Side,
    pub(super) mapping: Option<&'a Mapping>,
    /// Ids become keyed hashes.
    pub(super) is_pseudonymised: bool,
    /// In a file beside the table only these fields count.
    pub(super) only: Option<&'static [&'static str]>,
}

/// Cells are tried for a field on so many rows.
const TRIED: usize = 2_000;

impl Plan {
    pub(super) fn new(table: &Table, wanted: &Wanted<'_>, report: &mut Report) -> Self {
        let headers = Headers::of(wanted.side);
        let mut columns: Vec<Column> =
            table.header.names.iter().enumerate().map(|(at, name)| column(at, name)).collect();
        let mut plan_columns = Choice { table, wanted, headers, columns: &mut columns };
        plan_columns.by_mapping();
        plan_columns.by_name();
        plan_columns.by_values();
        plan_columns.explain();
        for column in &table.header.names {
            if !column.is_empty() && column.as_str() != clean(column) {
                report.warn(Code::Repaired, "", table.header.line);
            }
        }
        let mut faults = twice(&columns);
        let decimal = wanted
            .mapping
            .and_then(|mapping| mapping.decimal)
            .unwrap_or_else(|| decimal(table, &columns));
        faults.extend(orders(table, &mut columns, wanted.mapping, decimal));
        let (identity, fault) = identity(&columns, wanted);
        faults.extend(fault);
        Self { side: wanted.side, columns, decimal, identity, faults }
    }
}

fn column(at: usize, header: &str) -> Column {
    let key = name(header);
    Column {
        at,
        header: clean(header).to_owned(),
        field: None,
        reason: None,
        dropped: None,
        order: None,
        order_from: None,
        is_code: key.starts_with("code") || key.starts_with("indicatie"),
        is_fte: key.contains("fte"),
    }
}

/// The columns while fields are found for them.
struct Choice<'a, 'b> {
    table: &'a Table,
    wanted: &'a Wanted<'a>,
    headers: &'static Headers,
    columns: &'b mut Vec<Column>,
}

impl Choice<'_, '_> {
    fn by_mapping(&mut self) {
        let Some(mapping) = self.wanted.mapping else { return };
        for column in self.columns.iter_mut().filter(|column| !column.header.is_empty()) {
            let mapped = mapping.column(&column.header);
            let field =
                mapped.and_then(|mapped| mapped.field).and_then(|name| self.headers.field(name));
            // What is protected by its name stays so, whatever the mapping says: a slip there must not let it in.
            let by_name = protected_field(&column.header, self.wanted.side);
            column.field = match (by_name, field) {
                (Some(known), Some(field)) if !may_stand_for(known, field) => Some(known),
                (Some(known), None) => Some(known),
                (_, field) => field,
            };
            column.reason = column.field.map(|_| ColumnReason::Mapping);
            column.order = mapped.and_then(|mapped| mapped.order);
            if column.field.is_none() {
                column.dropped = Some(Dropped::Mapping);
            }
        }
    }

    /// First the columns whose names are sure, then those whose names and cells together are.
    fn by_name(&mut self) {
        if self.wanted.mapping.is_some() {
            return;
        }
        let mut weak = Vec::new();
        for at in 0..self.columns.len() {
            let Some(header) = self.columns.get(at).map(|column| column.header.clone()) else {
                continue;
            };
            if header.is_empty() {
                continue;
            }
            let grouped = self.table.header.grouped.get(at).filter(|grouped| !grouped.is_empty());
            let strong = |header: &str| self.lookup(header).filter(|(_, is_weak)| !is_weak);
            let found =
                grouped.and_then(|grouped| strong(grouped)).or_else(|| self.lookup(&header));
            match found {
                Some((field, false)) => self.take(at, field, ColumnReason::Name),
                Some((field, true)) => match protected_field(&header, self.wanted.side) {
                    Some(known) => self.take(at, known, ColumnReason::Name),
                    None => weak.push((at, field)),
                },
                None => {
                    if let Some(field) = protected_field(&header, self.wanted.side) {
                        self.take(at, field, ColumnReason::Name);
                    } else if let Some(field) = protected_word(&header, self.wanted.side) {
                        self.take(at, field, ColumnReason::Protected);
                    }
                }
            }
        }
        for (at, field) in weak {
            if self.fits(at, field) {
                self.take(at, field, ColumnReason::NameAndValues);
            } else if let Some(column) = self.columns.get_mut(at) {
                column.field = Some(field);
                column.dropped = Some(Dropped::DoesNotFit);
            }
        }
    }

    /// A postcode is known by its cells alone.
    fn by_values(&mut self) {
        if self.wanted.mapping.is_some() || self.wanted.only.is_some() {
            return;
        }
        let Some(postcode) = self.headers.field("postcode") else { return };
        let is_taken = self.columns.iter().any(|column| column.is("postcode"));
        let open: Vec<usize> = self
            .columns
            .iter()
            .filter(|column| column.field.is_none() && column.dropped.is_none())
            .map(|column| column.at)
            .collect();
        let looks_like = |at: &usize| {
            let cells = self.cells(*at);
            !cells.is_empty() && cells.iter().all(|(cell, _)| is_postcode(cell) && cell.len() >= 6)
        };
        if let Some(at) = open.iter().find(|at| looks_like(at)).copied().filter(|_| !is_taken) {
            self.take(at, postcode, ColumnReason::Values);
        }
    }

    /// The field of a name, with a number or something between brackets behind it left out if need be.
    fn lookup(&self, header: &str) -> Option<(Field, bool)> {
        let found = |header: &str| self.headers.word(header);
        let without_brackets = header.split(['(', '[']).next().unwrap_or_default();
        let without_number = header.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let field =
            found(header).or_else(|| found(without_brackets)).or_else(|| found(without_number))?;
        let counts = self
            .wanted
            .only
            .is_none_or(|only| field.0.name == "id" || only.contains(&field.0.name));
        (counts || field.0.kind.is_protected()).then_some(field)
    }

    fn take(&mut self, at: usize, field: Field, reason: ColumnReason) {
        let many = matches!(
            field.kind,
            Kind::List
                | Kind::Languages
                | Kind::Name
                | Kind::Personal
                | Kind::Protected
                | Kind::Number
                | Kind::Unused
                | Kind::Age
                | Kind::Birth
        ) || self.is_numbered(at)
            && matches!(field.name, "language_code" | "language_level");
        let key = |column: &Column| name(&column.header);
        let before = self.columns.iter().find(|column| column.is(field.name)).map(key);
        let Some(column) = self.columns.get_mut(at) else { return };
        column.field = Some(field);
        column.reason = Some(reason);
        // The same name twice is a fault of the file, told later; another name for the same field only comes too late.
        if before.is_some_and(|before| !many && before != key(column)) {
            column.dropped = Some(Dropped::Taken);
        }
    }

    /// Whether the name of a column ends with a number: `Taal 1`, `Taal 2`.
    fn is_numbered(&self, at: usize) -> bool {
        let header = self.columns.get(at).map(|column| clean(&column.header));
        header.is_some_and(|header| header.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// The cells of a column that say something, of the first rows.
    fn cells(&self, at: usize) -> Vec<(&str, Typed)> {
        let rows = self.table.rows.iter().take(TRIED);
        rows.map(|row| (row.cell(at), row.typed(at)))
            .filter(|(cell, _)| !is_nothing(cell))
            .collect()
    }

    /// Whether more than half of the cells can be read as this field.
    fn fits(&self, at: usize, field: Field) -> bool {
        let cells = self.cells(at);
        if cells.is_empty() {
            return false;
        }
        if field.kind == Kind::Id {
            let mut seen = HashSet::new();
            let taken = self.columns.iter().any(|column| column.is("id"));
            // What is called so is one, also where it stands there twice: those rows are told.
            let is_called = self.columns.get(at).is_some_and(|column| name(&column.header) == "id");
            return !taken
                && cells.len() == self.table.rows.len().min(TRIED)
                && (is_called || cells.iter().all(|(cell, _)| seen.insert(*cell)));
        }
        let is_code = self.columns.get(at).is_some_and(|column| column.is_code);
        let fitting =
            cells.iter().filter(|(cell, typed)| fits(field, cell, *typed, is_code)).count();
        fitting * 2 > cells.len()
    }

    /// Says of each column that is not used why.
    fn explain(&mut self) {
        let has_code = self.columns.iter().any(|column| column.is("language_code"));
        let has_work = self.columns.iter().any(|column| {
            ["occupation", "occupation_code", "experience"].iter().any(|field| column.is(field))
        });
        for column in self.columns.iter_mut().filter(|column| column.dropped.is_none()) {
            column.dropped = match column.field.map(|field| field.kind) {
                None => Some(Dropped::NotRecognised),
                Some(Kind::Unused) => Some(Dropped::NoPlace),
                Some(Kind::Personal) => Some(Dropped::Personal),
                Some(Kind::Name | Kind::Protected | Kind::Number) => Some(Dropped::Protected),
                Some(_)
                    if !has_work
                        && [
                            "experience_years",
                            "experience_months",
                            "experience_from",
                            "experience_to",
                        ]
                        .iter()
                        .any(|field| column.is(field)) =>
                {
                    Some(Dropped::WithoutWork)
                }
                // A level of which language?
                Some(_) if column.is("language_level") && !has_code => Some(Dropped::DoesNotFit),
                Some(_) => None,
            };
        }
        self.columns.retain(|column| {
            !column.header.is_empty()
                || column.field.is_some()
                || !self_cells(self.table, column.at)
        });
    }
}

/// Whether no cell of a column says anything.
fn self_cells(table: &Table, at: usize) -> bool {
    table.rows.iter().all(|row| row.cell(at).is_empty())
}

/// A field of the table of names, or one that stands for all protected names of the engine.
fn protected_field(header: &str, side: Side) -> Option<Field> {
    // A weak word is enough here: what may be a name is dropped as one.
    let known = Headers::of(side).word(header).filter(|(field, _)| field.kind.is_protected());
    if let Some((field, _)) = known {
        return Some(field);
    }
    // A vacancy has columns for a place, a source and a name of a firm; only the table of names tells them apart.
    if side == Side::Vacancy && Headers::of(side).word(header).is_some() {
        return None;
    }
    let own = match protected(header)? {
        // Only people have one: no number of a person could be the id of a vacancy.
        Protected::NationalNumber => Headers::of(side).field("v_number"),
        Protected::Attribute => None,
    };
    Some(own.unwrap_or(Field { name: "protected", kind: Kind::Protected }))
}

/// A header of several words, one of which tells that it is about who somebody is: `naam vorige begeleider`.
fn protected_word(header: &str, side: Side) -> Option<Field> {
    let words =
        header.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.filter_map(|word| protected_field(word, side)).next()
}

/// Whether a mapping may take a column that is protected by its name for this field.
fn may_stand_for(known: Field, field: Field) -> bool {
    known.name == field.name
        || (field.kind.is_protected() && known.kind != Kind::Number)
        // A vacancy may call its title a name, and its source an origin.
        || known.kind == Kind::Birth && field.kind == Kind::Birth
}

fn is_postcode(cell: &str) -> bool {
    let text: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let (digits, letters) = text.split_at_checked(4).unwrap_or_default();
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (letters.is_empty()
            || letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Whether a cell can be read as this field.
fn fits(field: Field, cell: &str, typed: Typed, is_code: bool) -> bool {
    let known = |reading: Reading<_>| matches!(reading, Reading::Known(_));
    let either = [Decimal::Comma, Decimal::Point];
    match field.kind {
        Kind::Day => !matches!(
            Shape::of(cell, typed == Typed::Day),
            Shape::Other | Shape::Nothing | Shape::Partly(..)
        ),
        Kind::Level => !matches!(levels(cell, is_code), Reading::Unclear | Reading::Wrong),
        Kind::Languages => languages(cell).is_some(),
        Kind::Language => language(cell).is_some(),
        Kind::Hours => either
            .iter()
            .any(|decimal| matches!(hours(cell, *decimal, Some(3600), false), Reading::Known(_))),
        Kind::Whole | Kind::Years => either.iter().any(|decimal| {
            known(measured(cell, *decimal, &["jaar", "jr", "km", "min", "year", "years"]))
        }),
        Kind::Postcode => is_postcode(cell),
        Kind::Week => week(cell).is_some(),
        Kind::YesNo => yes_no(cell).is_some(),
        Kind::Status => word("status", cell).is_some(),
        Kind::Word => {
            matches!(field.name, "work_note" | "transport_modes" | "integration_route" | "contract")
                && word(list_of(field.name), cell).is_some()
                || field.name == "transport_modes"
                    && cell
                        .split([',', '/', ';', '+'])
                        .flat_map(|part| part.split(" en "))
                        .any(|part| word("modes", part).is_some())
        }
        Kind::Text | Kind::List | Kind::Education | Kind::WorkLevel => {
            cell.chars().any(char::is_alphabetic)
        }
        _ => true,
    }
}

/// The list of words of a field.
pub(super) fn list_of(field: &str) -> &'static str {
    match field {
        "residence_status" => "status",
        "work_note" => "work_note",
        "document_kind" => "document_kind",
        "transport_modes" => "modes",
        "integration_route" => "route",
        "education_status" => "education_status",
        "credential_evaluation" => "evaluation",
        "contract_preference" => "contract_wish",
        "contract" => "contract",
        "contract_kind" => "work_kind",
        _ => "register",
    }
}

/// Columns of one name that would be one field.
fn twice(columns: &[Column]) -> Vec<Content> {
    let mut seen = BTreeMap::new();
    let mut faults = Vec::new();
    for column in columns.iter().filter(|column| column.used().is_some()) {
        if seen.insert(name(&column.header), column.at).is_some() && !column.header.is_empty() {
            let detail = Detail::default().same("column", shown(&column.header));
            faults.push(Content::with(Code::ColumnTwice, detail));
        }
    }
    faults
}

/// The decimal sign that most cells with numbers show; a comma if none does.
fn decimal(table: &Table, columns: &[Column]) -> Decimal {
    let numbers: Vec<usize> = columns
        .iter()
        .filter(|column| {
            column
                .used()
                .is_some_and(|field| matches!(field.kind, Kind::Hours | Kind::Whole | Kind::Years))
        })
        .map(|column| column.at)
        .collect();
    let (mut commas, mut points) = (0_u64, 0_u64);
    for row in &table.rows {
        for at in numbers.iter().filter(|at| row.typed(**at) == Typed::Text) {
            match Decimal::shown(row.cell(*at)) {
                Some(Decimal::Comma) => commas += 1,
                Some(Decimal::Point) => points += 1,
                None => {}
            }
        }
    }
    if points > commas { Decimal::Point } else { Decimal::Comma }
}

/// Finds the order of the days of each column: by its own cells that can be read in one way only, else by those of the other
/// columns of the table, if these all agree. Where neither shows it, the table cannot be read.
fn orders(
    table: &Table,
    columns: &mut [Column],
    mapping: Option<&Mapping>,
    _: Decimal,
) -> Vec<Content> {
    let is_day = |column: &Column| {
        column
            .used()
            .is_some_and(|field| matches!(field.kind, Kind::Day | Kind::Birth | Kind::Certificate))
    };
    let mut faults = Vec::new();
    let mut shown_by: BTreeMap<DayOrder, String> = BTreeMap::new();
    let mut open = Vec::new();
    for column in columns.iter_mut().filter(|column| is_day(column)) {
        if mapping.is_some() && column.order.is_some() {
            continue;
        }
        let shapes = || {
            let shape =
                |row: &Row| Shape::of(row.cell(column.at), row.typed(column.at) == Typed::Day);
            table.rows.iter().map(shape)
        };
        let mut counts: BTreeMap<DayOrder, u64> = BTreeMap::new();
        for order in shapes().filter_map(Shape::order) {
            *counts.entry(order).or_default() += 1;
        }
        let needs_order = shapes().any(Shape::needs_order);
        let is_birth = column.used().is_some_and(|field| field.kind == Kind::Birth);
        let day_first = counts.get(&DayOrder::DayFirst).copied().unwrap_or_default();
        let month_first = counts.get(&DayOrder::MonthFirst).copied().unwrap_or_default();
        // One order for the cells that begin with a number; days that begin with the year are another order.
        let clear = match (day_first, month_first) {
            (0, 0) => None,
            (_, 0) => Some(DayOrder::DayFirst),
            (0, _) => Some(DayOrder::MonthFirst),
            _ if is_birth => None,
            _ => {
                let detail = Detail::default().same("column", shown(&column.header));
                faults.push(Content::with(Code::DayOrder, detail));
                continue;
            }
        };
        let year_first = counts.get(&DayOrder::YearFirst).copied().unwrap_or_default();
        let parts =
            u64::try_from(shapes().filter(|shape| matches!(shape, Shape::Parts(..))).count())
                .unwrap_or(u64::MAX);
        if year_first > parts {
            column.order = Some(DayOrder::YearFirst);
        } else if let Some(clear) = clear {
            column.order = Some(clear);
            shown_by.entry(clear).or_insert_with(|| column.header.clone());
        } else if needs_order {
            open.push((column.at, is_birth));
        } else if year_first > 0 {
            column.order = Some(DayOrder::YearFirst);
        }
    }
    let mut agreed = shown_by.into_iter();
    let agreed = match (agreed.next(), agreed.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    };
    for (at, is_birth) in open {
        let Some(column) = columns.iter_mut().find(|column| column.at == at) else { continue };
        if let Some((order, from)) = &agreed {
            column.order = Some(*order);
            column.order_from = Some(from.clone());
        } else if !is_birth {
            let detail = Detail::default().same("column", shown(&column.header));
            faults.push(Content::with(Code::DayOrder, detail));
        }
    }
    faults
}

/// The column that says who a row is about, or what is missing.
fn identity(columns: &[Column], wanted: &Wanted<'_>) -> (Option<usize>, Option<Content>) {
    let id = columns.iter().find(|column| column.is("id"));
    let number = columns
        .iter()
        .find(|column| column.field.is_some_and(|field| matches!(field.kind, Kind::Number)));
    let bsn =
        columns.iter().find(|column| column.field.is_some_and(|field| field.kind == Kind::Bsn));
    let is_sure = |column: &&Column| !matches!(column.reason, Some(ColumnReason::NameAndValues));
    let chosen = if wanted.is_pseudonymised {
        // A row number is no person; the number of the person is, and only its hash stays.
        id.filter(is_sure).or(number).or(bsn).or(id)
    } else {
        id
    };
    match chosen {
        Some(column) => (Some(column.at), None),
        None => {
            let code =
                if number.or(bsn).is_some() { Code::OnlyNationalNumber } else { Code::NoIdColumn };
            (None, Some(Content::new(code)))
        }
    }
}
