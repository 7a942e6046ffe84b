"""`guideline.json` and the files of records: their schema refuses what the loader would, and ids lead to claims."""

import copy
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator import links
from generator.guideline import Guideline
from generator.render.data.exports import export_makers
from generator.render.site.pages import page_makers

Json = dict[str, Any]


def load(path: str, guideline: Guideline) -> Json:
    found: Json = json.loads(export_makers(guideline)[PurePosixPath(path)]())
    return found


@pytest.fixture(scope="module")
def schema(shown: Guideline) -> Draft202012Validator:
    found = load("data/guideline.schema.json", shown)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


@pytest.fixture(scope="module")
def right(shown: Guideline, schema: Draft202012Validator) -> Json:
    found = load("data/guideline.json", shown)
    assert list(schema.iter_errors(found)) == []
    return found


CRACKLE, EFFECT = "indications/crackle", "indications/crackle#answer--effect"


def record(document: Json) -> Json:
    found: Json = document["records"][CRACKLE]
    return found


def claim(document: Json, name: str = "response") -> Json:
    found: Json = record(document)["claims"][f"{CRACKLE}#{name}"]
    return found


def rename(old: str, new: str, mapping: Json) -> None:
    mapping[new] = mapping.pop(old)


WRONG: dict[str, Callable[[Json], object]] = {
    "a kind of claim that the vocabulary lacks": lambda d: claim(d).update(kind="no-such-kind"),
    "data of no known type": lambda d: claim(d).update(data={"foo": 1}),
    "data of a type with a key of another": lambda d: claim(d)["data"].update(days="5"),
    "a unit of dose that does not exist": lambda d: claim(d, "cycles")["data"].update(unit="ml"),
    "a number with its unit in it": lambda d: claim(d, "cycles")["data"].update(amount="2 g"),
    "a decimal that lost its digits": lambda d: claim(d, "matched")["data"].update(value=0.5),
    "a source that says nothing": lambda d: d["references"].update({"101": {}}),
    "a source without its level": lambda d: d["references"]["101"].pop("level"),
    "a design that the vocabulary lacks": lambda d: d["references"]["101"].update(design="anecdote"),
    "a pathway without nodes": lambda d: d.update(pathway={}),
    "a node of an unknown kind": lambda d: d["pathway"]["nodes"]["place"].update(kind="hope"),
    "an address that runs a script": lambda d: claim(d)["citations"][0].update(url="javascript:alert(1)"),
    "an address of a page that runs a script": lambda d: claim(d).update(page="javascript:alert(1)#a"),
    "a claim without citation": lambda d: claim(d).update(citations=[]),
    "a citation without PMID": lambda d: claim(d)["citations"][0].pop("pmid"),
    "a PMC number for a PMID": lambda d: claim(d)["citations"][0].update(pmid="PMC101"),
    "a passage of nine words": lambda d: claim(d)["citations"][0].update({"from": "a b c d e f g h i"}),
    "a fingerprint that is none": lambda d: claim(d)["citations"][0].update(sha256="0" * 63),
    "a bearing that is none": lambda d: claim(d)["citations"][0].update(bearing="proves"),
    "a key that nobody knows": lambda d: claim(d).update(certainty="high"),
    "a key that is missing": lambda d: claim(d).pop("marks"),
    "a claim without text": lambda d: claim(d).update(text=""),
    "a claim under an id of another form": lambda d: rename(f"{CRACKLE}#response", "Response!", record(d)["claims"]),
    "a record under an id of another form": lambda d: rename(CRACKLE, "indications/Crackle!", d["records"]),
    "a record in the group of another kind": lambda d: record(d).update(
        group=d["records"]["adverse-events/hiccups"]["group"]
    ),
    "a standing that nobody gave": lambda d: record(d).update(standing="reviewed"),
    "a review without a reviewer": lambda d: record(d).update(standing={"reviewed_on": "2026-01-01"}),
    "a step above the highest": lambda d: record(d)["answers"][EFFECT].update(step=5),
    "a level that is none": lambda d: claim(d)["strength"].update(level="certain"),
    "an answer that rests on nothing": lambda d: record(d)["answers"][EFFECT].update(rests_on=[]),
    "a date that is none": lambda d: d["about"].update(date="last week"),
    "a version that is none": lambda d: d["about"].update(version="newest"),
    "another format": lambda d: d.update(format="3.0"),
    "a disagreement without a reason": lambda d: claim(d).update(disagrees_with={f"{CRACKLE}#response": None}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_right_document_is_refused_with(name: str, right: Json, schema: Draft202012Validator) -> None:
    wrong = copy.deepcopy(right)
    WRONG[name](wrong)
    assert wrong != right
    assert not schema.is_valid(wrong)


@pytest.mark.wide
def test_the_real_guideline_keeps_its_schemas(guideline: Guideline) -> None:
    whole = load("data/guideline.json", guideline)
    schema = load("data/guideline.schema.json", guideline)
    assert list(Draft202012Validator(schema).iter_errors(whole)) == []
    single = Draft202012Validator(load("data/record.schema.json", guideline))
    for id_ in guideline.records:
        assert list(single.iter_errors(load(f"{id_}.json", guideline))) == [], id_


def test_it_keeps_its_schema_below_any_address(shown: Guideline) -> None:
    below = replace(shown, about=shown.about.model_copy(update={"address": "https://me.example.org/A-Guide"}))
    for path, schema in (("data/guideline.json", "guideline"), (f"{CRACKLE}.json", "record")):
        validator = Draft202012Validator(load(f"data/{schema}.schema.json", below))
        assert list(validator.iter_errors(load(path, below))) == []


@pytest.mark.parametrize("name", ["guideline", "record"])
def test_a_schema_says_which_it_is(name: str, shown: Guideline) -> None:
    nobody = replace(shown, about=shown.about.model_copy(update={"address": None}))
    hosted, alone = (load(f"data/{name}.schema.json", each) for each in (shown, nobody))
    assert hosted["$id"] == f"https://guideline.example.org/data/{name}.schema.json"
    assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", alone["$id"])
    path = f"data/{name}" if name == "guideline" else CRACKLE
    document = load(f"{path}.json", shown)
    assert hosted["properties"]["format"]["const"] == document["format"]
    assert document["format"] in hosted["title"]
    at = PurePosixPath(path).parent / document["$schema"]
    assert links.relative(PurePosixPath("index.md"), at) == f"data/{name}.schema.json"


def patterns_in(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        yield from node.get("patternProperties", ())
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from patterns_in(part)


def test_its_patterns_are_those_of_every_reader(shown: Guideline) -> None:
    """A pattern of JSON Schema is read as ECMA-262 has it, with the flag `u`: that knows few escapes, and no more."""
    found = {each for name in ("guideline", "record") for each in patterns_in(load(f"data/{name}.schema.json", shown))}
    assert len(found) > 20
    assert {each for each in found if re.search(r"\\[^\\/^$.*+?()\[\]{}|dDsSwWrn-]|\(\?P", each)} == set()


def test_the_file_of_a_record_is_what_the_whole_has_of_it(shown: Guideline, right: Json) -> None:
    for id_ in shown.records:
        found = load(f"{id_}.json", shown)
        assert found["id"] == id_
        assert found["moved_to"] is None
        assert found["record"] == right["records"][id_]
        cited = {cite["pmid"] for each in found["record"]["claims"].values() for cite in each["citations"]}
        assert found["references"] == {pmid: right["references"][pmid] for pmid in right["references"] if pmid in cited}


def find(id_: str, guideline: Guideline) -> tuple[str, Json]:
    """Return the id that a claim has now, and the claim, as who kept an id from long ago finds it in the files."""
    record, name = id_.split("#")
    file = load(f"{record}.json", guideline)
    if file["record"] and id_ in file["record"]["claims"]:
        return id_, file["record"]["claims"][id_]
    assert name
    return find(file["former"][id_], guideline)


def test_an_id_that_a_claim_ever_had_leads_to_it_in_the_files_and_on_the_page(shown: Guideline) -> None:
    ids = [*shown.claims, *(old for old in shown.former if "#" in old)]
    assert len(ids) > len(shown.claims) + 1
    pages = page_makers(shown, {})
    for id_ in ids:
        now, found = find(id_, shown)
        record, _, name = now.partition("#")
        assert now == shown.former.get(id_, id_)
        assert found["page"] == f"https://guideline.example.org/{record}/#{name}"
        assert f'id="{name}"' in pages[links.record_page(record)]()


def test_a_record_that_moved_says_where_it_is(shown: Guideline) -> None:
    moved = load("practice/giving.json", shown)
    assert (moved["moved_to"], moved["record"], moved["references"]) == ("practice/dosing", None, {})


def test_an_address_is_one_of_the_site_if_nobody_hosts_it(guideline: Guideline) -> None:
    assert guideline.about.address is None
    whole = load("data/guideline.json", guideline)
    for id_, each in whole["records"].items():
        for part in ("claims", "answers"):
            assert {full: found["page"] for full, found in each[part].items()} == {
                full: full.replace("#", "/#") for full in each[part]
            }, id_


@pytest.fixture(scope="module")
def node() -> str:
    """A JavaScript engine: that of the browser's driver."""
    from playwright._impl._driver import compute_driver_executable

    return compute_driver_executable()[0]


def test_an_engine_of_javascript_takes_its_patterns(shown: Guideline, node: str) -> None:
    found = sorted({*patterns_in(load("data/guideline.schema.json", shown))})
    script = "for (const p of JSON.parse(process.argv[1])) new RegExp(p, 'u')"
    subprocess.run([node, "-e", script, json.dumps(found)], check=True)
