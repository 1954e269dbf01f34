// SPDX-License-Identifier: EUPL-1.2
//! What a study says of each measure is what a plain recount says: records of a synthetic region are changed as the measure
//! says, and every pair is scored again by the plain scorer, which knows no index.
//!
//! `PASSEND_MEASURES=2000x400` recounts so many people and vacancies.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use passend::{
    Candidate, Day, Engine, FindingKind, LeverageRequest, Market, MatchLine, Measures, Policy,
    ReadinessClass, Request, Scorer, Span, Vacancy, Watch, When,
};
use passend_synth::{REFERENCE_DAY, Regime, Settings};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Records as JSON: what a user could write.
struct Region {
    people: Vec<Value>,
    work: Vec<Value>,
}

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);

static REGION: LazyLock<Region> = LazyLock::new(|| {
    let size = std::env::var("PASSEND_MEASURES").unwrap_or_else(|_| "150x14".to_owned());
    let (people, work) = size.split_once('x').unwrap();
    let (candidates, vacancies) = (people.parse().unwrap(), work.parse().unwrap());
    let settings =
        Settings { candidates, vacancies, seed: 3, regime: Regime::Azc, ..Settings::default() };
    let vocabulary = ENGINE.vocabulary();
    let people = passend_synth::candidates(&settings, vocabulary);
    let work = passend_synth::vacancies(&settings, vocabulary);
    let mut region = Region {
        people: people.map(|one| serde_json::to_value(one).unwrap()).collect(),
        work: work.map(|one| serde_json::to_value(one).unwrap()).collect(),
    };
    // So that each measure has somebody to gain in a market as small as this.
    let vca = json!({"certificates": [{"code": "vca_basic", "weight": "must"}]});
    let asked = [
        vca.clone(),
        json!({"languages": [{"code": "nl", "min": "B1", "weight": "must", "skill": "speaking"}]}),
        vca,
        json!({"education_level": {"level": "mbo3", "weight": "must"}}),
    ];
    for (work, asked) in region.work.iter_mut().zip(asked.iter().cycle()).take(10) {
        work["require"] = asked.clone();
    }
    // Voluntary work and traineeships ask another paper than a TWV, which the recount of permits does not know.
    for work in &mut region.work {
        work["kind"] = json!("paid");
    }
    // A limit in minutes that is whole kilometres by every way.
    for one in &mut region.people {
        if let Some(minutes) = one["mobility"]["max_minutes"].as_u64() {
            one["mobility"]["max_minutes"] = json!(minutes.next_multiple_of(20));
        }
    }
    region
});

fn market(engine: &Engine, region: &Region) -> Market {
    let people: Vec<Candidate> = records(&region.people);
    let work: Vec<Vacancy> = records(&region.work);
    engine.market(&people, &work, REFERENCE_DAY).unwrap()
}

fn records<T: DeserializeOwned>(region: &[Value]) -> Vec<T> {
    region.iter().map(|one| serde_json::from_value(one.clone()).unwrap()).collect()
}

/// The least score of a vacancy that counts: any, and a good one.
const SCORES: [u16; 2] = [1, 2_500];

/// For each score and each person with such work open within a year the first day of it. With `requested` a TWV that is all
/// a pair needs is only waited for.
fn first_days(engine: &Engine, region: &Region, requested: bool) -> [BTreeMap<String, Day>; 2] {
    let market = market(engine, region);
    let request = Request {
        k: region.work.len(),
        when: When::By(REFERENCE_DAY.plus_months(12)),
        scorer: Scorer::Plain,
        ..Request::default()
    };
    let ranking = market.rank(&request, &Watch::new()).unwrap();
    let mut first = [BTreeMap::new(), BTreeMap::new()];
    for line in ranking.lines(&market) {
        let is_open = match line.readiness.class {
            ReadinessClass::Now | ReadinessClass::On => true,
            ReadinessClass::After => requested && asks_only_a_permit(&line),
            ReadinessClass::Unknown | ReadinessClass::Closed => false,
        };
        let day = line.readiness.date.filter(|_| is_open);
        for (least, first) in SCORES.iter().zip(&mut first) {
            if let (Some(day), true) = (day, line.score >= *least) {
                let own = first.entry(line.candidate.clone()).or_insert(day);
                *own = day.min(*own);
            }
        }
    }
    first
}

/// Whether all that must be done is to request a TWV: pay to raise or hours to lower would be named before it. A document to
/// renew is told with the TWV, and is a step of its own; the steps of what is not known are no need.
fn asks_only_a_permit(line: &MatchLine) -> bool {
    let mut needs =
        line.findings.iter().flatten().filter(|finding| finding.finding == FindingKind::Needs);
    needs.all(|finding| matches!(finding.step.as_deref(), Some("twv" | "twv_agency")))
        && line.readiness.steps.iter().flatten().all(|step| step.id != "renew_document")
}

static WITHOUT: LazyLock<[BTreeMap<String, Day>; 2]> =
    LazyLock::new(|| first_days(&ENGINE, &REGION, false));

/// What the study says of each measure and span, by score.
static STUDIED: LazyLock<[BTreeMap<String, [u32; 4]>; 2]> = LazyLock::new(|| {
    let measures = Measures::builtin(ENGINE.policy());
    let market = market(&ENGINE, &REGION);
    SCORES.map(|score| {
        let request = LeverageRequest { score, ..LeverageRequest::default() };
        let found = market.leverage(&measures, &request, &Watch::new()).unwrap();
        let mut gained: BTreeMap<String, [u32; 4]> = BTreeMap::new();
        for line in found.lines {
            let at = Span::ALL.iter().position(|span| *span == line.horizon).unwrap();
            gained.entry(line.measure).or_default()[at] = line.people;
        }
        gained
    })
});

/// How the recount supposes permits and law to be.
#[derive(Clone, Copy)]
enum Law {
    AsItIs,
    Requested,
    Overlaid(&'static str),
}

#[track_caller]
fn check(measure: &str, law: Law, person: impl Fn(&mut Value), work: impl Fn(&mut Value)) {
    let mut region = Region { people: REGION.people.clone(), work: REGION.work.clone() };
    region.people.iter_mut().for_each(person);
    region.work.iter_mut().for_each(work);
    let with = match law {
        Law::AsItIs => first_days(&ENGINE, &region, false),
        Law::Requested => first_days(&ENGINE, &region, true),
        Law::Overlaid(file) => {
            let policy = Policy::with_files(&[("overlaid.toml", file)], false).unwrap();
            let engine = Engine::new(policy, ENGINE.vocabulary().clone());
            first_days(&engine, &region, false)
        }
    };
    for ((with, without), studied) in with.iter().zip(&*WITHOUT).zip(&*STUDIED) {
        let recounted = [0, 3, 6, 12].map(|months| {
            let last = REFERENCE_DAY.plus_months(months);
            let is_open =
                |first: &BTreeMap<String, Day>, id| first.get(id).is_some_and(|day| *day <= last);
            let gained = with.keys().filter(|id| is_open(with, *id) && !is_open(without, *id));
            u32::try_from(gained.count()).unwrap()
        });
        assert_eq!(studied[measure], recounted, "{measure}");
    }
}

fn nothing(_: &mut Value) {}

#[test]
fn every_measure_but_the_wait_alone_gains_somebody() {
    let gained = |measure: &str| STUDIED.iter().any(|studied| studied[measure][3] > 0);
    let idle = STUDIED[0].keys().filter(|measure| !gained(measure));
    // With a shorter wait a TWV stays a step.
    assert_eq!(idle.collect::<Vec<_>>(), ["wait_three_months"], "{:?}", *STUDIED);
}

/// From a day on, where that is later than the person's own.
fn from(one: &mut Value, day: Day) {
    let own = one["available"]["from"].as_str().map(|own| own.parse::<Day>().unwrap());
    let day = own.map_or(day, |own| own.max(day));
    if one["available"].is_null() {
        one["available"] = json!({});
    }
    one["available"]["from"] = json!(day);
}

fn after(days: u16) -> Day {
    REFERENCE_DAY.plus_days(i32::from(days))
}

const LEVELS: [&str; 7] = ["A0", "A1", "A2", "B1", "B2", "C1", "C2"];
const SKILLS: [&str; 5] = ["level", "listening", "reading", "speaking", "writing"];

fn rank(level: &str) -> usize {
    LEVELS.iter().position(|own| level == *own).unwrap()
}

/// The ends of a level: one, or the least and the most that it can be.
fn ends(level: &mut Value) -> Vec<&mut Value> {
    match level {
        Value::String(_) => vec![level],
        Value::Object(ends) => ends.values_mut().collect(),
        _ => Vec::new(),
    }
}

#[test]
fn dutch_one_level_up_gains_what_records_one_level_up_gain() {
    /// Usual days to each level from the one below, as `language_levels.toml` has them.
    const DAYS: [u16; 7] = [0, 140, 140, 140, 140, 280, 280];
    let up = |one: &mut Value| {
        let Some(languages) = one["languages"].as_array_mut() else { return };
        if languages.iter().all(|own| own["code"] != "nl") {
            languages.push(json!({"code": "nl", "level": "A0"}));
        }
        let own = languages.iter_mut().find(|own| own["code"] == "nl").unwrap();
        let mut longest = 0;
        for skill in SKILLS {
            let Some(level) = own.get_mut(skill) else { continue };
            let ends = ends(level);
            let least = ends.iter().map(|end| rank(end.as_str().unwrap())).min();
            longest = least
                .and_then(|least| DAYS.get(least + 1))
                .map_or(longest, |days| longest.max(*days));
            for end in ends {
                *end = json!(LEVELS[(rank(end.as_str().unwrap()) + 1).min(6)]);
            }
        }
        if longest > 0 {
            from(one, after(longest));
        }
    };
    check("dutch_one_level", Law::AsItIs, up, nothing);
}

fn holds_vca(one: &Value) -> bool {
    // What is planned for later is not held on the day.
    let held = one["certificates"].as_array().unwrap();
    held.iter().any(|own| {
        own["code"].as_str().is_some_and(|code| code.starts_with("vca")) && own["planned"].is_null()
    })
}

fn with_vca(one: &mut Value) {
    if one["certificates"].is_array() && !holds_vca(one) {
        let day = after(26);
        one["certificates"]
            .as_array_mut()
            .unwrap()
            .push(json!({"code": "vca_basic", "planned": day}));
    }
}

#[test]
fn a_certificate_gains_what_records_with_it_gain() {
    check("vca_basic", Law::AsItIs, with_vca, nothing);
}

#[test]
fn an_exam_in_more_languages_gains_what_it_gains_those_who_read_none() {
    /// The languages of the exam, whether on request or not.
    const EXAM: &str =
        "nl ar de en bg cs da el es et fi fr hr hu it lt lv mt no pl pt ro ru sk sl sv tr";
    let reads = |one: &Value| {
        let own = one["languages"].as_array().unwrap();
        own.iter().any(|own| {
            let mut level = own.get("reading").or(own.get("level")).cloned().unwrap_or_default();
            let most = ends(&mut level).iter().map(|end| rank(end.as_str().unwrap())).max();
            EXAM.split(' ').any(|exam| own["code"] == exam) && most.is_none_or(|most| most >= 2)
        })
    };
    let with = |one: &mut Value| {
        if one["languages"].is_array() && !reads(one) {
            with_vca(one);
        }
    };
    check("vca_more_languages", Law::AsItIs, with, nothing);
}

#[test]
fn evaluated_diplomas_gain_what_records_with_an_evaluation_gain() {
    let evaluated = |one: &mut Value| {
        let mut any = false;
        for course in one["education"].as_array_mut().into_iter().flatten() {
            let outcome = course["evaluation"]["outcome_code"].as_str();
            let is_claim = matches!(outcome, None | Some("self_declared" | "in_progress"));
            let is_finished = course["diploma"] != false
                && !matches!(course["status"].as_str(), Some("unfinished" | "current"));
            if is_claim && is_finished && !course["level"].is_null() {
                let level = course["level"].clone();
                course["evaluation"] =
                    json!({"outcome_code": "full_evaluation", "dutch_level": level});
                any = true;
            }
        }
        if any {
            from(one, after(42));
        }
    };
    check("diploma_evaluated", Law::AsItIs, evaluated, nothing);
}

#[test]
fn permits_that_are_requested_gain_what_willing_employers_gain() {
    let willing = |work: &mut Value| work["twv"] = json!({"employer_will_apply": "yes"});
    check("twv_requested", Law::Requested, nothing, willing);
}

#[test]
fn permits_that_nobody_needs_gain_what_a_free_right_to_work_gains_after_the_wait() {
    let free = |one: &mut Value| {
        let residence = &one["residence"];
        let waits = residence["status"] == "asylum_seeker_in_procedure";
        let document = !residence["document_valid_until"].is_null()
            && (residence["document_kind"].is_null() || residence["document_kind"] == "w_document");
        let started =
            residence["procedure_started"].as_str().map(|day| day.parse::<Day>().unwrap());
        if let (true, true, Some(started)) = (waits, document, started) {
            let first = started.plus_months(6);
            let turns_18_on = residence["turns_18_on"].clone();
            one["residence"] = json!({"status": "free"});
            if !turns_18_on.is_null() {
                one["residence"]["turns_18_on"] = turns_18_on;
            }
            if first > REFERENCE_DAY {
                from(one, first);
            }
        }
    };
    check("twv_abolished", Law::AsItIs, free, nothing);
}

#[test]
fn a_shorter_wait_gains_what_a_policy_with_it_gains() {
    let sooner = "[[rule]]\nid = 'WA02'\nwait_months = 3\n[[rule]]\nid = 'WA03'\nwait_months = 3\n";
    check("wait_three_months", Law::Overlaid(sooner), nothing, nothing);
}

fn minutes(time: &Value) -> u16 {
    let (hours, minutes) = time.as_str().unwrap().split_once(':').unwrap();
    hours.parse::<u16>().unwrap() * 60 + minutes.parse::<u16>().unwrap()
}

fn slot(day: &str, from: u16, minutes: u16) -> Value {
    let time = |at: u16| format!("{:02}:{:02}", at / 60, at % 60);
    json!({"day": day, "from": time(from), "to": time(from + minutes), "kind": "class"})
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The lessons at other times: by day how many minutes there are, to slots.
fn other_lessons(one: &mut Value, moved: impl Fn(&[(&str, u16)]) -> Vec<Value>) {
    let Some(slots) = one["slots"].as_array().cloned() else { return };
    let is_class = |slot: &Value| slot["kind"] == "class";
    // Lessons that overlap take their time once.
    let of_day = |day: &str| -> u16 {
        let own = slots.iter().filter(|slot| is_class(slot) && slot["day"] == day);
        let mut own: Vec<(u16, u16)> =
            own.map(|slot| (minutes(&slot["from"]), minutes(&slot["to"]))).collect();
        own.sort_unstable();
        let (mut sum, mut end) = (0, 0);
        for (from, to) in own {
            sum += to.saturating_sub(from.max(end));
            end = end.max(to);
        }
        sum
    };
    let by_day: Vec<(&str, u16)> =
        DAYS.iter().map(|day| (*day, of_day(day))).filter(|(_, minutes)| *minutes > 0).collect();
    if by_day.is_empty() {
        return;
    }
    let mut then = moved(&by_day);
    // A day that stays as it is is told by no slot of its own.
    let keeps = |slot: &&Value| {
        !is_class(slot) || then.iter().any(|own| own["day"] == slot["day"] && own["stays"] == true)
    };
    let kept: Vec<Value> = slots.iter().filter(keeps).cloned().collect();
    then.retain(|slot| slot["stays"] != true);
    then.extend(kept);
    let sorted = |slots: &[Value]| {
        let mut told: Vec<String> = slots.iter().map(Value::to_string).collect();
        told.sort();
        told
    };
    if sorted(&then) != sorted(&slots) {
        one["slots"] = Value::Array(then);
        from(one, after(7));
    }
}

#[test]
fn lessons_in_the_evening_gain_what_slots_in_the_evening_gain() {
    let evening = |one: &mut Value| {
        other_lessons(one, |days| {
            let moved = days.iter().map(|(day, minutes)| match minutes {
                0..=240 => slot(day, 1110, *minutes),
                _ => json!({"day": day, "stays": true}),
            });
            moved.collect()
        });
    };
    check("lessons_evening", Law::AsItIs, evening, nothing);
}

#[test]
fn lessons_on_few_days_gain_what_slots_on_few_days_gain() {
    let few = |one: &mut Value| {
        other_lessons(one, |days| {
            let mut left: u16 = days.iter().map(|(_, minutes)| minutes).sum();
            let mut days = days.to_vec();
            days.sort_by_key(|(_, minutes)| std::cmp::Reverse(*minutes)); // stable: the earlier day first
            let mut full = Vec::new();
            for (day, _) in days {
                let own = left.min(480);
                left -= own;
                if own > 0 {
                    full.push(slot(day, 540, own));
                }
            }
            full
        });
    };
    check("lessons_one_day", Law::AsItIs, few, nothing);
}

#[test]
fn fifteen_kilometres_more_gain_what_a_longer_limit_gains() {
    // A limit in minutes counts as metres by the fastest way of those that the person has: the shorter limit is what holds.
    let speed = |way: &Value| match way.as_str().unwrap() {
        "public_transport" => 400,
        "bike" => 250,
        "car" => 750,
        other => panic!("{other}"),
    };
    let farther = |one: &mut Value| {
        let own = &mut one["mobility"];
        let ways = own["modes"].as_array().map(|ways| ways.iter().map(speed).max().unwrap());
        let by_time = own["max_minutes"].as_u64().map(|minutes| minutes * ways.unwrap());
        let by_way = own["max_km"].as_u64().map(|km| km * 1000);
        let Some(metres) = by_time.into_iter().chain(by_way).min() else { return };
        // Whole kilometres are what a record can say.
        assert_eq!(metres % 1000, 0);
        own["max_km"] = json!(metres / 1000 + 15);
        own.as_object_mut().unwrap().remove("max_minutes");
    };
    check("travel_15_km", Law::AsItIs, farther, nothing);
}

#[test]
fn english_accepted_gains_what_vacancies_that_accept_it_gain() {
    let accepts = |work: &mut Value| {
        for asked in work["require"]["languages"].as_array_mut().into_iter().flatten() {
            let or = asked["or"].as_array().cloned().unwrap_or_default();
            let dutch = or.iter().find(|own| own["code"] == "nl").map(|own| own["min"].clone());
            let level = if asked["code"] == "nl" { Some(asked["min"].clone()) } else { dutch };
            if let Some(level) = level {
                asked["or"] = or.into_iter().chain([json!({"code": "en", "min": level})]).collect();
            }
        }
    };
    check("english_accepted", Law::AsItIs, nothing, accepts);
}

#[test]
fn a_coach_on_the_floor_gains_what_vacancies_with_support_gain() {
    let supported = |work: &mut Value| work["language_support"] = json!(true);
    check("coach_on_floor", Law::AsItIs, nothing, supported);
}
