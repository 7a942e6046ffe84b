"""What is told of a record first: the columns of the list of its kind, and which answers its page begins with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.facts.answers import QuestionFacts, questions_of
from generator.facts.lists import records_by_kind
from generator.facts.records import RecordFacts
from generator.guideline import Guideline
from generator.profile import RecordQuestion
from generator.vocabulary import Term


@dataclass(frozen=True)
class Row:
    """A record in the list of its kind: its group, and a question for each column; None for one that has no answer."""

    group: Term
    facts: RecordFacts
    cells: Sequence[QuestionFacts | None]


def columns_of(kind: str, guideline: Guideline) -> Sequence[RecordQuestion]:
    """Return the questions that are the columns of the list of a kind; none for a kind without such a list."""
    return [question for _, question in _columns(kind, guideline)]


def rows_of(kind: str, guideline: Guideline) -> Sequence[Row]:
    """Return the records of a kind, by group and name, with what is told of each."""
    names = [name for name, _ in _columns(kind, guideline)]
    return [
        Row(group, facts, [questions_of(facts).get(name) for name in names])
        for group, members in records_by_kind(guideline)[kind]
        for facts in members
    ]


def told_first(record: RecordFacts) -> tuple[Sequence[QuestionFacts], Sequence[QuestionFacts]]:
    """Return the questions of a record as its page tells them: those that it begins with, and the rest.

    Questions that are not known together are told where the first of them is.
    """
    questions = questions_of(record)
    begins = record.guideline.profile.page_begins.get(record.kind, ())
    first = [questions[name] for name in begins if name in questions]
    told: list[QuestionFacts] = []
    return _not_told(first, told), _not_told(questions.values(), told)


def _not_told(questions: Iterable[QuestionFacts], told: list[QuestionFacts]) -> Sequence[QuestionFacts]:
    """Return the questions that are in none of those told, and add them there."""
    before = len(told)
    for each in questions:
        if each not in told and not any(each.not_known and each.not_known == other.not_known for other in told):
            told.append(each)
    return told[before:]


def _columns(kind: str, guideline: Guideline) -> Sequence[tuple[str, RecordQuestion]]:
    asked = guideline.profile.questions_of(kind)
    return [(name, asked[name]) for name in guideline.profile.matrix.get(kind, ()) if name in asked]
