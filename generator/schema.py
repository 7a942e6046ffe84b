"""The JSON Schema of each kind of file, from the models and the vocabulary."""

import json
from functools import cache
from pathlib import PurePosixPath
from typing import Literal

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from generator.guideline import Guideline
from generator.model import About, Approved, Record
from generator.pathway import Pathway
from generator.profile import Profile
from generator.refusing import Model
from generator.sources import Pending, Reference, Searches, Watched
from generator.vocabulary import Vocabulary
from generator.wordlist import WordList

FOLDER = PurePosixPath("docs/schema")
GROUP_OF_ITS_KIND = "x-group-of-its-kind"
"""Marks the schema of a record of any kind: its group is one of its own kind."""

TYPES: dict[str, type[Model]] = {
    "reference": Reference,
    "guideline": About,
    "vocabulary": Vocabulary,
    "pending": Pending,
    "profile": Profile,
    "pathway": Pathway,
    "searches": Searches,
    "watched": Watched,
    "approved-sentences": Approved,
    "signs": WordList,
}


class _Closed(GenerateJsonSchema):
    """Closes mappings to keys of another form: pydantic names the form of keys and lets others pass.

    `discriminator`, a keyword of OpenAPI, goes: a strict reader refuses a schema with a keyword that it does not know.
    """

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """Return the schema of one of several models."""
        found = super().tagged_union_schema(schema)
        return {key: value for key, value in found.items() if key != "discriminator"}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Return the schema of a mapping."""
        found = super().dict_schema(schema)
        return {**found, "additionalProperties": False} if "patternProperties" in found else found


def make_schemas(guideline: Guideline) -> dict[PurePosixPath, bytes]:
    """Return the JSON Schema (2020-12) of each kind of file by its path below the project."""
    kinds = {kind.name: id_ for id_, kind in guideline.profile.kinds.items()}
    schemas = {name: schema_of(Record, name, guideline, kind=kind) for name, kind in kinds.items()}
    schemas |= {name: schema_of(type_, name, guideline) for name, type_ in TYPES.items()}
    return {
        FOLDER / f"{name}.schema.json": (json.dumps(schema, indent=2) + "\n").encode()
        for name, schema in schemas.items()
    }


def schema_of(
    type_: type[Model],
    title: str,
    guideline: Guideline,
    of: Literal["validation", "serialization"] = "validation",
    kind: str = "",
) -> dict[str, object]:
    """Return the JSON Schema (2020-12) of what is read as a model, or of what is written of one, with the terms.

    `kind` is the kind of a record.
    """
    schema = {key: _with_terms(value, guideline, kind) for key, value in _without_terms(type_, of).items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


@cache
def _without_terms(type_: type[Model], of: Literal["validation", "serialization"]) -> dict[str, object]:
    return type_.model_json_schema(by_alias=True, schema_generator=_Closed, mode=of)


def _with_terms(node: object, guideline: Guideline, kind: str) -> object:
    if isinstance(node, list):
        return [_with_terms(item, guideline, kind) for item in node]
    if not isinstance(node, dict):
        return node
    if section := node.get("x-vocabulary"):
        kept = {key: value for key, value in node.items() if key not in ("x-vocabulary", "pattern", "type")}
        return {**kept, "enum": list(guideline.terms_of(section, kind))}
    found = {key: _with_terms(value, guideline, kind) for key, value in node.items() if key != GROUP_OF_ITS_KIND}
    if GROUP_OF_ITS_KIND in node:
        found["oneOf"] = [
            {"properties": {"kind": {"const": id_}, "group": {"enum": list(guideline.groups_of(id_))}}}
            for id_ in guideline.profile.kinds
        ]
    return found
