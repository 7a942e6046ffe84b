"""How pages look: nothing is cut on a phone, marks stand apart, and paper is light whatever the screen is."""

from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from printed import squeezed
from pypdf import PdfReader
from test_browser import KINDS, NewContext

COLOURS = """() => Object.fromEntries([
  "html", "body", ".standing", ".claim", ".said .leaning", ".remark", ".opponents", ".plot text", ".plot .band",
].map(selector => {
  const { color, backgroundColor, borderColor, fill, colorScheme } = getComputedStyle(document.querySelector(selector));
  return [selector, [color, backgroundColor, borderColor, fill, colorScheme]];
}))"""

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


def colours_of(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(COLOURS)
    return found


@pytest.mark.parametrize("turned", [False, True], ids=["by the system", "by the reader"])
def test_paper_is_light_whatever_the_screen_is(turned: bool, new_context: NewContext, base_url: str) -> None:
    address = f"{base_url}indications/pemphigus-vulgaris/"
    page = new_context(color_scheme="light").new_page()
    page.goto(address)
    page.emulate_media(media="print")
    light = colours_of(page)
    dark = new_context(color_scheme="light" if turned else "dark").new_page()
    dark.goto(address)
    if turned:
        dark.locator("label[title='Switch to dark mode']").click()
    expect(dark.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert colours_of(dark)["body"] != light["body"]
    dark.emulate_media(media="print")
    assert colours_of(dark) == light


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


def test_each_side_of_paper_with_the_map_names_its_columns(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}evidence/")
    sides = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    texts = [squeezed(side.extract_text()) for side in sides]
    last = next(number for number, text in enumerate(texts) if "Themapasatable" in text)
    assert last > 0
    assert [text.count("Singlearmtrial") > 0 for text in texts[: last + 1]] == [True] * (last + 1)
