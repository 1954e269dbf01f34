// SPDX-License-Identifier: EUPL-1.2
//! What fills the names in the texts of a code. Never a value of the record.

use passend::Text;

use crate::Code;

/// What one use of a code adds to its texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Detail(Vec<(&'static str, Text)>);

impl Detail {
    /// Fills in a text.
    pub(crate) fn text(mut self, name: &'static str, text: Text) -> Self {
        self.0.push((name, text));
        self
    }

    /// Fills in a name or number that is the same in both languages.
    pub(crate) fn same(self, name: &'static str, text: impl std::fmt::Display) -> Self {
        self.text(name, Text::same(text))
    }

    /// Fills in a key, and the key that was perhaps meant.
    pub(crate) fn key(self, key: &str, meant: Option<&str>) -> Self {
        let meant = meant.map_or_else(Text::default, |meant| Text {
            nl: format!(" Bedoel je `{meant}`?"),
            en: format!(" Did you mean `{meant}`?"),
        });
        self.same("key", key).text("meant", meant)
    }

    /// What was expected.
    pub(crate) fn rule(&self, code: Code) -> String {
        self.fill(Text::same(code.rule())).en
    }

    /// What to do.
    pub(crate) fn hint(&self, code: Code) -> Text {
        self.fill(code.hint())
    }

    fn fill(&self, mut text: Text) -> Text {
        for (name, value) in &self.0 {
            let name = format!("{{{name}}}");
            text = Text {
                nl: text.nl.replace(&name, &value.nl),
                en: text.en.replace(&name, &value.en),
            };
        }
        text
    }
}

/// A key as it may be shown: at most 64 characters, none of them a control character.
pub(crate) fn shown(key: &str) -> String {
    let mut shown: String = key.chars().filter(|c| !c.is_control()).take(64).collect();
    if key.chars().count() > 64 {
        shown.push('…');
    }
    shown
}
