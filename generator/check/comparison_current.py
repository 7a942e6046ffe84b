"""What `content/comparisons.json` says of a claim is said of the claim as it is now, and found nothing wrong with it.

An entry says that somebody compared a claim with its passages. It lapses when a word, a number or a citation of the
claim changes, or a passage; it is a problem as well if the claim was found to say more, less or something else, until
the claim is corrected and compared again. The same holds for an answer, compared with the claims that it rests on. A
difference that a reader judged right is listed with its reason, and is a problem once no rule finds it any more. A
claim that nobody compared yet is no problem: the page on evidence counts it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.evidence.comparisons import current, lapsed, serialise
from generator.guideline import Guideline
from generator.places import KeyPath, Place
from generator.problems import Problem

ID = "comparison-current"

_FILE = "content/comparisons.json"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each comparison that lapsed, or found something, or is not as written by machine."""
    if {"comparisons", "passages"} & guideline.unread:
        return
    changed = set(lapsed(guideline))
    for id_, compared in guideline.comparisons.items():
        answered = id_ in guideline.answers
        command = f"desk {id_.partition('#')[0]}" if answered else f"compare {id_}"
        again = f"run `python -m generator {command} --texts DIR`."
        if id_ not in guideline.claims and not answered:
            if id_.partition("#")[0] not in guideline.unread:
                wrong = f"`{id_}` was compared on {compared.on} and does not exist"
                yield Problem(ID, wrong, "Run `python -m generator compare --tidy`.", place_of(id_, guideline))
        elif id_ in changed:
            under = "a claim that it rests on" if answered else "its passage"
            wrong = f"`{id_}` or {under} changed since it was compared on {compared.on}"
            yield Problem(ID, wrong, f"Compare it again: {again}", place_of(id_, guideline))
        elif compared.verdict != "agreed":
            wrong = f"`{id_}` was found {compared.verdict} on {compared.on}"
            found = f" ({compared.note})" if compared.note else ""
            fix = f"Correct the {'answer' if answered else 'claim'}, then {again}"
            yield Problem(ID, wrong + found, fix, place_of(id_, guideline))
    if guideline.comparisons and serialise(guideline.comparisons.values()) != guideline.comparisons_file:
        fix = "Run `python -m generator compare --tidy`."
        yield Problem(ID, "the comparisons are not as written by machine", fix, Place(_FILE, 1))


def place_of(id_: str, guideline: Guideline) -> Place:
    """Return the line of the entry of a claim, as it stands in the file."""
    start = f'{{"claim": "{id_}",'.encode()

    def line() -> int:
        lines = guideline.comparisons_file.split(b"\n")
        return next((number for number, text in enumerate(lines, start=1) if text.startswith(start)), 1)

    return Place(_FILE, line)


def by_claim(problems: Iterable[Problem], guideline: Guideline) -> dict[str, list[Problem]]:
    """Return the problems that stand in a claim, by its id; those that stand elsewhere under no id."""
    claims: dict[tuple[str, KeyPath], str] = {
        (guideline.files[entry.record], entry.path): id_ for id_, entry in guideline.claims.items()
    }
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        place = problem.place
        heads = ((place.file, place.path[:end]) for end in range(len(place.path) + 1))
        found[next((claims[head] for head in heads if head in claims), "")].append(problem)
    return found


def settle(problems: Iterable[Problem], guideline: Guideline) -> Iterator[Problem]:
    """Yield the differences in meaning that no reader judged right, and each judgement whose difference is gone.

    Nothing is said of the latter if a file could not be read: its difference may be found in there.
    """
    found = by_claim(problems, guideline)
    judged = {
        (id_, difference.rule, difference.what)
        for id_, compared in current(guideline).items()
        if compared.verdict == "agreed"
        for difference in compared.differs
    }
    for id_, own in found.items():
        yield from (problem for problem in own if (id_, problem.rule, problem.wrong) not in judged)
    still = {(id_, problem.rule, problem.wrong) for id_, own in found.items() for problem in own}
    for id_, rule, what in sorted(judged - still) if not guideline.unread else ():
        wrong = f"`{id_}`: {rule} does not find any more what was judged right: {what}"
        fix = f"Compare it again: run `python -m generator compare {id_} --texts DIR`."
        yield Problem(ID, wrong, fix, place_of(id_, guideline))
