"""What an answer rests on, in four steps: computed from designs and studies, and never called certainty. Not GRADE.

`rule` is what is published of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.evidence.strength import LEVELS_INSIDE, counts, is_disputed, level_in, strongest
from generator.guideline import ClaimEntry
from generator.speech import Speech, to_say

STEPS = (
    to_say("no direct study"),
    to_say("very weak basis"),
    to_say("weak basis"),
    to_say("moderate basis"),
    to_say("strong basis"),
)
"""The steps from the lowest, with the names shown."""

SMALL = 30
"""A study of fewer patients is small."""

SEVERAL = 2

_RULE = (
    to_say(
        "It is computed for an answer on effect, from the studies of the claims that it rests on. A study "
        "counts if a claim cites it in support, it was done in people, it is not retracted, and the claim is about the "
        "treatment itself and not marked as indirect. Reports of one study count once. What a trial saw in one of its "
        "groups, or in all together, counts as an observational study."
    ),
    to_say(
        "Strong basis: at least {several} randomised trials, or a synthesis of randomised trials. Moderate: one "
        "randomised trial, or a controlled trial. Weak: at least {several} observational studies. Very weak: one "
        "observational study, case series, case reports, or the opinion of reviews and guidelines. No direct study: "
        "nothing of the kind."
    ),
    to_say(
        "One step is taken off where a claim that the answer rests on is disputed, and one where the only study has "
        "fewer than {small} participants; what counts at all stays at least very weak."
    ),
    to_say(
        "For how often a harm occurs no step is computed, as a rare one is not known better because a trial counted it "
        "too: the kinds of the studies that count are named, and their number."
    ),
    to_say(
        "For the place in therapy the newest guideline is named that a claim of the answer cites, and whether it "
        "recommends or only considers it, or is against; or else that no guideline is cited for this."
    ),
    to_say(
        "It says how much was found, not how sure the result is: the quality of studies is not judged. It is not GRADE."
    ),
)


def rule(speech: Speech) -> tuple[str, ...]:
    """Return the published rule, a paragraph an item."""
    return tuple(speech.say(words, several=SEVERAL, small=SMALL) for words in _RULE)


@dataclass(frozen=True)
class Basis:
    """The step, the highest level and the number of the studies that count, and why a step was taken off.

    Without a step, `levels` are those of all of them, the highest first.
    """

    step: int | None
    level: str = ""
    levels: tuple[str, ...] = ()
    studies: int = 0
    disputed: bool = False
    small: bool = False

    def name(self, speech: Speech) -> str:
        """Return the name of the step, or the kinds of the studies."""
        if self.step is not None:
            return speech.say(STEPS[self.step])
        if not self.studies:
            return speech.say("no study counted: expert opinion")
        return speech.say(
            "direct figures from: {kinds}", kinds="; ".join(speech.say(LEVELS_INSIDE[each]) for each in self.levels)
        )

    def why(self, speech: Speech) -> str:
        """Return what the step was computed from, in words; empty where nothing counts."""
        if not self.level:
            return ""
        number = speech.plural(self.studies, "{n} study", "{n} studies") if self.level != "expert-opinion" else ""
        taken_off = [speech.say("disputed")] if self.disputed else []
        taken_off += [speech.say("fewer than {n} participants", n=SMALL)] if self.small else []
        kind = speech.say(LEVELS_INSIDE[self.level]) if self.step is not None else ""
        return "; ".join(filter(None, (kind, number, *taken_off)))


def basis_of(direct: Iterable[ClaimEntry], *, in_steps: bool = True) -> Basis:
    """Return what an answer rests on, from the claims that it rests on directly: in steps, or without one."""
    claims = [e for e in direct if e.claim.subject == "intervention" and not e.only_describes]
    studies: dict[str, str] = {}
    sizes: dict[str, int | None] = {}
    for entry in claims:
        guideline = entry.guideline
        for cite in entry.claim.cites:
            reference = guideline.references[cite.pmid]
            level = level_in(entry.claim, reference, guideline)
            if counts(cite, guideline) and level != "laboratory":
                study = reference.study or cite.pmid
                studies[study] = strongest((studies.get(study, level), level))
                sizes[study] = sizes.get(study) or reference.participants
    if not studies:
        return Basis(0)
    best = strongest(studies.values())
    disputed = any(is_disputed(entry) for entry in claims)
    found = [study for study, level in studies.items() if level != "expert-opinion"]
    if not in_steps:
        levels = tuple(level for level in LEVELS_INSIDE if level in studies.values())
        return Basis(None, best, levels, len(found), disputed)
    size = sizes[found[0]] if len(found) == 1 else None
    small = size is not None and size < SMALL
    step = max(1, _step(best, list(studies.values()).count(best)) - disputed - small)
    return Basis(step, best, (), len(found), disputed, small)


def _step(level: str, number: int) -> int:
    if level == "synthesis" or (level == "randomised" and number >= SEVERAL):
        return 4
    if level in ("randomised", "controlled"):
        return 3
    return 2 if level == "observational" and number >= SEVERAL else 1
