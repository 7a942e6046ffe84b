"""The rules of content, one a file, and the one way to run them all.

A file in this folder is a rule: it is found here and named nowhere else, so none can be written and forgotten. A rule
with `MEANING = True` compares what a claim says with what its passage says: of what it finds, a reader may judge that
the claim is right all the same (`content/comparisons.json`).
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from generator.check.comparison_current import by_claim, settle
from generator.guideline import Guideline
from generator.problems import Problem

_FOUND = [import_module(f"{__name__}.{file.name}") for file in iter_modules(__path__)]

RULES: dict[str, ModuleType] = {rule.ID: rule for rule in _FOUND}
"""The modules by the id of their rule, in alphabetical order."""


def run(guideline: Guideline) -> list[Problem]:
    """Return what all rules find in a guideline, but for differences in meaning that a reader judged right."""
    plain = [problem for rule in RULES.values() if not _is_about_meaning(rule) for problem in rule.check(guideline)]
    return [*plain, *settle(_about_meaning(guideline), guideline)]


def differences(guideline: Guideline) -> dict[str, list[Problem]]:
    """Return what the rules about meaning find in each claim, by its id; also what a reader judged right."""
    return by_claim(_about_meaning(guideline), guideline)


def _about_meaning(guideline: Guideline) -> list[Problem]:
    return [problem for rule in RULES.values() if _is_about_meaning(rule) for problem in rule.check(guideline)]


def _is_about_meaning(rule: ModuleType) -> bool:
    return getattr(rule, "MEANING", False) is True
