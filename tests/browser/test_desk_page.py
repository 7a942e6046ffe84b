"""The review desk in a browser: by keyboard alone, as a screen reader has it, on a phone, and with hostile texts."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Held, Server
from playwright.sync_api import Browser, Page, expect
from test_access import TARGETS, WORDS

sys.path.insert(0, str(Path(__file__).parents[1]))
from comparing import ORCID, RECORD, RULE, content, fake, kept, run
from desking import TODAY, change, false_numbers, read_all, read_through, served, session_of

from generator import check
from generator.cli.desk_results import apply_sent
from generator.desk.session import Ended, Given

WAITED = """key => new Promise(done => {
  const before = document.querySelector("#heading");
  const start = Date.now();
  before.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const look = () => document.querySelector("#heading") !== before
    ? requestAnimationFrame(() => done(Date.now() - start)) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})"""
"""Press a key, and return after how many milliseconds the next item was painted."""

CLOCK = """
window.clock = { now: 0, step: 1000 };
performance.now = () => clock.now;
for (const name of ["keydown", "pointerdown"]) addEventListener(name, () => { clock.now += clock.step; }, true);
"""
"""The page's clock: it stands, and goes a step further with each key and touch."""


@pytest.fixture
def project(desk_project: Path) -> Path:
    return desk_project


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows nothing; errors on its console and requests elsewhere fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(CLOCK)
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)  # also of CSP
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: found.append(request.url) if "127.0.0.1" not in request.url else None)
    page.on("dialog", lambda dialog: found.append(dialog.message) if dialog.type == "alert" else None)
    yield page
    context.close()
    assert [each for each in found if not each.startswith("data:") and "status of 409" not in each] == []


def opened(tab: Page, address: str) -> None:
    tab.goto(address)
    expect(tab.locator("#heading")).to_have_text("Before you begin")
    expect(tab.locator("#heading")).to_be_focused()
    tab.keyboard.press("j")
    expect(tab.locator("#heading")).to_be_focused()


def test_a_record_is_reviewed_by_keyboard_with_one_key_an_item(tab: Page, project: Path) -> None:
    session = session_of(project)
    (false,) = false_numbers(session)
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        assert tab.url == f"http://127.0.0.1:{port}/"
        waits = [tab.evaluate(WAITED, "w" if number == false else "a") for number in range(14)]
        assert max(waits) < 200, waits
        expect(tab.get_by_role("status")).to_have_text(
            "Agreed. All is answered." if false != 13 else "Wrong. All is answered."
        )
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")  # Unclear or wrong ones come first; the false one is looked at again
        tab.keyboard.press("w")
        tab.get_by_role("button", name="Check whether it counts").press("Enter")
        expect(tab.locator("#heading")).to_contain_text("Claim 15 of 15")
        expect(tab.locator("#heading")).to_be_focused()
        expect(tab.locator(".was")).to_contain_text("was changed on purpose before")
        tab.keyboard.press("a")
        tab.get_by_role("button", name="Check whether it counts").press("Enter")
        tab.get_by_label("Your interests").fill("none")
        tab.get_by_label("I wrote no part of this record").press("Space")
        tab.get_by_role("button", name="Sign and end").press("Enter")
        expect(tab.locator("#item")).to_contain_text(f"{RECORD} is reviewed by {ORCID}")
    assert {one.by for one in kept(project).values()} == {ORCID}
    assert content(project).records[RECORD].standing != "unreviewed"


def test_a_screen_reader_is_told_what_stands_where(tab: Page, project: Path) -> None:
    with served(project) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        expect(tab.locator("body")).to_match_aria_snapshot("""
            - banner:
              - 'heading "Markers: review desk" [level=1]'
              - paragraph: 0 of 14 answered
              - paragraph: "Reader: ORCID iD 0000-0002-1825-0097."
              - progressbar "Answered"
            - status: 1 of 14
            - main:
              - article "Answer 1 of 14 What to do":
                - heading "Answer 1 of 14 What to do" [level=2]
                - region "Answer"
                - region "Claims"
            - contentinfo:
              - group "Verdict":
                - button "a Agreed says the same"
                - button "o Overstated says more"
                - button "s Understated says less"
                - button "c Unclear cannot be told"
                - button "w Wrong says something else"
              - group "Move":
                - button "Previous"
                - button "Next"
                - button "Undo"
                - button "Next open"
                - button "Keys"
        """)
        keys = tab.locator("button[aria-keyshortcuts]").evaluate_all(
            "all => all.map(each => each.getAttribute('aria-keyshortcuts'))"
        )
        assert keys == ["a", "o", "s", "c", "w", "k ArrowLeft", "j ArrowRight", "u", "?"]
        tab.keyboard.press("o")
        expect(tab.get_by_role("status")).to_have_text("Overstated. 2 of 14")
        expect(tab.locator("#heading")).to_be_focused()
        tab.keyboard.press("k")
        expect(tab.get_by_role("status")).to_have_text("1 of 14: Overstated")
        expect(tab.get_by_role("button", name="Overstated")).to_have_attribute("aria-pressed", "true")
        for _ in range(2):
            tab.keyboard.press("ArrowRight")
        expect(tab.locator("#heading")).to_have_text("Claim 3 of 14 Background")
        region = tab.get_by_role("region", name="Passages")
        expect(region.get_by_role("link", name="Abel 2020")).to_have_attribute(
            "href", "https://pubmed.ncbi.nlm.nih.gov/222/#:~:text=Marker%20A,weeks%20later"
        )


def test_a_reader_is_told_beforehand_that_some_claims_are_false(tab: Page, project: Path) -> None:
    with served(project) as (desk, port):
        tab.goto(f"http://127.0.0.1:{port}/#{desk.token}")
        expect(tab.locator("#item")).to_contain_text("Some claims may be changed on purpose")
        tab.keyboard.press("a")
        tab.keyboard.press("k")
        expect(tab.locator("#heading")).to_contain_text("1 of 14")
        expect(tab.locator("#position")).to_have_text("0 of 14 answered")


def test_a_note_is_typed_and_a_verdict_taken_back(tab: Page, project: Path) -> None:
    session = session_of(project)
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        tab.keyboard.press("n")
        expect(tab.get_by_label("Note")).to_be_focused()
        tab.keyboard.type("as so often")
        tab.keyboard.press("Enter")
        expect(tab.locator("#heading")).to_be_focused()
        expect(tab.get_by_role("status")).to_have_text("The note is held, and counts with a verdict.")
        expect(tab.locator("#position")).to_have_text("0 of 14 answered")
        for key in "jk":  # away and back
            tab.keyboard.press(key)
        expect(tab.get_by_label("Note")).to_have_value("as so often")
        tab.keyboard.press("c")
        expect(tab.locator("#position")).to_have_text("1 of 14 answered")
        tab.keyboard.press("a")
        tab.keyboard.press("u")
        expect(tab.get_by_role("status")).to_have_text("Undone. 2 of 14")
        tab.keyboard.press("k")
        expect(tab.get_by_label("Note")).to_have_value("as so often")
        expect(tab.locator("body[data-waits]")).to_have_count(0)
        tab.reload()
        expect(tab.get_by_role("status")).to_have_text("Going on where you stopped. 2 of 14")
    assert {number: (one.verdict, one.note) for number, one in session.given.items()} == {0: ("unclear", "as so often")}


@pytest.mark.parametrize(("step", "taken"), [(0, 0), (399, 0), (400, 1)])
def test_a_verdict_counts_on_an_item_that_has_been_there_for_a_moment(
    step: int, taken: int, tab: Page, project: Path
) -> None:
    session = session_of(project)
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        tab.evaluate("step => { clock.step = step; }", step)
        tab.keyboard.press("a")
        expect(tab.locator("#position")).to_have_text(f"{taken} of 14 answered")
        expect(tab.get_by_role("status")).to_have_text(
            "Agreed. 2 of 14" if taken else "Not taken: this item has only just come."
        )
        expect(tab.locator("body[data-waits]")).to_have_count(0)
    assert len(session.given) == taken


def test_a_key_that_is_held_down_answers_once(tab: Page, project: Path) -> None:
    session = session_of(project)
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        for _ in range(6):
            tab.keyboard.down("a")
        tab.keyboard.up("a")
        expect(tab.locator("#position")).to_have_text("1 of 14 answered")
        expect(tab.locator("body[data-waits]")).to_have_count(0)
    assert [*session.given] == [0]


def test_a_verdict_that_is_taken_back_leaves_its_note(tab: Page, project: Path) -> None:
    session = session_of(project)
    session.answer(Given(number=0, verdict="unclear", note="as so often"))
    with served(project, session) as (desk, port):
        tab.goto(f"http://127.0.0.1:{port}/#{desk.token}")
        expect(tab.locator("#heading")).to_contain_text("2 of 14")
        tab.keyboard.press("u")
        expect(tab.get_by_label("Note")).to_have_value("as so often")
        tab.keyboard.press("w")
        tab.keyboard.press("k")
        tab.get_by_label("Note").fill("another")
        tab.locator("#heading").press("j")  # a note of a verdict is kept with it
        expect(tab.locator("body[data-waits]")).to_have_count(0)
    assert (session.given[0].verdict, session.given[0].note) == ("wrong", "another")


def test_how_much_of_a_note_is_taken_is_counted(tab: Page, project: Path) -> None:
    with served(project) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        expect(tab.get_by_label("Note")).to_have_accessible_description("0 of 300 characters")
        tab.get_by_label("Note").fill("four")
        expect(tab.locator("#note-count")).to_have_text("4 of 300 characters")
        tab.get_by_label("Note").fill("x" * 300)
        expect(tab.locator("#note-count")).to_have_text("300 of 300 characters: no more fits")


def test_a_reason_of_another_is_taken_over_by_hand(tab: Page, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = f"{RECORD}#a-rose"
    monkeypatch.setitem(check.RULES, RULE, fake({id_: ["says maybe"]}))
    unnamed = session_of(project, by=None)
    read_through(unnamed)
    apply_sent(project, unnamed.end(Ended(), TODAY), commit=False)
    session = session_of(project)
    number = next(at for at, item in enumerate(session.items) if item.pair.id == id_)
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        for _ in range(number):
            tab.keyboard.press("j")
        expect(tab.locator(".before").first).to_contain_text("Given before by software or an unnamed reader: It is so.")
        tab.keyboard.press("a")
        expect(tab.locator("#position")).to_have_text("0 of 14 answered")
        field = tab.locator(".reason").first
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        field.press("Enter")
        expect(field).to_have_value("It is so.")
        expect(tab.locator("#position")).to_have_text("0 of 14 answered")
        field.press("Enter")
        expect(tab.locator("#position")).to_have_text("1 of 14 answered")
        expect(tab.locator("body[data-waits]")).to_have_count(0)
    assert session.given[number].reasons[0] == "It is so."


def test_enter_checks_at_the_end_and_what_was_changed_is_counted_no_more(tab: Page, project: Path) -> None:
    session = session_of(project)
    read_all(session)
    with served(project, session) as (desk, port):
        held = Held(tab, "**/check")
        tab.goto(f"http://127.0.0.1:{port}/#{desk.token}")
        expect(tab.locator("#item")).to_contain_text("Agreed: 13, Wrong: 1")
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("status")).to_have_text("Checking whether it counts …")
        expect(tab.get_by_role("button", name="Check whether it counts")).to_be_disabled()
        held.let_go()
        expect(tab.locator("#heading")).to_contain_text("Claim 15 of 15")
        tab.keyboard.press("a")
        expect(tab.locator("#item")).to_contain_text("Agreed: 14")
        expect(tab.locator("#item")).not_to_contain_text("Wrong")
        tab.keyboard.press("Enter")
        held.let_go()
        expect(tab.locator("#heading")).to_have_text("It counts")


def test_a_desk_that_is_gone_says_to_run_the_command_again(browser: Browser, project: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(CLOCK)
    with served(project) as (desk, port):
        opened(page, f"http://127.0.0.1:{port}/#{desk.token}")
        page.route("**/answer", lambda route: route.abort())
        page.get_by_label("Note").fill("as so often")
        page.locator("#heading").press("w")
        expect(page.get_by_role("alert")).to_contain_text("does not answer. Run the command again")
        expect(page.get_by_label("Note")).to_have_value("as so often")
        page.evaluate("sessionStorage.setItem('desk-key', 'of another')")
        page.unroute("**/answer")
        page.locator("#heading").press("w")
        expect(page.get_by_role("alert")).to_contain_text("not of the desk that runs now")
    context.close()


def test_a_mark_is_spoken(tab: Page, project: Path) -> None:
    change(project, f"{RECORD}.yaml", "marker a may be higher after 3 weeks", "marker a was not higher after 3 weeks")
    session = session_of(project)
    number = next(at for at, item in enumerate(session.items) if item.pair.id == f"{RECORD}#a-rose")
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        for _ in range(number):
            tab.keyboard.press("j")
        spoken = tab.locator(".said").aria_snapshot()
        assert "not (not on the other side)" in spoken
        assert "3 (on both sides)" in spoken


def test_a_passage_that_several_claims_cite_is_opened_once(tab: Page, project: Path) -> None:
    session = session_of(project)
    claims = session.items[0].shown["claims"]
    claims.append({**claims[0], "group": "Says otherwise"})
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        tab.keyboard.press("p")
        first, again = tab.locator(".beside .claim").first, tab.locator(".beside .claim").last
        expect(first.locator("blockquote")).to_be_visible()
        expect(again.locator("blockquote")).to_be_hidden()
        again.get_by_text("The same passage as above").click()
        expect(again.locator("blockquote")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_a_verdict_is_one_line_on_a_phone(width: int, tab: Page, project: Path) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    with served(project) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        heights = tab.locator(".verdict").evaluate_all("all => all.map(each => each.clientHeight)")
        assert len({*heights}) == 1
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refused_note_leads_back_and_is_told(tab: Page, project: Path) -> None:
    with served(project) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        tab.get_by_label("Note").fill("Marker A may be higher in adults 3 weeks later.")
        tab.locator("#heading").press("o")
        expect(tab.get_by_role("alert")).to_contain_text("say it in your own words")
        expect(tab.locator("#heading")).to_contain_text("Answer 1 of 14")


def test_keys_can_be_turned_off_and_mean_nothing_with_another(tab: Page, project: Path) -> None:
    """Who speaks to a computer would answer with every word (WCAG 2.1.4)."""
    with served(project) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        for keys in ("Control+a", "Alt+o"):
            tab.keyboard.press(keys)
        tab.keyboard.press("?")
        expect(tab.get_by_role("dialog", name="Keys")).to_be_visible()
        tab.keyboard.press("a")
        tab.get_by_label("Single keys answer").uncheck()
        tab.keyboard.press("Escape")
        tab.locator("#heading").press("a")
        expect(tab.locator("#position")).to_have_text("0 of 14 answered")
        tab.get_by_role("button", name="Agreed").click()
        expect(tab.locator("#position")).to_have_text("1 of 14 answered")


def test_a_reason_that_was_given_before_is_there_and_one_key_agrees(
    tab: Page, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake({f"{RECORD}#a-rose": ["says maybe"]}))
    session = session_of(project)
    number = next(at for at, item in enumerate(session.items) if item.pair.id == f"{RECORD}#a-rose")
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        for _ in range(number):
            tab.keyboard.press("j")
        tab.keyboard.press("a")
        field = tab.locator(".reason").first
        expect(field).to_be_focused()
        expect(tab.get_by_role("status")).to_have_text("Say why the difference is right, then press Enter.")
        for each in tab.locator(".reason").all():
            each.fill("It is the same.")
        field.press("Enter")
        expect(tab.locator("#position")).to_have_text("1 of 14 answered")
        tab.keyboard.press("k")
        tab.keyboard.press("a")
        expect(tab.locator("#position")).to_have_text("1 of 14 answered")
        expect(tab.locator("#heading")).to_contain_text(f"{number + 2} of 14")


def test_who_missed_a_false_claim_is_told_which_and_begins_again(tab: Page, project: Path) -> None:
    session = session_of(project)
    (false,) = false_numbers(session)
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        for _ in range(14):
            tab.keyboard.press("a")
        told = session.items[false].pair.altered
        tab.get_by_role("button", name="Check whether it counts").press("Enter")
        expect(tab.locator("#heading")).to_have_text("This round does not count")
        expect(tab.locator("#item li")).to_have_text(f"Background: {told}")
        tab.get_by_role("button", name="Read again").press("Enter")
        expect(tab.locator("#position")).to_have_text("0 of 14 answered")
        expect(tab.locator("#heading")).to_have_text("Before you begin")


def test_who_reads_and_why_no_review_can_come_of_it_is_told_before_the_first_item(tab: Page, project: Path) -> None:
    (project.parent / "texts/222.txt").write_text("Another text.", "utf-8")
    with served(project, session_of(project, by=None)) as (desk, port):
        tab.goto(f"http://127.0.0.1:{port}/#{desk.token}")
        why = "No review can come of this: you gave no ORCID iD; not all claims can be shown."
        expect(tab.locator("#item")).to_contain_text(f"Reader without a name. {why}")
        expect(tab.locator("#item li").first).to_contain_text(f"{RECORD}#a-rose: ")
        expect(tab.locator("#reader")).to_contain_text(why)


def test_all_agreed_and_not_signed_is_kept(tab: Page, project: Path) -> None:
    session = session_of(project)
    read_through(session)
    with served(project, session) as (desk, port):
        tab.goto(f"http://127.0.0.1:{port}/#{desk.token}")
        tab.get_by_role("button", name="Check whether it counts").press("Enter")
        tab.get_by_role("button", name="Keep it, no review").press("Enter")
        expect(tab.locator("#item")).to_contain_text("this is no review")
    assert len(kept(project)) == 14
    assert content(project).records[RECORD].standing == "unreviewed"


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_hostile_claims_and_passages_are_text(tab: Page, project: Path) -> None:
    source = project.parent / "texts/222.txt"
    text = source.read_text("utf-8").replace("in adults 3 weeks", f"in adults {HOSTILE} \u202e {'x' * 20_000} 3 weeks")
    source.write_text(text, "utf-8")
    assert run(project, "lock", "--texts", str(project.parent / "texts")).exit_code == 0
    guideline = content(project)
    record = guideline.records[RECORD]
    claim = record.claims["a-rose"].model_copy(update={"text": f"{HOSTILE} \u202e Marker A."})
    changed = record.model_copy(update={"claims": {**record.claims, "a-rose": claim}, "name": HOSTILE})
    session = session_of(project, guideline=replace(guideline, records={**guideline.records, RECORD: changed}))
    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        expect(tab.locator("#record")).to_contain_text(HOSTILE)
        for _ in range(2):
            tab.keyboard.press("j")
        expect(tab.locator(".said .text")).to_contain_text("\\u202e")
        expect(tab.locator("blockquote")).to_contain_text(HOSTILE)
        assert tab.locator("img, #main script").count() == 0
        assert "\u202e" not in tab.content()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
        tab.set_viewport_size({"width": 390, "height": 844})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.wide
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_state_of_the_page_can_be_read_and_touched(scheme: str, width: int, tab: Page, project: Path) -> None:
    session = session_of(project)
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.set_viewport_size({"width": width, "height": 844})

    def look() -> None:
        faults = Axe().run(tab).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in faults] == []
        assert tab.evaluate(TARGETS.replace("article :is(", "body :is(")) == []
        assert tab.evaluate(WORDS) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width

    with served(project, session) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        tab.keyboard.press("p")
        expect(tab.locator(".beside details[open]")).to_have_count(3)
        look()
        tab.keyboard.press("o")
        tab.keyboard.press("j")
        look()
        tab.keyboard.press("?")
        look()
        tab.keyboard.press("Escape")
        read_all(session)
        tab.reload()
        look()
        tab.get_by_role("button", name="Check whether it counts").press("Enter")
        expect(tab.locator("#heading")).to_contain_text("Claim 15 of 15")
        look()
        tab.keyboard.press("a")
        tab.get_by_role("button", name="Check whether it counts").press("Enter")
        expect(tab.locator("#heading")).to_have_text("It counts")
        look()


def test_an_address_opens_once(tab: Page, browser: Browser, project: Path) -> None:
    with served(project) as (desk, port):
        address = f"http://127.0.0.1:{port}/#{desk.token}"
        opened(tab, address)
        context = browser.new_context()
        other = context.new_page()
        other.goto(address)
        expect(other.get_by_role("alert")).to_contain_text("was opened before")
        assert other.locator("#item").count() == 0
        context.close()


ATTACK = """async port => {
  const body = JSON.stringify({ number: 0, verdict: "agreed" });
  const told = [];
  const ask = async options => {
    try { told.push((await fetch(`http://127.0.0.1:${port}/answer`, options)).type); } catch { told.push("failed"); }
  };
  await ask({ method: "POST", body, headers: { "Content-Type": "application/json", "X-Desk-Key": "x" } });
  await ask({ method: "POST", body, mode: "no-cors", credentials: "include" });
  await ask({ method: "POST", body, headers: { "Content-Type": "text/plain" } });
  await ask({ mode: "no-cors" });
  const frame = document.createElement("iframe");
  frame.src = `http://127.0.0.1:${port}/`;
  const loaded = new Promise(done => { frame.onload = done; });
  document.body.append(frame);
  await loaded;
  let inside = "none";
  try { inside = frame.contentDocument ? "seen" : "closed"; } catch { inside = "closed"; }
  return [told, inside];
}"""


def test_another_page_in_the_same_browser_gets_nothing(browser: Browser, project: Path, tmp_path: Path) -> None:
    """One on another port of this machine, which is the same site to a browser, and has the desk open beside it."""
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/index.html").write_text("<!doctype html><title>Other</title><form method=post></form>", "utf-8")
    session, evil = session_of(project), Server(tmp_path / "evil")
    with served(project, session) as (desk, port):
        context = browser.new_context()
        page = context.new_page()
        opened(page, f"http://127.0.0.1:{port}/#{desk.token}")
        other = context.new_page()
        other.goto(f"http://127.0.0.1:{evil.server_port}/")
        told, inside = other.evaluate(ATTACK, port)
        assert (told, inside) == (["failed"] * 4, "closed")
        other.evaluate(
            "port => { document.forms[0].action = `http://127.0.0.1:${port}/answer`; document.forms[0].submit(); }",
            port,
        )
        other.wait_for_url("**/answer")
        expect(other.locator("body")).to_contain_text("only the page of the desk may ask")
        context.close()
    evil.stop()
    assert session.given == {}


def test_what_is_shown_is_kept_by_no_browser(tab: Page, project: Path) -> None:
    change(project, f"{RECORD}.yaml", "marker b may", "marker b can")
    with served(project) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        tab.evaluate("caches.keys().then(names => { window.kept = names; })")
        stored = tab.evaluate(
            "[...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie, ...kept]"
        )
        assert stored == ["desk-key", ""]


def test_a_page_with_a_verdict_that_is_not_kept_yet_asks_before_it_is_left(tab: Page, project: Path) -> None:
    with served(project) as (desk, port):
        opened(tab, f"http://127.0.0.1:{port}/#{desk.token}")
        held = Held(tab, "**/answer")
        tab.keyboard.press("a")
        expect(tab.locator("body[data-waits]")).to_have_count(1)
        with tab.expect_event("dialog") as asked:
            tab.evaluate("setTimeout(() => location.reload())")
        asked.value.dismiss()
        held.let_go()
        expect(tab.locator("body[data-waits]")).to_have_count(0)
