"""The rows of a lock file, one passage a line, also where git has joined two branches in it.

Two branches that each lock a passage change neighbouring lines. `merge=union` in .gitattributes keeps the lines of
both, which is no JSON any more; without it git leaves its markers. Each row is read by itself, so none is lost.
"""

from typing import NamedTuple

from pydantic import TypeAdapter

from generator.passages import LockedPassage, PassageKey
from generator.yaml_source.decoding import CONFLICT_MARKER

_ROWS = TypeAdapter(list[LockedPassage])
_FIRST, _LAST = '{"passages": [', "]}"


def row_lines(raw: bytes, first: str) -> list[tuple[int, str]]:
    """Return the number and the text of each line of a file that holds a row, without the comma at its end.

    Raises ValueError if its `first` or its last line is missing.
    """
    lines = [line.rstrip() for line in raw.decode("utf-8").split("\n")]
    if first not in lines or _LAST not in lines:
        raise ValueError("its first or last line is missing")
    return [
        (number, line.removesuffix(","))
        for number, line in enumerate(lines, start=1)
        if line not in ("", first, _LAST) and not CONFLICT_MARKER.fullmatch(line)
    ]


class Rows(NamedTuple):
    """The passages, each once; and the lines of rows that read a passage otherwise than an earlier row does."""

    passages: dict[PassageKey, LockedPassage]
    disputed: list[tuple[int, PassageKey]]


def read_rows(raw: bytes) -> Rows:
    """Return the rows of a lock file, those of one passage joined: the latest date, and all claims that cite it.

    Raises ValueError for a line that is no row, no marker of git, and not the first or last line of a lock.
    """
    rows = Rows({}, [])
    numbered = row_lines(raw, _FIRST)
    read = _ROWS.validate_json("[" + ",\n".join(line for _, line in numbered) + "]")
    if len(read) != len(numbered):
        raise ValueError("a line holds more than one row")
    for (number, _), row in zip(numbered, read, strict=True):
        known = rows.passages.get(row.key)
        if known and (known.sha256, known.words, known.figures) != (row.sha256, row.words, row.figures):
            rows.disputed.append((number, row.key))
        else:
            rows.passages[row.key] = _joined(known, row) if known else row
    return rows


def _joined(one: LockedPassage, other: LockedPassage) -> LockedPassage:
    later = max(one, other, key=lambda row: row.checked_on)
    claims = tuple(sorted({*one.cited_by, *other.cited_by}))
    return later.model_copy(update={"cited_by": claims})
