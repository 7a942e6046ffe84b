"""What is told of a record first: the columns of the list of its kind, and the answers up to the last of them."""

from collections.abc import Sequence
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
    """Return the questions of a record, up to the last that is a column of the list of its kind, and the rest.

    Questions that are not known together are told where the first of them is.
    """
    told = [each for each in questions_of(record).values() if not each.is_told_before]
    columns = {name for name, _ in _columns(record.kind, record.guideline)}
    ends = max((number for number, each in enumerate(told, 1) if not columns.isdisjoint(each.told_with)), default=0)
    return told[:ends], told[ends:]


def _columns(kind: str, guideline: Guideline) -> Sequence[tuple[str, RecordQuestion]]:
    profile = guideline.profile
    return [(name, profile.questions_of(kind)[name]) for name in profile.in_order(kind, profile.matrix.get(kind, ()))]
