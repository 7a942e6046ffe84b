"""A change of one value in a file of YAML: every other line stays as it is, comments and order too.

Each function reads what it made again, and raises SpliceError unless it says what was said before, but for the change.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

import yaml

from generator.places import KeyPath
from generator.yaml_source import read_yaml
from generator.yaml_source.nodes import compose_nodes

_NOT_LAST = "nothing can be added by a program: `claims:` is not last, or not indented by two spaces"


class SpliceError(Exception):
    """A program cannot make the change: the message says why."""


class ClaimThereError(SpliceError):
    """The record has a claim of that name."""


def without_entry(raw: bytes, *path: str) -> bytes:
    """Return a file without a key of a mapping, and the lines of its value."""
    text, key, _ = _found(raw, path)
    *outer, name = path
    parent = _node(compose_nodes(text), tuple(outer))
    number = next(number for number, pair in enumerate(parent.value) if pair[0].value == name)
    lines = text.split("\n")
    first = _above(lines, key)
    if len(parent.value) == 1 and outer:
        _, above, node = _found(raw, tuple(outer))
        return _checked(text[: above.end_mark.index] + ": {}" + text[_end(node) :], raw, path, None)
    if number + 1 < len(parent.value):
        last = _above(lines, parent.value[number + 1][0])
    else:
        last = len(lines)
        while not lines[first - 1].strip():
            first -= 1
    rest = lines[last:] if last < len(lines) else [""]
    return _checked("\n".join([*lines[:first], *rest]), raw, path, None)


def with_list(raw: bytes, path: KeyPath, items: Sequence[str]) -> bytes:
    """Return a file with other items in a list of texts, in brackets."""
    text, key, node = _found(raw, path)
    return _checked(f"{text[: key.end_mark.index]}: {flow(items)}{text[_end(node) :]}", raw, path, tuple(items))


def with_text(raw: bytes, path: KeyPath, value: str) -> bytes:
    """Return a file with another text as a value."""
    text, _, node = _found(raw, path)
    return _checked(text[: node.start_mark.index] + json.dumps(value) + text[node.end_mark.index :], raw, path, value)


def lines_of(raw: bytes, *path: str) -> list[str]:
    """Return the lines of a key and its value, without blank lines and comments at their end."""
    text, key, node = _found(raw, path)
    start = key.start_mark.index - key.start_mark.column
    return text[start : _end(node)].rstrip().split("\n")


def with_claim(raw: bytes, name: str, lines: Sequence[str], claim: object) -> bytes:
    """Return a record with the lines of a new claim at its end, where the end is the end of its claims."""
    data = data_of(raw)
    claims = data.get("claims") if isinstance(data, dict) else None
    if not isinstance(claims, dict):
        raise SpliceError(_NOT_LAST)
    if name in claims:
        raise ClaimThereError(f"the record has a claim {name!r}")
    after = (raw.decode().rstrip() + ("\r\n" if b"\r\n" in raw else "\n").join(["", "", *lines, ""])).encode()
    if read_yaml(after).data != {**data, "claims": {**claims, name: claim}}:
        raise SpliceError(_NOT_LAST)
    return after


def flow(items: Sequence[str]) -> str:
    """Return a list of texts in brackets, in quotation marks where they would not be read as text without."""
    words = [item if re.fullmatch(r"[a-z][a-z0-9-]*", item) else json.dumps(item) for item in items]
    return f"[{', '.join(words)}]"


def _found(raw: bytes, path: KeyPath) -> tuple[str, Any, Any]:
    """Return the text of a file, and the nodes of the last key of a path and of its value."""
    data: Any = data_of(raw)
    text = raw.decode()
    for key in path:
        known = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, tuple) else {}
        if key not in known:
            raise SpliceError(f"it holds no {'.'.join(map(str, path))}")
        data = known[key]
    root = compose_nodes(text)
    *outer, last = path
    parent = _node(root, tuple(outer))
    if isinstance(parent, yaml.SequenceNode):
        return text, parent.value[int(last)], parent.value[int(last)]
    key, value = next(pair for pair in parent.value if pair[0].value == last)
    return text, key, value


def _node(node: Any, path: KeyPath) -> Any:
    for key in path:
        items = node.value
        node = items[key] if isinstance(key, int) else next(value for name, value in items if name.value == key)
    return node


def _above(lines: Sequence[str], key: Any) -> int:
    """Return the line on which a key begins, with the comments right above it that are indented like it."""
    line, comment = int(key.start_mark.line), " " * int(key.start_mark.column) + "#"
    while line and lines[line - 1].startswith(comment):
        line -= 1
    return line


def _end(node: Any) -> int:
    """Return where a value ends in the text: a block ends with the last of what it holds."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


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
    if isinstance(data, tuple):
        return tuple(new if at == first else each for at, each in enumerate(data))
    return {key: new if key == first else each for key, each in data.items() if key != first or new is not None}
