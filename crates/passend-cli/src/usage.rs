// SPDX-License-Identifier: EUPL-1.2
//! Wrong use of the program, said in Dutch where that is spoken: the parser of arguments only knows English.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// One line in Dutch, to stand before what the parser says; `None` where English is asked, or where it is no mistake.
pub(crate) fn in_dutch(
    error: &clap::Error,
    arguments: impl Iterator<Item = String>,
) -> Option<String> {
    if !error.use_stderr() || asks_english(arguments) {
        return None;
    }
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(all)) => Some(all.join(", ")),
        _ => None,
    };
    let named = |kind| word(kind).map(|word| format!(" `{word}`")).unwrap_or_default();
    let argument = named(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("de opdracht{} bestaat niet", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("het argument{argument} bestaat hier niet"),
        ErrorKind::MissingRequiredArgument => format!("er ontbreekt iets:{argument}"),
        ErrorKind::InvalidValue
        | ErrorKind::ValueValidation
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::TooFewValues
        | ErrorKind::TooManyValues => format!("bij{argument} past deze waarde niet"),
        ErrorKind::ArgumentConflict => {
            format!("{} en{argument} gaan niet samen", named(ContextKind::PriorArg).trim_start())
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "zeg wat het programma moet doen".to_owned()
        }
        _ => "deze opdracht klopt niet".to_owned(),
    };
    Some(format!("passend: {what}. Met `--help` achter de opdracht ziet u wat kan."))
}

fn asks_english(arguments: impl Iterator<Item = String>) -> bool {
    let mut english = false;
    let mut is_next = false;
    for argument in arguments.take_while(|argument| argument != "--") {
        let value = argument.strip_prefix("--lang=").or(is_next.then_some(argument.as_str()));
        if let Some(value) = value {
            let spoken = value.split(',').find(|code| ["nl", "en"].contains(code));
            english = spoken == Some("en");
        }
        is_next = argument == "--lang";
    }
    english
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Program;
    use clap::Parser;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        let words = || line.split(' ').map(str::to_owned);
        let error = Program::try_parse_from(words()).unwrap_err();
        let told = in_dutch(&error, words());
        match (told, expected) {
            (Some(told), Some(expected)) => assert!(told.contains(expected), "{told}"),
            (told, expected) => assert_eq!(told.as_deref(), expected),
        }
    }

    #[test]
    fn wrong_use_is_said_in_dutch_unless_english_is_asked() {
        check(
            "passend match c v --kandidaat x",
            Some("het argument `--kandidaat` bestaat hier niet"),
        );
        check("passend matchen", Some("de opdracht `matchen` bestaat niet"));
        check("passend match c", Some("er ontbreekt iets: `<VACANCIES>`"));
        check("passend match c v -k 0", Some("past deze waarde niet"));
        check("passend match c v --changes x", Some("er ontbreekt iets: `--since"));
        check("passend match c v -k 0 --lang en", None);
        check("passend match c v -k 0 --lang=de,en", None);
        check("passend --help", None);
    }
}
