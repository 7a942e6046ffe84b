"""The words of the search belong to records and pages that exist, and none of them is known without being listed.

A word that its record has among its names finds it already. Words that mean the same are single ones: a name of several
is listed under its record.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.links import LISTS
from generator.problems import Problem, did_you_mean

ID = "search-words"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each unknown record or page, each word that is known already, and each that is several."""
    words = guideline.profile.search
    for id_, names in words.names.items():
        record = guideline.records.get(id_)
        if record is None and id_ not in guideline.unread:
            fix = did_you_mean(id_, guideline.records) or "Correct the id."
            place = guideline.place("profile", "search", "names", id_)
            yield Problem(ID, f"no record has the id `{id_}`", fix, place)
        known = {name.casefold() for name in (record.name, *record.also_known_as)} if record else set()
        yield from _repeated(guideline, ("names", id_), names, known)
    for page, names in words.pages.items():
        if page not in LISTS:
            fix = did_you_mean(page, LISTS) or f"Pages: {', '.join(LISTS)}."
            yield Problem(ID, f"no page is called `{page}`", fix, guideline.place("profile", "search", "pages", page))
        yield from _repeated(guideline, ("pages", page), names, set())
    said: set[str] = set()
    for index, group in enumerate(words.same):
        yield from _repeated(guideline, ("same", index), group, said)
        for number, word in enumerate(group):
            if len(word.split()) > 1:
                place = guideline.place("profile", "search", "same", index, number)
                yield Problem(ID, f"`{word}` is several words", "List it under `names`, or leave it out.", place)


def _repeated(
    guideline: Guideline, path: tuple[str | int, ...], words: tuple[str, ...], known: set[str]
) -> Iterator[Problem]:
    """Yield a problem for each word that is known, and add the others to those that are."""
    for index, word in enumerate(words):
        if word.casefold() in known:
            place = guideline.place("profile", "search", *path, index)
            yield Problem(ID, f"`{word}` is known already", "Remove it.", place)
        known.add(word.casefold())
