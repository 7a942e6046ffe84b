"""The reference of the format, from the models: every kind of file, its keys, and what each takes."""

from functools import cache
from typing import Any

from generator.answers import Answer, NotKnown, Step, Support
from generator.calculator import DosesPage, DoseUnit, WeightNote
from generator.codes import Code
from generator.data import Arm, Comparison, Dose, Proportion, Rate, Summary
from generator.model import About, Citation, Claim, Disagreement, Record, Review
from generator.pathway import Action, Checklist, Item, Outcome, Pathway, Question, Stage, Unknown
from generator.profile import Kind, PathwayProfile, Profile, RecordQuestion, SearchWords, Topic, Watch
from generator.refusing import Model, meaning_of
from generator.sources import Pending, PendingSource, Reference, Retraction, Search, Searches, Watched, WatchRun
from generator.vocabulary import Term
from generator.vocabulary import Vocabulary as VocabularyFile
from generator.wordlist import Sign, Unit, WordList

Row = tuple[str, bool, str, str]
"""Key, whether it is required, what it takes, what it means."""


@cache
def describe_format() -> tuple[tuple[str, str, list[Row]], ...]:
    """Return heading, explanation and rows for each kind of file and each part of one."""
    parts: list[tuple[str, type[Model]]] = [
        ("A record: content/<kind>/<id>.yaml", Record),
        ("An answer", Answer),
        ("A step of an answer", Step),
        ("A claim that an answer rests on, if it is indirect", Support),
        ("What is not known", NotKnown),
        ("A code in another system", Code),
        ("A claim", Claim),
        ("A citation", Citation),
        ("A disagreement", Disagreement),
        ("A review, as standing", Review),
        ("A reference: content/references/<pmid>.yaml", Reference),
        ("A retraction state", Retraction),
        ("The guideline: content/guideline.yaml", About),
        ("The profile: content/profile.yaml", Profile),
        ("The profile: the topic", Topic),
        ("The profile: a kind of record", Kind),
        ("A question of the profile", RecordQuestion),
        ("The profile: the page of doses", DosesPage),
        ("The profile: a unit of doses", DoseUnit),
        ("The profile: a note on some body weights", WeightNote),
        ("The pathway in the profile", PathwayProfile),
        ("The profile: words of the search", SearchWords),
        ("The vocabulary: content/vocabulary.yaml", VocabularyFile),
        ("A term of the vocabulary", Term),
        ("The pathway: content/pathway.yaml", Pathway),
        ("The pathway: a stage", Stage),
        ("The pathway: a question", Question),
        ("The pathway: a checklist", Checklist),
        ("The pathway: an item of a checklist", Item),
        ("The pathway: an action", Action),
        ("The pathway: where an answer is not known", Unknown),
        ("The pathway: an outcome", Outcome),
        ("Words that carry meaning: content/signs.yaml", WordList),
        ("Words that carry meaning: a sign", Sign),
        ("Words that carry meaning: a unit", Unit),
        ("Pending sources: content/pending.yaml", Pending),
        ("A pending source", PendingSource),
        ("The log of searches: content/searches.yaml", Searches),
        ("A search", Search),
        ("The weekly search in the profile", Watch),
        ("The log of weekly searches, by machine: content/watched.yaml", Watched),
        ("A weekly search", WatchRun),
        ("data: type: proportion", Proportion),
        ("data: type: rate", Rate),
        ("data: type: comparison", Comparison),
        ("One arm of a comparison", Arm),
        ("data: type: dose", Dose),
        ("data: type: summary", Summary),
    ]
    return tuple((heading, _explanation(type_), _rows(type_)) for heading, type_ in parts)


def _explanation(type_: type[Model]) -> str:
    return " ".join((type_.__doc__ or "").split())


def _rows(type_: type[Model]) -> list[Row]:
    schema = type_.model_json_schema(by_alias=True)
    fields = {info.alias or name: info for name, info in type_.model_fields.items()}
    required, definitions = schema.get("required", []), schema.get("$defs", {})
    return [
        (key, key in required, _takes(value, definitions), meaning_of(fields[key]))
        for key, value in schema["properties"].items()
    ]


def _takes(value: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "x-vocabulary" in value:
        return f"a term of {value['x-vocabulary']}"
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2].lower()
    if "oneOf" in value or "anyOf" in value:
        options = [option for option in value.get("oneOf") or value["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(_takes(option, definitions) for option in options))
    if "const" in value:
        return str(value["const"])
    if "enum" in value:
        return " or ".join(value["enum"])
    if value.get("type") == "array":
        items = value.get("items") or value["prefixItems"][0]
        return f"{'two of' if 'prefixItems' in value else 'list of'} {_takes(items, definitions)}"
    if value.get("type") == "object":
        inside = value.get("additionalProperties", {})
        return f"mapping of id to {_takes(inside, definitions)}" if isinstance(inside, dict) else "mapping"
    kinds = value.get("type", "text")
    kind = "string" if isinstance(kinds, list) else kinds
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, kind)
