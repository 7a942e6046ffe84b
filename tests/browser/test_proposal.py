"""The form in which a change is proposed: what it finds wrong, how it is used by keyboard, what it keeps and sends.

Its page is made of the guideline of tests/base, without building a site; every request is answered here.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import markdown
import pytest
import yaml
from cases import TESTS, change
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from test_proposal_rules import CASES
from test_proposals import SOUND, changed

from generator.cli import PROJECT, read
from generator.cli.proposing import take
from generator.links import PROPOSE
from generator.render.site.bundles import FOLDER, read_module, render_scripts
from generator.render.site.pages import page_makers

ORIGIN = "http://localhost/"
REPOSITORY = "https://github.com/example/guideline"
RULES = ("proposal-letter", "proposal-numbers", "proposal-rules")
"""The modules that find what is wrong, and write what is sent."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(TESTS / "base/content", folder / "content")
    return folder


def as_html(project: Path) -> str:
    """Return the page as the site shows it, without the frame of its theme."""
    guideline, _ = read(project)
    assert guideline
    text = page_makers(guideline, {})[PROPOSE]()
    head, body = text.split("---\n", 2)[1:]
    assert "scripts: [scripts/propose.js]" in head
    shown = markdown.markdown(body, extensions=["attr_list", "md_in_html", "tables", "toc"])
    scripts = '<script src="/propose.js"></script>'
    policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    style = '<link rel="stylesheet" href="/proposal.css">'
    top = f"<head><title>Propose</title>{meta}{style}</head>"
    return f"<!doctype html><html lang='en'>{top}<body class='md-typeset'>{shown}{scripts}</body></html>"


@pytest.fixture(scope="module")
def files(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    hosted = tmp_path_factory.mktemp("hosted")
    shutil.copytree(project / "content", hosted / "content")
    change(
        {
            "edit": "content/guideline.yaml",
            "replace": "repository: null",
            "with": f"repository: {REPOSITORY}\ncontact: editors@example.org",
        },
        hosted,
    )
    found = {"propose/": as_html(project), "hosted/": as_html(hosted)}
    found["propose.js"] = render_scripts()[FOLDER / "propose.js"].decode()
    return found | {"proposal.css": (PROJECT / "docs/assets/proposal.css").read_text("utf-8")}


@pytest.fixture(scope="module")
def tabs(browser: Browser, files: dict[str, str]) -> Any:
    """A context in which every request is answered here; whatever else is asked for fails the test that sees it."""
    context = browser.new_context(base_url=ORIGIN, accept_downloads=True)
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = re.sub(r"[?#].*", "", route.request.url).removeprefix(ORIGIN)
        if name in files:
            kind = {"js": "text/javascript", "css": "text/css"}.get(name.rpartition(".")[2], "text/html")
            route.fulfill(body=files[name], content_type=f"{kind}; charset=utf-8")
        else:
            asked.append(route.request.url)
            route.fulfill(status=200, body="elsewhere", content_type="text/plain")

    context.route("**/*", answer)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=ORIGIN)
    yield context, asked
    context.close()


@pytest.fixture
def form(tabs: tuple[BrowserContext, list[str]]) -> Any:
    """The page, with nothing kept from before; no fault on the console and no request but for its own files."""
    context, asked = tabs
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("propose/")
    page.evaluate("localStorage.clear()")
    page.goto("propose/?record=indications/pemphigus")
    yield page
    page.close()
    assert faults == []
    assert [address for address in asked if not address.startswith(REPOSITORY)] == []
    asked.clear()


FIND = """([form, cases]) => {
  MODULES
  const rules = new ProposalRules(form);
  return Object.fromEntries(Object.entries(cases).map(([name, proposal]) => {
    const {proposal: format, what, ...values} = proposal;
    const found = rules.problems(what, values).map(each => each.path.join('.') + ' ' + each.rule);
    return [name, [found, ProposalLetter.toJson(form, what, values)]];
  }));
}"""


def as_typed(value: Any) -> Any:
    """Return data as it is typed: each number and each yes or no as text."""
    if isinstance(value, dict):
        return {key: as_typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_typed(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture
def found(form: Page) -> dict[str, tuple[list[str], str]]:
    """What the page finds wrong with each proposal of the table, and how it would be sent."""
    data = form.evaluate("JSON.parse(document.getElementById('proposal-form').textContent)")
    letters = {name: as_typed(json.loads(changed(case), parse_float=str)) for name, case in CASES.items()}
    modules = "\n".join(map(read_module, RULES))
    result: dict[str, tuple[list[str], str]] = form.evaluate(FIND.replace("MODULES", modules), [data, letters])
    return result


def test_the_page_finds_wrong_what_the_generator_finds(found: dict[str, tuple[list[str], str]]) -> None:
    expected = {name: sorted(case["problems"]) for name, case in CASES.items()}
    assert {name: sorted(problems) for name, (problems, _) in found.items()} == expected


def test_a_claim_that_the_record_shows_is_as_good_as_its_own(form: Page) -> None:
    data = form.evaluate("JSON.parse(document.getElementById('proposal-form').textContent)")
    usual = "practice/dosing#usual"
    letter = as_typed(json.loads(changed({"like": "answer", "set": {"content.rests_on": [{"claim": usual}]}})))
    find = FIND.replace("MODULES", "\n".join(map(read_module, RULES)))
    for shows, problems in (({}, ["content.rests_on.0 answer-rests"]), ({letter["record"]: [usual]}, [])):
        found = form.evaluate(find, [{**data, "shows": shows}, {"answer": letter}])
        assert found["answer"][0] == problems


def digits(text: str) -> tuple[str]:
    """A number by its digits, and never equal to a text."""
    return (text,)


def test_what_the_page_sends_is_what_was_typed(found: dict[str, tuple[list[str], str]]) -> None:
    """To the digit, but for what is as it begins."""
    for name, (_, text) in found.items():
        sent, typed = (json.loads(each, parse_float=digits, parse_int=digits) for each in (text, changed(CASES[name])))
        assert sent == typed, name


def describe(page: Page, label: str) -> Any:
    return page.get_by_label(label, exact=True)


def fill_claim(page: Page) -> None:
    describe(page, "Name of the claim").fill("another")
    describe(page, "Kind").select_option("efficacy")
    describe(page, "Claim (text)").fill(SOUND["claim"]["content"]["text"])
    describe(page, "PMID").fill("111")
    describe(page, "First words of the passage (from)").fill("Of the other ten")
    describe(page, "Last words of the passage (to)").fill("seven responded")


def check(page: Page) -> None:
    page.get_by_role("button", name="Check the proposal").click()


def sent(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.get_by_label("The proposal as it is sent").input_value())
    return found


def test_a_claim_by_keyboard_alone(form: Page) -> None:
    """Tab goes through the form from top to bottom; Enter checks it; what is wrong takes the focus, and leads there."""
    form.get_by_role("radio", name="A claim").focus()
    keys = form.keyboard
    for typed in ("", "another", "", SOUND["claim"]["content"]["text"], "0111", "Of the other ten", "seven responded"):
        keys.press("Tab")
        focused = form.evaluate("document.activeElement.labels[0].textContent")
        if focused.startswith("Kind"):
            keys.type("Response")
        keys.type(typed)
    keys.press("Enter")
    wrong = form.get_by_role("group", name="What is to be corrected")
    expect(wrong).to_be_focused()
    expect(wrong.get_by_role("listitem")).to_have_count(1)
    keys.press("Tab")
    keys.press("Enter")
    expect(describe(form, "PMID")).to_be_focused()
    expect(describe(form, "PMID")).to_have_attribute("aria-invalid", "true")
    expect(describe(form, "PMID")).to_have_accessible_description(re.compile("A PMID has 1 to 8 digits"))
    keys.press("ControlOrMeta+a")
    keys.type("111")
    expect(wrong).to_be_hidden()
    keys.press("Enter")
    expect(form.get_by_role("region", name="How to send it")).to_be_focused()
    assert sent(form) == SOUND["claim"]


def test_a_screen_reader_is_told_of_each_field(form: Page) -> None:
    expect(form.locator("#proposal")).to_match_aria_snapshot("""
      - group "What do you propose?":
        - radio "A claim" [checked]
        - radio "An answer"
        - radio "An error"
        - radio "A source"
      - combobox "Record"
      - textbox "Name of the claim"
      - combobox "Kind"
      - textbox "Claim (text)"
      - group "Passages":
        - group "Passage 1":
          - textbox "PMID"
          - textbox "First words of the passage (from)"
          - textbox "Last words of the passage (to)"
        - 'button "Remove: Passage 1"'
        - 'button "Add: Passage"'
      - textbox "Note to the editors (optional)"
      - paragraph:
        - button "Check the proposal"
        - button "Begin anew"
      - status
    """)
    unnamed = "els => els.filter(e => !(e.labels && e.labels.length)).map(e => e.outerHTML)"
    form.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    assert form.locator("#proposal :is(input, select, textarea)").evaluate_all(unnamed) == []


def test_an_answer(form: Page) -> None:
    form.get_by_role("radio", name="An answer").check()
    expect(describe(form, "Record")).to_have_value("indications/pemphigus")
    describe(form, "Question").select_option("effect")
    describe(form, "Answer (text)").fill(SOUND["answer"]["content"]["text"])
    check(form)
    expect(form.get_by_role("group", name="What is to be corrected").get_by_role("listitem")).to_have_count(2)
    describe(form, "Where the sources lean").select_option("unclear")
    for number, support in enumerate(SOUND["answer"]["content"]["rests_on"], start=1):
        form.get_by_role("group", name="Claims that it rests on").get_by_role("button", name="Add: Claim").first.click()
        part = form.get_by_role("group", name=f"Claim {number}", exact=True)
        expect(part.get_by_label("Claim", exact=True)).to_be_focused()
        part.get_by_label("Claim", exact=True).fill(support["claim"])
    check(form)
    assert sent(form) == SOUND["answer"]


def test_what_an_answer_needs_is_not_called_optional_and_is_named_by_its_label(form: Page) -> None:
    form.get_by_role("radio", name="An answer").check()
    assert (
        "optional" not in form.get_by_role("group", name="Claims that it rests on").locator("legend").first.inner_text()
    )
    describe(form, "Question").select_option("effect")
    describe(form, "Answer (text)").fill("It helped.")
    check(form)
    wrong = form.get_by_role("group", name="What is to be corrected")
    expect(wrong).to_contain_text("Claims that it rests on: rests on no claim")


def test_what_is_wrong_is_asked_for_in_words(form: Page) -> None:
    form.get_by_role("radio", name="An error").check()
    options = describe(form, "What is wrong").locator("option").all_inner_texts()
    assert options[1:4] == ["What it says", "Its figures", "Its source"]
    assert not [option for option in options if "_" in option]


def test_it_says_to_whom_it_can_be_sent(form: Page) -> None:
    """And that an issue is public, where there is a repository."""
    fill_claim(form)
    check(form)
    expect(form.get_by_text("This copy names nobody yet to whom it could be sent")).to_be_visible()
    expect(form.get_by_text("by mail")).to_have_count(0)
    form.goto("hosted/")
    check(form)
    expect(form.get_by_text("no name of a patient belongs in it")).to_be_visible()
    expect(form.get_by_role("link", name="editors@example.org")).to_have_attribute("href", "mailto:editors@example.org")


def test_an_error_of_a_reference(form: Page) -> None:
    form.goto("propose/?record=references/111")
    expect(form.get_by_role("radio", name="An error")).to_be_checked()
    expect(describe(form, "Record")).to_have_value("references/111")
    describe(form, "What is wrong").select_option("title")
    describe(form, "What should stand in its place (text)").fill("Another title.")
    check(form)
    expected = {"proposal": 1, "what": "error", "record": "references/111", "key": "title", "text": "Another title."}
    assert sent(form) == expected


@pytest.mark.wide
def test_a_source(form: Page) -> None:
    form.get_by_role("radio", name="A source").check()
    content = SOUND["source"]["content"]
    describe(form, "PMID").fill("333")
    describe(form, "Title").fill(content["title"])
    describe(form, "Journal").fill(content["journal"])
    for label, key in (("Design", "design"), ("Species", "species"), ("What was read", "read")):
        describe(form, label).select_option(content[key])
    describe(form, "Retraction: state").select_option("unchecked")
    form.locator("summary", has_text="More about it").last.click()
    describe(form, "Year (optional)").fill("2020")
    check(form)
    assert sent(form) == SOUND["source"]


def test_numbers_with_their_units(form: Page) -> None:
    """A dose in the form, to the digit; parts are added and taken away again."""
    fill_claim(form)
    form.locator("summary", has_text="More about it").last.click()
    describe(form, "What it is (optional)").select_option("dose")
    describe(form, "Amount").fill("2.0")
    check(form)
    wrong = form.get_by_role("group", name="What is to be corrected").get_by_role("listitem")
    assert [text.partition(":")[0] for text in wrong.all_inner_texts()] == ["Unit", "Per", "Route"]
    for label, term in (("Unit", "g/kg"), ("Per", "cycle"), ("Route", "iv")):
        describe(form, label).select_option(term)
    add = form.get_by_role("button", name="Add: Passage")
    add.click()
    expect(form.get_by_role("group", name="Passage 2").get_by_label("PMID")).to_be_focused()
    form.get_by_role("button", name="Remove: Passage 2").click()
    expect(form.get_by_role("group", name="Passage 2")).to_have_count(0)
    check(form)
    text = form.get_by_label("The proposal as it is sent").input_value()
    assert '"amount": 2.0,' in text
    expected = {"type": "dose", "amount": 2.0, "unit": "g/kg", "per": "cycle", "route": "iv"}
    assert sent(form)["content"]["data"] == expected


def test_what_was_begun_is_kept_until_it_is_sent(form: Page) -> None:
    fill_claim(form)
    expect(form.get_by_text("Kept in this browser until you say that you have sent it")).to_be_visible()
    form.goto("propose/")
    expect(form.get_by_text(re.compile(r"What you began on 20[-0-9]+ is here again\.$"))).to_be_visible()
    expect(describe(form, "Last words of the passage (to)")).to_have_value("seven responded")
    check(form)
    assert sent(form) == SOUND["claim"]
    with form.expect_download() as download:
        form.get_by_role("link", name="Save it as a file").click()
    assert download.value.suggested_filename == "proposal-claim-indications-pemphigus.json"
    assert json.loads(Path(download.value.path()).read_text("utf-8")) == SOUND["claim"]
    form.goto("propose/")
    expect(describe(form, "Name of the claim")).to_have_value("another")
    check(form)
    form.get_by_role("button", name="I have sent it: empty the form").click()
    expect(form.get_by_text("what stood in it is no longer kept")).to_be_visible()
    form.goto("propose/")
    expect(describe(form, "Name of the claim")).to_have_value("")


def test_each_kind_keeps_what_was_typed_for_it(form: Page) -> None:
    """Neither a look at another kind nor a reload loses it, and an empty form does not say that it was begun."""
    fill_claim(form)
    form.get_by_role("radio", name="An answer").check()
    expect(form.get_by_role("status").first).to_have_text("")
    form.get_by_role("radio", name="A claim").check()
    expect(describe(form, "Name of the claim")).to_have_value("another")
    form.get_by_role("radio", name="An answer").check()
    describe(form, "Answer (text)").fill("It helped.")
    form.goto("propose/")
    expect(describe(form, "Answer (text)")).to_have_value("It helped.")
    form.get_by_role("button", name="Begin anew").click()
    form.goto("propose/")
    form.get_by_role("radio", name="A claim").check()
    expect(describe(form, "Last words of the passage (to)")).to_have_value("seven responded")


def test_a_draft_for_another_page_says_so(form: Page) -> None:
    """It is there to go on with, or to drop for the page that one comes from."""
    fill_claim(form)
    form.goto("propose/?record=mechanisms/receptors")
    notice = form.get_by_role("group", name="What was begun for another page")
    expect(notice).to_contain_text("for indications/pemphigus is here again, but you come from mechanisms/receptors.")
    notice.get_by_role("button", name="Go on with it").click()
    expect(notice).to_be_hidden()
    expect(describe(form, "Name of the claim")).to_have_value("another")
    form.goto("propose/?record=indications/pemphigus")
    expect(notice).to_be_hidden()
    form.goto("propose/?record=mechanisms/receptors")
    notice.get_by_role("button", name="Drop it and begin for this page").click()
    expect(notice).to_be_hidden()
    expect(describe(form, "Record")).to_have_value("mechanisms/receptors")
    expect(describe(form, "Name of the claim")).to_have_value("")


def test_a_claim_in_the_address_is_the_one_that_is_reported(form: Page) -> None:
    form.goto("propose/?record=indications/pemphigus&claim=response")
    expect(form.get_by_role("radio", name="An error")).to_be_checked()
    expect(form.get_by_label("Name of the claim")).to_have_value("response")


@pytest.mark.wide
@pytest.mark.parametrize(
    "kept",
    [
        "{",
        '{"version": 0, "what": "claim"}',
        '{"version": 2, "what": "x", "drafts": {"x": {}}}',
        "[]",
        "null",
        '{"version": 2, "what": "claim", "drafts": {"claim": {"values": {"content": {"cites": 5}}}}}',
    ],
)
def test_a_draft_that_cannot_be_read_is_let_go(kept: str, form: Page) -> None:
    form.evaluate("kept => localStorage.setItem('proposal elixirs', kept)", kept)
    form.goto("propose/")
    expect(describe(form, "Name of the claim")).to_have_value("")
    assert form.evaluate("localStorage.getItem('proposal elixirs')") is None


@pytest.mark.wide
def test_begin_anew_empties_it_and_keeps_nothing(form: Page) -> None:
    fill_claim(form)
    form.get_by_role("button", name="Begin anew").click()
    expect(describe(form, "Name of the claim")).to_have_value("")
    expect(form.get_by_text("The form is empty, and what stood in it is no longer kept.")).to_be_visible()
    assert form.evaluate("localStorage.length") == 0


@pytest.mark.wide
def test_a_browser_that_keeps_nothing_says_so(form: Page) -> None:
    form.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})")
    form.goto("propose/")
    describe(form, "Name of the claim").fill("another")
    expect(form.get_by_text("This browser keeps nothing")).to_be_visible()


def test_it_is_copied(form: Page) -> None:
    fill_claim(form)
    check(form)
    form.get_by_role("button", name="Copy it").click()
    expect(form.get_by_text("Copied.")).to_be_visible()
    assert json.loads(form.evaluate("navigator.clipboard.readText()")) == SOUND["claim"]
    expect(form.get_by_role("link", name=re.compile("issue"))).to_have_count(0)


def as_github(address: str) -> str:
    """Return the text of the issue that GitHub makes of an address: its form, each field under its label."""
    asked = parse_qs(urlsplit(address).query, strict_parsing=True)
    template = yaml.safe_load((PROJECT / f".github/ISSUE_TEMPLATE/{asked['template'][0]}").read_text("utf-8"))
    parts = []
    for part in template["body"]:
        if part["type"] != "markdown":
            text = asked[part["id"]][0]
            kind = part["attributes"].get("render")
            parts.append(f"### {part['attributes']['label']}\n\n" + (f"```{kind}\n{text}\n```" if kind else text))
    return "\n\n".join(parts).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text", [SOUND["claim"]["content"]["text"], "Of 10 patients, 7 & 100 % of “them” did: ÄÖ #1 + 2."]
)
def test_the_issue_says_what_the_generator_takes(text: str, form: Page, project: Path) -> None:
    """The round trip: what is typed is what would stand in the record."""
    form.goto("hosted/?record=indications/pemphigus")
    fill_claim(form)
    describe(form, "Claim (text)").fill(text)
    describe(form, "Note to the editors (optional)").fill("A note.\n```\n@octocat <b> & ``` ::error::")
    check(form)
    link = form.get_by_role("link", name="Open it as an issue on GitHub")
    address = link.get_attribute("href") or ""
    assert address.startswith(
        f"{REPOSITORY}/issues/new?template=proposal.yml&title=A%20claim%2C%20for%20indications%2Fpemphigus%23another&"
    )
    letter = as_github(address)
    taken = take(project, letter.encode(), "issue.md", {})
    expected = {**SOUND["claim"], "note": sent(form)["note"]}
    expected["content"] = {**expected["content"], "text": text}
    assert sent(form) == expected
    assert taken.proposal.note == expected["note"]
    assert taken.file == "content/indications/pemphigus.yaml"
    record = yaml.safe_load(taken.content)
    assert record["claims"]["another"] == expected["content"]
    with form.context.expect_page() as opened:
        link.click()
    opened.value.close()
    form.goto("hosted/")
    expect(describe(form, "Name of the claim")).to_have_value("another")


@pytest.mark.wide
def test_what_is_too_long_for_an_address_is_copied(form: Page) -> None:
    form.goto("hosted/?record=indications/pemphigus")
    fill_claim(form)
    describe(form, "Note to the editors (optional)").fill("ü" * 1000)
    check(form)
    expect(form.get_by_text("It is too long for an address")).to_be_hidden()
    for number in range(2, 14):
        form.get_by_role("button", name="Add: Passage").click()
        passage = form.get_by_role("group", name=f"Passage {number}", exact=True)
        passage.get_by_label("PMID", exact=True).fill("111")
        passage.get_by_label("First words of the passage (from)").fill("«ÄÖÜ» " * 7 + str(number))
        passage.get_by_label("Last words of the passage (to)").fill("seven responded")
    check(form)
    expect(form.get_by_text("It is too long for an address")).to_be_visible()
    address = form.get_by_role("link", name="Open an empty issue on GitHub").get_attribute("href") or ""
    assert "proposal=" not in address
    assert len(address) < 300
    assert len(sent(form)["content"]["cites"]) == 13


@pytest.mark.wide
def test_hostile_text_is_shown_as_text(form: Page) -> None:
    describe(form, "Name of the claim").fill("<img src=x onerror=alert(1)>")
    check(form)
    expect(form.locator("#proposal img")).to_have_count(0)
    expect(form.get_by_role("group", name="What is to be corrected")).to_contain_text("<img src=x onerror=alert(1)>")


@pytest.mark.wide
def test_an_invisible_character_is_named(form: Page) -> None:
    fill_claim(form)
    describe(form, "Claim (text)").fill("Of 10 pa\u200btients, 7 \u202eresponded.")
    check(form)
    expect(form.get_by_role("group", name="What is to be corrected")).to_contain_text("holds an invisible character")


@pytest.mark.wide
def test_on_a_phone_nothing_is_wider_than_the_screen_or_smaller_than_a_finger(form: Page) -> None:
    form.set_viewport_size({"width": 390, "height": 844})
    for kind in ("An answer", "An error", "A source", "A claim"):
        form.get_by_role("radio", name=kind).check()
        form.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        assert form.evaluate("document.documentElement.scrollWidth") <= 390
        sizes = "all => all.map(e => e.getBoundingClientRect()).filter(r => r.width && r.height < 24).length"
        assert (
            form.locator("#proposal :is(button, select, textarea, input[type=text], label:has(> input))").evaluate_all(
                sizes
            )
            == 0
        )


def test_the_form_is_not_printed(form: Page) -> None:
    form.emulate_media(media="print")
    expect(form.locator("#proposal")).to_be_hidden()
