// SPDX-License-Identifier: EUPL-1.2
//! Plans as people ask for them: cases of the domain, programmes, stepping stones; and that no better plan was missed.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeSet;

use passend::{
    Aim, Candidate, Engine, GapPlan, Lang, Market, Plan, PlanRequest, Policy, Programme, Request,
    Vacancy, Watch, When,
};

fn market(vacancies: &[&str], as_of: &str) -> Market {
    let work: Vec<Vacancy> =
        vacancies.iter().map(|one| serde_json::from_str(one).unwrap()).collect();
    Engine::default().market(&[], &work, as_of.parse().unwrap()).unwrap()
}

fn person(fields: &str) -> Candidate {
    serde_json::from_str(&format!(r#"{{"id":"c","bsn_available":true,{fields}}}"#)).unwrap()
}

/// A plan in short: `DAY: STEP STEP > VACANCY VACANCY`.
fn short(plan: &Plan) -> String {
    let steps: Vec<_> = plan.steps.iter().map(|step| step.id.as_str()).collect();
    format!("{}: {} > {}", plan.by, steps.join(" "), plan.opens.join(" "))
}

#[track_caller]
fn check(
    person: &Candidate,
    vacancies: &[&str],
    request: &PlanRequest,
    expected: &[&str],
) -> GapPlan {
    let plan = market(vacancies, "2025-06-01").plan(person, request);
    assert_eq!(plan.plans.iter().map(short).collect::<Vec<_>>(), expected);
    plan
}

const HOLDER: &str = r#""residence":{"status":"status_holder_fixed_term","document_valid_until":"2029-11-30","document_kind":"residence_permit"}"#;

// Case E15: a nurse with a foreign diploma, evaluated, Dutch B1.
const NURSE: &str = r#""residence":{"status":"status_holder_fixed_term","document_valid_until":"2029-11-30"},"languages":[{"code":"nl","level":"B1"}],"education":[{"level":"hbo_bachelor","field":{"code":"0913"},"evaluation":{"outcome_code":"full_evaluation","dutch_level":"hbo_bachelor"}}],"experience":[{"title":"verpleegkundige","months":84}],"registrations":[],"certificates":[],"slots":[]"#;
const HOSPITAL: [&str; 2] = [
    r#"{"id":"v1","title":"verpleegkundige","require":{"registration":{"register":"big","profession":"verpleegkundige"}}}"#,
    r#"{"id":"v2","title":"assistent-verpleegkundige"}"#,
];

#[test]
fn a_nurse_without_registration_works_as_an_assistant_meanwhile() {
    // RP01: 180 to 550 days, usually 365.
    let plan = check(
        &person(NURSE),
        &HOSPITAL,
        &PlanRequest::default(),
        &["2026-06-01: profession:nurse > v1"],
    );
    let first = &plan.plans[0];
    assert_eq!(
        [first.earliest, first.latest].map(|day| day.to_string()),
        ["2025-11-28", "2026-12-03"]
    );
    let stone = &plan.stepping_stones[0];
    assert_eq!(
        (stone.occupation.as_str(), stone.aim, stone.rule.as_deref()),
        ("occupation/2221-nurse", Aim::Former, Some("RP01"))
    );
    assert_eq!(stone.date.to_string(), "2026-06-01");
    let stones: Vec<_> = stone.stones.iter().map(|one| (one.vacancy.as_str(), one.named)).collect();
    assert_eq!(stones, [("v2", true)]);
    // The work at the own level is listed first, the assistant's work is below it.
    assert_eq!(plan.own_level.iter().map(|one| one.vacancy.as_str()).collect::<Vec<_>>(), ["v1"]);
    assert_eq!(plan.own_level[0].steps[0].id, "profession:nurse");
}

#[test]
fn a_registered_nurse_needs_no_stepping_stone() {
    let registered = NURSE.replace(
        r#""registrations":[]"#,
        r#""registrations":[{"register":"big","profession":"nurse"}]"#,
    );
    let plan = check(&person(&registered), &HOSPITAL, &PlanRequest::default(), &[]);
    assert_eq!(plan.stepping_stones, []);
}

#[test]
fn a_nurse_with_less_dutch_learns_it_before_the_registration() {
    let less = NURSE.replace("B1", "A2");
    // One level, 140 days, then 365.
    let plan = check(
        &person(&less),
        &HOSPITAL,
        &PlanRequest::default(),
        &["2026-10-19: language:nl:B1 profession:nurse > v1"],
    );
    assert_eq!(plan.plans[0].steps[1].needs, ["language:nl:B1"]);
}

// Case E17: the VCA exam is not held in Somali.
const SITE: [&str; 2] = [
    r#"{"id":"v1","title":"grondwerker","require":{"certificates":[{"code":"vca_basic","weight":"must"}]}}"#,
    r#"{"id":"v2","title":"medewerker prefab"}"#,
];

#[track_caller]
fn vca(languages: &str, expected: &str) -> GapPlan {
    let fields = format!(
        r#"{HOLDER},"languages":[{languages}],"certificates":[],"experience":[],"wishes":{{"occupations":[{{"label":"grondwerker"}}]}}"#
    );
    check(&person(&fields), &SITE, &PlanRequest::default(), &[expected])
}

#[test]
fn who_reads_no_language_of_the_vca_exam_learns_one_first() {
    // A level of Dutch takes 140 days, the course and exam 26.
    let plan = vca(
        r#"{"code":"so","level":"C2"},{"code":"nl","level":"A1"}"#,
        "2025-11-14: language:nl:A2 certificate:vca_basic > v1",
    );
    let steps = &plan.plans[0].steps;
    assert_eq!(steps[1].needs, ["language:nl:A2"]);
    assert_eq!(steps[1].start, steps[0].ready);
    let hours = steps[0].lesson_hours.unwrap();
    assert_eq!((hours.fast, hours.usual, hours.low_literate), (120, 240, Some(600)));
    assert!(steps[1].text.nl.contains("niet in de eigen taal"), "{}", steps[1].text.nl);
}

#[test]
fn the_exam_is_taken_in_a_language_that_is_there() {
    let direct = "2025-06-27: certificate:vca_basic > v1";
    vca(r#"{"code":"ar","level":"C2"},{"code":"nl","level":"A0"}"#, direct);
    vca(r#"{"code":"so","level":"C2"},{"code":"nl","level":"A2"}"#, direct);
    // English is nearer than Dutch.
    vca(
        r#"{"code":"ti","level":"C2"},{"code":"en","level":"A1"}"#,
        "2025-11-14: language:en:A2 certificate:vca_basic > v1",
    );
}

#[test]
fn a_site_rule_has_stepping_stones_too() {
    let plan = vca(
        r#"{"code":"so","level":"C2"},{"code":"nl","level":"A1"}"#,
        "2025-11-14: language:nl:A2 certificate:vca_basic > v1",
    );
    let stone = &plan.stepping_stones[0];
    assert_eq!((stone.aim, stone.rule.as_deref()), (Aim::Wished, Some("RP32")));
    assert_eq!(stone.stones[0].vacancy, "v2");
}

#[test]
fn steps_run_side_by_side_and_each_choice_is_a_plan() {
    let fields = format!(
        r#"{HOLDER},"languages":[{{"code":"nl","level":"A1"}}],"certificates":[],"experience":[{{"title":"heftruckchauffeur"}}]"#
    );
    let asks = |id: &str, more: &str| {
        format!(r#"{{"id":"{id}","title":"heftruckchauffeur","require":{{{more}}}}}"#)
    };
    let forklift = r#""certificates":[{"code":"forklift","weight":"must"}]"#;
    let dutch = r#""languages":[{"code":"nl","min":"A2","weight":"must"}]"#;
    let work =
        [asks("v1", forklift), asks("v2", dutch), asks("v3", &format!("{forklift},{dutch}"))];
    let work: Vec<_> = work.iter().map(String::as_str).collect();
    let plans = check(
        &person(&fields),
        &work,
        &PlanRequest::default(),
        &[
            "2025-06-09: certificate:forklift > v1",
            "2025-10-19: certificate:forklift language:nl:A2 > v3 v2 v1",
            "2025-10-19: language:nl:A2 > v2", // fewer vacancies, less guidance
        ],
    );
    assert_eq!(plans.plans[1].steps[1].start, plans.as_of);
    let one = PlanRequest { max_steps: 1, ..PlanRequest::default() };
    let plans = market(&work, "2025-06-01").plan(&person(&fields), &one).plans;
    assert!(plans.iter().all(|plan| plan.steps.len() == 1));
}

#[test]
fn a_permit_is_promised_where_the_employer_has_said_to_apply() {
    let seeker = |until: &str| {
        person(&format!(
            r#""residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"{until}"}},"experience":[{{"title":"kok"}}],"languages":[{{"code":"nl","level":"A1"}}]"#
        ))
    };
    let stance = |id: &str, employer: &str, answer: &str| {
        format!(
            r#"{{"id":"{id}","title":"kok","employer":{{"id":"{employer}"}},"twv":{{"employer_will_apply":"{answer}"}}}}"#
        )
    };
    let work = [stance("v1", "e1", "yes"), stance("v2", "e2", "unknown"), stance("v3", "e3", "no")];
    let work: Vec<_> = work.iter().map(String::as_str).collect();
    // Six months after 15 January, then 35 days.
    let plan =
        check(&seeker("2027-12-31"), &work, &PlanRequest::default(), &["2025-08-19: twv > v1"]);
    let permit = &plan.plans[0].then.residence.as_ref().unwrap().permits.as_ref().unwrap()[0];
    assert_eq!(permit.employer_id.as_deref(), Some("e1"));
    assert_eq!(permit.until.unwrap().to_string(), "2027-12-31"); // no longer than the document
    assert_eq!(plan.plans[0].steps[0].start.to_string(), "2025-07-15");
    // A document that ends first is renewed first: 42 days, and 35 from 15 July.
    check(
        &seeker("2025-07-31"),
        &work,
        &PlanRequest::default(),
        &["2025-08-19: renew_document twv > v1"],
    );
}

#[test]
fn a_document_that_ends_on_the_way_is_renewed() {
    let fields = r#""residence":{"status":"status_holder_fixed_term","document_valid_until":"2025-09-30"},"languages":[{"code":"nl","level":"A1"}],"experience":[{"title":"kok"}]"#;
    let work = [
        r#"{"id":"v1","title":"kok","require":{"languages":[{"code":"nl","min":"A2","weight":"must"}]}}"#,
    ];
    check(
        &person(fields),
        &work,
        &PlanRequest::default(),
        &["2025-10-19: renew_document language:nl:A2 > v1"],
    );
}

#[test]
fn lessons_that_can_be_moved_make_room() {
    let week = |movable: bool| {
        person(&format!(
            r#"{HOLDER},"experience":[{{"title":"kok"}}],"slots":[{{"day":"mon","from":"09:00","to":"12:00","kind":"class","movable":{movable}}}]"#
        ))
    };
    let work = [r#"{"id":"v1","title":"kok","slots":[{"day":"mon","from":"08:00","to":"16:00"}]}"#];
    check(&week(true), &work, &PlanRequest::default(), &["2025-06-08: agree_times > v1"]);
    check(&week(false), &work, &PlanRequest::default(), &[]);
}

#[test]
fn a_vacancy_that_closes_before_is_not_promised() {
    let fields = format!(
        r#"{HOLDER},"languages":[{{"code":"nl","level":"A1"}}],"experience":[{{"title":"kok"}}]"#
    );
    let closes = |day: &str| {
        format!(
            r#"{{"id":"v1","title":"kok","closes":"{day}","require":{{"languages":[{{"code":"nl","min":"A2","weight":"must"}}]}}}}"#
        )
    };
    check(
        &person(&fields),
        &[&closes("2025-10-19")],
        &PlanRequest::default(),
        &["2025-10-19: language:nl:A2 > v1"],
    );
    check(&person(&fields), &[&closes("2025-10-18")], &PlanRequest::default(), &[]);
}

#[test]
fn a_programme_takes_the_place_of_its_steps() {
    let file = r#"
        [[programme]]
        id = "bouwstart"
        nl = "Volg Bouwstart."
        en = "Follow Bouwstart."
        gives = ["language:nl:A2", "certificate:vca_basic"]
        municipalities = ["Assen"]
        starts = [2025-01-06, 2025-07-01]
        days = { min = 60, usual = 90, max = 120 }
        guidance_hours = 1
        cost_eur = { min = 0, max = 0 }

        [[programme]]
        id = "fonds"
        nl = "Volg de cursus van het fonds."
        en = "Follow the course of the fund."
        gives = ["certificate:vca_basic"]
        days = { min = 1, usual = 1, max = 1 }
        employed_in = ["F"]
    "#;
    let programmes = Programme::read(file, &Policy::builtin()).unwrap();
    let request = PlanRequest { programmes, ..PlanRequest::default() };
    let fields = |place: &str| {
        person(&format!(
            r#"{HOLDER},"location":{{"municipality":"{place}"}},"languages":[{{"code":"so","level":"C2"}},{{"code":"nl","level":"A1"}}],"certificates":[],"experience":[{{"title":"grondwerker"}}]"#
        ))
    };
    // 1 July and 90 days; the course of the fund is for who works in the sector, so it is no first step.
    let plan =
        check(&fields("Assen"), &SITE[..1], &request, &["2025-09-29: programme:bouwstart > v1"]);
    let page = plan.text(Lang::Nl, &market(&SITE[..1], "2025-06-01"));
    let words: Vec<_> = page.split_whitespace().collect();
    assert!(words.join(" ").contains("Er zijn geen kosten."), "{page}");
    check(
        &fields("Emmen"),
        &SITE[..1],
        &request,
        &["2025-11-14: language:nl:A2 certificate:vca_basic > v1"],
    );
}

#[test]
fn a_fund_of_the_sector_pays_once_somebody_works_there() {
    let file = "[[programme]]\nid = 'fonds'\nnl = 'Volg de cursus.'\nen = 'Follow the course.'\ngives = ['certificate:vca_basic']\ndays = { min = 1, usual = 2, max = 3 }\nstarts = [2025-07-01]\nemployed_in = ['F']\n";
    let programmes = Programme::read(file, &Policy::builtin()).unwrap();
    let request = PlanRequest { programmes, ..PlanRequest::default() };
    let work = [
        SITE[0],
        r#"{"id":"v3","title":"medewerker prefab","employer":{"sbi":"41"}}"#,
        r#"{"id":"v4","title":"medewerker prefab","employer":{"sbi":"C"}}"#,
    ];
    let fields = format!(
        r#"{HOLDER},"languages":[{{"code":"ar","level":"C2"}}],"certificates":[],"experience":[],"wishes":{{"occupations":[{{"label":"grondwerker"}}]}}"#
    );
    let plan =
        check(&person(&fields), &work, &request, &["2025-06-27: certificate:vca_basic > v1"]);
    let stones = plan.stepping_stones[0].stones.iter();
    let then: Vec<_> = stones
        .map(|one| {
            (
                one.vacancy.as_str(),
                one.then.iter().map(|step| step.ready.to_string()).collect::<Vec<_>>(),
            )
        })
        .collect();
    assert!(then.contains(&("v3", vec!["2025-07-03".to_owned()])), "{then:?}");
    assert!(then.contains(&("v4", Vec::new())), "{then:?}");
    let page = plan.text(Lang::Nl, &market(&work, "2025-06-01"));
    assert_eq!(page.matches("Daarna, voor wie daar werkt:").count(), 1, "{page}");
}

// Case E32: a truck driver under temporary protection, whose licence may be used here.
#[test]
fn a_driver_with_a_licence_needs_code_95_alone() {
    let fields = r#""residence":{"status":"ukraine_temporary_protection","document_kind":"o_document"},"licences":[{"category":"CE","usable_in_nl":true}],"certificates":[],"experience":[{"title":"vrachtwagenchauffeur","months":60}]"#;
    let work = [r#"{"id":"v1","title":"vrachtwagenchauffeur"}"#];
    let plan = check(
        &person(fields),
        &work,
        &PlanRequest::default(),
        &["2025-09-14: certificate:code95 > v1"],
    );
    let days = plan.plans[0].steps[0].days;
    assert_eq!((days.min, days.max), (30, 180));
    let without = fields.replace(r#"{"category":"CE","usable_in_nl":true}"#, "");
    check(
        &person(&without),
        &work,
        &PlanRequest::default(),
        &["2025-11-13: profession:truck_driver > v1"],
    );
}

/// Every set of steps that the plan could be made of, by force: none opens more, sooner, better or with less guidance.
#[test]
fn no_plan_is_missed_that_is_better() {
    let levels = ["A1", "A2", "B1"];
    let certificates = ["forklift", "haccp", "bhv"];
    let mut work = Vec::new();
    for (at, level) in levels.iter().enumerate() {
        for (other, certificate) in certificates.iter().enumerate() {
            // Some ask one, some the other, some both.
            let dutch = format!(r#""languages":[{{"code":"nl","min":"{level}","weight":"must"}}]"#);
            let paper = format!(r#""certificates":[{{"code":"{certificate}","weight":"must"}}]"#);
            let asks = match (at + 2 * other) % 3 {
                0 => dutch,
                1 => paper,
                _ => format!("{dutch},{paper}"),
            };
            work.push(format!(r#"{{"id":"v{at}{other}","title":"kok","require":{{{asks}}}}}"#));
        }
    }
    let vacancies: Vec<Vacancy> =
        work.iter().map(|one| serde_json::from_str(one).unwrap()).collect();
    let fields = format!(
        r#"{HOLDER},"languages":[],"certificates":[],"experience":[{{"title":"kok"}}],"skills":[]"#
    );
    let record = person(&fields);
    let engine = Engine::default();
    let as_of = "2025-06-01".parse().unwrap();
    let plans =
        engine.market(&[], &vacancies, as_of).unwrap().plan(&record, &PlanRequest::default()).plans;

    // Dutch takes 140 days a level and two hours of guidance; the certificates 8, 1 and 21 days, and one hour or none.
    let ways = [("forklift", 8, 1), ("haccp", 1, 0), ("bhv", 21, 1)];
    for level in 0..=3usize {
        for mask in 0..8usize {
            let held: Vec<_> =
                (0..3).filter(|bit| mask >> bit & 1 == 1).map(|bit| ways[bit]).collect();
            let count = held.len() + usize::from(level > 0);
            if count == 0 || count > 3 {
                continue;
            }
            let days = held.iter().map(|(_, days, _)| *days).max().unwrap_or(0);
            let by = as_of.plus_days(days.max(140 * i32::try_from(level).unwrap()));
            let hours: u16 =
                held.iter().map(|(_, _, hours)| *hours).sum::<u16>() + 2 * u16::from(level > 0);
            let mut then = record.clone();
            if level > 0 {
                let dutch = format!(r#"{{"code":"nl","level":"{}"}}"#, levels[level - 1]);
                then.languages = Some(vec![serde_json::from_str(&dutch).unwrap()]);
            }
            let papers = held.iter().map(|(code, ..)| {
                serde_json::from_str(&format!(r#"{{"code":"{code}"}}"#)).unwrap()
            });
            then.certificates = Some(papers.collect());
            let market = engine.market(&[then], &vacancies, by).unwrap();
            let request = Request { k: 100, when: When::Now, ..Request::default() };
            let ranking = market.rank(&request, &Watch::new()).unwrap();
            let lines: Vec<_> = ranking.lines(&market).collect();
            let Some(best) = lines.iter().map(|line| line.score).max() else { continue };
            let reached = plans.iter().any(|plan| {
                plan.by <= by
                    && plan.opens.len() >= lines.len()
                    && plan.best_score >= best
                    && plan.guidance_hours <= hours
            });
            assert!(reached, "level {level}, certificates {mask:03b}: {} by {by}", lines.len());
        }
    }
    let distinct: BTreeSet<_> = plans.iter().map(|plan| &plan.opens).collect();
    assert!(distinct.len() > 3, "{}", plans.len());
}

#[test]
fn a_page_says_who_does_what_when_without_codes() {
    let market = market(&SITE, "2025-06-01");
    let fields = format!(
        r#"{HOLDER},"languages":[{{"code":"so","level":"C2"}},{{"code":"nl","level":"A1"}}],"certificates":[],"wishes":{{"occupations":[{{"label":"grondwerker"}}]}}"#
    );
    let plan = market.plan(&person(&fields), &PlanRequest::default());
    let dutch = plan.text(Lang::Nl, &market);
    for part in [
        "Leer Nederlands tot niveau A2.",
        "kandidaat",
        "19 oktober 2025",
        "Begint na stap 1.",
        "grondwerker (v1)",
    ] {
        assert!(dutch.contains(part), "{part}\n{dutch}");
    }
    for code in ["vca_basic", "language:", "certificate:", "RP32"] {
        assert!(!dutch.contains(code), "{code}\n{dutch}");
    }
    assert!(plan.text(Lang::En, &market).contains("Learn Dutch up to level A2."));
}

#[test]
fn work_that_nobody_knows_to_be_allowed_on_the_day_is_named() {
    // Temporary protection ends on 4 March 2027; course and exam take 26 days.
    let fields = r#""residence":{"status":"ukraine_temporary_protection","document_valid_until":"2028-03-04"},"languages":[{"code":"nl","level":"A2"}],"certificates":[]"#;
    let market = |as_of: &str| market(&SITE[..1], as_of);
    let plan = |as_of: &str, sure: bool| {
        let request = PlanRequest { sure, ..PlanRequest::default() };
        market(as_of).plan(&person(fields), &request)
    };
    let (last, after) = ("2027-02-06", "2027-02-07");
    let known = plan(last, false);
    assert_eq!(
        known.plans.iter().map(short).collect::<Vec<_>>(),
        ["2027-03-04: certificate:vca_basic > v1"]
    );
    assert_eq!(known.plans[0].unknown, Vec::<String>::new());
    let page = known.text(Lang::Nl, &market(last));
    assert!(!page.contains("Let op"), "{page}");
    let unknown = plan(after, false);
    assert_eq!(unknown.plans[0].unknown, unknown.plans[0].opens);
    let page = unknown.text(Lang::Nl, &market(after));
    for said in [
        "grondwerker (v1): eerst moet bekend zijn of dit werk mag",
        "Let op: nu is niet bekend of werken op 5 maart 2027 mag.",
        "Hoe goed het beste werk past: ",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(plan(after, true).plans, []);
}
