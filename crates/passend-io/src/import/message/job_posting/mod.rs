// SPDX-License-Identifier: EUPL-1.2
//! `JobPosting` of schema.org: JSON-LD by itself, or in the script blocks of a saved page.
//!
//! Employers write it for search engines, so demands are mostly prose. Only what can be read in one way is; nothing says
//! what must be there and what is welcome.

mod html;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use self::html::{json_ld_blocks, words_of};
use super::keys::{at, day, object, put, put_list, says, text};
use super::loss::{LossReason, Losses};
use super::{ReadDrafts, fingerprint};
use crate::import::draft::Draft;
use crate::jsonl::{BYTE_ORDER_MARK, Fault, Place, known_content, offset};
use crate::{Code, Content, ReadError};

/// A page is at most this large.
const LARGEST: usize = 32 << 20;

/// The texts of a record are at most this long.
const LONGEST_TEXT: usize = 65_536;

/// Reads the vacancies of a file.
pub(super) fn read(bytes: &[u8]) -> Result<ReadDrafts, ReadError> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    known_content(bytes).map_err(ReadError::Content)?;
    if bytes.len() > LARGEST {
        return Err(ReadError::Content(Content::expected(Code::TooLarge, "most", "32 MB")));
    }
    let page =
        std::str::from_utf8(bytes).map_err(|_| ReadError::Content(Content::new(Code::NotUtf8)))?;
    let mut postings = Postings::default();
    if page.trim_start().starts_with('<') {
        for (begin, block) in json_ld_blocks(page) {
            let place = Place::start().after(bytes.get(..begin).unwrap_or_default());
            match serde_json::from_str::<Value>(&block) {
                Ok(value) => postings.collect(&value, place),
                Err(error) => postings.refuse(place, offset(&block, &error), &block),
            }
        }
    } else {
        let value = serde_json::from_str::<Value>(page)
            .map_err(|_| ReadError::Content(Content::new(Code::NotJsonFile)))?;
        postings.collect(&value, Place::start());
    }
    if postings.read.drafts.is_empty() {
        return Err(ReadError::Content(Content::new(Code::NoPosting)));
    }
    Ok(postings.read)
}

#[derive(Default)]
struct Postings {
    read: ReadDrafts,
}

impl Postings {
    fn refuse(&mut self, place: Place, at: usize, block: &str) {
        let at = place.after(block.as_bytes().get(..at).unwrap_or_default());
        // The line is that of the fault: a block may be as long as the page.
        let record = Err(Fault::new(Code::BrokenBlock));
        self.read.drafts.push(Draft { place: at, fault_at: Some(at), record });
    }

    /// Takes every posting in a block, however deep: alone, in a list, in `@graph`, in a list of results.
    fn collect(&mut self, block: &Value, place: Place) {
        let mut open = vec![block];
        let mut found = Vec::new();
        while let Some(value) = open.pop() {
            match value {
                Value::Object(_) if is_a(value, "JobPosting") => found.push(value),
                Value::Object(keys) => open.extend(keys.values().rev()),
                Value::Array(elements) => open.extend(elements.iter().rev()),
                _ => {}
            }
        }
        let graph = Graph::new(block);
        for posting in found {
            let record = Reader { posting, graph: &graph, losses: &mut self.read.losses }.record();
            self.read.drafts.push(Draft { place, fault_at: Some(place), record: Ok(record) });
        }
    }
}

/// Whether a thing is of a type, with or without `schema:` or the address before it.
fn is_a(value: &Value, name: &str) -> bool {
    let is = |text: &str| text.rsplit(['/', ':', '#']).next() == Some(name);
    match value.get("@type") {
        Some(Value::String(text)) => is(text),
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// The things of a block that others point to by `@id`.
struct Graph<'a>(std::collections::HashMap<&'a str, &'a Value>);

impl<'a> Graph<'a> {
    fn new(block: &'a Value) -> Self {
        let mut things = std::collections::HashMap::new();
        let mut open = vec![block];
        while let Some(value) = open.pop() {
            match value {
                Value::Object(keys) => {
                    // A thing that only points has nothing else to say.
                    if let Some(id) =
                        value.get("@id").and_then(Value::as_str).filter(|_| keys.len() > 1)
                    {
                        things.entry(id).or_insert(value);
                    }
                    open.extend(keys.values());
                }
                Value::Array(elements) => open.extend(elements),
                _ => {}
            }
        }
        Self(things)
    }

    /// What a value points to, or the value itself.
    fn follow(&self, value: &'a Value) -> &'a Value {
        let points = value.as_object().filter(|keys| keys.len() == 1);
        let id = points.and_then(|keys| keys.get("@id")).and_then(Value::as_str);
        id.and_then(|id| self.0.get(id)).copied().unwrap_or(value)
    }
}

/// One value or several: JSON-LD writes a list of one without its brackets.
fn each(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
    }
}

/// The words of a value: the text itself, or its name.
fn named(value: &Value) -> Option<&str> {
    let words = value.as_str().or_else(|| text(value, "name"));
    words.map(str::trim).filter(|words| says(words))
}

struct Reader<'a, 'b> {
    posting: &'a Value,
    graph: &'b Graph<'a>,
    losses: &'b mut Losses,
}

/// Keys that are read, or that say nothing of the work.
const KNOWN: &[&str] = &[
    "@context",
    "@type",
    "@id",
    "identifier",
    "title",
    "name",
    "description",
    "url",
    "hiringOrganization",
    "jobLocation",
    "jobLocationType",
    "occupationalCategory",
    "relevantOccupation",
    "totalJobOpenings",
    "datePosted",
    "validThrough",
    "jobStartDate",
    "jobImmediateStart",
    "workHours",
    "employmentType",
    "baseSalary",
    "salaryCurrency",
    "educationRequirements",
    "experienceRequirements",
    "skills",
    "qualifications",
    "physicalRequirement",
    "mainEntityOfPage",
    "sameAs",
    "image",
    "directApply",
];

impl<'a> Reader<'a, '_> {
    fn values(&self, key: &str) -> Vec<&'a Value> {
        each(self.posting.get(key)).iter().map(|value| self.graph.follow(value)).collect()
    }

    fn lose(&mut self, field: &str, reason: LossReason) {
        self.losses.add(field, reason);
    }

    /// A value, else a loss where the posting says something that was not understood.
    fn or_lose<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !each(self.posting.get(key)).is_empty() {
            self.lose(key, LossReason::NotUnderstood);
        }
        value
    }

    fn record(mut self) -> Map<String, Value> {
        let mut keys = Map::new();
        let all = &mut keys;
        put(all, "schema", Some("passend/vacancy/1"));
        put(all, "id", Some(self.id()));
        put(
            all,
            "title",
            text(self.posting, "title").or_else(|| text(self.posting, "name")).map(words_of),
        );
        let description = text(self.posting, "description").map(words_of);
        let short = description.as_ref().filter(|words| words.len() <= LONGEST_TEXT).cloned();
        if short.is_none() && description.is_some() {
            self.lose("description", LossReason::DoesNotFit);
        }
        put(all, "description", short);
        put(all, "url", text(self.posting, "url"));
        put(all, "source", Some("jobposting"));
        let employer = self.values("hiringOrganization").into_iter().find_map(named).map(words_of);
        put(all, "employer.name", employer);
        self.place(all);
        put_list(all, "occupation", self.occupations());
        let positions = self.posting.get("totalJobOpenings").and_then(number);
        let positions = positions.filter(|places| (1..=10_000).contains(places));
        put(all, "positions", self.or_lose("totalJobOpenings", positions));
        self.days(all);
        let hours = self.values("workHours").into_iter().find_map(|value| hours(value.as_str()?));
        if let Some((min, max)) = self.or_lose("workHours", hours) {
            put(all, "hours.min", Some(min));
            put(all, "hours.max", Some(max));
        }
        self.employment(all);
        let wage = self.wage();
        put(all, "wage", self.or_lose("baseSalary", wage));
        put(
            all,
            "physical",
            self.values("physicalRequirement").into_iter().find_map(named).map(words_of),
        );
        self.demands(all);
        let keys_of = self.posting.as_object().into_iter().flatten();
        let other: Vec<&String> =
            keys_of.map(|(key, _)| key).filter(|key| !KNOWN.contains(&key.as_str())).collect();
        for key in other {
            self.losses.add(&crate::detail::shown(key), LossReason::NoField);
        }
        keys
    }

    /// The identifier, else the address, else a fingerprint of the whole posting.
    fn id(&self) -> String {
        let of = |value: &'a Value| -> Option<String> {
            let value = value.get("value").unwrap_or(value);
            match value {
                Value::String(text) => Some(text.trim().to_owned()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }
        };
        let is_id = |id: &String| {
            !id.is_empty()
                && id.len() <= 200
                && !id.chars().any(|c| c.is_control() || c.is_whitespace())
        };
        let own = self.values("identifier").into_iter().find_map(of).filter(is_id);
        let address = || text(self.posting, "url").map(str::to_owned).filter(is_id);
        let node = || text(self.posting, "@id").map(str::to_owned).filter(is_id);
        own.or_else(address)
            .or_else(node)
            .unwrap_or_else(|| fingerprint("jp", self.posting.to_string().as_bytes()))
    }

    /// One workplace; several, or one abroad, cannot be held.
    fn place(&mut self, all: &mut Map<String, Value>) {
        let remote = self.values("jobLocationType").into_iter().filter_map(Value::as_str);
        let remote = remote.into_iter().any(|kind| kind.eq_ignore_ascii_case("TELECOMMUTE"));
        put(all, "location.remote", remote.then_some(true));
        let mut found = BTreeSet::new();
        for place in self.values("jobLocation") {
            let address = self.graph.follow(place.get("address").unwrap_or(place));
            let country = address.get("addressCountry").map(|country| self.graph.follow(country));
            let country = country.and_then(named).unwrap_or("NL").to_uppercase();
            if !matches!(
                country.as_str(),
                "NL" | "NLD" | "NEDERLAND" | "NETHERLANDS" | "THE NETHERLANDS"
            ) {
                self.losses.add("jobLocation.addressCountry", LossReason::DoesNotFit);
                return;
            }
            let code = text(address, "postalCode").and_then(postcode);
            let locality = text(address, "addressLocality").map(words_of).filter(|name| says(name));
            if code.is_none() && locality.is_none() {
                self.losses.add("jobLocation", LossReason::NotUnderstood);
            } else {
                found.insert((code, locality));
            }
        }
        if found.len() > 1 {
            self.losses.add("jobLocation", LossReason::DoesNotFit);
            return;
        }
        for (code, locality) in found {
            put(all, "location.postcode", code);
            put(all, "location.municipality", locality);
        }
    }

    /// Occupations by a code. A category in words ("Engineering") says less than the title, which is linked without it.
    fn occupations(&mut self) -> Vec<Value> {
        let mut values = self.values("occupationalCategory");
        for occupation in self.values("relevantOccupation") {
            values.extend(each(occupation.get("occupationalCategory")));
        }
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for value in values {
            match occupation(value) {
                Some(concept) if seen.insert(concept.to_string()) => found.push(concept),
                Some(_) => {}
                None => self.lose("occupationalCategory", LossReason::NotUnderstood),
            }
        }
        found
    }

    fn days(&mut self, all: &mut Map<String, Value>) {
        let of = |key: &str| {
            let begin = text(self.posting, key)?.get(..10)?;
            let value = json!({"day": begin});
            day(&value, "day").map(str::to_owned)
        };
        let (published, closes, starts) =
            (of("datePosted"), of("validThrough"), of("jobStartDate"));
        let wrong =
            published.as_ref().zip(closes.as_ref()).is_some_and(|(first, last)| first > last);
        let published = self.or_lose("datePosted", published);
        let closes = self.or_lose("validThrough", closes);
        let starts = self.or_lose("jobStartDate", starts);
        if wrong {
            self.lose("validThrough", LossReason::DoesNotFit);
        } else {
            put(all, "published", published);
            put(all, "closes", closes);
        }
        put(all, "starts", starts);
    }

    fn employment(&mut self, all: &mut Map<String, Value>) {
        let words = self.values("employmentType").into_iter().filter_map(Value::as_str);
        let words: Vec<String> =
            words.map(|word| word.to_uppercase().replace(['-', ' '], "_")).collect();
        for word in &words {
            match word.as_str() {
                "TEMPORARY" => put(all, "contract", Some("temporary")),
                "PER_DIEM" => put(all, "contract", Some("on_call")),
                "INTERN" => put(all, "kind", Some("internship")),
                "VOLUNTEER" => put(all, "kind", Some("voluntary")),
                // Hours say it better, and they are not in the word.
                _ => self.losses.add("employmentType", LossReason::NoField),
            }
        }
    }

    fn wage(&self) -> Option<Value> {
        let salary = self.values("baseSalary").into_iter().next()?;
        let value = self.graph.follow(salary.get("value").unwrap_or(salary));
        let amount = |key: &str| value.get(key).filter(|amount| is_amount(amount)).cloned();
        let (min, max) = if is_amount(value) {
            (Some(value.clone()), Some(value.clone()))
        } else {
            (
                amount("minValue").or_else(|| amount("value")),
                amount("maxValue").or_else(|| amount("value")),
            )
        };
        min.as_ref().or(max.as_ref())?;
        let unit = text(value, "unitText").or_else(|| text(salary, "unitText"))?;
        let unit = match unit.to_uppercase().as_str() {
            "HOUR" => "hour",
            "DAY" => "day",
            "WEEK" => "week",
            "MONTH" => "month",
            "YEAR" => "year",
            _ => return None,
        };
        let currency = text(salary, "currency").or_else(|| text(self.posting, "salaryCurrency"));
        Some(object([
            ("min", min),
            ("max", max),
            ("unit", Some(unit.into())),
            ("currency", currency.map(Value::from)),
        ]))
    }

    fn demands(&mut self, all: &mut Map<String, Value>) {
        let asked = |key: &'static str, value: Value| {
            object([(key, Some(value)), ("weight", Some("unspecified".into()))])
        };
        let (mut level, mut field) = (None, None);
        for value in self.values("educationRequirements") {
            match text(value, "credentialCategory").map(str::to_lowercase).as_deref() {
                Some("associate degree") => level = Some("ad"),
                Some("bachelor degree") => level = Some("hbo_bachelor"),
                Some("postgraduate degree") => level = Some("hbo_master"),
                Some(words) if says(words) => field = Some(words.to_owned()),
                _ => field = named(value).map(words_of).or(field),
            }
        }
        put(all, "require.education_level", level.map(|level| asked("level", level.into())));
        // The engine reads a level and a field out of short words; prose is not read.
        match field.filter(|words| words.chars().count() <= 120) {
            Some(words) => put(all, "require.education_field", Some(asked("label", words.into()))),
            None if level.is_none() && !self.values("educationRequirements").is_empty() => {
                self.lose("educationRequirements", LossReason::NotUnderstood);
            }
            None => {}
        }
        let months = self.values("experienceRequirements").into_iter();
        let months =
            months.filter_map(|value| value.get("monthsOfExperience").and_then(number)).max();
        let years = months.map(|months| months / 12).filter(|years| (1..=50).contains(years));
        let years = self.or_lose("experienceRequirements", years);
        put(all, "require.years", years.map(|years| asked("min", years.into())));
        put_list(all, "require.skills", self.skills());
        let mut certificates = Vec::new();
        for value in self.values("qualifications") {
            let credential = is_a(value, "EducationalOccupationalCredential");
            match named(value).filter(|_| credential).map(words_of) {
                Some(name) => certificates.push(asked("name", name.into())),
                None => self.lose("qualifications", LossReason::FreeText),
            }
        }
        put_list(all, "require.certificates", certificates);
    }

    /// Skills by name or code; a text is a list of them when its parts are short.
    fn skills(&mut self) -> Vec<Value> {
        const MOST: usize = 64;
        const LONGEST: usize = 60;
        let mut found: Vec<Value> = Vec::new();
        for value in self.values("skills") {
            let code = text(value, "termCode").or_else(|| text(value, "@id"));
            let esco = code.filter(|code| code.contains("data.europa.eu/esco/skill/"));
            if let Some(code) = esco {
                found.push(object([
                    ("scheme", Some("esco".into())),
                    ("code", Some(code.into())),
                    ("label", named(value).map(Value::from)),
                    ("weight", Some("unspecified".into())),
                ]));
                continue;
            }
            let words = named(value).map(words_of).unwrap_or_default();
            let parts: Vec<&str> = words
                .split([',', ';', '\n', '•'])
                .map(str::trim)
                .filter(|part| says(part))
                .collect();
            if parts.is_empty() || parts.iter().any(|part| part.chars().count() > LONGEST) {
                self.lose("skills", LossReason::FreeText);
                continue;
            }
            found.extend(parts.iter().map(|part| json!({"label": part, "weight": "unspecified"})));
        }
        let mut seen = BTreeSet::new();
        found.retain(|skill| seen.insert(skill.to_string()));
        for _ in found.iter().skip(MOST) {
            self.losses.add("skills", LossReason::DoesNotFit);
        }
        found.truncate(MOST);
        found
    }
}

/// A whole number, also when it is written as a text.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// An amount of money that the record can hold.
fn is_amount(value: &Value) -> bool {
    value.as_f64().is_some_and(|amount| (0.0..=40_000_000.0).contains(&amount))
}

/// A Dutch postcode without spaces.
pub(super) fn postcode(text: &str) -> Option<String> {
    let code: String = text.split_whitespace().collect::<String>().to_uppercase();
    let (digits, letters) = code.split_at_checked(4)?;
    let good = digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
        && (letters.is_empty()
            || (letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_alphabetic())));
    good.then_some(code)
}

/// An occupation by a code of a classification that is named or can be told from its form.
fn occupation(value: &Value) -> Option<Value> {
    let code = value.as_str().or_else(|| text(value, "codeValue"))?.trim();
    let set = at(value, "inCodeSet").and_then(named).unwrap_or_default().to_lowercase();
    if code.contains("data.europa.eu/esco/occupation/") {
        return Some(json!({"scheme": "esco", "code": code}));
    }
    let soc: String = code.chars().take(10).collect();
    let is_soc = soc.len() == 10
        && soc.char_indices().all(|(at, c)| match at {
            2 => c == '-',
            7 => c == '.',
            _ => c.is_ascii_digit(),
        });
    if is_soc {
        return Some(json!({"scheme": "onet", "code": soc}));
    }
    let is_group = code.len() <= 4 && !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
    (is_group && set.contains("isco")).then(|| json!({"scheme": "isco08", "code": code}))
}

/// Hours a week out of `32 uur`, `24-32 uur per week`, `40 hours per week`.
fn hours(text: &str) -> Option<(u64, u64)> {
    let small = text.to_lowercase();
    let is_unclear = small.contains([':', ',', '.']) || text.len() > 60;
    if is_unclear || !(small.contains("uur") || small.contains("hour")) {
        return None;
    }
    let numbers: Vec<u64> = small
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let fits = |hours: &u64| (1..=80).contains(hours);
    match numbers.as_slice() {
        [hours] if fits(hours) => Some((*hours, *hours)),
        [min, max] if fits(min) && fits(max) && min <= max => Some((*min, *max)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_where_they_are_certain() {
        for (text, expected) in [
            ("32 uur", Some((32, 32))),
            ("24-32 uur per week", Some((24, 32))),
            ("24 tot 32 uur", Some((24, 32))),
            ("09:00 - 17:00 uur", None),
            ("fulltime", None),
            ("36,50 uur", None),
        ] {
            assert_eq!(hours(text), expected, "{text}");
        }
    }

    #[test]
    fn an_occupation_is_known_by_a_code_and_not_by_a_word() {
        assert_eq!(
            occupation(&json!("47-2231.00 Solar Photovoltaic Installers")),
            Some(json!({"scheme": "onet", "code": "47-2231.00"}))
        );
        assert_eq!(
            occupation(&json!({"codeValue": "5120", "inCodeSet": "ISCO-08"})),
            Some(json!({"scheme": "isco08", "code": "5120"}))
        );
        assert_eq!(occupation(&json!("Engineering")), None);
        assert_eq!(occupation(&json!("5120")), None);
    }
}
