// SPDX-License-Identifier: EUPL-1.2
//! Promises to users, on random people and vacancies.
#![cfg(test)] // so that the lints take helpers for tests too

use std::sync::LazyLock;

use passend::{
    By, Candidate, Cefr, Day, Engine, Evaluation, EvaluationOutcome, Explanation, FindingKind,
    Gate, LevelRange, Market, MatchLine, Request, Residence, Route, Scorer, Skill, Vacancy, Watch,
    When,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);

const TITLES: [&str; 12] = [
    "kok",
    "afwasser",
    "lasser",
    "monteur",
    "verpleegkundige",
    "helpende zorg en welzijn",
    "vrachtwagenchauffeur",
    "magazijnmedewerker",
    "timmerman",
    "softwareontwikkelaar",
    "onbekend beroep",
    "schoonmaker",
];
const SKILLS: [&str; 10] = [
    "koken",
    "lassen",
    "schoonmaken",
    "heftruck rijden",
    "samenwerken",
    "orders verzamelen",
    "programmeren",
    "timmeren",
    "onbekende vaardigheid",
    "klanten helpen",
];
const PLACES: [&str; 5] = ["Groningen", "Assen", "Emmen", "Leeuwarden", "Maastricht"];
const LEVELS: [&str; 6] = ["none", "primary", "vmbo_kb", "mbo2", "mbo4", "hbo_bachelor"];
const DAYS: [&str; 4] = ["2026-11-27", "2026-12-20", "2027-01-15", "2027-06-01"];
const CEFR: [&str; 6] = ["A0", "A1", "A2", "B1", "B2", "C1"];
const STATUSES: [&str; 7] = [
    "asylum_seeker_in_procedure",
    "status_holder_fixed_term",
    "ukraine_temporary_protection",
    "free",
    "return_decision",
    "family_regular",
    "unknown",
];

fn as_of() -> Day {
    "2026-11-25".parse().unwrap()
}

/// A field that is there or not.
fn maybe(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<Value>> {
    proptest::option::of(value).boxed()
}

fn object(
    fields: Vec<(&'static str, BoxedStrategy<Option<Value>>)>,
) -> impl Strategy<Value = Value> {
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    values.prop_map(move |values| {
        let fields =
            names.iter().zip(values).filter_map(|(name, value)| Some((name.to_string(), value?)));
        Value::Object(fields.collect())
    })
}

fn list(
    items: impl Strategy<Value = Value> + 'static,
    most: usize,
) -> impl Strategy<Value = Value> {
    proptest::collection::vec(items, 0..=most).prop_map(Value::Array)
}

fn labels(count: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(SKILLS.to_vec(), 0..=count)
}

fn hours() -> impl Strategy<Value = Value> {
    (0u32..30, 0u32..20).prop_map(|(min, more)| json!({"min": min, "max": min + more + 1}))
}

fn slots(kind: bool) -> impl Strategy<Value = Value> {
    let slot = (select(vec!["mon", "tue", "fri"]), 6u32..20, 1u32..5).prop_map(move |(day, from, length)| {
        let mut slot = json!({"day": day, "from": format!("{from:02}:00"), "to": format!("{:02}:30", from + length - 1)});
        if kind {
            slot["kind"] = json!("class");
        }
        slot
    });
    list(slot, 3)
}

fn candidate() -> impl Strategy<Value = Candidate> {
    let permits = select(vec![
        json!([]),
        json!([{"kind": "twv", "employer_id": "e1", "hours": {"max": 24}}]),
        json!([{"kind": "twv", "employer_id": "pool", "hirers": ["e2"], "from": "2026-12-20"}]),
    ]);
    let residence = (select(STATUSES.to_vec()), 2024i32..2027, 1u32..13, permits).prop_map(|(status, year, month, permits)| {
        json!({"status": status, "procedure_started": format!("{year}-{month:02}-15"), "document_valid_until": "2027-06-30", "permits": permits})
    });
    let education = (select(LEVELS.to_vec()), any::<bool>()).prop_map(|(level, evaluated)| {
        let outcome = if evaluated { "full_evaluation" } else { "self_declared" };
        json!({"level": level, "evaluation": {"outcome_code": outcome}})
    });
    let experience =
        (select(TITLES.to_vec()), proptest::option::of(0u32..120)).prop_map(|(title, months)| {
            match months {
                Some(months) => json!({"title": title, "months": months}),
                None => json!({"title": title}),
            }
        });
    let languages = (select(CEFR.to_vec()), select(CEFR.to_vec()))
        .prop_map(|(nl, en)| json!([{"code": "nl", "level": nl}, {"code": "en", "level": en}]));
    object(vec![
        ("residence", maybe(residence)),
        ("bsn_available", maybe(any::<bool>().prop_map(Value::from))),
        (
            "location",
            maybe(select(PLACES.to_vec()).prop_map(|place| json!({"municipality": place}))),
        ),
        ("mobility", maybe((5u32..80).prop_map(|km| json!({"max_km": km})))),
        ("hours", maybe(hours())),
        ("slots", maybe(slots(true))),
        ("languages", maybe(languages)),
        ("education", maybe(list(education, 2))),
        ("experience", maybe(list(experience, 3))),
        (
            "skills",
            maybe(labels(6).prop_map(|names| {
                names.into_iter().map(|name| json!({"label": name})).collect::<Value>()
            })),
        ),
        (
            "certificates",
            maybe(select(vec![
                json!([]),
                json!([{"code": "vca_basic"}]),
                json!([{"code": "vca_basic", "planned": "2027-02-01"}]),
            ])),
        ),
        (
            "relocation",
            maybe((select(DAYS.to_vec()), select(PLACES.to_vec()), any::<bool>()).prop_map(
                |(day, place, certain)| {
                    json!({"expected_on": day, "municipality": place, "certain": certain})
                },
            )),
        ),
        (
            "available",
            maybe(select(DAYS.to_vec()).prop_map(|day| json!({"from": day})).boxed()
                .prop_union(select(DAYS.to_vec()).prop_map(|day| json!({"until": day})).boxed())),
        ),
        (
            "contract_wishes",
            maybe(select(vec![json!(["volunteer"]), json!(["regular", "volunteer"])])),
        ),
        ("irregular_ok", maybe(any::<bool>().prop_map(Value::from))),
        ("registrations", maybe(Just(json!([])))),
        ("licences", maybe(Just(json!([])))),
        (
            "wishes",
            maybe(
                (select(TITLES.to_vec()), select(TITLES.to_vec()), 0usize..6).prop_map(
                    |(title, other, kind)| match kind {
                        0 => json!({"occupations": [{"label": title}]}),
                        1 => json!({"occupations": [{"label": title}], "sectors": ["I"]}),
                        2 => json!({"sectors": ["C"], "hours": {"min": 16, "max": 24}}),
                        3 => json!({"avoid": [{"label": other}]}),
                        4 => json!({"avoid": [{"scheme": "sbi", "code": "I"}]}),
                        _ => json!({
                            "occupations": [{"label": title}],
                            "sectors": ["I"],
                            "hours": {"min": 32, "max": 40},
                            "avoid": [{"label": other}],
                        }),
                    },
                ),
            ),
        ),
    ])
    .prop_map(|mut record| {
        record["id"] = json!("c");
        serde_json::from_value(record).unwrap()
    })
}

fn vacancy() -> impl Strategy<Value = Vacancy> {
    let weight = || select(vec!["must", "nice", "unspecified"]);
    let require =
        object(vec![
            (
                "education_level",
                maybe(
                    (select(LEVELS.to_vec()), weight())
                        .prop_map(|(level, weight)| json!({"level": level, "weight": weight})),
                ),
            ),
            (
                "languages",
                maybe((select(CEFR.to_vec()), weight()).prop_map(
                    |(min, weight)| json!([{"code": "nl", "min": min, "weight": weight}]),
                )),
            ),
            (
                "skills",
                maybe((labels(6), weight()).prop_map(|(names, weight)| {
                    names
                        .into_iter()
                        .map(|name| json!({"label": name, "weight": weight}))
                        .collect::<Value>()
                })),
            ),
            (
                "certificates",
                maybe(weight().prop_map(|weight| json!([{"code": "vca_basic", "weight": weight}]))),
            ),
        ]);
    object(vec![
        ("title", maybe(select(TITLES.to_vec()).prop_map(Value::from))),
        (
            "location",
            maybe(
                (select(PLACES.to_vec()), any::<bool>())
                    .prop_map(|(place, remote)| json!({"municipality": place, "remote": remote})),
            ),
        ),
        ("hours", maybe(hours())),
        ("slots", maybe(slots(false))),
        ("starts", maybe(select(vec!["2026-12-01", "2027-02-01"]).prop_map(Value::from))),
        ("ends", maybe(select(DAYS.to_vec()).prop_map(Value::from))),
        ("closes", maybe(select(vec!["2026-11-20", "2026-12-24"]).prop_map(Value::from))),
        ("kind", maybe(select(vec!["paid", "internship", "voluntary"]).prop_map(Value::from))),
        (
            "employer",
            maybe(
                (select(vec!["e1", "e2"]), select(vec!["I56", "C", "Q"]))
                    .prop_map(|(id, sbi)| json!({"id": id, "sbi": sbi})),
            ),
        ),
        ("pool", maybe(any::<bool>().prop_map(|holds| json!({"agency_holds_twv": holds})))),
        ("pays_market_wage", maybe(any::<bool>().prop_map(Value::from))),
        ("language_support", maybe(any::<bool>().prop_map(Value::from))),
        (
            "twv",
            maybe(
                select(vec!["yes", "no", "unknown"])
                    .prop_map(|stance| json!({"employer_will_apply": stance})),
            ),
        ),
        ("require", maybe(require)),
    ])
    .prop_map(|mut record| {
        record["id"] = json!("v");
        serde_json::from_value(record).unwrap()
    })
}

fn people(most: usize) -> impl Strategy<Value = Vec<Candidate>> {
    proptest::collection::vec(candidate(), 1..=most).prop_map(|list| {
        list.into_iter()
            .enumerate()
            .map(|(at, one)| Candidate { id: format!("c{at}"), ..one })
            .collect()
    })
}

fn work(most: usize) -> impl Strategy<Value = Vec<Vacancy>> {
    proptest::collection::vec(vacancy(), 1..=most).prop_map(|list| {
        list.into_iter()
            .enumerate()
            .map(|(at, one)| Vacancy { id: format!("v{at}"), ..one })
            .collect()
    })
}

fn market(candidates: &[Candidate], vacancies: &[Vacancy]) -> Market {
    ENGINE.market(candidates, vacancies, as_of()).unwrap()
}

fn explain(candidate: &Candidate, vacancy: &Vacancy) -> Explanation {
    market(std::slice::from_ref(candidate), std::slice::from_ref(vacancy))
        .explain(&candidate.id, &vacancy.id)
        .unwrap()
}

fn lines(market: &Market, request: &Request) -> Vec<MatchLine> {
    market.rank(request, &Watch::new()).unwrap().lines(market).collect()
}

/// What is written of a ranking: the lines and the people, as JSON.
fn written(market: &Market, request: &Request) -> String {
    let ranking = market.rank(request, &Watch::new()).unwrap();
    let lines = ranking.lines(market).map(|line| serde_json::to_string(&line).unwrap());
    let people = ranking.people(market).map(|line| serde_json::to_string(&line).unwrap());
    lines.chain(people).collect::<Vec<_>>().join("\n")
}

const ALL: Request = Request {
    k: 5,
    by: By::Both,
    when: When::Any,
    sure: false,
    detail: passend::Detail::Full,
    people: true,
    scorer: Scorer::Index,
    threads: 1,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn contributions_sum_to_the_score(candidate in candidate(), vacancy in vacancy()) {
        let line = explain(&candidate, &vacancy).line;
        let parts = line.contributions;
        let parts = [parts.skills, parts.occupation, parts.education, parts.language, parts.travel, parts.wishes];
        prop_assert_eq!(parts.into_iter().flatten().sum::<u16>(), line.score);
        prop_assert!(line.score <= line.score_max && line.score_max <= 10_000);
    }

    #[test]
    fn threads_and_order_of_input_change_nothing(people in people(6), work in work(12), turn in 0usize..12) {
        let one = written(&market(&people, &work), &ALL);
        let (mut other_people, mut other_work) = (people, work);
        other_people.reverse();
        let turn = turn % other_work.len();
        other_work.rotate_left(turn);
        let other = market(&other_people, &other_work);
        for threads in [1, 2, 7] {
            prop_assert_eq!(&one, &written(&other, &Request { threads, ..ALL }));
        }
    }

    #[test]
    fn the_index_gives_what_the_plain_scorer_gives(
        people in people(9),
        work in work(12),
        k in select(vec![0, 1, 3, 100]),
        when in select(vec![When::Now, When::By(as_of().plus_days(2)), When::By(as_of().plus_days(5)), When::By(as_of().plus_days(40)), When::Horizon, When::Any]),
        by in select(vec![By::Candidate, By::Vacancy, By::Both]),
        sure in any::<bool>(),
        threads in 1usize..5,
    ) {
        let market = market(&people, &work);
        let request = Request { k, by, when, sure, threads, people: true, ..ALL };
        let plain = Request { scorer: Scorer::Plain, ..request };
        prop_assert_eq!(written(&market, &request), written(&market, &plain));
        let later = |request: &Request| market.rank(request, &Watch::new()).unwrap().later();
        prop_assert_eq!(later(&request), later(&plain));
    }

    #[test]
    fn one_more_skill_never_lowers_the_score(candidate in candidate(), vacancy in vacancy(), label in select(SKILLS.to_vec())) {
        let mut more = candidate.clone();
        more.skills.get_or_insert_default().push(Skill { label: Some(label.to_owned()), ..Skill::default() });
        prop_assert!(explain(&more, &vacancy).line.score >= explain(&candidate, &vacancy).line.score);
    }

    #[test]
    fn a_higher_level_never_lowers_the_score(candidate in candidate(), vacancy in vacancy(), level in select(Cefr::ALL.to_vec())) {
        let mut more = candidate.clone();
        for language in more.languages.iter_mut().flatten() {
            let known = language.level.and_then(|range| range.min).unwrap_or(Cefr::A0);
            language.level = Some(LevelRange::exactly(known.max(level)));
        }
        let (before, after) = (explain(&candidate, &vacancy).line, explain(&more, &vacancy).line);
        prop_assert!(after.score >= before.score);
        // And it never closes a gate, nor makes it open later.
        let language = |line: &MatchLine| {
            line.findings.iter().flatten().filter(|finding| finding.gate == Gate::Language).map(|finding| (finding.finding, finding.date)).collect::<Vec<_>>()
        };
        for ((was, by), (is, since)) in language(&before).into_iter().zip(language(&after)) {
            prop_assert!(is != FindingKind::Closed && since <= by, "{was:?} {is:?}");
        }
    }

    #[test]
    fn an_evaluation_that_confirms_the_claim_never_lowers_the_score(candidate in candidate(), vacancy in vacancy()) {
        let mut more = candidate.clone();
        for education in more.education.iter_mut().flatten() {
            let dutch_level = education.level.and_then(|range| range.min);
            education.evaluation = Some(Evaluation { outcome_code: EvaluationOutcome::FullEvaluation, dutch_level, field: None, date: None });
        }
        let (before, after) = (explain(&candidate, &vacancy).line, explain(&more, &vacancy).line);
        prop_assert!(after.score >= before.score);
        prop_assert!(after.readiness.class <= before.readiness.class && after.readiness.date <= before.readiness.date);
    }

    #[test]
    fn residence_age_and_route_never_change_a_score(candidate in candidate(), other in candidate(), vacancy in vacancy()) {
        let mut changed = candidate.clone();
        changed.residence = Some(Residence { reception: Some(true), ..other.residence.unwrap_or_default() });
        changed.turns_18_on = Some("2027-05-05".parse().unwrap());
        changed.bsn_available = Some(false);
        changed.integration = Some(passend::Integration { route: Some(Route::Z), ..passend::Integration::default() });
        let (before, after) = (explain(&candidate, &vacancy).line, explain(&changed, &vacancy).line);
        prop_assert_eq!((before.score, before.score_max, before.contributions), (after.score, after.score_max, after.contributions));
    }

    #[test]
    fn another_vacancy_changes_no_other_score(person in candidate(), work in work(8), extra in vacancy()) {
        let request = Request { k: 100, by: By::Candidate, ..ALL };
        let before = lines(&market(std::slice::from_ref(&person), &work), &request);
        let mut more = work;
        more.push(Vacancy { id: "extra".to_owned(), ..extra });
        let after = lines(&market(std::slice::from_ref(&person), &more), &request);
        let kept: Vec<_> = after.into_iter().filter(|line| line.vacancy != "extra").map(|line| (line.vacancy, line.score, line.findings)).collect();
        prop_assert_eq!(before.into_iter().map(|line| (line.vacancy, line.score, line.findings)).collect::<Vec<_>>(), kept);
    }

    #[test]
    fn a_list_is_the_best_of_all_pairs_in_order(people in people(3), work in work(12), k in 1usize..6) {
        let market = market(&people, &work);
        let request = Request { k: 100, by: By::Candidate, when: When::Horizon, ..ALL };
        let all = lines(&market, &request);
        let short = lines(&market, &Request { k, ..request });
        for person in &people {
            let own = |lines: &[MatchLine]| lines.iter().filter(|line| line.candidate == person.id).cloned().collect::<Vec<_>>();
            let (all, short) = (own(&all), own(&short));
            prop_assert!(all.windows(2).all(|pair| pair[0].score >= pair[1].score && pair[0].rank + 1 == pair[1].rank));
            let cut = all.get(k - 1).or(all.last()).map(|line| line.score);
            let ties = all.iter().filter(|line| Some(line.score) == cut).count();
            prop_assert_eq!(short.len(), all.len().min(k));
            for (line, same) in short.iter().zip(&all) {
                prop_assert_eq!((&line.vacancy, line.score, line.rank), (&same.vacancy, same.score, same.rank));
                prop_assert_eq!(usize::try_from(line.tie_group).unwrap(), ties);
                // The list and the explanation are one routine.
                let why = market.explain(&line.candidate, &line.vacancy).unwrap().line;
                prop_assert_eq!((why.score, why.score_max, &why.readiness, &why.flags), (line.score, line.score_max, &line.readiness, &line.flags));
                prop_assert!(line.score > 0 && line.readiness.date <= Some(as_of().plus_days(91)));
            }
        }
    }

    #[test]
    fn every_vacancy_is_counted_for_every_person(people in people(4), work in work(8)) {
        let market = market(&people, &work);
        let ranking = market.rank(&ALL, &Watch::new()).unwrap();
        let counted: Vec<_> = ranking.people(&market).map(|one| one.now + one.later + one.unknown + one.closed).collect();
        prop_assert_eq!(counted, vec![u32::try_from(work.len()).unwrap(); people.len()]);
    }

    #[test]
    fn pages_say_everything_in_both_languages(candidate in candidate(), vacancy in vacancy()) {
        let why = explain(&candidate, &vacancy);
        for row in &why.rows {
            for text in [&row.text.nl, &row.text.en] {
                prop_assert!(!text.contains(['{', '}']), "{}: {text}", row.key);
                prop_assert!(!["afgewezen", "ongeschikt", "rejected", "unsuitable"].iter().any(|word| text.to_lowercase().contains(word)), "{text}");
            }
        }
        prop_assert_eq!(why.line.findings.as_ref().map_or(0, |findings| Gate::ALL.iter().filter(|gate| findings.iter().any(|one| one.gate == **gate)).count()), 13);
    }
}
