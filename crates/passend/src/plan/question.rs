// SPDX-License-Identifier: EUPL-1.2
//! The next best question: which answer could open the most vacancies, or change who is among the first.
//!
//! No answer is drawn by chance. Each open field is given its best and its worst possible answer, and the engine judges both.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::answer::{Answer, Asked, Field};
use super::record::NextQuestion;
use crate::engine::{Market, Request, Stopped, Watch, on_threads};
use crate::gate::{ReadinessClass, Verdict, judge};
use crate::index::{Scored, best};
use crate::model::Day;
use crate::prepare::{CandidateFacts, VacancyFacts};
use crate::score::{Criterion, Fit, contribution};
use crate::text::Text;

/// What one vacancy asks of one person.
struct Pair {
    index: u32,
    /// Fields that a gate or a criterion asks and that are not known.
    fields: Vec<Field>,
    listed: bool,
    score: u16,
    fits: [Fit; 6],
}

/// What hangs on one field.
#[derive(Default)]
struct Hangs {
    could_open: u32,
    could_change: bool,
    /// How often each wording was used, so that the one that fits most vacancies is asked.
    wordings: BTreeMap<Text, u32>,
}

impl Market {
    /// The questions to each person, those first whose answers could open the most vacancies by the day asked.
    ///
    /// `k`, `when`, `sure` and `threads` of the request count. Questions that belong to a vacancy are not asked of a person.
    /// By id of the candidate; within a person by vacancies that could open, then those that could change the first `k`,
    /// then the law before practice. See `docs/plans.md` for the bounds.
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Request, Vacancy, Watch};
    /// let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok"}]}"#)?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let questions = market.questions(&Request::default(), &Watch::new())?;
    /// assert_eq!((questions[0].field.as_str(), questions[0].could_open), ("residence.status", 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn questions(
        &self,
        request: &Request,
        watch: &Watch,
    ) -> Result<Vec<NextQuestion>, Stopped> {
        on_threads(request.threads, || self.asked_of_all(request, watch))
    }

    fn asked_of_all(&self, request: &Request, watch: &Watch) -> Result<Vec<NextQuestion>, Stopped> {
        let mut people: Vec<_> = self.prepared.candidates.iter().collect();
        people.sort_unstable_by_key(|one| one.id());
        watch.begin(people.len());
        watch.check()?;
        let asked = Asked::new(&self.policy, &self.prepared.vacancies);
        let lists = people.into_par_iter().map(|person| {
            watch.step()?;
            Ok(self.asked_of(person, request, &asked))
        });
        let lists: Vec<Vec<NextQuestion>> = lists.collect::<Result<_, Stopped>>()?;
        Ok(lists.into_iter().flatten().collect())
    }

    fn asked_of(
        &self,
        person: &CandidateFacts,
        request: &Request,
        asked: &Asked,
    ) -> Vec<NextQuestion> {
        let last = request.when.last_day(self.as_of);
        let (pairs, wordings) = self.pairs(person, request.sure, last);
        let mut fields: Vec<Field> = wordings.keys().copied().collect();
        fields.sort_unstable();
        let listed: Vec<_> = pairs
            .iter()
            .filter(|pair| pair.listed)
            .map(|pair| Scored { score: pair.score, other: pair.index })
            .collect();
        let tie = |pair: Scored| self.vacancy(pair.other).map(|one| Self::tie(person, one));
        let first = best(listed, request.k, tie).pairs;
        let mut hangs: BTreeMap<Field, Hangs> = wordings
            .into_iter()
            .map(|(field, wordings)| (field, Hangs { wordings, ..Hangs::default() }))
            .collect();
        let bounds =
            Bounds { market: self, person, asked, fields: &fields, last, sure: request.sure };
        let own = pairs.par_iter().filter(|pair| !pair.fields.is_empty());
        let hanging: Vec<&Pair> = own.filter(|pair| bounds.hangs(pair)).collect();
        for (field, hangs) in &mut hangs {
            let is_asked = |pair: &&&Pair| pair.fields.contains(field);
            let open = hanging.par_iter().filter(is_asked);
            let open = open.filter(|pair| bounds.decides(*field, pair));
            hangs.could_open = u32::try_from(open.count()).unwrap_or(u32::MAX);
            let own = pairs.par_iter().filter(|pair| pair.fields.contains(field));
            hangs.could_change = own.any(|pair| bounds.moves(*field, pair, &first, request.k));
        }
        let mut questions: Vec<NextQuestion> = hangs
            .into_iter()
            .map(|(field, hangs)| {
                let usual = hangs
                    .wordings
                    .iter()
                    .max_by_key(|(text, count)| (**count, std::cmp::Reverse((*text).clone())));
                NextQuestion {
                    candidate: person.id().to_string(),
                    field: field.code().to_owned(),
                    question: usual.map(|(text, _)| text.clone()).unwrap_or_default(),
                    could_open: hangs.could_open,
                    could_change_top_k: hangs.could_change,
                }
            })
            .collect();
        // Of questions that open as much, that of the law comes first: the fields are in that order.
        questions.sort_by_key(|one| std::cmp::Reverse((one.could_open, one.could_change_top_k)));
        questions
    }

    /// The vacancies for a person with what each asks, and how each question is put.
    fn pairs(
        &self,
        person: &CandidateFacts,
        sure: bool,
        last: Option<Day>,
    ) -> (Vec<Pair>, BTreeMap<Field, BTreeMap<Text, u32>>) {
        let indices = 0..u32::try_from(self.vacancies()).unwrap_or(u32::MAX);
        let teller = self.teller();
        let judged = indices.into_par_iter().filter_map(|index| {
            let vacancy = self.vacancy(index)?;
            let mut questions = Vec::new();
            let verdict = judge(self.on_day(), person, vacancy, |one| {
                if let Some(question) = one.question
                    && let Some(field) = Field::new(question.field)
                {
                    questions.push((field, *one, question));
                }
            });
            let fits = crate::criterion::fits(&self.policy, &self.vocabulary, person, vacancy);
            let mut fields: Vec<Field> = questions.iter().map(|(field, ..)| *field).collect();
            fields.extend(Field::scored(person, vacancy, &fits));
            // A wish that is not surely understood; of experience the criterion tells it.
            fields.extend([Field::Wished, Field::Targets].into_iter().filter(|field| {
                field.place().is_some_and(|place| teller.could_change(place, person, vacancy))
            }));
            fields.sort_unstable();
            fields.dedup();
            let score = crate::score::Score::new(self.weights_in_force(vacancy), fits).now;
            let listed = is_listed(&verdict, last, sure) && score > 0;
            Some((Pair { index, fields, listed, score, fits }, questions))
        });
        let judged: Vec<_> = judged.collect();
        let mut wordings: BTreeMap<Field, BTreeMap<Text, u32>> = BTreeMap::new();
        // The same question is put in words once.
        let mut told: Vec<(crate::gate::Question, Option<crate::gate::Rule>, Text)> = Vec::new();
        let mut pairs = Vec::with_capacity(judged.len());
        for (pair, questions) in judged {
            for (field, finding, question) in questions {
                let known =
                    told.iter().find(|(own, rule, _)| *own == question && *rule == finding.rule);
                let text = match known {
                    Some((_, _, text)) => text.clone(),
                    None => {
                        let text = teller
                            .to(crate::explain::Reader::Caseworker)
                            .question_text(&finding, question);
                        told.push((question, finding.rule, text.clone()));
                        text
                    }
                };
                *wordings.entry(field).or_default().entry(text).or_default() += 1;
            }
            for field in &pair.fields {
                wordings.entry(*field).or_default();
            }
            pairs.push(pair);
        }
        let speaker = teller.to(crate::explain::Reader::Caseworker);
        for (field, own) in &mut wordings {
            if own.is_empty() {
                let unsure = field.place().and_then(|place| speaker.unsure_question(person, place));
                own.insert(unsure.unwrap_or_else(|| field.usual_text()), 1);
            }
        }
        (pairs, wordings)
    }
}

/// Best and worst answers of one person.
struct Bounds<'a> {
    market: &'a Market,
    person: &'a CandidateFacts,
    asked: &'a Asked,
    /// Every field that is open.
    fields: &'a [Field],
    last: Option<Day>,
    sure: bool,
}

impl Bounds<'_> {
    /// Whether the answers together can decide that the vacancy is open by the day asked. Whatever is open with an answer at
    /// its worst is so with it at its best, so that else no answer decides anything.
    fn hangs(&self, pair: &Pair) -> bool {
        // A vacancy that fits in nothing whatever the answers is never listed.
        let reachable = pair.fits.iter().any(|fit| fit.best() > 0);
        let open = |answer: Answer| self.is_open(pair, |_| answer);
        reachable && open(Answer::Best) && !open(Answer::Worst)
    }

    /// Whether the answer can decide that a vacancy that hangs on the answers is open by the day asked: with all other
    /// answers at their best or at their worst.
    fn decides(&self, field: Field, pair: &Pair) -> bool {
        let open = |own: Answer, others: Answer| {
            self.is_open(pair, |one| if one == field { own } else { others })
        };
        !open(Answer::Worst, Answer::Best) || open(Answer::Best, Answer::Worst)
    }

    /// Whether the vacancy is open by the day asked with these answers.
    fn is_open(&self, pair: &Pair, answer: impl Fn(Field) -> Answer) -> bool {
        let Some(vacancy) = self.market.vacancy(pair.index) else { return false };
        let mut facts = self.person.clone();
        for field in self.fields {
            field.answer(answer(*field), &mut facts, vacancy, self.asked, self.market.as_of);
        }
        let verdict = self.market.verdict(&facts, vacancy);
        verdict.class < ReadinessClass::Unknown && self.last.is_none_or(|last| verdict.day <= last)
    }

    /// Whether the answer alone can bring the vacancy among the first, or take it away from there.
    fn moves(&self, field: Field, pair: &Pair, first: &[Scored], k: usize) -> bool {
        let Some(vacancy) = self.market.vacancy(pair.index) else { return false };
        let listed = |answer: Answer| {
            let mut facts = self.person.clone();
            field.answer(answer, &mut facts, vacancy, self.asked, self.market.as_of);
            is_listed(&self.market.verdict(&facts, vacancy), self.last, self.sure)
        };
        if first.iter().any(|one| one.other == pair.index) {
            return !listed(Answer::Worst);
        }
        let score = self.upper(field, vacancy, pair);
        let enters = match first.last() {
            Some(last) if first.len() >= k => {
                let tie = |index: u32| {
                    self.market.vacancy(index).map(|one| Market::tie(self.person, one))
                };
                score > last.score || score == last.score && tie(pair.index) < tie(last.other)
            }
            _ => score > 0,
        };
        enters && k > 0 && listed(Answer::Best)
    }

    /// The score if this answer is the best one: every criterion that it fills is full where a fact is missing.
    fn upper(&self, field: Field, vacancy: &VacancyFacts, pair: &Pair) -> u16 {
        let weights = self.market.weights_in_force(vacancy);
        let filled = field.criteria();
        let fits = Criterion::ALL.into_iter().zip(weights).zip(pair.fits);
        fits.map(|((criterion, weight), fit)| {
            contribution(weight, if filled.contains(&criterion) { fit.best() } else { fit.now() })
        })
        .sum()
    }
}

fn is_listed(verdict: &Verdict, last: Option<Day>, sure: bool) -> bool {
    let class = match verdict.class {
        ReadinessClass::Closed => false,
        ReadinessClass::Unknown => !sure,
        _ => true,
    };
    class && last.is_none_or(|last| verdict.day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, When};
    use crate::model::{Candidate, Vacancy};

    /// `field could_open could_change_top_k` of each question, in order.
    #[track_caller]
    fn check(person: &str, vacancies: &[&str], request: &Request, expected: &[&str]) {
        let candidate: Candidate =
            serde_json::from_str(&format!(r#"{{"id":"c",{person}}}"#)).unwrap();
        let work: Vec<Vacancy> = (1..)
            .zip(vacancies)
            .map(|(at, fields)| {
                serde_json::from_str(&format!(r#"{{"id":"v{at}",{fields}}}"#)).unwrap()
            })
            .collect();
        let market =
            Engine::default().market(&[candidate], &work, "2026-01-12".parse().unwrap()).unwrap();
        let told: Vec<_> = market
            .questions(request, &Watch::new())
            .unwrap()
            .into_iter()
            .map(|one| {
                assert!(!one.question.nl.is_empty() && !one.question.en.is_empty());
                format!("{} {} {}", one.field, one.could_open, one.could_change_top_k)
            })
            .collect();
        assert_eq!(told, expected);
    }

    const KNOWN: &str = r#""bsn_available":true,"skills":[],"experience":[{"title":"kok","months":12}],"residence":{"status":"free"}"#;

    #[test]
    fn the_question_of_the_law_comes_first() {
        let person = r#""skills":[],"experience":[{"title":"kok","months":12}]"#;
        let request = Request::default();
        check(
            person,
            &[r#""title":"kok""#],
            &request,
            &["residence.status 1 true", "bsn_available 1 true"],
        );
    }

    #[test]
    fn who_is_known_is_asked_nothing() {
        check(KNOWN, &[r#""title":"kok""#], &Request::default(), &[]);
    }

    #[test]
    fn an_answer_counts_for_the_vacancies_that_hang_on_it() {
        let asks = |level: &str| {
            format!(
                r#""title":"kok","require":{{"languages":[{{"code":"nl","min":"{level}","weight":"must"}}]}}"#
            )
        };
        let (a2, b2) = (asks("A2"), asks("B2"));
        let work = [a2.as_str(), b2.as_str(), r#""title":"kok""#];
        check(KNOWN, &work, &Request::default(), &["languages 2 true"]);
        // With A2 or more known, the first no longer hangs on it.
        let range =
            format!(r#"{KNOWN},"languages":[{{"code":"nl","level":{{"min":"A2","max":"C1"}}}}]"#);
        check(&range, &work, &Request::default(), &["languages 1 true"]);
    }

    #[test]
    fn place_and_limit_hang_together() {
        let work = [r#""title":"kok","location":{"municipality":"Groningen"}"#];
        check(KNOWN, &work, &Request::default(), &["location 1 true"]);
        let living = format!(r#"{KNOWN},"location":{{"municipality":"Assen"}}"#);
        check(&living, &work, &Request::default(), &["mobility 1 true"]);
    }

    /// An answer is judged only where all answers together decide: this is the same as judging it wherever it is asked.
    #[test]
    fn what_hangs_on_no_answers_together_hangs_on_none_of_them() {
        let lines = include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl"));
        let records: Vec<serde_json::Map<String, serde_json::Value>> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        // Each person with each part of the record left out.
        let mut people: Vec<Candidate> = Vec::new();
        for record in &records {
            for left_out in record.keys().filter(|key| *key != "id") {
                let mut record = record.clone();
                record.insert("id".to_owned(), format!("{left_out}{}", people.len()).into());
                record.remove(left_out);
                people.push(serde_json::from_value(record.into()).unwrap());
            }
        }
        let work = include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl"));
        let work: Vec<Vacancy> =
            work.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let day: Day = "2026-11-25".parse().unwrap();
        let market = Engine::default().market(&people, &work, day).unwrap();
        let asked = Asked::new(&market.policy, &market.prepared.vacancies);
        let mut counts = [0, 0];
        for last in [day, day.plus_days(91)] {
            for person in &market.prepared.candidates {
                let (pairs, wordings) = market.pairs(person, false, Some(last));
                let fields: Vec<Field> = wordings.keys().copied().collect();
                let (fields, last) = (fields.as_slice(), Some(last));
                let bounds =
                    Bounds { market: &market, person, asked: &asked, fields, last, sure: false };
                for (pair, field) in
                    pairs.iter().flat_map(|pair| pair.fields.iter().map(move |field| (pair, field)))
                {
                    let open = |own, others| {
                        bounds.is_open(pair, |one| if one == *field { own } else { others })
                    };
                    let by = |others| open(Answer::Best, others) && !open(Answer::Worst, others);
                    let reachable = pair.fits.iter().any(|fit| fit.best() > 0);
                    let decides = reachable && (by(Answer::Best) || by(Answer::Worst));
                    assert_eq!(bounds.hangs(pair) && bounds.decides(*field, pair), decides);
                    counts[usize::from(decides)] += 1;
                }
            }
        }
        assert!(counts.iter().all(|count| *count > 500), "{counts:?}");
    }

    #[test]
    fn what_changes_nothing_by_the_day_asked_comes_last() {
        let person = format!(r#"{KNOWN},"certificates":[]"#);
        let work = [r#""title":"kok","slots":[{"day":"mon","from":"08:00","to":"16:00"}]"#];
        // Other times are agreed within a week, so within 13 weeks nothing hangs on the answer.
        check(&person, &work, &Request::default(), &["slots 0 false"]);
        check(
            &person,
            &work,
            &Request { when: When::Now, ..Request::default() },
            &["slots 1 true"],
        );
    }

    #[test]
    fn a_title_that_is_not_sure_is_asked_with_what_it_may_mean() {
        let person = r#"{"id":"c","bsn_available":true,"skills":[],"residence":{"status":"free"},"experience":[{"title":"planner verpleegkundige","months":12}],"targets":[{"label":"hulp verpleegkundige"}]}"#;
        let candidate: Candidate = serde_json::from_str(person).unwrap();
        let work: Vacancy = serde_json::from_str(r#"{"id":"v","title":"kok"}"#).unwrap();
        let market =
            Engine::default().market(&[candidate], &[work], "2026-01-12".parse().unwrap()).unwrap();
        let asked = market.questions(&Request::default(), &Watch::new()).unwrap();
        let told: Vec<_> =
            asked.iter().map(|one| (one.field.as_str(), one.question.en.as_str())).collect();
        let or_else = "or something else?";
        assert_eq!(
            told.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            ["experience", "targets"]
        );
        assert!(told.iter().all(|(_, text)| text.contains("nurse") && text.ends_with(or_else)));
        // The score of 0 is listed once an answer can raise it.
        assert!(asked.iter().all(|one| one.could_change_top_k), "{told:?}");
    }

    #[test]
    fn skills_that_are_not_known_can_change_the_order() {
        let person = r#""bsn_available":true,"experience":[{"title":"kok","months":12}],"residence":{"status":"free"}"#;
        let work = [
            r#""title":"kok","require":{"skills":[{"label":"koken"}]}"#,
            r#""title":"kok","require":{"skills":[{"label":"lassen"}]}"#,
        ];
        check(person, &work, &Request { k: 1, ..Request::default() }, &["skills 0 true"]);
        check(person, &work, &Request { k: 2, ..Request::default() }, &["skills 0 false"]);
    }
}
