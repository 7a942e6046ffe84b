"""Citation managers read what is written for them: pybtex, rispy and a CSL processor show each source as it is."""

import json
import re
import warnings
from collections.abc import Iterable

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from outputs import CITATION_FILES, FILES, SHOW, SourceFacts, bibtex, nbib, outputs, shown, source
from pybtex.database import BibliographyData, Entry, parse_string
from pybtex.plugin import find_plugin
from pybtex.richtext import Text
from rispy import loads

from generator.facts.sources import sources_of
from generator.guideline import Guideline

NAMES = ("Abel BA", "van der Meer JWM", "Hall RP 3rd", "Schaefer H-F Jr", "Ortega y Gasset J", "Özbağçıvan Ö")
GROUPS = (
    "ProDERM Study Group",
    "Centers for Disease Control and Prevention",
    "European Working Group WHO",
    "American Academy of Dermatology, Work Group",
    "Glover",
)
PRINTED = {"title": "On lamps", "journal": "Lamps", "year": 2021, "volume": "12", "issue": "3", "pages": "547-57"}


def entries(sources: Iterable[SourceFacts]) -> BibliographyData:
    return parse_string(FILES["bib"](sources), "bibtex")


def entry(facts: SourceFacts) -> Entry:
    (found,) = entries([facts]).entries.values()
    return found


def typeset(sources: Iterable[SourceFacts], style: str) -> list[str]:
    """Return the list of sources that a style of BibTeX makes, as plain text."""
    formatted = find_plugin("pybtex.style.formatting", style)().format_bibliography(entries(sources))
    return [each.text.render(find_plugin("pybtex.backends", "text")()) for each in formatted]


def cited(sources: Iterable[SourceFacts], style: str) -> list[str]:
    """Return the list of sources that a style of CSL makes, as plain text."""
    items = json.loads(FILES["csl.json"](sources))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of fields that it does not know, such as PMID
        made = CitationStylesBibliography(
            CitationStylesStyle(style, validate=False), CiteProcJSON(items), formatter.plain
        )
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        return [str(each) for each in made.bibliography()]


NUMBERED = str(SHOW / "styles/numbered.csl")
HARVARD = "harvard-cite-them-right"


def test_bibtex_parts_the_names_of_persons() -> None:
    persons = entry(source(authors=NAMES)).persons["author"]
    parts = [(p.prelast_names, p.last_names, p.lineage_names, p.first_names + p.middle_names) for p in persons]
    assert parts == [
        ([], ["Abel"], [], ["B.", "A."]),
        (["van", "der"], ["Meer"], [], ["J.", "W.", "M."]),
        ([], ["Hall"], ["3rd"], ["R.", "P."]),
        ([], ["Schaefer"], ["Jr"], ["H.-F."]),
        ([], ["{Ortega y Gasset}"], [], ["J."]),
        ([], ["Özbağçıvan"], [], ["Ö."]),
    ]


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_is_one_author_with_one_name(name: str) -> None:
    facts = source(authors=("Abel A", name))
    group = entry(facts).persons["author"][1]
    assert (str(group), group.first_names) == (f"{{{name}}}", [])
    assert json.loads(FILES["csl.json"]([facts]))[0]["author"][1] == {"literal": name}
    assert loads(FILES["ris"]([facts]))[0]["authors"] == ["Abel, A.", name.replace(",", ":") + ","]
    assert f"\nAU  - Abel A\nCN  - {name}\n" in nbib(facts)


def test_a_group_whose_name_ends_as_a_persons_is_named_as_one() -> None:
    fields = {"authors": ("Lamp Office LO",)}
    assert source(**fields, year=2020).short_name == "Lamp Office 2020"
    facts = source(**fields, group_authors=("Lamp Office LO",), year=2020)
    assert facts.short_name == "Lamp Office LO 2020"
    assert "author = {{Lamp Office LO}}" in bibtex(facts)


@pytest.mark.parametrize("style", ["plain", "unsrt", "alpha"])
def test_a_style_of_bibtex_prints_a_source_as_it_is(style: str) -> None:
    facts = source(**PRINTED, authors=(*NAMES[:3], GROUPS[1]), authors_complete=False, doi="10.1000/a_b%c#d")
    assert typeset([facts], style) == [
        "B. A. Abel, J. W. M. van der Meer, R. P. Hall, 3rd, Centers for Disease Control and Prevention, and others. "
        "On lamps. Lamps, 12(3):547–557, 2021. doi:10.1000/a_b%c#d."
    ]


def test_the_state_of_a_source_is_printed_and_what_was_read_is_not() -> None:
    (text,) = typeset([source(**PRINTED, retraction={"state": "retracted", "checked_on": "2026-02-01"})], "plain")
    assert text == "[Authors not recorded]. On lamps. Lamps, 12(3):547–557, 2021. RETRACTED."
    assert entry(source(**PRINTED)).fields["annote"] == "Randomised trial. Read: abstract. Authors not recorded."


def test_a_paper_without_a_year_says_so() -> None:
    assert typeset([source(title="On lamps")], "plain") == ["[Authors not recorded]. On lamps. J, n.d."]
    assert "issued" not in json.loads(FILES["csl.json"]([source()]))[0]


@pytest.mark.parametrize(
    ("title", "small"),
    [
        ("Treatment of Kawasaki disease with IVIG", "treatment of Kawasaki disease with IVIG"),
        ("IgG: The paradox of TNF-α", "IgG: The paradox of TNF-α"),
        ("α2,6-sialylated IgG and DC-SIGN", "α2,6-sialylated IgG and DC-SIGN"),
        ("[Management of pemphigoid]", "[Management of pemphigoid]"),
        ("Doses & rates: 100% of a_x #1--United", "doses & rates: 100% of a_x #1--United"),
        ("Change of 5 ≥ 3 ± 1 × 2 µg", "change of 5 ≥ 3 ± 1 × 2 µg"),
    ],
)
def test_a_title_keeps_its_capitals_and_signs_where_a_style_makes_letters_small(title: str, small: str) -> None:
    assert str(Text.from_latex(entry(source(title=title)).fields["title"]).lower()) == small


def test_greek_letters_and_small_figures_are_commands_that_every_latex_has() -> None:
    title = next(line for line in bibtex(source(title="IgG₄, CD8⁺ and Γ-β")).splitlines() if "title" in line)
    assert title == (
        r"  title = {{IgG{{}\textsubscript{4}},} {CD8{{}\textsuperscript{+}}} and {{$\Gamma$}-{$\beta$}}},"
    )
    assert title.isascii()


@pytest.mark.parametrize(
    "doi", ["10.1007/978-3-642-02460-3_5", "10.1002/(SICI)1097-0142(19960815)78:4<100::AID>3.0.CO;2-X"]
)
def test_a_doi_stays_as_it_is_registered(doi: str) -> None:
    facts = source(doi=doi)
    assert entry(facts).fields["doi"] == doi
    assert loads(FILES["ris"]([facts]))[0]["doi"] == doi
    assert json.loads(FILES["csl.json"]([facts]))[0]["DOI"] == doi
    assert f"LID - {doi} [doi]\n" in nbib(facts)


def test_ris_is_read_field_by_field() -> None:
    facts = source("7", **PRINTED, authors=NAMES[1:4], authors_complete=False, doi="10.1000/7", pmcid="PMC70")
    assert loads(FILES["ris"]([facts])) == [
        {
            "type_of_reference": "JOUR",
            "authors": ["van der Meer, J. W. M.", "Hall, R. P., 3rd", "Schaefer, H.-F., Jr"],
            **{"title": "On lamps", "secondary_title": "Lamps", "year": "2021", "volume": "12", "number": "3"},
            **{"start_page": "547", "end_page": "557", "doi": "10.1000/7", "custom2": "PMC70"},
            **{"name_of_database": "PubMed", "accession_number": "7", "urls": ["https://pubmed.ncbi.nlm.nih.gov/7/"]},
            "notes": ["Randomised trial. Read: abstract. Not all authors are listed."],
        }
    ]


def test_nbib_is_as_pubmed_writes_it() -> None:
    facts = source("7", **PRINTED, authors=NAMES[1:3], doi="10.1000/7", pmcid="PMC70", journal_abbreviation="Lmp")
    assert nbib(facts).splitlines() == [
        *("PMID- 7", "VI  - 12", "IP  - 3", "DP  - 2021", "TI  - On lamps", "PG  - 547-57", "LID - 10.1000/7 [doi]"),
        *("FAU - van der Meer, J W M", "AU  - van der Meer JWM", "FAU - Hall, R P 3rd", "AU  - Hall RP 3rd"),
        *("PT  - Journal Article", "TA  - Lmp", "JT  - Lamps", "PMC - PMC70", "AID - 10.1000/7 [doi]"),
        *("GN  - Randomised trial. Read: abstract.", ""),
    ]
    assert "PT  - Retracted Publication\n" in nbib(source(retraction={"state": "retracted"}))


def test_two_styles_of_csl_print_a_source_as_it_is() -> None:
    facts = source(**PRINTED, authors=(*NAMES[:3], GROUPS[1]))
    few = source(**PRINTED, authors=NAMES[:1], authors_complete=False)
    assert cited([facts], NUMBERED) == [
        "Abel BA, van der Meer JWM, Hall RP 3rd, Centers for Disease Control and Prevention. On lamps. "
        "Lamps 2021 547–557."
    ]
    assert cited([few], NUMBERED) == ["Abel BA, others. On lamps. Lamps 2021 547–557."]
    assert cited([few], HARVARD) == ["Abel, B.A. and others (2021) “On lamps”, Lamps, 12(3), pp. 547–557."]


@pytest.mark.wide
def test_every_source_is_read_by_every_client(guideline: Guideline) -> None:
    sources = list(sources_of(guideline).values())
    pmids = [facts.pmid for facts in sources]
    records = loads(FILES["ris"](sources))
    assert [record["accession_number"] for record in records] == pmids
    assert not [record for record in records if "unknown_tag" in record]
    assert len(typeset(sources, "plain")) == len(sources)
    assert [str(Text.from_latex(each.fields["title"])) for each in entries(sources).entries.values()] == [
        facts.reference.title for facts in sources
    ]
    assert len(cited(sources, NUMBERED)) == len(sources)
    assert re.findall(r"^PMID- (\d+)$", FILES["nbib"](sources), re.MULTILINE) == pmids
    few = [facts for facts in sources if facts.authors and not facts.has_all_authors]
    assert FILES["bib"](sources).count(" and others}") == FILES["csl.json"](sources).count('"others"') == len(few)


@pytest.mark.parametrize("ending", CITATION_FILES)
def test_the_file_of_all_sources_holds_the_files_of_each(ending: str) -> None:
    single = [outputs()[f"references/{pmid}.{ending}"] for pmid in shown().references]
    together = outputs()[f"data/references.{ending}"]
    if ending == "csl.json":
        assert json.loads(together) == [item for text in single for item in json.loads(text)]
    else:
        assert together == ("\n" if ending == "bib" else "").join(single)
    assert list(FILES) == list(CITATION_FILES)
