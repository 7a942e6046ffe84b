"""Matters on which claims disagree: claims that are linked by disagreements, however many pairs they make."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.facts.answers import AnswerFacts, answers_of
from generator.facts.claims import ClaimFacts
from generator.facts.lists import disagreements
from generator.facts.records import records_of
from generator.guideline import Guideline, once

Pair = tuple[ClaimFacts, ClaimFacts]


@dataclass(frozen=True)
class Matter:
    """Claims that disagree with each other, each once, and the pairs of them that do."""

    pairs: Sequence[Pair]

    @property
    def claims(self) -> Sequence[ClaimFacts]:
        """The claims, in the order in which the pairs name them."""
        return list({claim.id: claim for pair in self.pairs for claim in pair}.values())

    @property
    def told(self) -> Sequence[tuple[ClaimFacts, ClaimFacts, str]]:
        """The pairs with the reason of each."""
        return [(left, right, left.entry.opponents[right.id]) for left, right in self.pairs]


@dataclass(frozen=True)
class Topic:
    """The matters whose first claims stand on one record, with its name."""

    name: str
    matters: Sequence[Matter]

    @property
    def number(self) -> int:
        """How many pairs of claims disagree."""
        return sum(len(matter.pairs) for matter in self.matters)


@once
def topics_of_matters(guideline: Guideline) -> Sequence[Topic]:
    """Return the matters by record, those with most pairs first."""
    found: dict[str, list[Matter]] = {}
    for pairs in _linked(disagreements(guideline)):
        found.setdefault(pairs[0][0].record.name, []).append(Matter(pairs))
    topics = [Topic(name, matters) for name, matters in found.items()]
    return sorted(topics, key=lambda topic: -topic.number)


@once
def disputed_answers(guideline: Guideline) -> Sequence[AnswerFacts]:
    """Return the answers beside which claims say otherwise, of records that no pair of claims is about."""
    paired = {claim.entry.record for pair in disagreements(guideline) for claim in pair}
    records = [facts for facts in records_of(guideline).values() if facts.id not in paired]
    return [answer for facts in records for answer in answers_of(facts) if answer.otherwise]


def _linked(pairs: Sequence[Pair]) -> Sequence[Sequence[Pair]]:
    """Return the pairs in groups, so that pairs with a claim in common are in one group."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        ids = {claim.id for claim in pair}
        touched = [group for group in groups if any(claim.id in ids for other in group for claim in other)]
        joined = [*(other for group in touched for other in group), pair]
        groups = [group for group in groups if group not in touched]
        groups.append(joined)
    return groups
