"""The words, numbers and stops of a text, as signs and quantities are read from them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

HYPHENS = frozenset("-\u2010\u2011\u2013")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

_EXPONENT = re.compile(r"(?<=\d)[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_MIDDLE_DOT = re.compile(r"(?<=\d)[·∙](?=\d)")
_SPACES = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_GROUPED = re.compile(r"(?<=\d)[,](?=\d{3}(?!\d))|(?<=\d) (?=0\d\d(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])0,(?=\d)|(?<![\d.,])\d+,(?=\d{1,2}(?![\d,]))")
_BETWEEN_DIGITS = re.compile(r"\d[, ]\d")  # without this no comma and no space is one of a number
_TOKEN = re.compile(
    r"(?:((?<![^\W_])(?!\d+\u2044)\d+(?:\.\d+)*(?:\^-?\d+)?|(?<![\w.])\.\d+)"
    r"|(\d+\u2044\d+|[^\W_]+(?:['’][^\W_]+)*)"
    r"|([^\w\s]))([\s_]*)"
)
"""A number, a word or one other sign; and what separates it from the next."""
SENTENCE_END = re.compile(r"[.!?]([\"')\]]*\s+)(?=[\"'(\[]*[A-Z0-9])|(\n+)")
_SHORT = ("vs", "e.g", "i.e", "i.v", "s.c", "al", "ca", "approx", "no", "fig", "resp", "dr", "st", "cf", "p")
_ANY_CASE = ["".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else r"\." for sign in word) for word in _SHORT]
ABBREVIATION = re.compile(rf"\b(?:{'|'.join(_ANY_CASE)}|[A-Z])\.$")  # a single capital: a name
"""What ends a sentence, and what only seems to; a browser reads both patterns as well."""


class Token(NamedTuple):
    """A word in lower case, a number, or one other sign, and whether white space stands before it."""

    kind: str
    text: str
    spaced: bool
    capitals: bool


def even(text: str) -> str:
    """Return a text in one typography: Unicode NFKC, exponents as `^6`, digits ungrouped, decimal points.

    A comma before three digits, a thin or no-break space, and a space before a group that starts with 0 group digits;
    any other comma between digits is a decimal comma.
    """
    if not text.isascii():
        text = _EXPONENT.sub(lambda found: "^" + found[0].translate(SUPERSCRIPTS), text)
        text = _MIDDLE_DOT.sub(".", text)
        text = unicodedata.normalize("NFKC", _SPACES.sub("", text))
    if not _BETWEEN_DIGITS.search(text):
        return text
    return _GROUPED.sub("", _DECIMAL_COMMA.sub(lambda found: f"{found[0][:-1]}.", text))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of an even text, in order, without the white space around them."""
    begin = 0
    for stop in SENTENCE_END.finditer(text):
        part = text[begin : stop.start(stop.lastindex or 0)].rstrip()
        if "\n" not in stop[0] and ABBREVIATION.search(part):
            continue
        if part.strip():
            yield part.strip()
        begin = stop.end()
    if text[begin:].strip():
        yield text[begin:].strip()


def tokens(sentence: str) -> list[Token]:
    """Return the tokens of a sentence of an even text; a vulgar fraction is a word, as its parts count nothing."""
    found = []
    spaced = sentence[:1].isspace() or sentence[:1] == "_"
    for number, word, stop, space in _TOKEN.findall(sentence):
        found.append(_token(number, word, stop, spaced))
        spaced = space != ""
    return found


def token_spans(sentence: str) -> list[tuple[int, int]]:
    """Return where each token of a sentence begins and ends in it, in their order."""
    return [(found.start(), found.start(4)) for found in _TOKEN.finditer(sentence)]


@cache
def _token(number: str, word: str, stop: str, spaced: bool) -> Token:
    """Return the token that one of the three is: most words of a text were read before."""
    if word:
        return Token("word", word.lower(), spaced, len(word) > 1 and word.isupper())
    return Token("number", number, spaced, False) if number else Token("stop", stop.lower(), spaced, False)
