"""The profile has the questions of every kind of record, and the records and questions that it names exist.

A kind of record without questions would be shown without answers, and nobody would miss them.
"""

from collections.abc import Iterator

from generator.fields import ANSWER
from generator.guideline import Guideline
from generator.pathway import Checklist
from generator.problems import Problem, did_you_mean

ID = "profile-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each kind without questions, each unknown question, and each unknown record."""
    for kind in guideline.profile.kinds:
        if not guideline.profile.questions_of(kind):
            place = guideline.place("profile", "questions")
            yield Problem(ID, f"`{kind}` has no questions", "Add what their readers ask.", place)
    profile = guideline.profile
    treated, harm = profile.treated, profile.harm
    asked: list[tuple[tuple[str | int, ...], str, tuple[str, ...]]]
    asked = [(("class_harms_tell",), harm, profile.class_harms_tell)]
    asked += [(("sheets", "harms_tell"), harm, profile.sheets.harms_tell)]
    asked += [(("sheets", "keep", kind), kind, names) for kind, names in profile.sheets.keep.items()]
    pathway = profile.pathway
    asked += [(("pathway", "card"), treated, pathway.card)]
    asked += [(("pathway", "card_if_told"), treated, pathway.card_if_told)]
    asked += [(("pathway", "card_harms"), harm, pathway.card_harms)]
    asked += [(("doses", "beside"), treated, profile.doses.beside)]
    asked += [(("matrix", kind), kind, names) for kind, names in profile.matrix.items()]
    checklists = [name for name, node in guideline.pathway.nodes.items() if isinstance(node, Checklist)]
    for kind, questions in profile.questions.items():
        for name, question in questions.items():
            if question.common and not _is_told(question.common, guideline):
                fix = did_you_mean(question.common, guideline.answers) or "Name an answer of a record by its full id."
                place = guideline.place("profile", "questions", kind, name, "common")
                yield Problem(ID, f"no record answers `{question.common}`", fix, place)
            if question.stops and "pathway" not in guideline.unread and question.stops.at not in checklists:
                fix = did_you_mean(question.stops.at, checklists) or "Name a node that is one."
                place = guideline.place("profile", "questions", kind, name, "stops", "at")
                yield Problem(ID, f"`{question.stops.at}` is no checklist of the pathway", fix, place)
    named = [((*path, index), kind, name) for path, kind, names in asked for index, name in enumerate(names)]
    named += [
        (("questions", kind, name, "see", seen), kind, seen)
        for kind, questions in profile.questions.items()
        for name, question in questions.items()
        for seen in question.see
    ]
    named += [(("doses", "question"), treated, profile.doses.question)] if profile.doses.question else []
    for path, kind, name in named:
        known = profile.questions_of(kind)
        if name not in known:
            fix = did_you_mean(name, known) or f"Questions: {', '.join(known) or 'none'}."
            wrong = f"`{name}` is no question of {kind or 'a kind that is missing'}"
            yield Problem(ID, wrong, fix, guideline.place("profile", *path))
    records: list[tuple[tuple[str | int, ...], str]]
    records = [(("class_harms", i), id_) for i, id_ in enumerate(profile.class_harms)]
    records += [(("sheets", "beside", i), id_) for i, id_ in enumerate(profile.sheets.beside)]
    records += [(("doses", "notes", i, "see"), note.see) for i, note in enumerate(profile.doses.notes) if note.see]
    for path, id_ in records:
        if id_ not in guideline.records and id_ not in guideline.unread:
            fix = did_you_mean(id_, guideline.records) or "Correct the id."
            yield Problem(ID, f"no record has the id `{id_}`", fix, guideline.place("profile", *path))
    yield from _notes(guideline)


def _notes(guideline: Guideline) -> Iterator[Problem]:
    for index, note in enumerate(guideline.profile.doses.notes):
        for number, id_ in enumerate(note.rests_on):
            if id_ not in guideline.claims and id_.partition("#")[0] not in guideline.unread:
                fix = did_you_mean(id_, guideline.claims) or "Correct the id."
                place = guideline.place("profile", "doses", "notes", index, "rests_on", number)
                yield Problem(ID, f"no claim has the id `{id_}`", fix, place)


def _is_told(answer: str, guideline: Guideline) -> bool:
    """Return whether a record has the answer of its own, or could not be read."""
    id_, _, name = answer.partition(f"#{ANSWER}")
    record = guideline.records.get(id_)
    return (record is None and id_ in guideline.unread) or (record is not None and name in record.answers)
