"""The changes as a reviewer reads them: by impact, with the words marked, the passages linked and what is touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator import elsewhere
from generator.changes import IMPACTS, Change, by_impact
from generator.facts.claims import CitationFacts, claims_of
from generator.facts.marks import mark
from generator.facts.sources import sources_of
from generator.facts.uses import steps_by_support
from generator.guideline import Guideline
from generator.linked_text import links_in
from generator.model import Citation
from generator.passages import PassageKey
from generator.problems import Problem
from generator.review import compare, in_english
from generator.review.comparisons import comparison_changes
from generator.review.impact import APPROVALS, highest, impact_of_claims
from generator.review.pages import page_changes

_MERGED = 0.45  # the share of words in common from which two texts are shown as one with marks


@dataclass(frozen=True)
class Item:
    """A change with its words marked (pairs of `same`, `gone` or `come` and text), the states of the claim that it is
    about, its passages with their marks, and what it touches.
    """

    change: Change
    words: tuple[tuple[str, str], ...]
    states: tuple[str, ...]
    passages: tuple[tuple[str, str], ...]
    touches: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Two versions compared: their names, the changes by impact, and the problems of either side.

    `unread` are the names of what could not be compared, each with the class that it is given.
    """

    base: str
    head: str
    items: tuple[tuple[str, tuple[Item, ...]], ...]
    pages: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    base_problems: int
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def impact(self) -> str:
        """The highest class of impact; empty where nothing changed."""
        classes = [*(impact for impact, _ in self.items), *(impact for _, impact in self.unread)]
        return highest(classes) if classes else ""

    @property
    def impact_name(self) -> str:
        """Its name."""
        return IMPACTS.get(self.impact, "")

    @property
    def approvals(self) -> int:
        """How many approvals the policy asks for."""
        return APPROVALS.get(self.impact, 1)

    @property
    def count(self) -> int:
        """How many changes there are."""
        return sum(len(items) for _, items in self.items)


def make_report(
    before: Guideline | None,
    after: Guideline | None,
    names: tuple[str, str],
    problems: tuple[Sequence[Problem], Sequence[Problem]],
) -> Report:
    """Return the report on two versions; a side that cannot be read at all leaves its problems alone."""
    found = tuple(problems[1]), len(problems[0])
    if before is None or after is None:
        return Report(*names, (), (), *found, (("the whole content", next(iter(IMPACTS))),))
    changes = (*compare(before, after), *comparison_changes(before, after), *page_changes(before, after))
    both = in_english(before), in_english(after)
    items = tuple(
        (impact, tuple(_item(change, *both) for change in same)) for impact, same in by_impact(changes).items()
    )
    return Report(*names, items, _pages(changes, before, after), *found, _unread(before, after))


def _unread(before: Guideline, after: Guideline) -> tuple[tuple[str, str], ...]:
    """Return what could not be read on one side or both, with the class of its claims on the other; safety at least."""
    return tuple(
        (
            id_,
            impact_of_claims(
                (e for version in (before, after) for e in version.claims.values() if e.record == id_), "safety"
            ),
        )
        for id_ in sorted(before.unread | after.unread)
    )


def marked(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return two texts as one with marks on what went and came, or one after the other where they share too little."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not before or not after or matcher.ratio() < _MERGED:
        return tuple((mark, text) for mark, text in (("gone", before), ("come", after)) if text)
    runs: list[tuple[str, str]] = []
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            runs.append(("same", " ".join(new[k:m])))
        else:
            runs += [(mark, " ".join(part)) for mark, part in (("gone", old[i:j]), ("come", new[k:m])) if part]
    return tuple(runs)


def _item(change: Change, before: Guideline, after: Guideline) -> Item:
    passages: dict[PassageKey, tuple[str, str]] = {}
    for version in (after, before):
        entry = version.claims.get(change.where)
        for cite in entry.claim.cites if entry else ():
            if cite.pmid in change.pmids:
                passages.setdefault(cite.key, (_label(cite, version), elsewhere.passage(cite)))
    shown = {key.pmid for key in passages}
    sources = [_source(pmid, before, after) for pmid in change.pmids if pmid not in shown]
    words, touches = marked(change.before, change.after), _touches(change, after, before)
    return Item(change, words, _states(change, after, before), (*passages.values(), *sources), touches)


def _source(pmid: str, before: Guideline, after: Guideline) -> tuple[str, str]:
    """Return a source in words, with its marks if it could be read, and its address."""
    source = sources_of(after).get(pmid) or sources_of(before).get(pmid)
    return mark(f"PMID {pmid}", *(source.marks if source else ())), elsewhere.pubmed(pmid)


def _label(cite: Citation, version: Guideline) -> str:
    """Return a passage in words, with the marks of the citation if its source could be read."""
    source = sources_of(version).get(cite.pmid)
    marks = CitationFacts(cite, source).marks if source else ()
    return mark(f"PMID {cite.pmid}: {cite.start} … {cite.end}", *marks)


def _states(change: Change, after: Guideline, before: Guideline) -> tuple[str, ...]:
    """Say in what state the claim is that a change is about: after it, or before if the claim is gone."""
    facts = claims_of(after).get(change.where) or claims_of(before).get(change.where)
    if facts is None:
        return ()
    relations = [f"{words.lower()} {', '.join(other.where for other in others)}" for words, others in facts.relations]
    return (*facts.marks, *relations)


def _touches(change: Change, after: Guideline, before: Guideline) -> tuple[str, ...]:
    """Say where else it is seen: steps and answers that tell it or rest on it, records that it links to or opposes."""
    found = []
    for version in (after, before):
        found += [f"in the pathway: {label}" for label in _steps(change, version)]
        entry = version.claims.get(change.where)
        if entry is None:
            continue
        found += [f"in the answer: {answer}" for answer in _answers(change, version)]
        others = {link.record for link in links_in(entry.claim.text)}
        others |= {id_.partition("#")[0] for id_ in entry.opponents}
        names = sorted(version.records[id_].name for id_ in others - {entry.record} if id_ in version.records)
        found += [f"on {name}" for name in names]
    return tuple(dict.fromkeys(found))


def _steps(change: Change, version: Guideline) -> Sequence[str]:
    """Return the labels of the steps that rest on the claim, or say the answer, that a change is about."""
    steps = steps_by_support(version).get(change.where, ())
    return list(dict.fromkeys(version.pathway.nodes[name].label for name in steps))


def _answers(change: Change, version: Guideline) -> list[str]:
    """Return the answers that rest on the claim that a change is about: record and question."""
    return [
        f"{record.name}, {name}"
        for record in version.records.values()
        for name, answer in record.answers.items()
        if change.where in (each.claim for each in answer.support)
    ]


def _pages(changes: Sequence[Change], before: Guideline, after: Guideline) -> tuple[tuple[str, str], ...]:
    """Return the name and path of each page that changes, each record's chapter of the handbook among them."""
    pages: dict[str, str] = {}
    for change in changes:
        for version in (after, before):
            record = version.records.get(change.record)
            if record is not None:
                pages.setdefault(f"{change.record}/", record.name)
                entry = version.claims.get(change.where)
                for link in links_in(entry.claim.text) if entry else ():
                    if link.record in version.records:
                        pages.setdefault(f"{link.record}/", version.records[link.record].name)
        for pmid in change.pmids:
            if pmid in after.references or pmid in before.references:
                pages.setdefault(f"references/{pmid}/", f"PMID {pmid}")
        if change.where.startswith("pathway") or _steps(change, after) or _steps(change, before):
            pages.setdefault("pathway/", "Pathway")
        if change.kind == "dose-changed":
            pages.setdefault("doses/", "Doses")
        if change.kind.startswith("disagreement"):
            pages.setdefault("disagreements/", "Claims that disagree")
    return tuple((name, path) for path, name in pages.items())
