"""An answer rests on claims that exist, stand, and are about what it answers or say in what they are not.

A claim of another record is marked `indirect`, unless the record lists it under `shows`. Background alone carries no
answer, and no claim does that another supersedes or whose supporting sources are all retracted.
"""

from collections.abc import Iterator

from generator.answers import Answer, Support
from generator.evidence.strength import counts
from generator.guideline import Guideline
from generator.notions import BACKGROUND
from generator.places import Place
from generator.problems import Problem, did_you_mean

ID = "answer-rests"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each answer without a claim that can carry it, and each claim that it cannot rest on."""
    for id_, record in guideline.records.items():
        for name, answer in record.answers.items():
            place = guideline.place(id_, "answers", name)
            yield from _carried(name, answer, guideline, place)
            for path, support in _named(answer):
                place = guideline.place(id_, "answers", name, *path)
                yield from _missing(support.claim, guideline, place)
                yield from _fallen(support.claim, guideline, place)
                elsewhere = support.claim.partition("#")[0] != id_ and support.claim not in record.shows
                if elsewhere and support.indirect is None:
                    fix = "Say in what it is `indirect`, or list it under `shows` if it is about this record."
                    yield Problem(ID, f"`{support.claim}` stands on another record", fix, place)
            for index, claim in enumerate(answer.otherwise):
                yield from _missing(claim, guideline, guideline.place(id_, "answers", name, "otherwise", index))
        for index, each in enumerate(record.not_known):
            for number, claim in enumerate(each.beside):
                yield from _missing(claim, guideline, guideline.place(id_, "not_known", index, "beside", number))


def _named(answer: Answer) -> Iterator[tuple[tuple[str | int, ...], Support]]:
    """Yield where an answer and its steps name the claims that they rest on, and each claim."""
    for index, support in enumerate(answer.rests_on):
        yield ("rests_on", index), support
    for number, step in enumerate(answer.steps):
        for index, support in enumerate(step.rests_on):
            yield ("steps", number, "rests_on", index), support


def _carried(name: str, answer: Answer, guideline: Guideline, place: Place) -> Iterator[Problem]:
    known = [guideline.claims[each.claim] for each in answer.support if each.claim in guideline.claims]
    if not answer.support:
        yield Problem(ID, f"`{name}` rests on no claim", "List them under `rests_on`.", place)
    elif known and all(entry.is_about(BACKGROUND) for entry in known):
        fix = "Rest it on a claim of another kind, or say that it is not known."
        yield Problem(ID, f"`{name}` rests on background alone", fix, place)


def _missing(claim: str, guideline: Guideline, place: Place) -> Iterator[Problem]:
    if claim not in guideline.claims and claim.partition("#")[0] not in guideline.unread:
        fix = did_you_mean(claim, guideline.claims) or "Name a claim by its full id."
        yield Problem(ID, f"no claim has the id `{claim}`", fix, place)


def _fallen(claim: str, guideline: Guideline, place: Place) -> Iterator[Problem]:
    if entry := guideline.claims.get(claim):
        if newer := guideline.superseded_by.get(claim):
            yield Problem(ID, f"`{claim}` is superseded", f"Rest it on `{newer[0].id}`.", place)
        cites = entry.claim.cites
        known = all(cite.pmid in guideline.references for cite in cites)
        if cites and known and not any(counts(cite, guideline) for cite in cites):
            yield Problem(ID, f"`{claim}` has no supporting source that stands", "Rest it on another claim.", place)
