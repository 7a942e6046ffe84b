"""How long pages are on a phone as they open, what stands before their first words, and how the rest is reached."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import PHONE
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from test_browser import KINDS

from generator.guideline import Guideline

pytestmark = pytest.mark.wide

LONGEST, LATEST = 12_000, 300
"""Pixels of height as a page opens, and before its first words."""

MEASURE = """() => {
  const article = document.querySelector("article"), title = article.querySelector("h1");
  const first = [...article.querySelectorAll("p, li, td, label, .question")].find(each => each.checkVisibility() &&
    !each.closest("nav, .standing") && each.textContent.trim() &&
    title.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
  const standing = article.querySelector(".standing summary");
  const range = document.createRange();
  if (standing) range.selectNodeContents(standing);
  return {
    height: document.documentElement.scrollHeight,
    first: first ? Math.round(first.getBoundingClientRect().top + scrollY) : 0,
    lines: standing ? new Set([...range.getClientRects()].map(box => Math.round(box.bottom))).size : 1,
  };
}"""


@pytest.fixture
def page(same_page: Page) -> Page:
    same_page.set_viewport_size(PHONE)
    return same_page


def faults_of(page: Page, address: str) -> Mapping[str, Any]:
    """Return what of a page is too long or too late."""
    page.goto(address, wait_until="domcontentloaded")
    found = page.evaluate(MEASURE)
    limits = {"height": LONGEST, "first": LATEST, "lines": 1}
    return {name: value for name, value in found.items() if value > limits[name]}


def test_a_page_of_each_kind_is_short_as_it_opens_and_begins_at_once(page: Page, base_url: str) -> None:
    told = {address: faults_of(page, base_url + address) for address in KINDS.values()}
    assert {address: faults for address, faults in told.items() if faults} == {}


@pytest.mark.slow
def test_every_page_is_short_as_it_opens_and_begins_at_once(page: Page, site: Path, base_url: str) -> None:
    addresses = [f"{path.parent.relative_to(site).as_posix()}/" for path in sorted(site.rglob("index.html"))]
    assert len(addresses) > 300
    told = {address: faults_of(page, base_url + address) for address in addresses}
    assert {address: faults for address, faults in told.items() if faults} == {}


@pytest.mark.parametrize("address", ["indications/scleromyxedema/", "a-z/", "evidence/", "doses/"])
def test_the_parts_of_a_page_are_in_sight_on_a_phone(address: str, page: Page, base_url: str) -> None:
    page.goto(base_url + address)
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents).to_be_in_viewport()
    headings = page.locator("article h2[id]").evaluate_all("all => all.map(each => [each.id, each.textContent.trim()])")
    links = contents.get_by_role("link")
    told = links.evaluate_all("all => all.map(each => [each.hash.slice(1), each.textContent.trim()])")
    assert told == headings
    assert min(links.evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")) >= 24
    links.last.click()
    expect(page.locator("article h2[id]").last).to_be_in_viewport()
    expect(contents).to_be_in_viewport()
    edges = page.evaluate(
        "[document.querySelector('.contents').getBoundingClientRect().bottom,"
        " [...document.querySelectorAll('article h2[id]')].pop().getBoundingClientRect().top]"
    )
    assert edges[0] <= edges[1] + 1, "the heading is behind the line of contents"
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(contents).to_be_hidden()


def test_the_status_is_one_line_with_its_details_behind_it(page: Page, base_url: str, guideline: Guideline) -> None:
    page.goto(f"{base_url}indications/pemphigus-vulgaris/")
    status = page.locator(".standing")
    summary = status.locator("summary")
    expect(summary).to_be_visible()
    waiting = sum("indications/pemphigus-vulgaris" in each.matters_to for each in guideline.pending.values())
    expect(summary).to_have_text(f"Unreviewed. Version {guideline.about.version}. {waiting} papers awaited.")
    expect(status.locator("strong")).to_be_visible()
    more = status.locator(".standing-more")
    expect(more).to_be_hidden()
    summary.click()
    expect(more).to_be_visible()
    expect(more).to_contain_text(f"Dated {guideline.about.date}. Expires ")
    more.get_by_role("link", name="What is awaited").click()
    expect(page.locator("#kind--awaited")).to_be_in_viewport()


def test_paper_has_whatever_is_folded(page: Page, base_url: str) -> None:
    for address in ("indications/pemphigus-vulgaris/", "missing/", "references/"):
        page.goto(base_url + address)
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        folded = page.locator(".fold")
        assert folded.count() > 3
        assert all(folded.evaluate_all("all => all.map(each => each.lastElementChild.checkVisibility())")), address
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        assert page.locator(".fold[open]").count() == 0, address


@pytest.mark.parametrize("address", ["indications/pemphigus-vulgaris/", "practice/monitoring/", "practice/pregnancy/"])
def test_no_heading_is_the_last_of_its_side(address: str, page: Page, base_url: str) -> None:
    """Neither of a part nor of what is folded on a screen; the first side has an answer; no PMID is divided."""
    page.goto(base_url + address)
    parts = page.locator("article :is(h2, .tally, .basis-of-doses, .fold > summary, .plot-table > summary)")
    headings = parts.evaluate_all("all => all.map(each => each.textContent.trim())")
    sides = [
        [" ".join(line.split()) for line in side.extract_text(extraction_mode="layout").splitlines() if line.strip()]
        for side in PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    ]
    assert len(sides) > 3
    assert len(sides[0]) > 30
    assert [side[-2] for side in sides if side[-2] in headings] == []  # the very last is the foot of the side
    assert [line for side in sides for line in side if line.endswith("PMID")] == []


def test_words_that_are_folded_are_found_in_the_page(page: Page, base_url: str) -> None:
    """A link to words opens what they are folded in, as a search in the page does."""
    page.goto(f"{base_url}missing/#:~:text=Atopic%20dermatitis:%20what%20is%20not%20known")
    expect(page.locator(".fold[open]")).to_have_count(1)
    expect(page.locator(".fold[open] > summary")).to_contain_text("Atopic dermatitis")


def test_a_narrow_matrix_shows_one_answer_of_each_record(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}indications/")
    answers = page.locator(".matrix tbody tr:first-child td:has(> .column)")
    columns = answers.count() - 1  # the number of studies is always shown
    choice = page.get_by_label("Answer")

    def shown() -> list[bool]:
        states = answers.evaluate_all("all => all.map(each => each.hidden === false)")
        return states[:columns]

    assert columns > 3
    assert shown() == [True] + [False] * (columns - 1)
    choice.select_option(index=2)
    assert shown() == [index == 2 for index in range(columns)]
    choice.select_option("all")
    assert all(shown())
    choice.select_option(index=0)
    answers.nth(1).evaluate("cell => cell.dispatchEvent(new Event('beforematch', {bubbles: true}))")
    assert all(shown()), "what is found in the page is shown"
    choice.select_option(index=0)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(choice).to_be_hidden()
    expect(answers.nth(1)).to_be_visible()  # the page hears of its width a moment later
    assert all(shown())


def test_a_phone_shows_the_references_without_scrolling_aside(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}references/")
    page.locator(".stacked .fold").first.evaluate("fold => { fold.open = true; }")
    beyond = page.locator(".fold[open] :is(th, td):visible").evaluate_all(
        "all => all.filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.textContent)"
    )
    assert page.locator(".fold[open] td:visible").count() > 3
    assert beyond == []
    filtered = page.get_by_label("Contains")
    filtered.fill("no such words")
    expect(page.locator(".stacked tbody tr:visible")).to_have_count(0)


def test_the_ward_sheet_is_beside_the_status_and_on_a_phone_below_it(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}indications/pemphigus-vulgaris/")
    sheet = page.get_by_role("link", name="Ward sheet")
    expect(sheet).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})
    boxes = [part.bounding_box() for part in (sheet, page.locator(".standing"))]
    sheet_box, status = boxes
    assert sheet_box is not None
    assert status is not None
    assert status["y"] <= sheet_box["y"] + 1 < status["y"] + status["height"]
    assert sheet_box["x"] > status["x"] + status["width"] - 1
    page.goto(f"{base_url}mechanisms/cytokines/")
    assert page.locator(".status, .to-sheet").count() == 0


BROKEN = """all => all.flatMap(each => {
  const range = document.createRange(), walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/[^\\s-]+/g)) {
    range.setStart(walker.currentNode, word.index);
    range.setEnd(walker.currentNode, word.index + word[0].length);
    if (range.getClientRects().length > 1) found.push(word[0]);
  }
  return found;
})"""
"""The words that are divided between lines."""


@pytest.mark.parametrize("address", ["", "indications/", "adverse-events/", "practice/"])
def test_no_name_in_a_matrix_is_divided(address: str, page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(base_url + address)
    names = page.locator(".matrix tbody th a")
    assert names.count() > 10
    assert names.evaluate_all(BROKEN) == []


SIGN = "(element, pseudo) => getComputedStyle(element, pseudo).content"


def test_what_is_numbered_on_a_screen_has_its_pmid_on_paper(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}indications/pemphigus-vulgaris/")
    chip = page.locator(".answers a.number").first
    own = page.locator(".citation a.number").first
    assert chip.evaluate(SIGN, "::after") == "none"
    page.emulate_media(media="print")
    pmid = chip.get_attribute("data-pmid")
    assert str(pmid).isdigit()
    assert chip.evaluate(SIGN, "::after") == f'"PMID {pmid}"'
    assert chip.evaluate("each => getComputedStyle(each).fontSize") == "0px"
    assert own.evaluate(SIGN, "::after") == "none"  # the citation beside it says it
    assert page.locator("summary").first.evaluate("each => getComputedStyle(each, '::after').display") == "none"


def test_signs_stay_with_their_words(page: Page, base_url: str) -> None:
    """A question that runs into its answer ends with a colon, and an arrow goes to no line of its own."""
    page.goto(f"{base_url}indications/pemphigus-vulgaris/")
    assert page.locator(".answer h2").first.evaluate(SIGN, "::after") == '":" / ""'
    assert page.locator(".passage").first.evaluate(SIGN, "::after") == '"\u00a0↗" / ""'
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".answer h2").first.evaluate(SIGN, "::after") == "none"
