"""What axe does not ask of each kind of page on a phone: heads of rows, names, targets, type, focus, skipping."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_pathway_page import way_to_each_step

from generator.guideline import Guideline

ROWS = """() => [...document.querySelectorAll("article table")].flatMap(table =>
  [...table.tBodies].flatMap(body => [...body.rows])
    .filter(row => !row.querySelector("th[scope=row]")).map(row => row.textContent.trim().slice(0, 60)))"""
"""The rows of tables without a head."""

TARGETS = """() => {
  const all = [...document.querySelectorAll("article :is(a[href], button, input, select, summary)")];
  const targets = all.map(element => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    const at = { x: left + width / 2, y: top + height / 2 };
    return { element, left, top, right, bottom, width, height, ...at, small: Math.min(width, height) < 23.9 };
  }).filter(each => each.width && each.element.checkVisibility());
  const block = element => getComputedStyle(element).display === "inline" ? block(element.parentElement) : element;
  const inSentence = element => {
    const around = block(element).cloneNode(true);
    around.querySelectorAll("a, button, summary").forEach(other => other.remove());
    return block(element) !== element && /[\\p{L}\\p{N}]{2}/u.test(around.textContent);
  };
  const isNear = (a, b) => {
    if (a === b || a.element.contains(b.element) || b.element.contains(a.element)) return false;
    if (b.small) return Math.hypot(a.x - b.x, a.y - b.y) < 23.9;
    return Math.hypot(Math.max(b.left - a.x, 0, a.x - b.right), Math.max(b.top - a.y, 0, a.y - b.bottom)) < 11.9;
  };
  return targets.filter(each => each.small && !inSentence(each.element) && targets.some(other => isNear(each, other)))
    .map(each => `${each.element.outerHTML.slice(0, 80)} ${Math.round(each.width)}x${Math.round(each.height)}`);
}"""
"""Targets below 24 by 24 px that are in no sentence and whose circle of 24 px meets another's (WCAG 2.5.8)."""

WORDS = """() => {
  const found = {}, range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, drawing = element.getScreenCTM && element.getScreenCTM();
    range.selectNodeContents(walker.currentNode);
    if (!walker.currentNode.data.trim() || !range.getBoundingClientRect().width) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(element).fontSize) * (drawing ? Math.hypot(drawing.a, drawing.b) : 1);
    if (size < 12.99) found[`${element.outerHTML.slice(0, 80)} ${size.toFixed(1)} px`] = true;
  }
  return Object.keys(found);
}"""
"""Words below 13 px, those of a drawing as large as it is shown."""

FOCUS = """() => {
  const seen = {}, pale = [];
  document.querySelectorAll(":is(a[href], button, input, select, summary, [tabindex='0'])").forEach(element => {
    const name = each => each.localName + "." + each.getAttribute("class");
    const kind = name(element) + " < " + name(element.parentElement);
    if (seen[kind] || !element.checkVisibility({ visibilityProperty: true })) return;
    if (element.localName === "input" && getComputedStyle(element).opacity === "0") return; // its label shows it
    seen[kind] = true;
    element.focus({ preventScroll: true });
    if (document.activeElement !== element) return;
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || !parseFloat(style.outlineWidth)) pale.push(kind);
  });
  return pale;
}"""
"""The kinds of elements that show no outline while a key has moved the focus to them."""

OPEN = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const disease = document.getElementById("disease");
  if (disease) { disease.value = "all"; disease.dispatchEvent(new Event("change")); }
}"""
"""Show all that a page can show at once."""


def pages_of_each_kind(site: Path, size: float = 1, words: str = "") -> dict[str, str]:
    """Return the address of a page of each folder, and of each page that is in none, by kind.

    `size` is 0 for the smallest page of a folder and 1 for the largest; `words` stand in the HTML of each.
    """
    kinds: dict[str, list[Path]] = defaultdict(list)
    for file in site.rglob("index.html"):
        address = file.parent.relative_to(site)
        if words in file.read_text("utf-8"):
            kinds[f"{address.parent}/*" if len(address.parts) > 1 else str(address)].append(file)
    found = {}
    for kind, files in sorted(kinds.items()):
        files.sort(key=lambda file: (file.stat().st_size, file))
        address = files[round(size * (len(files) - 1))].parent.relative_to(site)
        found[kind] = "" if kind == "." else f"{address}/"
    return found


def shared_names(page: Page) -> list[str]:
    """Return the names that links of several addresses have, or several buttons or folds, and how many.

    A passage of a page elsewhere is that page: the claim beside a link says which passage. The list of what is on a
    page is a landmark of its own, and not looked at.
    """
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    waiting = [node for node in nodes if node.get("role", {}).get("value") == "article"]
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    while waiting:
        node = waiting.pop()
        if node.get("role", {}).get("value") == "navigation":
            continue
        waiting += [by_id[child] for child in node.get("childIds", ()) if child in by_id]
        role = node.get("role", {}).get("value")
        if node.get("ignored") or role not in ("link", "button", "DisclosureTriangle"):
            continue
        urls = [each["value"]["value"] for each in node.get("properties", ()) if each["name"] == "url"]
        target = re.sub("#:~:.*", "", urls[0]) if urls else str(node["backendDOMNodeId"])
        found["link" if urls else "button", node["name"]["value"].strip()].add(target)
    return [f"{kind} {name!r}: {len(to)}" for (kind, name), to in found.items() if len(to) > 1 or not name]


def faults_of(page: Page) -> dict[str, list[str]]:
    """Return what is wrong with a page as it is shown, by what was asked."""
    asked = {
        "rows without a head": page.evaluate(ROWS),
        "names that several have": shared_names(page),
        "small targets": page.evaluate(TARGETS),
        "small words": page.evaluate(WORDS),
    }
    page.keyboard.press("Tab")
    asked["no sign of focus"] = page.evaluate(FOCUS)
    return {what: wrong for what, wrong in asked.items() if wrong}


@pytest.fixture
def page(phone: Page) -> Page:
    return phone


def test_each_fault_is_seen(page: Page) -> None:
    """The measure itself."""
    page.set_content(
        "<style>a { outline: 0; font-size: 14px } small { font-size: 12px }</style><article>"
        "<table><tbody><tr><th scope=row>Head</th><td>Cell</td></tr><tr><td>No head</td></tr></tbody></table>"
        "<p>In a sentence <a href=#a>this</a> may be small.</p><small>Small</small>"
        "<div><a href='https://a.example/#:~:text=b'>One</a> <a href='https://a.example/#:~:text=c'>One</a></div>"
        "<div><a href=#b>Two</a></div><div><a href=#c>Two</a></div><button>Copy</button><button>Copy</button>"
        "<svg width=50 viewBox='0 0 100 20' font-size=20><text y=15>Half</text></svg></article>"
    )
    found = faults_of(page)
    assert found["rows without a head"] == ["No head"]
    assert sorted(found["names that several have"]) == ["button 'Copy': 2", "link 'Two': 2"]
    assert {*re.findall(r">(\w+)<", " ".join(found["small targets"]))} == {"Copy", "One", "Two"}
    assert [words.rpartition(" ")[0].split()[-1] for words in found["small words"]] == ["12.0", "10.0"]
    assert found["no sign of focus"] == ["a.null < p.null", "a.null < div.null"]


@pytest.mark.wide
@pytest.mark.parametrize("size", [0.5, pytest.param(1, marks=pytest.mark.slow)], ids=["usual", "largest"])
def test_no_kind_of_page_has_a_fault(size: float, site: Path, base_url: str, page: Page) -> None:
    kinds = pages_of_each_kind(site, size)
    assert {".", "indications/*", "questions/practice/*", "references/*", "method", "pathway"} <= {*kinds}
    faults = {}
    for kind, address in kinds.items():
        page.goto(base_url + address)
        page.evaluate(OPEN)
        if found := faults_of(page):
            faults[kind] = found
    assert faults == {}


@pytest.mark.wide
def test_no_kind_of_step_of_the_pathway_has_a_fault(base_url: str, page: Page, guideline: Guideline) -> None:
    """The last of each kind, an end with its card among them."""
    nodes, faults = guideline.pathway.nodes, {}
    last = {node.kind: name for name, node in nodes.items() if node.kind != "outcome" or node.tells}
    last["outcome"] = last.pop("outcome")  # to be looked at when the others are done
    assert {"question", "checklist", "action", "outcome"} == {*last}
    ways = way_to_each_step(guideline)
    page.goto(f"{base_url}pathway/")
    for kind, name in last.items():
        page.evaluate("hash => { location.hash = hash; }", f"#way={ways[name]}")
        expect(page.locator("#stepper p.question")).to_have_text(nodes[name].label)
        page.evaluate(OPEN)
        if found := faults_of(page):
            faults[kind] = found
    expect(page.locator("#stepper .way-card")).to_be_visible()
    assert faults == {}


def test_no_drawing_on_a_wide_screen_has_small_words(site: Path, base_url: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    faults = {}
    drawings = pages_of_each_kind(site, words=' role="group" aria-labelledby="')
    assert {"indications/*", "pathway-key/*", "evidence"} <= {*drawings}
    for kind, address in drawings.items():
        page.goto(base_url + address)
        if found := page.evaluate(WORDS):
            faults[kind] = found
    assert faults == {}


@pytest.mark.wide
def test_two_keys_lead_past_the_header_to_the_answers(site: Path, base_url: str, page: Page) -> None:
    """On each kind of page that has answers: the second link of the page leads to before the first of them."""
    first = page.locator("article :is(section.answer, .matrix, .across)").first
    kinds = {}
    for words in ('<section class="answer"', "sortable matrix", '<p class="across"'):
        kinds |= pages_of_each_kind(site, 0.5, words)
    assert {".", "indications", "indications/*", "adverse-events/*", "questions/practice/*"} <= {*kinds}
    for address in kinds.values():
        page.goto(base_url + address)
        expect(first).to_be_visible()
        skips = page.get_by_role("link", name="Skip to the answers")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Tab")
        expect(skips).to_be_focused()
        expect(skips).to_have_css("opacity", "1")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('article') && "
            "document.querySelector(':target').compareDocumentPosition(document.activeElement)"
            " & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING)"
        ), address
        assert page.locator(":target").evaluate(
            "(target, first) => target === first || target.contains(first) ||"
            " target.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING",
            first.element_handle(),
        ), address


def test_a_card_adds_no_stop_of_the_tab_key(site: Path, base_url: str, page: Page) -> None:
    """The next stop after a numbered source is what it is without a card; Enter leads into the card, Escape back."""
    page.goto(base_url + pages_of_each_kind(site)["indications/*"])
    chips = page.locator(".answer a.number")
    first, second = chips.nth(0), chips.nth(1)
    first.focus()
    card = page.locator("#citation-card")
    expect(card).to_be_visible()
    assert card.get_by_role("link").count() == 1
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    expect(card).to_have_count(1)  # that of the second
    page.keyboard.press("Enter")
    expect(card.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(second).to_be_focused()
    expect(card).to_have_count(0)
