"""Changes of meaning are seen by the rules, in most of the claims that they fit; claims as they are, hardly ever."""

import re
from pathlib import Path

import pytest
from cases import TESTS

from generator.load import load_guideline
from tools.meaning import NUMBERS, changes, measure, read_kinds

FILES = sorted((TESTS / "meaning").glob("*.yaml"))


@pytest.mark.slow
def test_most_changes_of_meaning_are_caught() -> None:
    guideline, _ = load_guideline(Path(__file__).parents[1])
    assert guideline is not None
    kinds = {kind: pairs for file in FILES for kind, pairs in read_kinds(file).items()}
    made, caught, reported, _ = measure(guideline, kinds)
    assert len(made) >= 30
    assert sum(caught.values()) >= 0.8 * sum(made.values())
    assert reported <= 0.12 * len(guideline.claims)


def test_a_kind_changes_the_first_place_that_it_fits() -> None:
    kinds = {"fall": [(re.compile(r"\blower\b"), "higher"), (re.compile(r"\bfell\b"), "rose")]}
    found = dict(changes("It fell from 12 to 3.5, lower than before.", kinds))
    assert found == {
        "fall": "It fell from 12 to 3.5, higher than before.",
        "number replaced": "It fell from 15 to 3.5, lower than before.",
        "numbers swapped": "It fell from 3.5 to 12, lower than before.",
        "range widened": "It fell from 12 to 73.5, lower than before.",
    }


def test_a_text_without_the_words_and_without_numbers_is_not_changed() -> None:
    assert list(changes("Nothing of the kind.", {"fall": [(re.compile(r"\bfell\b"), "rose")]})) == []
    assert all(change("Nothing of the kind.") is None for change in NUMBERS.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_kind_is_readable(file: Path) -> None:
    kinds = read_kinds(file)
    assert len(kinds) >= 30
    assert all(pairs for pairs in kinds.values())
