"""Counts of claims and sources, as the page on evidence shows them."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.evidence.comparisons import current, lapsed
from generator.facts.claims import claims_of, count_levels
from generator.facts.marks import RETRACTION_STATES
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline


class Tally(NamedTuple):
    """A heading, rows of name and count, and whether the names are terms of the content."""

    heading: str
    rows: list[tuple[str, int]]
    of_content: bool = False


def evidence_tallies(guideline: Guideline) -> list[Tally]:
    """Return each way of counting claims and sources. A retracted source counts among the retraction states alone."""
    claims, sources = claims_of(guideline).values(), sources_of(guideline).values()
    counted = [source.reference for source in sources if not source.is_retracted]
    say = guideline.about.speech.say

    def by_term(heading: str, section: str, names: Iterable[str]) -> Tally:
        found, terms = Counter(names), guideline.vocabulary.sections[section]
        return Tally(
            heading, [(term.name, found[name]) for name, term in terms.items() if found[name]], of_content=True
        )

    return [
        Tally(say("Claims by the highest level of their sources"), count_levels(claims)),
        by_term(say("Claims by kind"), "claim-kinds", (claim.claim.kind for claim in claims)),
        by_term(say("Sources by design"), "designs", (reference.design for reference in counted)),
        by_term(say("Sources by what was studied"), "species", (reference.species for reference in counted)),
        by_term(say("Sources by how they were read"), "readings", (reference.read for reference in counted)),
        Tally(say("Sources by retraction state"), _by_state(sources, say)),
        *_comparisons(guideline),
    ]


def _by_state(sources: Iterable[SourceFacts], say: Callable[[str], str]) -> list[tuple[str, int]]:
    found = Counter(source.reference.retraction.state for source in sources)
    return [(say(name), found[state]) for state, name in RETRACTION_STATES.items() if found[state]]


def _comparisons(guideline: Guideline) -> list[Tally]:
    """Count the claims that somebody compared with their passages, and the differences that were judged right."""
    compared = [one for id_, one in current(guideline).items() if id_ in guideline.claims]
    say = guideline.about.speech.say
    named = sum(bool(one.by) for one in compared)
    rows = [
        (say("Compared by a reader with an ORCID iD"), named),
        (say("Compared by software or an unnamed reader"), len(compared) - named),
        (say("Changed since they were compared"), sum(id_ in guideline.claims for id_ in lapsed(guideline))),
        (say("Never compared"), len(guideline.claims.keys() - guideline.comparisons.keys())),
    ]
    judged = Counter(difference.rule for one in compared for difference in one.differs)
    heading = say("Differences that a rule found and a reader judged right, by what differs")
    parts = sorted((rule.removesuffix("-agrees").replace("-", " "), number) for rule, number in judged.items())
    differences = [Tally(heading, parts, of_content=True)] if judged else []
    return [Tally(say("Claims compared with their passages, which is no review"), rows), *differences]
