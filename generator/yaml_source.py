"""YAML text to data and the line of every value. Refuses what is unsafe or could be read two ways.

Scalars are text, or the YAML 1.2 core types null, true/false, integer and decimal number. A number keeps
the digits it is written with (`10.0` stays 10.0); one with a leading zero is text, as are `no`, `2:1` and dates.
Sequences become tuples and all keys are text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from unicodedata import is_normalized

import yaml

Path = tuple[str | int, ...]

MAX_BYTES = 256 * 1024
MAX_BRACKETS = 2_000
MAX_DEPTH = 20

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

CONFLICT_MARKER = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)

_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")

# C0 and C1 controls (but tab, line feed, carriage return), zero-width and bidirectional marks, line and
# paragraph separators, interlinear and tag characters, noncharacters, byte order mark.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_NOT_COMPOSED = "a letter and its accent are two characters, or a sign has another code than is usual"
_COMPOSE = "Type it anew, or save the file as Unicode NFC."

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_MAX_DIGITS = 30
_DIGITS = frozenset("0123456789")


CONFLICT = "a merge conflict: git left the lines of both branches here"


class Refusal(NamedTuple):
    """Why a file, or a value in it, is not taken: line from 1, rule, what is wrong, how to mend it."""

    line: int
    rule: str
    wrong: str
    fix: str


@dataclass(frozen=True)
class Document:
    """What a file holds: its data (None if it was refused), the refusals, and the bytes that both come from."""

    data: Any
    refusals: list[Refusal]
    raw: bytes

    def line_of(self, path: Path) -> int:
        """Return the line of a value, or of the nearest around it: its key, or else where it begins."""
        if self._root is not None:
            return _line_in(self._root, path)
        return next((self._lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self._lines), 1)

    @cached_property
    def _root(self) -> yaml.Node | None:
        """The nodes, composed again when a line is first asked for, since only messages need it; None if refused."""
        return None if self.refusals else _Composer(self.raw.decode()).get_single_node()

    @cached_property
    def _lines(self) -> dict[Path, int]:
        """The line of each value of a file that was refused, as far as it was read."""
        return _read_events(self.raw)[1]


class _RefusedError(Exception):
    def __init__(self, refusal: Refusal):
        super().__init__(refusal.wrong)
        self.refusal = refusal


def read_yaml(raw: bytes) -> Document:
    """Return the one document that the bytes of a file hold."""
    try:
        return Document(_data_of(_compose(_decode(raw))), [], raw)
    except (_NotPlainError, _RefusedError, yaml.YAMLError):
        data, _, refusals = _read_events(raw)
        return Document(data, refusals, raw)


class _NotPlainError(Exception):
    """A text that may hold what is refused, which only the slower reading of each event can tell."""


_REFERENCE = re.compile(r"[&*!](?<![^\s\[{,:-].)(?:(?<=!)|(?=[\w-]))")  # where an anchor, an alias or a tag may begin


_ESCAPE = re.compile(r"\\(?!\")")  # where an escape may begin that hides another sign than a quotation mark


_COMMENT = re.compile(r"^[ \t]*[^ \t#\n][^\n]*[ \t]#", re.MULTILINE)  # where a comment may cut a value


def _is_plain(text: str) -> bool:
    if _ESCAPE.search(text) or _REFERENCE.search(text):
        return False
    return not ((" #" in text or "\t#" in text) and _COMMENT.search(text))


def _compose(text: str) -> yaml.Node:
    """Return the nodes of a text without anchors, tags and escapes; raise for every other.

    The parser builds the nodes in C, in half the time that its events take here.
    """
    if not _is_plain(text):
        raise _NotPlainError
    node = _Composer(text).get_single_node()
    if node is None:
        raise _NotPlainError
    return node


class _Composer(yaml.CSafeLoader):
    """Composes nodes and leaves all scalars untagged: what they mean is said by `_scalar`."""

    depth = 0

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: object, index: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:  # the parser would go on until its stack is full
            raise _NotPlainError

    def ascend_resolver(self) -> None:
        self.depth -= 1


def _data_of(node: yaml.Node) -> Any:
    """Return the data of a node; raise for a key that is repeated, or is no scalar."""
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else _scalar(node.value)
    if isinstance(node, yaml.SequenceNode):
        return tuple([_data_of(item) for item in node.value])
    found = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in found:
            raise _NotPlainError
        found[key.value] = _data_of(value)
    return found


def _line_in(node: yaml.Node, path: Path) -> int:
    """Return the line of the last key of a path below a node, or of the item, as far as there is one."""
    line = _line(node)
    for key in path:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == key), None)
        else:
            is_index = isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value)
            found = (node.value[key],) * 2 if is_index else None
        if found is None:
            break
        line, node = _line(found[0]), found[1]
    return line


def _read_events(raw: bytes) -> tuple[Any, dict[Path, int], list[Refusal]]:
    """Return the data, the line of each value and the refusals of a file, event by event."""
    lines: dict[Path, int] = {}
    refusals: list[Refusal] = []
    try:
        text = _decode(raw)
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        next(events)  # start of stream
        if isinstance(next(events), yaml.StreamEndEvent):
            raise _RefusedError(Refusal(1, "yaml-syntax", "the file is empty", "Write a record, or delete the file."))
        data = _Builder(events, lines, refusals, text.split("\n")).value(next(events), ())
        next(events)  # end of document
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _RefusedError(
                Refusal(_line(after), "yaml-syntax", "a second document begins", "Keep one document a file.")
            )
    except _RefusedError as refused:
        refusals.append(refused.refusal)
        data = None
    except yaml.YAMLError as error:
        refusals.append(_refusal_of(error))
        data = None
    return (None if refusals else data), lines, refusals


def conflict_line(text: str) -> int:
    """Return the line, from 1, of the first marker that git left of a merge; 0 if there is none."""
    if not any(mark in text for mark in _MARKS):
        return 0
    text = text.replace("\r\n", "\n")
    found = CONFLICT_MARKER.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        wrong = f"the file has {len(raw)} bytes, more than {MAX_BYTES}"
        raise _RefusedError(Refusal(1, "yaml-size", wrong, "Split the record."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _RefusedError(
            Refusal(line, "yaml-characters", f"byte {error.start + 1} is not UTF-8", "Save the file as UTF-8.")
        ) from None
    if line := conflict_line(text):
        raise _RefusedError(
            Refusal(line, "merge-conflict", CONFLICT, "Keep what is right of both sides; delete the markers.")
        )
    if found := FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        wrong = f"the invisible character U+{ord(found[0]):04X}"
        raise _RefusedError(Refusal(line, "yaml-characters", wrong, "Delete it; type the line anew if need be."))
    if not text.isascii() and not is_normalized("NFC", text):
        line = next(n for n, line in enumerate(text.split("\n"), 1) if not is_normalized("NFC", line))
        raise _RefusedError(Refusal(line, "yaml-characters", _NOT_COMPOSED, _COMPOSE))
    brackets = text.count("[") + text.count("{")
    if brackets > MAX_BRACKETS:
        wrong = f"{brackets} opening brackets, more than {MAX_BRACKETS}"
        raise _RefusedError(Refusal(1, "yaml-size", wrong, "Split the record."))
    return text


def _refusal_of(error: yaml.YAMLError) -> Refusal:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    wrong = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem")).strip()
    fix = "Mend the YAML; quote text that holds `: `, ` #` or starts with a sign."
    return Refusal(mark.line + 1 if mark else 1, "yaml-syntax", wrong or "the file does not parse", fix)


def _line(part: yaml.Event | yaml.Node) -> int:
    mark: Any = part.start_mark
    return int(mark.line) + 1


class _Builder:
    """Builds data from events and notes lines and refusals on the way."""

    def __init__(
        self, events: Iterator[yaml.Event], lines: dict[Path, int], refusals: list[Refusal], text: Sequence[str]
    ):
        self._events = events
        self._text = text
        self._lines = lines
        self._refusals = refusals

    def value(self, event: yaml.Event, path: Path) -> Any:
        self._lines.setdefault(path, _line(event))
        if len(path) > MAX_DEPTH:
            wrong = f"more than {MAX_DEPTH} levels of nesting"
            raise _RefusedError(Refusal(_line(event), "yaml-size", wrong, "No record needs that; flatten it."))
        self._refuse_reference(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if not isinstance(event, yaml.ScalarEvent):
            raise TypeError(event)
        self._refuse_characters(event)
        self._refuse_comment(event)
        return _scalar(event.value) if event.implicit[0] else event.value

    def _refuse_reference(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            what = f"the alias `*{anchor}`"
        elif anchor:
            what = f"the anchor `&{anchor}`"
        else:
            what = f"the tag `{tag}`" if tag else ""
        if what:
            raise _RefusedError(Refusal(_line(event), "yaml-reference", what, "Write the value out, without it."))

    def _refuse_comment(self, event: yaml.ScalarEvent) -> None:
        """Refuse a comment behind a value without quotation marks: what follows ` #` was hardly meant to be lost."""
        end: Any = event.end_mark
        rest = self._text[end.line][end.column :] if end.line < len(self._text) else ""
        if not event.style and event.value and re.match(r"[ \t]+#", rest):
            wrong = "what follows ` #` is a comment, and is no part of the value"
            self._refusals.append(
                Refusal(
                    int(end.line) + 1, "yaml-comment", wrong, "Quote the value, or set the comment on its own line."
                )
            )

    def _refuse_characters(self, event: yaml.ScalarEvent) -> None:
        """Refuse what the text of the file hides in an escape such as `\\u202e`."""
        if found := FORBIDDEN.search(event.value):
            wrong = f"an escape for the invisible character U+{ord(found[0]):04X}"
            raise _RefusedError(Refusal(_line(event), "yaml-characters", wrong, "Delete it."))
        if not is_normalized("NFC", event.value):
            raise _RefusedError(Refusal(_line(event), "yaml-characters", _NOT_COMPOSED, _COMPOSE))

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            self._refuse_reference(key)
            if not isinstance(key, yaml.ScalarEvent):
                wrong = "a key that is a list or a mapping"
                raise _RefusedError(Refusal(_line(key), "yaml-syntax", wrong, "Use a word as key."))
            self._refuse_characters(key)
            inside = (*path, key.value)
            if key.value in found:
                wrong = f"the key `{key.value}` stands here again; first on line {self._lines[inside]}"
                self._refusals.append(
                    Refusal(_line(key), "yaml-repeated-key", wrong, "Rename one of the two, or merge them.")
                )
            self._lines[inside] = _line(key)
            found[key.value] = self.value(next(self._events), inside)
        return found

    def _sequence(self, path: Path) -> tuple[Any, ...]:
        found: list[Any] = []
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            found.append(self.value(item, (*path, len(found))))
        return tuple(found)


_CORE = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _scalar(text: str) -> Any:
    if len(text) > _MAX_DIGITS:
        return text
    if text in _CORE:
        return _CORE[text]
    if text[-1] in _DIGITS:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    return text
