// SPDX-License-Identifier: EUPL-1.2
//! Pages for the people of `fixtures/archetypes`, read as who gets them reads them: in plain words, without codes.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeSet;
use std::path::Path;

use passend::{
    Candidate, Engine, Explanation, GapPlan, Lang, Market, PlanRequest, Reader, ReadinessClass,
    Vacancy,
};

/// Each person with a vacancy to be explained.
const PAIRS: [(&str, &str); 8] = [
    ("a1", "w1"),
    ("a2", "w2"),
    ("a3", "w3"),
    ("a4", "w5"),
    ("a5", "w7"),
    ("a6", "w9"),
    ("a7", "w12"),
    ("a8", "w13"),
];

/// English words that our texts use and Dutch does not.
const ENGLISH: [&str; 34] = [
    "the",
    "and",
    "with",
    "from",
    "you",
    "your",
    "person",
    "employer",
    "candidate",
    "caseworker",
    "work",
    "skills",
    "occupation",
    "education",
    "language",
    "travel",
    "wishes",
    "needed",
    "until",
    "usually",
    "unknown",
    "closed",
    "needs",
    "permit",
    "allowed",
    "days",
    "hours",
    "step",
    "steps",
    "not",
    "source",
    "rules",
    "vocabulary",
    "weights",
];

/// Words that judge a person.
const JUDGING: [&str; 8] = [
    "voldoet niet",
    "ongeschikt",
    "onvoldoende",
    "gebrek",
    "mislukt",
    "te laag",
    "afgewezen",
    "helaas",
];

/// The words of a line, without marks around them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || "()/;,\"“”".contains(c))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// A row of a table: capitals and digits, such as `WA02`.
fn is_rule_id(word: &str) -> bool {
    let capitals = word.chars().take_while(char::is_ascii_uppercase).count();
    capitals >= 2
        && word.len() == capitals + 2
        && word.chars().skip(capitals).all(|c| c.is_ascii_digit())
}

/// A name of the program: two words of small letters with a line or colon between them.
fn is_code(word: &str) -> bool {
    let small = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase());
    ["_", "::"].iter().any(|mark| word.split_once(mark).is_some_and(|(a, b)| small(a) && small(b)))
}

/// Whether a line is a citation: the row and where it can be looked up.
fn is_citation(line: &str) -> bool {
    ["Bron ", "Bron:"].iter().any(|lead| line.trim_start().starts_with(lead))
}

/// What nobody would say aloud to a person.
fn faults(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut cited = false;
    for line in page.lines() {
        // A citation goes on in lines that are set in as far as its own.
        cited = is_citation(line) || cited && line.starts_with("    ");
        let lower = line.to_lowercase();
        for word in words(line) {
            if is_code(word) {
                faults.push(format!("code `{word}`: {line}"));
            }
            // A reference for the caseworker stands between brackets, or in a citation.
            if is_rule_id(word) && !cited && !line.contains(&format!("({word})")) {
                faults.push(format!("rule id `{word}`: {line}"));
            }
            if ENGLISH.contains(&word.to_lowercase().as_str()) {
                faults.push(format!("English `{word}`: {line}"));
            }
        }
        for phrase in JUDGING.iter().filter(|phrase| lower.contains(*phrase)) {
            faults.push(format!("judges `{phrase}`: {line}"));
        }
        if line.contains('{') || line.contains('}') || line.contains("  .") || line.contains(": -")
        {
            faults.push(format!("not filled in: {line}"));
        }
    }
    faults
}

/// The text of a page, each block on a line.
fn text_of(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let mut text = String::new();
    let mut inside = true;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\n');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[track_caller]
fn check(name: &str, page: &str) {
    let faults: BTreeSet<String> = faults(page).into_iter().collect();
    assert!(faults.is_empty(), "{name}:\n{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The people, and the market of all of them and all vacancies.
fn market() -> (Vec<Candidate>, Market) {
    fn read<T: serde::de::DeserializeOwned>(name: &str) -> Vec<T> {
        let folder = Path::new(env!("PASSEND_FIXTURES")).join("archetypes");
        let lines = std::fs::read_to_string(folder.join(name)).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
    let people: Vec<Candidate> = read("candidates.jsonl");
    let vacancies: Vec<Vacancy> = read("vacancies.jsonl");
    let day = "2026-11-25".parse().unwrap();
    let market = Engine::default().market(&people, &vacancies, day).unwrap();
    (people, market)
}

/// Explains every pair.
fn explained(mut each: impl FnMut(&str, &Explanation)) {
    let (_, market) = market();
    for (person, vacancy) in PAIRS {
        each(&format!("{person} {vacancy}"), &market.explain(person, vacancy).unwrap());
    }
}

/// The plan of one person with its page.
fn planned(id: &str) -> (GapPlan, String) {
    let (people, market) = market();
    let person = people.iter().find(|one| one.id == id).unwrap();
    let plan = market.plan(person, &PlanRequest::default());
    let page = plan.text(Lang::Nl, &market);
    (plan, page)
}

#[test]
fn an_explanation_has_no_code_no_english_and_no_blame() {
    explained(|pair, why| {
        for reader in [Reader::Candidate, Reader::Caseworker, Reader::Employer] {
            let text = why.text(Lang::Nl, reader);
            check(&format!("{pair} {reader:?}"), &text);
            // One form of address for each reader: the person is `u`, of others it is told.
            let speaks = |own: &[&str]| words(&text).any(|word| own.contains(&word));
            assert!(!speaks(&["je", "jij", "jouw", "jullie"]), "{text}");
            let to_person = reader == Reader::Candidate;
            assert_eq!(speaks(&["u", "U", "uw", "Uw"]), to_person, "{reader:?}: {text}");
            let of_person = text.contains("kandidaat") || text.contains("de persoon");
            assert!(!(to_person && of_person), "{text}");
        }
    });
}

#[test]
fn the_page_of_a_browser_says_the_same() {
    explained(|pair, why| {
        for reader in [Reader::Candidate, Reader::Employer] {
            check(pair, &text_of(&why.html(Lang::Nl, reader)));
        }
    });
}

#[test]
fn a_plan_has_no_code_no_english_and_no_blame() {
    let (people, market) = market();
    for person in people {
        let id = &person.id;
        let text = market.plan(&person, &PlanRequest::default()).text(Lang::Nl, &market);
        check(id, &text);
        // A line can end within these words, but not before the first step.
        for after in text.split("stappen:").skip(1) {
            assert!(after.trim_start().starts_with("1."), "{id}: {text}");
        }
        // Every step has its owner.
        assert!(!text.contains("Wie: .") && !text.contains("Waar: ."), "{id}: {text}");
    }
}

#[test]
fn days_that_are_left_are_never_fewer_than_none() {
    let (_, market) = market();
    let text = market.explain("a4", "w5").unwrap().text(Lang::Nl, Reader::Candidate);
    assert!(text.contains("Tot wanneer: Dit geldt tot en met 4 maart 2027."), "{text}");
    assert!(text.contains("eerder dan het werk meestal kan beginnen"), "{text}");
}

#[test]
fn who_has_the_licence_is_told_of_the_certificate_alone() {
    // The driver has licence C: code 95 alone stands before the work, 105 days at the usual pace.
    let (plan, page) = planned("a4");
    let day = "2027-03-10".parse().unwrap();
    assert_eq!((plan.own_level[0].vacancy.as_str(), plan.own_level[0].date), ("w5", day));
    let stone = &plan.stepping_stones[0];
    assert_eq!((stone.date, stone.steps[0].id.as_str()), (day, "certificate:code95"));
    assert_eq!(stone.stones[0].vacancy, "w6");
    assert!(!page.contains("9 mei 2027"), "{page}");
    // An explanation says the same.
    let (_, market) = market();
    let why = market.explain("a4", "w5").unwrap();
    assert_eq!(why.line.readiness.date, Some(day));
    let text = why.text(Lang::Nl, Reader::Caseworker);
    assert!(text.contains("Haal code 95") && !text.contains("Haal bij het CBR"), "{text}");
}

#[test]
fn an_exam_in_no_language_of_the_person_asks_a_language_first() {
    let (_, market) = market();
    let text = |person: &str, work: &str, reader| {
        let text = market.explain(person, work).unwrap().text(Lang::Nl, reader);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let detour = "Leer daarom eerst de taal van het examen.";
    assert!(text("a6", "w9", Reader::Caseworker).contains(detour));
    assert!(text("a6", "w9", Reader::Candidate).contains("niet in uw eigen taal"));
    assert!(!text("a6", "w9", Reader::Employer).contains("eigen taal"));
    // English is a language of the exam; a forklift course has no list of languages.
    assert!(!text("a2", "w13", Reader::Caseworker).contains(detour));
    assert!(!text("a7", "w12", Reader::Caseworker).contains(detour));
}

#[test]
fn lessons_are_not_the_employers_to_move() {
    let (plan, _) = planned("a2");
    let step = plan.plans[0].steps.iter().find(|one| one.id == "agree_times").unwrap();
    assert_eq!(step.owner, "caseworker");
}

#[test]
fn an_answer_that_is_missing_is_no_step() {
    let (plan, _) = planned("a8");
    assert_eq!((plan.plans.len(), plan.stepping_stones.len()), (0, 0));
    assert_eq!(plan.own_level[0].class, ReadinessClass::Unknown);
}

#[test]
fn codes_are_found() {
    check_found("De regel WA02 geldt.", "rule id");
    check_found("Haal vca_basic.", "code");
    check_found("Nodig: a permit.", "English");
    check_found("De opleiding is onvoldoende.", "judges");
    check(
        "a reference",
        "Er is een nieuwe regel aangekondigd (WA03).\n    Bron WA02: UWV, pagina voor werkgevers",
    );
    check_found("    Bron WA02: UWV page for\n    the boss", "English");
}

#[track_caller]
fn check_found(page: &str, kind: &str) {
    let found = faults(page);
    assert!(found.len() == 1 && found[0].starts_with(kind), "{found:?}");
}
