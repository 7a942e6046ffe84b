"""The rules as a whole: none is left out, and what one reads is found by type."""

from typing import Literal

from generator.check import RULES, __path__
from generator.cli import PROJECT
from generator.data import Arm
from generator.fields import Label, Model, term
from generator.guideline import texts_in


def test_every_file_of_the_folder_is_a_rule_that_is_run() -> None:
    files = {path.stem for path in (PROJECT / "generator/check").glob("*.py")} - {"__init__"}
    assert list(map(str, __path__)) == [str(PROJECT / "generator/check")]
    assert {rule.replace("-", "_") for rule in RULES} == files
    assert {module.__name__.rpartition(".")[2] for module in RULES.values()} == files


def test_a_new_field_of_the_data_is_read_without_being_named() -> None:
    class Survival(Model):
        type: Literal["survival"] = "survival"
        unit: term("denominators") = "per-100"  # type: ignore[valid-type]
        populations: tuple[term("populations"), ...] = ("over-65",)  # type: ignore[valid-type]
        route: Literal["iv", "sc"] | None = "iv"
        endpoint: Label = "alive at 77 weeks"
        notes: tuple[Label, ...] = ("censored at 80 weeks",)
        arms: tuple[Arm, ...] = (Arm(name="after 7 doses"),)

    assert list(texts_in(Survival(), ("data",))) == [
        (("data", "endpoint"), "alive at 77 weeks"),
        (("data", "notes", 0), "censored at 80 weeks"),
        (("data", "arms", 0, "name"), "after 7 doses"),
    ]
