"""The log of the search for evidence: what a page, the data file and a record say of it, and what cannot be read."""

import json
import re
import shutil
from pathlib import Path

import yaml
from cases import TESTS, apply_case, as_text, messages

from generator.cli import PROJECT, all_rules, read
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.links import SEARCHES, searches_anchor
from generator.render import render
from generator.render.site.pages import page_makers

SECOND = "  - {query: later, place: PubMed pages, on: 2026-01-03, hits: 1, for: [practice/dosing]}\n"


def pages(folder: Path) -> dict[str, str]:
    """Render what is in a folder; return the text of each file."""
    guideline, problems = read(folder)
    assert guideline is not None
    assert problems == []
    return {str(path): as_text(text) for path, text in render(guideline, all_rules()).items()}


def test_the_newest_search_comes_first_and_a_record_counts_its_own(tmp_path: Path) -> None:
    apply_case({"edit": "content/pending.yaml", "replace": "awaited", "with": "awaited"}, tmp_path)
    log = tmp_path / "content/searches.yaml"
    log.write_text(log.read_text("utf-8") + SECOND, "utf-8")
    made = pages(tmp_path)
    link = f"[What was searched for](../{SEARCHES}#{searches_anchor('practice/dosing')})"
    assert f"{link}: 2 searches, last on <time>2026-01-03</time>." in made["practice/dosing.md"]
    assert ": 1 search, last on <time>2026-01-02</time>." in made["indications/pemphigus.md"]
    assert "What was searched for" not in made["mechanisms/receptors.md"]
    dosing = made[str(SEARCHES)].partition(f"#{searches_anchor('practice/dosing')}")[2]
    assert re.findall(r"^\| .+? \| (\d{4}-\d\d-\d\d) \|", dosing, re.MULTILINE) == ["2026-01-03", "2026-01-02"]


def test_a_retracted_source_that_a_search_kept_is_said_to_be_so(tmp_path: Path) -> None:
    old = "state: unchecked, checked_on: null"
    new = "state: retracted, checked_on: 2026-01-01"
    apply_case({"edit": "content/references/111.yaml", "replace": old, "with": new}, tmp_path)
    guideline, _ = read(tmp_path)
    assert guideline is not None
    page = render(guideline, all_rules())[SEARCHES].decode()
    assert page.count("(PMID 111)") == page.count('(PMID 111) <strong class="mark">RETRACTED</strong>') == 2


def test_what_cannot_be_read_is_not_said_to_be_missing(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    pending = tmp_path / "content/pending.yaml"
    pending.write_text(pending.read_text("utf-8") + "\nno-such-key: 1\n", "utf-8")
    (found,) = messages(tmp_path)
    assert found.startswith("content/pending.yaml:")
    shutil.copy(TESTS / "base/content/pending.yaml", pending)
    log = tmp_path / "content/searches.yaml"
    log.write_text(log.read_text("utf-8") + "\nno-such-key: 1\n", "utf-8")
    (found,) = messages(tmp_path)
    assert found.startswith("content/searches.yaml:")


def test_the_data_file_has_every_search_with_every_key(tmp_path: Path) -> None:
    apply_case({"write": "content/searches.yaml", "content": f"searches:\n{SECOND}"}, tmp_path)
    (search,) = json.loads(pages(tmp_path)["data/guideline.json"])["searches"]
    asked = {"query": "later", "place": "PubMed pages", "on": "2026-01-03", "hits": 1}
    assert search == {**asked, "kept": [], "left_out": None, "for": ["practice/dosing"]}


def test_every_search_stands_in_the_table_of_each_record_that_it_was_for(guideline: Guideline) -> None:
    written = yaml.safe_load((PROJECT / "content/searches.yaml").read_text("utf-8"))["searches"]
    page = page_makers(guideline, {})[SEARCHES]()
    for id_, facts in records_of(guideline).items():
        own = [entry["query"] for entry in written if id_ in entry["for"]]
        assert sorted(each.search.query for each in facts.searches) == sorted(own)
        assert (f"{{ #{searches_anchor(id_)} }}" in page) == bool(own), id_
    assert len(re.findall(r"^\| .+? \| \d{4}-\d\d-\d\d \|", page, re.MULTILINE)) == sum(len(e["for"]) for e in written)


def test_the_log_tells_no_machine_and_no_result(guideline: Guideline) -> None:
    """Where was searched is said in words; what was left out is said without figures of a paper."""
    for search in guideline.searches:
        assert not re.search(r"[/\\_]", search.place), search.place
        left_out = re.sub(r"PMID \d+|\b(?:19|20)\d\d\b", "", search.left_out or "")
        assert not re.search(r"\d", left_out), search.left_out
