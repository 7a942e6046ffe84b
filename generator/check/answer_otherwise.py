"""A claim that disagrees with one that an answer rests on is named by the answer too.

It stands under `otherwise`, shown beside the answer, or among those that the answer rests on, if the answer tells both
sides. What is contested is never the quiet part of a page.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "answer-otherwise"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each opponent that an answer does not name, and each claim that it names on both sides."""
    for id_, record in guideline.records.items():
        for name, answer in record.answers.items():
            support = [each.claim for each in answer.support]
            place = guideline.place(id_, "answers", name)
            opponents = (other for claim in support for other in guideline.disagreements.get(claim, ()))
            for other in dict.fromkeys(opponents):
                if other not in (*support, *answer.otherwise):
                    fix = "List it under `otherwise`, or rest the answer on both and tell both."
                    yield Problem(ID, f"`{other}` disagrees and is not named", fix, place)
            for index, claim in enumerate(answer.otherwise):
                if claim in support:
                    place = guideline.place(id_, "answers", name, "otherwise", index)
                    yield Problem(ID, f"the answer rests on `{claim}` too", "Name it on one side.", place)
