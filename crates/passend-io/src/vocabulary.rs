// SPDX-License-Identifier: EUPL-1.2
//! A vocabulary out of the files that a user names: packs and tables of labels, recognised by content.

use std::borrow::Cow;
use std::collections::BTreeMap;

use passend::{ExtensionRow, LabelKind, RowUse, Vocabulary, VocabularyError};

use crate::table::{TableError, clean, text, unpacked};

/// A file with words: a pack, or a table of labels; either may be packed with gzip.
#[derive(Debug, Clone)]
pub struct VocabularyFile<'a> {
    /// What it is called in messages.
    pub name: &'a str,
    /// All of its bytes. Those of a pack that are given away become the vocabulary; those that are lent are copied.
    pub bytes: Cow<'a, [u8]>,
}

impl<'a> VocabularyFile<'a> {
    /// A file with all of its bytes, given away (`Vec<u8>`) or lent (`&[u8]`).
    pub fn new(name: &'a str, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Self { name, bytes: bytes.into() }
    }
}

/// What the vocabulary is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VocabularyUse {
    /// Matching people and work: the first pack is the base, else the starter vocabulary. Tables come on top: they add
    /// labels, take labels away (`x`), and bring occupations of the user's own where an id is new and has an ISCO-08 group.
    Matching,
    /// Linking texts: the first file says which ids there are; later ones add labels to them and nothing else.
    Linking,
}

/// A vocabulary, and the rows that did nothing in it.
#[derive(Debug, Clone)]
pub struct LoadedVocabulary {
    /// The vocabulary.
    pub vocabulary: Vocabulary,
    /// By file and reason.
    pub unused: Vec<UnusedRows>,
}

/// Rows of a table that did nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedRows {
    /// The file.
    pub file: String,
    /// Why.
    pub reason: RowUse,
    /// How many.
    pub count: usize,
    /// Line of the first, from 1.
    pub first_line: u64,
}

/// Why a vocabulary could not be made of the files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct VocabularyFileError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub problem: VocabularyProblem,
}

/// What is wrong with a file of words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VocabularyProblem {
    /// A place in a table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The pack.
    #[error(transparent)]
    Vocabulary(#[from] VocabularyError),
}

/// Makes a vocabulary of files; the starter vocabulary if there are none.
///
/// ```
/// use passend_io::{VocabularyFile, VocabularyUse, read_vocabulary};
/// let mine = VocabularyFile::new("mine.tsv", b"occupation/5120-cook\tpannenridder\ta\n");
/// let loaded = read_vocabulary([mine], VocabularyUse::Matching)?;
/// assert!(loaded.unused.is_empty());
/// # Ok::<(), passend_io::VocabularyFileError>(())
/// ```
///
/// # Errors
/// If a file is none of words: a damaged pack, or a table with a line of another form.
pub fn read_vocabulary<'a>(
    files: impl IntoIterator<Item = VocabularyFile<'a>>,
    purpose: VocabularyUse,
) -> Result<LoadedVocabulary, VocabularyFileError> {
    let mut contents = files.into_iter().map(Content::read).collect::<Result<Vec<_>, _>>()?;
    let first = match purpose {
        VocabularyUse::Matching => {
            contents.iter().position(|content| matches!(content.kind, Kind::Pack(_)))
        }
        VocabularyUse::Linking => (!contents.is_empty()).then_some(0),
    };
    let mut vocabulary = match first.map(|at| contents.remove(at)) {
        None => Vocabulary::starter(),
        Some(Content { kind: Kind::Pack(vocabulary), .. }) => *vocabulary,
        Some(Content { file, kind: Kind::Table(rows) }) => {
            let rows: Vec<_> = rows.iter().map(|(_, row)| row.borrowed()).collect();
            // A name without folders: the version must not depend on where the file lies.
            let name = file.rsplit(['/', '\\']).next().unwrap_or(&file);
            Vocabulary::of_labels(name, &rows).map_err(|error| VocabularyFileError {
                file: file.clone(),
                problem: error.into(),
            })?
        }
    };
    let mut unused = Vec::new();
    for Content { file, kind } in contents {
        match kind {
            Kind::Pack(other) => vocabulary = vocabulary.with_labels_of(&other),
            Kind::Table(rows) => {
                let borrowed: Vec<_> = rows.iter().map(|(_, row)| row.borrowed()).collect();
                let (extended, used) = match purpose {
                    VocabularyUse::Matching => vocabulary.extended(&borrowed),
                    VocabularyUse::Linking => vocabulary.relabelled(&borrowed),
                };
                vocabulary = extended;
                let mut counts: BTreeMap<RowUse, (usize, u64)> = BTreeMap::new();
                for ((line, _), reason) in rows.iter().zip(used) {
                    if reason != RowUse::Used {
                        counts.entry(reason).or_insert((0, *line)).0 += 1;
                    }
                }
                unused.extend(counts.into_iter().map(|(reason, (count, first_line))| UnusedRows {
                    file: file.clone(),
                    reason,
                    count,
                    first_line,
                }));
            }
        }
    }
    Ok(LoadedVocabulary { vocabulary, unused })
}

/// What a file holds.
struct Content {
    file: String,
    kind: Kind,
}

enum Kind {
    Pack(Box<Vocabulary>),
    /// Rows with their lines.
    Table(Vec<(u64, OwnRow)>),
}

struct OwnRow {
    id: String,
    label: String,
    kind: Option<LabelKind>,
    isco08: Option<String>,
}

impl OwnRow {
    fn borrowed(&self) -> ExtensionRow<'_> {
        ExtensionRow {
            id: &self.id,
            label: &self.label,
            kind: self.kind,
            isco08: self.isco08.as_deref(),
        }
    }
}

impl Content {
    fn read(file: VocabularyFile<'_>) -> Result<Self, VocabularyFileError> {
        let kind = Self::kind(file.bytes)
            .map_err(|problem| VocabularyFileError { file: file.name.to_owned(), problem })?;
        Ok(Self { file: file.name.to_owned(), kind })
    }

    fn kind(bytes: Cow<'_, [u8]>) -> Result<Kind, VocabularyProblem> {
        let bytes = match unpacked(&bytes)? {
            Cow::Owned(unpacked) => unpacked.into(),
            Cow::Borrowed(_) => bytes,
        };
        if Vocabulary::is_pack(&bytes) {
            return Ok(Kind::Pack(Box::new(Vocabulary::from_pack(bytes)?)));
        }
        Ok(Kind::Table(rows(text(&bytes)?)?))
    }
}

/// Rows of `id<TAB>label<TAB>p|a|x[<TAB>isco08]`. A header that begins with `id` and `label`, comments (`#`) and empty
/// lines are passed over.
fn rows(text: &str) -> Result<Vec<(u64, OwnRow)>, TableError> {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if number == 1 && matches!(cells.as_slice(), ["id", "label", ..]) {
            continue;
        }
        rows.push((number, row(&cells, number)?));
    }
    if rows.is_empty() {
        return Err(TableError::whole(
            "at least one line of an id, a label and `p`, `a` or `x`, with tabs between them",
        ));
    }
    Ok(rows)
}

fn row(cells: &[&str], line: u64) -> Result<OwnRow, TableError> {
    let (id, label, kind, isco08) = match cells {
        [id, label, kind] => (*id, *label, *kind, ""),
        [id, label, kind, isco08] => (*id, *label, *kind, *isco08),
        _ => {
            return Err(TableError::line(
                line,
                "an id, a label, `p`, `a` or `x`, and perhaps an ISCO-08 code, with tabs between them",
            ));
        }
    };
    let wrong = |column: &str, expected: &str| TableError {
        line: Some(line),
        column: Some(column.to_owned()),
        expected: expected.to_owned(),
    };
    let kind = match kind {
        "p" => Some(LabelKind::Preferred),
        "a" => Some(LabelKind::Alternative),
        "x" => None,
        _ => return Err(wrong("3", "`p` (name), `a` (other label) or `x` (take the label away)")),
    };
    let label = clean(label);
    if id.is_empty() {
        return Err(wrong("1", "an id"));
    }
    if label.is_empty() {
        return Err(wrong("2", "a label"));
    }
    let is_code = (1..=4).contains(&isco08.len()) && isco08.bytes().all(|b| b.is_ascii_digit());
    if !isco08.is_empty() && !is_code {
        return Err(wrong("4", "an ISCO-08 code of one to four digits"));
    }
    let isco08 = is_code.then(|| isco08.to_owned());
    Ok(OwnRow { id: id.to_owned(), label, kind, isco08 })
}

#[cfg(test)]
mod tests {
    use passend::{LinkKind, LinkStatus};

    use super::*;

    fn file<'a>(name: &'a str, bytes: &'a [u8]) -> VocabularyFile<'a> {
        VocabularyFile::new(name, bytes)
    }

    #[track_caller]
    fn fails(bytes: &[u8], expected: &str) {
        let error =
            read_vocabulary([file("x", bytes)], VocabularyUse::Matching).unwrap_err().to_string();
        assert_eq!(error, expected);
    }

    #[test]
    fn a_line_of_another_form_is_named() {
        fails(
            b"a\tb\tp\na\tb\n",
            "line 2: expected an id, a label, `p`, `a` or `x`, and perhaps an ISCO-08 code, with tabs between them",
        );
        fails(
            b"a\tb\tq\n",
            "line 1: column `3`: expected `p` (name), `a` (other label) or `x` (take the label away)",
        );
        fails(b"\tb\tp\n", "line 1: column `1`: expected an id");
        fails(b"a\t \tp\n", "line 1: column `2`: expected a label");
        fails(
            b"a\tb\tp\t51a\n",
            "line 1: column `4`: expected an ISCO-08 code of one to four digits",
        );
        fails(b"a\t\xFF\tp\n", "line 1: expected text in UTF-8; save the file as UTF-8");
        fails(
            b"",
            "expected at least one line of an id, a label and `p`, `a` or `x`, with tabs between them",
        );
        fails(b"\x89PASSEND", "the pack should have 28 bytes and has 8; copy or build it again");
    }

    #[test]
    fn a_table_comes_on_top_of_the_first_pack() {
        let pack = Vocabulary::starter().to_pack();
        let table = "\u{FEFF}id\tlabel\tkind\tisco08\r\noccupation/5120-cook\tpannenridder\ta\r\n# mine\r\n\r\noccupation/x\tniets\ta\r\n";
        for files in [
            vec![file("t.tsv", table.as_bytes())],
            vec![file("t.tsv", table.as_bytes()), file("s.pack", &pack)],
        ] {
            let loaded = read_vocabulary(files, VocabularyUse::Matching).unwrap();
            let link = loaded.vocabulary.link(LinkKind::Occupation, "pannenridder", 1);
            assert_eq!(link.status, LinkStatus::Linked);
            let unused = UnusedRows {
                file: "t.tsv".to_owned(),
                reason: RowUse::UnknownId,
                count: 1,
                first_line: 5,
            };
            assert_eq!(loaded.unused, [unused]);
        }
    }

    #[test]
    fn the_first_file_says_which_ids_answer() {
        let first = file("a.tsv", b"a1\tkok\tp\n");
        let later = file("b.tsv", b"a1\tcook\ta\nb2\tbaker\tp\t7512\n");
        let loaded = read_vocabulary([first, later], VocabularyUse::Linking).unwrap();
        let linked = |text| {
            let link = loaded.vocabulary.link(LinkKind::Occupation, text, 1);
            link.matches.first().map(|one| one.id.clone())
        };
        assert_eq!(linked("cook"), Some("a1".to_owned()));
        assert_eq!(linked("baker"), None);
        assert_eq!(loaded.unused[0].first_line, 2);
    }
}
