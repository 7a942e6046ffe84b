"""What EFetch says of papers: each part of a record that is read, and each answer that is none."""

import json
import re
from collections.abc import Callable
from typing import NoReturn

import pytest
from ncbi import EFETCH, Reply, World, answer, chapter, paper

from generator import web
from generator.pubmed import articles, entrez, safe_xml
from generator.pubmed.articles import Article, fetch_articles, read_articles
from generator.pubmed.entrez import INTERVAL, INTERVAL_WITH_KEY, Entrez, PubmedError
from generator.pubmed.summaries import Notice
from generator.web import WebError

KEY = "0123456789abcdef0123456789abcdef0123"
NOBODY = Entrez("http://127.0.0.1:9", lambda seconds: None)


def read(xml: str) -> Article:
    (article,) = read_articles(answer(xml), NOBODY).values()
    return article


# what is read


def test_a_record_is_read_whole() -> None:
    article = read(
        paper(
            "777",
            title="Lamps in <i>pemphigus</i>: 10<sup>-3</sup> M and CO<sub>2</sub>.",
            authors=("van der Abel A", "Baker BC Jr"),
            groups=("Lamp Study Group",),
            complete=False,
            kinds=("Journal Article", "Randomized Controlled Trial"),
            headings=("Humans", "Lamps"),
            pmc="PMC7",
        )
    )
    summary = article.summary
    assert (summary.pmid, summary.title) == ("777", "Lamps in pemphigus: 10⁻³ M and CO₂")
    assert summary.authors == ("van der Abel A", "Baker BC Jr", "Lamp Study Group")
    assert (article.groups, article.authors_complete) == (("Lamp Study Group",), False)
    assert (summary.journal, summary.full_journal, summary.year) == ("J Lamps", "The Journal of lamps", "2020")
    assert (summary.volume, summary.issue, summary.pages) == ("12", "3", "77-84")
    assert (summary.doi, summary.pmcid) == ("10.1000/777", "PMC7")
    assert summary.kinds == ("Journal Article", "Randomized Controlled Trial")
    assert article.headings == ("Humans", "Lamps")


@pytest.mark.parametrize(
    ("fields", "read_as"),
    [
        ({"date": "<MedlineDate>1998 Dec-1999 Jan</MedlineDate>"}, {"year": "1998"}),
        ({"date": "<MedlineDate>Winter</MedlineDate>"}, {"year": ""}),
        ({"medline_ta": ""}, {"journal": "J. Lamps"}),
        ({"pages": ""}, {"pages": "1"}),
        ({"pages": "e01671"}, {"pages": "e01671"}),
        ({"title": "[Lamps in pemphigus]."}, {"title": "[Lamps in pemphigus]"}),
        ({"title": "Lamps, etc..."}, {"title": "Lamps, etc..."}),
        ({"title": "&lt;b&gt;Lamps&lt;/b&gt; &amp;amp; more"}, {"title": "Lamps & more"}),
        ({"title": "Lamps\n  in\u2028\u202epemphigus\u200b\x85"}, {"title": "Lamps in pemphigus"}),
        ({"title": "Gu\u0308rcan"}, {"title": "G\u00fcrcan"}),
        ({"volume": "", "issue": ""}, {"volume": "", "issue": ""}),
    ],
    ids=str,
)
def test_a_field_is_one_line_of_plain_text(fields: dict[str, str], read_as: dict[str, str]) -> None:
    summary = read(paper("777", **fields)).summary  # type: ignore[arg-type]
    assert {key: getattr(summary, key) for key in read_as} == read_as


def test_the_doi_of_a_cited_paper_is_not_its_own() -> None:
    summary = read(paper("777", doi="")).summary
    assert (summary.doi, summary.pmcid) == ("", "")


def test_an_author_or_group_whom_pubmed_calls_invalid_and_an_editor_are_none() -> None:
    xml = paper("777", authors=("Abel A", "Baker B"), groups=("Lamps", "Lights"))
    for name in ("<LastName>Abel", "<CollectiveName>Lamps"):
        assert f'<Author ValidYN="Y">{name}' in xml
        xml = xml.replace(f'<Author ValidYN="Y">{name}', f'<Author ValidYN="N">{name}')
    editors = '<AuthorList Type="editors"><Author><LastName>Zeta</LastName></Author></AuthorList><AuthorList '
    article = read(xml.replace("<AuthorList ", editors))
    assert (article.summary.authors, article.groups) == (("Baker B", "Lights"), ("Lights",))


@pytest.mark.parametrize(
    ("kind", "words", "state"),
    [
        ("ErratumIn", "Erratum in", "corrected"),
        ("CorrectedandRepublishedIn", "Corrected and republished in", "corrected"),
        ("UpdateIn", "Update in", "corrected"),
        ("PartialRetractionIn", "Partial retraction in", "concern"),
        ("ExpressionOfConcernIn", "Expression of concern in", "concern"),
        ("RetractionIn", "Retraction in", "retracted"),
        ("RetractedandRepublishedIn", "Retracted and republished in", "retracted"),
        ("CommentIn", "Comment in", ""),
        ("Cites", "Cites", ""),
    ],
)
def test_a_notice_is_named_as_a_summary_names_it(kind: str, words: str, state: str) -> None:
    (notice,) = read(paper("777", notices=[(kind, "888")])).summary.notices
    assert (notice, notice.state) == (Notice(words, "888"), state)


@pytest.mark.parametrize("pmid", ["", "PMC1", "888 999", "0"])
def test_a_notice_whose_pmid_is_none_has_none(pmid: str) -> None:
    assert read(paper("777", notices=[("ErratumIn", pmid)])).summary.notices == (Notice("Erratum in", ""),)


# the text


def test_a_text_is_its_title_and_the_sections_with_their_labels() -> None:
    abstract = [("BACKGROUND", "Lamps are\n old."), ("METHODS:", "Ten <b>patients</b>, p&lt;0.05."), ("EMPTY", " ")]
    text = read(paper("777", abstract=abstract)).text
    assert text == "Lamps in pemphigus\nBACKGROUND: Lamps are old.\nMETHODS: Ten patients, p<0.05.\n"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("2 g/m<sup>2</sup>", "2 g/m²"),
        ("10<sup>9</sup>/L", "10⁹/L"),
        ("CD8<sup>+</sup>", "CD8⁺"),
        ("10<sup>n</sup> cells", "10ⁿ cells"),
        ("the 4<sup>th</sup> week", "the 4th week"),
        ("log<sub>10</sub>", "log₁₀"),
        ("H<sub>max</sub>", "Hmax"),
        ("<sup/>x", "x"),
        ("<mml:math xmlns:mml='x'><mml:mi>k</mml:mi></mml:math> = 2", "k = 2"),
    ],
)
def test_letters_raised_and_lowered_have_signs_of_their_own(xml: str, text: str) -> None:
    assert read(paper("777", abstract=[("", xml)])).sections == (("", text),)


def test_a_paper_without_an_abstract_has_its_title_alone() -> None:
    assert read(paper("777", abstract=())).text == "Lamps in pemphigus\n"


def test_a_chapter_of_a_book_has_a_text() -> None:
    article = read(chapter("777", "Lamps", "They shine."))
    assert (article.is_book, article.text) == (True, "Lamps\nThey shine.\n")


# answers that are none


BOMB = "<!DOCTYPE x [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)) + "]>"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "cannot be read: it is not well-formed: no element found"),
        (b"<html><body>Service unavailable<br></body></html>", "cannot be read: it is not well-formed: mismatched tag"),
        (b"<html><body>Sorry</body></html>", "is no PubmedArticleSet: 'html'"),
        (b"<eFetchResult><ERROR>ID list is empty!\n::error::</ERROR></eFetchResult>", "'ID list is empty! ::error::'"),
        (answer(paper("777"))[:-40], "cannot be read: it is not well-formed"),
        (answer(paper("777", title="\u00fc")).decode().encode("latin-1"), "it is not well-formed: not well-formed"),
        (f"{BOMB}<PubmedArticleSet>&e11;</PubmedArticleSet>".encode(), "cannot be read: it holds declarations"),
        (b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>', "cannot be read: it holds declarations"),
        (b'<!DOCTYPE x SYSTEM "x.dtd" [<!ATTLIST x a CDATA "b">]><x/>', "cannot be read: it holds declarations"),
        (answer("&alpha;"), "cannot be read: it declares or uses an entity"),
        (b"<a>" * 1000, "cannot be read: more than 40 levels"),
        (b"\x00\x01\x02", "cannot be read: it is not well-formed"),
        (b"[]", "cannot be read: it is not well-formed"),
        (b'{"error": "no\\n::error::"}', "PubMed answers with an error: 'no\\n::error::'"),
    ],
    ids=range(14),
)
def test_an_answer_that_cannot_be_read_is_refused(body: bytes, message: str) -> None:
    with pytest.raises(PubmedError) as refused:
        read_articles(body, NOBODY)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_answer_of_elements_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MAX_ELEMENTS", 100)
    with pytest.raises(PubmedError, match="100 elements"):
        read_articles(answer("<a/>" * 200), NOBODY)


def test_a_record_with_nothing_in_it_is_none() -> None:
    empty = ["<PubmedArticle/>", "<PubmedArticle><MedlineCitation><PMID>x</PMID></MedlineCitation></PubmedArticle>"]
    assert (
        read_articles(
            answer(*empty, "<PubmedBookArticle/>", "<DeleteCitation><PMID>777</PMID></DeleteCitation>"), NOBODY
        )
        == {}
    )


# asking


@pytest.fixture
def ask(world: World) -> Callable[..., list[str]]:
    def fetched(*pmids: str, key: str = "", naps: list[float] | None = None) -> list[str]:
        entrez = Entrez(world.address, ([] if naps is None else naps).append, key)
        return [pmid for pmid, _ in fetch_articles(pmids, entrez)]

    return fetched


def test_what_pubmed_does_not_know_or_was_not_asked_is_left_out(ask: Callable[..., list[str]], world: World) -> None:
    world.answers(EFETCH, Reply(body=answer(paper("999"), paper("777"))))
    assert ask("777", "888") == ["777"]
    assert world.forms == [{"db": "pubmed", "retmode": "xml", "id": "777,888", "tool": web.TOOL}]


def test_many_are_asked_in_batches_by_post_where_long(ask: Callable[..., list[str]], world: World) -> None:
    world.holds({})
    naps: list[float] = []
    ask(*(f"{number:08}" for number in range(10_000_000, 10_000_250)), naps=naps)
    assert [len(form["id"].split(",")) for form in world.forms] == [100, 100, 50]
    assert naps == [INTERVAL] * 3
    ask(*(f"{number}" + "0" * 30 for number in range(100)))
    assert world.asked[-1] == f"POST {EFETCH}"


def test_a_key_stands_in_no_address_and_is_asked_with_faster(ask: Callable[..., list[str]], world: World) -> None:
    world.holds({"777": paper("777")})
    naps: list[float] = []
    assert ask("777", key=KEY, naps=naps) == ["777"]
    assert (world.asked, world.forms[0]["api_key"]) == ([f"POST {EFETCH}"], KEY)
    assert naps == [INTERVAL_WITH_KEY]
    assert KEY not in repr(Entrez("", naps.append, KEY))


@pytest.mark.parametrize("status", [200, 400, 429])
def test_a_key_that_an_answer_repeats_is_not_shown(status: int, ask: Callable[..., list[str]], world: World) -> None:
    body = json.dumps({"error": f"API key invalid {'x' * 270}{KEY}", "api-key": KEY}).encode()
    world.answers(EFETCH, Reply(status, body))
    with pytest.raises(PubmedError) as refused:
        ask("777", key=KEY)
    assert KEY[:6] not in str(refused.value)


def test_a_key_that_a_broken_answer_repeats_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a first line that is none of HTTP, which the message of the library repeats."""

    def refuse(*arguments: object, **more: object) -> NoReturn:
        raise WebError(f"no answer: 'api_key={KEY}'")

    monkeypatch.setattr(entrez, "ask", refuse)
    with pytest.raises(PubmedError, match=re.escape("no answer: 'api_key=...'")):
        Entrez("", lambda _: None, KEY).ask("efetch")


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (Reply(429), 1.0),
        (Reply(429, headers={"Retry-After": "7"}), 7.0),
        (Reply(503, headers={"Retry-After": "0"}), 1.0),
        (Reply(503, headers={"Retry-After": "soon"}), 1.0),
        (Reply(503, headers={"Retry-After": "Thu, 01 Jan 2026 00:00:09 GMT"}), 1.0),
        (
            Reply(
                503,
                headers={
                    "Date": "Thu, 01 Jan 2026 00:00:00 GMT",
                    "Retry-After": "Thu, 01 Jan 2026 00:00:09 GMT",
                },
            ),
            9.0,
        ),
        (Reply(429, b'{"error":"API rate limit exceeded","api-key":"x","count":"4","limit":"3"}'), 1.0),
        (Reply(200, b'{"error":"API rate limit exceeded"}'), 1.0),
        (Reply(400, b' {"error":"API rate limit exceeded"}'), 1.0),
        (Reply(500), 1.0),
        (Reply(200, b"<Pubmed", promised=5000), 1.0),
    ],
    ids=range(11),
)
def test_a_busy_server_is_asked_again_when_it_says(
    fault: Reply, waits: float, ask: Callable[..., list[str]], world: World
) -> None:
    world.answers(EFETCH, fault, Reply(body=answer(paper("777"))))
    naps: list[float] = []
    assert ask("777", naps=naps) == ["777"]
    assert naps == [INTERVAL, waits]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Reply(429), "no answer: it answers 429"),
        (Reply(429, headers={"Retry-After": "3600"}), "it answers 429 and asks to wait for 3600 seconds"),
        (Reply(200, b'{"error":"API rate limit exceeded"}'), "no answer: it answers 200"),
        (Reply(200, b"<Pubmed", promised=5000), "IncompleteRead"),
        (Reply(302, headers={"Location": "http://127.0.0.1:9/"}), "no answer: it answers 302"),
        (Reply(404), "no answer: it answers 404"),
        (Reply(400, b'{"error":"bad id"}'), "it answers 400: 'bad id'"),
    ],
    ids=range(7),
)
def test_a_server_that_stays_so_is_given_up(
    fault: Reply, message: str, ask: Callable[..., list[str]], world: World
) -> None:
    world.answers(EFETCH, fault)
    with pytest.raises(PubmedError) as refused:
        ask("777")
    assert message in str(refused.value)


def test_an_answer_without_end_is_not_read_to_it(
    ask: Callable[..., list[str]], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 4096)
    world.answers(EFETCH, Reply(body=b" " * 5000))
    with pytest.raises(PubmedError, match="larger than 4 KiB"):
        ask("777")


def test_a_batch_of_long_abstracts_fits_into_an_answer() -> None:
    """A record with its references takes some 40 KiB."""
    assert articles.BATCH * 80 * 1024 <= web.MAX_BYTES
