"""YAML text to data and the line of every value. Refuses what is unsafe or could be read two ways.

Scalars are text, or the YAML 1.2 core types null, true/false, integer and decimal number. A number keeps
the digits it is written with (`10.0` stays 10.0); one with a leading zero is text, as are `no`, `2:1` and dates.
Sequences become tuples and all keys are text.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from generator.places import KeyPath
from generator.yaml_source.decoding import MAX_BRACKETS, MAX_BYTES, MAX_DEPTH, Refusal, RefusedError, decode
from generator.yaml_source.events import read_events
from generator.yaml_source.nodes import NotPlainError, compose_nodes, line_in, read_nodes

RULES = {
    "merge-conflict": "A file holds no conflict markers of git (`<<<<<<<`, `=======`, `>>>>>>>`). They stand where two "
    "branches changed the same lines.",
    "yaml-syntax": "A file is one YAML document that parses.",
    "yaml-repeated-key": "A key stands once in a mapping. YAML would silently keep the last of two.",
    "yaml-comment": "No comment stands behind a value without quotation marks: ` #` cuts a title in two, and nothing "
    "else tells.",
    "yaml-reference": "No anchors, aliases or tags: what a line says must be seen on that line.",
    "yaml-size": f"A file has at most {MAX_BYTES // 1024} KiB, {MAX_BRACKETS} opening brackets and {MAX_DEPTH} levels.",
    "yaml-characters": "A file is UTF-8 without control characters, invisible characters or marks that turn the "
    "direction of text, and a letter with its accent is one character (Unicode NFC), so that a reviewer sees what a "
    "machine reads.",
}


@dataclass(frozen=True)
class Document:
    """What a file holds: its data (None if it was refused), the refusals, and the bytes that both come from."""

    data: Any
    refusals: list[Refusal]
    raw: bytes

    def line_of(self, path: KeyPath) -> int:
        """Return the line of a value, or of the nearest around it: its key, or else where it begins."""
        if self._root is not None:
            return line_in(self._root, path)
        return next((self._lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self._lines), 1)

    @cached_property
    def _root(self) -> yaml.Node | None:
        """The nodes, composed again when a line is first asked for, since only messages need it; None if refused."""
        return None if self.refusals else compose_nodes(self.raw.decode())

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        """The line of each value of a file that was refused, as far as it was read."""
        return read_events(self.raw)[1]


def read_yaml(raw: bytes) -> Document:
    """Return the one document that the bytes of a file hold."""
    try:
        return Document(read_nodes(decode(raw)), [], raw)
    except (NotPlainError, RefusedError, yaml.YAMLError):
        data, _, refusals = read_events(raw)
        return Document(data, refusals, raw)
