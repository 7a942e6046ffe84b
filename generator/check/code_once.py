"""A code means exactly one record, and a record has one exact code of a system.

Two records that claim to be the same disease of another system cannot both be right. A code that takes in more than a
record, or only a part of it, says so by `match`, and may then stand at several.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "code-once"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each code that a record lists twice, and for each exact one beside another exact one."""
    listed: set[tuple[str, str, str]] = set()
    means: dict[tuple[str, str], str] = {}
    meant_by: dict[tuple[str, str], str] = {}
    fix = "Say by `match` which of them takes in more (`broader`) or only a part (`narrower`)."
    for place, code in guideline.codes():
        id_, where = str(place[0]), guideline.place(*place, "code")
        if (id_, code.system, code.code) in listed:
            yield Problem(ID, f"`{code.code}` stands in the list before", "Leave one of them.", where)
            continue
        listed.add((id_, code.system, code.code))
        if code.match != "exact":
            continue
        if (other := means.setdefault((code.system, code.code), id_)) != id_:
            yield Problem(ID, f"`{code.code}` means exactly {other} too", fix, where)
        if (other := meant_by.setdefault((code.system, id_), code.code)) != code.code:
            yield Problem(ID, f"`{other}` of the same system is exact too", fix, where)
