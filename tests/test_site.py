"""The built site, read as a browser would: every statement cited, no link broken, nothing loaded from elsewhere."""

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from bs4 import BeautifulSoup, Tag
from cases import search_data

from generator.facts.lists import disagreements
from generator.guideline import Guideline
from generator.linked_text import links_in, plain_text

BASE = "https://site.invalid/"
LOST = "404.html"
# What stands on a record's page and is no statement of medicine.
NOT_MEDICINE = (
    *("also-known-as", "standing-more", "tally", "group", "secondary", "opponents-title", "pending", "in-pathway"),
    *("searches", "unanswered", "because", "codes", "to-sheet", "proposing", "undrawn"),
)
# What stands in these is looked at by tests of answers and plots, of tables of grams, and of sources in full.
SEEN_ELSEWHERE = ("answers", "class-harms", "plot-table", "plot-figure", "weight-tables", "source-list")


class Soups(dict[str, BeautifulSoup]):
    """Pages by their addresses below the root, to be searched as CSS does; parsed when first asked for."""

    def __init__(self, site: Path):
        super().__init__()
        self._site = site

    def __missing__(self, address: str) -> BeautifulSoup:
        self[address] = BeautifulSoup((self._site / address / "index.html").read_text("utf-8"), "lxml")
        return self[address]


@pytest.fixture(scope="module")
def soups(site: Path) -> Soups:
    return Soups(site)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every page of the site by its address below the root, as trees that are quick to go through."""
    return {
        str(path.relative_to(site)).removesuffix("index.html"): lxml.html.document_fromstring(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def blocks(guideline: Guideline, soups: Soups) -> dict[str, Tag]:
    """The block of every claim on the page of its record, by the claim's id."""
    found = {f"{id_}#{tag['id']}": tag for id_ in guideline.records for tag in soups[f"{id_}/"].find_all(id=True)}
    return {id_: found[id_] for id_ in guideline.claims}


def record_pages(guideline: Guideline, soups: Soups) -> list[tuple[str, Tag]]:
    return [(id_, soups[f"{id_}/"].select_one("article")) for id_ in guideline.records]


def classes(tag: lxml.html.HtmlElement) -> set[str]:
    return set(tag.get("class", "").split())


def test_every_statement_on_a_record_page_carries_a_citation(
    guideline: Guideline, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    """Each paragraph, list item and table row is a known non-statement, or stands in a claim that cites a PMID."""
    seen = 0
    for id_ in guideline.records:
        heading = ""
        cited = {}
        for block in pages[f"{id_}/"].find(".//article").iter("h2", "p", "li", "tr", "td", "dd", "blockquote"):
            if block.tag == "h2":
                heading = block.get("id")
                continue
            around = [*block.iterancestors()]
            if classes(block) & set(NOT_MEDICINE) or any(classes(tag) & set(SEEN_ELSEWHERE) for tag in around):
                continue
            text = block.text_content()
            if block.tag == "li" and heading == "kind--moved":
                (link,), (anchor,) = block.iter("a"), block.iter("span")  # what a claim that moved is, and nothing else
                assert text.strip() == link.text_content()
                now = guideline.former[f"{id_}#{anchor.get('id')}"]
                assert link.get("href").endswith(f"{now.rpartition('/')[2].replace('#', '/#')}")
                continue
            claim = claim_around(block)
            assert claim is not None, f"{id_}: {text[:80]!r} stands outside of a claim"
            if claim not in cited:
                cited[claim] = [a.get("href") for a in claim.find_class("passage") if claim_around(a) is claim]
            assert cited[claim], f"{id_}: {text[:80]!r} has no citation"
            assert all(re.match(r"https://pubmed\.ncbi\.nlm\.nih\.gov/\d+/", address) for address in cited[claim])
            seen += 1
    assert seen > 3 * len(guideline.claims)


def claim_around(tag: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """Return the innermost claim that a tag stands in."""
    return next((each for each in tag.iterancestors() if "claim" in classes(each)), None)


def test_every_answer_and_row_of_a_plot_is_cited(guideline: Guideline, soups: Soups) -> None:
    """Each answer, harm and number has a source of the page's list or a passage, or says that there is none."""
    rows = 0
    for id_, article in record_pages(guideline, soups):
        listed = {item["id"] for item in article.select("ol.source-list > li")}
        for row in article.select(".answer .said, .to-do-item, .class-harms li, .plot-table tbody tr"):
            rows += 1
            chips = row.select("a.number")
            cited = chips + row.select("a.passage")
            is_link = row.name == "li" and row.get_text(strip=True) == row.find("a").get_text(strip=True)
            if not row.select_one(".none") and not is_link:
                assert cited, f"{id_}: {row.get_text()[:80]!r}"
            assert all(chip["href"].removeprefix("#") in listed for chip in chips), id_
            assert all(chip["data-passage"].startswith("https://pubmed.ncbi.nlm.nih.gov/") for chip in chips)
    indications = [id_ for id_ in guideline.records if id_.startswith("indications/")]
    assert rows > len(guideline.profile.class_harms) * len(indications)


def test_every_table_of_grams_is_cited(guideline: Guideline, soups: Soups) -> None:
    tables = 0
    for id_, article in record_pages(guideline, soups):
        for table in article.select(".weight-tables table"):
            name = table.find_previous("p")
            assert "regimen-name" in name["class"], id_
            assert name.select("a.number, a.passage"), id_
            tables += 1
    assert tables > 15


def test_the_evidence_map_has_a_dot_for_each_source_of_its_table(guideline: Guideline, soups: Soups) -> None:
    article = soups["evidence/"].select_one("article")
    dots = {cell["href"].removeprefix("#"): len(cell.select("circle")) for cell in article.select("svg.map a")}
    rows = {row.select_one("span")["id"]: row for row in article.select(".map-table tbody tr")}
    assert dots == {anchor: len(row.find_all(["th", "td"])[2].select("a")) for anchor, row in rows.items()}
    pairs = {
        (entry.record, cite.pmid)
        for entry in guideline.claims.values()
        if entry.record.startswith("indications/")
        for cite in entry.claim.cites
    }
    assert sum(dots.values()) == len(pairs)


def test_every_plot_shows_the_numbers_of_its_table(guideline: Guideline, soups: Soups) -> None:
    plots = 0
    for id_, article in record_pages(guideline, soups):
        for figure in article.select("figure.plot-figure"):
            plots += 1
            svgs, table = figure.find_all("svg"), figure.find_next_sibling("details")
            assert len({svg["aria-labelledby"] for svg in svgs}) == 1, id_
            assert all(figure.find(id=name).get_text() for name in svgs[0]["aria-labelledby"].split()), id_
            lines = [[line.get_text() for line in row.select("text.value")] for row in figure.select("svg a.row")]
            values = [re.sub(r"(?<=\w-) ", "", " ".join(each)) for each in lines]
            heads = [head.get_text() for head in table.select("thead th")]
            rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
            assert values == [cells[heads.index("Numbers")].get_text() for cells in rows], id_
            for link in figure.select("svg a[href]"):
                assert article.find(id=link["href"].removeprefix("#")) is not None
    assert plots > 30


def test_every_claim_is_shown_with_its_own_words_and_sources(guideline: Guideline, blocks: dict[str, Tag]) -> None:
    for id_, entry in guideline.claims.items():
        block = blocks[id_]
        statement = block.find(class_="statement").get_text()
        assert re.sub(r"\s+", " ", statement).removesuffix("#").strip() == plain_text(entry.claim.text), id_
        pmids = [
            re.search(r"/(\d+)/", link["href"])[1]
            for link in block.select("a.passage")
            if link.find_parent(class_="claim") is block
        ]
        sources = list(dict.fromkeys(cite.pmid for cite in entry.claim.cites))
        assert sorted(pmids) == sorted(cite.pmid for cite in entry.claim.cites), id_
        assert list(dict.fromkeys(pmids)) == sources, id_


def test_every_source_of_a_page_is_listed_in_full(guideline: Guideline, soups: Soups) -> None:
    for id_, article in record_pages(guideline, soups):
        cited = {cite.pmid for e in guideline.claims.values() if e.record == id_ for cite in e.claim.cites}
        listed = {item["id"].removeprefix("ref--"): item for item in article.select("ol.source-list > li")}
        assert set(listed) == cited, id_
        for pmid, item in listed.items():
            text = " ".join(item.get_text().split())
            assert " ".join(guideline.references[pmid].title.split()) in text, (id_, pmid)
            assert f"PMID {pmid}" in text.replace("\xa0", " ")


def test_a_source_known_from_a_report_only_is_said_so(guideline: Guideline, soups: Soups) -> None:
    reports = {pmid for pmid, reference in guideline.references.items() if reference.read == "secondary-report"}
    assert reports
    for id_, article in record_pages(guideline, soups):
        cited = {cite.pmid for e in guideline.claims.values() if e.record == id_ for cite in e.claim.cites}
        notice = article.select_one("p.secondary")
        assert bool(notice) == bool(cited & reports), id_
        assert all(pmid in notice.get_text() for pmid in cited & reports)


def test_each_disagreement_is_told_once_with_its_reason_and_linked_from_both_sides(
    guideline: Guideline, soups: Soups, blocks: dict[str, Tag]
) -> None:
    for id_, article in record_pages(guideline, soups):
        told = {
            frozenset(address(id_, link) for link in entry.select(".opponents-title a")): entry
            for entry in article.select(".dispute")
        }
        own = {name: entry for name, entry in guideline.claims.items() if entry.record == id_}
        pairs = {frozenset((name, other)): why for name, entry in own.items() for other, why in entry.opponents.items()}
        assert {pair: plain(entry.select_one(".because")) for pair, entry in told.items()} == pairs, id_
        in_order(guideline, article, id_)
        assert len(article.select(".dispute")) == len(pairs), id_
        for name, entry in own.items():
            links = blocks[name].select(".opponents a")
            reasons = {link["href"].removeprefix("#") for link in links if link.get_text() == "why"}
            assert {address(id_, link) for link in links if link.get_text() != "why"} == set(entry.opponents), name
            assert reasons == {told[frozenset((name, other))]["id"] for other in entry.opponents}, name


def test_the_page_of_disagreements_names_the_sources_in_the_order_of_each_sentence(
    guideline: Guideline, soups: Soups
) -> None:
    article = soups["disagreements/"]
    assert len(article.select(".dispute")) == len(disagreements(guideline))
    in_order(guideline, article, "disagreements")


def in_order(guideline: Guideline, article: Tag, page: str) -> None:
    """Hold each disagreement of a page to this: the claim that tells it is first, as in the sentence."""
    for entry in article.select(".dispute"):
        first, then = (address(page, link) for link in entry.select(".opponents-title a"))
        assert then in {told.claim for told in guideline.claims[first].claim.disagrees_with}, (page, first, then)


def address(id_: str, link: Tag) -> str:
    """Return the id of the claim that a link on the page of a record leads to."""
    return urljoin(f"{BASE}{id_}/", link["href"]).removeprefix(BASE).replace("/#", "#")


def plain(tag: Tag) -> str:
    """Return the text of a tag on one line."""
    return " ".join(tag.get_text().split())


def test_no_page_prints_a_claim_twice(guideline: Guideline, pages: dict[str, lxml.html.HtmlElement]) -> None:
    """Nor does a step of the pathway; two steps may, of which a reader sees one."""
    seen = 0
    for page in pages.keys() - {LOST}:
        for part in pages[page].find_class("node") or [pages[page]]:
            texts = (" ".join(tag.text_content().split()) for tag in part.find_class("statement"))
            statements = [text.removesuffix("#").strip() for text in texts]
            twice = [text for text, count in Counter(statements).items() if count > 1]
            assert twice == [], page
            seen += len(statements)
    assert seen > len(guideline.claims)


def test_papers_that_are_missing_are_named_on_the_pages_they_matter_to(guideline: Guideline, soups: Soups) -> None:
    for source in guideline.pending.values():
        for page in (*source.matters_to, "missing"):
            assert source.label in soups[f"{page}/"].get_text(), (source.label, page)


def test_back_links_are_shown_where_a_claim_links_to(guideline: Guideline, soups: Soups) -> None:
    shown = {
        id_: {urljoin(f"{BASE}{id_}/", a["href"]) for a in article.select(".whence a")}
        for id_, article in record_pages(guideline, soups)
    }
    for id_, entry in guideline.claims.items():
        for link in links_in(entry.claim.text):
            assert f"{BASE}{entry.record}/#{entry.name}" in shown[link.record], id_


def test_no_link_anchor_or_asset_is_broken(site: Path, pages: dict[str, lxml.html.HtmlElement]) -> None:
    files = {str(path.relative_to(site)).removesuffix("index.html") for path in site.rglob("*") if path.is_file()}
    anchors = {page: set(tree.xpath("//@id")) for page, tree in pages.items()}
    broken, internal = [], 0
    for page, tree in pages.items():
        for tag in tree.iter("a", "link", "script", "img", "use", "source", "iframe", "image"):
            for address in filter(None, map(tag.get, ("href", "src", "xlink:href"))):
                target, fragment = urldefrag(urljoin(BASE + page, address))
                if not target.startswith(BASE):
                    continue
                internal += 1
                path = unquote(urlsplit(target).path).lstrip("/")
                lost = fragment and not fragment.startswith("__") and fragment not in anchors.get(path, {fragment})
                if lost or path not in files:
                    broken.append((page, address))
    assert broken == []
    assert internal > 20_000


def test_every_page_says_standing_version_and_date_in_its_footer(
    guideline: Guideline, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    """The hand-written pages as well; the one for a wrong address says what it is, and no more."""
    for page in pages.keys() - {LOST}:
        footer = pages[page].find_class("md-copyright")[0].text_content()
        assert f"Unreviewed. Version {guideline.about.version}, {guideline.about.date}." in footer, page


def test_no_markup_is_left_unread(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """What an extension did not read shows as text: links, attribute lists, `markdown` attributes."""
    for page in pages.keys() - {LOST, "contributing/", "rules/"}:  # the last two show Markdown as such
        article = pages[page].find(".//article")
        text = "".join(article.xpath(".//text()[not(parent::script)]"))
        assert "](" not in text, (page, text[max(0, text.find("](") - 60) :][:120])
        assert "{ ." not in text, page
        assert "{ #" not in text, page
        assert not article.xpath(".//@markdown"), page


def test_no_id_stands_twice_on_a_page(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for page, tree in pages.items():
        twice = [id_ for id_, count in Counter(tree.xpath("//@id")).items() if count > 1]
        assert twice == [], page


def test_nothing_is_loaded_from_another_host(site: Path, pages: dict[str, lxml.html.HtmlElement]) -> None:
    for page, tree in pages.items():
        for tag in tree.iter("link", "script", "img", "iframe", "source", "object", "embed", "video", "audio"):
            address = tag.get("href") or tag.get("src") or tag.get("data") or ""
            if tag.tag == "link" and tag.get("rel") in ("canonical", "prev", "next"):
                continue
            assert not re.match(r"(?:[a-z]+:)?//", address), (page, address)
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet


def test_links_that_leave_the_site_go_to_known_hosts(pages: dict[str, lxml.html.HtmlElement]) -> None:
    addresses = {address for tree in pages.values() for address in tree.xpath("//a/@href")}
    hosts = {urlsplit(address).hostname for address in addresses if urlsplit(address).scheme}
    known = {"pubmed.ncbi.nlm.nih.gov", "doi.org", "pmc.ncbi.nlm.nih.gov", "creativecommons.org"}
    systems = {"purl.obolibrary.org", "icd.who.int", "id.nlm.nih.gov", "atcddd.fhi.no"}
    decided = {"docs.snomed.org", "confluence.ihtsdotools.org", "pacharanero.github.io"}
    tools = {
        "squidfunk.github.io",
        "pre-commit.com",
        "cosmic-ray.readthedocs.io",
        "babel.pocoo.org",
        "www.ncbi.nlm.nih.gov",
    }
    assert hosts == known | systems | decided | tools


def test_records_are_in_the_navigation_and_references_are_not(guideline: Guideline, soups: Soups) -> None:
    """The records of a section stand on the pages of that section: no page carries the names of all."""
    for kind in guideline.profile.kinds:
        base = f"{BASE}{kind}/"
        links = {urljoin(base, link["href"]) for link in soups[f"{kind}/"].select("nav a[href]")}
        assert {f"{BASE}{id_}/" for id_ in guideline.records if id_.startswith(f"{kind}/")} <= links
        assert not {link for link in links if re.search(r"/references/\d+/", link)}


def test_the_search_index_has_every_synonym_and_pmid(site: Path, guideline: Guideline) -> None:
    data = search_data(site)
    assert {source[0] for source in data["sources"]} == set(guideline.references)
    names = {record[0]: record[2] for record in data["records"]}
    assert names == {id_: list(record.also_known_as) for id_, record in guideline.records.items()}


def test_every_hit_of_the_search_leads_to_a_place_that_is_there(
    site: Path, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    data = search_data(site)
    found = [(f"{record[0]}.md", f"answer--{answer[1]}") for record in data["records"] for answer in record[5]]
    found += [(f"{record[0]}.md", f"kind--{section[0]}") for record in data["records"] for section in record[6]]
    found += [(page[0], anchor) for page in (*data["pages"], *data["project"]) for anchor, _ in page[4]]
    found += [(f"{id_}.md", name) for id_, _, name in (claim[0].partition("#") for claim in data["claims"])]
    found += [("missing.md", paper[0]) for paper in data["pending"]]
    ids: dict[str, set[str]] = {}
    for page, anchor in found:
        address = page.removesuffix("index.md") if page.endswith("index.md") else page.removesuffix(".md") + "/"
        if address not in ids:
            ids[address] = set(pages[address].xpath("//@id"))
        assert anchor in ids[address], (page, anchor)
    assert len(found) > 2 * len(data["claims"])


def test_what_the_search_waits_for_is_small(site: Path) -> None:
    assert len(gzip.compress((site / "search/first.js").read_bytes())) < 120_000


def test_no_page_loads_the_search_before_it_is_used(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for page, tree in pages.items():
        assert not [
            script
            for script in tree.xpath("//script/@src")
            if re.search(r"minisearch|search(-hits)?\.js|search/", script)
        ], page
        assert tree.xpath("count(//*[@class='md-search'])") == (page != LOST), page


LOADED = "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='manifest']/@href"


def test_the_first_view_of_every_page_is_light(site: Path, pages: dict[str, lxml.html.HtmlElement]) -> None:
    """Bytes and requests of a first visit, sent compressed as most hosts do: the page and all that it loads itself."""
    packed = {path: len(gzip.compress(path.read_bytes())) for path in site.joinpath("assets").rglob("*.*")}
    for page, tree in pages.items():
        file = site / (page if page == LOST else f"{page}index.html")
        loaded = {(site / page / address).resolve() for address in tree.xpath(LOADED)}
        size = sum(packed.get(path) or len(gzip.compress(path.read_bytes())) for path in (file, *loaded))
        assert size < 250_000, page
        assert len(loaded) < 15, page
        assert not tree.xpath(
            "//img[not(starts-with(@src, 'data:')) and not(@width and @height)][ancestor::article]"
        ), page


def test_nothing_of_the_theme_s_search_is_shipped(site: Path, offline: Path) -> None:
    for folder in (site, offline):
        assert not [path for path in folder.rglob("*") if re.search("lunr|workers|search_index", path.name)]


def test_every_page_has_one_heading_of_the_first_level_and_none_is_skipped(
    pages: dict[str, lxml.html.HtmlElement],
) -> None:
    for page in pages.keys() - {LOST}:
        headings = pages[page].find(".//article").iter("h1", "h2", "h3", "h4", "h5", "h6")
        levels = [int(heading.tag[1]) for heading in headings]
        assert levels.count(1) == 1, page
        assert all(after - before <= 1 for before, after in pairwise(levels)), page
