"""The JSON Schemas are current, say what the models say, and each record names its own."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.cli import PROJECT
from generator.guideline import Guideline
from generator.pathway import Action, Checklist, Item, Outcome, Pathway, Question, Stage, Unknown
from generator.refusing import Model
from generator.render.data.exports import render_exports
from generator.render.site.format_page import describe_format
from generator.schema import make_schemas
from generator.vocabulary import Term
from generator.wordlist import Sign, Unit, WordList

FILES = sorted([*PROJECT.glob("content/*/*.yaml"), *PROJECT.glob("content/*.yaml")])
SCHEMA_OF = {"indications": "indication", "adverse-events": "adverse-event", "mechanisms": "mechanism"} | {
    "practice": "practice",
    "references": "reference",
}


def name_of(file: Path) -> str:
    return SCHEMA_OF.get(file.parent.name, file.stem)


class PlainLoader(yaml.CSafeLoader):
    """YAML as an editor with a YAML 1.2 schema reads it: dates are text, and so are `on`, `off`, `yes` and `no`."""


BOOL = "tag:yaml.org,2002:bool"
PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp", BOOL)]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(BOOL, re.compile("^(?:true|false)$"), ["t", "f"])


NAMES = sorted(path.name.removesuffix(".schema.json") for path in (PROJECT / "docs/schema").iterdir())


def test_schemas_on_disk_are_current(guideline: Guideline) -> None:
    for path, content in make_schemas(guideline).items():
        assert (PROJECT / path).read_bytes() == content, f"{path}: run `make schema`"
    assert {path.name for path in (PROJECT / "docs/schema").iterdir()} == {
        path.name for path in make_schemas(guideline)
    }


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid_and_holds_the_terms(name: str) -> None:
    text = (PROJECT / f"docs/schema/{name}.schema.json").read_text("utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    assert "x-vocabulary" not in text


def test_every_file_names_its_schema_and_keeps_it() -> None:
    for file in FILES:
        first = file.read_text("utf-8").partition("\n")[0]
        target = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / target).resolve() == PROJECT / f"docs/schema/{name_of(file)}.schema.json", file
    validators = {
        name: Draft202012Validator(json.loads((PROJECT / f"docs/schema/{name}.schema.json").read_text("utf-8")))
        for name in NAMES
    }
    for file in FILES:
        errors = list(validators[name_of(file)].iter_errors(yaml.load(file.read_text("utf-8"), PlainLoader)))
        assert errors == [], f"{file}: {errors[0].message if errors else ''}"


def test_a_misspelt_term_breaks_the_schema() -> None:
    schema = json.loads((PROJECT / "docs/schema/indication.schema.json").read_text("utf-8"))
    data = yaml.load((PROJECT / "content/indications/scleromyxedema.yaml").read_text("utf-8"), PlainLoader)
    next(iter(data["claims"].values()))["kind"] = "eficacy"
    assert not Draft202012Validator(schema).is_valid(data)


def test_no_schema_has_a_keyword_that_strict_readers_refuse(guideline: Guideline) -> None:
    schemas = {str(path): text.decode() for path, text in make_schemas(guideline).items()}
    made = render_exports(guideline)
    schemas |= {str(path): str(text) for path, text in made.items() if path.name.endswith(".schema.json")}
    assert len(schemas) > 12
    assert [path for path, text in schemas.items() if '"discriminator"' in text] == []


@pytest.mark.parametrize(
    "model",
    [Pathway, Stage, Question, Checklist, Item, Action, Unknown, Outcome, Term, WordList, Sign, Unit],
    ids=lambda model: str(model.__name__),
)
def test_the_format_page_tells_every_key_of_it(model: type[Model]) -> None:
    keys = {info.alias or name for name, info in model.model_fields.items()}
    told = [rows for _, _, rows in describe_format() if {row[0] for row in rows} == keys]
    assert told
    assert any(all(meaning or key in ("kind", "language") for key, _, _, meaning in rows) for rows in told)


def test_the_format_page_tells_what_a_key_means_that_may_be_left_out() -> None:
    told = {(heading, key): meaning for heading, _, rows in describe_format() for key, _, _, meaning in rows}
    reference = "A reference: content/references/<pmid>.yaml"
    assert told[reference, "study"] == "Reports of one study share this name and count once."
    assert told[reference, "participants"] == "How many people took part, if what was read says so."
    assert told["data: type: dose", "days"] == "Days over which one cycle is given."
    assert told["One arm of a comparison", "percent"].startswith("Percentage as the source prints it")
