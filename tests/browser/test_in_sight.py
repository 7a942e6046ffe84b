"""What has the focus, what is read and what is named beside a drawing is in sight, on a wide screen and on a phone."""

import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page, expect

STUCK = "() => [document.activeElement, document.querySelector('{}')].map(each => each.getBoundingClientRect())"

DIVIDING = (
    *("", "disagreements/", "missing/", "pathway-key/", "adverse-events/haemolysis/", "indications/dress/"),
    *("references/21679973/", "questions/indications/contraindications/", "practice/"),
)
DIVIDED = """() => {
  const found = [], walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let before = null; walker.nextNode();) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest("svg")) continue;
    for (let at = 0; at < node.data.length; at++) {
      if (!node.data[at].trim()) continue;
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = [...range.getClientRects()].pop();
      if (!box || !box.height) continue;
      if ("·,".includes(node.data[at]) && before && box.top > before.bottom - 3 && box.left < before.right) {
        found.push(node.parentElement.outerHTML.slice(0, 150));
      }
      before = box;
    }
  }
  return found;
}"""
"""Where a line begins with the dot or comma after what stands on the line above."""


@pytest.fixture
def page(same_page: Page) -> Page:
    return same_page


def test_nothing_that_has_the_focus_is_under_the_heads_of_a_table(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{base_url}indications/")
    page.locator(".matrix tbody tr:nth-child(12) a").last.focus()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        focused, head = page.evaluate(STUCK.format(".matrix thead th"))
        assert focused["top"] >= head["bottom"], page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("address", ["indications/pemphigus-vulgaris/", "format/"])
def test_the_contents_mark_the_part_that_a_link_leads_to(address: str, page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(base_url + address)
    links = page.locator(".md-sidebar--secondary a.md-nav__link")
    for number in range(6):
        links.nth(number).click()
        marked = page.locator(".md-sidebar--secondary .md-nav__link--active")
        expect(marked).to_have_text([re.compile(re.escape(links.nth(number).inner_text()))])


def test_the_links_of_the_menus_are_as_high_as_a_finger(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{base_url}indications/pemphigus-vulgaris/")
    links = page.locator(".md-sidebar a.md-nav__link:visible")
    assert links.count() > 30
    assert min(links.evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")) >= 24


def test_the_line_of_parts_follows_what_is_read_on_a_phone(phone: Page, base_url: str) -> None:
    phone.goto(f"{base_url}indications/pemphigus-vulgaris/")
    marked = phone.locator(".contents [aria-current]")
    for part in ("kind--disagreements", "kind--claims", "answer--effect"):
        phone.evaluate("id => document.getElementById(id).scrollIntoView()", part)
        expect(marked).to_have_attribute("href", f"#{part}")
        expect(marked).to_be_in_viewport(ratio=1)
    phone.evaluate("scrollTo(0, 0)")
    expect(marked).to_have_count(0)
    expect(phone.locator(".contents a").first).to_be_in_viewport(ratio=1)


def test_the_names_beside_the_map_stay_where_the_designs_move(phone: Page, base_url: str) -> None:
    phone.goto(f"{base_url}evidence/")
    name = phone.locator(".names .label").first
    before = name.bounding_box()
    phone.locator(".map-scroll").evaluate("each => { each.scrollLeft = 150; }")
    assert phone.locator(".map-scroll").evaluate("each => each.scrollLeft") == 150
    assert name.bounding_box() == before
    shown = phone.locator(".map:not(.names)").first.bounding_box()
    assert before is not None
    assert shown is not None
    assert shown["x"] < before["x"] + before["width"], "the designs go beneath the names"


def test_no_name_of_a_resource_is_divided_on_a_phone(phone: Page, base_url: str) -> None:
    phone.goto(f"{base_url}data/")
    names = phone.locator("tbody th code")
    assert names.count() > 5
    assert set(names.evaluate_all("all => all.map(each => each.getClientRects().length)")) == {1}
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_sources_lean_against_is_told_once_beside_a_result(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}doses/#doses--indications--toxic-epidermal-necrolysis")
    against = page.locator(".against").filter(visible=True)
    expect(against).to_have_count(1)
    page.locator("#weight").fill("70")
    page.keyboard.press("Enter")
    expect(page.locator("#weight-result .against")).to_be_visible()
    expect(against).to_have_count(1)
    page.locator("#disease").select_option("all")
    expect(against.first).to_be_visible()


def test_a_link_to_what_would_change_without_a_source_says_to_which_claim(site: Path) -> None:
    """By its name, and by what is seen of it within a cell."""
    pages = [html.parse(file) for file in sorted(site.glob("references/*/index.html"))]
    folds = [fold for page in pages for fold in page.xpath("//*[@id='retracted']/ancestor::details")]
    assert len(folds) > 100
    for fold in folds:
        named: dict[str, set[str]] = {}
        for link in fold.iter("a"):
            named.setdefault(link.get("aria-label") or link.text_content(), set()).add(link.get("href"))
        assert [name for name, targets in named.items() if len(targets) > 1] == []
        for cell in fold.iter("th", "td"):
            seen = [link.text_content() for link in cell.iter("a")]
            assert len(seen) == len(set(seen)), seen


@pytest.mark.parametrize("width", [390, 1280])
def test_no_line_begins_with_what_divides_two_links(width: int, page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    begun = {}
    for address in DIVIDING:
        page.goto(base_url + address)
        page.evaluate("document.querySelectorAll('article details').forEach(each => { each.open = true; })")
        begun[address] = page.evaluate(DIVIDED)
    assert {address: faults for address, faults in begun.items() if faults} == {}
