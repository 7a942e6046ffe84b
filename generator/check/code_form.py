"""A code has the form that its system gives its codes.

A code of another system, or one with a digit too few, would lead readers and programs to another disease.
"""

import re
from collections.abc import Iterator

from generator.codes import SYSTEMS
from generator.guideline import Guideline
from generator.problems import Problem

ID = "code-form"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each code that its system's pattern does not fit from end to end."""
    for place, code in guideline.codes():
        system = SYSTEMS[code.system]
        if not re.fullmatch(system.pattern, code.code):
            fix = f"A code of {system.name} looks like `{system.example}`."
            yield Problem(ID, f"`{code.code}` is no code of {system.name}", fix, guideline.place(*place, "code"))
