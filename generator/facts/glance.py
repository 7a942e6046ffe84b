"""At a glance: for each kind of record a few questions, each answered by the claims that answer it best.

Nothing is summarised in new words: a cell shows claims, the strongest evidence first, and how many more there are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.data import Dose, Rate
from generator.evidence.strength import LEVELS, WITHOUT_STRENGTH
from generator.facts.claims import ClaimFacts
from generator.facts.records import RecordFacts
from generator.model import for_each_kind

SHOWN = 2
Choose = Callable[[ClaimFacts], bool]


@dataclass(frozen=True)
class Question:
    """What a row asks, the claims that answer it, and how they are shown.

    `editors_order` keeps the order of the record, for what a panel or review says of the place in therapy;
    otherwise the strongest evidence stands first. `numbers` shows the structured numbers in place of the text.
    """

    text: str
    choose: Choose
    numbers: bool = False
    editors_order: bool = False
    none: str = "no cited evidence"


@dataclass(frozen=True)
class GlanceRow:
    """A question with the claims shown, and the rest of those that answer it."""

    record: str
    question: str
    claims: Sequence[ClaimFacts]
    rest: Sequence[ClaimFacts]
    as_numbers: bool
    none: str

    @property
    def more_by_kind(self) -> list[tuple[str, str, int]]:
        """Anchor, name and number of those not shown, by the section of the page that they stand in."""
        counted: dict[tuple[str, str], int] = {}
        for claim in self.rest:
            own = claim.entry.record == self.record
            place = (str(claim.claim.kind), claim.kind) if own else ("mentions", "said elsewhere")
            counted[place] = counted.get(place, 0) + 1
        return [(anchor, name, count) for (anchor, name), count in counted.items()]


def glance_of(record: RecordFacts) -> list[GlanceRow]:
    """Return the rows of a record's glance; a row without claims says that no evidence is cited."""
    claims = [*record.claims, *(claim for claim in record.mentions if _is_dose(claim))]
    return [_answer(question, record.id, claims) for question in QUESTIONS[record.record.KIND]]


def _kinds(*kinds: str) -> Choose:
    return lambda claim: claim.claim.kind in kinds


def _is_dose(claim: ClaimFacts) -> bool:
    return claim.claim.kind == "dosing" or (
        isinstance(claim.claim.data, Dose) and claim.entry.record.startswith("indications/")
    )


def _is_rate(claim: ClaimFacts) -> bool:
    return isinstance(claim.claim.data, Rate) and claim.claim.kind == "frequency"


def _studied_in(*species: str) -> Choose:
    def choose(claim: ClaimFacts) -> bool:
        return claim.claim.kind not in WITHOUT_STRENGTH and any(
            cite.source.reference.species in species
            and (cite.source.reference.species != "human" or cite.source.reference.design not in _OPINION)
            for cite in claim.citations
        )

    return choose


_OPINION = ("narrative-review", "guideline")


def _proposed(claim: ClaimFacts) -> bool:
    designs = {cite.source.reference.design for cite in claim.citations}
    return claim.claim.kind == "mechanism" and designs <= set(_OPINION)


_DISAGREEMENTS = Question("Disagreements", lambda claim: claim.disputed, none="none among the claims cited")

_QUESTIONS: dict[str, list[Question]] = {
    "indications": [
        Question("Position in therapy", _kinds("line-of-therapy"), editors_order=True),
        Question("Dose and schedule", _is_dose, numbers=True),
        Question("Best evidence", _kinds("efficacy", "comparison")),
        Question("Time to response, duration", _kinds("duration", "relapse")),
        Question("What to watch for", _kinds("safety", "caution", "frequency", "risk-factor")),
        _DISAGREEMENTS,
    ],
    "adverse-events": [
        Question("How often", _is_rate, numbers=True),
        Question("In whom", _kinds("risk-factor")),
        Question("When", _kinds("onset")),
        Question("Prevention", _kinds("prevention")),
        Question("Management", _kinds("management")),
        _DISAGREEMENTS,
    ],
    "mechanisms": [
        Question("Shown in humans", _studied_in("human")),
        Question("Shown in animals", _studied_in("mouse", "rat", "guinea-pig")),
        Question("Shown in vitro or in models", _studied_in("in-vitro", "in-silico")),
        Question("Proposed by reviews", _proposed, editors_order=True),
        _DISAGREEMENTS,
    ],
    "practice": [
        Question("Dose and schedule", _is_dose, numbers=True),
        Question(
            "What sources advise",
            _kinds("prevention", "monitoring", "management", "caution", "line-of-therapy"),
            editors_order=True,
        ),
        Question("What was found", _kinds("efficacy", "comparison", "frequency", "risk-factor", "safety")),
        _DISAGREEMENTS,
    ],
}


QUESTIONS = for_each_kind("questions of the glance", _QUESTIONS)
"""What the glance of each kind of record asks."""


def _answer(question: Question, record: str, claims: Sequence[ClaimFacts]) -> GlanceRow:
    found = [claim for claim in claims if question.choose(claim)]
    if not question.editors_order:
        found.sort(key=_rank)
    if question.numbers:  # what a record and the page on dosing both state of one source is shown once
        once = {(claim.numbers_line or claim.id, claim.citations[0].source.pmid): claim for claim in found[::-1]}
        found = list(once.values())[::-1]
    shown = found[: 2 * SHOWN if question.numbers else SHOWN]
    return GlanceRow(record, question.text, shown, found[len(shown) :], question.numbers, question.none)


def _rank(claim: ClaimFacts) -> tuple[bool, int, int, int, int]:
    """Rates with a denominator first, then by level, design, comparisons before series, and larger studies first."""
    data = claim.claim.data
    reference = claim.lead.source.reference
    designs = list(claim.entry.guideline.vocabulary.sections["designs"])
    return (
        isinstance(data, Rate) and data.of is None and data.percent is None,
        list(LEVELS).index(claim.level) if claim.level else len(LEVELS),
        designs.index(reference.design),
        claim.claim.kind != "comparison",
        -(reference.participants or 0),
    )
