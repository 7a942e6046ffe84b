"""The ward tasks: from home on a phone, two taps at most, and the words of the answer stand within the screen.

A screen reader finds them beneath the heading that asks for them, before any list of sources.
"""

import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO

import pytest
import yaml
from conftest import PHONE
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from generator.guideline import Guideline

pytestmark = pytest.mark.wide

TASKS = {
    "the dose for a patient with dermatomyositis": (["Dermatomyositis"], ["2.0 g/kg", "every 4 weeks"]),
    "grams for a body weight": (
        ["Doses Regimens, and grams for a weight", "Dermatomyositis"],
        ["2.0 g/kg", "over 2 to 5 days", "in stable patients"],
    ),
    "mortality in toxic epidermal necrolysis, and how sure": (
        ["Toxic epidermal necrolysis and Stevens-Johnson syndrome", "Effect"],
        ["mortality", "odds ratio", "very weak basis"],
    ),
    "whether it is first line in pemphigus vulgaris": (["Pemphigus vulgaris"], ["second or third line"]),
    "what to check before the first infusion": (["Work-up before the first infusion"], ["Check", "renal", "IgA"]),
    "how fast to infuse": (["Infusion rate and product"], ["Not known here: a rate in mL/kg/h", "slowly"]),
    "who is at risk of thrombosis": (
        ["Thromboembolic events", "In whom"],
        ["5 of 48", "odds ratio 1.10", "hypertension"],
    ),
    "what haemolysis looks like, and when": (["Haemolysis", "Alarm signs"], ["Alarm signs", "haemoglobin"]),
    "alarm signs of all kinds": (
        ["Adverse events", "Alarm signs"],
        ["Alarm signs", "stroke", "anaphylaxis", "renal failure"],
    ),
    "what to do in anaphylaxis": (
        ["Anaphylaxis and IgA deficiency"],
        ["stop the infusion", "emergency protocol", "adrenaline"],
    ),
    "deficiency of IgA": (
        ["Anaphylaxis and IgA deficiency", "In whom"],
        ["IgA-depleted", "ask a specialist before the first infusion"],
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
        ["from Kawasaki trials alone", "2 g/kg over 24 hours", "ask a specialist"],
    ),
    "pregnancy": (
        ["Pregnancy"],
        ["decide with the obstetrician", "few studies have looked", "no control group", "eight women"],
    ),
    "obesity": (["Dosing in obesity"], ["has not been worked out from data", "sources differ"]),
    "what follows when it fails": (
        ["no response"],
        ["Not known here for 33 of 39", "whether it has had time", "with a specialist"],
    ),
}

HEADINGS = {
    "the dose for a patient with dermatomyositis": ["Dose and schedule"],
    "grams for a body weight": ["Dermatomyositis"],
    "mortality in toxic epidermal necrolysis, and how sure": ["Effect"],
    "whether it is first line in pemphigus vulgaris": ["Place in therapy"],
    "what to check before the first infusion": ["What to do"],
    "how fast to infuse": ["What to do"],
    "who is at risk of thrombosis": ["In whom", "How often"],
    "what haemolysis looks like, and when": ["Alarm signs"],
    "alarm signs of all kinds": ["Adverse events: Alarm signs"],
    "what to do in anaphylaxis": ["What to do"],
    "deficiency of IgA": ["In whom"],
    "live vaccines afterwards": ["What to do"],
    "how to stop": ["What to do"],
    "which evidence disagrees": ["Claims that disagree"],
    "children": ["What to do"],
    "pregnancy": ["What to do"],
    "obesity": ["What to do"],
    "what follows when it fails": ["Indications: No response"],
}
"""The headings beneath which a screen reader finds the answer to each task, in the order in which it reads them."""

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
    if (boxes.length && boxes.every(box => box.width && box.top >= 0 && box.bottom <= innerHeight &&
      box.left >= 0 && box.right <= innerWidth)) return true;
  }
  return false;
}"""
"""Whether some words stand within the screen, whole, wherever elements divide them."""


@pytest.fixture
def page(phone: Page) -> Page:
    return phone


@pytest.mark.parametrize("task", TASKS)
def test_two_taps_from_home_lead_to_the_answer(task: str, page: Page, base_url: str) -> None:
    taps, words = TASKS[task]
    walk(page, base_url, taps)
    for _ in range(20):  # a busy machine scrolls later than the address changes
        missing = [each for each in words if not page.evaluate(FIND, each.lower())]
        if not missing:
            break
        page.wait_for_timeout(100)
    assert missing == []


@pytest.mark.parametrize("task", TASKS)
def test_a_screen_reader_finds_the_answer_beneath_its_heading(task: str, page: Page, base_url: str) -> None:
    """Every word beneath one of the headings, something beneath each, in order, with sources that have names."""
    taps, words = TASKS[task]
    walk(page, base_url, taps)
    for name in HEADINGS[task]:  # what an address asks for is shown a moment after it is reached
        expect(page.get_by_role("heading", name=name, exact=True).first).to_be_visible()
    heard = [*read_aloud(yaml.safe_load(page.get_by_role("article").aria_snapshot()))]
    title = next(each for each in heard if each[0] == "heading")
    assert title[1:] == (page.locator("h1").inner_text(), 1)
    sources = heard.index(("heading", "Sources", 2)) if ("heading", "Sources", 2) in heard else len(heard)
    beneath, at = [], 0
    for name in HEADINGS[task]:
        start = next(i for i, (role, text, _) in enumerate(heard) if i >= at and (role, text) == ("heading", name))
        level = heard[start][2]
        ends = (i for i, (role, _, other) in enumerate(heard) if i > start and role == "heading" and other <= level)
        part = heard[start : min(next(ends, len(heard)), sources)]
        beneath.append(" ".join(" ".join(text for _, text, _ in part).lower().split()))
        if any(re.fullmatch(r"\d+(, \w+)*", text) for role, text, _ in part if role == "link"):
            pytest.fail("a source is a number alone")
        if title[1] != name:
            assert any(re.match(r"Source \d+: .+|PMID \d+", text) for role, text, _ in part if role == "link")
        at = start
    assert [each for each in words if not any(each.lower() in part for part in beneath)] == []
    assert [part for part in beneath if not any(each.lower() in part for each in words)] == []


def read_aloud(node: object) -> Iterator[tuple[str, str, int]]:
    """Yield role, name and level of a heading, link or button, and the text between, in the order read."""
    if isinstance(node, list):
        for each in node:
            yield from read_aloud(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            role, name, level = role_of(key)
            if role in ("heading", "link", "button"):
                yield role, name or " ".join(text for _, text, _ in read_aloud(value)), level
            elif not role.startswith("/"):
                yield from read_aloud(value)
    else:
        role, name, level = role_of(str(node))
        yield (role, name, level) if name else ("text", str(node), 0)


def role_of(line: str) -> tuple[str, str, int]:
    """Return the role that a line of a snapshot begins with, the name, and the level of a heading."""
    parts = re.fullmatch(r'(/?\w+)(?: ("(?:[^"\\]|\\.)*"))?(?: \[level=(\d)\])?(?: \[\w+(?:=\w+)?\])*', line)
    if parts is None:
        return "text", line, 0
    return parts[1], json.loads(parts[2]) if parts[2] else "", int(parts[3] or 0)


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
    effects = page.locator(".matrix td:nth-child(6) .words").all_inner_texts()
    sides = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    texts = ["".join(side.extract_text().split()) for side in sides]
    assert len(texts) <= 4
    for text in texts:
        assert text.startswith("Unreviewed.Version")
        assert "NamePlaceintherapyDoseandscheduleHarmshereEffect" in text
    assert len(effects) > 30
    assert [each for each in effects if "".join(each.split()) not in "".join(texts)] == []
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST) >= 10


def walk(page: Page, base_url: str, taps: Sequence[str]) -> None:
    """Tap links of the page, or of the line of its parts, by their names, from home on; two at most."""
    assert len(taps) <= 2
    page.goto(base_url)
    for name in taps:
        within = page.get_by_role("article").or_(page.get_by_role("navigation", name="On this page"))
        link = within.get_by_role("link", name=name, exact=True).first
        expect(link).to_be_visible()
        with page.expect_navigation():
            link.tap()
