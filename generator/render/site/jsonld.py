"""JSON-LD by schema.org: what a page is about and what it cites, the site, and its data as a set.

Nodes have names, so that what several pages say of one thing can be put together: a source that of PubMed, a page that
of its address. Where nobody hosts the site a name is relative to the page, which every reader of JSON-LD resolves.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from generator import elsewhere, links
from generator.facts.bibliography import Author
from generator.facts.edition import standing_word
from generator.facts.records import RecordFacts
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline
from generator.model import About, Record

_TYPES = {
    ".sqlite": "application/vnd.sqlite3",
    ".dot": "text/vnd.graphviz",
    ".ris": "application/x-research-info-systems",
}
_TYPES |= {".bib": "application/x-bibtex", ".nbib": "application/nbib", ".csv": "text/csv", ".json": "application/json"}


def record_jsonld(facts: RecordFacts) -> Markup:
    """Return the script element of a record's page: a MedicalWebPage whose main entity is a MedicalGuideline."""
    guideline, page = facts.guideline, links.record_page(facts.id)
    entity = {
        "@type": "MedicalGuideline",
        "@id": _name(guideline, page, "guideline"),
        "name": f"{guideline.about.title}: {facts.record.name}",
        "guidelineSubject": {
            "@type": "MedicalEntity",
            "@id": _name(guideline, page, "subject"),
            "name": facts.record.name,
            "alternateName": list(facts.record.also_known_as),
            **_codes(facts),
        },
        "guidelineDate": guideline.about.date.isoformat(),
    }
    citations = [_article(source) for source in facts.sources]
    return script_of(
        {**_page(facts.record.name, page, guideline, facts.record), "mainEntity": entity, "citation": citations}
    )


def reference_jsonld(source: SourceFacts, guideline: Guideline) -> Markup:
    """Return the script element of a reference's page."""
    page = links.reference_page(source.pmid)
    return script_of({**_page(source.reference.title, page, guideline), "mainEntity": _article(source)})


def site_jsonld(guideline: Guideline) -> Markup:
    """Return the script element of the home page: the site, and of what edition it is."""
    about = guideline.about
    site = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": _name(guideline, links.HOME, "site"),
        "name": about.title,
        "description": about.scope,
        **_hosted(about, links.HOME),
        **_edition(about, about),
    }
    return script_of(site)


def dataset_jsonld(guideline: Guideline, files: Sequence[PurePosixPath]) -> Markup:
    """Return the script element of the page on the data: a Dataset with its files."""
    about, own = guideline.about, guideline.about.own
    primary = sources_of(guideline).get(about.primary_source)
    dataset = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": _name(guideline, links.DATA, "dataset"),
        "name": own.say("{title}: data", title=about.title),
        "description": own.say(
            "{scope}: claims with their PMIDs and passages, answers, numbers, doses, sources and the decision pathway, "
            "as tables and as JSON. {standing}.",
            scope=about.scope,
            standing=own.say(standing_word(about)),
        ),
        "keywords": list(about.intervention),
        "isAccessibleForFree": True,
        **_hosted(about, links.DATA),
        **_edition(about, about),
        **({"citation": _article(primary)} if primary else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": links.hosted_file(about.address, links.DATA, file),
                "encodingFormat": _TYPES.get(file.suffix, "text/plain"),
            }
            for file in files
        ],
    }
    return script_of(dataset)


def _name(guideline: Guideline, page: PurePosixPath, fragment: str) -> str:
    """Return the name of a node; a fragment of it that is no anchor of the page."""
    address = guideline.about.address
    return links.absolute(address, page, fragment) if address else f"#{fragment}"


def _hosted(about: About, page: PurePosixPath) -> dict[str, str]:
    return {"url": links.absolute(about.address, page)} if about.address else {}


def _edition(about: About, item: About | Record) -> dict[str, Any]:
    """Return the edition, and the standing of the guideline or a record."""
    return {
        "inLanguage": about.language,
        "version": about.version,
        "dateModified": about.date.isoformat(),
        "license": elsewhere.licence(about.licence) or about.licence,
        "creativeWorkStatus": standing_word(item),
    }


def _review(item: About | Record) -> dict[str, Any]:
    """Return who reviewed a record or the guideline, and when; nothing if nobody has."""
    if isinstance(item.standing, str):
        return {}
    by = {"@type": "Person", "@id": elsewhere.orcid(item.standing.reviewed_by)}
    return {"reviewedBy": by, "lastReviewed": item.standing.reviewed_on.isoformat()}


def _codes(facts: RecordFacts) -> dict[str, list[dict[str, str]]]:
    """Return the codes that mean the same as the record: schema.org has no word for one that takes in more."""
    codes = [
        {"@type": "MedicalCode", "codeValue": each.code.code, "codingSystem": each.system}
        | ({"url": each.address} if each.address else {})
        for each in facts.codes
        if each.is_exact
    ]
    return {"code": codes} if codes else {}


def _page(name: str, page: PurePosixPath, guideline: Guideline, item: About | Record | None = None) -> dict[str, Any]:
    about = guideline.about
    site = {"isPartOf": {"@type": "WebSite", "@id": _name(guideline, links.HOME, "site")}} if about.address else {}
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": _name(guideline, page, "page"),
        "name": name,
        **_hosted(about, page),
        **_edition(about, item or about),
        **_review(item or about),
        **site,
        "audience": {"@type": "MedicalAudience", "audienceType": "Clinician"},
    }


def _article(source: SourceFacts) -> dict[str, Any]:
    reference = source.reference
    fields = {
        "@type": "ScholarlyArticle",
        "@id": elsewhere.pubmed(source.pmid),
        "name": reference.title,
        "author": [_author(author) for author in source.authors],
        "isPartOf": {"@type": "Periodical", "name": reference.journal},
        "datePublished": str(reference.year) if reference.year else None,
        "identifier": f"PMID:{source.pmid}",
        "url": elsewhere.pubmed(source.pmid),
        "creativeWorkStatus": source.state,
        "sameAs": elsewhere.doi(reference.doi) if reference.doi else None,
    }
    return {key: value for key, value in fields.items() if value}


def _author(author: Author) -> dict[str, str]:
    return {"@type": "Organization" if author.is_group else "Person", "name": author.name}


def script_of(data: Mapping[str, Any], kind: str = "application/ld+json", id_: str = "") -> Markup:
    """Return JSON in a script element; `<`, `>` and `&` are written as JSON escapes, so nothing can end the script."""
    text = json.dumps(data, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    named = f' id="{id_}"' if id_ else ""
    return Markup(f'<script type="{kind}"{named}>{text}</script>')
