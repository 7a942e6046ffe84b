"""JSON-LD of a page, by schema.org: what it is about and what it cites."""

import json
from typing import Any

from markupsafe import Markup

from generator import links
from generator.facts.claims import RecordView
from generator.guideline import Guideline
from generator.model import Reference


def record_jsonld(view: RecordView) -> Markup:
    """Return the script element of a record's page: a MedicalWebPage whose main entity is a MedicalGuideline."""
    guideline = view.guideline
    citations = [_article(pmid, guideline.references[pmid]) for pmid in view.numbers]
    entity = {
        "@type": "MedicalGuideline",
        "name": f"{guideline.about.title}: {view.record.name}",
        "guidelineSubject": {
            "@type": "MedicalEntity",
            "name": view.record.name,
            "alternateName": list(view.record.also_known_as),
        },
        "guidelineDate": guideline.about.date.isoformat(),
        "citation": citations,
    }
    return _script({**_page(view.record.name, guideline), "mainEntity": entity})


def reference_jsonld(pmid: str, guideline: Guideline) -> Markup:
    """Return the script element of a reference's page."""
    reference = guideline.references[pmid]
    return _script({**_page(reference.title, guideline), "mainEntity": _article(pmid, reference)})


def _page(name: str, guideline: Guideline) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": name,
        "inLanguage": "en",
        "version": guideline.about.version,
        "dateModified": guideline.about.date.isoformat(),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "audience": {"@type": "MedicalAudience", "audienceType": "Clinician"},
    }


def _article(pmid: str, reference: Reference) -> dict[str, Any]:
    fields = {
        "@type": "ScholarlyArticle",
        "name": reference.title,
        "author": [{"@type": "Person", "name": author} for author in reference.authors or ()],
        "isPartOf": {"@type": "Periodical", "name": reference.journal},
        "datePublished": str(reference.year) if reference.year else None,
        "identifier": f"PMID:{pmid}",
        "url": links.pubmed(pmid),
        "sameAs": links.doi(reference.doi) if reference.doi else None,
    }
    return {key: value for key, value in fields.items() if value}


def _script(data: dict[str, Any]) -> Markup:
    """Return JSON in a script element; `<`, `>` and `&` are written as JSON escapes, so nothing can end the script."""
    text = json.dumps(data, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')
