"""Quantities of a sentence: each number with its unit, by what stands around it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.evidence.lexicon import Lexicon, Unit
from generator.evidence.passages import TENS, UNITS
from generator.evidence.tokens import Token

_RANGE = ("-", "–", "—", "to", "±")
_JOINING = ("and", "or", "to", "of", "in", "versus", "vs", "v", "from", ",", "/", "-", "–", "—", "±", "out", "the", "than")
_STOPS = frozenset(". ; : ? !".split())
_CLOSES = {"(": ")", "[": "]"}
_FAR = 5
_NOT_COUNTED = frozenset("with had have has were was who in of at by than and or but for from on to when after before".split())
_ORDINAL = frozenset(("st", "nd", "rd", "th"))

UNKNOWN = Unit("", "", Decimal(1))


class Measure(NamedTuple):
    """A number, as printed, with its unit; `position` is that of its token."""

    number: str
    unit: Unit
    position: int

    @property
    def value(self) -> Decimal:
        """The amount in the base unit of its dimension."""
        return Decimal(self.number.partition("^")[0]) * self.unit.factor

    def __str__(self) -> str:
        return f"{self.number} {self.unit.name}".strip()


class _Number(NamedTuple):
    text: str
    position: int
    after: int


def measures(read: Sequence[Token], lexicon: Lexicon) -> list[Measure]:
    """Return the quantities among the tokens of a sentence, in order."""
    numbers = list(_numbers(read, lexicon))
    units = [_unit_after(read, number.after, lexicon) or _unit_before(read, number.position, lexicon) for number in numbers]
    for index in range(len(numbers) - 2, -1, -1):
        if units[index] is None and _joined(read, numbers[index].after, numbers[index + 1].position):
            units[index] = units[index + 1]
    return [
        Measure(number.text, unit or UNKNOWN, number.position) for number, unit in zip(numbers, units, strict=True)
    ]


def _numbers(read: Sequence[Token], lexicon: Lexicon) -> Iterator[_Number]:
    position = 0
    while position < len(read):
        token = read[position]
        before = read[position - 1] if position else None
        if token.kind == "number":
            after = read[position + 1] if position + 1 < len(read) else None
            glued = after is not None and not after.spaced and after.kind == "word"
            named = before is not None and before.text in "-‐‑–" and not before.spaced and not token.spaced and _named(read, position)
            if glued and after and after.text in _ORDINAL:
                position += 2
                continue
            if not named and not (glued and lexicon.unit_phrases.at(read, position + 1) is None):
                text = "0" + token.text if token.text.startswith(".") else token.text
                if text.count(".") < 2:
                    yield _Number(text, position, position + 1)
        elif token.kind == "word" and not token.capitals:
            if token.text in TENS:
                tens, after_at = TENS[token.text], position + 1
                next_at = after_at + 1 if after_at < len(read) and read[after_at].text == "-" else after_at
                unit = UNITS.get(read[next_at].text, 0) if next_at < len(read) else 0
                if 0 < unit < 10:
                    tens, after_at = tens + unit, next_at + 1
                yield _Number(str(tens), position, after_at)
                position = after_at
                continue
            if token.text in UNITS:
                yield _Number(str(UNITS[token.text]), position, position + 1)
        position += 1


def _named(read: Sequence[Token], position: int) -> bool:
    """Return whether a number after a hyphen belongs to a name, such as the 6 of interleukin-6."""
    word = read[position - 2] if position > 1 else None
    return word is not None and word.kind == "word" and not read[position - 1].spaced


def _unit_after(read: Sequence[Token], position: int, lexicon: Lexicon) -> Unit | None:
    """Return the unit that follows a number: at once, after a hyphen, or as a noun after a few words."""
    far = 0
    at = position
    while at < len(read) and far <= _FAR:
        token = read[at]
        found = lexicon.unit_phrases.at(read, at)
        if found:
            unit = lexicon.unit_of[found.says[0]]
            if far == 0 or unit.dimension in COUNTED:
                return unit
            return None
        if token.text in _CLOSES:
            close = next((i for i in range(at, len(read)) if read[i].text == _CLOSES[token.text]), None)
            if close is None:
                return None
            at = close + 1
            continue
        if token.text in "-‐‑–" and token.kind == "stop":
            if at + 1 < len(read) and (read[at + 1].kind == "number" or read[at + 1].text in UNITS):
                return None
            at += 1
            continue
        if token.kind != "word" or token.text in _NOT_COUNTED or token.text in UNITS:
            return None
        far += 1
        at += 1
    return None


def _unit_before(read: Sequence[Token], position: int, lexicon: Lexicon) -> Unit | None:
    """Return the unit of a time that is named before its number, such as week 16."""
    if position == 0 or read[position - 1].kind != "word":
        return None
    found = lexicon.unit_phrases.at(read, position - 1)
    unit = lexicon.unit_of[found.says[0]] if found and found.length == 1 else None
    return unit if unit and unit.dimension in TIMES else None


def _joined(read: Sequence[Token], begin: int, end: int) -> bool:
    """Return whether nothing but words that join numbers, and what stands in brackets, is between two positions."""
    at = begin
    while at < end:
        token = read[at]
        if token.text in _CLOSES:
            close = next((i for i in range(at, end) if read[i].text == _CLOSES[token.text]), None)
            if close is None:
                return token.text == "(" and at == end - 1 and False
            at = close + 1
            continue
        if token.text not in _JOINING:
            return False
        at += 1
    return True


COUNTED = frozenset(("persons", "infusions", "courses", "eyes", "lesions", "studies", "events", "pregnancies", "samples", "products"))
"""Dimensions of what is counted by a noun."""

TIMES = frozenset(("short time", "long time"))
"""Dimensions of time."""
