"""The line that every copy carries, and the day from which it is not to be trusted."""

import datetime
from pathlib import Path

import pytest
from cases import TESTS

from generator.cli import read
from generator.facts.edition import edition_line, expires_on
from generator.guideline import Guideline


@pytest.fixture(scope="module")
def base() -> Guideline:
    guideline, _ = read(Path(TESTS / "base"))
    assert guideline is not None
    return guideline


@pytest.mark.parametrize(
    ("date", "months", "expires"),
    [
        ("2026-11-24", 12, "2027-11-24"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-01-01", 24, "2028-01-01"),
    ],
)
def test_an_edition_expires_when_it_is_due_for_review(base: Guideline, date: str, months: int, expires: str) -> None:
    changed = {"date": datetime.date.fromisoformat(date), "review_every_months": months}
    assert expires_on(base.about.model_copy(update=changed)).isoformat() == expires


def test_the_line_says_standing_version_date_and_expiry(base: Guideline) -> None:
    about = base.about
    assert edition_line(base) == f"Unreviewed. Version {about.version}, {about.date}. Expires {expires_on(about)}."
