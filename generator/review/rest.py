"""Changes of sources, papers not citable yet, searches, vocabulary, signs, and the guideline's own description."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from generator.changes import Change
from generator.facts.bibliography import as_sentence
from generator.fields import Model
from generator.guideline import Guideline, parts_of, terms_in
from generator.model import PendingSource, Reference, Search, Term
from generator.review.impact import impact_of_claims
from generator.wordlist import NO_WORDS, WordList
from generator.words import plural

_REASSESSED = ("title", "doi", "design", "synthesises", "study", "species", "participants", "read")
_PLAIN = ("version", "date", "licence", "codes")  # of what the guideline says of itself
_MOST_NAMED = 20


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
                sides = ["; ".join(f"{name}: {_text(fields[name][side])}" for name in names) for side in (0, 1)]
                yield _change(kind, impact, pmid, new, sides[0], sides[1])
    for pmid, old in before.references.items():
        if pmid not in after.references and f"references/{pmid}" not in unread:
            yield _change("reference-removed", "bibliography", pmid, old, before=_described(old))


def guideline_changes(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield the changes of pending papers, searches, vocabulary, signs, recorded changes, and the guideline's words."""
    if "pending" not in before.unread | after.unread:
        for name, was, now in _differing(before.pending, after.pending):
            title = f"Not citable yet: {name}"
            yield Change.of("pending-changed", "bibliography", f"pending/{name}", title, _pending(was), _pending(now))
    if "searches" not in before.unread | after.unread:
        logs = [{(each.query, each.place, each.on): each for each in version.searches} for version in (before, after)]
        for (query, place, on), old_search, new_search in _differing(logs[0], logs[1]):
            sides = (_search(old_search), _search(new_search))
            title = f"Search of {on}, {place}: {query}"
            yield Change.of("search-changed", "bibliography", "searches", title, *sides)
    for section in sorted(before.vocabulary.sections.keys() | after.vocabulary.sections.keys()):
        terms = [version.vocabulary.sections.get(section, {}) for version in (before, after)]
        for name, old, new in _differing(terms[0], terms[1]):
            users = [
                entry
                for version in (before, after)
                for entry in version.claims.values()
                if any((found, term) == (section, name) for _, found, term in terms_in(entry.claim))
            ]
            impact = impact_of_claims(users, "evidence-strength")
            where, title = f"vocabulary/{section}/{name}", f"Vocabulary: {section}, {name}"
            yield Change.of("vocabulary-changed", impact, where, title, _term(old), _term(new))
    if "signs" not in before.unread | after.unread:
        yield from _signs(before.words, after.words)
    yield from _meanings(before, after)
    for version in before.changes:
        now_recorded = next((other for other in after.changes if other.version == version.version), None)
        if now_recorded != version and version.version != after.about.version.partition("+")[0]:
            sides = (
                plural(len(version.changes), "change"),
                plural(len(now_recorded.changes), "change") if now_recorded else "gone",
            )
            title = f"Recorded changes of version {version.version}"
            yield Change.of("history-rewritten", "evidence-strength", f"changes/{version.version}", title, *sides)
    about = [version.about.model_dump(mode="json") for version in (before, after)]
    for name in about[1]:
        values = [version["version"].partition("+")[0] if name == "version" else version[name] for version in about]
        if values[0] != values[1]:
            kind = "standing-changed" if name == "standing" else "guideline-changed"
            impact = "wording" if name in _PLAIN else "evidence-strength"
            yield Change.of(kind, impact, "guideline", f"Guideline: {name}", _text(values[0]), _text(values[1]))


_K = TypeVar("_K")
_T = TypeVar("_T")


def _differing(was: Mapping[_K, _T], now: Mapping[_K, _T]) -> Iterator[tuple[_K, _T | None, _T | None]]:
    for name in dict.fromkeys([*was, *now]):
        if was.get(name) != now.get(name):
            yield name, was.get(name), now.get(name)


def _signs(was: WordList, now: WordList) -> Iterator[Change]:
    """Yield what the list of words that carry meaning says otherwise; a list that is new or gone is one change."""
    if NO_WORDS in (was, now):
        sides = [
            f"{len(words.signs)} families, language {words.language}" if words.signs else "" for words in (was, now)
        ]
        if was != now:
            yield Change.of("signs-changed", "evidence-strength", "signs", "Words that carry meaning", *sides)
        return
    for name, old, new in _differing(dict(_said(was)), dict(_said(now))):
        title = f"Words that carry meaning: {name.replace('/', ', ')}"
        yield Change.of("signs-changed", "evidence-strength", f"signs/{name}", title, old or "", new or "")


def _meanings(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield one change for all passages that are the same, and whose parts, edges or sentences are kept otherwise."""
    kept = [
        {key: (row.sha256, row.parts, row.cut, row.turned, row.sentences) for key, row in version.passages.items()}
        for version in (before, after)
    ]
    changed = [key for key in kept[0] if key in kept[1] and kept[0][key] != kept[1][key]]
    named = [f"PMID {key.pmid}: {key.start} … {key.end}" for key in changed if kept[0][key][0] == kept[1][key][0]]
    if named:
        title = f"Lock: {plural(len(named), 'passage')}"
        notes = [*named[:_MOST_NAMED], *([f"and {len(named) - _MOST_NAMED} more"] if len(named) > _MOST_NAMED else [])]
        yield Change.of("meaning-relocked", "evidence-strength", "passages", title, notes=notes)


def _said(node: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each entry of the list by its name, in words."""
    if isinstance(node, WordList | Mapping):
        for key, value in parts_of(node):
            yield from _said(value, f"{name}/{key}" if name else str(key))
    elif isinstance(node, Model):
        yield name, "; ".join(f"{key}: {_text(value)}" for key, value in parts_of(node))
    elif isinstance(node, tuple) and node and isinstance(node[0], tuple):
        yield name, "; ".join(map(_text, node))
    else:
        yield name, _text(node)


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


def _text(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple | list):
        return ", ".join(map(_text, value))
    return " ".join(map(str, value.values())) if isinstance(value, Mapping) else str(value)


def _pending(source: PendingSource | None) -> str:
    return f"{source.label}: {source.reason}" if source else ""


def _search(search: Search | None) -> str:
    if search is None:
        return ""
    hits = "hits not counted" if search.hits is None else plural(search.hits, "hit")
    kept = f"kept {', '.join(search.kept) or 'nothing'}"
    left_out = f"left out: {search.left_out}" if search.left_out else "nothing left out"
    return f"{hits}; {kept}; {left_out}; for {', '.join(search.records)}"


def _term(term: Term | None) -> str:
    return f"{term.name}: {term.meaning}{f' (level {term.level})' if term.level else ''}" if term else ""
