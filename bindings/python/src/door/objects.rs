// SPDX-License-Identifier: EUPL-1.2
//! Python objects as rows of JSON: dicts, dataclasses, pydantic models, and what they hold.

use std::collections::HashMap;
use std::fmt;

use passend::Text;
use passend_io::Code;
use passend_io::cell_json::{IMPOSSIBLE, write_decimal, write_flag, write_json, write_text};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDict, PyFloat, PyInt, PyIterator, PyList, PyMapping, PyString, PyTuple, PyType,
};

use super::{Rows, is_series, neither};
use crate::failure::Issue;

/// Records deeper than this are refused; a dict that holds itself has no end.
const DEEPEST: usize = 32;

/// A record longer than this is refused by the reader, so that no more need be written.
const LONGEST: usize = 1 << 20;

/// Python objects that give their rows as JSON.
pub(super) struct Objects {
    rows: Py<PyIterator>,
    types: Types,
    flags: Flags,
    count: u64,
    pub(super) notes: Vec<Note>,
}

/// What the text of a record cannot say about it.
pub(super) struct Note {
    /// From 1.
    record: u64,
    kind: NoteKind,
}

enum NoteKind {
    NotAnObject,
    /// Text that is no Unicode, at this path.
    NotText(String),
}

impl Note {
    /// Says in the issues what the notes know better.
    pub(super) fn amend(notes: &[Self], issues: &mut [Issue]) {
        for note in notes {
            let Ok(at) = issues.binary_search_by_key(&Some(note.record), |issue| issue.record)
            else {
                continue;
            };
            let Some(issue) = issues.get_mut(at) else { continue };
            let code = match &note.kind {
                NoteKind::NotAnObject => Code::NotAnObject,
                NoteKind::NotText(path) if *path == issue.path => Code::NotUtf8,
                // Something before it was refused.
                NoteKind::NotText(_) => continue,
            };
            if code == Code::NotAnObject {
                issue.path.clear();
                issue.hint = code.hint();
            } else {
                issue.hint = Text {
                    nl: "Deze tekst heeft een half teken (surrogaat). Lees de bron met de juiste codering.".to_owned(),
                    en: "This text has half a character (a surrogate). Read its source with the right encoding.".to_owned(),
                };
            }
            issue.code = code.id();
            code.rule().clone_into(&mut issue.rule);
        }
    }
}

impl Objects {
    /// The rows of an iterable, or one record that is given as such.
    pub(super) fn new(
        given: &Bound<'_, PyAny>,
        argument: &'static str,
        takes_flag: fn(&str) -> bool,
    ) -> PyResult<Self> {
        let py = given.py();
        let types = Types::new(py)?;
        let rows = if types.is_record(given)? {
            PyTuple::new(py, [given])?.try_iter()?
        } else if let Some(failure) = neither(given, argument) {
            return Err(failure.into());
        } else {
            given.try_iter()?
        };
        let flags = Flags { takes_flag, known: HashMap::new() };
        Ok(Self { rows: rows.unbind(), types, flags, count: 0, notes: Vec::new() })
    }
}

impl Rows for Objects {
    fn more(&mut self, text: &mut Vec<u8>) -> PyResult<()> {
        const ENOUGH: usize = 1 << 18;
        Python::attach(|py| {
            py.check_signals()?;
            let mut rows = self.rows.bind(py).clone();
            while text.len() < ENOUGH {
                let Some(row) = rows.next() else { break };
                self.count += 1;
                let begin = text.len();
                let mut writer = Writer {
                    py,
                    types: &self.types,
                    flags: &mut self.flags,
                    text,
                    begin,
                    not_text: None,
                };
                let is_object = writer.record(&row?)?;
                let not_text = writer.not_text.take();
                text.push(b'\n');
                let kind = match not_text {
                    _ if !is_object => NoteKind::NotAnObject,
                    Some(path) => NoteKind::NotText(path),
                    None => continue,
                };
                self.notes.push(Note { record: self.count, kind });
            }
            Ok(())
        })
    }
}

/// Which keys of the record itself take `true` and `false`, asked once for each key that holds 1.0 or 0.0.
struct Flags {
    takes_flag: fn(&str) -> bool,
    known: HashMap<String, bool>,
}

impl Flags {
    fn takes_flag(&mut self, key: &str) -> bool {
        if let Some(known) = self.known.get(key) {
            return *known;
        }
        let takes = (self.takes_flag)(key);
        self.known.insert(key.to_owned(), takes);
        takes
    }
}

/// The types that are looked for.
struct Types {
    date: Py<PyType>,
    datetime: Py<PyType>,
    time: Py<PyType>,
    enumeration: Py<PyType>,
    is_dataclass: Py<PyAny>,
    fields: Py<PyAny>,
}

impl Types {
    fn new(py: Python<'_>) -> PyResult<Self> {
        let class = |module: &str, name: &str| -> PyResult<Py<PyType>> {
            Ok(py.import(module)?.getattr(name)?.cast_into::<PyType>()?.unbind())
        };
        let dataclasses = py.import("dataclasses")?;
        Ok(Self {
            date: class("datetime", "date")?,
            datetime: class("datetime", "datetime")?,
            time: class("datetime", "time")?,
            enumeration: class("enum", "Enum")?,
            is_dataclass: dataclasses.getattr("is_dataclass")?.unbind(),
            fields: dataclasses.getattr("fields")?.unbind(),
        })
    }

    fn is_dataclass(&self, value: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = value.py();
        Ok(!value.is_instance_of::<PyType>()
            && self.is_dataclass.bind(py).call1((value,))?.extract()?)
    }

    /// One record, rather than an iterable of them.
    fn is_record(&self, value: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(value.cast::<PyDict>().is_ok()
            || value.cast::<PyMapping>().is_ok()
            || value.hasattr("model_dump_json")?
            || self.is_dataclass(value)?
            || is_series(value)?)
    }
}

/// Where a value stands in its record.
#[derive(Clone, Copy)]
struct Trail<'a> {
    before: Option<&'a Self>,
    step: Step<'a>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    At(usize),
}

impl<'a> Trail<'a> {
    const ROOT: Self = Self { before: None, step: Step::Root, depth: 0 };

    fn then(&'a self, step: Step<'a>) -> Self {
        Self { before: Some(self), step, depth: self.depth + 1 }
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(before) = self.before {
            before.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) if self.depth == 1 => f.write_str(key),
            Step::Key(key) => write!(f, ".{key}"),
            Step::At(at) => write!(f, "[{at}]"),
        }
    }
}

/// Writes one record.
struct Writer<'a, 'py> {
    py: Python<'py>,
    types: &'a Types,
    flags: &'a mut Flags,
    text: &'a mut Vec<u8>,
    begin: usize,
    /// Path of the first text that is no Unicode.
    not_text: Option<String>,
}

impl<'py> Writer<'_, 'py> {
    /// Writes a record; whether it is one.
    fn record(&mut self, record: &Bound<'py, PyAny>) -> PyResult<bool> {
        if record.cast_exact::<PyDict>().is_ok() {
            self.value(record, &Trail::ROOT)?;
        } else if record.hasattr(intern!(self.py, "model_dump_json"))? {
            let json = record.call_method0(intern!(self.py, "model_dump_json"))?;
            let json = json.cast_into::<PyString>()?;
            write_json(self.text, json.to_str()?);
        } else if is_series(record)? {
            let record = record.call_method0(intern!(self.py, "to_dict"))?;
            self.value(&record, &Trail::ROOT)?;
        } else {
            self.value(record, &Trail::ROOT)?;
        }
        let is_object = self.text.get(self.begin) == Some(&b'{');
        if !is_object {
            self.text.truncate(self.begin);
            // Refused for the key that it lacks; the note says why.
            self.text.extend_from_slice(b"{}");
        }
        Ok(is_object)
    }

    fn value(&mut self, value: &Bound<'py, PyAny>, trail: &Trail<'_>) -> PyResult<()> {
        if self.text.len() > self.begin + LONGEST {
            return Ok(());
        }
        if trail.depth > DEEPEST {
            self.impossible();
        } else if let Ok(text) = value.cast::<PyString>() {
            self.words(text, trail);
        } else if let Ok(dict) = value.cast::<PyDict>() {
            // Taken out first: what the values do when they are asked may change the dict.
            let pairs: Vec<_> = dict.iter().collect();
            self.object(pairs.into_iter(), trail)?;
        } else if let Ok(list) = value.cast::<PyList>() {
            self.list(list.iter(), trail)?;
        } else if value.is_none() {
            self.text.extend_from_slice(b"null");
        } else if let Ok(flag) = value.cast::<PyBool>() {
            self.text.extend_from_slice(if flag.is_true() { b"true" } else { b"false" });
        } else if let Ok(number) = value.cast::<PyInt>() {
            self.whole(number);
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.decimal(number.value(), trail);
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.list(tuple.iter(), trail)?;
        } else {
            self.other(value, trail)?;
        }
        Ok(())
    }

    fn impossible(&mut self) {
        self.text.extend_from_slice(IMPOSSIBLE);
    }

    fn words(&mut self, text: &Bound<'py, PyString>, trail: &Trail<'_>) {
        match text.to_str() {
            Ok(text) => write_text(self.text, text),
            Err(_) => {
                self.not_text.get_or_insert_with(|| trail.to_string());
                self.impossible();
            }
        }
    }

    fn whole(&mut self, number: &Bound<'py, PyInt>) {
        let written = match (number.extract::<i64>(), number.extract::<u64>()) {
            (Ok(number), _) => number.to_string(),
            (_, Ok(number)) => number.to_string(),
            _ => return self.impossible(),
        };
        self.text.extend_from_slice(written.as_bytes());
    }

    /// A decimal; where a record has a flag, 1.0 and 0.0 are what pandas made of it.
    fn decimal(&mut self, number: f64, trail: &Trail<'_>) {
        match trail.step {
            Step::Key(key)
                if trail.depth == 1
                    && (number == 1.0 || number == 0.0)
                    && self.flags.takes_flag(key) =>
            {
                write_flag(self.text, number);
            }
            _ => write_decimal(self.text, number),
        }
    }

    fn object(
        &mut self,
        pairs: impl Iterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>,
        trail: &Trail<'_>,
    ) -> PyResult<()> {
        self.text.push(b'{');
        for (at, (key, value)) in pairs.enumerate() {
            if at > 0 {
                self.text.push(b',');
            }
            let key = match key.cast_into::<PyString>() {
                Ok(key) => key,
                // No field is called so; the reader will say it.
                Err(error) => error.into_inner().str()?,
            };
            let key = key.to_string_lossy();
            write_text(self.text, &key);
            self.text.push(b':');
            self.value(&value, &trail.then(Step::Key(&key)))?;
        }
        self.text.push(b'}');
        Ok(())
    }

    fn list(
        &mut self,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
        trail: &Trail<'_>,
    ) -> PyResult<()> {
        self.text.push(b'[');
        for (at, item) in items.enumerate() {
            if at > 0 {
                self.text.push(b',');
            }
            self.value(&item, &trail.then(Step::At(at)))?;
        }
        self.text.push(b']');
        Ok(())
    }

    /// Values that are rare: days, the scalars and lists of numpy and pandas, dataclasses, models.
    fn other(&mut self, value: &Bound<'py, PyAny>, trail: &Trail<'_>) -> PyResult<()> {
        let py = self.py;
        let deeper = Trail { depth: trail.depth + 1, ..*trail };
        if value.is_instance(self.types.date.bind(py))? {
            return self.day(value);
        }
        if value.is_instance(self.types.time.bind(py))? {
            let text: String = value.call_method0(intern!(py, "isoformat"))?.extract()?;
            write_text(self.text, text.strip_suffix(":00").unwrap_or(&text));
            return Ok(());
        }
        if value.is_instance(self.types.enumeration.bind(py))? {
            return self.value(&value.getattr(intern!(py, "value"))?, &deeper);
        }
        if let Ok(mapping) = value.cast::<PyMapping>() {
            let items = mapping.items()?;
            let pairs = items.iter().map(|pair| pair.extract()).collect::<PyResult<Vec<_>>>()?;
            return self.object(pairs.into_iter(), trail);
        }
        if self.types.is_dataclass(value)? {
            let mut pairs = Vec::new();
            for field in self.types.fields.bind(py).call1((value,))?.try_iter()? {
                let name = field?.getattr(intern!(py, "name"))?;
                let held = value.getattr(name.cast::<PyString>()?)?;
                pairs.push((name, held));
            }
            return self.object(pairs.into_iter(), trail);
        }
        if value.hasattr(intern!(py, "model_dump"))? {
            return self.value(&value.call_method0(intern!(py, "model_dump"))?, &deeper);
        }
        // numpy and pandas: scalars and arrays know how to become plain Python.
        if value.hasattr(intern!(py, "dtype"))? && value.hasattr(intern!(py, "tolist"))? {
            return self.value(&value.call_method0(intern!(py, "tolist"))?, &deeper);
        }
        let kind = value.get_type().name()?;
        if kind == "NAType" || kind == "NaTType" {
            self.text.extend_from_slice(b"null");
        } else if kind == "Decimal"
            && let Ok(number) = value.extract::<f64>()
        {
            write_decimal(self.text, number);
        } else {
            self.impossible();
        }
        Ok(())
    }

    /// A day; a moment counts as one at midnight, since frames have no type for days alone.
    fn day(&mut self, value: &Bound<'py, PyAny>) -> PyResult<()> {
        let text: String = value.call_method0(intern!(self.py, "isoformat"))?.extract()?;
        if text == "NaT" {
            self.text.extend_from_slice(b"null");
        } else {
            let is_moment = value.is_instance(self.types.datetime.bind(self.py))?;
            let midnight = text.strip_suffix("T00:00:00").filter(|_| is_moment);
            write_text(self.text, midnight.unwrap_or(&text));
        }
        Ok(())
    }
}
