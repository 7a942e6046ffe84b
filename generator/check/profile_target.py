"""The profile has the questions of every kind of record, and the harms that it names are records.

A kind of record without questions would be shown without answers, and nobody would miss them.
"""

from collections.abc import Iterator

from generator.fields import KINDS
from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean

ID = "profile-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each kind without questions and each harm that no record tells of."""
    if "profile" in guideline.unread:
        return
    for kind in KINDS:
        if not guideline.profile.questions_of(kind):
            place = guideline.place("profile", "questions")
            yield Problem(ID, f"`{kind}` has no questions", "Add what their readers ask.", place)
    for index, harm in enumerate(guideline.profile.class_harms):
        if harm not in guideline.records and harm not in guideline.unread:
            fix = did_you_mean(harm, guideline.records) or "Correct the id."
            yield Problem(ID, f"no record has the id `{harm}`", fix, guideline.place("profile", "class_harms", index))
