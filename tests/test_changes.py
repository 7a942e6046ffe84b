"""What has changed: the page, the feed, the list on each record, and the links to GitHub."""

import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pytest
import yaml
from cases import TESTS, change
from click.testing import CliRunner

from generator.changes import CHANGE_KINDS, IMPACTS
from generator.cli import main, read
from generator.guideline import Guideline
from generator.render.data.feed import render_feed
from generator.render.site.pages import render_pages

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    """The small guideline as version 1.1.0, which changes a dose, a way of the pathway and a source."""
    project = tmp_path_factory.mktemp("later")
    shutil.copytree(TESTS / "base/content", project / "content")
    for name in ("way-rewired", "reference-corrected", "claim-reworded", "dose-changed"):
        for edit in yaml.safe_load((TESTS / f"review/{name}.yaml").read_text("utf-8"))["edits"]:
            change(edit, project)
    lock = project / "content/passages.lock.json"
    lock.write_text(
        lock.read_text("utf-8")
        .replace('"figures": ["2"]', '"figures": ["1", "2"]')
        .replace('["2 g/kg"]', '["1 g/kg", "2 g/kg"]'),
        "utf-8",
    )
    about = project / "content/guideline.yaml"
    text = about.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0").replace("2026-01-31", "2026-02-28")
    about.write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["--project", str(project), "record-changes", str(TESTS / "base")])
    assert result.exit_code == 0, result.output
    guideline, _ = read(project)
    assert guideline is not None
    return guideline


def test_the_page_lists_every_change_by_version_and_impact(later: Guideline) -> None:
    page = render_pages(later, {})[PurePosixPath("changes.md")]
    newest = later.changes[0]
    assert page.index("## Version 1.1.0, 2026-02-28 { #version--1-1-0 }") < page.index("## Version 1.0.0, 2026-01-31")
    headings = [page.index(f"### {IMPACTS[impact]} ") for impact in IMPACTS if f"### {IMPACTS[impact]} " in page]
    assert headings == sorted(headings)
    assert page.count('<div class="change"') == len(newest.changes) >= 6
    for item in newest.changes:
        assert CHANGE_KINDS[item.kind].replace("'", "&#39;") in page
        assert all(f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" in page for pmid in item.pmids)
    assert '<del markdown="span">The dose was 2\u00a0g/kg per cycle.' in page
    assert '<ins markdown="span">The dose was 1\u00a0g/kg per cycle.' in page
    assert "The first version." in page
    assert "holds changes that no version records" not in page


def test_a_record_says_which_versions_changed_it(later: Guideline) -> None:
    pages = render_pages(later, {})
    dosing = pages[PurePosixPath("practice/dosing.md")]
    assert "- [Version 1.1.0, 2026-02-28](../changes.md#version--1-1-0): dose changed" in dosing
    assert "What has changed here" not in pages[PurePosixPath("adverse-events/renal.md")]


def test_a_copy_that_is_not_as_recorded_says_so(later: Guideline) -> None:
    about = later.about.model_copy(update={"version": "1.1.0+abcdef0"})
    page = render_pages(replace(later, about=about), {})[PurePosixPath("changes.md")]
    assert "This copy is version 1.1.0&#43;abcdef0: it holds changes that no version records yet." in page


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (None, "changes/#version--1-1-0"),
        ("https://example.org/ivig", "https://example.org/ivig/changes/#version--1-1-0"),
    ],
)
def test_the_feed_has_an_entry_for_each_version(address: str | None, link: str, later: Guideline) -> None:
    about = later.about.model_copy(update={"address": address})
    feed = ElementTree.fromstring(render_feed(replace(later, about=about)))
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Version 1.1.0", "Version 1.0.0"]
    assert entries[0].find(f"{ATOM}link").attrib["href"] == link
    assert entries[0].findtext(f"{ATOM}updated") == "2026-02-28T00:00:00Z"
    text = entries[0].findtext(f"{ATOM}content") or ""
    assert text.startswith("Dose:\n- Dosing: response: dose changed (PMID 111)")
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 3
    assert all(str(id_).startswith("urn:uuid:") for id_ in ids)


def test_pages_lead_to_github_once_the_project_is_hosted(later: Guideline) -> None:
    page = PurePosixPath("practice/dosing.md")
    unhosted = render_pages(later, {})[page]
    assert "[Propose a change](../propose.md?record=practice/dosing)" in unhosted
    assert "github" not in unhosted
    about = later.about.model_copy(update={"repository": "https://github.com/owner/name"})
    hosted = render_pages(replace(later, about=about), {})[page]
    assert "[Edit on GitHub](https://github.com/owner/name/edit/main/content/practice/dosing.yaml)" in hosted
    assert "[History](https://github.com/owner/name/commits/main/content/practice/dosing.yaml)" in hosted


def test_the_project_records_its_newest_version(guideline: Guideline) -> None:
    assert guideline.changes[0].version == guideline.about.version.partition("+")[0]
    assert guideline.changes[-1].since is None


def test_recorded_changes_are_read_by_path_not_by_link(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    (tmp_path / "content/changes/1.0.0.json").rename(tmp_path / "elsewhere.json")
    (tmp_path / "content/changes/1.0.0.json").symlink_to(tmp_path / "elsewhere.json")
    _, problems = read(tmp_path)
    assert "changes-form" in {problem.rule for problem in problems}
