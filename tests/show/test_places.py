"""Where things are shown: values on an axis, claims in plots, sources on the map, steps; what answers rest on.

A drawing is 360 wide; its axis runs from 8 at the left to 352 at the right. What is expected is computed by hand.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from outputs import (
    Axis,
    Mark,
    Part,
    Plot,
    RecordFacts,
    basis_of,
    charts_of,
    draw_apart,
    draw_parts,
    in_reading_order,
    linear_axis,
    log_axis,
    map_cells,
    pathway_of,
    record_with,
    record_with_data,
    records_of,
    reference,
    shown,
)

LINEAR = Axis(0, 100, (0, 50, 100), line=50)
ACROSS = Axis(-20, 20, (-20, 0, 20), line=0)
LOG = Axis(0.1, 10, (0.1, 1, 10), log=True, line=1)


@pytest.mark.parametrize(
    ("axis", "value", "x"),
    [
        (LINEAR, 0, 8),
        (LINEAR, 25, 94),
        (LINEAR, 50, 180),
        (LINEAR, 75, 266),
        (LINEAR, 100, 352),
        (LINEAR, -1, 8),
        (LINEAR, 130, 352),
        (ACROSS, -20, 8),
        (ACROSS, -10, 94),
        (ACROSS, 0, 180),
        (ACROSS, 10, 266),
        (LOG, 0.1, 8),
        (LOG, 1, 180),
        (LOG, 10, 352),
        (LOG, 0.01, 8),
        (LOG, 100, 352),
        (LOG, 10**0.5, 266),  # half way, by the logarithm, between 1 and 10
    ],
)
def test_where_a_value_is_on_an_axis(axis: Axis, value: float, x: float) -> None:
    assert axis.x(value) == pytest.approx(x)


@pytest.mark.parametrize("axis", [LINEAR, ACROSS, LOG])
def test_greater_values_are_further_right(axis: Axis) -> None:
    values = [axis.low + (axis.high - axis.low) * part / 10 for part in range(11)]
    places = [axis.x(value) for value in values]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("values", "line", "ticks"),
    [
        ([0.4, 3], 1, [0.2, 0.5, 1, 2, 5]),
        ([1.33, 5.33, 2.67], 1, [1, 2, 5, 10]),
        ([2, 5], 1, [1, 2, 5]),
        ([0.2, 0.9], 1, [0.2, 0.5, 1]),
        ([0, 2, 4], None, [2, 5]),  # nothing below or at zero has a place
        ([1], 1, [0.5, 1, 2]),
        ([0.01, 50], None, [0.01, 0.1, 1, 10]),  # of twelve ticks the decades
        ([0.02, 8], None, [0.02, 0.1, 0.5, 2, 10]),  # of nine every second
        ([0.02, 8], 1, [0.05, 0.2, 1, 5]),  # the one among them that is no difference
        ([0.05, 8], 1, [0.05, 0.2, 1, 5]),
    ],
)
def test_ticks_of_a_logarithmic_axis(values: list[float], line: float | None, ticks: list[float]) -> None:
    axis = log_axis(values, line=line)
    assert axis.ticks == pytest.approx(ticks)
    assert (axis.log, axis.line) == (True, line)


@pytest.mark.parametrize(
    ("values", "line", "start", "ticks"),
    [
        ([-20, 35], 0, None, [-20, -10, 0, 10, 20, 30, 40]),
        ([12, 60], 0, None, [0, 10, 20, 30, 40, 50, 60]),
        ([-30, -10], 0, None, [-30, -25, -20, -15, -10, -5, 0]),
        ([5.7], None, 0, [0, 1, 2, 3, 4, 5, 6]),
        ([0.05, 0.08], None, 0, [0, 0.02, 0.04, 0.06, 0.08]),
        ([0.5], None, 0, [0, 0.1, 0.2, 0.3, 0.4, 0.5]),
        ([0], None, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),  # nobody had it
    ],
)
def test_ticks_of_a_linear_axis(
    values: list[float], line: float | None, start: float | None, ticks: list[float]
) -> None:
    axis = linear_axis(values, line=line, start=start)
    assert axis.ticks == pytest.approx(ticks)
    assert (axis.low, axis.high, axis.log, axis.line) == (axis.ticks[0], axis.ticks[-1], False, line)


def drawn(svg: str, shape: str, *names: str) -> list[tuple[float, ...]]:
    """Return these numbers of every shape of a class, in the order drawn."""
    tags = re.findall(rf'<\w+ class="{shape}"[^>]*>', svg)
    return [tuple(float(re.search(rf' {name}="([^"]*)"', tag)[1]) for name in names) for tag in tags]


def test_a_row_has_its_point_between_the_ends_of_its_interval() -> None:
    marks = [Mark("a", "A", 25, 10, 75, "#a"), Mark("b", "B", 100, None, None, "#b", "randomised")]
    svg = draw_parts("p", "Title", "Text", [Part("one against two", marks, ("favours one", "favours two"))], LINEAR)
    assert drawn(svg, "point", "cx", "cy") == [(94, 66), (352, 124)]
    assert drawn(svg, "interval", "x1", "x2", "y1", "y2") == [(42.4, 266, 66, 66)]  # 8 + 3.44 * 10
    assert drawn(svg, "band", "y", "height") == [(58, 16), (116, 16)]
    assert drawn(svg, "no-difference", "x1", "x2", "y1", "y2") == [(180, 180, 58, 74), (180, 180, 116, 132)]
    assert drawn(svg, "grid", "x1", "x2") == [(8, 8), (180, 180), (352, 352)] * 2
    assert re.findall(r'<a class="([^"]*)" href="([^"]*)"', svg) == [("row", "#a"), ("row level-randomised", "#b")]
    words = re.findall(r'<text class="(\w+)" x="([0-9.]+)"[^>]*>([^<]+)</text>', svg)
    assert words == [
        ("panel", "8.0", "one against two"),
        *[("label", "8.0", "a"), ("value", "8.0", "A"), ("label", "8.0", "b"), ("value", "8.0", "B")],
        *[("tick", "8.0", "0"), ("tick", "180.0", "50"), ("tick", "352.0", "100")],
        *[("end", "8.0", "← favours one"), ("end", "352.0", "favours two →")],
    ]
    assert "cut" not in svg


def test_panels_drawn_apart_for_paper_are_those_of_one_drawing() -> None:
    parts = [
        Part(name, [Mark(name, name.upper(), 25, 10, 75, f"#{name}")], ("less", "more")) for name in ("a", "b", "c")
    ]
    apart = draw_apart("p", "Title", "Text", parts, LINEAR)
    whole = draw_parts("p", "Title", "Text", parts, LINEAR)
    assert [re.findall('<text class="panel"[^>]*>([^<]+)<', svg) for svg in apart] == [["a"], ["b"], ["c"]]
    assert re.findall(">([^<]+)<", "".join(apart)) == re.findall(">([^<]+)<", whole)
    assert {re.search('aria-labelledby="([^"]*)"', svg)[1] for svg in apart} == {"p-t p-d"}
    heights = [float(re.search(r'viewBox="0 0 360 (\d+)"', svg)[1]) for svg in (*apart, whole)]
    assert sum(heights[:3]) == heights[3] + 4  # each begins 2 below its edge


def test_a_drawing_without_a_line_of_no_difference_has_none() -> None:
    parts = [Part("", [Mark("a", "A", 25, None, None, "#a")])]
    svg = draw_parts("p", "Title", "Text", parts, replace(LINEAR, line=None))
    assert drawn(svg, "no-difference", "x1") == []
    assert drawn(svg, "interval", "x1") == []
    assert "panel" not in svg
    assert "end" not in re.findall(r'class="(\w+)"', svg)


@pytest.mark.parametrize(
    ("low", "high", "arrows"),
    [(0.1, 10, []), (0.09, 10, ["8.0"]), (0.0, 10, ["8.0"]), (0.1, 11, ["352.0"]), (0.01, 99, ["8.0", "352.0"])],
)
def test_an_interval_that_goes_on_beyond_the_axis_ends_in_an_arrow(low: float, high: float, arrows: list[str]) -> None:
    svg = draw_parts("p", "Title", "Text", [Part("", [Mark("a", "A", 1, low, high, "#a")])], LOG)
    assert re.findall(r'class="cut" d="M([0-9.]+) ', svg) == arrows


def test_long_ends_are_wrapped_and_never_cut() -> None:
    ends = ("favours a treatment of many drugs given together", "favours none")
    svg = draw_parts("p", "Title", "Text", [Part("", [Mark("a", "A", 1, None, None, "#a")], ends)], LOG)
    told = re.findall(r'class="end"[^>]* text-anchor="(\w+)">([^<]+)<', svg)
    assert " ".join(words for side, words in told if side == "start") == f"← {ends[0]}"
    assert [words for side, words in told if side == "end"] == ["favours none →"]
    assert max(len(words) for _, words in told) <= 30


def record(id_: str) -> RecordFacts:
    return records_of(shown())[id_]


def rows(charts: list[Plot]) -> dict[str, list[str]]:
    return {chart.id: [row.claim.entry.name for row in chart.rows] for chart in charts}


def test_each_claim_is_in_the_plot_of_its_numbers() -> None:
    """Eyes and lesions are in none, as outcomes are shares of patients; nor are deaths of the disease itself."""
    assert rows(charts_of(record("indications/crackle"))) == {
        "plot-differences": ["against-placebo"],
        "plot-odds-ratio": ["pooled"],
        "plot-hazard-ratio": ["sooner"],
        "plot-responses": ["response", "cohort", "no-response", "series"],
    }


def panels(charts: list[Plot]) -> list[tuple[str, tuple[str, str], list[str]]]:
    return [(p.title, p.ends, [row.claim.entry.name for row in p.rows]) for chart in charts for p in chart.panels]


def test_what_is_controlled_stands_before_what_is_called_uncontrolled() -> None:
    (*_, outcomes) = charts_of(record("indications/crackle"))
    assert panels([outcomes]) == [
        ("From controlled studies", ("", "better"), ["response"]),
        ("Uncontrolled: nothing to compare with", ("", "better"), ["cohort"]),
        ("Uncontrolled: bad outcomes", ("better", ""), ["no-response"]),
        ("Uncontrolled: nothing to compare with; about one product or route", ("", "better"), ["series"]),
    ]


def test_a_plot_of_the_intervention_stands_before_one_of_something_else() -> None:
    """Also where the other has the higher level of evidence."""
    arms = tuple({"name": name, "events": events, "of": 20} for name, events in (("IVIG", 16), ("placebo", 6)))
    compared = {"type": "comparison", "outcome": "calm", "measure": "risk-ratio", "arms": arms, "value": 2}
    share = {"type": "proportion", "outcome": "calm", "events": 9, "of": 10, "unit": "patients"}
    claims = {
        "wider": {"kind": "efficacy", "pmids": ["105"], "data": compared, "subject": "class"},
        "own": {"kind": "efficacy", "pmids": ["104"], "data": share},
        "own-ratio": {"kind": "efficacy", "pmids": ["104"], "data": compared},
    }
    both = {name: claims[name] for name in ("wider", "own")}
    charts = charts_of(record_with(both, shown().references, "indications"))
    assert [[names for _, _, names in panels([chart])] for chart in charts] == [[["own"]], [["wider"]], [["wider"]]]
    charts = charts_of(record_with(claims, shown().references, "indications"))
    assert [names for _, _, names in panels(charts)] == [["own-ratio"], ["wider"], ["own-ratio"], ["wider"], ["own"]]


def test_the_surest_share_stands_first_and_not_the_most_favourable() -> None:
    shares = {"all": (10, 10), "most": (90, 100)}
    claims = {
        name: {
            "kind": "efficacy",
            "pmids": ["104"],
            "data": {"type": "proportion", "outcome": "calm", "unit": "patients"},
        }
        for name in shares
    }
    for name, (events, of) in shares.items():
        claims[name]["data"] |= {"events": events, "of": of}
    [plot] = charts_of(record_with(claims, shown().references, "indications"))
    assert panels([plot]) == [("Uncontrolled: nothing to compare with", ("", "better"), ["most", "all"])]


def compared(better: str | None, *names: str, measure: str = "odds-ratio", **fields: Any) -> list[Plot]:
    """Return the plots of one comparison between arms of these names."""
    arms = tuple({"name": name} for name in names)
    data = {"type": "comparison", "outcome": "calm", "measure": measure, "value": 3, "ci": (2, 5), "arms": arms}
    return charts_of(record_with_data("comparison", {**data, "better": better, **fields}))


@pytest.mark.parametrize(
    ("better", "ends"),
    [
        ("lower", ("favours IVIG", "favours placebo")),
        ("higher", ("favours placebo", "favours IVIG")),
        (None, ("more in: placebo", "more in: IVIG")),
    ],
)
def test_a_panel_says_whom_its_ends_favour(better: str | None, ends: tuple[str, str]) -> None:
    """A ratio above 1, or a difference above 0, is more in the first arm."""
    assert panels(compared(better, "IVIG", "placebo")) == [("IVIG against placebo", ends, ["one"])]
    points = {"measure": "difference", "unit": "percentage points"}
    assert panels(compared(better, "IVIG", "placebo", **points)) == [("IVIG against placebo", ends, ["one"])]


def test_what_a_score_expects_is_no_control_group() -> None:
    [plot] = compared("lower", "IVIG", measure="mortality-ratio")
    assert plot.title.endswith(", uncontrolled")
    assert panels([plot]) == [("IVIG against expected", ("fewer than expected", "more than expected"), ["one"])]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("intervention", "IVIG against placebo"),
        ("class", "IVIG against placebo; about treatments of this kind"),
        ("product", "IVIG against placebo; about one product or route"),
        ("comparator", None),
        ("disease", None),
    ],
)
def test_another_subject_is_named_or_left_out(subject: str, title: str | None) -> None:
    data = {"type": "comparison", "outcome": "calm", "measure": "odds-ratio", "value": 3}
    data["arms"] = ({"name": "IVIG"}, {"name": "placebo"})
    charts = charts_of(record_with_data("comparison", data, subject=subject))
    assert [panel[0] for panel in panels(charts)] == ([title] if title else [])


def test_frequencies_have_a_plot_for_each_unit_before_the_other_plots() -> None:
    charts = charts_of(record("adverse-events/hiccups"))
    assert list(rows(charts).items()) == [
        ("plot-frequency-patients", ["often"]),
        ("plot-frequency-infusions", ["per-infusion", "few-infusions"]),
        ("plot-odds-ratio", ["thirst"]),
    ]
    assert [chart.axis.log for chart in charts] == [False, True, True]


@pytest.mark.parametrize("unit", ["eyes", "lesions", "infusions"])
def test_what_is_not_counted_by_patients_is_no_share_of_patients(unit: str) -> None:
    data = {"type": "proportion", "outcome": "calm", "events": 8, "of": 10}
    assert rows(charts_of(record_with_data("efficacy", {**data, "unit": "patients"}))) == {"plot-responses": ["one"]}
    assert charts_of(record_with_data("efficacy", {**data, "unit": unit})) == []
    assert charts_of(record_with_data("background", {**data, "unit": "patients"})) == []


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [((16, 20), (6, 20), 50), ((6, 20), (16, 20), -50), ((0, 10), (10, 10), -100), ((5, 10), (5, 10), 0)],
)
def test_a_difference_is_the_first_arm_less_the_second(
    first: tuple[int, int], second: tuple[int, int], difference: float
) -> None:
    arms = tuple({"name": name, "events": n, "of": of} for name, (n, of) in (("a", first), ("b", second)))
    data = {"type": "comparison", "outcome": "calm", "measure": "risk", "arms": arms}
    [chart] = charts_of(record_with_data("comparison", data))
    [row] = chart.rows
    assert row.mark.point == pytest.approx(difference)
    assert row.mark.low is not None
    assert row.mark.high is not None
    assert row.mark.low <= row.mark.point <= row.mark.high
    assert (chart.panels[0].title, row.mark.label) == ("a against b", "calm")
    assert f": {first[0]}/{first[1]} and {second[0]}/{second[1]}, " in row.mark.value


def test_an_expected_count_is_no_observed_share() -> None:
    """The nine that were seen against the 4.9 that a model expects."""
    arms = tuple({"name": name, "events": Decimal(n), "of": 20} for name, n in (("seen", "9"), ("expected", "4.9")))
    data = {"type": "comparison", "outcome": "calm", "measure": "risk", "arms": arms}
    assert charts_of(record_with_data("comparison", data)) == []


def test_a_ratio_is_drawn_as_printed() -> None:
    data = {"type": "comparison", "outcome": "calm", "measure": "odds-ratio", "value": 3, "ci": (1, 9)}
    [chart] = charts_of(record_with_data("comparison", data))
    mark = chart.rows[0].mark
    assert (mark.point, mark.low, mark.high, chart.axis.line) == (3, 1, 9, 1)
    assert (mark.label, mark.value) == ("calm", "Abel 2021, randomised trial: odds ratio 3 (1 to 9)")


def test_the_map_has_the_sources_of_each_indication_by_design() -> None:
    records = [record("indications/crackle"), record("indications/glimmer")]
    assert [(c.anchor, [source.pmid for source in c.sources]) for c in map_cells(records, shown())] == [
        ("map--crackle--meta-analysis", ["105"]),
        ("map--crackle--systematic-review", ["106"]),
        ("map--crackle--rct", ["101", "102"]),
        ("map--crackle--controlled-trial", ["113"]),
        ("map--crackle--cohort", ["103", "110"]),
        ("map--crackle--case-series", ["104"]),
        ("map--crackle--case-report", ["114"]),
        ("map--crackle--guideline", ["112"]),
        ("map--glimmer--systematic-review", ["106"]),
        ("map--glimmer--case-control", ["111"]),
    ]


REFERENCES = {
    "1": reference(design="rct", participants=10),
    "2": reference(design="rct", participants=500),
    "3": reference(design="case-series", participants=900),
    "4": reference(design="meta-analysis", synthesises="randomised"),
    "5": reference(design="cohort", participants=70),
    "6": reference(design="rct"),
}


STUDIES = {
    **REFERENCES,
    "2": reference(design="rct", participants=500, study="lamp"),
    "7": reference(design="cohort"),
    "8": reference(design="rct", participants=500, study="lamp"),
    "9": reference(design="controlled-trial", participants=30),
    "10": reference(design="narrative-review"),
    "11": reference(design="rct", retraction={"state": "retracted", "checked_on": "2026-01-01"}),
    "12": reference(design="rct", species="mouse"),
}


@pytest.mark.parametrize(
    ("claims", "step", "why"),
    [
        ({"a": {"pmids": ["2", "1"]}}, 4, "randomised trial; 2 studies"),
        ({"a": {"pmids": ["2"]}, "b": {"pmids": ["1"]}}, 4, "randomised trial; 2 studies"),
        ({"a": {"pmids": ["4"]}}, 4, "synthesis of randomised trials; 1 study"),
        ({"a": {"pmids": ["2"]}}, 3, "randomised trial; 1 study"),
        ({"a": {"pmids": ["2", "8"]}}, 3, "randomised trial; 1 study"),  # two reports of one trial
        ({"a": {"pmids": ["1"]}}, 2, "randomised trial; 1 study; fewer than 30 participants"),
        ({"a": {"pmids": ["1", "5"]}}, 3, "randomised trial; 2 studies"),
        ({"a": {"pmids": ["9"]}}, 3, "controlled trial, not randomised; 1 study"),
        ({"a": {"pmids": ["5", "7"]}}, 2, "observational study; 2 studies"),
        ({"a": {"pmids": ["5"]}}, 1, "observational study; 1 study"),
        ({"a": {"pmids": ["5", "3"]}}, 1, "observational study; 2 studies"),
        ({"a": {"pmids": ["3"]}}, 1, "case series or reports; 1 study"),
        ({"a": {"pmids": ["10"]}}, 1, "expert opinion"),
        ({"a": {"pmids": ["2"], "against": ["5"]}}, 2, "randomised trial; 1 study; disputed"),
        (
            {"a": {"pmids": ["1"], "against": ["5"]}},
            1,
            "randomised trial; 1 study; disputed; fewer than 30 participants",
        ),
        ({"a": {"pmids": ["5"], "against": ["2"]}}, 1, "observational study; 1 study; disputed"),
        ({"a": {"pmids": ["11"]}}, 0, ""),  # retracted
        ({"a": {"pmids": ["12"]}}, 0, ""),  # mice
        ({"a": {"pmids": ["2"], "subject": "comparator"}}, 0, ""),
        ({"a": {"pmids": ["2"], "kind": "background"}}, 0, ""),
    ],
)
def test_what_an_answer_rests_on(claims: dict[str, dict[str, Any]], step: int, why: str) -> None:
    record = record_with(
        {name: {"kind": "efficacy", **claim} for name, claim in claims.items()}, STUDIES, "indications"
    )
    basis = basis_of(claim.entry for claim in record.claims)
    assert (basis.step, basis.why(record.guideline.about.speech)) == (step, why)


def pathway(stages: dict[str, str], ways: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the numbers of the steps of a pathway from the stage of each and the steps that follow each."""
    nodes: dict[str, Any] = {}
    for name, stage in stages.items():
        following = ways.get(name, ())
        nodes[name] = {"stage": stage, "label": name, "kind": "outcome"}
        if len(following) > 1:
            nodes[name] |= {"kind": "question", "answers": {f"to {other}": other for other in following}}
        elif following:
            nodes[name] |= {"kind": "action", "next": following[0]}
    return in_reading_order(
        pathway_of({"start": "a", "stages": {"one": {"name": "1"}, "two": {"name": "2"}}, "nodes": nodes})
    )


@pytest.mark.parametrize(
    ("stages", "ways", "numbers"),
    [
        ({"a": "one"}, {}, {"a": 1}),
        (  # the first answer is followed to its end before the second
            {"d": "one", "c": "one", "b": "one", "a": "one"},
            {"a": ("b", "c"), "b": ("d",)},
            {"a": 1, "b": 2, "d": 3, "c": 4},
        ),
        (  # a stage is numbered before the next one starts
            {"a": "one", "b": "two", "c": "one", "d": "two"},
            {"a": ("b", "c"), "b": ("d",), "c": ("d",)},
            {"a": 1, "c": 2, "b": 3, "d": 4},
        ),
        ({"a": "one", "lost": "one"}, {}, {"a": 1}),  # what no path reaches has no number
    ],
)
def test_steps_are_numbered_in_reading_order(
    stages: dict[str, str], ways: dict[str, tuple[str, ...]], numbers: dict[str, int]
) -> None:
    assert list(pathway(stages, ways).items()) == list(numbers.items())
