"""Changes of sources, of papers not citable yet, of the vocabulary and of the guideline's own description."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from generator.changes import Change
from generator.guideline import Guideline
from generator.model import PendingSource, Reference, Term
from generator.review.impact import impact_of_claims

_REASSESSED = ("design", "synthesises", "study", "species", "participants", "read")


def reference_changes(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield the sources that came, went, were retracted, reassessed or corrected."""
    for pmid, new in after.references.items():
        old = before.references.get(pmid)
        if old is None:
            yield _change("reference-added", "new-evidence", pmid, new, after=_described(new))
            continue
        claims = [e for e in after.claims.values() if any(cite.pmid == pmid for cite in e.claim.cites)]
        weighty = impact_of_claims(claims, "evidence-strength")
        if old.retraction.state != new.retraction.state:
            states = (old.retraction.state, new.retraction.state)
            yield _change("retraction-changed", weighty, pmid, new, *states, notes=(f"{len(claims)} claims cite it",))
        fields = {name: (getattr(old, name), getattr(new, name)) for name in Reference.model_fields}
        changed = {name: pair for name, pair in fields.items() if pair[0] != pair[1] and name != "retraction"}
        for kind, impact, names in (
            ("reference-reassessed", weighty, [name for name in changed if name in _REASSESSED]),
            ("reference-corrected", "bibliography", [name for name in changed if name not in _REASSESSED]),
        ):
            if names:
                sides = ["; ".join(f"{name}: {_text(changed[name][side])}" for name in names) for side in (0, 1)]
                yield _change(kind, impact, pmid, new, sides[0], sides[1])
    for pmid, old in before.references.items():
        if pmid not in after.references and f"references/{pmid}" not in after.unread:
            yield _change("reference-removed", "bibliography", pmid, old, before=_described(old))


def guideline_changes(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield the changes of pending papers, of the vocabulary and of the guideline's own description."""
    if "pending" not in before.unread | after.unread:
        for name, was, now in _differing(before.pending, after.pending):
            yield Change(
                kind="pending-changed",
                impact="bibliography",
                where=f"pending/{name}",
                title=f"Not citable yet: {name}",
                before=_pending(was),
                after=_pending(now),
            )
    for section in sorted(before.vocabulary.sections.keys() | after.vocabulary.sections.keys()):
        terms = [version.vocabulary.sections.get(section, {}) for version in (before, after)]
        for name, old, new in _differing(terms[0], terms[1]):
            same_level = (old.level if old else None) == (new.level if new else None)
            yield Change(
                kind="vocabulary-changed",
                impact="wording" if same_level else "evidence-strength",
                where=f"vocabulary/{section}/{name}",
                title=f"Vocabulary: {section}, {name}",
                before=_term(old),
                after=_term(new),
            )
    about = [version.about.model_dump(mode="json") for version in (before, after)]
    for name in about[1]:
        values = [version["version"].partition("+")[0] if name == "version" else version[name] for version in about]
        if values[0] != values[1]:
            impact = "evidence-strength" if name == "standing" else "wording"
            yield Change(
                kind="standing-changed" if name == "standing" else "guideline-changed",
                impact=impact,
                where="guideline",
                title=f"Guideline: {name}",
                before=_text(values[0]),
                after=_text(values[1]),
            )


_T = TypeVar("_T")


def _differing(was: Mapping[str, _T], now: Mapping[str, _T]) -> Iterator[tuple[str, _T | None, _T | None]]:
    for name in dict.fromkeys([*was, *now]):
        if was.get(name) != now.get(name):
            yield name, was.get(name), now.get(name)


def _change(
    kind: str,
    impact: str,
    pmid: str,
    reference: Reference,
    before: str = "",
    after: str = "",
    notes: tuple[str, ...] = (),
) -> Change:
    title = f"Source: {reference.title}"
    return Change(
        kind=kind,
        impact=impact,
        where=f"references/{pmid}",
        title=title,
        before=before[:2000],
        after=after[:2000],
        notes=notes,
        pmids=(pmid,),
    )


def _described(reference: Reference) -> str:
    printed = f"{reference.title}. {reference.journal}, {reference.year or 'year unknown'}"
    return f"{printed}. {reference.design}, {reference.read}"


def _text(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return str(value)


def _pending(source: PendingSource | None) -> str:
    return f"{source.label}: {source.reason}" if source else ""


def _term(term: Term | None) -> str:
    return f"{term.name}: {term.meaning}{f' (level {term.level})' if term.level else ''}" if term else ""
