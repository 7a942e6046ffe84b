"""Passages of sources: normalise, locate, fingerprint, read the figures. Nothing of a source is kept.

A passage is named by its first and last words. Its fingerprint is the sha256 of its normalised words, case folded
and joined by single spaces, so that line breaks, quotes, dashes and capitals do not change it.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.meaning.numbers import NUMBER_WORDS, TENS, UNITS
from generator.meaning.tokens import even

_WORD = re.compile(r"\d+(?:(?:\.\d+)+(?:\^-?\d+)?|\^-?\d+|\u2044\d+)|[^\W_]+")
_NUMERAL = re.compile(r"(\d+(?:\.\d+)*)(?:g|mg|kg|ml|l|h|d)?", re.IGNORECASE)


class PassageError(ValueError):
    """A passage that cannot be located; the message says which end is missing or ambiguous."""


@dataclass(frozen=True)
class Passage:
    """The fingerprint of a passage, its length in words, and its figures in order, each once."""

    sha256: str
    words: int
    figures: tuple[str, ...]


def normalise(text: str) -> list[str]:
    """Return the words and numbers of a text in one typography (`tokens.even`), without all that stands between.

    An exponent stays with its number, a vulgar fraction is one word, and a decimal point holds a number together only
    between digits.
    """
    return _WORD.findall(even(text))


class Span(NamedTuple):
    """Where a passage stands: an even text, and where in it the passage begins and ends."""

    text: str
    begin: int
    end: int

    @property
    def whole_end(self) -> int:
        """Where the passage ends with the stops that follow its last word at once, such as a percent sign."""
        end = self.end
        while end < len(self.text) and not self.text[end].isspace() and not self.text[end].isalnum():
            end += 1
        return end

    @property
    def words(self) -> list[str]:
        """The words of the passage."""
        return _WORD.findall(self.text[self.begin : self.end])


def locate(text: str, start: str, end: str) -> Span:
    """Return the span of a text from its `start` words to the nearest `end` words, both included.

    Raises PassageError where `start` is missing or stands more than once, or `end` does not follow.
    """
    evened = even(text)
    found = list(_WORD.finditer(evened))
    body, first, last = [word[0].casefold() for word in found], _folded(normalise(start)), _folded(normalise(end))
    if not first or not last:
        raise PassageError("the first or last words hold no word")
    starts = list(_positions(body, first, 0))
    if len(starts) != 1:
        raise PassageError(f"the first words stand {len(starts)} times in the text: {start!r}")
    for position in _positions(body, last, starts[0]):
        if position + len(last) >= starts[0] + len(first):
            return Span(evened, found[starts[0]].start(), found[position + len(last) - 1].end())
    raise PassageError(f"the last words do not follow the first: {end!r}")


def read_passage(text: str, start: str, end: str) -> Passage:
    """Return fingerprint, length and figures of the passage between two locators. Raises PassageError."""
    words = locate(text, start, end).words
    return Passage(fingerprint(words), len(words), tuple(figures(words)))


def fingerprint(words: Sequence[str]) -> str:
    """Return the sha256, in hexadecimal digits, of words case folded and joined by single spaces."""
    return hashlib.sha256(" ".join(_folded(words)).encode()).hexdigest()


def figures(words: Sequence[str]) -> list[str]:
    """Return the numerals among words as printed, number words up to ninety-nine as numerals, each once.

    Words all in capitals are no number words: they abbreviate something.
    """
    return list(dict.fromkeys(numerals(words)))


def numerals(words: Sequence[str]) -> Iterator[str]:
    """Yield the numerals among words in their order, number words as numerals."""
    folded = [*map(str.casefold, words)]
    for at, word in enumerate(folded):
        if word[:1].isdecimal():
            if numeral := _NUMERAL.fullmatch(word):
                yield numeral[1]
        elif word in NUMBER_WORDS and not words[at].isupper():
            if word in TENS:
                unit = UNITS.get(folded[at + 1], 0) if at + 1 < len(words) and not words[at + 1].isupper() else 0
                yield str(TENS[word] + (unit if unit < 10 else 0))
            elif not (0 < UNITS[word] < 10 and at and folded[at - 1] in TENS and not words[at - 1].isupper()):
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
