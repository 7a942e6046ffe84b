"""A proposal as lines of a record, where they belong, or as the file of a reference.

Every other line of a record stays as it is, comments and order too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.places import KeyPath
from generator.proposals.emit import to_lines
from generator.sources import Reference
from generator.splicing import SpliceError, data_of, with_entry, with_new_entry, without_entry

_NO_RECORD = "nothing can be added by a program: it is no record"


def put_answer(before: bytes, name: str, answer: object, questions: Sequence[str]) -> bytes:
    """Return a record that answers a question, in the place of its answer or by the order of the questions.

    A question that was not known is no more listed as such. Raises SpliceError if it has to be done by hand.
    """
    data = data_of(before)
    if not isinstance(data, dict):
        raise SpliceError(_NO_RECORD)
    after = _without_not_known(before, name)
    known = [*(data.get("answers") or ())]
    path, lines = ("answers", name), to_lines({name: answer}, depth=1)
    if name in known:
        return with_entry(after, path, ["", *lines[1:]], answer)
    if not known and "answers" in data:
        return with_entry(after, ("answers",), ["", *lines], {name: answer})
    if not known:
        first = next((key for key in ("not_known", "claims") if key in data_of(after)), "")
        return with_new_entry(after, ("answers",), ["answers:", *lines], {name: answer}, before=first)
    order = [*questions]
    earlier = [each for each in known if each in order[: order.index(name)]] if name in order else known
    if earlier:
        return with_new_entry(after, path, lines, answer, behind=earlier[-1])
    return with_new_entry(after, path, lines, answer, before=known[0])


def _without_not_known(raw: bytes, name: str) -> bytes:
    """Return a record in which a question is not listed as not known."""
    not_known = data_of(raw).get("not_known") or ()
    for number, each in enumerate(not_known):
        if name in each["questions"]:
            if len(each["questions"]) > 1:
                path: KeyPath = (number, "questions", each["questions"].index(name))
            else:
                path = (number,) if len(not_known) > 1 else ()
            return _without_not_known(without_entry(raw, "not_known", *path), name)
    return raw


def make_reference(content: Mapping[str, Any]) -> bytes:
    """Return the file of a new reference: what is said of it in the order of the format, what is not as null."""
    filled = {
        key: content.get(key)
        for key, field in Reference.model_fields.items()
        if key in content or (not field.is_required() and field.default is None)
    }
    head = "# yaml-language-server: $schema=../../docs/schema/reference.schema.json"
    return "\n".join([head, *to_lines(filled), ""]).encode()
