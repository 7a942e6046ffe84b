"""The rules as a whole: none is left out, and what one reads is found by type."""

import json
import re
from typing import Annotated, Literal

from generator import data, model, sources
from generator.check import RULES, __path__
from generator.cli import PROJECT
from generator.data import Arm
from generator.fields import Label, Slug
from generator.guideline import Guideline
from generator.refusing import Model
from generator.vocabulary import DOSE_UNITS, GROUPS, SECTIONS, InVocabulary
from generator.walks import written_in


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


def test_every_section_that_a_field_names_is_needed() -> None:
    types = [type_ for room in (model, data, sources) for type_ in vars(room).values() if isinstance(type_, type)]
    schemas = json.dumps([type_.model_json_schema() for type_ in types if issubclass(type_, Model)])
    assert set(re.findall(r'"x-vocabulary": "([a-z-]+)"', schemas)) == {*SECTIONS, GROUPS, DOSE_UNITS}


def test_the_pages_of_each_kind_of_record_are_ignored_by_git(guideline: Guideline) -> None:
    ignored = (PROJECT / ".gitignore").read_text("utf-8").splitlines()
    assert all(f"/docs/{kind}/" in ignored for kind in guideline.profile.kinds)
