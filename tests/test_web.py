"""What a page tells to programs: JSON-LD with names, the feed, a sitemap, a preview, the source for Zotero."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, urljoin

import pytest
from cases import KINDS, TESTS, make_small_project, run_in

from generator import elsewhere, links
from generator.cli.preparing import site_settings
from generator.facts.sources import sources_of
from generator.guideline import Guideline
from generator.model import Review
from generator.render.data.exports import FOLDER, render_exports
from generator.render.data.package import to_package
from generator.render.site.coins import coins
from generator.render.site.jsonld import dataset_jsonld
from generator.render.site.pages import page_makers

Node = dict[str, Any]
ADDRESS = "https://example.org/ivig"


def script(page: str) -> Node:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    node: Node = json.loads(found)
    return node


def described(guideline: Guideline) -> dict[PurePosixPath, Node]:
    """Return what each page says in JSON-LD, by the page; that on the data too."""
    made = {page: make() for page, make in page_makers(guideline, {}).items()}
    files = [path for path in render_exports(guideline) if path.parent == FOLDER]
    made[links.DATA] = str(dataset_jsonld(guideline, files))
    return {page: script(text) for page, text in made.items() if "application/ld+json" in text}


def nodes_in(node: object) -> Iterator[Node]:
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes_in(part)


# Which properties schema.org (version 29) lets a node of a type have, of those that are used here.
THING = {"@context", "@type", "@id", "name", "alternateName", "description", "url", "identifier", "sameAs"}
WORK = THING | {"author", "citation", "creativeWorkStatus", "dateModified", "datePublished", "inLanguage", "isPartOf"}
WORK |= {"license", "version", "audience", "keywords", "isAccessibleForFree", "encodingFormat"}
ALLOWED = {
    "MedicalWebPage": WORK | {"mainEntity", "reviewedBy", "lastReviewed"},
    "MedicalGuideline": THING | {"guidelineSubject", "guidelineDate"},
    "MedicalEntity": THING | {"code"},
    "MedicalCode": THING | {"codeValue", "codingSystem"},
    "ScholarlyArticle": WORK,
    "Periodical": WORK,
    "WebSite": WORK,
    "Dataset": WORK | {"distribution"},
    "DataDownload": WORK | {"contentUrl"},
    "MedicalAudience": THING | {"audienceType"},
    "Person": THING,
    "Organization": THING,
}


def test_every_property_is_one_of_its_type(shown: Guideline) -> None:
    pages = described(shown)
    assert {links.HOME, links.DATA, links.record_page("indications/crackle"), links.reference_page("101")} <= set(pages)
    found = [node for page in pages.values() for node in nodes_in(page)]
    assert {node["@type"] for node in found} == set(ALLOWED)
    assert [node for node in found if not set(node) <= ALLOWED[node["@type"]]] == []


def test_what_is_a_thing_of_its_own_has_a_name_and_one_thing_has_one(shown: Guideline) -> None:
    pages = described(shown)
    own = {"MedicalWebPage", "MedicalGuideline", "MedicalEntity", "ScholarlyArticle", "WebSite", "Dataset"}
    nodes = [node for page in pages.values() for node in nodes_in(page) if node["@type"] in own]
    assert all(node["@id"].startswith("https://") for node in nodes)
    kinds = {node["@id"]: node["@type"] for node in nodes}
    assert all(kinds[node["@id"]] == node["@type"] for node in nodes)
    cited = [n for n in nodes if n["@type"] == "ScholarlyArticle"]
    assert {n["@id"] for n in cited} == {elsewhere.pubmed(pmid) for pmid in shown.references}
    assert len({json.dumps(n, sort_keys=True) for n in cited}) == len(shown.references)


def test_without_an_address_names_are_of_the_page_and_none_is_an_anchor_of_it(guideline: Guideline) -> None:
    page = page_makers(guideline, {})[links.record_page("indications/scleromyxedema")]()
    found = {node["@id"] for node in nodes_in(script(page)) if node.get("@id", "").startswith("#")}
    assert found == {"#page", "#guideline", "#subject"}
    assert not [name for name in found if f'id="{name[1:]}"' in page]
    assert "url" not in script(page)


def test_the_standing_is_said_and_who_reviewed(shown: Guideline) -> None:
    id_ = "indications/crackle"
    bare = shown.records[id_].model_copy(update={"standing": "unreviewed"})
    review = Review(reviewed_by="0000-0002-1825-0097", reviewed_on=date(2026, 2, 3), interests="none", sha256="0" * 64)
    seen = bare.model_copy(update={"standing": review})
    for record, words in ((bare, "Unreviewed"), (seen, "Reviewed")):
        guideline = replace(shown, records={**shown.records, id_: record})
        page = script(page_makers(guideline, {})[links.record_page(id_)]())
        assert page["creativeWorkStatus"] == words
        by = {"@type": "Person", "@id": "https://orcid.org/0000-0002-1825-0097"}
        assert (page.get("reviewedBy"), page.get("lastReviewed")) == (
            (by, "2026-02-03") if words == "Reviewed" else (None, None)
        )


@pytest.mark.parametrize(
    ("licence", "address"),
    [("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"), ("Of our own", None)],
)
def test_the_licence_is_that_of_the_content(licence: str, address: str | None, shown: Guideline) -> None:
    guideline = replace(shown, about=shown.about.model_copy(update={"licence": licence}))
    assert script(page_makers(guideline, {})[links.HOME]())["license"] == (address or licence)
    (said,) = json.loads(to_package(guideline))["licenses"]
    assert (said["title"], said.get("path")) == (licence, address)


def test_the_dataset_lists_every_data_file_at_its_address(shown: Guideline, guideline: Guideline) -> None:
    for each, base in ((shown, ""), (guideline, "https://example.org/data/")):
        files = [path for path in render_exports(each) if path.parent == FOLDER]
        found = script(site_settings(TESTS.parent, each)["ends"]["data.md"])
        at = each.about.address or "https://example.org"
        assert [urljoin(base, one["contentUrl"]) for one in found["distribution"]] == [f"{at}/{f}" for f in files]
        assert {one["encodingFormat"] for one in found["distribution"]} >= {"text/csv", "application/json"}
        assert found["@type"] == "Dataset"
        assert 50 <= len(found["description"]) <= 5000
        assert found["creativeWorkStatus"] == "Unreviewed"


def test_zotero_finds_the_whole_source_on_its_page(shown: Guideline) -> None:
    for pmid, source in sources_of(shown).items():
        page = page_makers(shown, {})[links.reference_page(pmid)]()
        (title,) = re.findall(r'<span class="Z3988" title="([^"]*)"></span>', page)
        found = parse_qsl(unescape(title), strict_parsing=True)
        fields, reference = dict(found), source.reference
        assert fields["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:journal"
        assert {("rft_id", f"info:pmid/{pmid}"), ("rft_id", elsewhere.pubmed(pmid))} <= set(found)
        assert (("rft_id", f"info:doi/{reference.doi}") in found) == bool(reference.doi)
        assert fields["rft.atitle"] == reference.title
        assert fields.get("rft.date") == (str(reference.year) if reference.year else None)
        people = [value for name, value in found if name in ("rft.au", "rft.aucorp")]
        assert len(people) == len(source.authors)


def test_the_description_of_a_retracted_source_begins_with_that(shown: Guideline) -> None:
    retracted = {pmid for pmid, source in sources_of(shown).items() if source.is_retracted}
    assert retracted
    for pmid in retracted:
        assert '\ndescription: "RETRACTED. ' in page_makers(shown, {})[links.reference_page(pmid)]()


def test_a_hostile_title_stays_in_the_attribute_of_zotero(shown: Guideline) -> None:
    source = sources_of(shown)["101"]
    title = 'x" onmouseover="alert(1)"> <script>&rft.atitle=other *a* _b_'
    hostile = replace(source, reference=source.reference.model_copy(update={"title": title}))
    (found,) = re.fullmatch(r'<span class="Z3988" title="([A-Za-z0-9%=.&;_~-]*)"></span>', coins(hostile)).groups()  # type: ignore[union-attr]
    assert [v for k, v in parse_qsl(unescape(found)) if k == "rft.atitle"] == [title]


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with an address, as MkDocs builds it."""
    folder = tmp_path_factory.mktemp("web")
    make_small_project(folder)
    about = folder / "content/guideline.yaml"
    about.write_text(about.read_text("utf-8").replace("address: null", f"address: {ADDRESS}"), "utf-8")
    run_in(folder, "mkdocs", "build", "--strict")
    return folder / "site"


@pytest.fixture(params=["alone", "hosted"])
def built(request: pytest.FixtureRequest, small_workshop: Path, hosted: Path) -> tuple[str | None, Path]:
    """The address of the small site, or null, and the site."""
    return (ADDRESS, hosted) if request.param == "hosted" else (None, small_workshop / "site")


def test_the_feed_is_found_from_every_page_and_no_script_fetches_the_sitemap_for_it(
    built: tuple[str | None, Path],
) -> None:
    _, site = built
    pages = sorted(site.rglob("index.html"))
    assert len(pages) > 30
    for page in pages:
        feed = r'<link rel="([^"]*)" type="application/atom\+xml" title="[^"]+" href="([^"]*)">'
        (link,) = re.findall(feed, page.read_text("utf-8"))
        assert link[0].split() == ["alternate", "feed"]  # the theme's script looks for those that are `alternate` alone
        assert (page.parent / link[1]).resolve() == (site / "feed.xml").resolve()


def test_the_page_of_a_record_leads_to_its_text_and_no_script_fetches_the_sitemap_for_it(
    built: tuple[str | None, Path],
) -> None:
    _, site = built
    texts = {file for kind in KINDS for file in (site / kind).glob("*.md.txt")}
    assert len(texts) == len([*TESTS.glob("base/content/[aimp]*/*.yaml")])
    for page in sorted(site.rglob("index.html")):
        found = re.findall(
            r'<link rel="([^"]*)" type="text/markdown" title="[^"]+" href="([^"]*)">', page.read_text("utf-8")
        )
        file = page.parent.with_name(f"{page.parent.name}.md.txt")
        assert [(page.parent / href).resolve() for _, href in found] == [file.resolve()] * (file in texts), page
        assert all(rel == "alternate " for rel, _ in found)  # the theme's script looks for `[rel=alternate]`


def test_the_page_on_the_data_is_what_it_was_and_ends_with_its_dataset(built: tuple[str | None, Path]) -> None:
    _, site = built
    page = (site / "data/index.html").read_text("utf-8")
    assert '<h2 id="format">' in page
    assert "&lt;h2" not in page
    found = script(page)
    assert found["@type"] == "Dataset"
    names = [one["name"] for one in found["distribution"]]
    assert names == [name for name in names if (site / "data" / name).exists()]


def test_what_a_program_reads_first_leads_to_every_record_as_data(built: tuple[str | None, Path]) -> None:
    address, site = built
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# ")
    assert "Unreviewed" in text
    targets = re.findall(r"\]\(([^)]*)\)", text)
    base = f"{address}/" if address else ""
    paths = [target.removeprefix(base) for target in targets]
    assert all(target.startswith(base) for target in targets)
    assert [path for path in paths if not (site / path).exists()] == []
    records = {str(file.relative_to(site)) for kind in KINDS for file in (site / kind).glob("*.json")}
    moved = {name for name in records if json.loads((site / name).read_text("utf-8"))["moved_to"]}
    assert {path for path in paths if path.startswith(KINDS)} >= records - moved
    assert {path for path in paths if path.endswith(".md.txt")} == {
        str(file.relative_to(site)) for kind in KINDS for file in (site / kind).glob("*.md.txt")
    }


def test_the_sitemap_is_there_if_the_site_is_hosted_and_has_no_day_of_a_build(built: tuple[str | None, Path]) -> None:
    address, site = built
    robots = (site / "robots.txt").read_text("utf-8")
    assert ((site / "sitemap.xml").exists(), "Sitemap:" in robots) == (bool(address), bool(address))
    if address:
        text = (site / "sitemap.xml").read_text("utf-8")
        assert text.startswith("<?xml")
        assert "lastmod" not in text
        assert f"Sitemap: {address}/sitemap.xml\n" in robots
        assert len(re.findall(rf"<url><loc>{address}/[^<]*</loc></url>", text)) == text.count("<url>") > 30


def test_a_preview_of_a_page_says_what_it_is(built: tuple[str | None, Path]) -> None:
    address, site = built
    for page in ("", "indications/pemphigus/", "references/111/"):
        html = (site / page / "index.html").read_text("utf-8")
        told = dict(re.findall(r'<meta property="og:([a-z_:]+)" content="([^"]*)">', html))
        (title,) = re.findall(r"<title>([^<]*)</title>", html)
        assert told["site_name"] in title
        assert title.count(told["site_name"]) == 1
        assert told["title"] != "Home"
        assert told.get("url") == (f"{address}/{page}" if address else None)
        assert told.get("image") == (f"{address}/assets/icon-512.png" if address else None)
        assert (site / "assets/icon-512.png").exists() or not address
        if page.startswith("references"):
            assert "Source 111" in told["description"]
