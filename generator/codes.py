"""Codes by which other systems know a disease, a harm or a treatment, each seen on a public page with its name."""

from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from generator.fields import Date, Url
from generator.refusing import Matching, Model


class CodeSystem(NamedTuple):
    """A system of codes: its name, the form of its codes as a pattern, and one as an example."""

    name: str
    pattern: str
    example: str


System = Literal["mondo", "icd-11", "icd-11-mms", "mesh", "atc"]

SYSTEMS: Mapping[System, CodeSystem] = {
    "mondo": CodeSystem("MONDO", "MONDO:[0-9]{7}", "MONDO:0005044"),
    "icd-11": CodeSystem("ICD-11 Foundation", "[1-9][0-9]{0,9}", "761947693"),
    "icd-11-mms": CodeSystem("ICD-11 MMS", r"[0-9A-HJ-NP-Z]{4}(?:\.[0-9A-HJ-NP-Z]{1,2})?", "BA00.Z"),
    "mesh": CodeSystem("MeSH", "D(?:[0-9]{6}|[0-9]{9})", "D006973"),
    "atc": CodeSystem("ATC", "[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?", "N02BA01"),
}
"""Each system that a code may be of. A MeSH code is a descriptor; an ICD-11 code is an entity, or a code of the MMS."""


class Code(Model):
    """A code of a system, and the page or file on which it was seen with its name."""

    system: System
    code: Annotated[
        str,
        Matching(
            r"[A-Za-z0-9][A-Za-z0-9.:]{0,19}",
            "label-form",
            "a code",
            "Letters, digits, stops and colons, at most 20; quote one that is all digits.",
        ),
    ]
    match: Annotated[
        Literal["exact", "broader", "narrower"],
        Field(description="Whether the code means the same as the record, takes in more, or only a part of it."),
    ] = "exact"
    seen: Annotated[Url, Field(description="The public page or file on which it was seen with its name.")]
    on: Date
