"""Where an entry of a text stands: a key of a mapping with its value, or an item of a list, and the comments of it.

A comment is an entry's own if it stands right above it, indented like it, or below it and indented deeper.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from generator.places import KeyPath
from generator.yaml_source.nodes import compose_nodes

_COMMENT = re.compile(r"#[^\r\n]*")
_COMMENT_OF_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")


class Entry(NamedTuple):
    """An entry of a text: the node that holds it, and which of that node's it is."""

    text: str
    parent: Any
    number: int

    @property
    def key(self) -> Any:
        """The node of the key; of an item, which has none, the item."""
        entry = self.parent.value[self.number]
        return entry[0] if isinstance(entry, tuple) else entry

    @property
    def value(self) -> Any:
        """The node of the value, or the item."""
        entry = self.parent.value[self.number]
        return entry[1] if isinstance(entry, tuple) else entry

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.key is self.value

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return int(self.key.start_mark.index)

    @property
    def begin(self) -> int:
        """Where what is said of it begins in the text: behind the key."""
        return int(self.value.start_mark.index if self.is_item else self.key.end_mark.index)

    @property
    def end(self) -> int:
        """Where the value ends in the text."""
        return _end(self.text, self.value)

    @property
    def span(self) -> tuple[int, int]:
        """The first of the lines of a block and its own comments, and the one after the last."""
        lines = self.text.split("\n")
        column = int((self.parent if self.is_item else self.key).start_mark.column)
        first, last = int(self.key.start_mark.line), self.text.count("\n", 0, self.end) + 1
        while first and lines[first - 1].startswith(" " * column + "#"):
            first -= 1
        for number, line in enumerate(lines[last:], last + 1):
            if re.match(f" {{{column + 1},}}#", line):
                last = number
            elif line.strip():
                break
        return first, last


def find_entry(text: str, path: KeyPath) -> Entry:
    """Return the entry at a path of a text that was read without a refusal and holds it."""
    *outer, last = path
    parent: Any = compose_nodes(text)
    for key in outer:
        parent = _value(parent, key)
    return Entry(text, parent, _number(parent, last))


def comments_in(entry: Entry) -> Iterator[str]:
    """Yield the comments between the key and the end of the value: what is no scalar and has a `#` is one."""
    at = entry.begin
    for scalar in _scalars(entry.value):
        yield from _COMMENT.findall(entry.text, at, scalar.start_mark.index)
        if behind := _COMMENT_OF_BLOCK.match(entry.text, scalar.start_mark.index):
            yield behind[1]
        at = scalar.end_mark.index
    yield from _COMMENT.findall(entry.text, at, entry.end)


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for each in node.value:
        for part in each if isinstance(each, tuple) else (each,):
            yield from _scalars(part)


def _number(node: Any, key: str | int) -> int:
    """Return which of the entries of a node has a key."""
    return key if isinstance(key, int) else next(n for n, pair in enumerate(node.value) if pair[0].value == key)


def _value(node: Any, key: str | int) -> Any:
    return Entry("", node, _number(node, key)).value


def _end(text: str, node: Any) -> int:
    """Return where a value ends in the text: a block ends with the last of what it holds."""
    if isinstance(node, yaml.ScalarNode):
        end = int(node.end_mark.index)
        return len(text[:end].rstrip()) if node.style in ("|", ">") else end
    if node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(last, tuple) else last)
