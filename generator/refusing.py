"""How a part of a record refuses what does not fit it.

A type refuses by raising `PydanticCustomError` whose type is a rule id, whose message says what is wrong
and whose context carries `fix`; `load` turns it into a `Problem` with the line of the value.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Model(BaseModel):
    """A part of a record: frozen, strict, and closed to keys that it does not name."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, json_schema_serialization_defaults_required=True
    )


def meaning_of(info: FieldInfo) -> str:
    """Return what the format says of a key; of one that may be left out it stands with what it takes."""
    parts = [info, *(mark for part in get_args(info.annotation) for mark in getattr(part, "__metadata__", ()))]
    return next((part.description for part in parts if isinstance(part, FieldInfo) and part.description), "")


def refuse(rule: str, wrong: str, fix: str) -> PydanticCustomError:
    """Return the error that `load` reports under a rule, with what is wrong and how to mend it.

    The texts travel in the context: as a template they would have their braces read.
    """
    return PydanticCustomError(rule, "{wrong}", {"wrong": wrong, "fix": fix})


@dataclass(frozen=True)
class Matching:
    """Makes a field a text that matches a pattern from end to end; another is refused under a rule as not `what`."""

    pattern: str
    rule: str
    what: str
    fix: str
    accepts_integer: bool = False

    @cached_property
    def _fits(self) -> Callable[[str], re.Match[str] | None]:
        return re.compile(self.pattern).fullmatch

    def check(self, value: object) -> str:
        """Return a value that matches, an integer as text where one is accepted. Raises PydanticCustomError."""
        if self.accepts_integer and type(value) is int:
            value = str(value)
        if not isinstance(value, str) or not self._fits(value):
            raise self._refusal_of(value)
        return value

    def _refusal_of(self, value: object) -> PydanticCustomError:
        """Return what is said of a value that does not fit: it is empty, needs quotation marks, or is wrong."""
        if value in (None, ""):
            return refuse(self.rule, "is empty", self.fix)
        kind = "true or false" if isinstance(value, bool) else "a list" if isinstance(value, tuple) else "a number"
        text = f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)
        text = text.lower() if isinstance(value, bool) else text
        if not isinstance(value, str | Mapping) and self._fits(text):
            return refuse(self.rule, f"{shown(text)} is read as {kind}, not as text", f'Quote it: `"{text}"`.')
        return refuse(self.rule, f"{shown(text)} is not {self.what}", self.fix)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check a value before it is read as text: most are right at the first look."""
        fits, check = self._fits, self.check

        def look(value: object) -> str:
            return value if isinstance(value, str) and fits(value) else check(value)

        return core_schema.no_info_before_validator_function(look, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Give the pattern to the JSON Schema."""
        accepts_integer = self.accepts_integer and handler.mode == "validation"
        kinds = ["string", "integer"] if accepts_integer else "string"
        return {"type": kinds, "pattern": f"^(?:{self.pattern})$"}


def shown(value: object) -> str:
    """Return a value quoted and cut to a length that fits a message."""
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "...")
