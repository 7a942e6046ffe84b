"""A source as a page carries it for reference managers in the browser: a ContextObject in a span (COinS 1.0)."""

from urllib.parse import quote, urlencode

from markupsafe import Markup

from generator import elsewhere
from generator.facts.bibliography import page_ranges, pages_in_full
from generator.facts.sources import SourceFacts


def coins(source: SourceFacts) -> Markup:
    """Return an empty span whose title describes the paper (ANSI/NISO Z39.88); what is not recorded is left out."""
    reference = source.reference
    first, last = (page_ranges(reference.pages or "") or [("", "")])[0]
    people = [author for author in source.authors if not author.is_group]
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft_id", f"info:pmid/{source.pmid}"),
        ("rft_id", elsewhere.pubmed(source.pmid)),  # Zotero takes no PMID from the line above, and an address it takes
        ("rft_id", f"info:doi/{reference.doi}" if reference.doi else ""),
        ("rft.genre", "article"),
        ("rft.atitle", reference.title),
        ("rft.jtitle", reference.journal),
        ("rft.stitle", reference.journal_abbreviation),
        ("rft.date", reference.year),
        ("rft.volume", reference.volume),
        ("rft.issue", reference.issue),
        ("rft.pages", pages_in_full(reference.pages or "")),
        ("rft.spage", first),
        ("rft.epage", last),
        *(("rft.au", ", ".join(filter(None, (one.family, one.initials, one.suffix)))) for one in people),
        *(("rft.aucorp", author.name) for author in source.authors if author.is_group),
    ]
    title = urlencode([(name, str(value)) for name, value in fields if value], quote_via=quote, safe="")
    return Markup('<span class="Z3988" title="{}"></span>').format(title)
