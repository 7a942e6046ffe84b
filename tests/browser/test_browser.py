"""The site in Chromium, as its readers use it: by pointer and keyboard, wide and narrow, light and dark."""

import re
from collections.abc import Callable

import pytest
from conftest import Held
from playwright.sync_api import BrowserContext, Page, expect

from generator.cli import PROJECT
from generator.evidence.doses import WEIGHTS
from generator.facts.regimens import doses_by_topic
from generator.facts.steps import pathway_of
from generator.facts.walk import walk
from generator.guideline import Guideline
from generator.pathway import Action, Checklist, Question
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


def way_to_each_step(guideline: Guideline) -> dict[str, str]:
    """Return an address that leads to each step: one by which the fewest choices lead there, and no return.

    A way that is open only to diseases of which an answer is not known is taken by one of them, and closes the others.
    """
    steps = pathway_of(guideline).steps
    found: dict[str, str] = {}
    waiting = [(guideline.pathway.start, "", "")]
    seen = set()
    while waiting:
        name, disease, way = waiting.pop(0)
        step = steps[name]
        disease = step.about.id if step.about else disease
        if (name, disease) in seen:
            continue
        seen.add((name, disease))
        found.setdefault(name, way)
        ways = [*enumerate(step.ways)]
        gaps = [(choice, each) for choice, each in ways if disease in {of.id for of in each.of}]
        for choice, each in gaps or [(choice, each) for choice, each in ways if not each.unknown]:
            waiting.append((each.target, disease, "/".join(filter(None, (way, f"{choice}.{each.target}")))))
    return found


def test_a_disease_is_led_to_its_card_in_few_taps(page: Page, base_url: str, guideline: Guideline) -> None:
    """At each question the first answer that leads on, at each checklist none: place, checks, dose, response, card."""
    nodes = guideline.pathway.nodes
    back = {name for name, node in nodes.items() if isinstance(node, Action) and node.return_to}
    stages = [*guideline.pathway.stages]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base_url + KINDS["pathway"])
    stepper = page.locator("#stepper")
    stepper.get_by_role("button", name="Autoimmune bullous disease").click()
    stepper.get_by_role("button", name="Pemphigus vulgaris").click()
    taps, seen = 0, []
    while not stepper.locator(".way-card").count():
        question = stepper.locator("p.question").inner_text()
        assert question not in seen
        seen.append(question)
        (node,) = (node for node in nodes.values() if node.label == question)
        targets = list(node.answers.values()) if isinstance(node, Question) else []
        on = [stages.index(nodes[to].stage) >= stages.index(node.stage) and to not in back for to in targets]
        stepper.locator(".choices button").nth(on.index(True) if True in on else 0).click()
        expect(stepper.locator("p.question")).to_be_focused()
        taps += 1
    assert 3 <= taps <= guideline.profile.pathway.most_taps == 8
    card = stepper.locator(".way-card")
    dose = guideline.records["indications/pemphigus-vulgaris"].answers["dose"].text
    for words in ("Pemphigus vulgaris", "Unreviewed.", "Expires", dose, "None of these", "Harms of all"):
        expect(card).to_contain_text(words)
    assert card.locator("a.passage").count() > 10
    address, here = page.url, stepper.inner_text()
    page.goto(base_url)
    page.goto(address)
    unknown = "What was ticked is not known: an address does not keep it.\n"
    assert here.count("Not ticked: ") > 1
    assert stepper.inner_text() == re.sub(r"Not ticked: .*\n", unknown, here)
    expect(stepper.locator("[aria-live=polite]")).to_have_count(1)


def test_an_emergency_ends_the_way_with_an_alarm(page: Page, base_url: str, guideline: Guideline) -> None:
    """Every urgent end: an alarm in words, what to do with its source or the fixed sentence, no dose, no card."""
    page.goto(base_url + KINDS["pathway"])
    stepper = page.locator("#stepper")
    steps = pathway_of(guideline).steps
    urgent = {name: way for name, way in way_to_each_step(guideline).items() if steps[name].urgent}
    assert len(urgent) > 5
    for name, way in urgent.items():
        page.evaluate("hash => { location.hash = hash; }", f"#way={way}")
        expect(stepper.locator("p.question")).to_have_text(steps[name].node.label)
        expect(stepper.locator(".alarm-line")).to_have_text(f"{steps[name].alarm} {steps[name].fixed}")
        expect(stepper.locator(".way-card")).to_have_count(0)
        expect(stepper.locator('.told[data-question="dose"]')).to_have_count(0)


@pytest.mark.parametrize("height", [844, 664])
def test_no_check_that_leads_on_is_under_the_button(
    height: int, page: Page, base_url: str, guideline: Guideline
) -> None:
    """On a phone, with and without the bars of the browser: "None of these" is not tapped before all was seen."""
    page.set_viewport_size({"width": 390, "height": height})
    page.goto(base_url + KINDS["pathway"])
    seen = {}
    for name, way in way_to_each_step(guideline).items():
        node = guideline.pathway.nodes[name]
        if isinstance(node, Checklist) and any(item.leads for item in node.items):
            page.evaluate("hash => { location.hash = hash; }", f"#way={way}")
            expect(page.locator("#stepper p.question")).to_have_text(node.label)
            last = page.locator("#stepper .check label").last.bounding_box()
            button = page.locator("#stepper .choices").bounding_box()
            assert last is not None
            assert button is not None
            seen[name] = button["y"] - last["y"] - last["height"]
    assert len(seen) > 2
    assert {name: room for name, room in seen.items() if room < 20} == {}  # in which what lies behind fades


def test_every_choice_is_on_the_first_screen_of_a_phone(page: Page, base_url: str, guideline: Guideline) -> None:
    """However long what a step says: its first button, or one that leads to all, is seen without scrolling.

    At a stop only what to do is: the way on for whoever asked a specialist stands below the end.
    """
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base_url + KINDS["pathway"])
    beyond = {}
    for name, way in way_to_each_step(guideline).items():
        page.evaluate("hash => { location.hash = hash; }", f"#way={way}")
        expect(page.locator("#stepper p.question")).to_have_text(guideline.pathway.nodes[name].label)
        button = page.locator("#stepper :is(.to-answers, .choices:not(.return)) button").first
        if button.count() and (box := button.bounding_box()) and box["y"] + box["height"] > 844:
            beyond[name] = box["y"] + box["height"]
    assert beyond == {}, beyond


def test_what_is_stuck_to_the_foot_of_a_phone_covers_a_fifth_of_it_and_nothing_that_is_focused(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base_url + KINDS["pathway"])
    stuck = page.locator("#stepper :is(.to-answers, .choices)").first
    high, ways = {}, way_to_each_step(guideline)
    for name, way in ways.items():
        page.evaluate("hash => { location.hash = hash; }", f"#way={way}")
        expect(page.locator("#stepper p.question")).to_have_text(guideline.pathway.nodes[name].label)
        if stuck.count() and stuck.evaluate("each => getComputedStyle(each).position") == "sticky":
            high[name] = stuck.evaluate("each => each.offsetHeight")
    assert len(high) > 20
    assert max(high.values()) <= 844 / 5
    page.goto(base_url + KINDS["pathway"] + f"#way={ways['toxic-epidermal-necrolysis']}")
    foot = page.locator("#stepper .to-answers")
    expect(foot).to_have_text("To the 5 answers")
    page.locator("#stepper .told a").first.focus()
    for _ in range(page.locator("#stepper .told a").count() - 1):
        page.keyboard.press("Tab")
        link, bar = page.locator(":focus").bounding_box(), foot.bounding_box()
        assert link is not None
        assert bar is not None
        assert link["y"] + link["height"] <= bar["y"]
    expect(foot.get_by_role("button")).to_have_css("background-color", "rgba(0, 0, 0, 0)")  # no answer itself
    foot.get_by_role("button").click()
    expect(page.locator("#stepper .choices button").first).to_be_focused()
    expect(page.locator("#stepper .choices button").last).to_be_in_viewport(ratio=0.9)


def test_the_way_on_from_a_stop_is_pale_and_below_its_end(page: Page, base_url: str, guideline: Guideline) -> None:
    ways = way_to_each_step(guideline)
    stops = [name for name, node in guideline.pathway.nodes.items() if node.kind == "outcome" and node.return_to]
    assert len(stops) > 4
    page.goto(base_url + KINDS["pathway"])
    for name in stops:
        page.evaluate("hash => { location.hash = hash; }", f"#way={ways[name]}")
        expect(page.locator("#stepper p.question")).to_have_text(guideline.pathway.nodes[name].label)
        on, back = page.locator("#stepper .choices button"), page.get_by_role("button", name="Back", exact=True)
        expect(on).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        expect(page.locator("#stepper .choices")).to_have_css("position", "static")
        below, above = on.bounding_box(), back.bounding_box()
        assert below is not None
        assert above is not None
        assert below["y"] > above["y"] + above["height"]


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


def test_who_is_treated_in_spite_of_a_stop_reads_its_precautions_first(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    """From the stop through a specialist back to the list, where what was agreed to leads; what was ticked is kept."""
    items = guideline.pathway.nodes["before-infusion"].items
    page.goto(base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)['before-infusion']}")
    stepper = page.locator("#stepper")
    for ticked in ("stop-thrombosis", "precautions"):
        stepper.get_by_label(next(item.label for item in items if item.leads == ticked), exact=True).check()
        stepper.get_by_role("button", name="Go on").click()
        if ticked == "stop-thrombosis":
            for tap in (
                "Once a specialist, told of this, agrees",
                "A specialist, told of this, has agreed",
                "Back to: ",
            ):
                stepper.locator(".choices").get_by_role("button", name=tap).click()
    expect(stepper.locator("p.question")).to_have_text(guideline.pathway.nodes["precautions"].label)
    told = stepper.locator(".current > .told, .current > .after > .told").first
    expect(told).to_have_attribute("data-record", "adverse-events/thromboembolic-events")


def test_paper_has_the_way_and_the_card(page: Page, base_url: str, guideline: Guideline) -> None:
    end = next(name for name, node in guideline.pathway.nodes.items() if node.kind == "outcome" and node.tells)
    page.goto(base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)[end]}")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for part in (".way-card", ".printed-way"):
        expect(page.locator(f"#stepper {part}")).to_be_visible()
    for part in (".tools", ".trail"):
        expect(page.locator(f"#stepper {part}")).to_be_hidden()
    expect(page.locator(".printed-way")).to_contain_text(page.url)


def test_paper_of_an_emergency_is_headed_by_the_emergency(page: Page, base_url: str, guideline: Guideline) -> None:
    name, way = next(each for each in way_to_each_step(guideline).items() if each[0].startswith("urgent-"))
    page.goto(base_url + KINDS["pathway"] + f"#way={way}")
    page.emulate_media(media="print")
    expect(page.locator("#top--pathway")).to_be_hidden()
    expect(page.locator("#stepper .question")).to_have_text(guideline.pathway.nodes[name].label)
    page.evaluate("location.hash = ''")
    expect(page.locator("#top--pathway")).to_be_visible()


def test_a_computed_dose_begins_below_the_head_of_a_phone(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{base_url}indications/pemphigus-vulgaris/")
    page.get_by_role("link", name="Grams for a weight").click()
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


def test_the_answer_shown_is_the_answer_given(page: Page, base_url: str, guideline: Guideline) -> None:
    """Also where two answers lead to the same step."""
    ways = way_to_each_step(guideline)
    name, node, index = next(
        (name, node, index)
        for name, node in guideline.pathway.nodes.items()
        if isinstance(node, Question)
        for index, target in enumerate(node.answers.values())
        if target in [*node.answers.values()][:index]
    )
    page.goto(base_url + KINDS["pathway"] + f"#way={ways[name]}")
    page.locator("#stepper .choices button").nth(index).click()
    expect(page.locator("#stepper .trail")).to_contain_text([*node.answers][index])
    page.reload()
    expect(page.locator("#stepper .trail")).to_contain_text([*node.answers][index])
    page.go_back()
    expect(page.locator("#stepper p.question")).to_have_text(node.label)


def test_a_false_way_in_the_address_is_followed_as_far_as_it_is_true(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    page.goto(base_url + KINDS["pathway"] + "#way=x/<img src=x onerror=alert(1)>/y")
    expect(page.locator("#stepper p.question")).to_have_text(guideline.pathway.nodes[guideline.pathway.start].label)
    expect(page.locator("#stepper img")).to_have_count(0)


def test_without_a_script_the_steps_lead_to_each_other(new_context: NewContext, base_url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(base_url + KINDS["pathway"])
    page.locator("#stepper .choices a").first.click()
    expect(page.locator(".node:target")).to_be_visible()
    page.locator(".node:target a.way").first.click()
    expect(page.locator(".node:target")).to_be_visible()


def test_an_answer_that_is_tapped_before_the_script_is_there_counts(
    new_context: NewContext, base_url: str, guideline: Guideline
) -> None:
    page = new_context().new_page()
    held = Held(page, "**/scripts/pathway.js")
    page.goto(base_url + KINDS["pathway"], wait_until="commit")
    page.locator("#stepper .choices a").nth(1).click()
    held.let_go()
    start = guideline.pathway.nodes[guideline.pathway.start]
    assert isinstance(start, Question)
    expect(page.locator("#stepper p.question")).to_have_text(
        guideline.pathway.nodes[[*start.answers.values()][1]].label
    )


SHIFTS = """new PerformanceObserver(list => list.getEntries().forEach(each => {
  window.shifted = (window.shifted || 0) + (each.hadRecentInput ? 0 : each.value);
})).observe({type: 'layout-shift', buffered: true})"""


def test_nothing_moves_while_a_page_opens(new_context: NewContext, base_url: str) -> None:
    """On a phone with a slow network; 0.1 is called good (web.dev/articles/cls), and this is next to nothing.

    Four pages at once, each with a network of its own: one after another they take most of their time to wait.
    """
    network = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
    pages = {}
    for kind in ("home", "indication", "pathway", "doses"):
        page = pages[kind] = new_context(viewport={"width": 412, "height": 823}).new_page()
        page.add_init_script(SHIFTS)
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
        page.goto(base_url + KINDS[kind], wait_until="commit")
    shifted = {}
    for kind, page in pages.items():
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        shifted[kind] = page.evaluate("window.shifted || 0")
    assert {kind: by for kind, by in shifted.items() if by >= 0.02} == {}


def test_the_charts_are_lists_on_a_phone_and_their_links_open(page: Page, base_url: str) -> None:
    for part in ("pathway-key/", "pathway-key/bullous-disease/"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(base_url + part)
        boxes = page.locator("svg.flow a")
        targets = boxes.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert len(targets) > 5
        missing = page.evaluate("targets => targets.filter(t => !document.getElementById(t.slice(1)))", targets)
        assert missing == []
        boxes.nth(3).click()
        assert "#" in page.url
        page.set_viewport_size({"width": 390, "height": 844})
        expect(page.locator("svg.flow").first).to_be_hidden()
        expect(page.get_by_text("The drawing needs a wider screen").first).to_be_visible()


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


@pytest.mark.slow
def test_no_chart_is_cut_on_a_screen_of_1280_pixels(page: Page, base_url: str, guideline: Guideline) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    for name in ("", *(f"{part.id}/" for part in walk(guideline.pathway, guideline.about.own).parts)):
        page.goto(f"{base_url}pathway-key/{name}")
        cut = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).length"
        assert page.locator(".scroll:has(> .flow)").evaluate_all(cut) == 0, name


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
