"""The kinds of records fit together: one is what is treated, one at most the harms, and each has a name of its own.

The pathway, the doses and the map of evidence are about the kind that counts as `treated`. A kind's id is a folder of
the site, and its name the file of a schema: neither is one that the site has for something else. What the profile says
by kind of record is about kinds that it lists.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.links import FOLDERS
from generator.problems import Problem, did_you_mean
from generator.profile import Profile
from generator.schema import TYPES

ID = "kinds-fit"

_TAKEN = (*TYPES, "claim")


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each kind that is missing, one too many, named like something else, or unknown."""
    profile = guideline.profile
    if not profile.treated:
        fix = "Give `counts_as: treated` to the kind that the pathway is about."
        yield Problem(ID, "no kind of record counts as what is treated", fix, guideline.place("profile", "kinds"))
    for what in ("treated", "harm"):
        kinds = profile.counting_as(what)
        for other in kinds[1:]:
            place = guideline.place("profile", "kinds", other, "counts_as")
            yield Problem(ID, f"`{kinds[0]}` counts as `{what}` already", "Let one of them count as it.", place)
    names: dict[str, str] = {}
    for id_, kind in profile.kinds.items():
        if id_ in FOLDERS:
            place = guideline.place("profile", "kinds", id_)
            yield Problem(ID, f"the site has a folder `{id_}` for something else", "Call the kind otherwise.", place)
        if kind.name in (*_TAKEN, *names):
            taken = f"the kind `{names[kind.name]}`" if kind.name in names else "a file of another sort"
            place = guideline.place("profile", "kinds", id_, "name")
            yield Problem(ID, f"`{kind.name}` is the name of {taken}", "Choose another name.", place)
        names.setdefault(kind.name, id_)
    yield from _unknown(profile, guideline)


def _unknown(profile: Profile, guideline: Guideline) -> Iterator[Problem]:
    said = {
        ("questions",): profile.questions,
        ("matrix",): profile.matrix,
        ("sheets", "keep"): profile.sheets.keep,
    }
    for path, by_kind in said.items():
        for kind in by_kind:
            if kind not in profile.kinds:
                fix = did_you_mean(kind, profile.kinds) or f"Kinds: {', '.join(profile.kinds)}."
                place = guideline.place("profile", *path, kind)
                yield Problem(ID, f"`{kind}` is no kind of record", fix, place)
