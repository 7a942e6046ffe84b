"""The profile has the questions of every kind of record, and the harms and questions that it names exist.

A kind of record without questions would be shown without answers, and nobody would miss them.
"""

from collections.abc import Iterator

from generator.fields import KINDS
from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean

ID = "profile-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each kind without questions, each unknown question, and each harm without a record."""
    if "profile" in guideline.unread:
        return
    for kind in KINDS:
        if not guideline.profile.questions_of(kind):
            place = guideline.place("profile", "questions")
            yield Problem(ID, f"`{kind}` has no questions", "Add what their readers ask.", place)
    named: list[tuple[tuple[str, ...], str, tuple[str, ...]]]
    named = [(("class_harms_tell",), "adverse-events", guideline.profile.class_harms_tell)]
    pathway = guideline.profile.pathway
    named += [(("pathway", "card"), "indications", pathway.card)]
    named += [(("pathway", "card_harms"), "adverse-events", pathway.card_harms)]
    named += [(("pathway", "card_if_told"), "indications", pathway.card_if_told)]
    named += [(("matrix", kind), kind, names) for kind, names in guideline.profile.matrix.items()]
    for path, kind, names in named:
        asked = guideline.profile.questions_of(kind)
        for index, name in enumerate(names):
            if name not in asked:
                fix = did_you_mean(name, asked) or f"Questions: {', '.join(asked)}."
                place = guideline.place("profile", *path, index)
                yield Problem(ID, f"`{name}` is no question of {kind}", fix, place)
    for index, harm in enumerate(guideline.profile.class_harms):
        if harm not in guideline.records and harm not in guideline.unread:
            fix = did_you_mean(harm, guideline.records) or "Correct the id."
            yield Problem(ID, f"no record has the id `{harm}`", fix, guideline.place("profile", "class_harms", index))
