"""Passages: located, fingerprinted and read for figures, whatever the typography."""

import hashlib
import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.evidence.passages import (
    PassageError,
    figures,
    fingerprint,
    locate,
    longest_copied_run,
    normalise,
    read_passage,
)
from generator.meaning.numbers import TENS, UNITS
from generator.meaning.tokens import even

TEXT = "Twelve patients were treated. Of these, nine (75%) improved, as did 1,234 others; p = 0·02. TEN was excluded."


def test_passage_runs_from_the_first_to_the_last_words() -> None:
    assert locate(TEXT, "Of these", "improved").words == ["Of", "these", "nine", "75", "improved"]


def test_fingerprint_is_the_sha256_of_folded_words() -> None:
    passage = read_passage(TEXT, "Of these", "improved")
    assert passage.sha256 == hashlib.sha256(b"of these nine 75 improved").hexdigest()
    assert (passage.words, passage.figures) == (5, ("9", "75"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty-three of ninety", ["23", "90"]),
        ("TEN patients, ten of them", ["10"]),
        ("1,234 and 0·5 and 3.25", ["1234", "0.5", "3.25"]),
        ("zero, one and nineteen", ["0", "1", "19"]),
        ("Twenty Nine", ["29"]),
        ("twenty ten", ["20", "10"]),
        ("p=.299", ["299"]),
        ("5 of 5 and five", ["5"]),
        ("version 1.2.3", ["1.2.3"]),
        ("first, second, none", []),
        ("1,23 and 12,345,678", ["1.23", "12345678"]),
        ("10⁶ and 20g/kg and 2½", ["20"]),
    ],
)
def test_figures(text: str, found: list[str]) -> None:
    assert figures(normalise(text)) == found


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("Not there", "improved", "stand 0 times"),
        ("e", "improved", "stand 0 times"),
        ("Of these", "treated", "do not follow"),
        ("—", "improved", "hold no word"),
    ],
)
def test_what_cannot_be_located_raises(start: str, end: str, message: str) -> None:
    with pytest.raises(PassageError, match=message):
        locate(TEXT, start, end)


def test_first_words_that_stand_twice_are_ambiguous() -> None:
    with pytest.raises(PassageError, match="stand 2 times"):
        locate("It was good. It was bad.", "It was", "bad")


def test_last_words_may_overlap_the_first() -> None:
    span = locate("very uncommon events", "very uncommon", "uncommon events")
    assert span.words == ["very", "uncommon", "events"]


words = st.lists(st.text(alphabet="abcxyzäß0189", min_size=1, max_size=6), min_size=1, max_size=12)


def looks_grouped(text: str) -> bool:
    """Whether digits stand before three digits: a space between them groups, another sign does not."""
    return re.search(r"\d\W+\d{3}(?!\d)", unicodedata.normalize("NFKC", text)) is not None


@given(words)
def test_normalising_is_idempotent(parts: list[str]) -> None:
    once = normalise(" ".join(parts))
    assert normalise(" ".join(once)) == once


@given(st.text(max_size=80))
def test_normalising_any_text_is_idempotent(text: str) -> None:
    assume(not looks_grouped(text))
    once = normalise(text)
    assert normalise(" ".join(once)) == once


@given(words, st.sampled_from([" ", "\n", "  ", " – ", "-", "\u00a0", " \u201c", "’ "]))
def test_fingerprint_does_not_see_spaces_dashes_and_quotes(parts: list[str], between: str) -> None:
    assume(not looks_grouped(" ".join(parts)))
    assert fingerprint(normalise(between.join(parts))) == fingerprint(normalise(" ".join(parts)))


@given(words)
def test_fingerprint_does_not_see_case(parts: list[str]) -> None:
    text = " ".join(parts)
    assert fingerprint(normalise(text.upper().casefold())) == fingerprint(normalise(text.casefold()))


@given(st.integers(0, 99))
def test_number_words_up_to_ninety_nine(number: int) -> None:
    units = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    small = [*units.split(), "seventeen", "eighteen", "nineteen"]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    word = small[number] if number < 20 else tens[number // 10 - 2] + (f"-{small[number % 10]}" if number % 10 else "")
    assert figures(normalise(f"in {word} patients")) == [str(number)]


@given(st.integers(1_000, 999_999_999))
def test_thousands_commas_are_dropped(number: int) -> None:
    assert figures(normalise(f"of {number:,} infusions")) == [str(number)]


@given(st.decimals(0, 999, places=2))
def test_decimal_points_hold_a_number_together(number: object) -> None:
    assert figures(normalise(f"was {number} g")) == [str(number)]
    assert figures(normalise(f"was {number} g".replace(".", "·"))) == [str(number)]


@pytest.mark.parametrize(("text", "run"), [("a b c d", 4), ("x b c y", 2), ("q", 0), ("a b x c d", 2)])
def test_longest_copied_run(text: str, run: int) -> None:
    assert longest_copied_run(text, "a b c d") == run


def _plain_figures(text: str) -> list[str]:
    """The numerals of a text, each word looked at in turn, without any short cut."""
    words = re.findall(r"\d+(?:\.\d+)+(?:\^-?\d+)?|\d+\^-?\d+|\d+⁄\d+|[^\W_]+", even(text))
    words = [word if word.isupper() else word.casefold() for word in words]
    found = []
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        glued = re.fullmatch(r"(\d+(?:\.\d+)*)(g|mg|kg|ml|l|h|d)?", word, re.IGNORECASE)
        if glued:
            found.append(glued[1])
        elif word in TENS:
            found.append(str(TENS[word] + (UNITS.get(after, 0) if UNITS.get(after, 0) < 10 else 0)))
        elif word in UNITS and not (before in TENS and 0 < UNITS[word] < 10):
            found.append(str(UNITS[word]))
    return list(dict.fromkeys(found))


_PIECES = [
    "ten",
    "TEN",
    "Twenty",
    "one",
    "twenty-one",
    "1,000",
    "0·5",
    "٣",
    "½",
    "3.5mg",
    "20g/kg",
    "10⁶",
    "0,5",
    "10 000",
    "12th",
    "x2",
    "ﬁve",
    "-",
    " ",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text("0123456789.,·²te ", max_size=6), max_size=8))
def test_figures_are_those_that_a_plain_reading_finds(parts: list[str]) -> None:
    for text in (" ".join(parts), "".join(parts)):
        assert figures(normalise(text)) == _plain_figures(text)
