"""The small types that fields of a record are made of, each refusing what does not fit it."""

import datetime
import re
from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from generator.refusing import Matching, refuse, shown

RULES = {
    "id-form": "Ids of records, claims, terms and studies are lower-case words joined by hyphens.",
    "pmid-form": "A PMID has 1 to 8 digits and no leading zero. It is not a PMC number and not a DOI.",
    "doi-form": "A DOI starts with `10.`, a registrant and a slash, without `https://doi.org/`.",
    "pmcid-form": "A PubMed Central id is `PMC` and digits.",
    "orcid-form": "A person is named by an ORCID iD: four groups of four, of which the last sign checks the others.",
    "version-form": "The guideline's version is three numbers joined by dots.",
    "url-form": "An address is an https address of letters, digits and few signs, without a query.",
    "mail-form": "A mail address is a plain one, such as editors@example.org.",
    "label-form": "Names and labels are one short line of plain text. They are not prose and carry no markup.",
    "locator-form": "`from` and `to` are at most eight words each, as the source prints them. They find the passage; "
    "they do not copy it.",
    "date-form": "A date is year, month and day: `2026-11-24`.",
    "number-form": "A number is plain: digits, a decimal point, a range `2-3` or a bound `≥2`, its unit beside it.",
}

PMID = r"[1-9][0-9]{0,7}"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ANSWER = "answer--"
"""What the id of an answer begins with within its record; two hyphens keep it apart from every claim's."""

Slug = Annotated[
    str, Matching(SLUG, "id-form", "an id", "Use lower-case letters and digits, joined by single hyphens.")
]
RecordId = Annotated[
    str,
    Matching(rf"{SLUG}/{SLUG}", "id-form", "a record's id", "Write it as `folder/name`."),
]
ClaimId = Annotated[
    str,
    Matching(
        rf"{SLUG}/{SLUG}#{SLUG}",
        "id-form",
        "a claim's id",
        "Write it as `folder/name#claim`.",
    ),
]
AnswerId = Annotated[
    str,
    Matching(
        rf"{SLUG}/{SLUG}#{ANSWER}{SLUG}",
        "id-form",
        "an answer's id",
        "Write it as `folder/name#answer--question`.",
    ),
]
SaidId = Annotated[
    str,
    Matching(
        rf"{SLUG}/{SLUG}#(?:{ANSWER})?{SLUG}",
        "id-form",
        "the id of a claim or an answer",
        "Write it as `folder/name#claim` or `folder/name#answer--question`.",
    ),
]
SourceName = Annotated[
    str,
    Matching(
        SLUG,
        "id-form",
        "a PMID or the name of a pending source",
        "Write its PMID, or the name that it has in `pending.yaml`.",
        accepts_integer=True,
    ),
]
AnyId = Annotated[
    str,
    Matching(
        rf"{SLUG}/{SLUG}(?:#{SLUG})?",
        "id-form",
        "the id of a record or a claim",
        "Write it as `folder/name`, with `#` and a name for a claim.",
    ),
]
FormerClaimId = Annotated[
    str,
    Matching(
        rf"(?:{SLUG}/{SLUG}#)?{SLUG}",
        "id-form",
        "a claim's former id",
        "Write the name that it had in this record, or its full id, such as `folder/name#claim`.",
    ),
]
Pmid = Annotated[
    str,
    Matching(
        PMID,
        "pmid-form",
        "a PMID",
        "A PMID has 1 to 8 digits and no leading zero; a PMC number is another thing.",
        accepts_integer=True,
    ),
]
Doi = Annotated[
    str,
    Matching(
        r"10\.[0-9]{4,9}/(?:(?!%[0-9A-Fa-f]{2})[!-\[\]-z|~])+(?<![.,;:])",
        "doi-form",
        "a DOI",
        "Write it without `https://doi.org/`, without signs such as `%3C`, and without the stop of its sentence.",
    ),
]
Pmcid = Annotated[str, Matching(r"PMC[1-9][0-9]{0,8}", "pmcid-form", "a PMC id", "Write it as `PMC1905663`.")]


def check_digit(digits: str) -> str:
    """Return the sign that follows digits of an ORCID iD: ISO 7064 MOD 11-2, as ORCID documents it."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    left = (12 - total % 11) % 11
    return "X" if left == 10 else str(left)


def _person(value: str) -> str:
    if check_digit(value.replace("-", "")[:-1]) != value[-1]:
        wrong = f"the last sign of {shown(value)} does not fit the digits before it"
        raise refuse("orcid-form", wrong, "Copy it from the page of the person at orcid.org.")
    return value


def doi_key(doi: str | None) -> str:
    """Return what two DOIs share if they are one, which ignore case; empty for none."""
    return (doi or "").casefold()


Orcid = Annotated[
    str,
    Matching(
        r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]",
        "orcid-form",
        "an ORCID iD",
        "Write it as `0000-0002-1825-0097`.",
    ),
    AfterValidator(_person),
]
Language = Annotated[
    str,
    Matching(
        r"[a-z]{2,3}(?:-[A-Z]{2})?", "language-form", "the code of a language", "Write it as `en`, `de` or `pt-BR`."
    ),
]
Version = Annotated[str, Matching(r"[0-9]+\.[0-9]+\.[0-9]+", "version-form", "a version", "Write it as `0.1.0`.")]
Mail = Annotated[
    str,
    Matching(
        r"(?!.{201})[A-Za-z0-9_-]+(?:[.+][A-Za-z0-9_-]+)*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}",
        "mail-form",
        "a mail address",
        "Write it as editors@example.org: letters, digits and `._+-` before the `@`.",
    ),
]
Url = Annotated[
    str,
    Matching(
        r"(?!.{201})https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~%/-]*)?",
        "url-form",
        "an https address",
        "Start it with `https://`; letters, digits and `._~%/-` follow.",
    ),
]

_LABEL = Matching(
    r'(?=\S)(?!.*(?:&#|(?<![A-Za-z])&[A-Za-z]|&[A-Za-z0-9]+;))(?:[^\r\n<>`{}\[\]"]|[<>](?= ?[0-9])){1,200}(?<=\S)',
    "label-form",
    "a label",
    "One line of at most 200 characters, without markup and without spaces at its ends.",
    accepts_integer=True,
)
Label = Annotated[str, _LABEL]
Reason = Annotated[
    str,
    replace(
        _LABEL,
        what="a reason",
        fix="Write here, between the quotation marks, why the sentence says nothing of effect, dose or harm: one line "
        "of at most 200 characters, without markup.",
    ),
]
"""Why a sentence that names the topic says no medicine."""

Title = Annotated[
    str, Matching(r"(?=\S)[^\r\n]{1,500}(?<=\S)", "label-form", "a title", "One line of at most 500 characters.")
]
Query = Annotated[
    str, Matching(r"(?=\S)[^\r\n]{1,2000}(?<=\S)", "label-form", "a query", "One line of at most 2,000 characters.")
]
Locator = Annotated[
    str,
    Matching(
        r"\S+(?: \S+){0,7}",
        "locator-form",
        "the first or last words of a passage",
        "Quote at most eight words on one line, as the source prints them.",
        accepts_integer=True,
    ),
]


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
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
