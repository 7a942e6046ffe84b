"""The built site, read as a browser would: every statement cited, no link broken, nothing loaded from elsewhere."""

import json
import re
from collections import Counter
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from generator.guideline import Guideline
from generator.links import plain_text

BASE = "https://site.invalid/"
# What stands on a record's page and is no statement of medicine.
NOT_MEDICINE = ("also-known-as", "standing", "tally", "group", "secondary", "opponents-title", "pending", "in-pathway")


@pytest.fixture(scope="session")
def soups(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the site by its address below the root."""
    return {
        str(path.relative_to(site)).removesuffix("index.html"): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


def record_pages(guideline: Guideline, soups: dict[str, BeautifulSoup]) -> list[tuple[str, Tag]]:
    return [(id_, soups[f"{id_}/"].select_one("article")) for id_ in guideline.records]


def test_every_statement_on_a_record_page_carries_a_citation(
    guideline: Guideline, soups: dict[str, BeautifulSoup]
) -> None:
    """Each paragraph, list item and table row is a known non-statement, or stands in a claim that cites a PMID."""
    seen = 0
    for id_, article in record_pages(guideline, soups):
        for block in article.select("p, li, tr, td, dd, blockquote"):
            if set(block.get("class", [])) & set(NOT_MEDICINE):
                continue
            if block.find_parent("ol", class_="source-list") or "source-list" in block.parent.get("class", []):
                continue
            if block.find_parent(class_=["glance", "plot-table", "plot-figure", "weight-tables"]):
                continue  # see test_every_row_of_a_glance_or_plot_is_cited
            claim = block.find_parent(class_="claim")
            assert claim is not None, f"{id_}: {block.get_text()[:80]!r} stands outside of a claim"
            own = [link for link in claim.select("a.passage") if link.find_parent(class_="claim") is claim]
            assert own, f"{id_}: {block.get_text()[:80]!r} has no citation"
            assert all(re.match(r"https://pubmed\.ncbi\.nlm\.nih\.gov/\d+/", link["href"]) for link in own)
            seen += 1
    assert seen > 3 * len(guideline.claims)


def test_every_row_of_a_glance_or_plot_is_cited(guideline: Guideline, soups: dict[str, BeautifulSoup]) -> None:
    """Each claim in a cell is followed by the number of a source in the page's list, or the cell says there is none."""
    rows = 0
    for id_, article in record_pages(guideline, soups):
        listed = {item["id"] for item in article.select("ol.source-list > li")}
        for row in article.select(".glance tbody tr, .plot-table tbody tr"):
            rows += 1
            chips = row.select("a.number")
            cited = chips + row.select("a.passage")
            if not row.select_one(".none"):
                assert cited, f"{id_}: {row.get_text()[:80]!r}"
            assert len(row.select("a.level")) <= len(cited)
            assert all(chip["href"].removeprefix("#") in listed for chip in chips), id_
            assert all(chip["data-passage"].startswith("https://pubmed.ncbi.nlm.nih.gov/") for chip in chips)
    assert rows > 4 * len(guideline.records)


def test_every_table_of_grams_is_cited(guideline: Guideline, soups: dict[str, BeautifulSoup]) -> None:
    tables = 0
    for id_, article in record_pages(guideline, soups):
        for table in article.select(".weight-tables table"):
            name = table.find_previous("p")
            assert "regimen-name" in name["class"], id_
            assert name.select("a.number"), id_
            tables += 1
    assert tables > 15


def test_the_evidence_map_has_a_dot_for_each_source_of_its_table(
    guideline: Guideline, soups: dict[str, BeautifulSoup]
) -> None:
    article = soups["evidence/"].select_one("article")
    dots = {cell["href"].removeprefix("#"): len(cell.select("circle")) for cell in article.select("svg.map a")}
    rows = {row.select_one("span")["id"]: row for row in article.select(".map-table tbody tr")}
    assert dots == {anchor: len(row.find_all("td")[2].select("a")) for anchor, row in rows.items()}
    pairs = {
        (entry.record, cite.pmid)
        for entry in guideline.claims.values()
        if entry.record.startswith("indications/")
        for cite in entry.claim.cites
    }
    assert sum(dots.values()) == len(pairs)


def test_every_plot_shows_the_numbers_of_its_table(guideline: Guideline, soups: dict[str, BeautifulSoup]) -> None:
    plots = 0
    for id_, article in record_pages(guideline, soups):
        for figure in article.select("figure.plot-figure"):
            plots += 1
            svg, table = figure.find("svg"), figure.find_next_sibling("details")
            assert svg.find("title").get_text(), id_
            assert svg.find("desc").get_text(), id_
            values = [" ".join(line.get_text() for line in row.select("text.value")) for row in svg.select("a.row")]
            assert values == [row.find_all("td")[1].get_text() for row in table.select("tbody tr")], id_
            for link in svg.select("a[href]"):
                assert article.find(id=link["href"].removeprefix("#")) is not None
    assert plots > 30


def test_every_claim_is_shown_with_its_own_words_and_sources(
    guideline: Guideline, soups: dict[str, BeautifulSoup]
) -> None:
    for id_, entry in guideline.claims.items():
        block = soups[f"{entry.record}/"].find(id=entry.name)
        assert block is not None, id_
        statement = block.find(class_="statement").get_text()
        assert re.sub(r"\s+", " ", statement).removesuffix("#").strip() == plain_text(entry.claim.text), id_
        pmids = [
            re.search(r"/(\d+)/", link["href"])[1]
            for link in block.select("a.passage")
            if link.find_parent(class_="claim") is block
        ]
        assert pmids == [cite.pmid for cite in entry.claim.cites], id_


def test_every_source_of_a_page_is_listed_in_full(guideline: Guideline, soups: dict[str, BeautifulSoup]) -> None:
    for id_, article in record_pages(guideline, soups):
        cited = {cite.pmid for e in guideline.claims.values() if e.record == id_ for cite in e.claim.cites}
        listed = {item["id"].removeprefix("ref--"): item for item in article.select("ol.source-list > li")}
        assert set(listed) == cited, id_
        for pmid, item in listed.items():
            text = " ".join(item.get_text().split())
            assert " ".join(guideline.references[pmid].title.split()) in text, (id_, pmid)
            assert f"PMID {pmid}" in text.replace("\xa0", " ")


def test_a_source_known_from_a_report_only_is_said_so(guideline: Guideline, soups: dict[str, BeautifulSoup]) -> None:
    reports = {pmid for pmid, reference in guideline.references.items() if reference.read == "secondary-report"}
    assert reports
    for id_, article in record_pages(guideline, soups):
        cited = {cite.pmid for e in guideline.claims.values() if e.record == id_ for cite in e.claim.cites}
        notice = article.select_one("p.secondary")
        assert bool(notice) == bool(cited & reports), id_
        assert all(pmid in notice.get_text() for pmid in cited & reports)


def test_both_sides_of_every_disagreement_stand_on_each_page(
    guideline: Guideline, soups: dict[str, BeautifulSoup]
) -> None:
    for id_, entry in guideline.claims.items():
        shown = soups[f"{entry.record}/"].find(id=entry.name).select(".opponents .statement")
        texts = [re.sub(r"\s+", " ", text.get_text()).strip() for text in shown]
        for other in (*entry.claim.disagrees_with, *entry.claim.supersedes):
            assert plain_text(guideline.claims[other].claim.text) in texts, id_


def test_papers_that_are_missing_are_named_on_the_pages_they_matter_to(
    guideline: Guideline, soups: dict[str, BeautifulSoup]
) -> None:
    for source in guideline.pending.values():
        for page in (*source.matters_to, "missing"):
            assert source.label in soups[f"{page}/"].get_text(), (source.label, page)


def test_back_links_are_shown_where_a_claim_links_to(guideline: Guideline, soups: dict[str, BeautifulSoup]) -> None:
    from generator.links import links_in

    for id_, entry in guideline.claims.items():
        for link in links_in(entry.claim.text):
            page = soups[f"{link.record}/"]
            hrefs = {urljoin(f"{BASE}{link.record}/", a["href"]) for a in page.select("article .whence a")}
            assert f"{BASE}{entry.record}/#{entry.name}" in hrefs, id_


def test_no_link_anchor_or_asset_is_broken(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    anchors = {page: {tag["id"] for tag in soup.find_all(id=True)} for page, soup in soups.items()}
    broken = []
    for page, soup in soups.items():
        for tag in soup.find_all(["a", "link", "script", "img", "use", "source", "iframe", "image"]):
            for name in ("href", "src", "xlink:href"):
                if name not in tag.attrs or (page == "404.html" and tag[name].startswith("/")):
                    continue
                target, fragment = urldefrag(urljoin(BASE + page, tag[name]))
                if not target.startswith(BASE):
                    continue
                path = unquote(urlsplit(target).path).lstrip("/")
                file = site / path / "index.html" if (site / path).is_dir() else site / path
                lost = fragment and not fragment.startswith("__") and fragment not in anchors.get(path, {fragment})
                if lost or not file.exists():
                    broken.append((page, tag[name]))
    assert broken == []


def test_every_page_says_standing_version_and_date_in_its_footer(
    guideline: Guideline, soups: dict[str, BeautifulSoup]
) -> None:
    """The hand-written pages as well."""
    for page, soup in soups.items():
        footer = soup.select_one(".md-copyright").get_text()
        assert f"Unreviewed. Version {guideline.about.version}, {guideline.about.date}." in footer, page


def test_no_markup_is_left_unread(soups: dict[str, BeautifulSoup]) -> None:
    """What an extension did not read shows as text: links, attribute lists, `markdown` attributes."""
    for page, soup in soups.items():
        article = soup.select_one("article")
        if article is None or page in ("contributing/", "rules/"):  # these show Markdown as such
            continue
        text = article.get_text()
        assert "](" not in text, (page, text[max(0, text.find("](") - 60) :][:120])
        assert "{ ." not in text, page
        assert "{ #" not in text, page
        assert not article.select("[markdown]"), page


def test_no_id_stands_twice_on_a_page(soups: dict[str, BeautifulSoup]) -> None:
    for page, soup in soups.items():
        twice = [id_ for id_, count in Counter(tag["id"] for tag in soup.find_all(id=True)).items() if count > 1]
        assert twice == [], page


def test_nothing_is_loaded_from_another_host(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    for page, soup in soups.items():
        for tag in soup.find_all(["link", "script", "img", "iframe", "source", "object", "embed", "video", "audio"]):
            address = tag.get("href") or tag.get("src") or tag.get("data") or ""
            if tag.name == "link" and set(tag.get("rel", [])) & {"canonical", "prev", "next"}:
                continue
            assert not re.match(r"(?:[a-z]+:)?//", address), (page, address)
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet


def test_links_that_leave_the_site_go_to_known_hosts(soups: dict[str, BeautifulSoup]) -> None:
    hosts = {
        urlsplit(link["href"]).hostname
        for soup in soups.values()
        for link in soup.select("a[href]")
        if urlsplit(link["href"]).scheme
    }
    known = {"pubmed.ncbi.nlm.nih.gov", "doi.org", "pmc.ncbi.nlm.nih.gov", "creativecommons.org"}
    assert hosts <= known | {"squidfunk.github.io"}


def test_records_are_in_the_navigation_and_references_are_not(
    guideline: Guideline, soups: dict[str, BeautifulSoup]
) -> None:
    links = {urljoin(BASE, link["href"]) for link in soups[""].select("nav a[href]")}
    assert {f"{BASE}{id_}/" for id_ in guideline.records} <= links
    assert not {link for link in links if re.search(r"/references/\d+/", link)}


def test_search_finds_records_by_synonym_and_pmid(site: Path, guideline: Guideline) -> None:
    documents = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    index = unescape(" ".join(f"{document['title']} {document['text']}" for document in documents))
    for pmid in guideline.references:
        assert pmid in index
    for record in guideline.records.values():
        for name in record.also_known_as:
            assert name in index, name


def test_every_page_has_one_heading_of_the_first_level_and_none_is_skipped(soups: dict[str, BeautifulSoup]) -> None:
    for page, soup in soups.items():
        levels = [int(tag.name[1]) for tag in soup.select("article :is(h1, h2, h3, h4, h5, h6)")]
        assert levels.count(1) == 1, page
        assert all(after - before <= 1 for before, after in pairwise(levels)), page
