"""The forms of issues ask for the keys of the records, and offer the terms of the vocabulary."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from generator import limits
from generator.answers import Answer
from generator.check import answer_form, sentence
from generator.cli import PROJECT
from generator.fields import Locator
from generator.guideline import Guideline
from generator.model import Citation, Claim, Record
from generator.proposals.described import HOW
from generator.proposals.form import form_of
from generator.refusing import Model
from generator.render.site.bundles import read_module
from generator.schema import schema_of
from generator.sources import Reference, Retraction

GITHUB = PROJECT / ".github"
FILLED = "proposal"
"""The form that the site's own form fills in."""
FORMS = ("propose-a-claim", "report-an-error", "new-source")


def keys(type_: type[Model], *others: str) -> set[str]:
    """The keys of a model as a record writes them, but for those of others."""
    return {field.alias or name for name, field in type_.model_fields.items()} - set(others)


CLAIM = keys(Claim, "cites", "formerly") | keys(Citation)
REFERENCE = keys(Reference, "retraction") | keys(Retraction)
REQUIRED = {
    "propose-a-claim": {"record", "kind", "text", "pmid", "from", "to", "bearing"},
    "report-an-error": {"record", "key", "text"},
    "new-source": {"pmid", "title", "journal", "design", "species", "read", "state"},
    FILLED: {"proposal"},
}
TERMS = {
    "kind": "claim-kinds",
    "population": "populations",
    "design": "designs",
    "synthesises": "syntheses",
    "species": "species",
    "read": "readings",
}


def read_form(name: str) -> dict[str, Any]:
    form = yaml.safe_load((GITHUB / f"ISSUE_TEMPLATE/{name}.yml").read_text("utf-8"))
    assert isinstance(form, dict)
    return form


def fields_of(name: str) -> dict[str, dict[str, Any]]:
    return {part["id"]: part for part in read_form(name)["body"] if part["type"] != "markdown"}


def wording(name: str) -> str:
    return " ".join(part["attributes"]["value"] for part in read_form(name)["body"] if part["type"] == "markdown")


def test_the_forms_are_those_and_no_other_issue_can_be_opened() -> None:
    files = {path.name for path in (GITHUB / "ISSUE_TEMPLATE").iterdir()}
    assert files == {"config.yml", *(f"{name}.yml" for name in (*FORMS, FILLED))}
    assert yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/config.yml").read_text("utf-8")) == {"blank_issues_enabled": False}


@pytest.mark.parametrize("name", [*FORMS, FILLED])
def test_a_form_has_what_github_asks_of_it(name: str) -> None:
    """A name, a description, and fields whose ids and labels are unique and whose options are text."""
    form = read_form(name)
    assert set(form) == {"name", "description", "body"}
    inputs = [part for part in form["body"] if part["type"] != "markdown"]
    labels = [part["attributes"]["label"] for part in inputs]
    assert len(inputs) == len(fields_of(name)) == len(set(labels))
    for part in inputs:
        assert part["type"] in ("input", "textarea", "dropdown")
        assert isinstance(part["validations"]["required"], bool)
        assert all(isinstance(value, str) for value in part["attributes"].get("options", []))
        assert ("options" in part["attributes"]) == (part["type"] == "dropdown")
    assert {id_ for id_, part in fields_of(name).items() if part["validations"]["required"]} == REQUIRED[name]


def test_a_proposed_claim_has_the_keys_of_a_claim_and_its_citation() -> None:
    assert set(fields_of("propose-a-claim")) == {"record", "claim"} | CLAIM


def test_a_new_source_has_the_keys_of_a_reference_and_its_pmid() -> None:
    assert set(fields_of("new-source")) == {"pmid"} | REFERENCE


def test_an_error_is_reported_by_the_key_that_is_wrong() -> None:
    found = fields_of("report-an-error")
    assert set(found) == {"record", "claim", "key"} | {"text", "pmid", "from", "to", "section"}
    options = found["key"]["attributes"]["options"]
    assert set(options) == keys(Record, "standing", "claims", "formerly", "answers", "not_known") | CLAIM | keys(
        Reference
    )
    assert len(options) == len(set(options))


@pytest.mark.parametrize("name", FORMS)
def test_dropdowns_offer_the_terms_of_the_vocabulary(name: str, guideline: Guideline) -> None:
    found = fields_of(name)
    for id_ in found.keys() & TERMS.keys():
        assert found[id_]["attributes"]["options"] == list(guideline.vocabulary.sections[TERMS[id_]]), id_


@pytest.mark.parametrize(("type_", "name"), [(Citation, "bearing"), (Claim, "subject"), (Citation, "part")])
def test_words_of_the_format_are_those_of_the_model(type_: type[Model], name: str) -> None:
    field = fields_of("propose-a-claim")[name]["attributes"]
    allowed = type_.model_json_schema()["properties"][name]
    assert field["options"] == next(each["enum"] for each in (allowed, *allowed.get("anyOf", ())) if "enum" in each)
    default = type_.model_fields[name].default
    assert (field["options"][field["default"]] if "default" in field else None) == default


@pytest.mark.parametrize("name", [*FORMS, FILLED])
def test_a_form_says_that_content_stays_unreviewed_and_that_no_sentence_is_pasted(name: str) -> None:
    assert "*unreviewed* until a real person" in wording(name)
    assert "Paste no sentence of" in wording(name)
    assert "at most eight words" in wording(name)


def test_the_form_that_is_filled_in_has_the_fields_that_its_address_names() -> None:
    script = read_module("proposal-letter")
    assert f"template={FILLED}.yml" in script
    assert all(f"&{id_}=${{" in script for id_ in fields_of(FILLED))
    assert fields_of(FILLED)["proposal"]["attributes"]["render"] == "json"


Described = dict[str, Any]


def described(fields: list[Described], model: str) -> Iterator[tuple[str, Described]]:
    """Yield each field of the site's form at any depth, after the place of what it is a field of."""
    for field in fields:
        yield f"{model}.{field['key']}", field
        for node in (field, field.get("of", {})):
            if node.get("type") == "group":
                yield from described(node["fields"], f"{model}.{field['key']}")
            if node.get("type") == "variants":
                for name, variant in node["of"].items():
                    yield from described(variant["fields"], f"{model}.{field['key']}.{name}")


@pytest.fixture(scope="module")
def own(guideline: Guideline) -> dict[str, Described]:
    """Every field of the site's form by its place."""
    kinds = form_of(guideline, {})["kinds"]
    return {place: field for kind, form in kinds.items() for place, field in described(form["fields"], kind)}


def test_each_word_that_the_site_s_form_is_given_is_said_by_a_script(guideline: Guideline) -> None:
    folder = PROJECT / "generator/render/site/scripts"
    scripts = "".join(file.read_text("utf-8") for file in folder.glob("propos*.js"))
    assert [name for name in form_of(guideline, {})["said"] if f'"{name}"' not in scripts] == []


SAME = {
    "propose-a-claim": ("claim.content.", "claim.content.cites."),
    "report-an-error": ("error.",),
    "new-source": ("source.content.", "source.content.retraction.", "source."),
}
OTHERWISE = {"record", "claim", "data", "disagrees_with", "supersedes"}
"""Fields that the site's form asks for in another way: chosen from a list, or part by part."""


@pytest.mark.parametrize("name", FORMS)
def test_the_site_s_form_has_the_same_fields_labels_and_helps(name: str, own: dict[str, Described]) -> None:
    for id_, part in fields_of(name).items():
        field = next((own[start + id_] for start in SAME[name] if start + id_ in own), None)
        if id_ not in OTHERWISE:
            assert field is not None, id_
            help_ = part["attributes"]["description"].replace("`", "")
            assert (field["label"], field["help"]) == (part["attributes"]["label"], help_)


SCHEMAS: dict[str, type[Model]] = {"claim": Claim, "answer": Answer, "source": Reference}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_site_s_form_asks_for_what_the_schema_has(
    kind: str, guideline: Guideline, own: dict[str, Described]
) -> None:
    """At every depth: each key but those of an editor, what is required, patterns, and the terms that are allowed."""
    schema: dict[str, Any] = schema_of(SCHEMAS[kind], kind, guideline)
    seen = 0

    def resolved(node: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in node:
            return resolved(schema["$defs"][node["$ref"].rpartition("/")[2]])
        real = [option for option in node.get("anyOf", ()) if option.get("type") != "null"]
        models = [option for option in real if "$ref" in option]
        return resolved((models or real)[0]) if real and "type" not in node else node

    def compare(node: dict[str, Any], place: str) -> None:
        nonlocal seen
        node = resolved(node)
        if "oneOf" in node:
            for option in map(resolved, node["oneOf"]):
                compare(option, f"{place}.{option['properties']['type']['const']}")
            return
        if node.get("type") == "array" and place in own and "items" in node:
            item = resolved(node["items"])
            if "properties" in item or "oneOf" in item:
                compare(item, place)
            elif "enum" in item:
                assert [value for value, _ in own[place]["of"]["options"]] == item["enum"]
        for key, value in node.get("properties", {}).items():
            if key == "type" or (key == "formerly" and place == "claim.content"):
                continue
            seen += 1
            field = own[f"{place}.{key}"]
            assert (key in node.get("required", ())) == (field["required"] and "without" not in field), key
            inner = resolved(value)
            if "enum" in inner:
                assert [option for option, _ in field["options"]] == inner["enum"]
            elif field["type"] == "line" and "pattern" in inner:
                assert re.compile(inner["pattern"]) == re.compile(f"^(?:{field['pattern']})$"), key
            compare(value, f"{place}.{key}")

    compare(schema, f"{kind}.content")
    inside = [place for place in own if place.startswith(f"{kind}.content.")]
    assert seen == len(inside)


def models(of: type[Model]) -> Iterator[type[Model]]:
    for each in of.__subclasses__():
        yield each
        yield from models(each)


def test_what_is_asked_for_in_a_way_of_its_own_is_a_key_of_a_model_and_is_asked_so(own: dict[str, Described]) -> None:
    for name, asked in HOW.items():
        assert any(asked.keys() <= keys(model) for model in models(Model) if model.__name__ == name), name
    assert {place for place, field in own.items() if field.get("depends")} == {
        *("answer.content.direction", "answer.content.rests_on")
    }
    assert "claim.content.formerly" not in own
    assert (own["claim.content.text"]["type"], own["source.content.authors"]["lines"]) == ("text", True)
    assert own["claim.content.data.dose.days"]["always"]
    assert "always" not in own["claim.content.data.dose.route"]


def test_a_text_that_tells_a_limit_tells_the_one_that_holds(own: dict[str, Described]) -> None:
    for limit in (limits.FIRST_SENTENCE, limits.ANSWER, limits.STEP):
        assert str(limit) in (answer_form.__doc__ or "")
    assert f"at most {limits.CLAIM} characters" in (sentence.__doc__ or "")
    assert f"at most {limits.STEP} characters" in own["answer.content.steps.text"]["help"]
    eight = " ".join("x" * limits.COPIED_WORDS)
    assert TypeAdapter[str](Locator).validate_python(eight) == eight
    with pytest.raises(ValidationError):
        TypeAdapter[str](Locator).validate_python(f"{eight} x")


def test_the_default_template_of_pull_requests_links_to_the_two() -> None:
    folder = GITHUB / "PULL_REQUEST_TEMPLATE"
    default = (GITHUB / "pull_request_template.md").read_text("utf-8")
    assert {path.name for path in folder.iterdir()} == {"content.md", "code.md"}
    assert all(f"template={path.name})" in default for path in folder.iterdir())


def test_code_owners_are_placeholders_that_say_so() -> None:
    """Nobody is named, so no line is in force; the paths are there."""
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines()
    assert all(line.startswith("#") for line in lines if line)
    assert not any("@" in line for line in lines)
    assert "PLACEHOLDERS: nobody is named yet" in lines[0]
    rules = [line.removeprefix("# ").split() for line in lines if line.startswith("# /")]
    assert all(owner == "NOBODY-YET" and (PROJECT / path[1:]).exists() for path, owner in rules)
    assert {path for path, _ in rules} >= {
        *("/content/", "/content/pathway.yaml", "/generator/", "/generator/check/", "/generator/review/"),
        *("/.github/", "/docs/assets/"),
    }


def test_the_security_page_names_no_address() -> None:
    text = (PROJECT / "SECURITY.md").read_text("utf-8")
    assert "private vulnerability reporting" in text
    assert "@" not in text
    assert "http" not in text
