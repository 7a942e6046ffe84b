"""Quantities of a sentence: each number with its unit, by what stands around it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.evidence.lexicon import INTERVAL, UNKNOWN, Lexicon, Unit
from generator.evidence.passages import TENS, UNITS
from generator.evidence.tokens import Token

_JOINING = (
    "and",
    "or",
    "to",
    "of",
    "in",
    "versus",
    "vs",
    "v",
    "from",
    ",",
    "/",
    "-",
    "–",
    "—",
    "±",
    "out",
    "the",
    "than",
)
_RANGES = (["to"], ["-"], ["–"], ["and"])
_CLOSES = {"(": ")", "[": "]"}
_FAR = 5
_NOT_COUNTED = frozenset(
    ["given", "treated", "only", "other", "others", "received", "got", "following", "during", "since", "within", "while", "as", "that", "which", "whose", "not", "also", "came", "needed", "developed", "responded", "reported", "showed", "achieved", "experienced", "relapsed", "died", "did", "does", "could", "may", "still", "against", "versus", "per", "in-between", "before", "with", "had", "have", "has", "were", "was", "who", "in", "of", "at", "by", "than", "and", "or", "but", "for", "from", "on", "to", "when", "after", "before"]
)
_GROWN = frozenset(("man", "woman", "boy", "girl", "child", "age"))
_ORDINAL = frozenset(("st", "nd", "rd", "th"))


class Measure(NamedTuple):
    """A number, as printed, with its unit.

    `position` is that of its token; `part` says that "of" and a total follow, `loose` that it may be no number: a one
    that counts nothing, `bracketed` that it opens the brackets behind the number before it.
    """

    number: str
    unit: Unit
    position: int
    part: bool = False
    loose: bool = False
    bracketed: bool = False

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
    word: str = ""


def measures(read: Sequence[Token], lexicon: Lexicon) -> list[Measure]:
    """Return the quantities among the tokens of a sentence, in order."""
    numbers = list(_numbers(read, lexicon))
    units = [
        _unit_after(read, number.after, lexicon) or _unit_before(read, number.position, lexicon) for number in numbers
    ]
    for index in range(len(numbers) - 2, -1, -1):
        between = read[numbers[index].after : numbers[index + 1].position]
        if units[index] is None and _joined(between, units[index + 1]) and not _is_size(read, numbers[index].position):
            units[index] = units[index + 1]
    for index in range(1, len(numbers)):
        ranged = [token.text for token in read[numbers[index - 1].after : numbers[index].position]] in _RANGES
        if ranged and _unit_before(read, numbers[index - 1].position, lexicon):
            units[index] = units[index - 1] = _unit_before(read, numbers[index - 1].position, lexicon)
        elif (
            units[index] is None
            and units[index - 1]
            and _is_spread(read, numbers[index - 1].after, numbers[index].position)
        ):
            units[index] = units[index - 1]
    found = []
    for index, (number, unit) in enumerate(zip(numbers, units, strict=True)):
        following = read[number.after : numbers[index + 1].position] if index + 1 < len(numbers) else ()
        part = any(token.text == "of" for token in following) and _joined(following, UNKNOWN)
        other = INTERVAL if _in_interval(read, number.position) else UNKNOWN
        loose = number.word == "one" and (unit is None or unit.dimension not in COUNTED - {"products"})
        opens = index > 0 and read[number.position - 1].text == "(" and numbers[index - 1].after >= number.position - 3
        found.append(Measure(number.text, unit or other, number.position, part, loose, opens))
    return found


def _is_spread(read: Sequence[Token], begin: int, end: int) -> bool:
    """Return whether a number tells the spread of the one before it: a mean, a range, or more numbers of these."""
    words = [token.text for token in read[begin:end]]
    return (
        bool(words)
        and len(words) <= _FAR + 2
        and (not {"mean", "median", "range", "average", "sd", "iqr"}.isdisjoint(words) or words in _RANGES[:3])
    )


def _in_interval(read: Sequence[Token], position: int) -> bool:
    """Return whether a number stands behind the letters CI in the same brackets or clause."""
    for at in range(position - 1, max(-1, position - _FAR - 3), -1):
        if read[at].text in ("ci", "interval"):
            return True
        if read[at].text in "();":
            return False
    return False


def _numbers(read: Sequence[Token], lexicon: Lexicon) -> Iterator[_Number]:
    position = 0
    while position < len(read):
        token = read[position]
        before = read[position - 1] if position else None
        if token.kind == "number":
            after = read[position + 1] if position + 1 < len(read) else None
            glued = after is not None and not after.spaced and after.kind == "word"
            named = (
                before is not None
                and before.text in "-‐‑–"
                and not before.spaced
                and not token.spaced
                and _named(read, position)
            )
            if glued and after and after.text in _ORDINAL:
                position += 2
                continue
            if not named and not (glued and not lexicon.unit_phrases.at(read, position + 1)):
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
                yield _Number(str(UNITS[token.text]), position, position + 1, token.text)
        position += 1


def _is_size(read: Sequence[Token], position: int) -> bool:
    """Return whether a number is a size of a group, as in n = 12."""
    return position > 1 and read[position - 1].text == "=" and read[position - 2].text in ("n", "p")


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
            unit = lexicon.unit_of[found[0][1][0]]
            if unit.dimension in COUNTED:
                return _counted(read, at, lexicon)
            return unit if far == 0 or (far == 1 and unit.dimension in TIMES) else None
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


def _counted(read: Sequence[Token], position: int, lexicon: Lexicon) -> Unit:
    """Return the unit of a noun that is counted; one that only goes before another, as in trial patients, gives way."""
    unit = UNKNOWN
    while position < len(read) and (found := lexicon.unit_phrases.at(read, position)):
        following = lexicon.unit_of[found[0][1][0]]
        if following.dimension not in COUNTED:
            break
        unit = following
        if read[position].text not in lexicon.words.attributes:
            break
        position += found[0][0]
    return unit


def _unit_before(read: Sequence[Token], position: int, lexicon: Lexicon) -> Unit | None:
    """Return the unit of a time that is named before its number, such as week 16."""
    if position == 0 or read[position - 1].kind != "word":
        return None
    if read[position - 1].text == "aged" or (
        read[position - 1].text == "of" and position > 1 and read[position - 2].text in _GROWN
    ):
        return next((unit for unit in lexicon.unit_of.values() if unit.name == "year"), None)
    found = lexicon.unit_phrases.at(read, position - 1)
    unit = lexicon.unit_of[found[0][1][0]] if found else None
    return unit if unit and unit.dimension in TIMES else None


def _joined(between: Sequence[Token], unit: Unit | None) -> bool:
    """Return whether nothing but words that join numbers, and what stands in brackets, is between two numbers.

    A comma joins no count to a percentage: in "33, 14 %" the count is not of percent.
    """
    at = 0
    joins = 0
    while at < len(between):
        token = between[at]
        if token.text in _CLOSES:
            close = next((i for i in range(at, len(between)) if between[i].text == _CLOSES[token.text]), None)
            if close is None:
                return False
            at = close + 1
            continue
        if token.text not in _JOINING or (token.text == "," and unit is not None and unit.dimension == "share"):
            return False
        joins += 1
        at += 1
    return joins > 0


COUNTED = frozenset(
    (
        "persons",
        "cases",
        "infusions",
        "courses",
        "eyes",
        "lesions",
        "studies",
        "events",
        "pregnancies",
        "samples",
        "products",
    )
)
"""Dimensions of what is counted by a noun."""

TIMES = frozenset(("short time", "long time"))
"""Dimensions of time."""
