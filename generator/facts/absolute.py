"""An effect as a patient counts it: how many of 100 on each side of a trial, and how many more or fewer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from generator.data import Comparison
from generator.evidence.intervals import Interval, difference
from generator.evidence.strength import counts, level_of
from generator.facts.claims import ClaimFacts
from generator.speech import Speech, to_say

TRIALS = ("randomised", "controlled")
"""The levels of evidence whose two sides may be set against each other."""


@dataclass(frozen=True)
class PerHundred:
    """What a trial counted on each of its two sides: the names, the shares, and their difference with its interval.

    Shares and difference are floats, from 0 to 1 and from -1 to 1; the interval is Newcombe's (method 10, PMID
    9595617).
    """

    claim: ClaimFacts
    outcome: str
    names: tuple[str, str]
    shares: tuple[float, float]
    difference: Interval

    @property
    def words(self) -> str:
        """The whole in one line."""
        sides = ", ".join(f"{name} {_hundredths(share)}" for name, share in zip(self.names, self.shares, strict=True))
        own = self.claim.entry.guideline.about.own
        low, high = (_change(limit, own) for limit in (self.difference.low, self.difference.high))
        if self.difference.low * self.difference.high > 0:
            low, high = (str(limit) for limit in sorted(map(abs, map(_hundredths, self.difference[1:]))))
        interval = own.say("95% interval {low} to {high}", low=low, high=high)
        return f"{self.outcome}: {sides}; {_change(self.difference.estimate, own)} ({interval})"

    @property
    def line(self) -> str:
        """The same as a sentence that says of how many patients, in the language of the content as its names are."""
        return self.claim.entry.guideline.about.own.say("Per 100 patients, {words}.", words=self.words)


def per_hundred(claim: ClaimFacts) -> PerHundred | None:
    """Return what a claim counts of 100 on each side; None unless a trial that counts observed both sides."""
    data, guideline = claim.claim.data, claim.entry.guideline
    if not isinstance(data, Comparison) or len(data.arms) != 2:
        return None
    cites = [cite.citation for cite in claim.citations]
    if not any(counts(c, guideline) and level_of(guideline.references[c.pmid], guideline) in TRIALS for c in cites):
        return None
    observed = [(int(arm.events), arm.of) for arm in data.arms if arm.events is not None and arm.of is not None]
    if len(observed) != 2 or any(events > of for events, of in observed):
        return None
    if any(arm.events is not None and arm.events % 1 for arm in data.arms):
        return None
    (events_a, of_a), (events_b, of_b) = observed
    shares = (events_a / of_a, events_b / of_b)
    names = (data.arms[0].name, data.arms[1].name)
    return PerHundred(claim, data.outcome, names, shares, difference(events_a, of_a, events_b, of_b))


def all_per_hundred(claims: Sequence[ClaimFacts]) -> Sequence[PerHundred]:
    """Return what can be counted of 100 of several claims, in order."""
    return [found for found in map(per_hundred, claims) if found]


def _hundredths(share: float) -> int:
    return floor(100 * share + 0.5)


def _change(share: float, own: Speech) -> str:
    number = _hundredths(share)
    return own.say(to_say("{n} fewer") if number < 0 else to_say("{n} more"), n=abs(number))
