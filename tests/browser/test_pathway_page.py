"""The pathway in Chromium, on the page of the real site: step by step, on a phone, on paper and without a script."""

import re

import pytest
from conftest import Held
from playwright.sync_api import Page, expect
from test_browser import KINDS, NewContext

from generator.facts.steps import pathway_of
from generator.facts.walk import walk
from generator.guideline import Guideline
from generator.pathway import Action, Checklist, Question


@pytest.fixture
def page(same_page: Page) -> Page:
    return same_page


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
    """At each question the first answer that leads on, at each checklist what is done: place, checks, dose, card."""
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
        for item in node.items if isinstance(node, Checklist) and not any(each.leads for each in node.items) else ():
            if "vaccine" not in item.label:
                stepper.get_by_label(item.label, exact=True).check()
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
    assert stepper.inner_text() == re.sub(r"(?:Ticked: .*\n)?Not ticked: .*\n", unknown, here)
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


def test_what_was_left_open_in_the_work_up_is_not_known_before_the_infusion(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    """A tired reader goes on with nothing ticked: then the next list has what is not known ticked, and says why."""
    work_up, listed = (guideline.pathway.nodes[name] for name in ("work-up", "before-infusion"))
    assert isinstance(work_up, Checklist)
    assert isinstance(listed, Checklist)
    unknown = next(item for item in listed.items if item.leads == "not-tested")
    assert len(unknown.unless) == 3
    address = base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)['work-up']}"
    stepper = page.locator("#stepper")
    page.set_viewport_size({"width": 390, "height": 844})
    for left in ([], unknown.unless[1:2], unknown.unless):
        page.goto(base_url)
        page.goto(address)
        for item in work_up.items:
            if item.label not in left:
                stepper.get_by_label(item.label, exact=True).check()
        stepper.locator(".choices button").click()
        expect(stepper.locator("p.question")).to_have_text(listed.label)
        said = ["left open in the list before"] if left else []
        assert stepper.locator(".expected").all_inner_texts() == said
        for box in stepper.locator(".expected").all():
            found = box.bounding_box()
            assert found is not None
            assert found["width"] > 250, "on a line of its own, not below the box"
        expect(stepper.get_by_label(unknown.label, exact=True)).to_be_checked(checked=bool(left))
    stepper.locator(".choices button").click()
    expect(stepper.locator("p.question")).to_have_text(guideline.pathway.nodes["not-tested"].label)
    page.reload()  # then nothing is known of it any more
    expect(stepper).to_contain_text("What was ticked is not known: an address does not keep it.")
    stepper.get_by_role("button", name="Back").click()
    expect(stepper.get_by_label(unknown.label, exact=True)).to_be_checked()


def test_a_tick_is_there_again_after_back_and_each_stop_is_answered_before_the_dose(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    """One agreement is for one stop: the next that was ticked leads on, and none is lost by the way back."""
    listed = guideline.pathway.nodes["before-infusion"]
    assert isinstance(listed, Checklist)
    label = {item.leads: item.label for item in listed.items}
    agreed = next(item.label for item in listed.items if "list-again" in item.after)
    page.goto(base_url)
    page.goto(base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)['work-up']}")
    stepper = page.locator("#stepper")
    stepper.locator(".choices button").click()
    for stop in ("stop-thrombosis", "stop-kidney"):
        stepper.get_by_label(label[stop], exact=True).check()
    stepper.get_by_role("button", name="Go on").click()
    for back in (lambda: stepper.get_by_role("button", name="Back").click(), page.go_back):
        back()
        for stop in ("stop-thrombosis", "stop-kidney", "not-tested"):
            expect(stepper.get_by_label(label[stop], exact=True)).to_be_checked()
        stepper.get_by_role("button", name="Go on").click()
    for stop, left in (("stop-thrombosis", ["stop-kidney", "not-tested"]), ("stop-kidney", ["not-tested"])):
        expect(stepper.locator("p.question")).to_have_text(guideline.pathway.nodes[stop].label)
        for tap in ("Once a specialist, told of this, agrees", "A specialist, told of this, has agreed", "Back to: "):
            stepper.locator(".choices").get_by_role("button", name=tap).click()
        expect(stepper.locator("p.question")).to_have_text(listed.label)
        boxes = [*(label[name] for name in left), agreed, "Blood group not O, or not known"]
        assert [box.get_attribute("id") for box in stepper.locator(".check input:checked").all()] == [
            stepper.get_by_label(each, exact=True).get_attribute("id") for each in boxes
        ]
        stepper.get_by_role("button", name="Go on").click()
    expect(stepper.locator("p.question")).to_have_text(guideline.pathway.nodes["not-tested"].label)


def test_a_list_that_was_corrected_is_asked_for_in_all_that_follows(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    """A kidney remembered after an agreement, a result that was not known after all, a tick that was not sent, and
    what was ticked beside a result that is waited for: each is there again; a new patient begins with nothing."""
    work_up, listed = (guideline.pathway.nodes[name] for name in ("work-up", "before-infusion"))
    assert isinstance(work_up, Checklist)
    assert isinstance(listed, Checklist)
    label = {item.leads: item.label for item in listed.items}
    stepper = page.locator("#stepper")
    named = "A specialist, told of this, has agreed"

    def tap(*names: str) -> None:
        for name in names:
            stepper.locator(".choices").get_by_role("button", name=name).click()

    def ticked(*labels: str) -> None:
        expect(stepper.locator("p.question")).to_have_text(listed.label)
        found = [box.get_attribute("id") for box in stepper.locator(".check input:checked").all()]
        assert found == [stepper.get_by_label(each, exact=True).get_attribute("id") for each in labels]

    agreed = next(item.label for item in listed.items if "list-again" in item.after)
    page.goto(base_url)
    page.goto(base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)['work-up']}")
    for item in work_up.items:
        stepper.get_by_label(item.label, exact=True).check()
    stepper.locator(".choices button").click()
    first = page.url
    stepper.get_by_label(label["stop-thrombosis"], exact=True).check()
    page.go_back()  # not sent
    page.go_forward()
    ticked(label["stop-thrombosis"])
    tap("Go on", "Once a specialist, told of this, agrees", named, "Back to: ", "Go on")
    page.goto(first)
    stepper.get_by_label(label["stop-kidney"], exact=True).check()
    tap("Go on", "Once a specialist, told of this, agrees", named, "Back to: ")
    ticked(label["stop-kidney"], agreed)
    expect(stepper.locator(".expected").first).to_have_text("answered on this way")
    page.goto(first)
    stepper.get_by_role("button", name="Back").click()
    stepper.get_by_label(work_up.items[0].label, exact=True).uncheck()
    stepper.locator(".choices button").click()
    ticked(label["stop-thrombosis"], label["stop-kidney"], label["not-tested"])
    for stop in ("stop-thrombosis", "stop-kidney"):
        stepper.get_by_label(label[stop], exact=True).uncheck()
    stepper.get_by_label(label["iga-deficiency"], exact=True).check()
    tap("Go on", "It waits: get the result, check again", "Back to: ")
    for item in work_up.items:
        stepper.get_by_label(item.label, exact=True).check()
    stepper.locator(".choices button").click()
    ticked(label["iga-deficiency"])
    stepper.get_by_role("button", name="Start again").click()
    expect(stepper.locator("p.question")).to_have_text(guideline.pathway.nodes[guideline.pathway.start].label)
    page.goto(first)
    ticked(label["not-tested"], "Blood group not O, or not known")


def test_what_a_specialist_agreed_to_on_the_way_is_ticked_and_a_result_is_asked_for_anew(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    """In SJS/TEN nobody comes to the checks without a specialist; who waits for a result comes back to the work-up."""
    nodes = guideline.pathway.nodes
    gate, work_up, listed = (nodes[name] for name in ("toxic-epidermal-necrolysis", "work-up", "before-infusion"))
    assert isinstance(gate, Question)
    assert isinstance(listed, Checklist)
    assert all("specialist" in answer for answer, target in gate.answers.items() if target == "work-up")
    (agreed,) = (item for item in listed.items if "list-again" in item.after)
    page.goto(base_url)
    page.goto(base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)['toxic-epidermal-necrolysis']}")
    stepper = page.locator("#stepper")
    for tap in ("Kidney impaired/unknown, specialist: yes", "Go on to: "):
        stepper.locator(".choices").get_by_role("button", name=tap).click()
    expect(stepper.get_by_label(agreed.label, exact=True)).to_be_checked()
    assert "on this way: Kidney impaired/unknown, specialist: yes" in stepper.locator(".expected").all_inner_texts()
    for tap in ("Go on", "It waits: get the result, check again", "Back to: "):
        stepper.locator(".choices").get_by_role("button", name=tap).click()
    expect(stepper.locator("p.question")).to_have_text(work_up.label)
    pregnant = next(item for item in listed.items if "No alternative suits, say in pregnancy" in item.after)
    page.goto(base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)['pemphigus-vulgaris']}")
    for tap in ("No alternative suits, say in pregnancy", "Go on to: "):
        stepper.locator(".choices").get_by_role("button", name=tap).click()
    expect(stepper.get_by_label(pregnant.label, exact=True)).to_be_checked()


def test_who_is_treated_in_spite_of_a_stop_reads_its_precautions_first(
    page: Page, base_url: str, guideline: Guideline
) -> None:
    """From the stop through a specialist back to the list, where what was agreed to leads; what was ticked is kept."""
    items = guideline.pathway.nodes["before-infusion"].items
    page.goto(base_url)
    page.goto(base_url + KINDS["pathway"] + f"#way={way_to_each_step(guideline)['work-up']}")
    stepper = page.locator("#stepper")
    for box in stepper.locator(".check input").all():
        box.check()
    stepper.locator(".choices button").click()
    for ticked in ("stop-thrombosis", "precautions"):
        box = stepper.get_by_label(next(item.label for item in items if item.leads == ticked), exact=True)
        expect(box).to_be_checked(checked=ticked == "precautions")  # it is, after the agreement that was said
        box.check()
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


@pytest.mark.slow
def test_no_chart_is_cut_on_a_screen_of_1280_pixels(page: Page, base_url: str, guideline: Guideline) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    for name in ("", *(f"{part.id}/" for part in walk(guideline.pathway, guideline.about.own).parts)):
        page.goto(f"{base_url}pathway-key/{name}")
        cut = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).length"
        assert page.locator(".scroll:has(> .flow)").evaluate_all(cut) == 0, name
