"""The site in Chromium, as its readers use it: by pointer and keyboard, wide and narrow, light and dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator.cli import PROJECT
from generator.evidence.doses import WEIGHTS
from generator.facts.regimens import doses_by_topic
from generator.guideline import Guideline
from generator.render.site.bundles import render_scripts

KINDS = {
    "home": "",
    "index": "indications/",
    "indication": "indications/scleromyxedema/",
    "adverse event": "adverse-events/acute-renal-failure/",
    "mechanism": "mechanisms/fc-sialylation/",
    "practice": "practice/dosing/",
    "reference": "references/29228499/",
    "references": "references/",
    "doses": "doses/",
    "pathway": "pathway/",
    "pathway key": "pathway-key/vascular-disease/",
    "evidence": "evidence/",
    "disagreements": "disagreements/",
    "missing": "missing/",
    "a to z": "a-z/",
    "data": "data/",
    "text": "method/",
    "format": "format/",
    "form": "propose/",
}
NewContext = Callable[..., BrowserContext]


@pytest.fixture
def page(same_page: Page) -> Page:
    return same_page


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs_out_of_the_page(kind: str, page: Page, base_url: str) -> None:
    """320 CSS pixels are a page of 1280 at 400 % (WCAG 1.4.10)."""
    overflow = {}
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(base_url + KINDS[kind])
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        overflow[width] = page.evaluate(script)
    assert overflow == {1280: 0, 390: 0, 320: 0}


def test_a_citation_opens_by_keyboard_and_closes(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["indication"])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    chip = page.locator(".claim .number").first
    chip.focus()
    card = page.locator("#citation-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("PMID")
    expect(card).to_contain_text("Read:")
    expect(chip).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    assert card.evaluate("card => card.contains(document.activeElement)")
    link = card.get_by_role("link", name="Open the passage in PubMed")
    assert re.match(r"https://pubmed\.ncbi\.nlm\.nih\.gov/\d+/#:~:text=", link.get_attribute("href") or "")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(chip).to_be_focused()


def test_a_citation_opens_by_pointer_and_by_tap_within_the_page(new_context: NewContext, base_url: str) -> None:
    page = new_context(viewport={"width": 390, "height": 800}, has_touch=True).new_page()
    page.goto(base_url + KINDS["indication"])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    for chip in page.locator(".claim .number").all()[:6]:
        chip.tap()
        box = page.locator("#citation-card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert page.url == base_url + KINDS["indication"]
        page.locator("h1").tap()
        expect(page.locator("#citation-card")).to_have_count(0)


def test_a_claim_is_copied_with_its_citation(new_context: NewContext, base_url: str) -> None:
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(base_url + KINDS["indication"])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    claim = page.locator(".claim[id]").first
    claim.get_by_role("button", name="Copy").click()
    expect(claim.get_by_role("button", name=f"Copied: the claim {claim.get_attribute('id')}")).to_have_text("Copied")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "PMID" in copied
    assert f"{base_url}{KINDS['indication']}#" in copied
    assert "Unreviewed" in copied
    assert "Version" in copied
    assert "#Copy" not in copied


def test_references_are_filtered(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["references"])
    rows = page.locator(".filterable tbody tr:not([hidden])")
    everything = rows.count()
    page.get_by_label("Design").select_option("Randomised trial")
    trials = rows.count()
    assert 0 < trials < everything
    expect(page.locator(".count")).to_have_text(f"{trials} of {everything} shown")
    page.get_by_label("Topics").select_option("Autoimmune bullous diseases")
    assert 0 < rows.count() < trials
    page.get_by_label("Words").fill("pemphigus 2009")
    assert rows.count() == 1
    expect(rows).to_be_visible()
    assert "19293008" in rows.first.inner_text()


def test_the_calculator_computes_every_regimen_of_a_disease(page: Page, base_url: str, guideline: Guideline) -> None:
    page.goto(base_url + KINDS["doses"] + "#doses--indications--scleromyxedema")
    for weight in WEIGHTS:
        page.get_by_label("Body weight").fill(f"{weight} kg")
        page.keyboard.press("Enter")
        for regimen in page.locator(".regimen[data-amount]:visible").all():
            assert f"× {weight}\u00a0kg = " in regimen.locator(".grams").inner_text()
    topics = {topic.record.id: len(topic.regimens) for topic in doses_by_topic(guideline).values()}
    assert page.locator(".regimen:visible").count() == topics["indications/scleromyxedema"] > 1
    assert page.locator(".regimen").count() == sum(topics.values())


def test_what_is_closed_on_a_phone_takes_no_focus_and_opens_by_keyboard(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base_url)
    expect(page.locator(".js .md-header__button button").first).to_be_attached()
    for _ in range(12):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_be_in_viewport()
        if focused.locator("xpath=ancestor-or-self::article").count():
            break
    expect(focused.locator("xpath=ancestor-or-self::article")).to_have_count(1)
    expect(page.locator("#__search")).not_to_be_checked()
    menu = page.get_by_role("button", name="Menu")
    for key, state in (("Enter", True), ("Space", False)):
        menu.press(key)
        expect(page.locator("#__drawer")).to_be_checked(checked=state)
    page.locator(".md-header").get_by_role("button", name="Search", exact=True).press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()


def test_the_heads_of_a_long_table_stay_in_sight(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{base_url}indications/")
    page.locator(".matrix tbody tr").nth(20).scroll_into_view_if_needed()
    expect(page.locator(".matrix thead th").first).to_be_in_viewport(ratio=1)


def test_years_of_references_say_how_many_are_shown(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}references/")
    page.locator(".filters input").fill("nephro")
    shown = page.locator(".filterable .fold:visible > summary").all_inner_texts()
    assert shown
    numbers = [int(each.rsplit(", ", 1)[1].removesuffix(" shown")) for each in shown]
    assert page.locator(".count").inner_text().startswith(f"{sum(numbers)} of ")


def test_a_computed_dose_begins_below_the_head_of_a_phone(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{base_url}indications/pemphigus-vulgaris/")
    page.get_by_role("link", name="Grams for a weight").click()
    page.wait_for_url("**/doses/**")  # whole: the browser goes to the named part once more when all is there
    expect(page.locator("#disease")).to_have_value("doses--indications--pemphigus-vulgaris")
    page.locator("#weight").fill("82")
    page.get_by_role("button", name="Compute").click()
    head = page.locator(".contents").bounding_box()
    line = page.locator("#weight-result .result-line").bounding_box()
    grams = page.locator("#weight-result li").first.bounding_box()
    assert head is not None
    assert line is not None
    assert grams is not None
    assert head["y"] + head["height"] <= line["y"] < grams["y"] < 400
    expect(page.locator("#weight-result li").first).to_contain_text(
        "32.8 g, about 33 g per day; over 5 days 164 g in all"
    )


SHIFTS = """new PerformanceObserver(list => list.getEntries().forEach(each => {
  window.shifted = (window.shifted || 0) + (each.hadRecentInput ? 0 : each.value);
})).observe({type: 'layout-shift', buffered: true})"""


@pytest.mark.wide
@pytest.mark.parametrize("kind", ["home", "indication", "pathway", "doses"])
def test_nothing_moves_while_a_page_opens(kind: str, new_context: NewContext, base_url: str) -> None:
    """On a phone with a slow network; 0.1 is called good (web.dev/articles/cls), and this is next to nothing."""
    page = new_context(viewport={"width": 412, "height": 823}).new_page()
    page.add_init_script(SHIFTS)
    network = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
    page.goto(base_url + KINDS[kind], wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifted || 0") < 0.02


def test_dark_mode_is_switched_by_its_button(new_context: NewContext, base_url: str) -> None:
    page = new_context(color_scheme="light").new_page()
    page.goto(base_url)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[title='Switch to dark mode']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_without_javascript_everything_is_there(new_context: NewContext, base_url: str, guideline: Guideline) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(base_url + KINDS["indication"])
    own = [entry for entry in guideline.claims.values() if entry.record == "indications/scleromyxedema"]
    expect(page.locator(".claim[id]")).to_have_count(len(own))
    page.locator(".fold[id] > summary").first.click()
    page.locator(".claim .number").first.click()
    assert "#ref--" in page.url
    page.goto(base_url + KINDS["doses"])
    expect(page.locator("#weight-form")).to_be_hidden()
    expect(page.get_by_text("The calculator needs JavaScript")).to_be_visible()
    expect(page.locator(".topic-doses")).to_have_count(len(doses_by_topic(guideline)))
    page.goto(base_url + KINDS["references"])
    expect(page.locator("tbody tr")).to_have_count(len(guideline.references))


def test_the_dose_is_two_clicks_from_home(page: Page, base_url: str) -> None:
    page.goto(base_url)
    page.locator("article").get_by_role("link", name="Scleromyxedema", exact=True).click()
    expect(page.locator("#answer--dose + *")).to_contain_text("2 g/kg")
    page.goto(base_url)
    page.get_by_role("link", name="Doses", exact=True).first.click()
    expect(page.locator("article")).to_contain_text("Scleromyxedema")


SMALL_TYPE = """() => {
  const small = new Set(), walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest("svg") || !walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 11) small.add(element.outerHTML.slice(0, 100));
  }
  return [...small];
}"""


@pytest.mark.parametrize("kind", ["indication", "index", "doses", "pathway"])
def test_no_words_of_a_phone_are_smaller_than_11_pixels(kind: str, page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base_url + KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate(SMALL_TYPE) == []


def test_on_a_phone_a_table_shows_what_its_filter_finds_and_no_more(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{base_url}indications/")
    page.get_by_label("Words").fill("scleromyxedema")
    rows = page.locator(".matrix tbody tr").locator("visible=true")
    expect(rows.first).to_contain_text("Scleromyxedema")
    assert 1 <= rows.count() < 5


def test_print_leaves_out_what_paper_cannot_use(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["indication"])
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for selector in (".md-header", ".md-tabs", ".md-sidebar--primary", ".copy", ".permalink"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator(".claim .statement").first).to_be_visible()
    expect(page.locator(".standing").first).to_be_visible()


def test_the_projects_own_style_and_script_are_light() -> None:
    """Those that every page loads; what the search loads when it is used has a budget of its own."""
    config = (PROJECT / "mkdocs.yml").read_text("utf-8")
    names = re.findall(r"(?:assets|scripts)/[a-z-]+\.(?:css|js)\b", config)
    scripts = {str(path): len(script) for path, script in render_scripts().items()}
    assert len(names) >= 5
    assert not {"scripts/search.js", "scripts/search-hits.js", "assets/minisearch.js"} & set(names)
    assert sum(scripts.get(name) or (PROJECT / "docs" / name).stat().st_size for name in names) < 66_000
