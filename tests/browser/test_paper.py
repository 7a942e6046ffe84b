"""What paper has of a page: light whatever the screen is, no heads alone, and nothing that only a screen can follow."""

from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from printed import squeezed
from pypdf import PdfReader
from test_browser import KINDS, NewContext

from generator.guideline import Guideline

COLOURS = """() => Object.fromEntries([
  "html", "body", ".standing", ".claim", ".said .leaning", ".remark", ".opponents", ".plot text", ".plot .band",
].map(selector => {
  const { color, backgroundColor, borderColor, fill, colorScheme } = getComputedStyle(document.querySelector(selector));
  return [selector, [color, backgroundColor, borderColor, fill, colorScheme]];
}))"""


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


def test_each_side_of_paper_with_the_map_names_its_columns(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}evidence/")
    sides = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    texts = [squeezed(side.extract_text()) for side in sides]
    last = next(number for number, text in enumerate(texts) if "Themapasatable" in text)
    assert last > 0
    assert [text.count("Singlearmtrial") > 0 for text in texts[: last + 1]] == [True] * (last + 1)


def test_paper_has_no_links_that_lead_nowhere_on_it(page: Page, base_url: str) -> None:
    for address in ("indications/pemphigus-vulgaris/", "references/29228499/"):
        page.goto(base_url + address)
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        shown = page.locator("article a:visible").all_text_contents()
        assert {"Propose a change", "All references", "RIS", "Intended purpose", "What is awaited"} & {*shown} == set()
        assert not any("Ward sheet" in each for each in shown)
        told = page.evaluate("document.documentElement.style.getPropertyValue('--edition')")
        assert told.startswith('"Unreviewed.')
        assert "Expires" in told
        assert "purpose" not in told
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")


def test_paper_of_the_first_page_names_each_indication(page: Page, base_url: str, guideline: Guideline) -> None:
    page.goto(base_url)
    page.emulate_media(media="print")
    names = [record.name for id_, record in guideline.records.items() if id_.startswith("indications/")]
    assert sorted(page.locator(".matrix.short tbody th:visible").all_text_contents()) == sorted(names)
    assert page.locator(".matrix.short :is(td, thead):visible").count() == 0


def test_paper_of_the_pathway_has_the_answers_to_its_question(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["pathway"])
    page.emulate_media(media="print")
    answers = page.locator("#stepper .choices :is(a, button)")
    assert answers.count() > 5
    expect(answers.last).to_be_visible()
    told = answers.last.evaluate("each => [getComputedStyle(each).color, getComputedStyle(document.body).color]")
    assert told[0] == told[1]
    assert answers.last.evaluate("each => getComputedStyle(each.parentElement).position") == "static"


def test_a_question_without_an_answer_is_on_one_side(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}indications/toxic-epidermal-necrolysis/")
    page.emulate_media(media="print")
    answers = page.locator(".answer:has(.none)")
    assert set(answers.evaluate_all("all => all.map(each => getComputedStyle(each).breakInside)")) == {"avoid"}


def test_a_figure_is_divided_between_its_panels(page: Page, base_url: str) -> None:
    """Where it was held together, most of a side stayed empty before it."""
    page.goto(f"{base_url}indications/toxic-epidermal-necrolysis/")
    page.emulate_media(media="print")
    figure = page.locator(".plot-figure").first
    assert figure.locator("svg").count() > 2
    assert figure.evaluate("each => getComputedStyle(each).breakInside") == "auto"
    sides = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    texts = [squeezed(side.extract_text()) for side in sides]
    begun = next(text for text in texts if "Infigures" in text)
    assert "IVIGagainstsupportivecareonly" in begun
