"""Strength of the cited evidence: a rule over designs, never typed by hand. It is not GRADE.

The rule, for one claim:

1. Each citation that supports or qualifies the claim counts at the level of its source's design, as
   `vocabulary.yaml` gives it. A systematic review or meta-analysis counts as *synthesis of randomised trials* only
   where its record says that it pools nothing else. Work on animals, cells or models counts as laboratory evidence
   whatever its design.
2. A retracted source does not count, neither for the level nor for the number of sources; how many were left out is
   said beside them. A claim whose supporting sources are all retracted has no strength. A source under an expression
   of concern counts, and is marked.
3. The claim's level is the highest among those that count. Reports of one study count as one source.
4. The claim is *disputed* where a citation contradicts it or it disagrees with another claim.
5. Background and evidence gaps describe and have no strength.

The order of levels follows the usual hierarchy by design, in which randomised trials stand above observational
studies and these above case series (Guyatt 2008, PMID 18436948, takes design as the start of its rating and then
moves up or down by judgement; that judgement is not made here).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.guideline import ClaimEntry, Guideline
from generator.model import Citation, Claim
from generator.notions import PEOPLE, RANDOMISED_ONLY
from generator.sources import Reference
from generator.speech import Speech, to_say

LEVELS: Mapping[str, str] = {
    "synthesis": to_say("Synthesis of randomised trials"),
    "randomised": to_say("Randomised trial"),
    "controlled": to_say("Controlled trial, not randomised"),
    "observational": to_say("Observational study"),
    "case-report": to_say("Case series or reports"),
    "expert-opinion": to_say("Expert opinion"),
    "laboratory": to_say("Laboratory or animal study"),
}
"""Levels from the highest to the lowest, with the names shown."""

LEVELS_INSIDE: Mapping[str, str] = {
    "synthesis": to_say("synthesis of randomised trials"),
    "randomised": to_say("randomised trial"),
    "controlled": to_say("controlled trial, not randomised"),
    "observational": to_say("observational study"),
    "case-report": to_say("case series or reports"),
    "expert-opinion": to_say("expert opinion"),
    "laboratory": to_say("laboratory or animal study"),
}
"""The same as they are written within a line."""

HIGHEST, LOWEST = "synthesis", "laboratory"

CONTROLLED = frozenset({"synthesis", "randomised", "controlled"})


@dataclass(frozen=True)
class Strength:
    """Level and number of independent sources that count for a claim, whether it is disputed, and how many sources
    that support it are retracted and do not count.
    """

    level: str
    sources: int
    disputed: bool
    retracted: int

    def label(self, speech: Speech) -> str:
        """Return the strength in words, such as `Randomised trial · 2 sources · disputed`."""
        left_out = [speech.say("{n} retracted, not counted", n=self.retracted)] if self.retracted else []
        disputed = [speech.say("disputed")] if self.disputed else []
        sources = speech.plural(self.sources, "{n} source", "{n} sources")
        return " · ".join([speech.say(LEVELS[self.level]), sources, *left_out, *disputed])


def level_of(reference: Reference, guideline: Guideline) -> str:
    """Return the level of evidence that a source counts at."""
    if not guideline.means("species", reference.species, PEOPLE):
        return LOWEST
    if guideline.means("syntheses", reference.synthesises, RANDOMISED_ONLY):
        return HIGHEST
    level = guideline.term("designs", reference.design).level
    return level if level and level in LEVELS else LOWEST


def level_in(claim: Claim, reference: Reference, guideline: Guideline) -> str:
    """Return the level that a source counts at for a claim: without a group to compare with, at most observational."""
    level = level_of(reference, guideline)
    return "observational" if claim.one_group and level in CONTROLLED else level


def is_retracted(reference: Reference) -> bool:
    """Return whether a source was found retracted."""
    return bool(reference.retraction.state == "retracted")


def counts(cite: Citation, guideline: Guideline) -> bool:
    """Return whether a citation counts for its claim: it does not contradict it, and its source is not retracted."""
    return cite.bearing != "contradicts" and not is_retracted(guideline.references[cite.pmid])


def count_sources(entry: ClaimEntry) -> tuple[int, int]:
    """Return how many independent sources count for a claim, and how many do not because they are retracted."""
    guideline = entry.guideline
    counted = {cite.pmid for cite in entry.claim.cites if counts(cite, guideline)}
    cited = {cite.pmid for cite in entry.claim.cites if cite.bearing != "contradicts"}
    return len({guideline.references[pmid].study or pmid for pmid in counted}), len(cited - counted)


def is_disputed(entry: ClaimEntry) -> bool:
    """Return whether a citation contradicts a claim, or the claim and another disagree."""
    return bool(entry.opponents) or any(cite.bearing == "contradicts" for cite in entry.claim.cites)


def strength_of(entry: ClaimEntry) -> Strength | None:
    """Return the strength of a claim's cited evidence, or None if the claim only describes or no source counts."""
    guideline = entry.guideline
    counted = [guideline.references[cite.pmid] for cite in entry.claim.cites if counts(cite, guideline)]
    if entry.only_describes or not counted:
        return None
    level = strongest(level_in(entry.claim, reference, guideline) for reference in counted)
    sources, retracted = count_sources(entry)
    return Strength(level, sources, is_disputed(entry), retracted)


def strongest(levels: Iterable[str]) -> str:
    """Return the highest of at least one level."""
    return min(levels, key=list(LEVELS).index)
