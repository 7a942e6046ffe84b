"""How pages look: nothing is cut on a phone, marks stand apart, and what a link leads to is in sight."""

import re
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from test_browser import KINDS

OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"

CUT = """() => [...document.querySelectorAll("article table")].filter(table => {
  const holder = table.closest(".md-typeset__scrollwrap") ?? table;
  return holder.scrollWidth > holder.clientWidth || table.getBoundingClientRect().right > innerWidth;
}).map(table => table.textContent.trim().slice(0, 40))"""

TOUCHING = """() => {
  const marks = [...document.querySelectorAll("article :is(.population, .limit, .role, .remark, .basis, a.number)")]
    .filter(each => each.checkVisibility()).flatMap(each => [...each.getClientRects()].map(box => [box, each]));
  const near = ([a], [b]) => Math.min(a.right, b.right) > Math.max(a.left, b.left) &&
    Math.abs(Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom)) < 3.9;
  return [marks.length, marks.flatMap((one, at) => marks.slice(at + 1).filter(other => near(one, other))
    .map(other => [one[1].textContent, other[1].textContent]))];
}"""


@pytest.fixture
def page(same_page: Page) -> Page:
    return same_page


@pytest.mark.wide
def test_no_table_is_cut_on_a_phone(phone: Page, base_url: str) -> None:
    others = ("adverse-events/thromboembolic-events/", "indications/toxic-epidermal-necrolysis/", "pathway-key/")
    kinds = ("mechanisms/", "practice/", "searches/", "security/", "vocabulary/", "review/")
    cut = {}
    for address in (*KINDS.values(), *others, *kinds):
        phone.goto(base_url + address, wait_until="domcontentloaded")
        phone.evaluate(OPEN)
        cut[address] = phone.evaluate(CUT)
    assert {address: tables for address, tables in cut.items() if tables} == {}


def test_what_a_phone_shows_without_heads_names_its_columns(phone: Page, base_url: str) -> None:
    phone.goto(f"{base_url}mechanisms/")
    row = phone.locator(".stacked tbody tr").filter(has_text="Disputed").first
    assert [each.strip() for each in row.locator(".column:visible").all_text_contents()] == [
        "Highest level of evidence:",
        "Claims:",
        "Disputed:",
    ]
    options = phone.get_by_label("Highest level of evidence").locator("option").all_text_contents()
    assert len(options) > 2
    assert not any(":" in option for option in options)
    phone.set_viewport_size({"width": 1280, "height": 800})
    assert row.locator(".column:visible").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", ["practice/", "indications/", "indications/toxic-epidermal-necrolysis/"])
def test_marks_do_not_touch(address: str, width: int, page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(base_url + address)
    page.evaluate(OPEN)
    count, touching = page.evaluate(TOUCHING)
    assert count > 50
    assert touching == []


def test_what_the_pathway_stops_at_stands_apart_from_the_marks_above_it(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}indications/toxic-epidermal-necrolysis/")
    bar = page.locator(".answer .stops").first
    gap = bar.evaluate(
        "each => each.getBoundingClientRect().top - each.previousElementSibling.getBoundingClientRect().bottom"
    )
    assert gap >= 8


TOP = """hash => {
  const bars = [...document.querySelectorAll(".contents, .md-header")].filter(each => each.checkVisibility());
  const place = document.querySelector(hash).closest("tr, summary").getBoundingClientRect();
  return [Math.max(...bars.map(each => each.getBoundingClientRect().bottom)), place.top, place.bottom, innerHeight];
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("address", "links"),
    [("a-z/", "a[href='#letter--{}']:visible"), ("evidence/", ":nth-match(.map a, {})")],
    ids=["letter", "cell of the map"],
)
def test_a_link_into_what_is_folded_shows_it(address: str, links: str, width: int, page: Page, base_url: str) -> None:
    """Below what sticks to the head of the screen, as the fold opens and when it is open."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(base_url + address)
    for number in (9, 9, 4):
        page.evaluate("scrollTo(0, 300)")
        page.locator(links.format(number)).dispatch_event("click")
        page.wait_for_function("document.querySelector(location.hash || 'nothing')?.closest('details').open")
        page.wait_for_timeout(300)
        bar, top, bottom, height = page.evaluate(TOP, page.evaluate("location.hash"))
        assert bar - 1 <= top < bottom < height


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sentences_that_are_links_are_seen_to_be(scheme: Literal["light", "dark"], page: Page, base_url: str) -> None:
    """The line beneath them has a contrast of 3 to 1 (WCAG 1.4.11)."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{base_url}indications/")
    told = page.locator(".matrix .words a").first.evaluate(
        "each => [getComputedStyle(each).textDecorationColor, getComputedStyle(document.body).backgroundColor]"
    )
    lighter, darker = sorted((luminance(colour) for colour in told), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(...)`, as WCAG defines it."""
    parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_numbers_of_sources_are_a_finger_apart_on_a_phone(phone: Page, base_url: str) -> None:
    phone.goto(f"{base_url}indications/")
    tops = (
        phone.locator(".matrix tbody tr")
        .first.locator(".passage")
        .evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    )
    steps = [after - before for before, after in pairwise(tops)]
    assert any(steps)
    assert [step for step in steps if 1 < step < 24] == []


def test_the_ward_sheet_stands_apart_from_the_rule_below_it_on_a_phone(phone: Page, base_url: str) -> None:
    phone.goto(f"{base_url}indications/pemphigus-vulgaris/")
    sheet, answers = (phone.locator(each).bounding_box() for each in (".to-sheet a", ".answers .answer:first-child"))
    assert sheet is not None
    assert answers is not None
    assert answers["y"] - sheet["y"] - sheet["height"] >= 8


def test_a_weight_that_cannot_be_is_shown_where_it_was_typed(phone: Page, base_url: str) -> None:
    """Not below the line of parts, which sticks to the head of the screen."""
    phone.goto(f"{base_url}doses/")
    phone.get_by_label("Disease", exact=True).select_option(index=2)
    field = phone.get_by_label("Body weight in kg")
    field.fill("7000")
    field.evaluate("each => { scrollBy(0, each.getBoundingClientRect().top - 30); }")
    phone.get_by_role("button", name="Compute").dispatch_event("click")
    expect(phone.locator(".calculator .error")).not_to_be_empty()
    expect(field).to_be_focused()
    line, top = phone.evaluate(
        "['.contents', ':focus'].map((each, last) => "
        "document.querySelector(each).getBoundingClientRect()[last ? 'top' : 'bottom'])"
    )
    assert line <= top
