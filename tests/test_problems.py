"""A misspelt word is answered by the known one that is meant."""

import pytest

from generator.guideline import Guideline
from generator.problems import did_you_mean


def test_a_claim_with_a_letter_dropped_is_found_among_all(guideline: Guideline) -> None:
    for id_ in list(guideline.claims)[::20]:
        middle = len(id_) // 2
        assert did_you_mean(id_[:middle] + id_[middle + 1 :], guideline.claims) == f"Did you mean `{id_}`?"


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("rtc", ["controlled-trial", "cohort", "rct", "case-report"], "Did you mean `rct`?"),  # no pair in common
        ("text", [], ""),
        ("", ["text"], ""),
        ("zzz", ["text", "cites"], ""),
    ],
)
def test_near(word: str, known: list[str], found: str) -> None:
    assert did_you_mean(word, known) == found
