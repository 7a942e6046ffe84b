"""The profile has the questions of every kind of record, and the records and questions that it names exist.

A kind of record without questions would be shown without answers, and nobody would miss them.
"""

from collections.abc import Iterator

from generator.fields import KINDS
from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean

ID = "profile-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each kind without questions, each unknown question, and each unknown record."""
    if "profile" in guideline.unread:
        return
    for kind in KINDS:
        if not guideline.profile.questions_of(kind):
            place = guideline.place("profile", "questions")
            yield Problem(ID, f"`{kind}` has no questions", "Add what their readers ask.", place)
    profile = guideline.profile
    named: list[tuple[tuple[str, ...], str, tuple[str, ...]]]
    named = [(("class_harms_tell",), "adverse-events", profile.class_harms_tell)]
    named += [(("sheets", "harms_tell"), "adverse-events", profile.sheets.harms_tell)]
    named += [(("sheets", "keep", kind), kind, names) for kind, names in profile.sheets.keep.items()]
    named += [(("matrix", kind), kind, names) for kind, names in guideline.profile.matrix.items()]
    for path, kind, names in named:
        asked = guideline.profile.questions_of(kind)
        for index, name in enumerate(names):
            if name not in asked:
                fix = did_you_mean(name, asked) or f"Questions: {', '.join(asked)}."
                place = guideline.place("profile", *path, index)
                yield Problem(ID, f"`{name}` is no question of {kind}", fix, place)
    for path, ids in ((("class_harms",), profile.class_harms), (("sheets", "beside"), profile.sheets.beside)):
        for index, id_ in enumerate(ids):
            if id_ not in guideline.records and id_ not in guideline.unread:
                fix = did_you_mean(id_, guideline.records) or "Correct the id."
                yield Problem(ID, f"no record has the id `{id_}`", fix, guideline.place("profile", *path, index))
