"""What would change if a source fell: the guideline in which it is retracted, compared with the guideline as it is.

Nothing is worked out here of what a source weighs: strengths, bases and counts are asked of both guidelines by the
functions that every page asks.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from generator.answers import Answer
from generator.evidence.strength import count_sources
from generator.facts.answers import AnswerFacts, answers_of, class_harms
from generator.facts.backed import Backed, SupportFacts
from generator.facts.claims import DESCRIBES, NOTHING_COUNTS, ClaimFacts, claims_of
from generator.facts.marks import mark_of
from generator.facts.order import numbers_by_page, numbers_of_sources
from generator.facts.records import RecordFacts, records_of
from generator.facts.regimens import Regimen, doses_by_topic
from generator.facts.sources import SourceFacts, sources_of
from generator.facts.steps import Step, pathway_of
from generator.facts.uses import answers_by_claim, records_by_told, steps_by_support
from generator.guideline import Guideline, once, take_over
from generator.meaning.lexicon import lexicon_of
from generator.speech import to_say

NONE_LEFT = to_say("nothing that counts is left")
INDIRECT_LEFT = to_say("only indirect claims are left")
DISPUTED_LEFT = to_say("only disputed claims are left")
SAME = to_say("the same: the source does not support it")


@dataclass(frozen=True)
class FallenClaim:
    """A claim that cites the source: its strength now and without the source, and how many sources would count."""

    claim: ClaimFacts
    was: str
    now: str
    left: int
    loses: bool
    """Whether a source fewer would count; not so where the source contradicts the claim."""


@dataclass(frozen=True)
class FallenAnswer:
    """An answer that would rest otherwise: what it is backed by now and would be; what would be left, if that is said.

    `lost` are the claims that would have no source left that counts, where others stay. `bare` are the lines of a tick
    list, and `uncounted` the numbers of 100, that would have nothing behind them.
    """

    answer: AnswerFacts
    was: str
    now: str
    left: str
    lost: tuple[ClaimFacts, ...]
    bare: tuple[str, ...]
    uncounted: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """What would change, in short."""
        basis = [f"{self.was} → {self.now}"] if self.was != self.now else []
        left, speech = [self.left] if self.left else [], self.answer.speech
        lost = speech.plural(
            len(self.lost),
            "{n} of the {all} claims that it rests on would have no source: read its text again",
            "{n} of the {all} claims that it rests on would have no source: read its text again",
            all=len({each.claim.id for each in self.answer.support}),
        )
        bare = speech.plural(
            len(self.bare),
            "nothing that counts is left for {n} line of its list",
            "nothing that counts is left for {n} lines of its list",
        )
        counted = speech.plural(
            len(self.uncounted), "{n} count of 100 no more shown", "{n} counts of 100 no more shown"
        )
        return (
            *basis,
            *left,
            *([lost] if self.lost else []),
            *([bare] if self.bare else []),
            *([counted] if self.uncounted else []),
        )


@dataclass(frozen=True)
class Fall:
    """What would change if a source were retracted; of the answers `kept` every claim has another source that counts.

    `steps` are those of the pathway that tell a claim that loses it, `doses` the rows of the page of doses, `sheets`
    the records whose ward sheets do; `on_every_sheet` are harms that the sheet of every disease tells.
    """

    source: SourceFacts
    claims: Sequence[FallenClaim]
    answers: Sequence[FallenAnswer]
    kept: Sequence[AnswerFacts]
    steps: Sequence[Step] = field(repr=False)
    doses: Sequence[tuple[RecordFacts, Regimen]]
    sheets: Sequence[RecordFacts]
    on_every_sheet: Sequence[RecordFacts]

    @property
    def bereft(self) -> Sequence[FallenClaim]:
        """The claims that would have no source left that counts."""
        return [each for each in self.claims if each.loses and not each.left]

    @property
    def by_change(self) -> Mapping[tuple[str, str], Sequence[ClaimFacts]]:
        """The claims by what their evidence is now and would be, those that would have none first."""
        found: dict[tuple[str, str], list[ClaimFacts]] = {}
        for each in sorted(self.claims, key=lambda each: (each.left > 0, not each.loses)):
            found.setdefault((each.was, each.now if each.loses else each.claim.speech.say(SAME)), []).append(each.claim)
        return found

    @property
    def losing(self) -> Sequence[ClaimFacts]:
        """The claims that would have a source fewer."""
        return [each.claim for each in self.claims if each.loses]


def without(guideline: Guideline, pmids: Collection[str]) -> Guideline:
    """Return the guideline in which some sources are retracted: found so on the day of the content."""
    references = dict(guideline.references)
    for pmid in pmids:
        known = references[pmid].retraction
        told = known.model_copy(update={"state": "retracted", "checked_on": known.checked_on or guideline.about.date})
        references[pmid] = references[pmid].model_copy(update={"retraction": told})
    fallen = replace(guideline, references=references)
    for made in (lexicon_of, numbers_of_sources, numbers_by_page):
        take_over(made, guideline, fallen)
    return fallen


@once
def falls_of(guideline: Guideline) -> Mapping[str, Fall]:
    """Return what would change if each source were retracted, by its PMID; of those that are retracted nothing would.

    Sources that no claim and no answer has in common fall together: a guideline for each would take ten times as long.
    """
    found = {}
    for pmids in _apart(guideline):
        fallen = without(guideline, pmids)
        found.update({pmid: fall(pmid, guideline, fallen) for pmid in pmids})
    return {pmid: found[pmid] for pmid in guideline.references}


def fall(pmid: str, guideline: Guideline, fallen: Guideline) -> Fall:
    """Return what changes with a source between a guideline and the one in which it is retracted."""
    claims = [_claim(id_, guideline, fallen) for id_ in _citing(pmid, guideline)]
    touched = {each.claim.id for each in claims if each.loses}
    compared = [_answer(answer, fallen) for answer in _resting(touched, guideline)]
    return Fall(
        sources_of(guideline)[pmid],
        claims,
        [each for each in compared if each.told],
        [each.answer for each in compared if not each.told],
        _steps(touched, guideline),
        [
            (topic.record, regimen)
            for topic in doses_by_topic(guideline).values()
            for regimen in topic.regimens
            if regimen.claim.id in touched
        ],
        _sheets(touched, guideline),
        _on_every_sheet(touched, guideline),
    )


def _citing(pmid: str, guideline: Guideline) -> list[str]:
    return [entry.id for entry in guideline.claims_by_source.get(pmid, ())]


def _claim(id_: str, guideline: Guideline, fallen: Guideline) -> FallenClaim:
    was, now = claims_of(guideline)[id_], claims_of(fallen)[id_]
    counted = [count_sources(each.entry) for each in (was, now)]
    return FallenClaim(was, _strength(was), _strength(now), counted[1][0], counted[0] != counted[1])


def _strength(claim: ClaimFacts) -> str:
    """Return the strength of a claim in words; of one that only describes, whether a source of it counts."""
    if not claim.entry.only_describes:
        return claim.strength_label
    counted = claim.speech.say(DESCRIBES if count_sources(claim.entry)[0] else NOTHING_COUNTS)
    return " · ".join([counted, *([mark_of("disputed", claim.speech)] if claim.disputed else [])])


def _answer(answer: AnswerFacts, fallen: Guideline) -> FallenAnswer:
    now = replace(answer, record=records_of(fallen)[answer.record.id])
    bare = [{step.step.line for step in each.steps if not _standing(step)} for each in (answer, now)]
    left, was_left = _left(now), _left(answer)
    standing = [{each.claim.id: each.claim for each in one.support if _counts(each)} for one in (answer, now)]
    still = {each.words for each in now.per_hundred}
    return FallenAnswer(
        answer,
        answer.basis_words,
        now.basis_words,
        left if left != was_left else "",
        tuple(claim for id_, claim in standing[0].items() if id_ not in standing[1]) if standing[1] else (),
        tuple(step.step.line for step in now.steps if step.step.line in bare[1] - bare[0]),
        tuple(each.words for each in answer.per_hundred if each.words not in still),
    )


def _standing(backed: Backed) -> bool:
    return any(_counts(each) for each in backed.support)


def _counts(support: SupportFacts) -> bool:
    return count_sources(support.claim.entry)[0] > 0


def _left(answer: AnswerFacts) -> str:
    """Return what is left of the support of an answer, where that is little; else empty."""
    standing = [each for each in answer.support if _counts(each)]
    direct = [each for each in standing if not each.indirect]
    if not direct:
        return answer.speech.say(INDIRECT_LEFT if standing else NONE_LEFT)
    return answer.speech.say(DISPUTED_LEFT) if all(each.claim.disputed for each in direct) else ""


def _resting(claims: Collection[str], guideline: Guideline) -> Sequence[AnswerFacts]:
    """Return the answers that rest on some claims, each once, in the order of the records."""
    known = answers_by_claim(guideline)
    found = {answer.id: answer for claim in claims for answer in known.get(claim, ())}
    return [answer for id_ in guideline.answers if (answer := found.get(id_))]


def _steps(claims: Collection[str], guideline: Guideline) -> Sequence[Step]:
    """Return the steps of the pathway that rest on some claims, or say an answer that does, in reading order."""
    telling = {name for claim in claims for name in steps_by_support(guideline).get(claim, ())}
    return [step for name, step in pathway_of(guideline).steps.items() if name in telling]


def _sheets(claims: Collection[str], guideline: Guideline) -> Sequence[RecordFacts]:
    """Return the records whose own ward sheets tell some claims, in the order of the records."""
    told = {record.id for claim in claims for record in records_by_told(guideline).get(claim, ())}
    kept = guideline.profile.sheets.keep
    return [record for id_, record in records_of(guideline).items() if id_ in told and record.kind in kept]


def _on_every_sheet(claims: Set[str], guideline: Guideline) -> Sequence[RecordFacts]:
    """Return the harms that the ward sheet of every disease tells, where an answer that it tells names some claims."""
    told = guideline.profile.sheets.harms_tell
    return [
        harm.record
        for harm in class_harms(guideline)
        if any(
            not claims.isdisjoint([*(each.claim for each in answer.answer.support), *answer.answer.otherwise])
            for answer in answers_of(harm.record)
            if answer.name in told
        )
    ]


def _apart(guideline: Guideline) -> Iterator[tuple[str, ...]]:
    """Yield the sources in groups, of which no two are cited by one claim or by the claims of one answer."""
    together = [{cite.pmid for cite in entry.claim.cites} for entry in guideline.claims.values()]
    for answer in guideline.answers.values():
        if isinstance(answer, Answer):
            claims = [guideline.claims[each.claim].claim for each in answer.support if each.claim in guideline.claims]
            together.append({cite.pmid for claim in claims for cite in claim.cites})
    beside: dict[str, set[str]] = {pmid: set() for pmid in guideline.references}
    for pmids in together:
        for pmid in pmids:
            beside[pmid] |= pmids
    groups: list[list[str]] = []
    for pmid in sorted(beside, key=lambda pmid: -len(beside[pmid])):
        group = next((group for group in groups if beside[pmid].isdisjoint(group)), None)
        if group is None:
            groups.append(group := [])
        group.append(pmid)
    yield from map(tuple, groups)
