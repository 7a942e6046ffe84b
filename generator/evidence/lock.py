"""The lock of cited passages: what is kept of each, how the file is written, and how it is brought up to date."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from generator.evidence.passages import Passage, PassageError, locate, longest_copied_run, normalise, read_passage
from generator.evidence.reading import Reading, read_meaning
from generator.guideline import Guideline
from generator.limits import COPIED_WORDS
from generator.linked_text import plain_text
from generator.meaning.lexicon import lexicon_of
from generator.passages import LockedPassage, PassageKey
from generator.sources import Reference

Readings = Mapping[str, Mapping[tuple[str, str], Passage]]
"""Notes of readings: PMID, then first and last words, to the passage as it was fingerprinted."""

_JSON = json.JSONEncoder(ensure_ascii=False)
_ROWS = TypeAdapter(list[LockedPassage])
_BETWEEN = '}, {"pmid": '
"""What is between two rows, and nowhere else: inside a text the quotation marks would be written with a backslash."""


@dataclass
class LockOutcome:
    """What an update did: passages located in texts, taken from readings, kept; and what wants a look.

    `unnamed` are the PMIDs of texts that hold neither title, DOI nor PMID of their source: only the name of the file
    says whose they are.
    """

    located: int = 0
    read: int = 0
    kept: int = 0
    changed: list[str] = field(default_factory=list)
    unlocked: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)


def serialise(passages: Iterable[LockedPassage]) -> bytes:
    """Return the lock file: JSON, one passage a line in order, so that a line is a passage in a diff."""
    in_order = sorted(passages, key=lambda passage: (int(passage.pmid), passage.start, passage.end))
    rows = _JSON.encode(_ROWS.dump_python(in_order, mode="json", by_alias=True))[1:-1]
    return ('{"passages": [\n' + rows.replace(_BETWEEN, _BETWEEN.replace(" ", "\n", 1)) + "\n]}\n").encode()


def cited_passages(guideline: Guideline) -> dict[PassageKey, list[str]]:
    """Return every cited passage with the ids of the claims that cite it, in order."""
    cited: dict[PassageKey, dict[str, None]] = {}
    for id_, entry in guideline.claims.items():
        for key in entry.keys:
            cited.setdefault(key, {})[id_] = None
    return {key: sorted(claims) for key, claims in cited.items()}


def update_lock(
    guideline: Guideline, texts: Mapping[str, str], readings: Readings, today: datetime.date
) -> tuple[list[LockedPassage], LockOutcome]:
    """Return the lock for the passages that are cited now, and what was done.

    `texts` holds the text of a source by PMID. A passage is located in its text; without a text what is locked is
    kept; what is new is taken from `readings`, or else reported as unlocked and left out.
    """
    report = LockOutcome()
    lexicon = lexicon_of(guideline)
    locked = []
    for key, claims in cited_passages(guideline).items():
        old = guideline.passages.get(key)
        found, via = _find(key, texts, readings, report)
        meaning = read_meaning(locate(texts[key.pmid], key.start, key.end), lexicon) if via == "text" else None
        if found is None and old is None:
            report.unlocked += [f"{key.pmid}: {key.start} ... {key.end} ({', '.join(claims)})"]
            continue
        if found is None or (old and _same(old, found) and old.via == via and _as_read(old, meaning)):
            report.kept += old is not None
            locked += [old.model_copy(update={"cited_by": tuple(claims)})] if old else []
            continue
        if old and not _same(old, found):
            report.changed += [f"{key.pmid}: {key.start} ... {key.end}"]
        report.located += via == "text"
        report.read += via == "reading"
        locked.append(
            LockedPassage.model_validate(
                {"pmid": key.pmid, "from": key.start, "to": key.end, "sha256": found.sha256, "words": found.words}
                | {"figures": found.figures, "checked_on": today, "via": via, "cited_by": tuple(claims)}
                | (meaning._asdict() if meaning else {})
            )
        )
    report.unnamed = [
        pmid
        for pmid in sorted({key.pmid for key in cited_passages(guideline)} & texts.keys(), key=int)
        if pmid in guideline.references and not _names_its_source(texts[pmid], pmid, guideline.references[pmid])
    ]
    report.copied = [
        f"{entry.id}: {run} words in a row stand in the text of PMID {pmid}; say it in other words"
        for entry in guideline.claims.values()
        for pmid in dict.fromkeys(cite.pmid for cite in entry.claim.cites)
        if pmid in texts and (run := longest_copied_run(plain_text(entry.claim.text), texts[pmid])) > COPIED_WORDS
    ]
    return locked, report


def _names_its_source(text: str, pmid: str, reference: Reference) -> bool:
    """Return whether a text holds the letters of its source's title, its DOI, or its PMID."""
    letters = _letters(text)
    return _letters(reference.title) in letters or pmid in text or bool(reference.doi and reference.doi in text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _find(
    key: PassageKey, texts: Mapping[str, str], readings: Readings, report: LockOutcome
) -> tuple[Passage | None, str]:
    if key.pmid in texts:
        try:
            return read_passage(texts[key.pmid], key.start, key.end), "text"
        except PassageError as error:
            report.unlocked += [f"{key.pmid}: {error}"]
    start, end = normalise(key.start), normalise(key.end)
    for (first, last), passage in readings.get(key.pmid, {}).items():
        if normalise(first)[: len(start)] == start and normalise(last)[-len(end) :] == end:
            return passage, "reading"
    return None, ""


def _as_read(old: LockedPassage, meaning: Reading | None) -> bool:
    return meaning is None or meaning == Reading(old.parts, old.cut, old.turned, old.sentences)


def _same(old: LockedPassage, found: Passage) -> bool:
    return (old.sha256, old.words, old.figures) == (found.sha256, found.words, found.figures)
