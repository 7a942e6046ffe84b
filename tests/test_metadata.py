"""The files by which others cite and keep the work say the same of it as the content, and name nobody."""

import json
import re
import tomllib
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.cli import PROJECT
from generator.guideline import Guideline

FILES = ("CITATION.cff", "codemeta.json", ".zenodo.json")


def load(name: str) -> dict[str, Any]:
    text = (PROJECT / name).read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text) if name.endswith(".cff") else json.loads(text)
    return found


def shape(required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    properties = {**required, **optional}
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": TEXT, "minItems": 1}
# What each format asks of the keys that are used here, in words of our own.
SHAPES = {
    "CITATION.cff": shape(
        {"cff-version": {"const": "1.2.0"}, "message": TEXT, "title": TEXT}
        | {"authors": {"type": "array", "items": shape({"name": TEXT}, {}), "minItems": 1}},
        {"type": {"enum": ["software", "dataset"]}, "version": TEXT, "date-released": {}, "abstract": TEXT}
        | {"license": TEXT, "keywords": TEXTS},
    ),
    "codemeta.json": shape(
        {
            "@context": {"const": "https://w3id.org/codemeta/3.0"},
            "@type": {"const": "SoftwareSourceCode"},
            "name": TEXT,
        },
        {"description": TEXT, "license": {"type": "string", "pattern": "^https://spdx.org/licenses/"}}
        | {"programmingLanguage": TEXT, "runtimePlatform": TEXT, "operatingSystem": TEXT, "softwareRequirements": TEXT}
        | {"developmentStatus": {"enum": ["concept", "wip", "suspended", "abandoned", "active", "inactive"]}}
        | {"author": {"type": "array", "items": shape({"@type": {"const": "Organization"}, "name": TEXT}, {})}},
    ),
    ".zenodo.json": shape(
        {"title": TEXT, "upload_type": {"const": "dataset"}, "description": TEXT, "access_right": {"const": "open"}}
        | {"license": {"const": "cc-by-4.0"}, "creators": {"type": "array", "items": shape({"name": TEXT}, {})}},
        {"keywords": TEXTS, "language": {"const": "eng"}, "notes": TEXT},
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_keys_of_its_format(name: str) -> None:
    assert [error.message for error in Draft202012Validator(SHAPES[name]).iter_errors(load(name))] == []


def test_title_version_date_and_licences_are_those_of_the_work(guideline: Guideline) -> None:
    cff, code, zenodo = (load(name) for name in FILES)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    about = guideline.about
    assert cff["title"] == zenodo["title"] == about.title
    assert about.title in code["name"]
    assert cff["version"] == project["version"] == about.version.partition("+")[0]
    assert cff["date-released"] == about.date
    assert cff["license"] == about.licence.replace(" ", "-")
    assert zenodo["license"] == cff["license"].lower()
    assert code["license"].endswith(f"/{project['license']}")


@pytest.mark.parametrize("name", FILES)
def test_nobody_is_named_and_an_unreviewed_work_is_called_so(name: str, guideline: Guideline) -> None:
    text = (PROJECT / name).read_text("utf-8")
    assert not re.search(r"orcid|given-names|familyName|[0-9]{4}-[0-9]{4}-[0-9]{4}-", text)
    if guideline.about.standing == "unreviewed" and name != "codemeta.json":
        assert "reviewed it" in text or "unreviewed" in text
