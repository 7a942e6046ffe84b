"""The profile has the questions of every kind of record, and the harms and questions that it names exist.

A kind of record without questions would be shown without answers, and nobody would miss them.
"""

from collections.abc import Iterator

from generator.fields import KINDS
from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean

ID = "profile-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each kind without questions, each unknown question, and each record that does not exist."""
    if "profile" in guideline.unread:
        return
    for kind in KINDS:
        if not guideline.profile.questions_of(kind):
            place = guideline.place("profile", "questions")
            yield Problem(ID, f"`{kind}` has no questions", "Add what their readers ask.", place)
    profile = guideline.profile
    named: list[tuple[tuple[str | int, ...], str, str]]
    named = [(("class_harms_tell", i), "adverse-events", name) for i, name in enumerate(profile.class_harms_tell)]
    named += [
        (("matrix", kind, i), kind, name) for kind, names in profile.matrix.items() for i, name in enumerate(names)
    ]
    named += [(("doses", "question"), "indications", profile.doses.question)] if profile.doses.question else []
    for path, kind, name in named:
        asked = profile.questions_of(kind)
        if name not in asked:
            fix = did_you_mean(name, asked) or f"Questions: {', '.join(asked)}."
            yield Problem(ID, f"`{name}` is no question of {kind}", fix, guideline.place("profile", *path))
    records: list[tuple[tuple[str | int, ...], str]]
    records = [(("class_harms", i), harm) for i, harm in enumerate(profile.class_harms)]
    records += [(("doses", "notes", i, "see"), note.see) for i, note in enumerate(profile.doses.notes) if note.see]
    for path, id_ in records:
        if id_ not in guideline.records and id_ not in guideline.unread:
            fix = did_you_mean(id_, guideline.records) or "Correct the id."
            yield Problem(ID, f"no record has the id `{id_}`", fix, guideline.place("profile", *path))
