"""Text to data event by event: slow, for what is refused, with the line of each value and what is wrong."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import is_normalized

import yaml

from generator.places import KeyPath
from generator.yaml_source.decoding import COMPOSE, FORBIDDEN, MAX_DEPTH, NOT_COMPOSED, Refusal, RefusedError, decode
from generator.yaml_source.parts import line_at, read_scalar


def read_events(raw: bytes) -> tuple[Any, dict[KeyPath, int], list[Refusal]]:
    """Return the data, the line of each value and the refusals of a file, event by event."""
    lines: dict[KeyPath, int] = {}
    refusals: list[Refusal] = []
    try:
        text = decode(raw)
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        next(events)  # start of stream
        if isinstance(next(events), yaml.StreamEndEvent):
            raise RefusedError(Refusal(1, "yaml-syntax", "the file is empty", "Write a record, or delete the file."))
        data = _Builder(events, lines, refusals, text.split("\n")).value(next(events), ())
        next(events)  # end of document
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise RefusedError(
                Refusal(line_at(after), "yaml-syntax", "a second document begins", "Keep one document a file.")
            )
    except RefusedError as refused:
        refusals.append(refused.refusal)
        data = None
    except yaml.YAMLError as error:
        refusals.append(_refusal_of(error))
        data = None
    return (None if refusals else data), lines, refusals


def _refusal_of(error: yaml.YAMLError) -> Refusal:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    wrong = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem")).strip()
    fix = "Mend the YAML; quote text that holds `: `, ` #` or starts with a sign."
    return Refusal(mark.line + 1 if mark else 1, "yaml-syntax", wrong or "the file does not parse", fix)


class _Builder:
    """Builds data from events and notes lines and refusals on the way."""

    def __init__(
        self, events: Iterator[yaml.Event], lines: dict[KeyPath, int], refusals: list[Refusal], text: Sequence[str]
    ):
        self._events = events
        self._text = text
        self._lines = lines
        self._refusals = refusals

    def value(self, event: yaml.Event, path: KeyPath) -> Any:
        self._lines.setdefault(path, line_at(event))
        if len(path) > MAX_DEPTH:
            wrong = f"more than {MAX_DEPTH} levels of nesting"
            raise RefusedError(Refusal(line_at(event), "yaml-size", wrong, "No record needs that; flatten it."))
        self._refuse_reference(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if not isinstance(event, yaml.ScalarEvent):
            raise TypeError(event)
        self._refuse_characters(event)
        self._refuse_comment(event)
        return read_scalar(event.value) if event.implicit[0] else event.value

    def _refuse_reference(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            what = f"the alias `*{anchor}`"
        elif anchor:
            what = f"the anchor `&{anchor}`"
        else:
            what = f"the tag `{tag}`" if tag else ""
        if what:
            raise RefusedError(Refusal(line_at(event), "yaml-reference", what, "Write the value out, without it."))

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
            raise RefusedError(Refusal(line_at(event), "yaml-characters", wrong, "Delete it."))
        if not is_normalized("NFC", event.value):
            raise RefusedError(Refusal(line_at(event), "yaml-characters", NOT_COMPOSED, COMPOSE))

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            self._refuse_reference(key)
            if not isinstance(key, yaml.ScalarEvent):
                wrong = "a key that is a list or a mapping"
                raise RefusedError(Refusal(line_at(key), "yaml-syntax", wrong, "Use a word as key."))
            self._refuse_characters(key)
            inside = (*path, key.value)
            if key.value in found:
                wrong = f"the key `{key.value}` stands here again; first on line {self._lines[inside]}"
                self._refusals.append(
                    Refusal(line_at(key), "yaml-repeated-key", wrong, "Rename one of the two, or merge them.")
                )
            self._lines[inside] = line_at(key)
            found[key.value] = self.value(next(self._events), inside)
        return found

    def _sequence(self, path: KeyPath) -> tuple[Any, ...]:
        found: list[Any] = []
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            found.append(self.value(item, (*path, len(found))))
        return tuple(found)
