"""What the scripts do, on pages made of the golden files of tests/show: in Chromium, without building a site."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import markdown
import pytest
from cases import TESTS
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypdf import PdfReader

from generator.cli import PROJECT
from generator.render.site.bundles import render_scripts

EXPECTED = TESTS / "show/expected"
ORIGIN = "http://localhost/"
PAGES = ("a-z", "doses", "evidence", "pathway", "practice/giving", "references/index")
PAGES += ("indications/crackle", "indications/index")
SCRIPT = "".join(f'<script src="/{name}.js"></script>' for name in ("calculator", "pathway", "guideline"))


def as_html(name: str) -> str:
    """Return a golden page as the site shows it, without the frame of its theme."""
    text = (EXPECTED / f"{name}.md").read_text("utf-8").split("---\n", 2)[2]
    body = markdown.markdown(text, extensions=["attr_list", "md_in_html", "tables", "toc"])
    return f"<!doctype html><html lang='en'><title>{name}</title><body>{body}{SCRIPT}</body></html>"


@pytest.fixture(scope="session")
def base_url() -> str:
    """An address that every request of these tests is answered for here: no server, no built site."""
    return ORIGIN


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The same, if other tests of this process have had theirs made for the built site before."""
    return {**browser_context_args, "base_url": ORIGIN}


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    files = {f"{name}.html": as_html(name) for name in PAGES}
    files |= {path.name: script.decode() for path, script in render_scripts().items()}
    config = '<script id="__config" type="application/json">{"base": "."}</script><script src="/offline.js"></script>'
    files["practice/dosing.md"] = "<p>The address of a page before its site is built.</p>"
    files["offline.html"] = (
        f"<!doctype html><html lang='en'><title>t</title><body><div class='md-copyright'></div>{config}</body></html>"
    )
    return files


def opened(browser: Browser, options: dict[str, Any], files: dict[str, str]) -> BrowserContext:
    """Return a context in which every request is answered from these files."""

    def answer(route: Route) -> None:
        name = re.sub(r"[?#].*", "", route.request.url).removeprefix(ORIGIN)
        kind = "text/javascript" if name.endswith(".js") else "text/html"
        if name in files:
            route.fulfill(body=files[name], content_type=f"{kind}; charset=utf-8")
        else:
            route.fulfill(status=404, body="")

    context = browser.new_context(**options)
    context.route("**/*", answer)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=ORIGIN)
    return context


@pytest.fixture(scope="module")
def shared(browser: Browser, browser_context_args: dict[str, Any], files: dict[str, str]) -> Iterator[Page]:
    """One page for all tests: what is opened in a context for the second time is there much sooner."""
    context = opened(browser, browser_context_args, files)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(shared: Page) -> Page:
    """That page as if it were new: nothing of it is stored."""
    shared.unroute_all()
    shared.goto("about:blank")
    shared.set_viewport_size({"width": 1280, "height": 720})
    return shared


@pytest.fixture
def other_day(browser: Browser, browser_context_args: dict[str, Any], files: dict[str, str]) -> Iterator[Page]:
    """A page whose clock may be set: it stays set for all pages of a context."""
    context = opened(browser, browser_context_args, files)
    yield context.new_page()
    context.close()


# The calculator: what is typed and what it says of a regimen. The generator is held to the same table (test_doses.py).
CASES = json.loads((TESTS / "doses.json").read_text("utf-8"))
PERIODS = {"loading-dose": "as loading dose"}
FACTORS = {"g/kg": "1", "mg/kg": "0.001"}

COMPUTE = """cases => cases.map(([fields, weight, volumes]) => {
  const regimen = document.querySelector('.regimen');
  const names = ['amount', 'unit', 'factor', 'period', 'days', 'unstated'];
  for (const name of names) regimen.dataset[name] = fields[name] || '';
  if (fields.per === 'day') regimen.dataset.daily = fields.every ? `every ${fields.every}` : '';
  else delete regimen.dataset.daily;
  document.getElementById('disease').value = 'all';
  document.getElementById('volumes').checked = volumes;
  document.getElementById('weight').value = weight;
  document.getElementById('weight-form').requestSubmit();
  const lines = [...regimen.querySelectorAll('.grams span')].map(line => line.textContent.replaceAll('\u00a0', ' '));
  return [document.getElementById('weight-error').textContent, lines];
})"""


def of_case(case: dict[str, Any]) -> list[Any]:
    per = case["dose"]["per"]
    factor = FACTORS[case["dose"]["unit"]]
    return [
        {
            **case["dose"],
            "factor": factor,
            "period": PERIODS.get(per, f"per {per}"),
            "unstated": case.get("unstated", ""),
        },
        case["typed"],
        case["volumes"],
    ]


def test_the_calculator_says_the_grams(page: Page) -> None:
    page.goto("doses.html")
    found = page.evaluate(COMPUTE, [of_case(case) for case in CASES["grams"]])
    assert found == [["", case["says"]] for case in CASES["grams"]]
    lines = page.locator(".regimen .grams span").first.text_content()
    assert lines is not None
    assert re.search(r"\d g per|\d kg", lines) is None, "a number stays on the line of its unit"


def test_the_calculator_refuses_what_is_no_weight(page: Page) -> None:
    page.goto("doses.html")
    good = of_case(CASES["grams"][0])
    for typed, error in CASES["refused"]:
        (_, before), (said, lines) = page.evaluate(COMPUTE, [good, [good[0], typed, False]])
        assert said == error, typed
        assert (before, lines) == (CASES["grams"][0]["says"], [])  # those of the weight before are gone
        assert page.locator("#weight").get_attribute("aria-invalid") == "true"
        expect(page.locator("#print-doses")).to_be_hidden()


def test_a_checklist_of_alarms_is_read_before_its_button(page: Page) -> None:
    """The boxes first, then what is to be read, then the button that goes on; and the button sends the boxes."""
    page.goto("pathway.html")
    page.evaluate("""() => {
      document.querySelectorAll('noscript').forEach(each => { each.outerHTML = each.textContent; });
      const node = [...document.querySelectorAll('.node')].find(each => each.querySelector('.items a.way'));
      const told = '<div class="told" data-record="x">To be read</div>';
      node.querySelector('.items').insertAdjacentHTML('beforebegin', told);
      const first = document.querySelector('.sections .node');
      if (node !== first) first.before(node);
    }""")
    page.add_script_tag(url="/pathway.js")
    parts = page.locator("#stepper :is(.current, .current > .after) > :is(form, .told, .choices)")
    kinds = parts.evaluate_all("all => all.map(each => each.className.split(' ')[0])")
    assert kinds[0] == "checklist"
    assert kinds[-1] == "choices"
    assert "told" in kinds
    page.locator("#stepper form input").first.check()
    before = page.locator("#stepper .question").inner_text()
    page.locator("#stepper .choices button").click()
    expect(page.locator("#stepper .question")).not_to_have_text(before)


def test_what_is_expected_in_a_disease_is_ticked_on_its_way_until_it_is_taken_off(page: Page) -> None:
    """On the way of another disease it is not; the word and its claim stand beside the box that is ticked."""
    item = page.locator("#stepper .check").filter(has_text="A heart that is not strong")
    for glimmer in (True, False):
        page.goto("pathway.html")
        for choice in ("Glimmer", "given all the same") if glimmer else ("Crackle", "Go on to: Heart"):
            page.locator("#stepper .choices button").filter(has_text=choice).click()
        expect(page.locator("#stepper input:checked")).to_have_count(int(glimmer))
        expect(item.locator(".expected")).to_have_count(int(glimmer))
    page.goto("pathway.html")
    for choice in ("Glimmer", "given all the same"):
        page.locator("#stepper .choices button").filter(has_text=choice).click()
    expect(item.get_by_role("checkbox")).to_be_checked()
    expect(item.locator(".expected")).to_have_text(re.compile("expected in Glimmer: Response, Archer 2014.*PMID.111"))
    button = page.locator("#stepper .choices button")
    expect(button).to_have_text("Go on")
    item.get_by_role("checkbox").uncheck()
    expect(button).to_have_text("None of these")
    item.get_by_role("checkbox").check()
    button.click()
    expect(page.locator("#stepper .question")).to_have_text("Watch the heart")


CRACKLE = "doses--indications--crackle"


def test_one_disease_is_chosen_by_field_list_or_address(page: Page) -> None:
    page.goto("doses.html")
    shown = page.locator(".topic-doses:visible")
    expect(shown).to_have_count(0)
    page.get_by_role("button", name="Compute").click()
    expect(page.locator("#weight-error")).to_have_text("Choose a disease first.")
    page.locator("#disease").select_option("Crackle")
    expect(shown).to_have_count(1)
    assert page.url.endswith(f"#{CRACKLE}")
    page.locator("#disease").select_option("all")
    expect(shown).to_have_count(page.locator(".topic-doses").count())
    page.locator("#disease").select_option("")
    expect(shown).to_have_count(0)
    page.locator(".topics a").first.click()
    expect(shown.locator("h2")).to_have_text("Crackle")
    page.goto("evidence.html")
    page.goto(f"doses.html#{CRACKLE}")
    expect(page.locator("#disease")).to_have_value(CRACKLE)
    expect(shown).to_have_count(1)


@pytest.mark.parametrize(
    ("weight", "pounds", "heavy", "child"),
    [
        ("34.9", False, False, True),
        ("35", False, False, False),
        ("99", False, False, False),
        ("100", False, True, False),
        ("129", False, True, False),
        ("130", True, True, False),
    ],
)
def test_a_weight_is_asked_about(weight: str, pounds: bool, heavy: bool, child: bool, page: Page) -> None:
    """Whether it is pounds, and what the profile asks of great and small weights, of no regimen for these patients."""
    page.goto(f"doses.html#{CRACKLE}")
    notes = page.locator(".weight-note:visible")
    expect(notes).to_have_count(0)
    page.locator("#weight").fill(weight)
    page.keyboard.press("Enter")
    own = page.locator(".regimen:visible")
    for_adults = own.count() - own.filter(has_text="A child with").count()
    expect(notes).to_have_count(pounds + heavy + child * for_adults)
    if pounds:
        expect(notes.first).to_have_text("From 130 kg: Is that pounds? 130 lb are 59 kg.")


def test_a_result_is_scrolled_to_with_what_it_asks_of_the_weight(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 400})
    page.goto("doses.html")
    page.locator("#disease").select_option(index=1)
    page.locator("#weight").fill("160")
    page.get_by_role("button", name="Compute").click()
    result = page.locator("#weight-result")
    box = result.bounding_box()
    assert box is not None
    assert -1 < box["y"] < 60
    expect(result).to_be_focused()
    expect(result.locator(".weight-note:visible").first).to_be_in_viewport()


def test_a_result_begins_with_the_grams_of_the_disease(page: Page) -> None:
    """Each with role, passages and what it asks of the weight, and leads to its regimen; none for all diseases.

    A regimen without grams by weight stands there too, with that none are computed.
    """
    page.goto(f"doses.html#{CRACKLE}")
    page.locator("#weight").fill("20")
    page.keyboard.press("Enter")
    result = page.locator("#weight-result")
    lines = result.locator("li")
    regimens = page.locator(".regimen:visible")
    expect(lines).to_have_count(regimens.count())
    uncomputed = 0
    for line, regimen in zip(lines.all(), regimens.all(), strict=True):
        link = line.locator("a").first
        spans = regimen.locator(".grams span").all_text_contents()
        link_text = "; ".join(spans)
        if not spans:
            name = regimen.locator(".regimen-name > strong").inner_text()
            link_text = f"{name}. Not computed: the source gives no plain amount by body weight."
            uncomputed += 1
        assert link.text_content() == link_text
        assert link.get_attribute("href") == f"#{regimen.get_attribute('id')}"
        for part in (".role", ".population", ".passage", ".says"):
            assert line.locator(part).all_text_contents() == regimen.locator(part).all_text_contents()
        assert line.locator(".mark").all_text_contents() == regimen.locator(".sources .mark").all_text_contents()
        assert line.locator(".asked").all_text_contents() == regimen.locator(".weight-note:visible").all_text_contents()
    assert uncomputed > 0
    assert result.locator(".asked").count() > 0
    lines.last.locator("a").first.click()
    expect(regimens.last).to_be_in_viewport()
    expect(lines).to_have_count(regimens.count())
    page.locator("#disease").select_option("all")
    expect(lines).to_have_count(0)
    expect(result).to_contain_text("All diseases, 20")


def test_what_sources_lean_against_stands_before_the_grams(page: Page) -> None:
    page.goto(f"doses.html#{CRACKLE}")
    page.evaluate("document.querySelector('.topic-doses:not([hidden]) p').classList.add('against')")
    told = page.locator(".topic-doses:visible p.against").text_content()
    page.locator("#weight").fill("70")
    page.keyboard.press("Enter")
    first = page.locator("#weight-result .result-grams > *").first
    expect(first).to_have_class("against")
    assert first.text_content() == told


def test_a_result_names_disease_weight_and_day_of_printing(other_day: Page) -> None:
    page = other_day
    page.clock.set_fixed_time("2031-02-03T12:00:00")
    page.goto(f"doses.html#{CRACKLE}")
    page.evaluate("() => { window.print = () => window.dispatchEvent(new Event('beforeprint')); }")
    page.locator("#weight").fill("80 kg")
    page.get_by_role("button", name="Compute").click()
    result = page.locator("#weight-result .result-line")
    expect(result).to_have_text("Crackle, 80 kg. Multiplication of cited regimens; not advice.")
    page.get_by_role("button", name="Print this result").click()
    expect(result).to_contain_text("not advice. Printed on 2031-02-03.")


def test_paper_has_every_disease_if_none_was_chosen(page: Page) -> None:
    page.goto("doses.html")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".topic-doses:visible")).to_have_count(page.locator(".topic-doses").count())
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".topic-doses:visible")).to_have_count(0)


def test_a_table_is_filtered_by_all_that_is_chosen(page: Page) -> None:
    """Every pair of a design and a year, with and without words."""
    page.goto("references/index.html")
    cells, options, found = page.evaluate("""() => {
      const form = document.querySelector('form.filters'), selects = [...form.querySelectorAll('select')];
      const rows = [...document.querySelectorAll('.filterable tbody tr')], found = [];
      const options = selects.map(select => [...select.options].map(option => option.value));
      for (const design of options[0]) for (const year of options[1]) for (const words of ['', 'pmid  ABEL']) {
        selects[0].value = design; selects[1].value = year; form.querySelector('input').value = words;
        form.dispatchEvent(new Event('input'));
        const count = document.querySelector('.count').textContent;
        found.push([[design, year, words], rows.map(row => !row.hidden), count]);
      }
      return [rows.map(row => [...row.cells].map(cell => cell.textContent)), options, found];
    }""")
    assert options[0] == ["", *sorted({row[3] for row in cells})]
    assert options[1] == ["", *sorted({row[1] for row in cells})]
    for (design, year, words), shown, count in found:
        fits = [
            design in ("", row[3])
            and year in ("", row[1])
            and all(word in "".join(row).lower() for word in words.lower().split())
            for row in cells
        ]
        assert shown == fits, (design, year, words)
        told = f"{sum(fits)} of {len(cells)} shown" if any(fits) else f"None of {len(cells)} fits. Try "
        assert count.startswith(told)
    assert len(found) > 50


def test_one_of_several_topics_of_a_source_is_enough(page: Page) -> None:
    page.goto("references/index.html")
    topic = page.locator("form.filters select").nth(2)
    options = topic.locator("option").all_inner_texts()
    assert not any(";" in option for option in options)
    rows = page.locator(".filterable tbody tr")
    for option in options[1:]:
        topic.select_option(option)
        wanted = rows.evaluate_all(
            "(rows, topic) => rows.filter(r => r.cells[4].textContent.split('; ').includes(topic)).length", option
        )
        assert rows.and_(page.locator(":not([hidden])")).count() == wanted > 0


def test_a_card_shows_the_source_and_opens_the_passage(page: Page) -> None:
    page.goto("indications/crackle.html")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    card = page.locator("#citation-card")
    for chip in page.locator(".claim[id] a.number").all()[:4]:
        chip.click()
        expect(card).to_have_count(1)  # the one before is closed
        expect(chip).to_have_attribute("aria-expanded", "true")
        source = page.locator(f"[id='{(chip.get_attribute('href') or '')[1:]}']")
        assert (source.text_content() or "").strip() in (card.text_content() or "")
        assert card.locator("a.passage").last.get_attribute("href") == chip.get_attribute("data-passage")
        assert "pubmed.ncbi.nlm.nih.gov" in (chip.get_attribute("data-passage") or "")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator("a.number[aria-expanded=true]")).to_have_count(0)


def standing_of(page: Page) -> str:
    """Return what a page says of its standing on one line, without the links that lead elsewhere."""
    told = page.locator(".standing").first.evaluate(
        "each => { const own = each.cloneNode(true); own.querySelector('.leads')?.remove(); return own.textContent; }"
    )
    return " ".join(told.split())


def test_a_copied_claim_has_its_citation_address_version_and_standing(page: Page) -> None:
    page.goto("indications/crackle.html")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    claim = page.locator("#response")
    claim.locator(".copy").click()
    expect(claim.locator(".copy")).to_have_text("Copied")
    quotation = claim.get_attribute("data-quotation")
    standing = standing_of(page)
    assert "Version" in standing
    assert "Expires" in standing
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{quotation} {ORIGIN}indications/crackle.html#response ({standing})"


def test_a_link_into_a_closed_table_opens_it(page: Page) -> None:
    page.goto("evidence.html")
    name = page.locator("details.map-table span[id]").first.get_attribute("id")
    expect(page.locator("details.map-table")).not_to_have_attribute("open", "")
    page.goto(f"evidence.html#{name}")
    expect(page.locator("details.map-table")).to_have_attribute("open", "")


def test_a_link_to_a_folded_part_opens_it(page: Page) -> None:
    page.goto("a-z.html")
    expect(page.locator("details.fold[open]")).to_have_count(0)
    page.goto("a-z.html#letter--2")
    expect(page.locator("details[open] #letter--2")).to_be_visible()
    expect(page.locator("details.fold[open]")).to_have_count(1)


def test_a_link_into_what_is_folded_twice_opens_both(page: Page) -> None:
    page.goto("a-z.html")
    page.evaluate("""() => {
      const [outer, inner] = document.querySelectorAll("details.fold");
      outer.append(inner);
      inner.lastElementChild.id = "deep";
      location.hash = "deep";
    }""")
    expect(page.locator("#deep")).to_be_visible()
    expect(page.locator("details.fold[open]")).to_have_count(2)


def test_a_filter_opens_what_is_folded_where_it_finds_something(page: Page) -> None:
    page.goto("references/index.html")
    folds, words = page.locator(".filterable .fold"), page.get_by_label("Contains")
    years = folds.locator("summary").all_text_contents()
    assert len(years) > 2
    expect(page.locator(".filterable .fold[open]")).to_have_count(0)
    words.fill(years[1].partition(":")[0])
    assert folds.evaluate_all("all => all.map(each => each.open)") == [each == years[1] for each in years]
    assert folds.evaluate_all("all => all.map(each => each.hidden)") == [each != years[1] for each in years]
    words.fill("nothing like this")
    expect(page.locator(".count")).to_contain_text("Try fewer words")
    words.fill("")
    assert not any(folds.evaluate_all("all => all.map(each => each.open || each.hidden)"))


def test_a_section_is_built_only_if_it_is_reached_and_all_are_if_the_script_does_not_come(page: Page) -> None:
    page.goto("pathway.html#way=0.place")
    assert page.locator(".node").evaluate_all("all => all.map(each => each.id)") == ["node--disease", "node--place"]
    steps = page.evaluate(STEPS)
    page.route("**/pathway.js", lambda route: route.abort())
    page.goto("evidence.html")
    page.goto("pathway.html")
    assert page.locator(".node").evaluate_all("all => all.map(each => each.id.slice(6))") == [*steps]
    expect(page.locator(".node").last).to_be_visible()


@pytest.mark.parametrize(("asked", "reached"), [("", ""), ("#beat", "#pulse"), ("#pulse", "#pulse"), ("#x", "")])
def test_a_former_address_leads_to_what_was_asked_for(asked: str, reached: str, page: Page) -> None:
    page.goto(f"practice/giving.html{asked}", wait_until="commit")
    page.wait_for_url(f"{ORIGIN}practice/dosing.md{reached}")


STEPS = """() => Object.fromEntries([...new DOMParser().parseFromString(
  document.documentElement.outerHTML, 'text/html').querySelectorAll('.sections .node')].map(step => [step.id.slice(6), {
  label: step.querySelector('.node-label').textContent.trim(), kind: step.dataset.kind,
  urgent: step.classList.contains('urgent'), tells: step.dataset.tells.split(' ').filter(Boolean),
  claims: step.querySelectorAll(':scope > .claim').length, says: step.querySelectorAll(':scope > .told').length,
  items: [...step.querySelectorAll('.items .item')].map(item => item.textContent),
  ways: [...step.querySelectorAll('a.way')].map(a => ({
    text: a.textContent, to: a.hash.replace('#node--', ''),
    answer: a.classList.contains('on') ? '' : a.textContent, item: a.classList.contains('item'),
    unknown: 'unknown' in a.dataset,
  })),
}]))"""


def test_every_way_through_the_pathway_is_led_and_told(page: Page) -> None:
    """Question, what it says, items to tick, answers and trail at each step; card or alarm at the end; all on paper."""
    page.goto("pathway.html")
    steps = page.evaluate(STEPS)
    stepper = page.locator("#stepper")
    expect(page.locator(".sections")).to_be_hidden()
    waiting = [[(next(iter(steps)), None)]]
    ends = 0
    while waiting:
        way = waiting.pop()
        address = "/".join(f"{choice}.{name}" for name, choice in way[1:])
        page.evaluate("hash => { location.hash = hash; }", f"#way={address}")
        step = steps[way[-1][0]]
        expect(stepper.locator("p.question")).to_have_text(step["label"])
        assert stepper.locator(".check label").all_inner_texts() == step["items"]
        is_known = "unclear" not in {name for name, _ in way}  # Glimmer has no dose
        gap = any(each["unknown"] for each in step["ways"]) and not is_known  # which closes the other way
        ways = [(n, each) for n, each in enumerate(step["ways"]) if each["unknown"] == gap]
        choices = [each["text"] for _, each in ways if not each["item"]]
        expected = step["label"] == "Heart and hiccups?" and not is_known  # an item that is ticked for Glimmer
        assert stepper.locator("input:checked").count() == expected
        choices = ["Go on"] if expected else choices
        assert stepper.locator(".choices button").all_inner_texts() == choices
        assert stepper.locator(".current > .claim, .current > .after > .claim").count() == step["claims"]
        assert stepper.locator(".current > .told, .current > .after > .told").count() == step["says"] + len(
            step["tells"]
        )
        assert stepper.get_by_text("Here the path ends.").count() == (step["kind"] == "outcome")
        assert stepper.locator(".way-card").count() == (step["kind"] == "outcome" and not step["urgent"])
        assert stepper.get_by_text(re.compile("^Stop: an? ")).count() == step["urgent"]
        answers = [steps[name]["ways"][choice]["answer"] for (name, _), (_, choice) in pairwise(way)]
        told = [
            (label := steps[name]["label"]) + (f"{' ' if label[-1] == '?' else ': '}{answer}" if answer else "")
            for (name, _), answer in zip(way, answers, strict=False)
        ]
        assert stepper.locator(".trail li").all_text_contents() == told
        back = stepper.locator(".trail a").evaluate_all("links => links.map(link => link.hash)")
        assert back == ["#way=" + "/".join(f"{c}.{n}" for n, c in way[1 : k + 1]) for k in range(len(way) - 1)]
        if step["kind"] == "outcome":
            ends += 1
            page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
            assert stepper.locator(".printed-way li").all_text_contents() == told
            assert stepper.locator(".printed-way > p").all_text_contents() == [page.url]
            page.evaluate("window.dispatchEvent(new Event('afterprint'))")
            expect(stepper.locator(".printed-way")).to_have_count(0)
        if len({name for name, _ in way}) == len(way):  # once round a circle is enough
            waiting += [[*way, (each["to"], n)] for n, each in ways]
    assert ends > 8


def test_the_first_ticked_item_that_leads_somewhere_leads_there(page: Page) -> None:
    page.goto("pathway.html#way=0.place/0.heart")
    stepper = page.locator("#stepper")
    go_on = stepper.locator(".choices button")
    expect(go_on).to_have_text("None of these")
    stepper.get_by_role("checkbox", name="A glass of water drunk").check()  # which leads nowhere
    expect(go_on).to_have_text("None of these")
    stepper.get_by_role("checkbox", name="A heart that is not strong").check()
    stepper.get_by_role("checkbox", name="Heart failure now").check()
    expect(go_on).to_have_text("Go on")
    go_on.click()
    expect(stepper.locator("p.question")).to_have_text("The heart fails")
    assert page.url.endswith("#way=0.place/0.heart/0.stop-now")


def test_where_the_dose_is_not_known_only_the_way_to_a_specialist_is_open_and_elsewhere_closed(page: Page) -> None:
    stepper = page.locator("#stepper")
    choices = stepper.locator(".choices button")
    page.goto("pathway.html#way=1.unclear/0.heart/3.regimen")
    assert choices.all_inner_texts() == ["Dose not known"]
    page.goto("pathway.html#way=1.unclear/0.heart/3.regimen/1.judge")  # an address does not lead past it
    expect(stepper.locator("p.question")).to_have_text("Give it in cycles")
    choices.first.click()
    expect(stepper.locator("p.question")).to_have_text("No cited evidence: specialist decision")
    page.goto("pathway.html#way=0.place/0.heart/3.regimen")
    assert choices.all_inner_texts() == ["Go on to: Calm?"]
    page.goto("pathway.html#way=0.place/0.heart/3.regimen/0.no-evidence")  # an address that was altered
    expect(stepper.locator("p.question")).to_have_text("Give it in cycles")


@pytest.mark.parametrize(
    ("ticked", "first"),
    [("Earlier hiccups", "adverse-events/hiccups"), ("A heart that is not strong", "indications/crackle")],
)
def test_what_belongs_to_the_ticked_item_is_said_first(ticked: str, first: str, page: Page) -> None:
    page.goto("pathway.html#way=0.place/0.heart")
    stepper = page.locator("#stepper")
    stepper.get_by_role("checkbox", name=ticked).check()
    stepper.locator(".choices button").first.click()
    expect(stepper.locator("p.question")).to_have_text("Watch the heart")
    told = stepper.locator(".current > .told, .current > .after > .told")
    assert told.count() == 2
    expect(told.first).to_have_attribute("data-record", first)


def test_the_card_has_the_dose_only_if_the_way_told_it(page: Page) -> None:
    stepper = page.locator("#stepper")
    told = stepper.locator(".way-card > .told")

    def questions() -> list[str | None]:
        return [each.get_attribute("data-question") for each in told.all()]

    page.goto("pathway.html#way=0.place/0.heart/3.regimen/1.judge/0.stop")
    assert questions() == ["place", "effect", "dose"]
    card = stepper.locator(".way-card")
    for words in (
        "Crackle",
        "Unreviewed. Version",
        "Expires",
        "Heart and hiccups? None of these",
        "Harms of all globulins",
        "A trial of crackle that is awaited, which cannot be cited yet.",
    ):
        expect(card).to_contain_text(words)
    expect(card.get_by_text("They begin within hours.")).to_be_visible()
    page.goto("pathway.html#way=1.unclear/0.heart/3.regimen/1.judge/0.stop")  # closed: the dose is not known
    expect(stepper.get_by_text("Not known. No dose is told of it.")).to_be_visible()
    expect(card).to_have_count(0)
    page.goto("pathway.html#way=1.unclear/1.most-unchanged")  # the dose was not told
    expect(card).to_contain_text("Glimmer")
    assert questions() == ["place", "effect"]
    expect(card).not_to_contain_text("Harms of all globulins")
    for end in ("2.no-evidence", "4.given-up"):  # where nothing is cited, and where the treatment is given up
        page.goto(f"pathway.html#way=0.place/0.heart/3.regimen/1.judge/{end}")
        assert questions() == ["place", "effect"]


def test_the_card_says_of_each_item_whether_it_was_ticked_or_leaves_it_out(page: Page) -> None:
    """Ticks are known where the buttons led; of an address that was opened it is said that they are not."""
    stepper = page.locator("#stepper")
    asked = stepper.locator(".checks li").first
    rest = "3.regimen/1.judge/0.stop"

    def tick_and_go_on(ticked: str) -> None:
        page.goto("evidence.html")
        page.goto("pathway.html#way=0.place")
        stepper.locator(".choices button").first.click()
        if ticked:
            stepper.get_by_role("checkbox", name=ticked).check()
        for _ in rest.split("/"):
            stepper.locator(".choices button").first.click()

    tick_and_go_on("A glass of water drunk")
    assert page.url.endswith(f"#way=0.place/0.heart/{rest}")
    assert asked.inner_text().splitlines() == [
        "Heart and hiccups? None of these",
        "Ticked: A glass of water drunk",
        "Not ticked: Heart failure now; Earlier hiccups; A heart that is not strong",
    ]
    tick_and_go_on("")
    expect(asked).not_to_contain_text(re.compile(r"(?<!Not )Ticked"))
    expect(asked).to_contain_text("Not ticked: Heart failure now; Earlier hiccups; A glass of water drunk; A heart")
    page.evaluate("location.hash = '#way='")
    page.evaluate(f"location.hash = '#way=0.place/0.heart/{rest}'")
    unknown = "Heart and hiccups? None of theseWhat was ticked is not known: an address does not keep it."
    expect(asked).to_have_text(unknown)
    page.reload()
    expect(asked).to_have_text(unknown)


@pytest.mark.parametrize("name", ["indications/crackle.html", "pathway.html#way=1.unclear/1.most-unchanged"])
def test_each_side_of_paper_says_edition_standing_and_address(name: str, page: Page) -> None:
    page.goto(name)
    for style in ("guideline", "pathway"):
        page.add_style_tag(content=(PROJECT / f"docs/assets/{style}.css").read_text("utf-8"))
    page.add_style_tag(content="@media print { .standing, .printed-way { display: none; } p { line-height: 4; } }")
    sides = [" ".join(side.extract_text().split()) for side in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    sides = [re.sub(r"(?<=\d)- (?=\d)", "-", side) for side in sides]  # a line may end within an iD
    standing = standing_of(page)
    assert len(sides) > 1
    for number, side in enumerate(sides, start=1):
        assert standing in side
        assert page.url in side
        assert f"{number} / {len(sides)}" in side


def test_an_urgent_end_says_the_fixed_sentence_then_what_is_cited(page: Page) -> None:
    stepper = page.locator("#stepper")
    page.goto("pathway.html#way=0.place/0.heart/0.stop-now")
    expect(stepper.locator(".alarm-line")).to_have_text("Stop: a contraindication. Do not begin here.")
    expect(stepper).to_contain_text("A paper that is rumoured")
    page.goto("pathway.html#way=0.place/0.heart/3.regimen/1.judge/3.hiccups")
    expect(stepper.locator(".alarm-line")).to_have_text("Stop: an emergency. Do not go on here.")
    expect(stepper.locator(".told")).to_contain_text("They begin within hours.")
    expect(stepper.locator(".told a.passage").first).to_be_visible()


def test_the_stepper_goes_on_back_and_to_the_start(page: Page) -> None:
    page.goto("pathway.html")
    stepper = page.locator("#stepper")
    question = stepper.locator("p.question")
    stepper.locator(".choices button").first.click()
    expect(question).to_have_text("Third in line")
    expect(question).to_be_focused()
    stepper.locator(".choices button").first.click()
    expect(question).to_have_text("Heart and hiccups?")
    stepper.get_by_role("button", name="Back").click()
    expect(question).to_have_text("Third in line")
    stepper.get_by_role("button", name="Copy its address").click()
    expect(stepper.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    stepper.get_by_role("button", name="Start again").click()
    expect(question).to_have_text("Which disease?")
    expect(stepper.get_by_role("button", name="Back")).to_have_count(0)


KEPT = {"kept": {"read": True, "print": False}, "sizes": {"read": 4.1, "print": 5.3}, "failed": False}
OLD = {"version": "1.0.0", "date": "2026-01-01", "build": "a", **KEPT}
NEW = {"version": "1.1.0", "date": "2026-02-02", "build": "b"}


@pytest.mark.parametrize(
    ("kept", "published", "said"),
    [
        (None, OLD, ""),
        (OLD, OLD, ""),
        (None, None, ""),
        (
            OLD,
            NEW,
            "A newer version is available: version 1.1.0, 2026-02-02. It is not on this device yet; "
            "until then you read version 1.0.0, 2026-01-01.",
        ),
        (OLD, None, "The site cannot be reached: you read the copy kept on this device: version 1.0.0, 2026-01-01."),
        ({**OLD, "kept": {"read": False, "print": False}}, NEW, ""),
    ],
)
def test_a_reader_is_told_which_copy_is_read(
    kept: object, published: object, said: str, page: Page, files: dict[str, str]
) -> None:
    files.pop("version.json", None)
    if published is not None:
        files["version.json"] = json.dumps(published)
    with page.expect_response("**/version.json"):
        page.goto("offline.html")
    if kept is not None:
        page.evaluate("kept => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: kept}))", kept)
    if said:
        expect(page.locator(".edition-notice")).to_contain_text(said, timeout=30_000)
    else:
        page.wait_for_timeout(300)  # until what came has been looked at
    text = page.locator(".edition-notice").text_content() or ""
    assert text.removesuffix(" Close") == said


WISHED = """state => {
  const wished = [];
  Object.defineProperty(navigator.serviceWorker, 'controller', {value: {postMessage: wish => wished.push(wish)}});
  navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: state}));
  const line = document.querySelector('.kept'), said = line.textContent;
  const button = line.querySelector('button');
  if (button) button.click();
  return [said, wished, button ? line.textContent : ''];
}"""


@pytest.mark.parametrize(
    ("kept", "failed", "said", "wished", "then"),
    [
        (
            {"read": True, "print": False},
            False,
            "Kept on this device, to read and search without a network: the site, 4.1 MB. "
            "Keep handbook and ward sheets too, 5.3 MB",
            ["keep to print"],
            "Fetching 5.3 MB",
        ),
        (
            {"read": True, "print": True},
            False,
            "Kept on this device, to read and search without a network: the site, 4.1 MB, "
            "with handbook and ward sheets, 5.3 MB.",
            [],
            "",
        ),
        (
            {"read": False, "print": False},
            True,
            "This browser saves data: of the site only what you visit is kept on this device. "
            "Not all could be kept. Keep the site, 4.1 MB",
            ["keep to read"],
            "Fetching 4.1 MB",
        ),
    ],
)
def test_the_foot_says_what_is_kept_and_asks_before_more_is(
    kept: dict[str, bool], failed: bool, said: str, wished: list[str], then: str, page: Page
) -> None:
    page.goto("offline.html")
    assert page.evaluate(WISHED, {**OLD, "kept": kept, "failed": failed}) == [said, wished, then]


# The service worker's own functions, with a cache and a network of which each answer is known.
WORKER = """async ([source, build, network, before, saving]) => {
  const through = (body, stream) => new Response(new Response(body).body.pipeThrough(stream));
  const pack = async text => new Uint8Array(await through(text, new CompressionStream('gzip')).arrayBuffer());
  const unpack = async bytes => bytes.length ? through(bytes, new DecompressionStream('gzip')).text() : '';
  const kept = new Map();
  for (const [key, text] of Object.entries(before)) kept.set(key, await pack(text));
  const url = request => typeof request === 'string' ? request : request.url || request.href;
  const store = {
    match: async key => kept.has(url(key)) ? new Response(kept.get(url(key))) : undefined,
    put: async (key, answer) => { kept.set(url(key), new Uint8Array(await answer.arrayBuffer())); },
    keys: async () => [...kept.keys()].map(key => ({url: key})),
    delete: async request => kept.delete(request.url),
  };
  const listeners = {};
  const self = {registration: {scope: 'http://localhost/ivig/'}, clients: {claim: async () => {}},
    addEventListener: (name, listener) => { listeners[name] = listener; }, skipWaiting: () => { self.skipped = true; }};
  let fetched = [];
  const get = async request => {
    fetched.push(url(request));
    const [status, body] = network[url(request)] || [0, ''];
    if (!status) throw new TypeError('no network');
    return new Response(body, {status: status, headers: {'Content-Type': 'text/html'}});
  };
  const script = source.replace('/* the version and files of this site */ {}', JSON.stringify(build));
  let opened = new Set();
  const caches = {open: async name => { opened.add(name); return store; }};
  new Function('self', 'caches', 'fetch', 'navigator', script)(self, caches, get, {connection: {saveData: saving}});
  const say = async name => {
    let done; listeners[name]({waitUntil: promise => { done = promise; }});
    try { await done; return 'done'; } catch (error) { return error.message; }
  };
  const ask = async (address, method = 'GET', mode = 'navigate') => {
    let done; const later = [];
    const event = {request: {url: address, method: method, mode: mode}, waitUntil: promise => later.push(promise)};
    listeners.fetch({...event, respondWith: promise => { done = promise; }});
    if (!done) return 'not answered';
    try {
      const found = await done, said = [found.status, found.headers.get('Location') || await found.text()];
      await Promise.all(later);
      return said;
    } catch (error) { return 'no network'; }
  };
  const tell = async data => {
    let said = null, done;
    const source = {postMessage: message => { said = message; }};
    listeners.message({data: data, source: source, waitUntil: promise => { done = promise; }});
    await done;
    return said;
  };
  const all = async () => {
    const entries = [];
    for (const [key, bytes] of kept) entries.push([key, await unpack(bytes)]);
    return Object.fromEntries(entries);
  };
  const answers = async () => {
    const found = {};
    for (const [address, method, mode] of build.asked) found[address] = await ask(address, method, mode);
    return found;
  };
  const result = {installed: await say('install'), fetched: fetched.sort()};
  result.kept = await all();
  result.activated = await say('activate');
  result.left = [...kept.keys()].sort();
  fetched = [];
  result.answers = await answers();
  result.asked = [...fetched].sort();
  result.visited = await all();
  result.version = await tell('version');
  result.anything = await tell('anything');
  result.idle = !self.skipped;
  const online = network;
  network = {};
  result.offline = await answers();
  result.vain = await tell('keep to print');
  network = online;
  result.wished = [await tell('keep to print'), await tell('keep to read')];
  result.everything = await all();
  await tell('take over');
  result.skipped = !!self.skipped;
  result.opened = [...opened];
  return result;
}"""
A, B, HOME = (
    "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",  # of "a"
    "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",  # of "b"
    "4ea140588150773ce3aace786aeef7f4049ce100fa649c94fbbddb960f1da942",  # of "home"
)
SITE = "http://localhost/ivig/"
BUILD = {
    **{"version": "1.0.0", "date": "2026-01-01", "build": "x"},
    "read": {"index.html": HOME, "a/index.html": A, "404.html": B},
    "print": {"book.pdf": A, "a.pdf": B},
    "sizes": {"read": 4.1, "print": 5.3},
    "asked": [
        (SITE, "GET", "navigate"),
        (f"{SITE}a/", "GET", "navigate"),
        (f"{SITE}a", "GET", "navigate"),
        (f"{SITE}nowhere/", "GET", "navigate"),
        (f"{SITE}nowhere.js", "GET", "no-cors"),
        (f"{SITE}a/?x=1", "POST", "navigate"),
        ("http://localhost/other/", "GET", "navigate"),
        (f"{SITE}a.pdf", "GET", "navigate"),
    ],
}
NETWORK = {SITE: (200, "home"), f"{SITE}a/": (200, "a"), f"{SITE}404.html": (200, "b")}
NETWORK |= {f"{SITE}a.pdf": (200, "b"), f"{SITE}book.pdf": (200, "a")}
WHOLE = f"{SITE}whole?build=x"


def key(path: str, digest: str) -> str:
    return f"{SITE}{path}?sha256={digest}"


def run_worker(page: Page, network: object, before: dict[str, str], saving: bool = False) -> dict[str, Any]:
    page.goto("offline.html")  # checksums are computed for safe origins alone
    source = (PROJECT / "generator/publish/service-worker.js").read_text("utf-8")
    result: dict[str, Any] = page.evaluate(WORKER, [source, BUILD, network, before, saving])
    return result


HERE = {
    SITE: [200, "home"],
    f"{SITE}a/": [200, "a"],
    f"{SITE}a": [301, f"{SITE}a/"],
    f"{SITE}nowhere/": [404, "b"],
    f"{SITE}nowhere.js": "no network",
    f"{SITE}a/?x=1": "not answered",
    "http://localhost/other/": "not answered",
    f"{SITE}a.pdf": [200, "b"],
}
READ = {key("index.html", HOME): "home", key("a/index.html", A): "a", key("404.html", B): "b"}
PRINT = {key("book.pdf", A): "a", key("a.pdf", B): "b"}
STATE = {"version": "1.0.0", "date": "2026-01-01", "build": "x", "sizes": {"read": 4.1, "print": 5.3}, "failed": False}


def state(*, read: bool, print_: bool, failed: bool = False) -> dict[str, Any]:
    return {**STATE, "kept": {"read": read, "print": print_}, "failed": failed}


def test_the_worker_keeps_one_build_and_answers_from_it(page: Page) -> None:
    """At the first visit what is needed to read and search; what is to be printed when it is opened, or asked for."""
    old, same = key("a/index.html", B), key("index.html", HOME)
    found = run_worker(page, NETWORK, {old: "old", same: "home"})
    assert found["installed"] == found["activated"] == "done"
    assert found["fetched"] == [f"{SITE}404.html", f"{SITE}a/"]  # what is there already is not fetched again
    assert found["kept"] == {**READ, WHOLE: "", old: "old"}  # until it takes over, the build before is whole
    assert found["left"] == sorted([*READ, WHOLE])
    assert found["answers"] == HERE
    assert found["asked"] == [f"{SITE}a.pdf", f"{SITE}nowhere.js", f"{SITE}nowhere/"]
    assert found["visited"] == {**READ, WHOLE: "", key("a.pdf", B): "b"}
    assert found["version"] == state(read=True, print_=False)
    assert found["anything"] is None
    assert found["idle"]
    assert found["offline"] == HERE
    assert found["vain"] == state(read=True, print_=False, failed=True)
    assert found["wished"] == [state(read=True, print_=True)] * 2
    assert found["everything"] == {**READ, **PRINT, WHOLE: ""}
    assert found["skipped"]
    assert found["opened"] == [f"kept {SITE}"]  # two sites of one host do not drop each other's files


def test_an_update_renews_what_is_to_be_printed_where_it_was_kept(page: Page) -> None:
    found = run_worker(page, NETWORK, {key("book.pdf", B): "old"})
    assert found["kept"] == {**READ, WHOLE: "", key("book.pdf", B): "old", key("book.pdf", A): "a"}


def test_a_browser_that_saves_data_keeps_what_is_visited_alone(page: Page) -> None:
    found = run_worker(page, NETWORK, {}, saving=True)
    assert (found["installed"], found["fetched"], found["kept"]) == ("done", [], {})
    assert found["answers"] == {**HERE, f"{SITE}nowhere/": "no network"}
    assert found["visited"] == {key("index.html", HOME): "home", key("a/index.html", A): "a", key("a.pdf", B): "b"}
    assert found["version"] == state(read=False, print_=False)
    assert found["offline"] == found["answers"]
    assert found["wished"] == [state(read=False, print_=True), state(read=True, print_=True)]


def test_a_browser_that_saves_data_shows_what_is_newer_and_keeps_none_of_it(page: Page) -> None:
    found = run_worker(page, {**NETWORK, f"{SITE}a/": (200, "of the next build")}, {key("a/index.html", A): "a"}, True)
    assert found["answers"][f"{SITE}a/"] == [200, "of the next build"]
    assert found["visited"][key("a/index.html", A)] == "a"
    assert found["offline"][f"{SITE}a/"] == [200, "a"]


@pytest.mark.parametrize(
    "answer", [(200, "another build"), (404, "a"), (0, "")], ids=["other", "missing", "unreachable"]
)
def test_the_worker_keeps_no_file_that_is_not_of_its_build(answer: tuple[int, str], page: Page) -> None:
    found = run_worker(page, {**NETWORK, f"{SITE}a/": answer}, {})
    assert found["installed"] in ("a/index.html is not of this build", "no network")
    assert key("a/index.html", A) not in found["kept"]


@pytest.mark.parametrize(("today", "marked"), [("2027-03-31", 0), ("2027-04-01", 1)])
def test_an_edition_is_marked_as_expired_after_its_day(today: str, marked: int, other_day: Page) -> None:
    page = other_day
    page.clock.set_fixed_time(f"{today}T12:00:00Z")
    page.goto("indications/crackle.html")
    expect(page.locator(".standing")).to_contain_text("Expires 2027-03-31.")
    expect(page.locator(".standing").get_by_text("Expired.")).to_have_count(marked)


def test_a_table_is_sorted_by_each_column_up_down_and_as_it_was(page: Page) -> None:
    page.goto("indications/index.html")
    rows = page.locator(".matrix tbody tr")

    def names() -> list[str]:
        return rows.locator("> :first-child").all_inner_texts()

    given = names()
    for column, expected in (("Name", sorted(given)), ("Studies", ["Glimmer", "Crackle"])):
        button = page.get_by_role("button", name=column)
        button.click()
        assert names() == expected
        assert button.locator("..").get_attribute("aria-sort") == "ascending"
        button.click()
        assert names() == expected[::-1]
        button.click()
        assert names() == given
        assert page.locator("[aria-sort]").count() == 0
