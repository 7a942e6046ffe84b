"""A record answers each question of its kind, or says that the answer is not known, or the profile has a common answer.

A question that is passed over in silence looks like one that nobody has. While the profile says
`answers_required: false`, a record in which no answer was written yet is passed over.
"""

from collections.abc import Iterator

from generator.fields import ANSWER
from generator.guideline import Guideline
from generator.problems import Problem
from generator.profile import kind_of

ID = "answer-for-each-question"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each record that leaves questions open, with their ids."""
    for id_, record in guideline.records.items():
        if not (record.answers or record.not_known or guideline.profile.answers_required):
            continue
        asked = guideline.profile.questions_of(kind_of(id_))
        left = [name for name in asked if f"{id_}#{ANSWER}{name}" not in guideline.answers]
        if left:
            named = ", ".join(f"`{name}`" for name in left)
            fix = "Answer them under `answers`, or list them under `not_known` and say why."
            yield Problem(ID, f"left without an answer: {named}", fix, guideline.place(id_, "answers"))
