"""The small types that fields of a record are made of, each refusing what does not fit it.

A type refuses by raising `PydanticCustomError` whose type is a rule id, whose message says what is wrong
and whose context carries `fix`; `load` turns it into a `Problem` with the line of the value.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

RULES = {
    "id-form": "Ids of records, claims, terms and studies are lower-case words joined by hyphens.",
    "pmid-form": "A PMID has 1 to 8 digits and no leading zero. It is not a PMC number and not a DOI.",
    "doi-form": "A DOI starts with `10.`, a registrant and a slash, without `https://doi.org/`.",
    "pmcid-form": "A PubMed Central id is `PMC` and digits.",
    "orcid-form": "A reviewer is named by an ORCID iD: four groups of four.",
    "version-form": "The guideline's version is three numbers joined by dots.",
    "url-form": "An address is an https address of letters, digits and few signs, without a query.",
    "label-form": "Names and labels are one short line of plain text. They are not prose and carry no markup.",
    "locator-form": "`from` and `to` are at most eight words each, as the source prints them. They find the passage; "
    "they do not copy it.",
    "date-form": "A date is year, month and day: `2026-11-24`.",
    "number-form": "A number is plain: digits, a decimal point, a range `2-3` or a bound `≥2`, its unit beside it.",
}


class Model(BaseModel):
    """A part of a record: frozen, strict, and closed to keys that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


@dataclass(frozen=True)
class InVocabulary:
    """Marks a field whose value must be a term of one section of `vocabulary.yaml`."""

    section: str

    def __get_pydantic_json_schema__(
        self, core_schema: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        """Name the section in the JSON Schema; `schema` puts the terms in its place."""
        return {**handler(core_schema), "x-vocabulary": self.section}


def refuse(rule: str, wrong: str, fix: str) -> PydanticCustomError:
    """Return the error that `load` reports under a rule, with what is wrong and how to mend it.

    The texts travel in the context: as a template they would have their braces read.
    """
    return PydanticCustomError(rule, "{wrong}", {"wrong": wrong, "fix": fix})


def _matching(pattern: str, rule: str, what: str, fix: str, accepts_integer: bool = False) -> Any:
    def check(value: object) -> str:
        if accepts_integer and type(value) is int:
            value = str(value)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise _refusal_of(value, pattern, rule, what, fix)
        return value

    kinds = ["string", "integer"] if accepts_integer else "string"
    return Annotated[str, BeforeValidator(check), WithJsonSchema({"type": kinds, "pattern": f"^(?:{pattern})$"})]


def _refusal_of(value: object, pattern: str, rule: str, what: str, fix: str) -> PydanticCustomError:
    """Return what is said of a value that is not text of a pattern: it is empty, wants quotation marks, or is wrong."""
    if value is None:
        return refuse(rule, "is empty", fix)
    kind = "true or false" if isinstance(value, bool) else "a list" if isinstance(value, tuple) else "a number"
    text = f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)
    text = text.lower() if isinstance(value, bool) else text
    if not isinstance(value, str | Mapping) and re.fullmatch(pattern, text):
        return refuse(rule, f"{shown(text)} is read as {kind}, not as text", f'Quote it: `"{text}"`.')
    return refuse(rule, f"{shown(text)} is not {what}", fix)


def shown(value: object) -> str:
    """Return a value quoted and cut to a length that fits a message."""
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "...")


PMID = r"[1-9][0-9]{0,7}"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
KINDS = ("indications", "adverse-events", "mechanisms", "practice")

Slug = _matching(SLUG, "id-form", "an id", "Use lower-case letters and digits, joined by single hyphens.")
RecordId = _matching(
    rf"(?:{'|'.join(KINDS)})/{SLUG}", "id-form", "a record's id", "Write it as `indications/scleromyxedema`."
)
ClaimId = _matching(
    rf"(?:{'|'.join(KINDS)})/{SLUG}#{SLUG}",
    "id-form",
    "a claim's id",
    "Write it as `indications/scleromyxedema#first-line`.",
)
FormerClaimId = _matching(
    rf"(?:(?:{'|'.join(KINDS)})/{SLUG}#)?{SLUG}",
    "id-form",
    "a claim's former id",
    "Write the name that it had in this record, or its full id, such as `indications/scleromyxedema#first-line`.",
)
Pmid = _matching(
    PMID,
    "pmid-form",
    "a PMID",
    "A PMID has 1 to 8 digits and no leading zero; a PMC number is another thing.",
    accepts_integer=True,
)
Doi = _matching(r"10\.[0-9]{4,9}/[!-~]+", "doi-form", "a DOI", "Write it without `https://doi.org/`.")
Pmcid = _matching(r"PMC[1-9][0-9]{0,8}", "pmcid-form", "a PMC id", "Write it as `PMC1905663`.")
Orcid = _matching(
    r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]",
    "orcid-form",
    "an ORCID iD",
    "Write it as `0000-0002-1825-0097`.",
)
Version = _matching(r"[0-9]+\.[0-9]+\.[0-9]+", "version-form", "a version", "Write it as `0.1.0`.")
Url = _matching(
    r"(?!.{201})https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~%/-]*)?",
    "url-form",
    "an https address",
    "Start it with `https://`; letters, digits and `._~%/-` follow.",
)

Label = _matching(
    r"(?=\S)(?!.*(?:&#|(?<![A-Za-z])&[A-Za-z]|&[A-Za-z0-9]+;))(?:[^\r\n<>`{}\[\]\"]|[<>](?= ?[0-9])){1,200}(?<=\S)",
    "label-form",
    "a label",
    "One line of at most 200 characters, without markup and without spaces at its ends.",
    accepts_integer=True,
)
Title = _matching(r"(?=\S)[^\r\n]{1,500}(?<=\S)", "label-form", "a title", "One line of at most 500 characters.")
Locator = _matching(
    r"\S+(?: \S+){0,7}",
    "locator-form",
    "the first or last words of a passage",
    "Quote at most eight words on one line, as the source prints them.",
    accepts_integer=True,
)


def _date(value: object) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise refuse("date-form", f"{shown(value)} is not a date", "Write it as `2026-11-24`.") from None


Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    PlainSerializer(datetime.date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]


def term(section: str) -> Any:
    """Return the type of a field that holds a term of a section of the vocabulary."""
    return Annotated[Slug, InVocabulary(section)]
