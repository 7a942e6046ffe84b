"""What `group_authors` of a reference names is one of its authors.

A name is a person's if initials end it, such as `Hall RP`. A group whose own name ends so is listed among the authors
and named again under `group_authors`; one that is spelt otherwise there would be shown as a person.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "group-is-author"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each name that is none of the authors."""
    for pmid, reference in guideline.references.items():
        for index, name in enumerate(reference.group_authors):
            if name not in (reference.authors or ()):
                fix = "Write it as under `authors`, or leave it out."
                place = guideline.place(f"references/{pmid}", "group_authors", index)
                yield Problem(ID, "is none of the authors", fix, place)
