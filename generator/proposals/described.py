"""The fields of a model as data: the label of each key, what fits it, the terms that it takes, whether it is needed."""

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Flag, auto
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from generator.data import Share
from generator.guideline import Guideline
from generator.model import Citation, Claim, Record
from generator.proposals.model import ReportedError
from generator.proposals.words import LABELS, ONE_OF, TYPES, WRONG
from generator.quantities import Period, Quantity
from generator.refusing import Matching, Model, meaning_of
from generator.sources import Reference
from generator.vocabulary import InVocabulary, Term


class How(Flag):
    """How the form asks for a key."""

    LEFT_OUT = auto()
    """Not at all: it is an editor's."""

    ALWAYS = auto()
    """Not folded, though it may be left out."""

    DEPENDS = auto()
    """Neither as needed nor as optional by itself: the question or the steps decide."""

    LONG = auto()
    """In a field of several lines."""

    ONE_A_LINE = auto()
    """In a field of several lines, each of which is an item."""


HOW: Mapping[str, Mapping[str, How]] = {
    "ProposedClaim": {"note": How.LONG | How.ALWAYS},
    "ProposedAnswer": {"note": How.LONG | How.ALWAYS},
    "ProposedSource": {"note": How.LONG | How.ALWAYS},
    "ReportedError": {
        **dict.fromkeys(("name", "pmid", "from", "to"), How.ALWAYS),
        "text": How.LONG,
        "note": How.LONG | How.ALWAYS,
    },
    "Claim": {"text": How.LONG, "formerly": How.LEFT_OUT},
    "Answer": {"text": How.LONG, **dict.fromkeys(("direction", "rests_on"), How.ALWAYS | How.DEPENDS)},
    "Support": {"indirect": How.ALWAYS},
    "Reference": {
        "authors": How.ALWAYS | How.ONE_A_LINE,
        "group_authors": How.ONE_A_LINE,
        "year": How.ALWAYS,
    },
    "Retraction": {"notices": How.ONE_A_LINE},
    "Share": dict.fromkeys(("events", "of", "percent"), How.ALWAYS),
    "Comparison": dict.fromkeys(("arms", "value", "p"), How.ALWAYS),
    "Arm": dict.fromkeys(("events", "of"), How.ALWAYS),
    "Dose": dict.fromkeys(("days", "every"), How.ALWAYS),
    "Summary": {"of": How.ALWAYS},
}
"""By the model and the key, where it is not as its type alone has it."""


def error_keys() -> list[str]:
    """Return the keys of records, claims, citations and references that a report may call wrong, in their order."""
    asked: list[tuple[type[Model], set[str]]] = [
        (Record, {"standing", "claims", "formerly", "answers", "not_known"}),
        (Claim, {"cites", "formerly"}),
        (Citation, set()),
        (Reference, set()),
    ]
    keys = [_key(name, info) for type_, out in asked for name, info in type_.model_fields.items() if name not in out]
    return list(dict.fromkeys(keys))


def _errors() -> dict[str, str]:
    """Return in words what a report may call wrong, by its key, what is most asked for first."""
    keys = error_keys()
    labels = {key: label for model in ("Reference", "Citation", "Claim") for key, (label, _) in LABELS[model].items()}
    named = {key: WRONG.get(key) or labels[key].removesuffix(f" ({key})") for key in keys}
    return {key: named[key] for key in dict.fromkeys([*(key for key in WRONG if key in named), *keys])}


def fields_of(type_: type[Model], guideline: Guideline) -> list[dict[str, Any]]:
    """Return the fields of a model, but for those that are an editor's."""
    keys = {_key(name, info): info for name, info in type_.model_fields.items()}
    return [
        _field(type_, key, info, guideline)
        for key, info in keys.items()
        if key not in ("proposal", "what", "type") and How.LEFT_OUT not in _how(type_, key)
    ]


def _field(type_: type[Model], key: str, info: FieldInfo, guideline: Guideline) -> dict[str, Any]:
    """Return a field: its label, what it takes, and how it is asked for."""
    how = _how(type_, key)
    node = _node(info.annotation, info.metadata, guideline)
    if (type_, key) == (ReportedError, "key"):
        node = _choice(_errors())
    if How.LONG in how:
        node["type"] = "text"
    if (type_, key) == (Claim, "cites"):
        node["without"] = "cites-pmid"
    if node["type"] == "list" and key in ONE_OF:
        node["one"] = ONE_OF[key]
    marks = {"lines": How.ONE_A_LINE, "depends": How.DEPENDS, "always": How.ALWAYS}
    node |= {name: True for name, mark in marks.items() if mark in how}
    label, what = _words(type_, key)
    default = info.get_default(call_default_factory=False)
    needed = info.is_required() or "without" in node
    start = default if isinstance(default, str | bool) else None
    words = {"key": key, "label": label, "help": plain(what or meaning_of(info))}
    described = {**words, "required": needed, "start": start, **node}
    return {each: value for each, value in described.items() if value not in (None, "") or each == "label"}


def _how(type_: type[Model], key: str) -> How:
    return HOW.get(_model(type_), {}).get(key, How(0))


def _key(name: str, info: FieldInfo) -> str:
    return info.alias or name


def _words(type_: type[Model], key: str) -> tuple[str, str]:
    """Return label and help of a key."""
    if key == "content":
        return "", ""
    return LABELS[_model(type_)][key]


def _model(type_: type[Model]) -> str:
    """Return the name of a model; shares of either type are one to the form."""
    return "Share" if issubclass(type_, Share) else type_.__name__


def _node(annotation: Any, marks: Iterable[Any], guideline: Guideline) -> dict[str, Any]:
    """Return what a type takes, with the marks that it carries."""
    marks = [inner for mark in marks for inner in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _node(inner, [*more, *marks], guideline)
    if origin in (Union, UnionType):
        options = [each for each in get_args(annotation) if each is not NoneType]
        return _node(options[0], marks, guideline) if len(options) == 1 else _variants(options, guideline)
    if origin is tuple:
        inner, other = get_args(annotation)
        node = _node(inner, (), guideline)
        if other is not Ellipsis:
            return {"type": "pair", "of": node}
        return {"type": "list", "of": node, "least": _mark(marks, MinLen, "min_length", 0)}
    if origin is Literal:
        return _choice({str(each): str(each) for each in get_args(annotation)})
    if section := next((mark.section for mark in marks if isinstance(mark, InVocabulary)), None):
        terms = guideline.terms_of(section)
        names = {id_: term.name if isinstance(term, Term) else id_ for id_, term in terms.items()}
        return {**_choice(names), "rule": "term-in-vocabulary"}
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return {"type": "group", "fields": fields_of(annotation, guideline)}
    return _scalar(annotation, marks)


def _scalar(annotation: Any, marks: list[Any]) -> dict[str, Any]:
    """Return what a text, a number or a date takes."""
    for mark in marks:
        if isinstance(mark, Matching):
            return {"type": "line", "pattern": in_javascript(mark.pattern), "rule": mark.rule, "fix": plain(mark.fix)}
    if annotation is bool:
        return {"type": "flag"}
    if annotation is int:
        least, most = _mark(marks, Ge, "ge", None), _mark(marks, Le, "le", None)
        return {"type": "integer", "least": least, "most": most}
    if annotation is str:
        return {"type": "line"}
    names = {Decimal: "number", Quantity: "quantity", Period: "period", datetime.date: "date"}
    return {"type": names[annotation], "pattern": schema_pattern(marks)}


def schema_pattern(marks: list[Any]) -> str | None:
    """Return the pattern that the schema has for what is typed, which is text here."""
    schemas = [mark.json_schema for mark in marks if isinstance(mark, WithJsonSchema) and mark.json_schema]
    parts = [part for schema in schemas for part in (schema, *schema.get("anyOf", ()))]
    return next((str(part["pattern"]) for part in parts if "pattern" in part), None)


def _mark(marks: Iterable[Any], type_: type, name: str, default: Any) -> Any:
    return next((getattr(mark, name) for mark in marks if isinstance(mark, type_)), default)


def _choice(options: Mapping[str, str]) -> dict[str, Any]:
    return {"type": "select", "rule": "wrong-type", "options": [[value, label] for value, label in options.items()]}


def _variants(options: list[type[Model]], guideline: Guideline) -> dict[str, Any]:
    """Return one of several models, told apart by their type."""
    of = {get_args(each.model_fields["type"].annotation)[0]: fields_of(each, guideline) for each in options}
    return {
        "type": "variants",
        "by": "type",
        "of": {name: {"label": TYPES[name], "fields": its} for name, its in of.items()},
    }


def plain(text: str) -> str:
    """Return words of the format without the marks of code, which a form shows as they are."""
    return text.replace("`", "")


def in_javascript(pattern: str) -> str:
    """Return a pattern as a script reads it with the flag `u`: no needless escape, what does not print spelt out."""
    pattern = re.sub(r"\\(.)", lambda escape: escape[1] if escape[1] in "\"'" else escape[0], pattern)
    return "".join(sign if sign.isprintable() else f"\\u{{{ord(sign):x}}}" for sign in pattern)
