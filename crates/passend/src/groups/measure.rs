// SPDX-License-Identifier: EUPL-1.2
//! Measures: what could be done for a whole population, as rows of a table.

use serde::{Deserialize, Serialize};

use crate::policy::{CertificateIndex, MunicipalityIndex, Permits, Policy};
use crate::prepare::LanguageCode;
use crate::text::Text;

/// Measures, each with an id: those that come with the engine, or those of a file.
///
/// ```
/// # use passend::{Measures, Policy};
/// let policy = Policy::builtin();
/// let own = "[[measure]]\nid = 'bus_12'\nchange = 'line'\nfrom = ['Nergens', 'Eemsdelta']\nto = ['Groningen']\nnl = 'Buslijn 12'\nen = 'Bus 12'\n";
/// assert!(Measures::read("own.toml", own, &policy).is_err()); // no municipality has this name
/// let own = own.replace("'Nergens', ", "");
/// assert_eq!(Measures::read("own.toml", &own, &policy)?.ids().collect::<Vec<_>>(), ["bus_12"]);
/// assert!(Measures::builtin(&policy).ids().any(|id| id == "vca_basic"));
/// # Ok::<(), passend::MeasureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measures(pub(super) Vec<Measure>);

/// Why measures could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// The text is no TOML, or has other keys than a table of measures.
    #[error("`{file}` is no table of measures: line {line}: {reason}")]
    Table {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What the reader said of it; never the line itself, since a wrong file can be about people.
        reason: String,
    },
    /// A row lacks a key that its change needs, or names something that the policy does not know.
    #[error("`{file}`: measure `{id}`, key `{key}`: expected {expected}")]
    Row {
        /// The file.
        file: String,
        /// Id of the measure.
        id: String,
        /// The key.
        key: &'static str,
        /// What it holds.
        expected: &'static str,
    },
    /// Two rows have one id.
    #[error("`{file}`: measure `{id}` stands twice")]
    Twice {
        /// The file.
        file: String,
        /// Id of the measure.
        id: String,
    },
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) id: String,
    pub(super) name: Text,
    /// Days until it works; `None`: as long as its step takes for each person.
    pub(super) days: Option<u16>,
    pub(super) change: Change,
}

/// What a measure changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Each skill of a language so many levels up.
    Language {
        code: LanguageCode,
        levels: u8,
    },
    /// A certificate; with `only_without_exam` for who reads no language of its exam.
    Certificate {
        index: CertificateIndex,
        only_without_exam: bool,
    },
    /// Finished education that only the person vouches for is evaluated at its level.
    Evaluation,
    Permits(Permits),
    /// Another waiting period, in months.
    Waiting {
        months: u8,
        to: u8,
    },
    Lessons(Timetable),
    /// So many metres further than the limit.
    Travel {
        metres: u32,
    },
    /// A way between municipalities that everybody can take.
    Line {
        from: Vec<MunicipalityIndex>,
        to: Vec<MunicipalityIndex>,
    },
    /// A language is accepted at the level that is asked of another.
    Accepted {
        code: LanguageCode,
        instead_of: LanguageCode,
    },
    /// Employers offer a language coach.
    Coach,
}

/// When lessons are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Timetable {
    OneDay,
    Evening,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    measure: Vec<Row>,
}

/// A row of `measures.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    change: Kind,
    nl: String,
    en: String,
    days: Option<u16>,
    language: Option<String>,
    instead_of: Option<String>,
    levels: Option<u8>,
    certificate: Option<String>,
    #[serde(default)]
    only_without_exam: bool,
    permits: Option<PermitsKey>,
    months: Option<u8>,
    to_months: Option<u8>,
    lessons: Option<Timetable>,
    km: Option<u16>,
    from: Option<Vec<String>>,
    to: Option<Vec<String>>,
    #[serde(rename = "source")]
    _source: Option<String>,
    #[serde(rename = "verified")]
    _verified: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Language,
    Certificate,
    Evaluation,
    Permits,
    Waiting,
    Lessons,
    Travel,
    Line,
    Accepted,
    Coach,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PermitsKey {
    Requested,
    Abolished,
}

/// A measure with its name, as tables tell it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeasureName {
    /// Id of the measure.
    pub id: String,
    /// The name.
    pub name: Text,
}

impl Measures {
    /// The measures that come with the engine, for a policy that knows their certificates.
    pub fn builtin(policy: &Policy) -> Self {
        let table = include_str!("../../policy/measures.toml");
        Self::read("measures.toml", table, policy).unwrap_or(Self(Vec::new()))
    }

    /// The measures of a TOML text: `[[measure]]` with `id`, `change`, `nl`, `en`, the keys of the change, and `days` where
    /// the usual lead time is not meant. `file` is named in errors.
    ///
    /// # Errors
    ///
    /// No TOML, unknown keys, a key that a change needs is missing or names what the policy does not know, an id twice.
    pub fn read(file: &str, text: &str, policy: &Policy) -> Result<Self, MeasureError> {
        let table: Table = toml::from_str(text).map_err(|error| MeasureError::Table {
            file: file.to_owned(),
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            reason: error.message().to_owned(),
        })?;
        let mut measures: Vec<Measure> = Vec::new();
        for row in table.measure {
            if measures.iter().any(|one| one.id == row.id) {
                return Err(MeasureError::Twice { file: file.to_owned(), id: row.id });
            }
            let change = row.change(policy).map_err(|(key, expected)| MeasureError::Row {
                file: file.to_owned(),
                id: row.id.clone(),
                key,
                expected,
            })?;
            let Row { id, nl, en, days, .. } = row;
            measures.push(Measure { id, name: Text { nl, en }, days, change });
        }
        Ok(Self(measures))
    }

    /// The ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|one| one.id.as_str())
    }

    /// The measures with their names, in order.
    pub fn names(&self) -> impl Iterator<Item = MeasureName> + '_ {
        self.0.iter().map(|one| MeasureName { id: one.id.clone(), name: one.name.clone() })
    }
}

/// The key that is missing or not understood, and what it holds.
type Fault = (&'static str, &'static str);

impl Row {
    fn change(&self, policy: &Policy) -> Result<Change, Fault> {
        let certificate = || {
            let expected = ("certificate", "the code of a certificate of the policy");
            let code = self.certificate.as_deref().ok_or(expected)?;
            policy.certificate_named(Some(code), None).ok_or(expected)
        };
        Ok(match self.change {
            Kind::Language => Change::Language {
                code: language(self.language.as_deref(), "language")?,
                levels: self.levels.filter(|levels| (1..=6).contains(levels)).unwrap_or(1),
            },
            Kind::Certificate => Change::Certificate {
                index: certificate()?,
                only_without_exam: self.only_without_exam,
            },
            Kind::Evaluation => Change::Evaluation,
            Kind::Permits => match self.permits {
                Some(PermitsKey::Requested) => Change::Permits(Permits::Requested),
                Some(PermitsKey::Abolished) => Change::Permits(Permits::Abolished),
                None => return Err(("permits", "`requested` or `abolished`")),
            },
            Kind::Waiting => Change::Waiting {
                months: self.months.ok_or(("months", "the months that a rule lets people wait"))?,
                to: self.to_months.ok_or(("to_months", "the months that they would wait"))?,
            },
            Kind::Lessons => {
                Change::Lessons(self.lessons.ok_or(("lessons", "`one_day` or `evening`"))?)
            }
            Kind::Travel => {
                let km = self.km.ok_or(("km", "a whole number of kilometres"))?;
                Change::Travel { metres: u32::from(km) * 1000 }
            }
            Kind::Line => Change::Line {
                from: municipalities(policy, self.from.as_deref(), "from")?,
                to: municipalities(policy, self.to.as_deref(), "to")?,
            },
            Kind::Accepted => Change::Accepted {
                code: language(self.language.as_deref(), "language")?,
                instead_of: language(self.instead_of.as_deref(), "instead_of")?,
            },
            Kind::Coach => Change::Coach,
        })
    }
}

fn language(code: Option<&str>, key: &'static str) -> Result<LanguageCode, Fault> {
    let code = code.filter(|code| {
        (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    code.map(LanguageCode::new).ok_or((key, "a language code of two or three small letters"))
}

/// The line of a byte, from 1.
fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

fn municipalities(
    policy: &Policy,
    names: Option<&[String]>,
    key: &'static str,
) -> Result<Vec<MunicipalityIndex>, Fault> {
    let expected = (key, "a list of municipalities by name or GM code");
    let names = names.filter(|names| !names.is_empty()).ok_or(expected)?;
    names.iter().map(|name| policy.places().municipality_called(name).ok_or(expected)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_that_come_with_the_engine_are_read() {
        let table = include_str!("../../policy/measures.toml");
        let policy = Policy::builtin();
        let measures = Measures::read("measures.toml", table, &policy).unwrap();
        assert_eq!((measures.ids().count(), measures), (12, Measures::builtin(&policy)));
    }

    #[track_caller]
    fn check(row: &str, expected: &str) {
        let text = format!("[[measure]]\nid = 'm'\nnl = 'M'\nen = 'M'\n{row}");
        let error = Measures::read("m.toml", &text, &Policy::builtin()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn a_wrong_file_is_not_repeated_in_the_error() {
        let text = "\n{\"id\":\"c1\",\"experience\":[{\"title\":\"kok\"}]}";
        let error = Measures::read("c.jsonl", text, &Policy::builtin()).unwrap_err().to_string();
        assert!(error.starts_with("`c.jsonl` is no table of measures: line 2: "), "{error}");
        assert!(!error.contains("c1") && !error.contains("kok"), "{error}");
    }

    #[test]
    fn what_is_wrong_is_said_with_row_and_key() {
        check("change = 'certificate'\ncertificate = 'vac'\n", "measure `m`, key `certificate`");
        check("change = 'line'\nfrom = ['Assen']\nto = []\n", "key `to`: expected a list");
        check("change = 'waiting'\nmonths = 6\n", "key `to_months`");
        check("change = 'permits'\n", "`requested` or `abolished`");
        check("change = 'language'\nlanguage = 'NL'\n", "key `language`");
        check("change = 'coach'\nkilometres = 4\n", "unknown field `kilometres`");
        check("change = 'wish'\n", "line 5: unknown variant `wish`");
        check(
            "change = 'coach'\n[[measure]]\nid = 'm'\nchange = 'coach'\nnl = ''\nen = ''\n",
            "stands twice",
        );
    }
}
