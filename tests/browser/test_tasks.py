"""The ward tasks: from home on a phone, two taps at most, and the words of the answer stand within the screen."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from generator.guideline import Guideline

PHONE = {"width": 390, "height": 844}
TASKS = {
    "the dose for a patient with dermatomyositis": (["Dermatomyositis"], ["2.0 g/kg", "every 4 weeks"]),
    "grams for a body weight": (
        ["doses, and grams for a weight", "Dermatomyositis"],
        ["2.0 g/kg", "over 2 to 5 days", "in stable patients"],
    ),
    "mortality in toxic epidermal necrolysis, and how sure": (
        ["Toxic epidermal necrolysis and Stevens-Johnson syndrome", "Effect"],
        ["mortality", "odds ratio", "very weak basis"],
    ),
    "whether it is first line in pemphigus vulgaris": (["Pemphigus vulgaris"], ["second or third line"]),
    "what to check before the first infusion": (["Work-up before the first infusion"], ["Check", "renal", "IgA"]),
    "how fast to infuse": (["Infusion rate and product"], ["Not known here: a rate in mL/kg/h", "slowly"]),
    "who is at risk of thrombosis": (["Thromboembolic events"], ["5 of 48", "odds ratio 1.10", "hypertension"]),
    "what haemolysis looks like, and when": (["Haemolysis"], ["Alarm signs", "haemoglobin"]),
    "alarm signs of all kinds": (["Adverse events"], ["Alarm signs", "stroke", "anaphylaxis", "renal failure"]),
    "deficiency of IgA": (
        ["Anaphylaxis and IgA deficiency"],
        ["IgA-depleted", "ask a specialist before the first infusion", "adrenaline"],
    ),
    "live vaccines afterwards": (["Vaccines"], ["How long to wait with live vaccines", "not known here"]),
    "how to stop": (
        ["Dose reduction, tapering and stopping"],
        ["A schedule for tapering IVIG", "is unknown here", "relapse"],
    ),
    "which evidence disagrees": (
        ["claims that disagree"],
        ["Sources disagree in", "most often on", "which of them holds"],
    ),
    "children": (
        ["Children"],
        ["cited here for Kawasaki disease alone", "2 g/kg over 24 hours", "dose is unknown here"],
    ),
    "pregnancy": (
        ["Pregnancy"],
        ["decide with the obstetrician", "few studies have looked", "no control group", "eight women"],
    ),
    "obesity": (["Dosing in obesity"], ["has not been worked out from data", "sources differ"]),
    "what follows when it fails": (
        ["no response"],
        ["Not known here for 31 of 37", "whether it has had time", "with a specialist"],
    ),
}

FIND = """words => {
  const texts = [], walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  let all = "";
  while (walker.nextNode()) {
    texts.push([all.length, walker.currentNode]);
    all += walker.currentNode.data;
  }
  const plain = all.replace(/\\s/g, " ").toLowerCase();
  const place = at => {
    const [start, node] = texts.findLast(([start]) => start <= at);
    return [node, at - start];
  };
  for (let at = plain.indexOf(words); at >= 0; at = plain.indexOf(words, at + 1)) {
    const range = document.createRange();
    range.setStart(...place(at));
    const [node, offset] = place(at + words.length - 1);
    range.setEnd(node, offset + 1);
    const boxes = [...range.getClientRects()];
    if (boxes.length && boxes.every(box => box.width && box.top >= 0 && box.bottom <= innerHeight)) return true;
  }
  return false;
}"""
"""Whether some words stand within the screen, whole, wherever elements divide them."""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture
def page(same_page: Page) -> Page:
    return same_page


@pytest.mark.parametrize("task", TASKS)
def test_two_taps_from_home_lead_to_the_answer(task: str, page: Page, base_url: str) -> None:
    taps, words = TASKS[task]
    walk(page, base_url, taps)
    assert [each for each in words if not page.evaluate(FIND, each.lower())] == []


def test_words_below_the_screen_are_not_found(page: Page, base_url: str) -> None:
    """The measure itself: what is further down the page, or folded, does not count."""
    walk(page, base_url, ["Dermatomyositis"])
    assert not page.evaluate(FIND, "table of grams that nobody wrote")
    assert not page.evaluate(FIND, "papers that cannot be cited yet")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert not page.evaluate(FIND, "place in therapy")


@pytest.mark.slow
def test_place_dose_and_harms_of_every_indication_stand_in_the_first_screen(
    guideline: Guideline, page: Page, base_url: str
) -> None:
    lower = {}
    for id_ in (id_ for id_ in guideline.records if id_.startswith("indications/")):
        page.goto(f"{base_url}{id_}/")
        for name in ("place", "dose", "harms"):
            words = page.locator(f".answer:has(#answer--{name}) .said > p").first
            box = words.bounding_box()
            assert box is not None, id_
            if box["y"] + box["height"] > PHONE["height"]:
                lower[id_, name] = box["y"] + box["height"]
    assert lower == {}


@pytest.mark.slow
def test_no_page_of_a_record_is_long_as_it_opens(guideline: Guideline, page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    heights = {}
    for id_ in guideline.records:
        page.goto(f"{base_url}{id_}/")
        heights[id_] = page.evaluate("document.documentElement.scrollHeight")
    assert {id_: height for id_, height in heights.items() if height > 9000} == {}


SMALLEST = """() => {
  const sizes = [], walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && element.checkVisibility()) sizes.push(getComputedStyle(element).fontSize);
  }
  return Math.min(...sizes.map(parseFloat));
}"""
"""The smallest type of the article, in CSS pixels: 4 of them are 3 points."""


@pytest.mark.slow
def test_the_table_of_indications_is_four_sides_of_legible_type(page: Page, base_url: str) -> None:
    """Each side with its standing and the heads of the columns, each disease with the words of its effect."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{base_url}indications/")
    effects = page.locator(".matrix td:nth-child(5) .words").all_inner_texts()
    sides = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    texts = ["".join(side.extract_text().split()) for side in sides]
    assert len(texts) <= 4
    for text in texts:
        assert text.startswith("Unreviewed.Version")
        assert "NamePlaceintherapyDoseandscheduleEffectHarmshere" in text
    assert len(effects) > 30
    assert [each for each in effects if "".join(each.split()) not in "".join(texts)] == []
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST) >= 10


def walk(page: Page, base_url: str, taps: Sequence[str]) -> None:
    """Tap links of the article by their names, from home on; two at most."""
    assert len(taps) <= 2
    page.goto(base_url)
    for name in taps:
        link = page.get_by_role("article").get_by_role("link", name=name, exact=True).first
        expect(link).to_be_visible()
        with page.expect_navigation():
            link.tap()
