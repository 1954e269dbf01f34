// SPDX-License-Identifier: EUPL-1.2
//! A registration as one HTML page, to be read and completed before it is sent in.

use std::fmt::Write;

use super::RegisterEntry;
use crate::explain::{STYLE, escaped};
use crate::text::{Args, Lang, Say};

impl RegisterEntry {
    /// The registration as a whole HTML page, without script.
    pub fn html(&self, lang: Lang) -> String {
        let code = match lang {
            Lang::Nl => "nl",
            Lang::En => "en",
        };
        let say = |say: Say| escaped(say.plain().get(lang));
        let title = say(Say("register_title"));
        let args = Args::default().value("standard", self.standard).text("day", self.as_of);
        let about = escaped(Say("register_about").with(&args).get(lang));
        let mut page = format!(
            "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{about}</p>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
            say(Say("register_column_field")),
            say(Say("register_column_value")),
            say(Say("register_column_what")),
        );
        for field in &self.fields {
            let required = match field.required {
                true => format!(" ({})", say(Say("register_required"))),
                false => String::new(),
            };
            let _ = writeln!(
                page,
                "<tr><th scope=\"row\">{}{required}<br><span class=\"source\">{}</span></th><td>{}</td><td>{}</td></tr>",
                escaped(field.title),
                field.field,
                escaped(field.value.as_deref().unwrap_or("…")),
                escaped(field.what.get(lang)),
            );
        }
        page.push_str("</tbody>\n</table>\n</main>\n</body>\n</html>\n");
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    fn registration(lang: Lang) -> RegisterEntry {
        let fields = ["skills", "languages", "location.municipality"];
        RegisterEntry::new(&Engine::default(), "2026-11-25".parse().unwrap(), &fields, lang)
    }

    #[test]
    fn what_the_library_knows_fits_the_register() {
        for field in registration(Lang::Nl).fields {
            let length = field.value.as_ref().map_or(0, |value| value.chars().count());
            let most = field.max_length.map_or(usize::MAX, usize::from);
            assert!(length <= most, "{}: {length} of {most}", field.field);
            assert!(!field.value.unwrap_or_default().contains('{'), "{}", field.field);
        }
    }

    #[test]
    fn only_what_the_organisation_knows_is_empty() {
        for field in registration(Lang::Nl).fields {
            let is_theirs = field.filled_by == crate::register::FilledBy::Organisation;
            assert_eq!(field.value.is_none(), is_theirs, "{}", field.field);
        }
    }

    #[test]
    fn the_page_shows_every_field() {
        let registration = registration(Lang::En);
        let page = registration.html(Lang::En);
        assert_eq!(page.matches("<tr><th scope=\"row\">").count(), registration.fields.len());
        assert!(page.contains("To be filled in by the organisation") && !page.contains("<script"));
    }
}
