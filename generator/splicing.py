"""A change of one value in a file of YAML: every other line stays as it is, comments and order too.

An entry is a key of a mapping with its value, or an item of a list. Its own comments go with it; one that stands within
a value which gives way to another stays.

Each function reads what it made again, and raises SpliceError unless it says what was said before, but for the change.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

import yaml

from generator.places import KeyPath
from generator.yaml_source import read_yaml
from generator.yaml_source.entries import Entry, comments_in, find_entry

_NOT_LAST = "nothing can be added by a program: `claims:` is not last, or not indented by two spaces"
_GONE = object()
_COMMENT_BEHIND = re.compile(r"[ \t]+(#[^\r\n]*)")


class SpliceError(Exception):
    """A program cannot make the change: the message says why."""


class ClaimThereError(SpliceError):
    """The record has a claim of that name."""


def without_entry(raw: bytes, *path: str | int) -> bytes:
    """Return a file without an entry, the lines of its value, and its own comments."""
    entry = _found(raw, path)
    if entry.parent.flow_style:
        return _checked(_without_flow(entry), raw, path, _GONE)
    lines = entry.text.split("\n")
    first, last = entry.span
    if entry.number + 1 < len(entry.parent.value):
        while not lines[last].strip():
            last += 1
    else:
        while first and not lines[first - 1].strip():
            first -= 1
    left = "\n".join([*lines[:first], *(lines[last:] or [""])])
    if len(entry.parent.value) == 1 and len(path) > 1:
        colon = left.index(":", _found(raw, path[:-1]).begin) + 1
        left = left[:colon] + (" {}" if isinstance(entry.parent, yaml.MappingNode) else " []") + left[colon:]
    return _checked(left, raw, path, _GONE)


def with_entry(raw: bytes, path: KeyPath, lines: Sequence[str], value: object) -> bytes:
    """Return a file with another value of an entry, in lines as they are to stand.

    The first line goes behind the key, and is empty if all stands below. Comments within the value that goes are kept
    above the new one.
    """
    entry = _found(raw, path)
    text, end = entry.text, entry.end
    ending = _ending(raw)
    first, *rest = lines
    remarks = [*comments_in(entry)]
    head = _head(entry, bool(first))
    if rest:
        if behind := _COMMENT_BEHIND.match(text, end):
            remarks.append(behind[1])
            end = behind.end()
        rest = [*(_indent(rest[0]) + remark for remark in remarks), *rest]
    else:
        line = text.rfind("\n", 0, entry.begin) + 1
        above = "".join(f"{_indent(text[line:])}{remark}{ending}" for remark in remarks)
        head = head[:line] + above + head[line:]
    return _checked(head + ending.join([first, *rest]) + text[end:], raw, path, value)


def with_new_entry(
    raw: bytes, path: KeyPath, lines: Sequence[str], value: object, *, behind: str = "", before: str = ""
) -> bytes:
    """Return a file with one more key of a mapping, in lines as they are to stand, behind or before a key of it."""
    entry = _found(raw, (*path[:-1], behind or before))
    at = entry.span[1 if behind else 0]
    old, tail = entry.text.split("\n"), _ending(raw).removesuffix("\n")
    return _checked("\n".join([*old[:at], *(line + tail for line in lines), *old[at:]]), raw, path, value)


def with_list(raw: bytes, path: KeyPath, items: Sequence[str]) -> bytes:
    """Return a file with other items in a list of texts, in brackets."""
    return with_entry(raw, path, [flow(items)], tuple(items))


def with_text(raw: bytes, path: KeyPath, value: str) -> bytes:
    """Return a file with another text as a value."""
    return with_entry(raw, path, [_quoted(value)], value)


def lines_of(raw: bytes, *path: str) -> list[str]:
    """Return the lines of a key and its value, without blank lines and comments at their end."""
    entry = _found(raw, path)
    start = entry.key.start_mark.index - entry.key.start_mark.column
    return entry.text[start : entry.end].rstrip().split("\n")


def with_claim(raw: bytes, name: str, lines: Sequence[str], claim: object) -> bytes:
    """Return a record with the lines of a new claim at its end, where the end is the end of its claims."""
    data = data_of(raw)
    claims = data.get("claims") if isinstance(data, dict) else None
    if not isinstance(claims, dict):
        raise SpliceError(_NOT_LAST)
    if name in claims:
        raise ClaimThereError(f"the record has a claim {name!r}")
    after = (raw.decode().rstrip() + _ending(raw).join(["", "", *lines, ""])).encode()
    if read_yaml(after).data != {**data, "claims": {**claims, name: claim}}:
        raise SpliceError(_NOT_LAST)
    return after


def flow(items: Sequence[str]) -> str:
    """Return a list of texts in brackets, in quotation marks where they would not be read as text without."""
    return f"[{', '.join(item if _is_plain(item) else _quoted(item) for item in items)}]"


def _is_plain(text: str) -> bool:
    """Return whether a text needs no quotation marks, here and for programs that read `no` as false."""
    return bool(re.fullmatch(r"[a-z][a-z0-9-]*", text)) and isinstance(yaml.safe_load(text), str)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _found(raw: bytes, path: KeyPath) -> Entry:
    """Return the entry at a path."""
    data: Any = data_of(raw)
    text = raw.decode()
    for key in path:
        known = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, tuple) else {}
        if key not in known:
            raise SpliceError(f"it holds no {'.'.join(map(str, path))}")
        data = known[key]
    return find_entry(text, path)


def _without_flow(entry: Entry) -> str:
    """Return the text without an entry in brackets. Raises SpliceError if a comment of another would go with it."""
    text, entries = entry.text, [entry._replace(number=n) for n in range(len(entry.parent.value))]
    if len(entries) == 1:
        start, end = entry.parent.start_mark.index + 1, entry.parent.end_mark.index - 1
    elif entry.number + 1 < len(entries):
        start, end = entry.start, entries[entry.number + 1].start
    else:
        start, end = entries[entry.number - 1].end, entry.end
    if "#" in text[start : entry.start] + text[entry.end : end]:
        raise SpliceError("a comment stands between what is in brackets: change it by hand")
    return text[:start] + text[end:]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _head(entry: Entry, is_inline: bool) -> str:
    """Return the text up to where a new value begins, on the line of the key or below it."""
    text, start = entry.text, int(entry.value.start_mark.index)
    if entry.is_item:
        return text[:start]
    if is_inline and "\n" not in text[entry.begin : start]:
        return text[:start] + (" " if text[start - 1] == ":" else "")
    return text[: entry.begin] + (": " if is_inline else ":")


def _ending(raw: bytes) -> str:
    return "\r\n" if b"\r\n" in raw else "\n"


def data_of(raw: bytes) -> Any:
    """Return what a file holds that is to be changed. Raises SpliceError if it is refused."""
    document = read_yaml(raw)
    if document.refusals:
        raise SpliceError(f"line {document.refusals[0].line}: {document.refusals[0].wrong}: correct that first")
    return document.data


def _checked(text: str, before: bytes, path: KeyPath, value: object) -> bytes:
    """Return the bytes of a text that says what was said before, but for another value at a path, or none."""
    after = text.encode()
    if read_yaml(after).data != _changed(data_of(before), path, value):
        raise SpliceError(f"{'.'.join(map(str, path))} cannot be changed by a program as it is written: do it by hand")
    return after


def _changed(data: Any, path: KeyPath, value: object) -> Any:
    first, *rest = path
    new = _changed(data[first], tuple(rest), value) if rest else value
    known = data if isinstance(data, dict) else dict(enumerate(data))
    changed = {key: each for key, each in {**known, first: new}.items() if each is not _GONE}
    return changed if isinstance(data, dict) else tuple(changed.values())
