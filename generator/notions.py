"""What the program takes a term of the vocabulary for: a term says so itself (`means`), and no module names a term.

Whoever renames a term, or adds one, keeps what is computed of it by what it means.
"""

from collections.abc import Mapping
from typing import Final, Literal

Notion = Literal[
    "dose",
    "result",
    "response",
    "harm",
    "background",
    "gap",
    "pools",
    "recommends",
    "randomised-only",
    "people",
    "second-hand",
    "in-part",
    "ratio",
    "odds-ratio",
    "risk-ratio",
    "hazard-ratio",
    "against-expected",
    "day",
    "at-once",
    "average",
]

DOSE: Final = "dose"
RESULT: Final = "result"
RESPONSE: Final = "response"
HARM: Final = "harm"
BACKGROUND: Final = "background"
GAP: Final = "gap"
POOLS: Final = "pools"
RECOMMENDS: Final = "recommends"
RANDOMISED_ONLY: Final = "randomised-only"
PEOPLE: Final = "people"
SECOND_HAND: Final = "second-hand"
IN_PART: Final = "in-part"
RATIO: Final = "ratio"
ODDS_RATIO: Final = "odds-ratio"
RISK_RATIO: Final = "risk-ratio"
HAZARD_RATIO: Final = "hazard-ratio"
AGAINST_EXPECTED: Final = "against-expected"
DAY: Final = "day"
AT_ONCE: Final = "at-once"
AVERAGE: Final = "average"

NOTIONS: Mapping[str, Mapping[Notion, str]] = {
    "claim-kinds": {
        DOSE: "an amount and its schedule: a change of its figures is a change of dose",
        RESULT: "what a study found: no passage of its introduction or methods alone carries it",
        RESPONSE: "a result of the treatment, whose shares of patients are drawn",
        HARM: "harms, of which a denial says how many were looked at",
        BACKGROUND: "no finding: it has no strength, and no answer rests on it alone",
        GAP: "what is not known: it has no strength, and stands on the page of what is missing",
    },
    "designs": {
        POOLS: "a design that pools studies and says which",
        RECOMMENDS: "a guideline, which an answer on the place in therapy names",
    },
    "syntheses": {RANDOMISED_ONLY: "nothing but randomised trials is pooled"},
    "species": {PEOPLE: "people were studied, or are taken to have been; every other is laboratory evidence"},
    "readings": {
        SECOND_HAND: "the source itself was not read",
        IN_PART: "less than its abstract was read, which is said wherever it is cited",
    },
    "denominators": {PEOPLE: "patients are counted, each once"},
    "measures": {
        RATIO: "one arm over the other, 1 for no difference",
        ODDS_RATIO: "an odds ratio, for its code in FHIR",
        RISK_RATIO: "a risk ratio, for its code in FHIR",
        HAZARD_RATIO: "a hazard ratio, for its code in FHIR",
        AGAINST_EXPECTED: "one group, against what was expected of it",
    },
    "dose-periods": {
        DAY: "each day of treatment: grams in all are this by the number of days",
        AT_ONCE: "one infusion: it lasts hours, and has no number of days",
    },
    "dose-roles": {
        AVERAGE: "a mean over patients, and so are its days: none got the one by the other, and no total is computed",
    },
}
"""For each section of the vocabulary what a term of it may mean to the program."""

NEEDED = ("claim-kinds", "designs", "syntheses", "species", "readings", "denominators")
"""Sections in which every meaning is that of a term: what no term meant would be counted nowhere, and not be missed."""
