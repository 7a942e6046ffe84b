"""Rendering: the same bytes for the same content, and every claim with its sources on its page."""

import json
import shutil
from html import unescape
from pathlib import Path, PurePosixPath

import pytest
from cases import TESTS

from generator.cli import all_rules, read
from generator.evidence.standing import fingerprint_of
from generator.facts.claims import claims_of
from generator.guideline import Guideline
from generator.links import record_page, reference_page
from generator.render import render
from generator.render.site.bundles import render_scripts


@pytest.fixture(scope="module")
def pages(guideline: Guideline) -> dict[PurePosixPath, bytes]:
    return render(guideline, all_rules())


def test_two_processes_render_the_same_bytes(
    pages: dict[PurePosixPath, bytes], guideline: Guideline, workshop: Path
) -> None:
    """This one, and the one that built the site with another seed of hashes, locale and time zone."""
    here = {**pages, **render_scripts(guideline.about.interface)}
    names = json.loads((workshop / "docs/.generated.json").read_text("utf-8"))
    assert sorted(names) == sorted(map(str, here))
    assert [str(path) for path, content in here.items() if (workshop / "docs" / path).read_bytes() != content] == []


def test_every_record_and_reference_has_its_page(guideline: Guideline, pages: dict) -> None:
    assert {record_page(id_) for id_ in guideline.records} <= pages.keys()
    assert {reference_page(pmid) for pmid in guideline.references} <= pages.keys()


def test_every_page_says_standing_version_and_date(guideline: Guideline, pages: dict) -> None:
    for page, text in pages.items():
        if page.suffix != ".md" or str(page) in ("format.md", "vocabulary.md", "rules.md"):  # not about medicine
            continue
        assert f"<strong>Unreviewed.</strong> Version {guideline.about.version}." in unescape(text.decode()), page
        assert f"Dated {guideline.about.date}." in unescape(text.decode()), page


def test_a_reviewed_record_says_by_whom_and_when(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    file = tmp_path / "content/indications/pemphigus.yaml"
    now = fingerprint_of("indications/pemphigus", read(tmp_path)[0])
    review = f"{{reviewed_by: 0000-0002-1825-0097, reviewed_on: 2026-01-15, interests: None at all, sha256: {now}}}"
    file.write_text(file.read_text("utf-8").replace("unreviewed", review), "utf-8")
    guideline, problems = read(tmp_path)
    assert guideline is not None
    assert problems == []
    page = render(guideline, all_rules())[PurePosixPath("indications/pemphigus.md")].decode()
    assert "Reviewed on 2026-01-15" in page
    assert "https://orcid.org/0000-0002-1825-0097" in page
    assert "interests declared: None at all." in page
    assert "Unreviewed" not in page


def test_the_sources_of_a_regimen_stand_apart() -> None:
    guideline, _ = read(TESTS / "show")
    assert guideline is not None
    claims = claims_of(guideline)
    child, other = claims["practice/dosing#child"], claims["indications/crackle#daily"]
    vars(child)["by_source"] = [*child.by_source, *other.by_source]
    page = render(guideline, all_rules())[PurePosixPath("indications/crackle.md")].decode()
    [line] = [line for line in page.splitlines() if " in a series or case <a" in line]
    assert line.count("</a>, <a ") == 1
