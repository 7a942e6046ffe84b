"""Changes of papers not citable yet, searches, vocabulary, signs, and of what the guideline says of itself."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from generator.changes import Change
from generator.guideline import Guideline
from generator.refusing import Model
from generator.review.impact import impact_of_claims
from generator.review.sources import text_of
from generator.sources import PendingSource, Search, WatchRun
from generator.vocabulary import Term
from generator.walks import parts_of, terms_in
from generator.wordlist import NO_WORDS, WordList
from generator.words import plural

_PLAIN = ("version", "date", "licence", "codes")  # of what the guideline says of itself
_MOST_NAMED = 20


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
    if "watched" not in before.unread | after.unread:
        runs = [{(run.on, run.query): run for run in version.watched} for version in (before, after)]
        for (on, query), old_run, new_run in _differing(runs[0], runs[1]):
            sides = (_run(old_run), _run(new_run))
            title = f"Search for new papers of {on}: {query}"
            yield Change.of("search-changed", "bibliography", "watched", title, *sides)
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
            yield Change.of(kind, impact, "guideline", f"Guideline: {name}", text_of(values[0]), text_of(values[1]))


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
        yield name, "; ".join(f"{key}: {text_of(value)}" for key, value in parts_of(node))
    elif isinstance(node, tuple) and node and isinstance(node[0], tuple):
        yield name, "; ".join(map(text_of, node))
    else:
        yield name, text_of(node)


def _pending(source: PendingSource | None) -> str:
    return f"{source.label}: {source.reason}" if source else ""


def _search(search: Search | None) -> str:
    if search is None:
        return ""
    hits = "hits not counted" if search.hits is None else plural(search.hits, "hit")
    kept = f"kept {', '.join(search.kept) or 'nothing'}"
    left_out = f"left out: {search.left_out}" if search.left_out else "nothing left out"
    return f"{hits}; {kept}; {left_out}; for {', '.join(search.records)}"


def _run(run: WatchRun | None) -> str:
    return f"since {run.since}: {plural(run.hits, 'hit')}; new {', '.join(run.new) or 'nothing'}" if run else ""


def _term(term: Term | None) -> str:
    if term is None:
        return ""
    counts = (("level", term.level), ("impact", term.impact), ("means", ", ".join(term.means)))
    said = ", ".join(f"{name} {value}" for name, value in counts if value)
    return f"{term.name}: {term.meaning}{f' ({said})' if said else ''}"
