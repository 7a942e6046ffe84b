"""Each quantity of an answer, with its unit, stands in the text or the data of a claim that it rests on.

An answer puts claims into fewer words; a number that none of them holds is a new claim. Ranges over several claims are
computed and shown beside the answer, never written in it. The year in which a claim held counts, and so does that a
study is one. No judgement overrules this rule.
"""

from collections.abc import Iterator, Sequence

from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.meaning.agreement import measured
from generator.meaning.amounts import agree
from generator.meaning.lexicon import Lexicon, lexicon_of
from generator.meaning.measures import Measure
from generator.meaning.sentence import read_sentences
from generator.model import Claim
from generator.problems import Problem

ID = "answer-quantities"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each quantity of an answer that its claims do not hold."""
    if "signs" in guideline.unread:
        return
    lexicon = lexicon_of(guideline)
    for id_, record in guideline.records.items():
        for name, answer in record.answers.items():
            for path, text, support in answer.told():
                claims = [guideline.claims[each.claim].claim for each in support if each.claim in guideline.claims]
                for measure in _unsaid(text, claims, lexicon):
                    fix = "Say it as they do, or rest the answer on a claim that says it."
                    place = guideline.place(id_, "answers", name, *path)
                    yield Problem(ID, f"“{measure}” is not among the quantities of its claims", fix, place)


def _unsaid(text: str, claims: Sequence[Claim], lexicon: Lexicon) -> Iterator[Measure]:
    """Yield the quantities of a text that none of the claims holds."""
    asked = [measure for sentence in read_sentences(text, lexicon) for measure in sentence.quantities]
    if not asked:
        return
    said = [sentence for claim in claims for sentence in read_sentences(plain_text(claim.text), lexicon)]
    theirs = [measure for sentence in said for measure in sentence.quantities]
    written = {(measure.number, measure.unit.name) for measure in theirs}
    unsaid = [measure for measure in asked if (measure.number, measure.unit.name) not in written]
    if unsaid:
        theirs += [measure for claim in claims for measure in measured(claim, lexicon)]
    years = {str(claim.as_of) for claim in claims if claim.as_of}
    for measure in unsaid:
        one = measure.loose or (measure.plain_number == 1 and measure.unit.dimension == "studies")
        if not one and measure.number not in years and not any(agree(measure, other) for other in theirs):
            yield measure
