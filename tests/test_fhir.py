"""The FHIR bundle is R5 as `fhir.resources` has it, whole in itself, a draft that says so, and plain text.

The models refuse elements that R5 does not have, and values of another type. What they let pass is checked here: codes
and needed elements as the models list them, ids and names, references, steps that lead somewhere, and what is empty.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import unescape
from typing import Any

import pytest
from cases import TESTS
from fhir.resources.bundle import Bundle
from markdown import markdown as to_html
from pydantic import BaseModel, ValidationError

from generator.answers import Answer
from generator.cli import PROJECT, read
from generator.escape import markdown
from generator.facts.claims import claims_of
from generator.facts.edition import expires_on
from generator.facts.sources import sources_of
from generator.facts.steps import pathway_of
from generator.graph import edges_of
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.model import Disagreement, Review, reviewed
from generator.quantities import Quantity
from generator.render.data.exports import export_makers
from generator.render.data.fhir.bundle import to_fhir
from generator.render.data.fhir.form import EXTENSION, fhir_id, urn

KINDS = {"Citation", "Evidence", "ArtifactAssessment", "PlanDefinition", "Library"}
CODES = {
    "http://terminology.hl7.org/CodeSystem/variable-role": {"population", "exposure", "measuredVariable"},
    "http://terminology.hl7.org/CodeSystem/library-type": {"asset-collection"},
    "http://terminology.hl7.org/CodeSystem/statistic-type": {
        *("C53319", "C28007", "C16932", "C93152", "C93150", "C44256"),
    },
}
"""The codes that may stand in it: each was seen in the standard's own list."""


@pytest.fixture(scope="module", params=["real", "shown"])
def known(request: pytest.FixtureRequest, guideline: Guideline, shown: Guideline) -> Guideline:
    return guideline if request.param == "real" else shown


@pytest.fixture(scope="module")
def bundle(known: Guideline) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_fhir(known))
    return found


@pytest.fixture(scope="module")
def nodes(bundle: dict[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
    return nodes_in(bundle)


def nodes_in(node: Any) -> list[tuple[tuple[str, ...], Any]]:
    """Return every value with the names that lead to it, positions left out."""
    found: list[tuple[tuple[str, ...], Any]] = [((), node)]
    for path, each in found:
        if isinstance(each, dict):
            found += [((*path, name), value) for name, value in each.items()]
        elif isinstance(each, list):
            found += [(path, value) for value in each]
    return found


def of_kind(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind]


def parts_of(resource: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the values of the parts of the extension, by name."""
    found: dict[str, list[Any]] = {}
    for extension in resource.get("extension", ()):
        for part in extension["extension"]:
            (value,) = (value for name, value in part.items() if name.startswith("value"))
            found.setdefault(part["url"], []).append(value)
    return found


def test_it_is_a_file_beside_the_others(guideline: Guideline) -> None:
    paths = [str(path) for path in export_makers(guideline)]
    assert "data/fhir-bundle.json" in paths


def faults_in(bundle: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what the models refuse, or type and name of each element that is not as they list it."""
    try:
        waiting: list[Any] = [Bundle.model_validate(bundle)]
    except ValidationError as error:
        return [("Bundle", str(error))]
    found = []
    for model in waiting:
        for name, (needed, codes) in elements_of(type(model)).items():
            value = getattr(model, name)
            each = value if isinstance(value, list) else [] if value is None else [value]
            if (needed and not each) or (codes and any(one not in codes for one in each)):
                found.append((type(model).__name__, name))
        for name in model.model_fields_set:
            value = getattr(model, name)
            waiting += [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, BaseModel)]
    return found


@cache
def elements_of(type_: type[BaseModel]) -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Return the elements of a type that are needed or have a closed list of codes: whether needed, and the codes."""
    found = {}
    for name, info in type_.model_fields.items():
        extra: Any = info.json_schema_extra or {}
        codes = tuple(extra.get("enum_values", ()))
        rules = bool(info.is_required() or extra.get("element_required")), () if "etc." in codes else codes
        if any(rules):
            found[name] = rules
    return found


def test_it_is_r5(bundle: dict[str, Any]) -> None:
    assert faults_in(bundle) == []
    assert {each["resource"]["resourceType"] for each in bundle["entry"]} == KINDS


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("Citation", "status", "unreviewed"),
        ("Evidence", "variableDefinition", []),
        ("Evidence", "variableDefinition", None),
        ("Evidence", "assertion", 1),
        ("PlanDefinition", "marks", "x"),
        ("ArtifactAssessment", "content", [{"informationType": "opinion"}]),
        ("Library", "type", None),
        ("Library", "id", "a/b"),
    ],
)
def test_what_is_not_r5_is_noticed(shown: Guideline, kind: str, name: str, value: object) -> None:
    bundle = json.loads(to_fhir(shown))
    of_kind(bundle, kind)[0][name] = value
    assert faults_in(bundle) != []


def test_each_id_has_the_letters_of_fhir_and_at_most_64_and_is_there_once(bundle: dict[str, Any]) -> None:
    ids = [(each["resource"]["resourceType"], each["resource"]["id"]) for each in bundle["entry"]]
    assert all(re.fullmatch(r"[A-Za-z0-9.-]{1,64}", id_) for _, id_ in ids)
    assert len(set(ids)) == len(ids)
    urls = [each["fullUrl"] for each in bundle["entry"]]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", url) for url in urls)
    assert len(set(urls)) == len(urls)


def test_an_id_is_its_own_even_if_two_long_ones_begin_alike() -> None:
    assert fhir_id("indications/x#response") == "indications.x.response"
    assert fhir_id(f"practice/x#{'a' * 70}") != fhir_id(f"practice/x#{'a' * 71}")
    assert fhir_id(f"practice/x#{'a' * 70}") == "practice.x.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.28041a92387b"


def test_names_and_ids_stay_wherever_the_site_is_hosted(shown: Guideline) -> None:
    def named(guideline: Guideline) -> list[tuple[str, str]]:
        return [(each["fullUrl"], each["resource"]["id"]) for each in json.loads(to_fhir(guideline))["entry"]]

    about = shown.about.model_copy(update={"address": "https://elsewhere.example/x", "version": "9.9.9"})
    assert named(replace(shown, about=about)) == named(shown)


def test_every_reference_leads_to_a_resource_of_its_kind_in_the_bundle(
    bundle: dict[str, Any], nodes: list[tuple[tuple[str, ...], Any]]
) -> None:
    kinds = {each["fullUrl"]: each["resource"]["resourceType"] for each in bundle["entry"]}
    references = [node for _, node in nodes if isinstance(node, dict) and "reference" in node]
    assert len(references) > 2 * len(kinds)
    assert [each for each in references if kinds.get(each["reference"]) != each["type"]] == []
    (plan,), (library,) = of_kind(bundle, "PlanDefinition"), of_kind(bundle, "Library")
    assert plan["library"] == [library["url"]]
    assert kinds[plan["url"]] == "PlanDefinition"
    assert kinds[library["url"]] == "Library"


def test_the_library_names_everything_else_once(bundle: dict[str, Any]) -> None:
    (library,) = of_kind(bundle, "Library")
    named = [each["resourceReference"]["reference"] for each in library["relatedArtifact"]]
    assert named == [each["fullUrl"] for each in bundle["entry"][1:]]


def test_each_claim_is_there_once_with_its_words_and_all_its_passages(bundle: dict[str, Any], known: Guideline) -> None:
    found = {each["identifier"][0]["value"]: each for each in of_kind(bundle, "Evidence")}
    assert len(of_kind(bundle, "Evidence")) == len(found)
    assert list(found) == list(known.claims)
    urls = {each["resource"]["id"]: each["fullUrl"] for each in bundle["entry"]}
    for id_, entry in known.claims.items():
        assert plainly(found[id_]["assertion"]) == plainly(markdown(plain_text(entry.claim.text)))
        passages = [each for each in found[id_]["relatedArtifact"] if each["type"] == "cites"]
        said = [
            (each["resourceReference"]["reference"], *map(parts_of(each).get, ("first_words", "sha256", "bearing")))
            for each in passages
        ]
        assert said == [
            (urls[f"pmid-{cite.pmid}"], [cite.start], [known.passages[cite.key].sha256], [cite.bearing])
            for cite in entry.claim.cites
        ]


def test_each_source_is_there_once(bundle: dict[str, Any], known: Guideline) -> None:
    found = [each["citedArtifact"]["identifier"][0]["value"] for each in of_kind(bundle, "Citation")]
    assert found == list(known.references)
    read = [each["id"].removeprefix("reading--") for each in of_kind(bundle, "ArtifactAssessment")]
    assert [pmid for pmid in read if pmid.isdigit()] == list(known.references)


def test_each_disagreement_is_there_once_with_its_reason(bundle: dict[str, Any], known: Guideline) -> None:
    urls = {each["fullUrl"]: each["resource"] for each in bundle["entry"]}
    found = []
    for each in of_kind(bundle, "ArtifactAssessment"):
        for content in each["content"]:
            if content["informationType"] == "comment":
                sides = [urls[one["resourceReference"]["reference"]] for one in content["relatedArtifact"]]
                found.append((frozenset(side["identifier"][0]["value"] for side in sides), content["summary"]))
    told = known.disagreements
    assert Counter(pair for pair, _ in found) == Counter({frozenset((a, b)) for a in told for b in told[a]})
    assert {(pair, why) for pair, why in found} == {
        (frozenset((a, b)), markdown(why)) for a in told for b, why in told[a].items()
    }


def test_reasons_that_two_claims_give_for_one_disagreement_are_both_told(shown: Guideline) -> None:
    (one, others), *_ = shown.disagreements.items()
    other, *_ = others
    records = dict(shown.records)
    for id_, against in ((one, other), (other, one)):
        record, _, name = id_.partition("#")
        told = Disagreement(claim=against, because=f"So says {name}.")
        claims = {
            **records[record].claims,
            name: records[record].claims[name].model_copy(update={"disagrees_with": (told,)}),
        }
        records[record] = records[record].model_copy(update={"claims": claims})
    bundle = json.loads(to_fhir(replace(shown, records=records)))
    summaries = {node for path, node in nodes_in(of_kind(bundle, "ArtifactAssessment")) if path[-1:] == ("summary",)}
    assert {f"So says {id_.partition('#')[2]}." for id_ in (one, other)} <= summaries


def test_every_resource_says_that_it_is_a_draft_unreviewed_and_until_when(
    bundle: dict[str, Any], known: Guideline
) -> None:
    until = expires_on(known.about).isoformat()
    for resource in (each["resource"] for each in bundle["entry"]):
        parts = parts_of(resource)
        assert (parts["standing"] == ["unreviewed"]) != reviewed(known.about) or resource["resourceType"] == "Evidence"
        assert parts["expires"] == [until]
        if resource["resourceType"] == "ArtifactAssessment":
            assert parts["status"] == ["draft"]
        else:
            assert (resource["status"], resource["experimental"]) == ("draft", True)
        if "effectivePeriod" in resource:
            assert resource["effectivePeriod"]["end"] == until
    (library,) = of_kind(bundle, "Library")
    assert ("unreviewed" in library["description"]) != reviewed(known.about)
    assert until in library["description"]


def test_a_review_is_told_with_who_and_when(shown: Guideline) -> None:
    review = Review.model_construct(reviewed_by="0000-0002-1825-0097", reviewed_on=shown.about.date, interests="none")
    first, *_ = shown.records
    records = {**shown.records, first: shown.records[first].model_copy(update={"standing": review})}
    bundle = json.loads(to_fhir(replace(shown, records=records)))
    said = {parts_of(each)["standing"][0] for each in of_kind(bundle, "Evidence")}
    who = f"reviewed by https://orcid.org/0000-0002-1825-0097 on {shown.about.date}; interests declared: none"
    assert said == {"unreviewed", who}
    assert {each["status"] for each in of_kind(bundle, "Evidence")} == {"draft"}


def test_no_code_stands_in_it_that_was_not_confirmed_and_none_of_grade(
    nodes: list[tuple[tuple[str, ...], Any]],
) -> None:
    codings = [one for path, node in nodes if path[-1:] == ("coding",) and isinstance(node, list) for one in node]
    assert codings
    assert [one for one in codings if one["code"] not in CODES.get(one["system"], ())] == []
    assert not [path for path, _ in nodes if "certainty" in path]
    assert {path[-2] for path, _ in nodes if path[-1:] == ("code",)} == {"coding"}


def test_what_has_no_slot_stands_in_one_extension_whose_parts_the_page_lists(
    nodes: list[tuple[tuple[str, ...], Any]],
) -> None:
    page = (PROJECT / "docs/data.md").read_text("utf-8").partition("{ #fhir }")[2]
    assert f"`{EXTENSION}`" in page
    listed = set(re.findall(r"^\| `([a-z0-9_]+)` \|", page, re.MULTILINE))
    outer = [
        node["url"]
        for path, node in nodes
        if path[-1:] == ("extension",) and isinstance(node, dict) and "extension" in node
    ]
    assert set(outer) == {EXTENSION}
    used = {node["url"] for path, node in nodes if path[-2:] == ("extension", "extension") and isinstance(node, dict)}
    assert used - listed == set()


def test_every_part_that_the_page_lists_is_made(guideline: Guideline, shown: Guideline) -> None:
    page = (PROJECT / "docs/data.md").read_text("utf-8").partition("{ #fhir }")[2]
    made = {
        node["url"]
        for known in (guideline, shown)
        for path, node in nodes_in(json.loads(to_fhir(known)))
        if path[-2:] == ("extension", "extension") and isinstance(node, dict)
    }
    assert set(re.findall(r"^\| `([a-z0-9_]+)` \|", page, re.MULTILINE)) - made == set()


def test_the_steps_of_the_pathway_lead_on_as_in_the_guideline(bundle: dict[str, Any], known: Guideline) -> None:
    (plan,) = of_kind(bundle, "PlanDefinition")
    actions = [node for path, node in nodes_in(plan) if path[-1:] == ("action",) and isinstance(node, dict)]
    ids = [each["id"] for each in actions]
    assert len(set(ids)) == len(ids)
    assert [each["linkId"] for each in actions] == ids
    assert parts_of(plan)["start"] == [known.pathway.start]
    steps = [step for stage in plan["action"] for step in stage["action"]]
    assert sorted(step["id"] for step in steps) == sorted(known.pathway.nodes)

    def leads(action: dict[str, Any]) -> Iterator[str]:
        yield from (each["targetId"] for each in action.get("relatedAction", ()))
        yield from parts_of(action).get("returns_to", ())
        for inner in action.get("action", ()):
            yield from leads(inner)

    for step in steps:
        node: Any = known.pathway.nodes[step["id"]]
        one_of, any_of = node.kind == "question", node.kind == "checklist" and all(item.leads for item in node.items)
        assert step.get("selectionBehavior") == ("exactly-one" if one_of else "any" if any_of else None)
        edges = edges_of(step["id"], node)
        assert sorted(leads(step)) == sorted(edge.target for edge in edges), step["id"]
        said = {
            each["expression"]["expression"]
            for path, each in nodes_in(step)
            if path[-1:] == ("condition",) and isinstance(each, dict)
        }
        for edge in edges:
            assert not edge.answer or any(words.startswith(edge.answer) for words in said), (step["id"], edge)


def test_a_step_names_the_claims_and_sources_that_it_rests_on(bundle: dict[str, Any], known: Guideline) -> None:
    urls = {each["resource"]["id"]: each["fullUrl"] for each in bundle["entry"]}
    (plan,) = of_kind(bundle, "PlanDefinition")
    actions = {each["id"]: each for path, each in nodes_in(plan) if path[-1:] == ("action",) and isinstance(each, dict)}
    for name, node in known.pathway.nodes.items():
        named = [each["resourceReference"]["reference"] for each in actions[name].get("documentation", ())]
        assert len(named) == len(set(named))
        for id_ in node.because:
            assert urls[fhir_id(id_)] in named
            for cite in known.claims[id_].claim.cites:
                assert urls[f"pmid-{cite.pmid}"] in named


def test_figures_stand_in_their_slots(guideline: Guideline) -> None:
    """The first comparison with counts in two arms, a ratio, its interval and p; and a share of patients."""
    found = {each["identifier"][0]["value"]: each for each in of_kind(json.loads(to_fhir(guideline)), "Evidence")}
    for id_, entry in guideline.claims.items():
        data: Any = entry.claim.data
        statistics = found[id_].get("statistic", [])
        assert bool(statistics) == (data is not None and data.type != "dose"), id_
        if data and data.type == "proportion" and data.unit == "patients" and data.events is not None and data.of:
            assert statistics[0]["numberAffected"] == data.events
            assert statistics[0]["sampleSize"]["numberOfParticipants"] == data.of
        if data and data.type in ("proportion", "rate") and data.unit != "patients":
            assert "numberAffected" not in statistics[0]
            assert "numberOfParticipants" not in statistics[0].get("sampleSize", {})
        if data and getattr(data, "ci", None):
            ranges = [
                one for each in statistics for one in each.get("attributeEstimate", ()) if one.get("level") == 0.95
            ]
            assert [(one["range"]["low"]["value"], one["range"]["high"]["value"]) for one in ranges] == [
                tuple(map(float, data.ci))
            ]
    bounded = [
        each["quantity"]
        for one in found.values()
        for statistic in one.get("statistic", ())
        for each in (statistic, *statistic.get("attributeEstimate", ()))
        if "comparator" in each.get("quantity", {})
    ]
    assert {each["comparator"] for each in bounded} <= {"<", "<=", ">=", ">"}
    assert bounded


def test_a_p_value_of_a_range_has_both_its_ends(shown: Guideline) -> None:
    record = shown.records["indications/crackle"]
    claim = record.claims["difference"]
    data = claim.data.model_copy(update={"p": Quantity(Decimal("0.01"), Decimal("0.05"))})
    changed = record.model_copy(
        update={"claims": {**record.claims, "difference": claim.model_copy(update={"data": data})}}
    )
    made = to_fhir(replace(shown, records={**shown.records, "indications/crackle": changed}))
    assert '"type":{"text":"p value"},"range":{"low":{"value":0.01},"high":{"value":0.05}}' in made
    assert ":null" not in made


def test_marks_of_a_claim_and_of_its_sources_are_remarks_of_it(bundle: dict[str, Any], known: Guideline) -> None:
    found = {each["identifier"][0]["value"]: each for each in of_kind(bundle, "Evidence")}
    for id_, facts in claims_of(known).items():
        assert [each["text"] for each in found[id_].get("note", ())] == [markdown(words) for words in facts.all_marks]
    cited = {each["citedArtifact"]["identifier"][0]["value"]: each for each in of_kind(bundle, "Citation")}
    for pmid, source in sources_of(known).items():
        assert [each["text"] for each in cited[pmid]["citedArtifact"].get("currentState", ())] == list(source.states)
        assert all(words in cited[pmid]["title"] for words in source.marks)


def test_authors_are_named_and_whether_these_are_all(bundle: dict[str, Any], known: Guideline) -> None:
    cited = {
        each["citedArtifact"]["identifier"][0]["value"]: each["citedArtifact"] for each in of_kind(bundle, "Citation")
    }
    for pmid, source in sources_of(known).items():
        authors = cited[pmid]["contributorship"]
        assert authors["complete"] == source.has_all_authors
        names = [each["contributor"]["display"] for each in authors.get("entry", ())]
        assert names == [author.name for author in source.authors]


def test_who_leads_to_a_claim_or_a_source_names_its_marks(bundle: dict[str, Any], known: Guideline) -> None:
    claims = {urn("Evidence", id_, known): facts.all_marks for id_, facts in claims_of(known).items()}
    sources = {urn("Citation", f"pmid-{pmid}", known): source.marks for pmid, source in sources_of(known).items()}
    marks = claims | sources
    leading = [
        node
        for kind in ("Evidence", "ArtifactAssessment", "PlanDefinition")
        for _, node in nodes_in(of_kind(bundle, kind))
        if isinstance(node, dict) and "resourceReference" in node
    ]
    assert any(marks[each["resourceReference"]["reference"]] for each in leading)
    for each in leading:
        said = plainly(each.get("display") or each["citation"])
        assert [words for words in marks[each["resourceReference"]["reference"]] if words not in said] == [], each


def test_a_step_says_its_fixed_sentence_and_the_answers_that_it_is_made_of(
    bundle: dict[str, Any], known: Guideline
) -> None:
    (plan,) = of_kind(bundle, "PlanDefinition")
    actions = {each["id"]: each for path, each in nodes_in(plan) if path[-1:] == ("action",) and isinstance(each, dict)}
    for step in pathway_of(known).steps.values():
        said = actions[step.name].get("textEquivalent", "")
        assert markdown(step.fixed) in said
        for id_ in step.node.says:
            answer = known.answers[id_]
            assert markdown(answer.text if isinstance(answer, Answer) else answer.because) in said
            if isinstance(answer, Answer):
                assert all(markdown(each.line) in said for each in answer.steps)


def test_nothing_is_empty_and_no_text_begins_or_ends_with_a_space(nodes: list[tuple[tuple[str, ...], Any]]) -> None:
    assert [path for path, node in nodes if node in ("", [], {}, None) and node is not False] == []
    assert [node for _, node in nodes if isinstance(node, str) and node != node.strip()] == []


def plainly(text: str) -> str:
    """Return what a reader sees of a text in Markdown."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", to_html(text))).split())


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b>bold</b> & *starred* _line_ `code`",
        "[x](javascript:alert(1)) ![y](z)",
        "# heading",
        "- item",
        "1. first",
        "&lt;b&gt; and &#60;",
        r"\* and \\",
        "p < 0.05, n > 3, 5 * 4",
    ],
)
def test_text_stays_text_where_fhir_has_markdown(text: str) -> None:
    html = to_html(markdown(text))
    assert re.fullmatch(r"<p>[^<]*</p>", html), html
    assert plainly(markdown(text)) == text


HOSTILE = '</script><script>alert(1)</script> ", {"x": [1]}, *b* [l](javascript:x) \\u0022 &amp;'


def test_hostile_text_stays_text(shown: Guideline) -> None:
    records = {
        id_: record.model_copy(
            update={
                "claims": {name: claim.model_copy(update={"text": HOSTILE}) for name, claim in record.claims.items()},
                "name": HOSTILE,
            }
        )
        for id_, record in shown.records.items()
    }
    references = {pmid: each.model_copy(update={"title": HOSTILE}) for pmid, each in shown.references.items()}
    nodes = {name: node.model_copy(update={"label": HOSTILE}) for name, node in shown.pathway.nodes.items()}
    pathway = shown.pathway.model_copy(update={"nodes": nodes})
    bundle = json.loads(to_fhir(replace(shown, records=records, references=references, pathway=pathway)))
    assert faults_in(bundle) == []
    kept = json.loads(to_fhir(shown))
    assert [each["resource"]["id"] for each in bundle["entry"]] == [each["resource"]["id"] for each in kept["entry"]]
    (plan,) = of_kind(bundle, "PlanDefinition")
    assert plan["action"][0]["action"][0]["title"] == HOSTILE
    shown_as = HOSTILE.replace("[l](javascript:x)", "l")
    for evidence in of_kind(bundle, "Evidence"):
        assert plainly(evidence["assertion"]) == " ".join(shown_as.split())
    for citation in of_kind(bundle, "Citation"):
        assert plainly(citation["citedArtifact"]["title"][0]["text"]) == " ".join(HOSTILE.split())
        assert "<script" not in to_html(citation["summary"][0]["text"])


def test_it_is_the_same_each_time(shown: Guideline) -> None:
    again, _ = read(TESTS / "show")
    assert again is not None
    assert to_fhir(again) == to_fhir(shown)
