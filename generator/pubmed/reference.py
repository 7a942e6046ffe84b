"""What goes into the record of a new source: what PubMed says of it, as far as it fits the format."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from generator.facts.bibliography import Author
from generator.fields import Label
from generator.guideline import Guideline
from generator.notions import POOLS
from generator.pubmed.articles import Article
from generator.pubmed.differences import IS_A_NOTICE, find_one_paper, journal_names, retraction_state
from generator.sources import Reference
from generator.web import quoted

TO_CHOOSE: Mapping[str, str] = {"design": "designs", "species": "species", "read": "readings"}
"""The keys of a reference that need a term, and its section of the vocabulary."""

_LEAST: Mapping[str, Any] = {
    **dict.fromkeys(("title", "journal", *TO_CHOOSE), "x"),
    "retraction": {"state": "unchecked"},
}
"""What a reference needs, so that a value of it can be tried."""

_NAME = TypeAdapter[str](Label)


class AddError(Exception):
    """A paper that does not become a source here; the message says why."""


@dataclass(frozen=True)
class NewReference:
    """The values of a reference by their keys, by what PubMed says for those that are guesses, and what did not fit."""

    values: Mapping[str, Any]
    guesses: Mapping[str, str]
    left_out: tuple[str, ...]


def describe(pmid: str, article: Article, guideline: Guideline, today: date) -> NewReference:
    """Return what the record of a paper holds. Raises AddError for what is no paper, or one paper with a reference."""
    summary = article.summary
    if article.is_book:
        raise AddError("it is a chapter of a book in PubMed, without a journal: begin it by `new reference`")
    for kind in IS_A_NOTICE:
        if kind in summary.kinds:
            raise AddError(f"it is itself a notice: PubMed calls it {kind}")
    journal = [*journal_names(summary)][-1] or summary.journal
    authors = tuple(filter(_is_name, summary.authors))
    odd = [name for name in summary.authors if name not in authors]
    guesses = _guesses(article, guideline)
    values, wrong = _fitting(
        {
            "title": summary.title,
            "authors": authors or None,
            "authors_complete": article.authors_complete and not odd,
            "group_authors": tuple(name for name in article.groups if name in authors and not Author(name).is_group),
            "journal": journal,
            "journal_abbreviation": summary.journal if summary.journal != journal else None,
            "year": int(summary.year) if summary.year else None,
            **{key: getattr(summary, key) or None for key in ("volume", "issue", "pages", "doi", "pmcid")},
            **{key: term for key, (term, _) in guesses.items()},
            "retraction": {
                "state": retraction_state(summary),
                "checked_on": today,
                "notices": tuple(dict.fromkeys(each.pmid for each in summary.notices if each.state and each.pmid)),
            },
        }
    )
    for key in ("title", "journal"):
        if key in wrong:
            raise AddError(f"its {wrong[key]}: begin it by `new reference`")
    reference = Reference.model_validate({**_LEAST, **values})
    for difference in find_one_paper({**guideline.references, pmid: reference}, {pmid: summary}).get(pmid, ()):
        raise AddError(difference.wrong)
    said = {key: said for key, (_, said) in guesses.items()}
    return NewReference(values, said, (*wrong.values(), *(f"author {quoted(name)} does not fit" for name in odd)))


def lacks_synthesis(new: NewReference, guideline: Guideline) -> bool:
    """Return whether a new reference pools studies, and does not say which."""
    return "synthesises" not in new.values and guideline.means("designs", new.values.get("design"), POOLS)


def _guesses(article: Article, guideline: Guideline) -> dict[str, tuple[str, str]]:
    """Return the terms that PubMed's words for a paper stand for, and the words: the first of each section."""
    found: dict[str, tuple[str, str]] = {}
    for key, words in (("design", article.summary.kinds), ("species", article.headings)):
        for name, term in guideline.vocabulary.sections.get(TO_CHOOSE[key], {}).items():
            said = [word for word in term.pubmed if word in words]
            if said:
                found.setdefault(key, (name, said[0]))
    return found


def _is_name(name: str) -> bool:
    try:
        return bool(_NAME.validate_python(name))
    except ValidationError:
        return False


def _fitting(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values that fit the format, and what is said of the others by their keys."""
    try:
        Reference.model_validate({**_LEAST, **values})
    except ValidationError as error:
        keys = dict.fromkeys(str(each["loc"][0]) for each in error.errors())
        wrong = {key: f"{key} in PubMed does not fit: {quoted(values[key])}" for key in keys}
        return {key: value for key, value in values.items() if key not in wrong}, wrong
    return values, {}
