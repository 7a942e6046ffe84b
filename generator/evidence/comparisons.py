"""Which claims somebody compared with their passages: the hash of both, how the file is written and read, what lapsed.

A comparison counts as long as its hash is that of the claim today. It is no review: it changes neither the standing of
a record nor the strength of a claim. An answer is compared in the same way, with the claims that it rests on.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from generator.answers import Answer, NotKnown
from generator.comparisons import ComparedClaim
from generator.data import Proportion
from generator.evidence.rows import row_lines
from generator.guideline import ClaimEntry, Guideline, once
from generator.linked_text import plain_text

_ROWS = TypeAdapter(list[ComparedClaim])
_FIRST = '{"comparisons": ['
_JSON = json.JSONEncoder(ensure_ascii=False)

NOT_COMPARED = frozenset({"formerly", "disagrees_with", "one_group", "supersedes"})
"""What of a claim no passage says: a change of it leaves a comparison as it is."""


def hash_of(entry: ClaimEntry) -> str:
    """Return the SHA-256 over all of a claim that its passages carry, and over the fingerprints of these passages.

    Links are left out, and what has its usual value: a field that is new to the format then changes no hash. So is
    whether an outcome is bad, which is ours to say of a share; whom a comparison favours is read in its passage.
    """
    unsaid: dict[str, Any] = dict.fromkeys(NOT_COMPARED, True)
    if isinstance(entry.claim.data, Proportion):
        unsaid["data"] = {"better"}
    said = entry.claim.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=unsaid)
    said["text"] = plain_text(entry.claim.text)
    prints = [passage.sha256 if passage else None for passage in entry.passages]
    return hashlib.sha256(json.dumps([said, prints], sort_keys=True).encode()).hexdigest()


def hash_of_answer(said: Answer | NotKnown, guideline: Guideline) -> str:
    """Return the SHA-256 over the words of an answer, or of what is not known, and over the claims shown with it.

    A claim counts by what it says and not by its id, so that one that is renamed or moved changes nothing.
    """
    own = said.model_dump(mode="json", exclude_defaults=True, exclude={"rests_on", "otherwise", "beside", "steps"})
    supports: list[Any] = []
    if isinstance(said, Answer):
        supports = [[_hash_in(each.claim, guideline), each.indirect] for each in said.rests_on]
        own["steps"] = [[step.line, [_hash_in(each.claim, guideline) for each in step.rests_on]] for step in said.steps]
    others = [_hash_in(id_, guideline) for id_ in (said.otherwise if isinstance(said, Answer) else said.beside)]
    return hashlib.sha256(json.dumps([own, supports, others], sort_keys=True).encode()).hexdigest()


def _hash_in(id_: str, guideline: Guideline) -> str | None:
    return hash_of(guideline.claims[id_]) if id_ in guideline.claims else None


def hash_now(id_: str, guideline: Guideline) -> str | None:
    """Return the hash of a claim or an answer by its id; None if there is none of that id."""
    if id_ in guideline.answers:
        return hash_of_answer(guideline.answers[id_], guideline)
    return _hash_in(id_, guideline)


@once
def hashes_of(guideline: Guideline) -> dict[str, str]:
    """Return the hash of every claim and every answer that was ever compared, by its id."""
    found = {id_: hash_now(id_, guideline) for id_ in guideline.comparisons}
    return {id_: hash_ for id_, hash_ in found.items() if hash_}


def current(guideline: Guideline) -> dict[str, ComparedClaim]:
    """Return the comparisons of claims and answers that are as they were then, with what they rest on; by their ids."""
    hashes = hashes_of(guideline)
    return {id_: one for id_, one in guideline.comparisons.items() if hashes.get(id_) == one.sha256}


def lapsed(guideline: Guideline) -> list[str]:
    """Return the ids of claims and answers that changed since they were compared, or what they rest on did."""
    return [id_ for id_, hash_ in hashes_of(guideline).items() if hash_ != guideline.comparisons[id_].sha256]


def serialise(comparisons: Iterable[ComparedClaim]) -> bytes:
    """Return the file: JSON, one claim a line in order, so that a line is a comparison in a diff."""
    rows = []
    for compared in sorted(comparisons, key=lambda compared: compared.claim):
        row = compared.model_dump(mode="json", exclude_defaults=True)  # a line without a note says nothing of one
        row["differs"].sort(key=lambda one: (one["rule"], one["what"]))
        rows.append(_JSON.encode(row))
    return (_FIRST + "\n" + ",\n".join(rows) + "\n]}\n").encode()


def read_comparisons(raw: bytes) -> dict[str, ComparedClaim]:
    """Return the comparisons of a file by the claim's id, also where git has joined two branches in it.

    Of two for one claim the graver verdict is kept, else the later one; if it is that of another wording, it lapses
    and the claim is compared again. Raises ValueError for a line that is no row.
    """
    lines = row_lines(raw, _FIRST)
    read = _ROWS.validate_json("[" + ",\n".join(line for _, line in lines) + "]")
    if len(read) != len(lines):
        raise ValueError("a line holds more than one row")
    found: dict[str, ComparedClaim] = {}
    for row in read:
        known = found.get(row.claim)
        found[row.claim] = max(known, row, key=_weight) if known else row
    return found


def _weight(row: ComparedClaim) -> tuple[bool, str, str]:
    return (row.verdict != "agreed", row.on.isoformat(), row.model_dump_json())


def put_in_order(guideline: Guideline) -> dict[str, ComparedClaim]:
    """Return the comparisons without those of claims and answers that are gone; those of a renamed claim go with it.

    What stands in a record that cannot be read is kept as it is.
    """
    kept: dict[str, ComparedClaim] = {}
    for id_, compared in guideline.comparisons.items():
        now = id_ if id_ in guideline.claims else guideline.former.get(id_, "")
        if now in guideline.claims and now not in guideline.comparisons:
            compared = compared.model_copy(update={"claim": now})
        is_here = id_ in guideline.claims or id_ in guideline.answers
        if is_here or compared.claim != id_ or id_.partition("#")[0] in guideline.unread:
            kept[compared.claim] = compared
    return kept
