# SPDX-License-Identifier: EUPL-1.2
"""Every word on a picture, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

#: Key: (Dutch, English). Names in braces are filled in.
WORDS: Mapping[str, tuple[str, str]] = {
    # Criteria and gates, as the pages of the engine name them.
    "criterion_skills": ("Vaardigheden", "Skills"),
    "criterion_occupation": ("Beroep", "Occupation"),
    "criterion_education": ("Opleiding", "Education"),
    "criterion_language": ("Taal", "Language"),
    "criterion_travel": ("Reis", "Travel"),
    "criterion_wishes": ("Wensen", "Wishes"),
    "gate_work_authorisation": ("Mag werken", "Right to work"),
    "gate_document": ("Document en BSN", "Document and BSN"),
    "gate_age": ("Leeftijd", "Age"),
    "gate_profession": ("Beschermd beroep", "Protected profession"),
    "gate_certificate": ("Certificaat en rijbewijs", "Certificate and licence"),
    "gate_language": ("Taal", "Language"),
    "gate_diploma": ("Opleiding", "Education"),
    "gate_working_time": ("Werktijden", "Working times"),
    "gate_hours": ("Uren", "Hours"),
    "gate_travel": ("Reis", "Travel"),
    "gate_dates": ("Begin en einde", "Start and end"),
    "gate_exclusion": ("Eigen grenzen", "Own limits"),
    "gate_kind_of_work": ("Soort werk", "Kind of work"),
    "total": ("Score", "Score"),
    # Stages of the funnel.
    "stage.rows": ("rijen gelezen", "rows read"),
    "stage.people": ("mensen", "people"),
    "stage.open": ("werk dat niet gesloten is", "some work not closed"),
    "stage.listed": ("werk op de lijst", "work on the list"),
    "stage.now": ("kan nu beginnen", "can start now"),
    "stage.pairs": ("paren die nu kunnen beginnen", "pairs that can start now"),
    # Titles, and what each picture says in one sentence.
    "waterfall.title": ("Waaruit de score bestaat", "What the score is made of"),
    "waterfall.says": (
        "{candidate} en {vacancy}: {total} van 100. De score ordent; het is geen kans op werk.",
        "{candidate} and {vacancy}: {total} of 100. The score orders; it is not a chance of work.",
    ),
    "funnel.title": ("Van alle mensen naar wie nu kan beginnen", "From all people to who can start now"),
    "funnel.says": (
        "{now} van {people} mensen hebben werk op de lijst en kunnen nu ergens beginnen.",
        "{now} of {people} people have work on the list and can start somewhere now.",
    ),
    "obstacles.title": ("Wat nu in de weg staat", "What stands in the way now"),
    "obstacles.says": (
        "Het vaakst: {most}, bij {share} van alle paren van een mens en een vacature.",
        "Most often: {most}, for {share} of all pairs of a person and a vacancy.",
    ),
    "obstacles.none": ("Er staat niets in de weg.", "Nothing stands in the way."),
    "leverage.title": ("Wat maatregelen opleveren", "What measures bring"),
    "leverage.says": (
        "Zonder maatregel hebben {base} van {people} mensen werk open, {span}; het meest helpt: {best} ({more}).",
        "Without a measure {base} of {people} people have work open, {span}; most helps: {best} ({more}).",
    ),
    "leverage.none": (
        "Zonder maatregel hebben {base} van {people} mensen werk open, {span}; geen maatregel brengt er iemand bij.",
        "Without a measure {base} of {people} people have work open, {span}; no measure adds anybody.",
    ),
    "span.now": ("nu", "now"),
    "span.3m": ("binnen 3 maanden", "within 3 months"),
    "span.6m": ("binnen 6 maanden", "within 6 months"),
    "span.12m": ("binnen 12 maanden", "within 12 months"),
    "supply.title": ("Mensen en plekken", "People and places"),
    "supply.says": (
        "Vakken met meer plekken dan mensen (▲): {short}; met meer mensen (▼): {over}.",
        "Cells with more places than people (▲): {short}; with more people (▼): {over}.",
    ),
    "regions.title": ("Arbeidsmarktregio's", "Labour market regions"),
    "regions.says": (
        "Het meest in {most}: {count}. Tegels zijn even groot; hun plaats volgt de kaart ongeveer.",
        "Most in {most}: {count}. Tiles have one size; their place follows the map roughly.",
    ),
    "regions.none": ("Geen aantallen.", "No counts."),
    "readiness.title": ("Wie kan wanneer beginnen", "Who can start when"),
    "readiness.says": (
        "{now} mensen op {first}, {later} op {last}, als stappen de gebruikelijke tijd duren.",
        "{now} people on {first}, {later} on {last}, if steps take the usual time.",
    ),
    "readiness.none": ("Niemand heeft werk met een dag op de lijst.", "Nobody has work with a day on the list."),
    "comparison.title": ("Wat er verandert", "What changes"),
    "comparison.says": (
        "Het meest helpt {best}: {more} mensen die nu kunnen beginnen, ten opzichte van {base}.",
        "{best} helps most: {more} people who can start now, compared with {base}.",
    ),
    "comparison.none": (
        "Niets vergroot het aantal mensen dat nu kan beginnen, ten opzichte van {base}.",
        "Nothing adds people who can start now, compared with {base}.",
    ),
    "flows.title": ("Van waar naar waar", "From where to where"),
    "flows.says": ("Het meest van {source} naar {target}: {count}.", "Most from {source} to {target}: {count}."),
    "flows.none": ("Geen stromen.", "No flows."),
    "moves.title": ("Waar mensen wonen en waar ze gaan werken", "Where people live and where they go to work"),
    "moves.says": (
        "{stay} van {every} mensen met een plek blijven in hun eigen regio.",
        "{stay} of {every} people with a place stay in their own region.",
    ),
    "left.title": ("Wie en wat over is", "Who and what is left"),
    "left.says": (
        "{people} mensen zonder plek, {places} plekken zonder mens.",
        "{people} people without a place, {places} places without a person.",
    ),
    "left.candidate.nothing_open": ("mensen: geen werk op tijd open", "people: no work open in time"),
    "left.candidate.below_floor": ("mensen: alleen werk onder de ondergrens", "people: only work below the floor"),
    "left.candidate.no_case": ("mensen: de begeleider is vol", "people: the coach has no case left"),
    "left.candidate.takes_a_place": ("mensen: kost een ander de plek", "people: would cost another the place"),
    "left.candidate.costs_score": ("mensen: een ander past er beter", "people: another fits better there"),
    "left.candidate.score_first": ("mensen: hogere scores gaan voor", "people: higher scores go first"),
    "left.candidate.no_difference": ("mensen: een plan met hen is even goed", "people: a plan with them is as good"),
    "left.vacancy.nothing_open": ("plekken: voor niemand op tijd open", "places: open in time for nobody"),
    "left.vacancy.below_floor": ("plekken: alleen mensen onder de ondergrens", "places: only people below the floor"),
    "left.vacancy.no_case": ("plekken: de begeleider is vol", "places: the coach has no case left"),
    "left.vacancy.takes_a_place": ("plekken: mensen zijn elders nodig", "places: people are needed elsewhere"),
    "left.vacancy.costs_score": ("plekken: mensen passen elders beter", "places: people fit better elsewhere"),
    "left.vacancy.score_first": ("plekken: mensen passen elders beter", "places: people fit better elsewhere"),
    "left.vacancy.no_difference": ("plekken: een plan ermee is even goed", "places: a plan with them is as good"),
    "prices.title": ("Wat voorwaarden kosten", "What constraints cost"),
    "prices.says": ("Het meest kost: {most} ({more}).", "Costs most: {most} ({more})."),
    "prices.none": ("Geen voorwaarde kost iemand een plek.", "No constraint costs anybody a place."),
    "price.quota": ("één plek meer in {region}", "one place more in {region}"),
    "price.without_floor": ("zonder ondergrens", "without the floor"),
    "price.without_coaches": ("zonder grens aan begeleiders", "without limits of coaches"),
    "price.without_keep": ("zonder wie blijft", "without who stays"),
    "price.without_stable": ("niet stabiel maar het beste", "not stable but the best"),
    "price.goal_placements": ("doel: de meeste mensen", "goal: most people"),
    "price.goal_score": ("doel: de hoogste scores", "goal: highest scores"),
    "price.goal_households": ("doel: de meeste huishoudens", "goal: most households"),
    # Columns and axes.
    "column.home": ("woont in", "lives in"),
    "column.work": ("werkt in", "works in"),
    "column.reason": ("reden", "reason"),
    "column.constraint": ("voorwaarde", "constraint"),
    "axis.positions": ("open plekken", "open positions"),
    "axis.price": ("mensen erbij (en punten)", "more people (and points)"),
    "column.stage": ("stap", "stage"),
    "column.people": ("mensen", "people"),
    "column.share": ("deel", "share"),
    "column.criterion": ("onderdeel", "part"),
    "column.points": ("punten", "points"),
    "column.possible": ("hoogstens", "at most"),
    "column.gate": ("wat", "what"),
    "column.measure": ("maatregel", "measure"),
    "column.more": ("mensen erbij", "more people"),
    "column.pairs": ("paren", "pairs"),
    "column.mostly": (
        "mensen bij wie dit de helft van het werk tegenhoudt",
        "people for whom this keeps half of the work away",
    ),
    "column.region": ("regio", "region"),
    "column.group": ("groep", "group"),
    "column.supply": ("mensen", "people"),
    "column.demand": ("plekken", "places"),
    "column.gap": ("verschil", "difference"),
    "column.count": ("aantal", "count"),
    "column.day": ("dag", "day"),
    "column.scenario": ("situatie", "scenario"),
    "column.difference": ("verschil", "difference"),
    "column.source": ("van", "from"),
    "column.target": ("naar", "to"),
    "of": ("van", "of"),
    "not_asked": ("wordt niet gevraagd", "is not asked"),
    "data": ("De cijfers", "The figures"),
    "axis.points": ("punten (0 tot 100)", "points (0 to 100)"),
    "axis.share": ("deel van alle paren (%)", "share of all pairs (%)"),
}


def word(key: str, lang: str, **names: object) -> str:
    """The words of a key, or the key itself where it has none."""
    both = WORDS.get(key)
    if both is None:
        return key
    return both[0 if lang == "nl" else 1].format(**names)


def number(value: int | float, lang: str, places: int = 0) -> str:
    """A number as people of the language write it: ``1.234,5`` or ``1,234.5``."""
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text


def signed(value: int | float, lang: str) -> str:
    """A difference with its sign: ``+9``, ``−3``, ``0``."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + number(abs(value), lang)


def percent(share: float, lang: str) -> str:
    """A share as a percentage without decimals, and with one below one percent."""
    space = " " if lang == "nl" else ""
    return number(share * 100, lang, 1 if 0 < share < 0.01 else 0) + f"{space}%"


def day(iso: str, lang: str) -> str:
    """A day as people of the language write it: ``25-11-2026`` or ``25 Nov 2026``."""
    year, month, date = iso.split("-")
    if lang == "nl":
        return f"{date}-{month}-{year}"
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{int(date)} {names[int(month) - 1]} {year}"
