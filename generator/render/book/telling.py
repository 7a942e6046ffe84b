"""What handbook and sheets tell alike, as plain data: answers, citations by number, grams for a weight, a code."""

import io
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import segno

from generator.facts.absolute import PerHundred
from generator.facts.answers import AnswerFacts, QuestionFacts, answers_of
from generator.facts.backed import Backed
from generator.facts.claims import CitationFacts, ClaimFacts
from generator.facts.marks import mark
from generator.facts.records import RecordFacts, records_of
from generator.facts.regimens import WeightTable
from generator.guideline import Guideline
from generator.speech import to_say

Cites = list[dict[str, Any]]
"""Sources by their numbers, in brackets of those that have the same marks."""


_GRAMS = to_say("grams")
"""The head of a line below regimens that are stated per one thing and another: their names tell per what."""


class Teller:
    """Tells of answers and citations. The numbers of sources, and what leads to a place, are those of the copy.

    `read` says whether a citation tells how its source was read: not where a list of the sources on the same side does.
    """

    def __init__(self, numbers: Mapping[str, int], way_to: Callable[[str], dict[str, str]], *, read: bool = True):
        self._numbers = numbers
        self._way_to = way_to
        self._read = read

    def question(self, facts: QuestionFacts) -> dict[str, Any]:
        """Return a question with its answer, or with why there is none."""
        unknown = facts.not_known
        speech = facts.record.guideline.about.speech
        none = "" if facts.answer else speech.say("No answer written yet.")
        return {
            "question": unknown.name if unknown else facts.question.name,
            "answer": self.answer(facts.answer) if facts.answer else None,
            "none": f"{speech.say('Not known.')} {unknown.not_known.because}" if unknown else none,
            "awaited": "; ".join(source.label for source in unknown.awaits) if unknown else "",
            "beside": self._places(unknown.beside, facts.record) if unknown else [],
        }

    def answer(self, facts: AnswerFacts) -> dict[str, Any]:
        """Return an answer with its sources, where they lean, what it rests on, and what says otherwise."""
        return {
            "text": facts.answer.text,
            "cites": [] if facts.steps else self._backing(facts),
            "steps": [{"do": each.verb, "text": each.step.text, "cites": self._backing(each)} for each in facts.steps],
            "direction": facts.direction,
            "basis": facts.basis_words,
            "per_hundred": [_per_hundred(each) for each in facts.per_hundred],
            "otherwise": self._places(facts.otherwise, facts.record),
            "stops": facts.stops,
            "awaited": facts.awaited,
        }

    def _backing(self, facts: Backed) -> Cites:
        return self.numbered((cite, marks) for _, marks, cites in facts.cited for cite in cites)

    def _places(self, claims: Iterable[ClaimFacts], home: RecordFacts) -> list[dict[str, Any]]:
        """Return where claims are that are not told here, with their sources: those of a kind and record together."""
        groups: dict[str, list[ClaimFacts]] = {}
        for claim in claims:
            own = home.guideline.about.own
            where = own.inside(claim.kind) if claim.entry.record == home.id else claim.where
            groups.setdefault(where, []).append(claim)
        return [
            {
                "where": where,
                "cites": self.cites_of((claim, claim.citations) for claim in found),
                "ways": [way for claim in found if (way := self._way_to(claim.id))],
            }
            for where, found in groups.items()
        ]

    def cites(self, citations: Iterable[CitationFacts]) -> Cites:
        """Return the sources of citations."""
        return self.numbered((cite, ()) for cite in citations)

    def cites_of(self, cited: Iterable[tuple[ClaimFacts, Iterable[CitationFacts]]]) -> Cites:
        """Return the same for a place that shows no claim: with the marks of the claims that cite."""
        return self.numbered((cite, claim.marks) for claim, cites in cited for cite in cites)

    def numbered(self, cited: Iterable[tuple[CitationFacts, tuple[str, ...]]]) -> Cites:
        """Return the sources of citations with their own marks and further ones: those alike once, by their numbers."""
        groups: dict[str, dict[int, str]] = {}
        for cite, marks in cited:
            words = ", ".join(dict.fromkeys((*(cite.marks if self._read else cite.states), *marks)))
            groups.setdefault(words, {})[self._numbers[cite.source.pmid]] = cite.source.pmid
        return [
            {"marks": words, "sources": [{"n": str(number), "pmid": pmid} for number, pmid in sorted(found.items())]}
            for words, found in groups.items()
        ]

    def grams(self, tables: Iterable[WeightTable], weights: Collection[int], home: RecordFacts) -> list[dict[str, Any]]:
        """Return lines of grams for some weights below the regimens that give them: tables that are alike once."""
        groups: dict[object, list[WeightTable]] = {}
        for table in tables:
            groups.setdefault((table.apart, tuple(_columns(table, weights))), []).append(table)
        return [
            {
                "regimens": [self._regimen(table, home) for table in group],
                "lines": [
                    {"head": heads[0] if len({*heads}) == 1 else home.guideline.about.own.say(_GRAMS), "cells": cells}
                    for *heads, cells in zip(
                        *(table.heads for table in group), _columns(group[0], weights), strict=True
                    )
                ],
            }
            for group in groups.values()
        ]

    def _regimen(self, table: WeightTable, home: RecordFacts) -> dict[str, Any]:
        topics = dict.fromkeys(each.topic for each in table.regimens if each.topic != home.id)
        others = (home.guideline.records[topic].name for topic in topics)
        return {
            "name": mark(table.name, *table.roles, *others),
            "cites": self.numbered((each.cite, each.marks) for each in table.regimens),
        }


def _per_hundred(facts: PerHundred) -> str:
    """Return what a trial counted of 100 patients, that it was computed, and the marks of the claim, as a sentence."""
    own = facts.claim.entry.guideline.about.own
    return own.say(
        "Per 100 patients, {words}.", words=mark(f"{facts.words}, {own.say('computed')}", *facts.claim.marks)
    )


def stops_told(guideline: Guideline) -> list[dict[str, str]]:
    """Return what the pathway stops at, for each question that tells it with its answers."""
    answers = (answer for record in records_of(guideline).values() for answer in answers_of(record))
    found = {answer.question.name: answer.stops for answer in answers if answer.stops}
    return [{"name": name, "text": text} for name, text in found.items()]


def _columns(table: WeightTable, weights: Collection[int]) -> list[tuple[str, ...]]:
    """Return the grams for some weights under each head of a table."""
    return list(zip(*(cells for weight, cells in table.rows if weight in weights), strict=True))


class Numbering(dict[str, int]):
    """Gives each source the next number when it is first asked for."""

    def __missing__(self, pmid: str) -> int:
        self[pmid] = len(self) + 1
        return self[pmid]


def code_of(address: str) -> list[int]:
    """Return a QR code of an address, as the bytes of a PNG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=4, border=2)
    return list(picture.getvalue())
