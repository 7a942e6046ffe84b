"""What a record calls not known is not answered by a claim that stands in it or that it shows.

A claim about the intervention, of a kind that answers the question, is evidence. It is passed over where another answer
of the record, to a question of the same kind of claim, rests on it or names it, and where `beside` lists it: it is then
shown beside what is not known, for a reader to see. Background and gaps answer nothing.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem
from generator.profile import kind_of

ID = "not-known-is"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that may answer what is called not known."""
    for id_, record in guideline.records.items():
        asked = guideline.profile.questions_of(kind_of(id_))
        own = [entry.id for entry in guideline.claims_by_record.get(id_, ())] if record.not_known else []
        shown = [claim for claim in record.shows if claim in guideline.claims]
        for index, each in enumerate(record.not_known):
            for number, name in enumerate(each.questions):
                kinds = asked[name].kinds if name in asked else ()
                for claim in (*own, *shown):
                    entry, found = guideline.claims[claim], guideline.claims[claim].claim
                    if (
                        entry.only_describes
                        or found.kind not in kinds
                        or found.subject != "intervention"
                        or claim in each.beside
                    ):
                        continue
                    if claim not in _named_by_answers(id_, found.kind, guideline):
                        fix = "Answer the question, or list the claim under `beside` if it says something else."
                        place = guideline.place(id_, "not_known", index, "questions", number)
                        yield Problem(ID, f"`{name}` is called not known, and `{claim}` may answer it", fix, place)


def _named_by_answers(id_: str, kind: str, guideline: Guideline) -> set[str]:
    """Return the claims that the answers name to questions which a kind of claim answers."""
    record, asked = guideline.records[id_], guideline.profile.questions_of(kind_of(id_))
    fitting = [answer for name, answer in record.answers.items() if name in asked and kind in asked[name].kinds]
    return {claim for answer in fitting for claim in (*(each.claim for each in answer.support), *answer.otherwise)}
