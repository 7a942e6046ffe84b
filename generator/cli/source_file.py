"""The file of a new source, and what it leaves to its author."""

import json
from typing import Any

from generator.cli.scaffold import REFERENCE, make_file
from generator.guideline import Guideline
from generator.notions import POOLS
from generator.pubmed.reference import TO_CHOOSE, NewReference, lacks_synthesis
from generator.pubmed.summaries import Summary
from generator.web import quoted

LATER = "reference-cited"
"""The rule that a new source breaks until a claim cites it."""

_TERMS = (*TO_CHOOSE, "synthesises", "study")


def named(pmid: str, summary: Summary) -> str:
    """Return what a record of PubMed is known by, on one line."""
    return f"PMID {pmid}: {quoted(summary.title)}, {quoted(summary.journal)} {summary.year}, DOI {quoted(summary.doi)}"


def reference_file(new: NewReference, guideline: Guideline, is_tried: bool = False) -> bytes:
    """Return the file of a new reference; one that is tried has a term also where its author has yet to choose one."""
    filled = {
        key: str(value) if key in _TERMS else _yaml(value)
        for key, value in new.values.items()
        if value not in ((), True)
    }
    sections = {**TO_CHOOSE, **({"synthesises": "syntheses"} if lacks_synthesis(new, guideline) else {})}
    remarks = {key: f"To be confirmed: PubMed says {json.dumps(said)}." for key, said in new.guesses.items()}
    if is_tried:
        filled = {**{key: _term_to_try(section, guideline) for key, section in sections.items()}, **filled}
    elif "synthesises" in sections:
        filled["synthesises"] = ""
        remarks["synthesises"] = f"One of {', '.join(guideline.terms_of('syntheses'))}."
    return make_file(REFERENCE, guideline, filled, remarks).encode()


def _term_to_try(section: str, guideline: Guideline) -> str:
    """Return a term that asks for nothing more: a design that pools studies would have to say which."""
    terms = guideline.terms_of(section)
    return next((term for term in terms if not guideline.means(section, term, POOLS)), next(iter(terms), ""))


def left_to_do(new: NewReference, guideline: Guideline) -> list[str]:
    """Return what a new reference says of itself and leaves to its author, as lines."""
    open_ = [key for key in TO_CHOOSE if key not in new.values]
    open_ += ["synthesises"] if lacks_synthesis(new, guideline) else []
    retraction = new.values["retraction"]
    notices = f", notices: PMID {', '.join(retraction['notices'])}" if retraction["notices"] else ""
    guesses = ", ".join(f"{key}: {new.values[key]} (PubMed says {quoted(said)})" for key, said in new.guesses.items())
    return [
        f"retraction: {retraction['state']} on {retraction['checked_on']}{notices}",
        *([f"to be confirmed: {guesses}"] if guesses else []),
        *([f"to be filled in: {', '.join(open_)}"] if open_ else []),
        *(f"left out: {each}" for each in new.left_out),
    ]


def _yaml(value: object) -> str:
    """Return a value as YAML on one line, each text in quotation marks but terms and dates."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(each)}" for key, each in value.items() if each != ()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> str:
    return json.dumps(value) if isinstance(value, tuple) else str(value)
