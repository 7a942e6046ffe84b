"""The form in which a change is proposed, as data: every key of the models, what fits it, its terms and its words.

The page reads nothing else: what a model takes, the form asks for, and what a model refuses, the form refuses.
"""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from generator import limits
from generator.fields import Date
from generator.guideline import Guideline
from generator.linked_text import LINK
from generator.meaning.tokens import ABBREVIATION, SENTENCE_END
from generator.notions import AGAINST_EXPECTED
from generator.proposals.described import fields_of, in_javascript, plain, schema_pattern
from generator.proposals.model import FORMAT, PROPOSED, QUOTED
from generator.proposals.words import KINDS_IN_WORDS, SAID
from generator.quantities import Number, PeriodField, QuantityField
from generator.refusing import Model
from generator.yaml_source.decoding import FORBIDDEN

MOST_OF_ADDRESS = 8000
"""Characters of an address that GitHub takes; a longer proposal is copied and pasted."""

_TYPED = {"number": Number, "quantity": QuantityField, "period": PeriodField, "date": Date}


def form_of(guideline: Guideline, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return all that the page of the form needs to know, as data for JSON; `sources` names each by its PMID."""
    asked = guideline.profile.questions
    return {
        "format": FORMAT,
        "repository": guideline.about.repository,
        "most": MOST_OF_ADDRESS,
        "name": guideline.profile.topic.slug,
        "kinds": {name: _kind(name, type_, guideline) for name, type_ in PROPOSED.items()},
        "records": {
            kind.title: [[id_, guideline.records[id_].name] for id_ in guideline.records if id_.startswith(f"{name}/")]
            for name, kind in guideline.profile.kinds.items()
        },
        "claims": {id_: [entry.name for entry in claims] for id_, claims in guideline.claims_by_record.items()},
        "shows": {id_: list(record.shows) for id_, record in guideline.records.items() if record.shows},
        "questions": {
            kind: [[name, question.name, question.asks, question.needs_direction] for name, question in its.items()]
            for kind, its in asked.items()
        },
        "sources": dict(sources),
        "limits": {
            "claim": limits.CLAIM,
            "first": limits.FIRST_SENTENCE,
            "answer": limits.ANSWER,
            "step": limits.STEP,
            "sentences": limits.SENTENCES,
        },
        "patterns": {
            "markup": limits.MARKUP.pattern,
            "forbidden": in_javascript(FORBIDDEN.pattern),
            "end": in_javascript(SENTENCE_END.pattern),
            "abbreviation": ABBREVIATION.pattern,
            "link": LINK.pattern,
            "quoted": in_javascript(QUOTED),
            "quantity": _quantity_pattern(),
        },
        "fixes": {name: _fix_of(type_) for name, type_ in _TYPED.items()} | {"integer": "Write a whole number."},
        "against_expected": [
            name for name in guideline.terms_of("measures") if guideline.means("measures", name, AGAINST_EXPECTED)
        ],
        "said": dict(SAID),
    }


def _kind(name: str, type_: type[Model], guideline: Guideline) -> dict[str, Any]:
    label, what = KINDS_IN_WORDS[name]
    fields = fields_of(type_, guideline)
    return {"label": label, "help": what, "fields": sorted(fields, key=lambda field: field["key"] == "note")}


def _quantity_pattern() -> str:
    pattern = schema_pattern([*get_args(QuantityField)[1:]])
    return (pattern or "").removeprefix("^").removesuffix("$")


def _fix_of(type_: Any) -> str:
    """Return how to correct what is not of a type, as the type says it itself."""
    try:
        TypeAdapter(type_).validate_python("")
    except ValidationError as error:
        return plain(str(error.errors()[0]["ctx"]["fix"]))
    raise TypeError(type_)
