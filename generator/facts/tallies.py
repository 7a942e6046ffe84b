"""Counts of claims and sources, as the page on evidence shows them."""

from collections import Counter
from collections.abc import Iterable

from generator.evidence.comparisons import current, lapsed
from generator.facts.claims import claims_of, count_levels
from generator.facts.marks import RETRACTION_STATES
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline

Tally = tuple[str, list[tuple[str, int]]]
"""A heading, and rows of name and count."""


def evidence_tallies(guideline: Guideline) -> list[Tally]:
    """Return each way of counting claims and sources. A retracted source counts among the retraction states alone."""
    claims, sources = claims_of(guideline).values(), sources_of(guideline).values()
    counted = [source.reference for source in sources if not source.is_retracted]

    def by_term(section: str, names: Iterable[str]) -> list[tuple[str, int]]:
        found = Counter(names)
        return [
            (term.name, found[name]) for name, term in guideline.vocabulary.sections[section].items() if found[name]
        ]

    return [
        ("Claims by the highest level of their sources", count_levels(claims)),
        ("Claims by kind", by_term("claim-kinds", (claim.claim.kind for claim in claims))),
        ("Sources by design", by_term("designs", (reference.design for reference in counted))),
        ("Sources by what was studied", by_term("species", (reference.species for reference in counted))),
        ("Sources by how they were read", by_term("readings", (reference.read for reference in counted))),
        ("Sources by retraction state", _by_state(sources)),
        *_comparisons(guideline),
    ]


def _by_state(sources: Iterable[SourceFacts]) -> list[tuple[str, int]]:
    found = Counter(source.reference.retraction.state for source in sources)
    return [(name, found[state]) for state, name in RETRACTION_STATES.items() if found[state]]


def _comparisons(guideline: Guideline) -> list[Tally]:
    """Count the claims that somebody compared with their passages, and the differences that were judged right."""
    compared = [one for id_, one in current(guideline).items() if id_ in guideline.claims]
    named = sum(bool(one.by) for one in compared)
    rows = [
        ("Compared by a reader with an ORCID iD", named),
        ("Compared by software or an unnamed reader", len(compared) - named),
        ("Changed since they were compared", sum(id_ in guideline.claims for id_ in lapsed(guideline))),
        ("Never compared", len(guideline.claims.keys() - guideline.comparisons.keys())),
    ]
    judged = Counter(difference.rule for one in compared for difference in one.differs)
    differences = [("Differences that a rule found and a reader judged right", sorted(judged.items()))]
    return [("Claims compared with their passages, which is no review", rows), *(differences if judged else [])]
