"""Quantities of a sentence: each number with its unit, by what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.meaning.lexicon import INTERVAL, UNKNOWN, Lexicon, Said, Unit
from generator.meaning.numbers import NUMBER_WORDS, TENS, UNITS
from generator.meaning.tokens import HYPHENS, Token

COUNTED = frozenset(
    [
        *("persons", "cases", "infusions", "courses", "eyes", "lesions", "studies", "events", "pregnancies"),
        *("samples", "products"),
    ]
)
"""Dimensions of what is counted by a noun."""

TIMES = frozenset(("short time", "long time"))
"""Dimensions of time."""

_CLOSES = {"(": ")", "[": "]"}
_FAR = 5
_MOST_DIGITS = 2
_CLAUSE = 8


@dataclass(frozen=True)
class Measure:
    """A number, as printed, with its unit.

    `position` is that of its token, -1 where it comes from the lock; `part` says that a total follows it, as in 3 of 7;
    `loose` that it may be no number: a one that counts nothing; `bracketed` that it opens the brackets behind the
    number before it.
    """

    number: str
    unit: Unit
    position: int = -1
    part: bool = False
    loose: bool = False
    bracketed: bool = False

    @cached_property
    def plain_number(self) -> Decimal:
        """The number without its unit; an exponent of more than two digits, or not of 10, is the sign of a note."""
        base, _, exponent = self.number.partition("^")
        is_power = base == "10" and 0 < len(exponent.lstrip("-")) <= _MOST_DIGITS
        return Decimal(10) ** int(exponent) if is_power else Decimal(base)

    @cached_property
    def value(self) -> Decimal:
        """The amount in the base unit of its dimension."""
        return self.plain_number * self.unit.factor

    def __str__(self) -> str:
        return f"{self.number} {self.unit.name}".strip()


class _Number(NamedTuple):
    text: str
    begin: int
    end: int
    is_one: bool = False


def measures(read: Sequence[Token], lexicon: Lexicon) -> list[Measure]:
    """Return the quantities among the tokens of a sentence, in order."""
    numbers = list(_numbers(read, lexicon))
    return list(_Sentence(read, numbers, lexicon).measures()) if numbers else []


def _numbers(read: Sequence[Token], lexicon: Lexicon) -> Iterator[_Number]:
    """Yield the numbers among tokens, in digits or in words; none that is an ordinal or part of a name."""
    end = 0
    for position in [at for at, token in enumerate(read) if token.kind == "number" or token.text in NUMBER_WORDS]:
        if position < end:
            continue  # the unit of a number of two words
        token = read[position]
        end = position + 1
        if token.kind == "number":
            after = read[end] if end < len(read) and not read[end].spaced and read[end].kind == "word" else None
            unknown = after is not None and not lexicon.unit_phrases.at(read, end)
            if not unknown and not _is_named(read, position, lexicon) and token.text.count(".", 1) < 2:
                yield _Number(f"0{token.text}" if token.text.startswith(".") else token.text, position, end)
        elif not token.capitals and token.text in TENS:
            number = TENS[token.text]
            following = end + (end < len(read) and read[end].text in HYPHENS)
            unit = UNITS.get(read[following].text, 0) if following < len(read) else 0
            if 0 < unit < 10:
                number, end = number + unit, following + 1
            yield _Number(str(number), position, end)
        elif not token.capitals:
            yield _Number(str(UNITS[token.text]), position, end, UNITS[token.text] == 1)


def _is_named(read: Sequence[Token], position: int, lexicon: Lexicon) -> bool:
    """Return whether a number belongs to a name by a hyphen, such as the 6 of interleukin-6."""
    if position < 2 or read[position].spaced:
        return False
    hyphen, word = read[position - 1], read[position - 2]
    is_joined = hyphen.text in HYPHENS and not hyphen.spaced and word.kind == "word"
    return is_joined and not lexicon.unit_phrases.at(read, position - 2)


class _Sentence:
    """The numbers of a sentence and what stands around them."""

    def __init__(self, read: Sequence[Token], numbers: Sequence[_Number], lexicon: Lexicon):
        self._read = read
        self._numbers = numbers
        self._lexicon = lexicon
        self._words = lexicon.words

    def measures(self) -> Iterator[Measure]:
        """Yield each number with its unit."""
        units = self._units()
        for index, (number, unit) in enumerate(zip(self._numbers, units, strict=True)):
            following = self._between(index) if index + 1 < len(units) else ()
            yield Measure(
                number.text,
                unit or (INTERVAL if self._in_interval(number.begin) else UNKNOWN),
                number.begin,
                part=self._joins(following, None) and any(token.text in self._words.of for token in following),
                loose=number.is_one and (unit is None or unit.dimension not in COUNTED - {"products"}),
                bracketed=index > 0 and self._read[number.begin - 1].text == "(",
            )

    def _units(self) -> list[Unit | None]:
        """Return the unit of each number: what follows or goes before it, or else that of a number joined to it."""
        numbers = self._numbers
        taken = [-1, *(number.end for number in numbers[:-1])]  # a unit behind a number is not before the next
        before = [
            self._unit_before(number.begin) if number.begin - 1 > end else None
            for number, end in zip(numbers, taken, strict=True)
        ]
        units = [self._unit_after(number.end) or unit for number, unit in zip(numbers, before, strict=True)]
        for index in range(len(numbers) - 2, -1, -1):
            if units[index] is None and self._joins(self._between(index), units[index + 1]):
                is_size = self._texts(numbers[index].begin - 2, numbers[index].begin) in (["n", "="], ["p", "="])
                units[index] = None if is_size else units[index + 1]
        for index in range(1, len(numbers)):
            between = self._between(index - 1)
            if before[index - 1] and self._is_range(between):
                units[index - 1 : index + 1] = [before[index - 1]] * 2
            elif units[index] is None and (self._is_range(between) or self._tells_spread(between)):
                units[index] = units[index - 1]
        return units

    def _between(self, index: int) -> Sequence[Token]:
        """Return the tokens between a number and the next."""
        return self._read[self._numbers[index].end : self._numbers[index + 1].begin]

    def _texts(self, begin: int, end: int) -> list[str]:
        return [token.text for token in self._read[max(0, begin) : end]]

    def _is_range(self, between: Sequence[Token]) -> bool:
        return len(between) == 1 and (between[0].text in HYPHENS or between[0].text in self._words.to)

    def _tells_spread(self, between: Sequence[Token]) -> bool:
        """Return whether a number tells the spread of the one before it: its mean, its range."""
        return len(between) < _CLAUSE and any(token.text in self._words.spread for token in between)

    def _in_interval(self, position: int) -> bool:
        """Return whether a number stands behind the name of an interval in the same brackets."""
        for token in reversed(self._read[max(0, position - _CLAUSE) : position]):
            if token.text in self._words.intervals:
                return True
            if token.text in "();":
                return False
        return False

    def _joins(self, between: Sequence[Token], unit: Unit | None) -> bool:
        """Return whether nothing but words that join numbers, and what stands in brackets, is between two numbers.

        A comma joins no count to a percentage: in "33, 14 %" the count is not of percent.
        """
        at = joins = 0
        while at < len(between):
            text = between[at].text
            if text in _CLOSES:
                close = _closing(between, at)
                if close is None:
                    return False
                at = close + 1
                continue
            if text not in self._words.joining or (text == "," and unit is not None and unit.dimension == "share"):
                return False
            joins += 1
            at += 1
        return joins > 0

    def _unit_after(self, position: int) -> Unit | None:
        """Return the unit that follows a number: at once, after a hyphen, or as a noun after a few words."""
        read, far = self._read, 0
        while position < len(read) and far <= _FAR:
            token = read[position]
            found = self._lexicon.unit_phrases.at(read, position)
            if found and not (self._is_compound(position) and self._is_noun(found)):
                unit = self._lexicon.unit_of[found[0][1][0]]
                if unit.dimension in COUNTED:
                    return self._counted(position)
                return unit if far == 0 or (far == 1 and unit.dimension in TIMES) else None
            if token.text in _CLOSES:
                close = _closing(read, position)
                if close is None:
                    return None
                position = close
            elif token.text in HYPHENS:
                following = read[position + 1] if position + 1 < len(read) else token
                if following.kind == "number" or following.text in UNITS:
                    return None
            elif token.kind != "word" or token.text in self._words.not_counted or token.text in UNITS:
                return None
            else:
                far += 1
            position += 1
        return None

    def _is_noun(self, found: Sequence[Said]) -> bool:
        return self._lexicon.unit_of[found[0][1][0]].dimension in COUNTED

    def _is_compound(self, position: int) -> bool:
        """Return whether a word is the first part of another, as in treatment-related."""
        after = self._read[position + 1 : position + 3]
        return len(after) == 2 and after[0].text in HYPHENS and not after[0].spaced and after[1].kind == "word"

    def _counted(self, position: int) -> Unit:
        """Return the unit of a noun that is counted; one before another, as in trial patients, gives way."""
        unit = UNKNOWN
        while found := self._lexicon.unit_phrases.at(self._read, position):
            following = self._lexicon.unit_of[found[0][1][0]]
            if following.dimension not in COUNTED:
                break
            unit = following
            is_attribute = self._read[position].text in self._words.attributes
            position += found[0][0]
            if not is_attribute or position == len(self._read):
                break
        return unit

    def _unit_before(self, position: int) -> Unit | None:
        """Return the unit of a time that is named before its number, such as week 16, or that of an age."""
        if position == 0 or self._read[position - 1].kind != "word":
            return None
        if " ".join(self._texts(position - 2, position)).endswith(self._words.ages):
            return self._lexicon.unit_of.get("year")
        found = self._lexicon.unit_phrases.at(self._read, position - 1)
        unit = self._lexicon.unit_of[found[0][1][0]] if found else None
        return unit if unit and unit.dimension in TIMES else None


def _closing(read: Sequence[Token], position: int) -> int | None:
    """Return where brackets close that open at a position."""
    sign = _CLOSES[read[position].text]
    return next((at for at in range(position, len(read)) if read[at].text == sign), None)
