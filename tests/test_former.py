"""An id that was given out leads on after a record or claim was renamed or moved."""

import re
import shutil
from pathlib import Path, PurePosixPath

import pytest
from cases import TESTS, messages
from click.testing import CliRunner

from generator.cli import main, read
from generator.guideline import Guideline
from generator.render.site.pages import render_pages


def edit(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    """The small guideline: `practice/dosing` is `practice/dose` now, a claim has another name, one another page."""
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    content = tmp_path / "content"
    (content / "practice/dosing.yaml").rename(content / "practice/dose.yaml")
    edit(
        content / "practice/dose.yaml",
        ("name: Dosing", "name: Dosing\nformerly: [practice/dosing]"),
        ("  usual:\n", "  per-cycle:\n    formerly: [usual]\n"),
    )
    edit(content / "pathway.yaml", ("practice/dosing#usual", "practice/dose#per-cycle"))
    edit(content / "searches.yaml", ("practice/dosing", "practice/dose"))
    moved = "    formerly: [indications/pemphigus#rarely]\n    text: Renal failure"
    edit(content / "adverse-events/renal.yaml", ("    text: Renal failure", moved))
    assert CliRunner().invoke(main, ["--project", str(tmp_path), "lock"]).exit_code == 0
    return tmp_path


@pytest.fixture
def guideline(renamed: Path) -> Guideline:
    found, problems = read(renamed)
    assert problems == []
    assert found is not None
    return found


def test_former_ids_lead_to_what_they_are_now(guideline: Guideline) -> None:
    """The claims of a renamed record by every name that they had in it."""
    assert guideline.former == {
        "practice/dosing": "practice/dose",
        "practice/dosing#per-cycle": "practice/dose#per-cycle",
        "practice/dosing#usual": "practice/dose#per-cycle",
        "practice/dose#usual": "practice/dose#per-cycle",
        "indications/pemphigus#rarely": "adverse-events/renal#rare",
    }


def test_a_former_record_has_a_page_that_leads_on(guideline: Guideline) -> None:
    pages = render_pages(guideline, {})
    page = pages[PurePosixPath("practice/dosing.md")]
    assert "This page has moved to [Dosing](dose.md){ .moved-to }." in page
    assert "- [Dosing: Response, Abel 2020](dose.md#per-cycle){ #usual }" in page


def test_a_former_claim_has_an_anchor_where_it_stood(guideline: Guideline) -> None:
    """At the claim if it is still on the page; at the foot of the page, leading on, if it is on another."""
    pages = render_pages(guideline, {})
    dose = pages[PurePosixPath("practice/dose.md")]
    assert re.search(r'id="per-cycle" [^>]*markdown>\s*<span id="usual"></span>\s*The dose was', dose)
    assert "Moved to another page" not in dose
    pemphigus = pages[PurePosixPath("indications/pemphigus.md")]
    assert re.search(
        r'- <span id="rarely"></span>\s*\[Renal failure: \w[^]]*, \w[^]]* \d{4}\]'
        r"\(\.\./adverse-events/renal\.md#rare\)",
        pemphigus,
    )
    assert 'id="rarely"' not in pages[PurePosixPath("adverse-events/renal.md")]


def test_a_rename_that_is_recorded_and_not_listed_is_a_problem(renamed: Path) -> None:
    """From one version to the next, with `formerly` left out."""
    for record in ("practice/dose", "adverse-events/renal"):
        file = renamed / f"content/{record}.yaml"
        file.write_text(re.sub(r"^ *formerly: .*\n", "", file.read_text("utf-8"), flags=re.M), "utf-8")
    edit(renamed / "content/guideline.yaml", ("version: 1.0.0", "version: 1.1.0"))
    recorded = CliRunner().invoke(main, ["--project", str(renamed), "record-changes", str(TESTS / "base")])
    assert recorded.exit_code == 0, recorded.output
    place = "content/practice/dose.yaml"
    assert messages(renamed) == [
        f"{place}:1: version 1.1.0 gave `practice/dosing` another name, and its address leads nowhere. "
        "Add `formerly: [practice/dosing]` to `practice/dose`. [former-id]",
        f"{place}:6 claims.per-cycle: version 1.1.0 gave `practice/dosing#usual` another name, and its address leads "
        "nowhere. Add `formerly: [practice/dosing#usual]` to `practice/dose#per-cycle`. [former-id]",
    ]
    edit(
        renamed / place,
        ("name: Dosing", "name: Dosing\nformerly: [practice/dosing]"),
        ("  per-cycle:\n", "  per-cycle:\n    formerly: [practice/dosing#usual]\n"),
    )
    assert messages(renamed) == []
