"""The rules as a whole: none is left out, and what one reads is found by type."""

import json
import re
from typing import Annotated, Literal

from generator import data, model
from generator.check import RULES, __path__
from generator.cli import PROJECT
from generator.data import Arm
from generator.fields import GROUPS, InVocabulary, Label, Model, Slug
from generator.guideline import Guideline, written_in
from generator.model import NEEDED_TERMS
from generator.pubmed.differences import STATES
from generator.review.impact import CLASS_OF_KIND


def test_every_file_of_the_folder_is_a_rule_that_is_run() -> None:
    files = {path.stem for path in (PROJECT / "generator/check").glob("*.py")} - {"__init__"}
    assert list(map(str, __path__)) == [str(PROJECT / "generator/check")]
    assert {rule.replace("-", "_") for rule in RULES} == files
    assert {module.__name__.rpartition(".")[2] for module in RULES.values()} == files


def test_a_new_field_of_the_data_is_read_without_being_named() -> None:
    class Survival(Model):
        type: Literal["survival"] = "survival"
        unit: Annotated[Slug, InVocabulary("denominators")] = "per-100"
        populations: tuple[Annotated[Slug, InVocabulary("populations")], ...] = ("over-65",)
        route: Literal["iv", "sc"] | None = "iv"
        endpoint: Label = "alive at 77 weeks"
        notes: tuple[Label, ...] = ("censored at 80 weeks",)
        arms: tuple[Arm, ...] = (Arm(name="after 7 doses"),)

    assert list(written_in(Survival(), ("data",))) == [
        (("data", "endpoint"), "alive at 77 weeks"),
        (("data", "notes", 0), "censored at 80 weeks"),
        (("data", "arms", 0, "name"), "after 7 doses"),
    ]


SOURCES = [path for path in (PROJECT / "generator").rglob("*.py") if path.name != "model.py"]


def test_the_terms_that_are_needed_are_those_that_the_code_names(guideline: Guideline) -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES)
    for section, terms in NEEDED_TERMS.items():
        for term_ in terms:
            assert f'"{term_}"' in code, f"{section}: nothing acts on `{term_}`"
    for section in ("claim-kinds", "species", "measures", "retraction-states"):
        for term_ in guideline.vocabulary.sections[section].keys() - set(NEEDED_TERMS[section]):
            assert f'"{term_}"' not in code, f"{section}: the code names `{term_}`, and no rule asks for it"
    assert set(NEEDED_TERMS["claim-kinds"]) == CLASS_OF_KIND.keys()
    assert set(NEEDED_TERMS["retraction-states"]) == set(STATES)


def test_every_section_that_a_field_names_is_needed() -> None:
    types = [type_ for type_ in [*vars(model).values(), *vars(data).values()] if isinstance(type_, type)]
    schemas = json.dumps([type_.model_json_schema() for type_ in types if issubclass(type_, Model)])
    assert set(re.findall(r'"x-vocabulary": "([a-z-]+)"', schemas)) == {*NEEDED_TERMS, GROUPS}


def test_the_pages_of_each_kind_of_record_are_ignored_by_git(guideline: Guideline) -> None:
    ignored = (PROJECT / ".gitignore").read_text("utf-8").splitlines()
    assert all(f"/docs/{kind}/" in ignored for kind in guideline.profile.kinds)
