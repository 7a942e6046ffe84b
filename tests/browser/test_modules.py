"""What the modules of the scripts compute, as functions: in Chromium, in one page that has nothing else in it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from cases import TESTS
from playwright.sync_api import Browser, Page

from generator.cli import PROJECT
from generator.evidence.doses import rounded
from generator.render.site.bundles import BUNDLES, read_module

ENTRIES = {modules[-1] for modules in BUNDLES.values()} - {"search"}
"""What does something to the page when it is loaded; the rest computes or draws when it is asked to."""

CALL = """cases => cases.map(([name, args]) => {
  const plain = value => value instanceof Set ? [...value] : value;
  const found = (0, eval)(name)(...args);
  return found && Object.getPrototypeOf(found) === Object.prototype
    ? Object.fromEntries(Object.entries(found).map(([key, value]) => [key, plain(value)])) : plain(found);
})"""


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A page in which every module is, but what begins something."""
    page = browser.new_page()
    names = dict.fromkeys(name for modules in BUNDLES.values() for name in modules if name not in ENTRIES)
    page.add_script_tag(content=(PROJECT / "docs/assets/minisearch.js").read_text("utf-8"))
    for name in names:
        page.add_script_tag(content=f'"use strict";\n{read_module(name)}')
    yield page
    page.close()


def call(page: Page, name: str, *cases: tuple[Any, ...]) -> list[Any]:
    """Return what a function of a module returns for each of some arguments."""
    found: list[Any] = page.evaluate(CALL, [[name, list(arguments)] for arguments in cases])
    return found


def compared(page: Page, name: str, cases: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Hold a function to a table of arguments and results."""
    found = call(page, name, *(arguments for arguments, _ in cases))
    for (arguments, expected), each in zip(cases, found, strict=True):
        assert each == expected, (name, arguments)


def test_grams_are_rounded_as_the_generator_rounds_them(modules: Page) -> None:
    """For each weight that may be typed with one decimal, and parts and multiples of it as regimens have them."""
    weights = [Decimal(tenths) / 10 for tenths in range(10, 3001)]
    factors = [Decimal(text) for text in ("0.05", "0.15", "0.25", "0.4", "0.5", "0.7", "1", "1.6", "2", "3")]
    exact = [weight * factor / days for weight, factor, days in product(weights, factors, (1, 2, 5))]
    script = (
        "([weights, factors]) => weights.flatMap(w => factors.flatMap(f => [1, 2, 5].map(d => Sums.round(w * f / d))))"
    )
    found = modules.evaluate(script, [[float(each) for each in weights], [float(each) for each in factors]])
    wrong = [(grams, shown) for grams, shown in zip(exact, found, strict=True) if rounded(grams) != f"{shown:g}"]
    assert wrong == []
    assert len(found) == 89_730


CASES = json.loads((TESTS / "doses.json").read_text("utf-8"))


def test_a_regimen_is_multiplied_as_the_table_of_both_programs_says(modules: Page) -> None:
    """On a page the same cases go through the form (test_scripts.py), in Python through test_doses.py."""
    compute = "(regimen, typed, volumes) => Sums.compute(regimen, Sums.readWeight(typed).weight, volumes)"
    compared(
        modules,
        compute,
        [((of_case(case), case["typed"], [5, 10] if case["volumes"] else []), case["says"]) for case in CASES["grams"]],
    )
    compared(modules, "Sums.readWeight", [((typed,), {"error": error}) for typed, error in CASES["refused"]])
    compared(modules, "Sums.joined", [(("2 g/kg at 5 %, 7 Kg",), "2\u00a0g/kg at 5\u00a0%, 7 Kg")])


def of_case(case: dict[str, Any]) -> dict[str, Any]:
    """Return a case of the table as the page has it."""
    per, factor = case["dose"]["per"], {"g/kg": "1", "mg/kg": "0.001"}[case["dose"]["unit"]]
    period = {"loading-dose": "as loading dose"}.get(per, f"per {per}")
    every = case["dose"].get("every")
    daily = {"daily": f"every {every}" if every else ""} if per == "day" else {}
    return {**case["dose"], "factor": factor, "period": period, "unstated": case.get("unstated", ""), **daily}


def test_rows_that_fit_what_is_asked(modules: Page) -> None:
    row = {"text": "Abel 2014 Randomised trial", "cells": ["Abel", "2014", "Skin; Heart"]}
    compared(
        modules,
        "Rows.fits",
        [
            ((row, "", []), True),
            ((row, " abel  TRIAL", []), True),
            ((row, "abel cohort", []), False),
            ((row, "", [{"column": 2, "value": "Heart"}]), True),
            ((row, "", [{"column": 2, "value": "Hear"}]), False),
            ((row, "", [{"column": 1, "value": "2014"}, {"column": 2, "value": "Lung"}]), False),
            ((row, "cohort", [{"column": 2, "value": "Heart"}]), False),
        ],
    )
    rows = [{"cells": ["b; a"]}, {"cells": ["a"]}, {"cells": ["C"]}]
    compared(modules, "Rows.valuesOf", [((rows, 0), ["C", "a", "b"])])


def test_rows_in_order(modules: Page) -> None:
    cells = ["10", " 9 ", "Öl", "ode", "9"]
    compared(
        modules,
        "Rows.sorted",
        [
            ((cells, ""), [0, 1, 2, 3, 4]),
            ((cells, "ascending"), [1, 4, 0, 3, 2]),
            ((cells, "descending"), [2, 3, 0, 1, 4]),
        ],
    )
    compared(modules, "Rows.after", [((None,), "ascending"), (("ascending",), "descending"), (("descending",), "")])


def step(name: str, **fields: Any) -> dict[str, Any]:
    """Return a step of a pathway by its name, with what is said of it."""
    empty = {"stage": 1, "about": "", "told": [], "tells": [], "items": [], "choices": []}
    flags = {"isUrgent": False, "isNegative": False, "isUncited": False}
    return {"name": name, "label": name, "kind": "question", **empty, **flags, **fields}


def choice(index: int, name: str, text: str = "", unknown: str = "", is_answer: bool = True) -> dict[str, Any]:
    return {"index": index, "name": name, "text": text, "isAnswer": is_answer, "unknown": unknown}


WARM = {"text": "Warm", "records": ["harms/heat"]}
COLD = {"text": "Cold", "records": ["harms/frost", "harms/ice"]}
STEPS = [
    step("start", choices=[choice(0, "one", "Sun"), choice(1, "two", "Moon")]),
    step("one", about="sun", told=["place"], choices=[choice(0, "checks", "On", is_answer=False)]),
    step("two", about="moon", told=["place"], choices=[choice(0, "checks", "On", is_answer=False)]),
    step(
        "checks",
        label="Hot?",
        kind="checklist",
        items=[WARM, COLD],
        choices=[choice(0, "end"), choice(1, "give", "No")],
    ),
    step(
        "give",
        stage=3,
        tells=["dose"],
        told=["dose"],
        choices=[choice(0, "ask", unknown="dose"), choice(1, "end"), choice(2, "checks"), choice(3, "back")],
    ),
    step("ask", isUncited=True, stage=3, choices=[choice(0, "end", "Told")]),
    step("end", kind="outcome", stage=3),
    step("back", kind="outcome", stage=2),
]
MAP = """const all = new Map(%s.map(each => [each.name, each]));
const isUnknown = (about, asked) => about === "moon" && asked === "dose";
const map = {first: all.get("start"), stepOf: name => all.get(name), isUnknown};"""


def on_ways(page: Page, expression: str, *addresses: str) -> list[Any]:
    """Return what an expression says of each way (`way`) that an address tells."""
    script = f"""addresses => {{ {MAP % json.dumps(STEPS)}
      return addresses.map(address => {{ const way = Way.read(address, map); return {expression}; }}); }}"""
    found: list[Any] = page.evaluate(script, list(addresses))
    return found


def test_an_address_is_read_as_far_as_its_choices_are_open(modules: Page) -> None:
    cases = {
        "": "#way=",
        "#way=": "#way=",
        "#somewhere": "#way=",
        "#way=0.one": "#way=0.one",
        "#way=0.two": "#way=",
        "#way=2.one": "#way=",
        "#way=0.one/0.checks/1.give/1.end": "#way=0.one/0.checks/1.give/1.end",
        "#way=0.one/0.checks/1.give/0.ask": "#way=0.one/0.checks/1.give",
        "#way=1.two/0.checks/1.give/0.ask": "#way=1.two/0.checks/1.give/0.ask",
        "#way=1.two/0.checks/1.give/1.end": "#way=1.two/0.checks/1.give",
        "#way=0.one/x": "#way=0.one",
        "#way=0.one//0.checks": "#way=0.one",
        "#way=0.one/0.checks/1.give/1.end/0.start": "#way=0.one/0.checks/1.give/1.end",
    }
    assert dict(zip(cases, on_ways(modules, "Way.address(way)", *cases), strict=True)) == cases


def test_each_open_choice_leads_to_an_address_that_is_read(modules: Page) -> None:
    last = "Way.lastOf(Way.read(address, map)).name"
    led = "Way.openChoices(way, map).map(each => Way.addressAfter(way, each))"
    led = f"{led}.map(address => [address, {last}])"
    (found,) = on_ways(modules, led, "#way=0.one/0.checks/1.give")
    base = "#way=0.one/0.checks/1.give"
    assert found == [[f"{base}/1.end", "end"], [f"{base}/2.checks", "checks"], [f"{base}/3.back", "back"]]
    assert on_ways(modules, led, "") == [[["#way=0.one", "one"], ["#way=1.two", "two"]]]


def test_what_was_answered_is_told_with_what_was_asked(modules: Page) -> None:
    told = "Way.answered(way).map(({step, answer}) => step.label + Way.behind(step.label, answer))"
    found = on_ways(modules, told, "#way=0.one/0.checks/1.give/1.end", "")
    assert found == [["start: Sun", "one", "Hot? No", "give"], []]
    assert on_ways(modules, "Way.diseaseOf(way)", "#way=0.one/0.checks", "#way=1.two", "") == ["sun", "moon", ""]
    abouts = [{"step": {"about": about}} for about in ("sun", "", "moon", "")]
    assert call(modules, "Way.diseaseOf", (abouts,), (abouts[:2],)) == ["moon", "sun"]


def test_the_card_has_what_the_way_told_and_did_not_give_up(modules: Page) -> None:
    card = "Way.cardOf(way, ['place', 'dose'], ['dose'])"
    found = on_ways(modules, card, *(f"#way=0.one/0.checks/1.give/{end}" for end in ("1.end", "3.back")), "#way=0.one")
    assert found == [
        {"questions": ["place", "dose"], "isGiven": True},
        {"questions": ["place"], "isGiven": False},
        {"questions": ["place"], "isGiven": False},
    ]
    negative = "(Way.lastOf(way).isNegative = true, Way.cardOf(way, ['place', 'dose'], ['dose']).questions)"
    assert on_ways(modules, negative, "#way=0.one/0.checks/1.give/1.end") == [["place"]]


AGAIN = "#way=0.one/0.checks/1.give/2.checks/1.give"


def test_what_was_ticked_counts_each_time_that_the_last_checklist_was_asked(modules: Page) -> None:
    ticks = (
        "{'#way=0.one/0.checks': [true, false], '#way=0.one/0.checks/1.give/2.checks': [false, true], '#way=': [true]}"
    )
    records = f"Way.tickedRecords(way, {ticks})"
    found = on_ways(
        modules, records, "#way=0.one/0.checks", "#way=0.one/0.checks/1.give", AGAIN, "#way=1.two/0.checks/1.give"
    )
    assert found == [[], ["harms/heat"], ["harms/heat", "harms/frost", "harms/ice"], []]
    checks = f"Way.checksOf(way, {ticks})"
    first = {"text": "Hot? No", "ticked": ["Warm"], "unticked": ["Cold"], "isKnown": True}
    second = {"text": "Hot? No", "ticked": ["Cold"], "unticked": ["Warm"], "isKnown": True}
    assert on_ways(modules, checks, AGAIN) == [[first, second]]
    opened = {"text": "Hot? No", "ticked": [], "unticked": [], "isKnown": False}  # by its address, without ticks
    uncited = {"text": "ask: Told", "ticked": [], "unticked": [], "isKnown": True}
    assert on_ways(modules, checks, "#way=1.two/0.checks/1.give/0.ask/0.end") == [[opened, uncited]]


LISTED = [
    {"unless": ["first", "0", "2"], "leads": "unknown", "after": []},
    {"unless": [], "leads": "stop", "after": ["agreed", "Agreed to, yes"]},
]


def gone(*names: str, items: list[dict[str, Any]] = LISTED) -> list[dict[str, Any]]:
    """A way of steps by name, from the start; `first` and `list` are checklists, `later` and `stop` of later stages."""
    lines = [{"text": text} for text in ("Hot", "Cold", "Wet")]
    stages = {"later": 3, "stop": 4}
    return [
        {
            "step": step(
                name,
                label=name.title(),
                stage=stages.get(name, 1),
                kind="checklist" if name in ("first", "list") else "question",
                items={"first": lines, "list": items}.get(name, []),
                isUrgent=name == "stop",
            ),
            "choice": 0 if number else None,
            "answer": "Agreed to, yes" if name == "told" else "",
        }
        for number, name in enumerate(names)
    ]


def test_an_item_is_left_open_by_the_checklist_before_until_it_is_dealt_with(modules: Page) -> None:
    way, first = gone("gate", "first", "list"), "#way=0.first"
    back = gone("gate", "first", "list", "stop", "agreed", "list")
    settled = gone("gate", "first", "list", "unknown", "agreed", "list")
    anew = gone("gate", "first", "list", "unknown", "first", "list")
    found = call(
        modules,
        "Way.isLeftOpen",
        (way, {first: [False, False, False]}, 0),
        (way, {first: [True, False, False]}, 0),
        (way, {first: [True, False, True]}, 0),
        (way, {first: [False, False, False]}, 1),
        (way, {}, 0),
        (back, {first: [True, True, False]}, 0),
        (settled, {first: [False, False, False]}, 0),
        (anew, {first: [True, True, True]}, 0),
        (gone("gate", "list"), {}, 0),
    )
    assert found == [True, True, False, False, True, True, False, True, False]


def test_the_steps_and_answers_that_an_item_is_ticked_after_are_those_of_this_infusion(modules: Page) -> None:
    found = call(
        modules,
        "Way.cameBy",
        (gone("gate", "agreed", "list"), 1),
        (gone("gate", "agreed", "agreed", "list"), 1),
        (gone("gate", "told", "list"), 1),
        (gone("gate", "agreed", "list"), 0),
        (gone("gate", "agreed", "later", "first", "list"), 1),
        (gone("gate", "stop", "agreed", "list"), 1),
        (gone("gate", "list"), 1),
    )
    assert found == [["Agreed"], ["Agreed"], ["Agreed to, yes"], [], [], ["Agreed"], []]


def test_what_was_ticked_stays_so_when_the_list_is_asked_again_for_this_infusion_but_for_what_is_answered(
    modules: Page,
) -> None:
    again = gone("gate", "list", "stop", "agreed", "list")
    ticks = {"#way=0.list": [True, True]}
    found = call(
        modules,
        "(...all) => Object.values(Way.sinceAsked(...all))",
        (again, ticks, 0),
        (again, ticks, 1),
        (again, {"#way=0.list": [False, False]}, 0),
        (again, {}, 0),
        (gone("gate", "list", "first", "list"), ticks, 0),
        (gone("gate", "list", "later", "first", "list"), ticks, 0),
        (gone("gate", "list"), ticks, 0),
    )
    none = [False, False]
    assert found == [[True, False], [False, True], none, none, [True, False], none, none]


def test_a_list_of_which_nothing_is_known_was_passed(modules: Page) -> None:
    found = call(
        modules,
        "Way.isUnticked",
        (gone("gate", "first", "told"), {}),
        (gone("gate", "first", "told"), {"#way=0.first": [False, False, False]}),
        (gone("gate", "first"), {}),
    )
    assert found == [True, False, False]


def test_alarms_and_what_is_of_a_ticked_item_are_read_first(modules: Page) -> None:
    parts = [
        {"n": n, "isAlarm": alarm, "record": record}
        for n, alarm, record in ((1, False, "x"), (2, False, "y"), (3, True, ""))
    ]
    found = call(modules, "(...all) => Way.inOrder(...all).map(each => each.n)", (parts, ["y"]), (parts, []))
    assert found == [[2, 3, 1], [3, 1, 2]]


SAME = [
    ("oedema", "edema"),
    ("Ödeme", "oedemas"),
    ("pemphigus", "pemfigus"),
    ("necrolysis", "nekrolyse"),
    ("dermatomyositis", "dermatomiositis"),
    ("haemolysis", "hemolysis"),
    ("diarrhoea", "diarrhea"),
    ("infusions", "infusion"),
    ("therapies", "therapy"),
    ("β", "beta"),
]
OTHER = [("hyper", "hypo"), ("iga", "igg"), ("2", "20"), ("acute", "ache"), ("serum", "sternum")]


def test_spellings_that_sound_alike_are_one_and_others_are_not(modules: Page) -> None:
    fold = "word => Spelling.fold(Spelling.plain(word))"
    for pairs, alike in ((SAME, True), (OTHER, False)):
        found = call(modules, fold, *((word,) for pair in pairs for word in pair))
        assert [a == b for a, b in zip(found[::2], found[1::2], strict=True)] == [alike] * len(pairs), found


def test_the_words_of_a_text(modules: Page) -> None:
    compared(
        modules,
        "Spelling.words",
        [
            (("80kg, 0,4 g/kg", False), ["80", "kg", "0.4", "g", "kg"]),
            (("anti-Jo-1 Ab", True), ["anti", "jo", "1", "antijo1", "ab"]),
            (("anti-Jo-1 Ab", False), ["anti", "jo", "1", "ab"]),
            (("  ?! ", True), []),
        ],
    )
    compared(modules, "Spelling.mistakes", [(("abc",), 0), (("abcd",), 1), (("abcdefg",), 2), (("b12abcdef",), 0)])


def asked(*words: str) -> list[dict[str, str]]:
    return [{"word": word, "term": word} for word in words]


def test_what_a_query_asks_for(modules: Page) -> None:
    compared(
        modules,
        "Query.idsOf",
        [
            (("PMID 12345678 and 123",), ["12345678"]),
            (("doi:10.1000/AbC.5).",), ["10.1000/abc.5"]),
            (("heart",), []),
        ],
    )
    compared(
        modules,
        "Query.withoutSmall",
        [((asked("what", "is", "pain"),), asked("pain")), ((asked("is", "it"),), asked("is", "it"))],
    )
    compared(
        modules,
        "Query.without",
        [
            ((asked("a", "b", "dose"), ["a", "b"]), asked("dose")),
            ((asked("a", "b"), ["a", "b"]), asked("a", "b")),
            ((asked("a", "x", "b"), ["a", "b"]), asked("a", "x", "b")),
            ((asked("a", "x", "a"), ["a"]), asked("x")),
        ],
    )
    as_one = "word => known.includes(word) ? word : null"
    joined = f"(words, known) => Query.joined(words, term => known.includes(term), {as_one})"
    compared(
        modules,
        joined,
        [
            ((asked("sun", "light", "x"), ["sunlight"]), asked("sunlight", "x")),
            ((asked("sun", "light"), ["sunlight", "sun"]), asked("sun", "light")),
            ((asked("sun", "light"), []), asked("sun", "light")),
        ],
    )
    records = "(named, spoken) => Query.recordsIn(new Map(named), spoken)"
    named = [["ten", ["x/ten", "x/other"]], ["sun", ["x/sun"]]]
    compared(
        modules,
        records,
        [
            ((named, ["ten", "ten"]), {"whole": ["x/ten", "x/other"], "part": ["x/ten", "x/other"]}),
            ((named, ["sun dose", "tens"]), {"whole": [], "part": ["x/sun"]}),
            ((named, ["often", "sunny"]), {"whole": [], "part": []}),
        ],
    )


def hit(number: int, page: str = "a.md", **fields: Any) -> dict[str, Any]:
    return {
        "number": number,
        "kind": "k",
        "weight": 1,
        "page": page,
        "anchor": "",
        "title": "t",
        "says": "",
        "marks": "",
        **fields,
    }


@pytest.mark.parametrize(
    ("fields", "words", "whole", "part", "weight"),
    [
        ({}, (2, 2), [], [], 10),
        ({}, (4, 1), [], [], 2.5),
        ({"weight": 0.5}, (1, 1), [], [], 5),
        ({"record": "x", "top": True}, (1, 1), ["x"], ["x"], 160),
        ({"record": "x"}, (1, 1), ["x"], ["x"], 16),
        ({"record": "x", "top": True}, (2, 2), [], ["x"], 8),
        ({"record": "x", "special": True}, (2, 2), [], ["x"], 30),
        ({"record": "x", "special": True}, (2, 1), [], ["x"], 8),
        ({"record": "x"}, (2, 2), [], ["x"], 16),
        ({"record": "y"}, (2, 2), ["x"], ["x"], 10),
    ],
)
def test_how_well_a_hit_fits(
    fields: dict[str, Any], words: tuple[int, int], whole: list[str], part: list[str], weight: float, modules: Page
) -> None:
    records = "{whole: new Set(whole), part: new Set(part)}"
    weigh = f"(hit, score, words, whole, part) => Ranking.weigh(hit, score, words, {records})"
    (found,) = call(modules, weigh, (hit(0, **fields), 10, {"all": words[0], "found": words[1]}, whole, part))
    assert found == pytest.approx(weight)


def test_hits_are_told_by_page_in_the_order_of_the_best(modules: Page) -> None:
    found = [
        {"hit": hit(0, "a.md", short="One"), "score": 1, "terms": []},
        {"hit": hit(1, "b.md", short="Two"), "score": 3, "terms": []},
        {"hit": hit(2, "a.md", short="Three"), "score": 3, "terms": []},
        {"hit": hit(3, "a.md", top=True), "score": 2, "terms": []},
        {"hit": hit(4, "a.md", short="Three"), "score": 0, "terms": []},
        {"hit": hit(5, "a.md", short="One"), "score": 0, "terms": []},
    ]
    pages = "hits => Ranking.byPage(Ranking.inOrder(hits)).map(page => page.map(each => each.hit.number))"
    assert call(modules, pages, (found,)) == [[[1], [2, 3, 0, 4, 5]]]
    others = "(hits, most) => Ranking.othersOf(Ranking.byPage(Ranking.inOrder(hits))[1], most).map(each => each.name)"
    assert call(modules, others, (found, 6), (found, 1)) == [["One", "The page"], ["The page"]]


def test_how_much_was_found_is_said(modules: Page) -> None:
    compared(
        modules,
        "Ranking.summary",
        [
            ((0, 40, []), "Nothing found."),
            ((1, 40, []), "1 page found."),
            ((40, 40, []), "40 pages found."),
            ((41, 40, []), "41 pages found, the first 40 are shown."),
            ((2, 40, [["x", "y"], ["z", ""]]), "2 pages found. No page has “x”; these have “y”. No page has “z”."),
        ],
    )


FIRST = {
    "everywhere": ["globulin"],
    "same": [["kidney", "renal"]],
    "treated": "indications",
    "kinds": {"indications": "Disease", "harms": "Harm"},
    "questions": [["Place", "role"], ["Harms"]],
    "records": [
        [
            "indications/glow",
            "Glow",
            ["Shine"],
            ["lamp"],
            ["It is second.", "for"],
            [[[0], "place", 0, "Second.", "", ""]],
            [],
        ],
        ["harms/kidney-failure", "Kidney failure", [], [], ["", ""], [], [["safety", "Safety: 1 claim"]]],
    ],
    "across": [],
    "pages": [["doses.md", "Doses", ["grams"], "Regimens.", [["top", "By weight"]]]],
}
REST = {
    "sources": [["12345678", "10.1000/X", "Abel 2014", "A trial of light", "Abel A", "J", "Trial", ""]],
    "claims": [["indications/glow#second", "Place", "Glow fades.", "disputed", "Abel 2014"]],
    "pending": [["pending--dark", "A paper of darkness", ["Glow"]]],
    "project": [["about.md", "About", [], "Who.", []]],
}


def test_the_index_finds_what_was_put_into_it(modules: Page) -> None:
    script = """([first, rest, queries]) => {
      const search = new SiteSearch();
      search.addFirst(first);
      for (const _ of search.addRest(rest)) void _;
      return queries.map(query => {
        const found = search.find(query), best = found.hits[0];
        return [best ? best.hit.page + '#' + best.hit.anchor : '', found.instead];
      });
    }"""
    cases: dict[str, tuple[str, list[list[str]]]] = {
        "glow": ("indications/glow.md#", []),
        "Shine": ("indications/glow.md#", []),
        "globulin glow": ("indications/glow.md#", []),
        "glow role": ("indications/glow.md#answer--place", []),
        "renal failure": ("harms/kidney-failure.md#", []),
        "glowx": ("indications/glow.md#", [["glowx", "glow"]]),
        "12345678": ("references/12345678.md#", []),
        "10.1000/x": ("references/12345678.md#", []),
        "fades": ("indications/glow.md#second", []),
        "darkness": ("missing.md#pending--dark", []),
        "grams": ("doses.md#", []),
        "zzzzzz": ("", [["zzzzzz", ""]]),
    }
    found = modules.evaluate(script, [FIRST, REST, list(cases)])
    assert dict(zip(cases, map(tuple, found), strict=True)) == cases
    pieces = """([first, text]) => {
      const search = new SiteSearch();
      search.addFirst(first);
      return search.pieces(text, search.terms('renal')).filter(each => each[1]).map(each => each[0]);
    }"""
    assert modules.evaluate(pieces, [FIRST, "The kidney, and the <b>renal</b> artery"]) == ["kidney", "renal"]


OLD = {"version": "1.0.0", "date": "2026-01-01", "build": "a"}
NEW = {"version": "1.1.0", "date": "2026-02-02", "build": "b"}
SIZES = {"read": 4.1, "print": 5.3}


def kept(*, read: bool = True, print_: bool = False, failed: bool = False) -> dict[str, Any]:
    return {**OLD, "kept": {"read": read, "print": print_}, "sizes": SIZES, "failed": failed}


def test_what_is_said_of_a_kept_copy(modules: Page) -> None:
    newer = "A newer version is available: version 1.1.0, 2026-02-02."
    until = "It is not on this device yet; until then you read version 1.0.0, 2026-01-01."
    lost = "The site cannot be reached: you read the copy kept on this device: version 1.0.0, 2026-01-01."
    nothing = {"text": "", "canLoad": False}
    compared(
        modules,
        "Notices.say",
        [
            ((None, NEW, True, False), nothing),
            ((kept(), None, False, False), nothing),
            ((kept(), OLD, True, False), nothing),
            ((kept(), None, True, False), {"text": lost, "canLoad": False}),
            ((kept(), NEW, True, False), {"text": f"{newer} {until}", "canLoad": False}),
            ((kept(), NEW, True, True), {"text": newer, "canLoad": True}),
            ((kept(read=False), NEW, True, True), nothing),
        ],
    )


def test_what_is_said_of_what_is_kept(modules: Page) -> None:
    site = "Kept on this device, to read and search without a network: the site, 4.1 MB"
    books = {"words": "Keep handbook and ward sheets too", "size": 5.3, "wish": "keep to print"}
    pages = {"words": "Keep the site", "size": 4.1, "wish": "keep to read"}
    saving = "This browser saves data: of the site only what you visit is kept on this device."
    compared(
        modules,
        "Notices.sayKept",
        [
            ((kept(),), {"text": f"{site}.", "offer": books}),
            ((kept(print_=True),), {"text": f"{site}, with handbook and ward sheets, 5.3 MB.", "offer": None}),
            ((kept(read=False),), {"text": saving, "offer": pages}),
            ((kept(read=False, print_=True),), {"text": saving, "offer": pages}),
            ((kept(failed=True),), {"text": f"{site}. Not all could be kept.", "offer": books}),
        ],
    )


def test_an_edition_holds_on_its_last_day(modules: Page) -> None:
    days = [
        (("2027-03-31", "2027-03-31"), False),
        (("2027-04-01", "2027-03-31"), True),
        (("2026-12-31", "2027-03-31"), False),
    ]
    compared(modules, "Edition.isOver", days)
    compared(modules, "Copying.textOf", [(("Q.", "http://x/", "a", "Unreviewed."), "Q. http://x/#a (Unreviewed.)")])


WORKER = """source => {
  const self = {registration: {scope: 'http://localhost/ivig/'}, addEventListener: () => {}};
  const build = {build: 'x', read: {'index.html': '1', 'a/index.html': '2', 'ä b.html': '3'}, print: {'a.pdf': '4'}};
  const script = source.replace('/* the version and files of this site */ {}', JSON.stringify(build));
  const {pathOf, folderOf, keyOf} = new Function('self', script + '; return {pathOf, folderOf, keyOf};')(self);
  return addresses => addresses.map(address => {
    const path = pathOf(new URL(address, self.registration.scope));
    return [path, folderOf(new URL(address, self.registration.scope)), path && keyOf(path)];
  });
}"""


def test_the_worker_knows_the_file_of_an_address(modules: Page) -> None:
    source = (PROJECT / "generator/publish/service-worker.js").read_text("utf-8")
    site = "http://localhost/ivig/"
    cases = {
        "": ("index.html", None, f"{site}index.html?sha256=1"),
        "index.html": ("index.html", None, f"{site}index.html?sha256=1"),
        "a/": ("a/index.html", None, f"{site}a/index.html?sha256=2"),
        "a/?q=x#y": ("a/index.html", None, f"{site}a/index.html?sha256=2"),
        "a": (None, f"{site}a/", None),
        "%C3%A4%20b.html": ("ä b.html", None, f"{site}%C3%A4%20b.html?sha256=3"),
        "a.pdf": ("a.pdf", None, f"{site}a.pdf?sha256=4"),
        "b": (None, None, None),
        "../other/": (None, None, None),
        "toString": (None, None, None),
    }
    found = modules.evaluate(f"([source, addresses]) => ({WORKER})(source)(addresses)", [source, list(cases)])
    assert dict(zip(cases, map(tuple, found), strict=True)) == cases


LISTED = """hit => {
  const box = document.createElement("div");
  box.dataset.root = "https://example.org", box.dataset.pageEnd = "";
  box.innerHTML = "<p role=status></p><ol></ol>";
  const pieces = text => [[text, false]];
  SearchList.listIn(box, {find: () => ({hits: [{hit, terms: [], score: 1}], instead: []}), pieces})("lamp");
  return box.querySelector("ol").textContent;
}"""


def test_a_hit_is_listed_with_its_marks_as_text(modules: Page) -> None:
    hit = {"page": "a.md", "anchor": "b", "kind": "Claim", "title": "Lamps", "says": "They <b>shine</b>.", "name": "b"}
    modules.add_script_tag(content=read_module("search-hits"))
    told = modules.evaluate(LISTED, {**hit, "marks": "disputed · RETRACTED"})
    assert told == "Claim LampsThey <b>shine</b>.disputed · RETRACTED"
