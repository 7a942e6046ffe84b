"""What the resources of the FHIR bundle share: ids, references, text, and what the standard has no place for."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from generator import elsewhere, links
from generator.escape import markdown
from generator.facts.claims import ClaimFacts
from generator.facts.edition import expires_on
from generator.facts.marks import mark
from generator.facts.sources import SourceFacts
from generator.guideline import Guideline, once
from generator.model import About, Record, Review
from generator.quantities import Quantity
from generator.web import TOOL

Resource = dict[str, Any]

EXTENSION = links.lasting_name(TOOL, "fhir extension")
"""The name of the one extension. It holds parts, which the page on data lists; it stays wherever the site is hosted."""

_TERMS = "http://terminology.hl7.org/CodeSystem/"
_MOST = 64
_DATES = ("expires", "checked_on")
_OTHER = re.compile(r"[^A-Za-z0-9.-]+")
_COMPARATORS = {"≥": ">=", "≤": "<="}


def fhir_id(id_: str) -> str:
    """Return an id of ours in the letters of FHIR: one of more than 64 is cut and ends with a part of its hash."""
    name = _OTHER.sub(".", id_)
    return name if len(name) <= _MOST else f"{name[:51]}.{hashlib.sha256(id_.encode()).hexdigest()[:12]}"


def urn(kind: str, id_: str, guideline: Guideline) -> str:
    """Return the name of a resource, by which others refer to it: it stays wherever the site is hosted."""
    return links.lasting_name(guideline.profile.topic.slug, kind, id_)


def refer(kind: str, id_: str, guideline: Guideline, display: str = "") -> Resource:
    """Return a reference to a resource of the bundle."""
    return {"reference": urn(kind, id_, guideline), "type": kind, **({"display": display} if display else {})}


def notes(marks: Iterable[str]) -> list[Resource]:
    """Return marks as remarks, one for each."""
    return [{"text": markdown(words)} for words in marks]


def concept(text: str, system: str = "", code: str = "") -> Resource:
    """Return a concept in words, with a code only if the standard's own list of it was seen."""
    return {"coding": [{"system": f"{_TERMS}{system}", "code": code}], "text": text} if code else {"text": text}


def parts(**values: object) -> list[Resource]:
    """Return the extension with a part for each value, or for each of several; empty if there is none."""
    inner = [_part(name, one) for name, value in values.items() for one in _each(value)]
    return [{"url": EXTENSION, "extension": inner}] if inner else []


def _each(value: object) -> Iterable[object]:
    return value if isinstance(value, tuple | list) else () if value in (None, "") or value is False else (value,)


def _part(name: str, value: object) -> Resource:
    match value:
        case bool():
            return {"url": name, "valueBoolean": value}
        case int():
            return {"url": name, "valueInteger": value}
        case _ if name in _DATES:
            return {"url": name, "valueDate": str(value)}
        case _:
            return {"url": name, "valueString": str(value)}


def number(value: Decimal) -> int | float:
    """Return a number for JSON; the words beside it keep the digits that the source prints."""
    return int(value) if value == value.to_integral_value() else float(value)


def quantity(value: Quantity | Decimal | None, unit: str = "") -> Resource | None:
    """Return a number with its bound and unit; None for a range, which has another place."""
    if value is None or (isinstance(value, Quantity) and value.high is not None):
        return None
    low, bound = (value.low, value.bound) if isinstance(value, Quantity) else (value, "")
    return without_gaps({"value": number(low), "comparator": _COMPARATORS.get(bound, bound), "unit": unit})


def standing(item: About | Record) -> str:
    """Return `unreviewed`, or who reviewed it and when."""
    review = item.standing
    if not isinstance(review, Review):
        return "unreviewed"
    who = f"reviewed by {elsewhere.orcid(review.reviewed_by)} on {review.reviewed_on}"
    return f"{who}; interests declared: {review.interests}"


@once
def period(guideline: Guideline) -> Resource:
    """Return from when to when the edition is to be trusted."""
    return {"start": guideline.about.date.isoformat(), "end": expires_on(guideline.about).isoformat()}


def head(kind: str, id_: str, title: str, item: About | Record, guideline: Guideline, /, **more: object) -> Resource:
    """Return what a resource that has a status begins with: it is a draft and experimental, whoever reviewed it."""
    about = guideline.about
    return {
        "resourceType": kind,
        "id": fhir_id(id_),
        "version": about.version,
        "title": title,
        "status": "draft",
        "experimental": True,
        "date": about.date.isoformat(),
        "extension": parts(standing=standing(item), expires=period(guideline)["end"], **more),
    }


def cited(source: SourceFacts, guideline: Guideline) -> Resource:
    """Return that something cites a source, whose marks are named beside it."""
    named = refer("Citation", source_id(source.pmid), guideline)
    return {"type": "citation", "display": source.marked_name, "resourceReference": named}


def resting(kind: str, claim: ClaimFacts) -> Resource:
    """Return that something rests on a claim, or what else it has to do with it; its marks are named beside it."""
    display = mark(claim.where, *claim.all_marks)
    return {"type": kind, "display": display, "resourceReference": refer("Evidence", claim.id, claim.entry.guideline)}


def source_id(pmid: str) -> str:
    """Return the id of a source."""
    return f"pmid-{pmid}"


def without_gaps(resource: Mapping[str, Any]) -> Resource:
    """Return a part of a resource without what is empty: FHIR has no empty value."""
    return {key: value for key, value in resource.items() if value not in (None, "", [], {})}
