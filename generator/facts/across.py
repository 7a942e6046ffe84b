"""One question across the records of a kind: those with an answer, their own or a common one, and others."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.facts.answers import AnswerFacts, QuestionFacts, questions_of
from generator.facts.lists import records_by_kind
from generator.guideline import Guideline
from generator.profile import RecordQuestion


@dataclass(frozen=True)
class Across:
    """A question with the records that answer it, in the order of their names."""

    kind: str
    name: str
    question: RecordQuestion
    told: Sequence[AnswerFacts]
    """Answers of the records' own."""
    common: AnswerFacts | None
    """The answer that is told of the other records alike."""
    alike: Sequence[AnswerFacts]
    """That answer as it stands on the page of each of them."""
    unknown: Sequence[QuestionFacts]

    @property
    def number(self) -> int:
        """Of how many records it is asked."""
        return len(self.told) + len(self.alike) + len(self.unknown)


def across(kind: str, name: str, guideline: Guideline) -> Across:
    """Return a question of a kind across its records."""
    question = guideline.profile.questions_of(kind)[name]
    members = [facts for _, group in records_by_kind(guideline)[kind] for facts in group]
    asked = [each for facts in members if (each := questions_of(facts).get(name))]
    asked.sort(key=lambda each: each.record.record.name.casefold())
    answers = [each.answer for each in asked if each.answer]
    told = [answer for answer in answers if name in answer.record.record.answers]
    alike = [answer for answer in answers if answer not in told]
    common = next((answer for answer in told if answer.id == question.common), None)
    return Across(kind, name, question, told, common, alike, [each for each in asked if not each.answer])
