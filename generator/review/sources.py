"""Changes of sources: which came, went, were retracted, reassessed or corrected."""

from collections.abc import Iterator, Mapping

from generator.changes import Change
from generator.facts.bibliography import as_sentence
from generator.guideline import Guideline
from generator.review.impact import impact_of_claims
from generator.sources import Reference
from generator.words import plural

_REASSESSED = ("title", "doi", "design", "synthesises", "study", "species", "participants", "read")


def reference_changes(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield the sources that came, went, were retracted, reassessed or corrected."""
    unread = before.unread | after.unread
    for pmid, new in after.references.items():
        old = before.references.get(pmid)
        if old is None:
            if f"references/{pmid}" not in unread:
                yield _change("reference-added", "new-evidence", pmid, new, after=_described(new))
            continue
        claims = [e for e in after.claims.values() if any(cite.pmid == pmid for cite in e.claim.cites)]
        weighty = impact_of_claims(claims, "evidence-strength")
        if old.retraction.state != new.retraction.state:
            states = (old.retraction.state, new.retraction.state)
            cited = f"{plural(len(claims), 'claim cites', 'claims cite')} it"
            yield _change("retraction-changed", weighty, pmid, new, *states, notes=(cited,))
        fields = {name: (getattr(old, name), getattr(new, name)) for name in Reference.model_fields}
        del fields["retraction"]
        fields["retraction checked on"] = (old.retraction.checked_on, new.retraction.checked_on)
        changed = [name for name, pair in fields.items() if pair[0] != pair[1]]
        for kind, impact, names in (
            ("reference-reassessed", weighty, [name for name in changed if name in _REASSESSED]),
            ("reference-corrected", "bibliography", [name for name in changed if name not in _REASSESSED]),
        ):
            if names:
                sides = ["; ".join(f"{name}: {text_of(fields[name][side])}" for name in names) for side in (0, 1)]
                yield _change(kind, impact, pmid, new, sides[0], sides[1])
    for pmid, old in before.references.items():
        if pmid not in after.references and f"references/{pmid}" not in unread:
            yield _change("reference-removed", "bibliography", pmid, old, before=_described(old))


def _change(
    kind: str,
    impact: str,
    pmid: str,
    reference: Reference,
    before: str = "",
    after: str = "",
    notes: tuple[str, ...] = (),
) -> Change:
    return Change.of(kind, impact, f"references/{pmid}", f"Source: {reference.title}", before, after, notes, [pmid])


def _described(reference: Reference) -> str:
    printed = f"{as_sentence(reference.title)} {reference.journal}, {reference.year or 'year unknown'}"
    return f"{printed}. {reference.design}, {reference.read}"


def text_of(value: object) -> str:
    """Return a value in words."""
    if value is None:
        return "none"
    if isinstance(value, tuple | list):
        return ", ".join(map(text_of, value))
    return " ".join(map(str, value.values())) if isinstance(value, Mapping) else str(value)
