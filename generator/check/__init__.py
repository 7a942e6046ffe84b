"""The rules of content, one a file, and the one way to run them all.

A file in this folder is a rule: it is found here and named nowhere else, so none can be written and forgotten.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from generator.guideline import Guideline
from generator.problems import Problem

_FOUND = [import_module(f"{__name__}.{file.name}") for file in iter_modules(__path__)]

RULES: dict[str, ModuleType] = {rule.ID: rule for rule in _FOUND}
"""The modules by the id of their rule, in alphabetical order."""


def run(guideline: Guideline) -> list[Problem]:
    """Return what all rules find in a guideline."""
    return [problem for rule in RULES.values() for problem in rule.check(guideline)]
