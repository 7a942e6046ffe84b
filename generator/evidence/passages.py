"""Passages of sources: normalise, locate, fingerprint, read the figures. Nothing of a source is kept.

A passage is named by its first and last words. Its fingerprint is the sha256 of its normalised words, case folded
and joined by single spaces, so that line breaks, quotes, dashes and capitals do not change it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+")
_MIDDLE_DOT = re.compile(r"(?<=\d)[·∙](?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_NUMERAL = re.compile(r"\d+(?:\.\d+)*")

UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}


class PassageError(ValueError):
    """A passage that cannot be located; the message says which end is missing or ambiguous."""


@dataclass(frozen=True)
class Passage:
    """The fingerprint of a passage, its length in words, and its figures in order, each once."""

    sha256: str
    words: int
    figures: tuple[str, ...]


def normalise(text: str) -> list[str]:
    """Return the words and numbers of a text (Unicode NFKC) with their case, without all that stands between.

    A comma before three digits is dropped, a middle dot between digits is a decimal point, and a decimal point
    holds a number together only between digits.
    """
    return _WORD.findall(_evened(text))


def _evened(text: str) -> str:
    if not text.isascii():
        text = _MIDDLE_DOT.sub(".", unicodedata.normalize("NFKC", text))
    return _THOUSANDS.sub("", text)


def locate(text: str, start: str, end: str) -> list[str]:
    """Return the words of a text from its `start` words to the nearest `end` words, both included.

    Raises PassageError where `start` is missing or stands more than once, or `end` does not follow.
    """
    words = normalise(text)
    first, last = _bounds(words, start, end)
    return words[first:last]


def split_at(text: str, start: str, end: str) -> tuple[str, str, str]:
    """Return what stands before a passage, the passage, and what follows, each with its stops, in even typography.

    A stop right behind the last word belongs to the passage. Raises PassageError as `locate` does.
    """
    text = _evened(text)
    spans = [found.span() for found in _WORD.finditer(text)]
    first, last = _bounds([text[slice(*span)] for span in spans], start, end)
    begin, stop = spans[first][0], spans[last - 1][1]
    while text[stop : stop + 1] and not text[stop].isspace() and (last == len(spans) or stop < spans[last][0]):
        stop += 1
    return text[:begin], text[begin:stop], text[stop:]


def _bounds(words: list[str], start: str, end: str) -> tuple[int, int]:
    """Return the positions of the first word of a passage and of the word behind its last."""
    body, first, last = _folded(words), _folded(normalise(start)), _folded(normalise(end))
    if not first or not last:
        raise PassageError("the first or last words hold no word")
    starts = list(_positions(body, first, 0))
    if len(starts) != 1:
        raise PassageError(f"the first words stand {len(starts)} times in the text: {start!r}")
    for position in _positions(body, last, starts[0]):
        if position + len(last) >= starts[0] + len(first):
            return starts[0], position + len(last)
    raise PassageError(f"the last words do not follow the first: {end!r}")


def read_passage(text: str, start: str, end: str) -> Passage:
    """Return fingerprint, length and figures of the passage between two locators. Raises PassageError."""
    words = locate(text, start, end)
    return Passage(fingerprint(words), len(words), tuple(figures(words)))


def fingerprint(words: Sequence[str]) -> str:
    """Return the sha256, in hexadecimal digits, of words case folded and joined by single spaces."""
    return hashlib.sha256(" ".join(_folded(words)).encode()).hexdigest()


def figures(words: Sequence[str]) -> list[str]:
    """Return the numerals among words as printed, number words up to ninety-nine as numerals, each once.

    Words all in capitals are no number words: TEN is toxic epidermal necrolysis.
    """
    return list(dict.fromkeys(numerals(words)))


def numerals(words: Sequence[str]) -> Iterator[str]:
    """Yield the numerals among words in their order, number words as numerals."""
    words = [word if word.isupper() else word.casefold() for word in words]
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word[:1].isdecimal():
            if _NUMERAL.fullmatch(word):
                yield word
        elif word in TENS:
            unit = UNITS.get(after, 0)
            yield str(TENS[word] + (unit if unit < 10 else 0))
        elif word in UNITS and not (before in TENS and 0 < UNITS[word] < 10):
            yield str(UNITS[word])


def longest_copied_run(text: str, source: str) -> int:
    """Return the length of the longest run of words that a text shares with a source."""
    ours, theirs = _folded(normalise(text)), _folded(normalise(source))
    longest = 0
    before = [0] * (len(theirs) + 1)
    for word in ours:
        row = [0] * (len(theirs) + 1)
        for index, other in enumerate(theirs, start=1):
            if word == other:
                row[index] = before[index - 1] + 1
        longest, before = max(longest, *row), row
    return longest


def _folded(words: Sequence[str]) -> list[str]:
    return [word.casefold() for word in words]


def _positions(body: list[str], part: list[str], begin: int) -> Iterator[int]:
    return (i for i in range(begin, len(body) - len(part) + 1) if body[i : i + len(part)] == part)
