"""The site in Chromium, as its readers use it: by pointer and keyboard, wide and narrow, light and dark."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from generator.cli import PROJECT
from generator.evidence.doses import WEIGHTS
from generator.facts.regimens import doses_by_topic
from generator.guideline import Guideline
from generator.model import Question

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
    "evidence": "evidence/",
    "disagreements": "disagreements/",
    "missing": "missing/",
    "a to z": "a-z/",
    "data": "data/",
    "text": "method/",
    "format": "format/",
}
kinds = pytest.mark.parametrize("kind", KINDS)


def found_addresses(page: Page) -> list[str]:
    """Return the addresses of the search's results."""
    results = page.locator(".md-search-result__item > a")
    expect(results.first).to_be_visible(timeout=20_000)
    return results.evaluate_all("links => links.map(link => link.href)")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Arndt-Gottron", "indications/scleromyxedema/"),
        ("TEN", "indications/toxic-epidermal-necrolysis/"),
        ("EBA", "indications/epidermolysis-bullosa-acquisita/"),
        ("PV", "indications/pemphigus-vulgaris/"),
        ("DM", "indications/dermatomyositis/"),
        ("18204366", "indications/scleromyxedema/"),
        ("Amagai", "references/19293008/"),
        ("rituximab", "practice/comparison-with-biologicals/"),
    ],
)
def test_search_finds(words: str, found: str, page: Page, base_url: str) -> None:
    page.goto(f"{base_url}?q={quote(words)}")
    addresses = found_addresses(page)
    assert any(address.startswith(base_url + found) for address in addresses[:10]), addresses[:10]


def test_search_is_used_by_keyboard(page: Page, base_url: str) -> None:
    page.goto(base_url, wait_until="networkidle")
    page.keyboard.press("f")
    page.keyboard.type("scleromyxedema", delay=20)
    assert found_addresses(page)[0].startswith(base_url + "indications/scleromyxedema/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Scleromyxedema")


@pytest.mark.slow
@kinds
def test_no_error_and_no_request_to_another_host(kind: str, page: Page, base_url: str, faults: list[str]) -> None:
    page.goto(base_url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    assert faults == []


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        pytest.param("light", 390, marks=pytest.mark.slow),
        pytest.param("dark", 1280, marks=pytest.mark.slow),
        pytest.param("dark", 390, marks=pytest.mark.slow),
    ],
)
@kinds
def test_axe_finds_nothing(kind: str, scheme: str, width: int, browser: Browser, base_url: str) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(base_url + KINDS[kind])
    everywhere = Axe().run(page)
    # Axe leaves this rule of WCAG 2.2 AA out unless asked; Material's own lists of links scroll beneath a fixed title.
    sizes = Axe().run(page, context="article", options={"runOnly": ["target-size"]})
    context.close()
    violations = [*everywhere.response["violations"], *sizes.response["violations"]]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in violations for node in rule["nodes"][:3]] == []


@pytest.mark.slow
@kinds
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
    page.keyboard.press("Tab")
    assert card.evaluate("card => card.contains(document.activeElement)")
    link = card.get_by_role("link", name="Open the passage in PubMed")
    assert re.match(r"https://pubmed\.ncbi\.nlm\.nih\.gov/\d+/#:~:text=", link.get_attribute("href") or "")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(chip).to_be_focused()


def test_a_citation_opens_by_pointer_and_by_tap_within_the_page(browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
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
    context.close()


def test_a_claim_is_copied_with_its_citation(browser: Browser, base_url: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(base_url + KINDS["indication"])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    claim = page.locator(".claim[id]").first
    claim.get_by_role("button", name="Copy").click()
    expect(claim.locator(".copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert "PMID" in copied
    assert f"{base_url}{KINDS['indication']}#" in copied
    assert "Unreviewed" in copied
    assert "Version" in copied
    assert "#Copy" not in copied


def test_references_are_filtered(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["references"])
    rows = page.locator(".filterable tbody tr:visible")
    everything = rows.count()
    page.get_by_label("Design").select_option("Randomised trial")
    trials = rows.count()
    assert 0 < trials < everything
    expect(page.locator(".count")).to_have_text(f"{trials} of {everything} shown")
    page.get_by_label("Topics").select_option("Autoimmune bullous diseases")
    assert 0 < rows.count() < trials
    page.get_by_label("Words").fill("pemphigus 2009")
    assert rows.count() == 1
    assert "19293008" in rows.first.inner_text()


def test_the_calculator_computes_every_regimen_of_a_disease(page: Page, base_url: str, guideline: Guideline) -> None:
    page.goto(base_url + KINDS["doses"] + "#doses--indications--scleromyxedema")
    for weight in WEIGHTS:
        page.get_by_label("Body weight").fill(f"{weight} kg")
        page.keyboard.press("Enter")
        for regimen in page.locator(".regimen[data-amount]:visible").all():
            assert f"× {weight} kg = " in regimen.locator(".grams").inner_text()
    topics = {topic.record.id: len(topic.regimens) for topic in doses_by_topic(guideline).values()}
    assert page.locator(".regimen:visible").count() == topics["indications/scleromyxedema"] > 1
    assert page.locator(".regimen").count() == sum(topics.values())


def test_the_pathway_goes_step_by_step(page: Page, base_url: str, guideline: Guideline) -> None:
    """Follow first answers to the end, back, reload, share, start again."""
    page.goto(base_url + KINDS["pathway"])
    stepper = page.locator("#stepper")
    question = stepper.locator(".question")
    seen = []
    for _ in range(60):
        seen.append(question.inner_text())
        choices = stepper.locator(".choices button")
        if choices.count() == 0:
            break
        choices.first.click()
        expect(question).to_be_focused()
        if stepper.locator(".trail li").count() != len(seen):
            break
    assert len(seen) > 5
    assert len(set(seen)) == len(seen)
    address = page.url
    assert "#way=" in address
    here = question.inner_text()
    page.reload()
    expect(question).to_have_text(here)
    stepper.get_by_role("button", name="Back").click()
    expect(question).not_to_have_text(here)
    page.goto(base_url)
    page.goto(address)
    expect(question).to_have_text(here)
    stepper.get_by_role("button", name="Start again").click()
    expect(question).to_contain_text(guideline.pathway.nodes[guideline.pathway.start].label)
    expect(stepper.locator("[aria-live=polite]")).to_have_count(1)


def test_the_way_taken_is_printed_with_every_citation(page: Page, base_url: str, guideline: Guideline) -> None:
    page.goto(base_url + KINDS["pathway"])
    page.evaluate(
        "() => { window.print = () => { window.printed = document.querySelector('.printed-way').cloneNode(true); }; }"
    )
    stepper = page.locator("#stepper")
    for _ in range(4):
        stepper.locator(".choices button").first.click()
    stepper.get_by_role("button", name="Print this way").click()
    taken = [part.partition(".")[2] for part in page.url.partition("#way=")[2].split("/")]
    names = [guideline.pathway.start, *taken]
    lines = page.evaluate("[...window.printed.querySelectorAll('.printed-step')].map(line => line.textContent)")
    text = page.evaluate("window.printed.textContent")
    assert len(lines) == len(names) == 5
    for name, line, after in zip(names, lines, [*taken, ""], strict=True):
        node = guideline.pathway.nodes[name]
        assert node.label in line
        if isinstance(node, Question) and after:
            assert line.endswith(next(iter(node.answers)))
        for claim in node.because:
            assert all(f"PMID\xa0{cite.pmid}" in text for cite in guideline.claims[claim].claim.cites)
    expect(page.locator(".printed-way")).to_have_count(0)


def test_the_answer_shown_is_the_answer_given(page: Page, base_url: str, guideline: Guideline) -> None:
    """Also where two answers lead to the same step."""
    for name, node in guideline.pathway.nodes.items():
        targets = list(node.answers.values()) if isinstance(node, Question) else []
        if (
            len(set(targets)) < len(targets)
            and name in guideline.pathway.nodes[guideline.pathway.start].answers.values()
        ):
            break
    group = list(guideline.pathway.nodes[guideline.pathway.start].answers.values()).index(name)
    page.goto(base_url + KINDS["pathway"])
    page.locator("#stepper .choices button").nth(group).click()
    answer = list(node.answers)[-1]
    page.locator("#stepper .choices button").last.click()
    expect(page.locator("#stepper .trail")).to_contain_text(answer)
    page.reload()
    expect(page.locator("#stepper .trail")).to_contain_text(answer)
    page.go_back()
    page.go_back()
    expect(page.locator("#stepper .question")).to_contain_text("1.")


def test_a_false_way_in_the_address_is_followed_as_far_as_it_is_true(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["pathway"] + "#way=x/<img src=x onerror=alert(1)>/y")
    expect(page.locator("#stepper .question")).to_contain_text("1.")
    expect(page.locator("#stepper img")).to_have_count(0)


def test_the_links_of_the_charts_open(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["pathway"])
    targets = page.locator("svg.flow a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(targets) > 50
    missing = page.evaluate("targets => targets.filter(t => !document.getElementById(t.slice(1)))", targets)
    assert missing == []
    page.locator("svg.flow a").nth(3).click()
    assert "#" in page.url


def test_dark_mode_is_switched_by_its_button(browser: Browser, base_url: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(base_url)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[title='Switch to dark mode']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    context.close()


def test_without_javascript_everything_is_there(browser: Browser, base_url: str, guideline: Guideline) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base_url + KINDS["indication"])
    own = [entry for entry in guideline.claims.values() if entry.record == "indications/scleromyxedema"]
    expect(page.locator(".claim[id]")).to_have_count(len(own))
    page.locator("details.claims > summary").first.click()
    page.locator(".claim .number").first.click()
    assert "#ref--" in page.url
    page.goto(base_url + KINDS["doses"])
    expect(page.locator("#weight-form")).to_be_hidden()
    expect(page.get_by_text("The calculator needs JavaScript")).to_be_visible()
    expect(page.locator(".topic-doses")).to_have_count(len(doses_by_topic(guideline)))
    page.goto(base_url + KINDS["references"])
    expect(page.locator("tbody tr")).to_have_count(len(guideline.references))
    context.close()


def test_the_dose_is_two_clicks_from_home(page: Page, base_url: str) -> None:
    page.goto(base_url)
    page.locator("article").get_by_role("link", name="Scleromyxedema", exact=True).click()
    expect(page.locator("tr", has=page.locator("#answer--dose"))).to_contain_text("2 g/kg")
    page.goto(base_url)
    page.get_by_role("link", name="Doses", exact=True).first.click()
    expect(page.locator("article")).to_contain_text("Scleromyxedema")


def test_print_leaves_out_what_paper_cannot_use(page: Page, base_url: str) -> None:
    page.goto(base_url + KINDS["indication"])
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for selector in (".md-header", ".md-tabs", ".md-sidebar--primary", ".copy", ".permalink"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator(".claim .statement").first).to_be_visible()
    expect(page.locator(".standing").first).to_be_visible()


def test_the_projects_own_style_and_script_are_light() -> None:
    files: list[Path] = [*(PROJECT / "docs/assets").glob("*.css"), *(PROJECT / "docs/assets").glob("*.js")]
    assert len(files) >= 2
    assert sum(file.stat().st_size for file in files) < 60_000
