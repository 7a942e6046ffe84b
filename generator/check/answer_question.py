"""An answer answers a question of its kind of record, once, and says where the sources lean if that is asked.

The questions are those of `content/profile.yaml`. A question of place or of effect has a `direction`. What is not known
is not answered as well, and waits for sources that are pending.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.model import Record
from generator.places import Place
from generator.problems import Problem, did_you_mean
from generator.profile import kind_of

ID = "answer-question"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each question that is unknown or told of twice, and each direction that is missing."""
    for id_, record in guideline.records.items():
        asked = guideline.profile.questions_of(kind_of(id_))
        for name, answer in record.answers.items():
            place = guideline.place(id_, "answers", name)
            if name not in asked:
                yield _unknown(name, guideline, id_, place)
            elif asked[name].needs_direction and answer.direction is None:
                fix = "Add `direction`: for, against, either-way or unclear."
                yield Problem(ID, f"`{name}` does not say where the sources lean", fix, place)
        yield from _not_known(id_, record, guideline)


def _not_known(id_: str, record: Record, guideline: Guideline) -> Iterator[Problem]:
    asked = guideline.profile.questions_of(kind_of(id_))
    seen = set(record.answers)
    for index, each in enumerate(record.not_known):
        for number, name in enumerate(each.questions):
            place = guideline.place(id_, "not_known", index, "questions", number)
            if name not in asked:
                yield _unknown(name, guideline, id_, place)
            elif name in seen:
                wrong = f"`{name}` is answered" if name in record.answers else f"`{name}` is not known twice"
                yield Problem(ID, wrong, "Leave one of them.", place)
            seen.add(name)
        for number, source in enumerate(each.awaits):
            if source not in guideline.pending and "pending" not in guideline.unread:
                fix = did_you_mean(source, guideline.pending) or "Name it as `pending.yaml` does."
                place = guideline.place(id_, "not_known", index, "awaits", number)
                yield Problem(ID, f"no pending source has the name `{source}`", fix, place)


def _unknown(name: str, guideline: Guideline, id_: str, place: Place) -> Problem:
    asked = guideline.profile.questions_of(kind_of(id_))
    fix = did_you_mean(name, asked) or f"Questions: {', '.join(asked)}."
    return Problem(ID, f"`{name}` is no question of {kind_of(id_)}", fix, place)
