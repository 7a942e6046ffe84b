"""The pairs of a batch: which claims are to be compared, what is shown of each, and which are false on purpose."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from generator.comparing.alter import Altered, alter, rank
from generator.evidence.comparisons import NOT_COMPARED, current, hash_of
from generator.evidence.passages import PassageError, fingerprint, locate
from generator.evidence.wording import describe_data
from generator.guideline import ClaimEntry, Guideline
from generator.linked_text import plain_text
from generator.meaning.agreement import compare
from generator.meaning.tokens import sentences
from generator.problems import Problem

MOST = 40
_ONE_FALSE_IN = 20
_SURELY_FALSE_FROM = 10  # pairs; below, a batch holds a false one by chance
_ELSEWHERE = NOT_COMPARED | {"kind", "text", "cites", "data"}

Differences = Callable[[Guideline], Mapping[str, Sequence[Problem]]]
"""What the rules about meaning find in each claim of a guideline, by its id."""

Texts = Callable[[str], str | None]
"""Gives the text of a source by its PMID; None if it is not at hand."""

Judged = tuple[str, str]
"""The rule and the words of a difference."""


@dataclass(frozen=True)
class Beside:
    """A passage as it is shown: of which source, with the sentence before it and the sentence after it."""

    source: str
    before: str
    passage: str
    after: str


@dataclass(frozen=True)
class Pair:
    """A claim beside its passages. `altered` says what was changed on purpose; it is empty for a true one."""

    id: str
    record: str
    kind: str
    text: str
    data: str
    also: tuple[str, ...]
    passages: tuple[Beside, ...]
    differences: tuple[Judged, ...]
    hash: str
    altered: str = ""


@dataclass(frozen=True)
class Batch:
    """Pairs to be shown together; `key` names exactly these; `unshown` says of which claims no text is at hand."""

    key: str
    pairs: tuple[Pair, ...]
    unshown: tuple[str, ...]


def due(guideline: Guideline, differences: Differences, by: str | None) -> list[str]:
    """Return the ids of the claims to compare, in the order of the records.

    These are those that were never compared, changed since, or differ otherwise than was judged; for a reader with an
    ORCID iD also those that no such reader compared.
    """
    known, found = current(guideline), differences(guideline)
    ids = []
    for id_ in guideline.claims:
        compared = known.get(id_)
        judged = {(one.rule, one.what) for one in compared.differs} if compared else set()
        if (
            compared is None
            or (by and not compared.by)
            or (compared.verdict == "agreed" and judged != _judged(found.get(id_, ())))
        ):
            ids.append(id_)
    return ids


def draw_batch(
    guideline: Guideline,
    ids: Sequence[str],
    texts: Texts,
    differences: Differences,
    size: int = MOST,
    salt: str = "",
    false: int | None = None,
    elsewhere: Set[str] = frozenset(),
) -> Batch:
    """Return the first pairs that can be shown of some claims, a few of them false, or as many as are asked for.

    Those that are shown as they are `elsewhere` are made false only if no others can be: one tells the other.
    The same claims, size and salt give the same batch.
    """
    shown: dict[str, tuple[Beside, ...]] = {}
    unshown = []
    for id_ in ids:
        if len(shown) == size:
            break
        try:
            shown[id_] = tuple(passages_beside(guideline.claims[id_], texts))
        except PassageError as error:
            unshown.append(f"{id_}: {error}")
    hashes = {id_: hash_of(guideline.claims[id_]) for id_ in shown}
    seed = rank(salt, *(f"{id_} {hash_}" for id_, hash_ in hashes.items()))
    altered = _altered(guideline, shown, seed, count_false(len(shown), seed) if false is None else false, elsewhere)
    found = differences(_with(guideline, altered))
    pairs = [
        _pair(guideline.claims[id_], shown[id_], altered.get(id_), found.get(id_, ()), hashes[id_]) for id_ in shown
    ]
    return Batch(rank(seed, *map(repr, pairs)), tuple(pairs), tuple(unshown))


def count_false(pairs: int, seed: str) -> int:
    """Return how many pairs of a batch are false: one in twenty, at least one of ten; of fewer, one now and then."""
    if pairs >= _SURELY_FALSE_FROM:
        return max(1, round(pairs / _ONE_FALSE_IN))
    return int(pairs > 1 and int(rank(seed, "few"), 16) % _ONE_FALSE_IN < pairs)


def _altered(
    guideline: Guideline, shown: Mapping[str, Sequence[Beside]], seed: str, wanted: int, elsewhere: Set[str]
) -> dict[str, Altered]:
    """Return the claims that are changed on purpose: first such as no rule sees, since what a rule marks is no test."""
    chosen: dict[str, Altered] = {}
    for pool in (shown.keys() - elsewhere, shown.keys() & elsewhere):
        seen: dict[str, Altered] = {}
        unseen: dict[str, Altered] = {}
        for id_ in sorted(pool, key=lambda id_: rank(seed, id_)):
            if len(chosen) + len(unseen) == wanted:
                break
            entry = guideline.claims[id_]
            words = " ".join(f"{one.before} {one.passage} {one.after}" for one in shown[id_])
            if (other := alter(entry, words, seed)) is not None:
                marked = set(compare(entry, other.claim)) - set(compare(entry, entry.claim))
                (seen if marked else unseen)[id_] = other
        chosen |= dict([*unseen.items(), *seen.items()][: wanted - len(chosen)])
    return chosen


def _with(guideline: Guideline, altered: Mapping[str, Altered]) -> Guideline:
    """Return the guideline with some claims in the place of those that they were made of."""
    records = dict(guideline.records)
    for id_, other in altered.items():
        record, _, name = id_.partition("#")
        claims = {**records[record].claims, name: other.claim}
        records[record] = records[record].model_copy(update={"claims": claims})
    return replace(guideline, records=records)


def _pair(
    entry: ClaimEntry,
    passages: tuple[Beside, ...],
    altered: Altered | None,
    found: Sequence[Problem],
    hash_: str,
) -> Pair:
    claim = altered.claim if altered else entry.claim
    guideline = entry.guideline
    more = claim.model_dump(mode="json", exclude_defaults=True, exclude=set(_ELSEWHERE))
    return Pair(
        id=entry.id,
        record=guideline.records[entry.record].name,
        kind=guideline.term("claim-kinds", claim.kind).name,
        text=plain_text(claim.text),
        data=describe_data(claim.data, guideline) if claim.data else "",
        also=tuple(f"{name.replace('_', ' ')}: {_listed(value)}" for name, value in more.items()),
        passages=passages,
        differences=tuple(sorted(_judged(found))),
        hash=hash_,
        altered=altered.what if altered else "",
    )


def _judged(problems: Sequence[Problem]) -> set[Judged]:
    return {(problem.rule, problem.wrong) for problem in problems}


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def passages_beside(entry: ClaimEntry, texts: Texts) -> list[Beside]:
    """Return the passages of a claim. Raises PassageError where a text is missing or not the one that was locked."""
    found = []
    for cite in entry.claim.cites:
        text, locked = texts(cite.pmid), entry.guideline.passages.get(cite.key)
        if text is None:
            raise PassageError(f"no text of PMID {cite.pmid}")
        span = locate(text, cite.start, cite.end)
        before, passage, after = (
            span.text[: span.begin],
            span.text[span.begin : span.whole_end],
            span.text[span.whole_end :],
        )
        if locked is None or fingerprint(span.words) != locked.sha256:
            raise PassageError(f"the text of PMID {cite.pmid} is not the one that was locked")
        source = f"PMID {cite.pmid}, {cite.section}" + (f", {cite.bearing}" if cite.bearing != "supports" else "")
        found.append(Beside(source, _last(before), " ".join(passage.split()), _first(after)))
    return found


def _last(text: str) -> str:
    found = list(sentences(text))
    return " ".join(found[-1].split()) if found else ""


def _first(text: str) -> str:
    return " ".join(next(sentences(text), "").split())
