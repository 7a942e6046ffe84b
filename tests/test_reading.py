"""What is read of a text, table by table: typography, words and figures, sentences, quantities, signs, parts and edges.

The words are those of a small list of its own (`tests/reading/signs.yaml`), so that no table turns with the content.
"""

from decimal import Decimal

import pytest
from cases import TESTS
from hypothesis import given
from hypothesis import strategies as st

from generator.check import RULES
from generator.evidence.passages import figures, locate, normalise
from generator.evidence.reading import read_meaning
from generator.meaning.agreement import RULES_OF_FAMILIES
from generator.meaning.amounts import agree
from generator.meaning.lexicon import UNKNOWN, Lexicon, Unit
from generator.meaning.measures import Measure
from generator.meaning.said import differences, nearest
from generator.meaning.sentence import keep, kept, read_sentences
from generator.meaning.tokens import even, sentences, tokens
from generator.wordlist import Sign, WordList
from generator.yaml_source import read_yaml

LEXICON = Lexicon(WordList.model_validate(read_yaml((TESTS / "reading/signs.yaml").read_bytes()).data))

THIN, NARROW, FIXED = "\u2009", "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("text", "evened"),
    [
        ("10⁶ cells", "10^6 cells"),
        ("10⁻³", "10^-3"),
        ("10¹² and 10^12", "10^12 and 10^12"),
        ("cells² and m⁻¹", "cells2 and m−1"),  # behind a letter it is no exponent
        ("5·2 and 5∙2", "5.2 and 5.2"),
        ("a · b", "a · b"),
        (f"10{THIN}000 and 10{NARROW}000{THIN}000", "10000 and 10000000"),
        (f"10{FIXED}000 and 2{FIXED}g", "10000 and 2 g"),
        (f"10{THIN}00", "10 00"),  # no group of three
        ("10 000", "10000"),
        ("12 345", "12 345"),  # may be two numbers
        ("1,234 and 12,345,678", "1234 and 12345678"),
        ("0,5 and 0,125", "0.5 and 0.125"),
        ("1,5 and 12,75", "1.5 and 12.75"),
        ("12,5,7", "12,5,7"),  # a list
        ("½ and 2½", "1\u20442 and 21\u20442"),
        ("ﬁve ％", "five %"),
        ("plain", "plain"),
    ],
)
def test_an_even_text_has_one_typography(text: str, evened: str) -> None:
    assert even(text) == evened
    assert even(evened) == evened


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("10⁶ cells, not 106", ["10^6", "cells", "not", "106"], ["106"]),
        ("10⁶ of 10⁹", ["10^6", "of", "10^9"], []),
        ("½ of 8, 2½ days", ["1\u20442", "of", "8", "21\u20442", "days"], ["8"]),
        (f"10{THIN}000 infusions", ["10000", "infusions"], ["10000"]),
        ("10 000 infusions", ["10000", "infusions"], ["10000"]),
        ("1,234 infusions", ["1234", "infusions"], ["1234"]),
        ("0,5 g/kg", ["0.5", "g", "kg"], ["0.5"]),
        ("1,5 to 2,25", ["1.5", "to", "2.25"], ["1.5", "2.25"]),
        ("20g/kg", ["20g", "kg"], ["20"]),
        ("0.4g/kg over 5d", ["0.4", "g", "kg", "over", "5d"], ["0.4", "5"]),
        ("400mg twice, 10ml, 2h", ["400mg", "twice", "10ml", "2h"], ["400", "10", "2"]),
        ("the 12th, B12 and 3x", ["the", "12th", "B12", "and", "3x"], []),
        ("5·2 %", ["5.2"], ["5.2"]),
    ],
)
def test_words_and_figures_of_a_text(text: str, words: list[str], found: list[str]) -> None:
    assert normalise(text) == words
    assert figures(words) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two. 3 more.", ["One.", "Two.", "3 more."]),
        ("It rose (p. 3). It fell.", ["It rose (p. 3).", "It fell."]),
        ("IVIG vs. Placebo was tried. It was.", ["IVIG vs. Placebo was tried.", "It was."]),
        ("Abel et al. Found 8. Yes.", ["Abel et al. Found 8.", "Yes."]),
        ("As E. Abel said. So be it.", ["As E. Abel said.", "So be it."]),
        ("RESULTS: Eight.\n\nCONCLUSION: none", ["RESULTS: Eight.", "CONCLUSION: none"]),
        ("Was it? Yes! \u2018No.\u2019", ["Was it?", "Yes! \u2018No.\u2019"]),
        ('He said "yes." They did.', ['He said "yes.', "They did."]),
        ("They had 2 g. Some had 3 h. All did.", ["They had 2 g.", "Some had 3 h.", "All did."]),
        ("The dose was 2.5 g. and more", ["The dose was 2.5 g. and more"]),  # no capital: it goes on
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_of_a_text(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IgG fell", ["igg", "fell"]),
        ("a non-responder's 2.5 %", ["a", "non", "-", "responder's", "2.5", "%"]),
        ("10^6 and 10^-3", ["10^6", "and", "10^-3"]),
        ("2\u20443 of .5", ["2\u20443", "of", ".5"]),
        ("20g", ["20", "g"]),
        ("B12", ["b12"]),
    ],
)
def test_tokens_of_a_sentence(text: str, found: list[str]) -> None:
    assert [token.text for token in tokens(text)] == found


def test_a_token_knows_space_and_capitals() -> None:
    assert [(token.kind, token.spaced, token.capitals) for token in tokens("TEN, I-2")] == [
        ("word", False, True),
        ("stop", False, False),
        ("word", True, False),
        ("stop", False, False),
        ("number", False, False),
    ]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        # typography
        ("10⁶ cells and 106 cells", ["10^6", "106"]),
        ("½ of 8 patients", ["8 patients"]),
        ("over 2½ days", []),
        (f"10{THIN}000 infusions", ["10000 infusions"]),
        ("0,5 g/kg", ["0.5 g/kg"]),
        ("20g/kg over 5days", ["20 g/kg", "5 day"]),
        (".5 g", ["0.5 g"]),
        # number words
        ("Twenty-one of ninety women", ["21 patients", "90 patients"]),
        ("TEN patients, ten patients", ["10 patients"]),
        ("the 12th patient, interleukin-6, B12", []),
        ("version 1.2.3", []),
        # units behind, before and around
        ("8 of 10 patients", ["8 patients", "10 patients"]),
        ("Of 10 patients, 8 responded", ["10 patients", "8"]),
        ("8 trial patients", ["8 patients"]),
        ("8 severely ill patients", ["8 patients"]),
        ("8 treated patients", ["8"]),
        ("3-4 weeks", ["3 week", "4 week"]),
        ("1.5-2 g/kg", ["1.5 g/kg", "2 g/kg"]),
        ("1, 2 and 3 g", ["1 g", "2 g", "3 g"]),
        ("33, 14 %", ["33", "14 %"]),  # a comma joins no count to a share
        ("a 12-week course", ["12 week"]),
        ("week 16", ["16 week"]),
        ("aged 8", ["8 year"]),
        ("a mean of 6 weeks (range 1-24)", ["6 week", "1 week", "24 week"]),
        ("8 (80 %) of 10 patients", ["8", "80 %", "10 patients"]),  # what it counts stands too far behind
        ("70 % (95 % CI 58 to 92)", ["70 %", "95 %", "58 ci", "92 ci"]),
        ("a dose of 2 g/kg in 3 patients, 400 mg/kg in 4", ["2 g/kg", "3 patients", "400 mg/kg", "4"]),
    ],
)
def test_quantities_of_a_text(text: str, quantities: list[str]) -> None:
    found = [keep(sentence) for sentence in read_sentences(text, LEXICON)]
    assert [quantity for sentence in found for quantity in sentence.quantities] == quantities


def measure(text: str) -> Measure:
    ((found,),) = [sentence.quantities for sentence in read_sentences(text, LEXICON)]
    return found


@pytest.mark.parametrize(
    ("ours", "theirs", "is_same"),
    [
        ("400 mg/kg", "0.4 g/kg", True),
        ("400 mg/kg", "400 g/kg", False),
        ("2 g/kg", "2 g", False),
        ("14 days", "2 weeks", True),
        ("14 days", "14 weeks", False),
        ("48 hours", "2 days", True),
        ("12 months", "1 year", True),
        ("4 weeks", "1 month", False),
        ("5 %", "5 patients", False),
        ("5 patients", "5 %", False),
        ("5 %", "5", True),  # a table may print neither sign nor unit
        ("5 patients", "5", True),  # a bare number may count anything
        ("5", "5 patients", True),
        ("5", "5 %", False),
        ("5 patients", "5.0", True),
        ("5 patients", "5 infusions", False),
        ("5 infusions", "5 patients", False),
        ("5 cycles", "5 infusions", False),
        ("5 cases", "5 patients", True),
        ("5 patients", "5 cases", True),
        ("5 cases", "5 events", True),
        ("5 events", "5 patients", False),
        ("5 cases", "5 infusions", False),
        ("2 g", "2", True),
        ("2", "2 g", False),  # but what a claim gives bare is no dose, share or time
        ("2", "2 weeks", False),
        ("8 patients", "9 patients", False),
        ("5.0 %", "5 %", True),
        ("10⁶", "106", False),
        ("10⁶", "10⁹", False),
        ("10⁶", "10^6", True),
        ("84²", "84", True),  # the sign of a note
        ("10^999999999", "10", True),  # nothing to compute with
    ],
)
def test_quantities_that_are_the_same_amount(ours: str, theirs: str, is_same: bool) -> None:
    assert agree(measure(ours), measure(theirs)) is is_same


def test_a_quantity_that_is_kept_is_read_as_it_was() -> None:
    (read,) = read_sentences("8 of 10 patients had 400 mg/kg, 95 % CI 2 to 3", LEXICON)
    again = kept(keep(read), LEXICON)
    assert [(m.number, m.unit) for m in again.quantities] == [(m.number, m.unit) for m in read.quantities]
    assert (again.signs, again.tokens) == (read.signs, ())
    assert measure("7 apples") == Measure("7", UNKNOWN, 0)
    assert measure("400 mg/kg").unit == Unit("mg/kg", "dose by weight", Decimal("0.001"))
    assert measure("400 mg/kg").value == Decimal("0.4")


_PIECES = [
    "8",
    "of",
    "10",
    "10⁶",
    "½",
    "0,5",
    "400 mg/kg",
    "%",
    "(",
    ")",
    "-",
    "95 % CI",
    "no",
    "rose",
    "p = 0.03",
    ". ",
    "^",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=12))
def test_any_text_is_read_and_kept_as_it_was_read(parts: list[str]) -> None:
    for text in (" ".join(parts), "".join(parts)):
        for read in read_sentences(text, LEXICON):
            again = kept(keep(read), LEXICON)
            assert again.signs == read.signs
            assert [(m.number, m.unit) for m in again.quantities] == [(m.number, m.unit) for m in read.quantities]
            assert all(agree(m, m) for m in read.quantities)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        # said plainly, heard, and neither
        ("It rose.", "direction:up"),
        ("It exceeded that.", "direction:up~"),
        ("It was there.", ""),
        ("An increase", "direction:up"),
        # each once, but negations and directions each time
        ("All responded, all of all.", "extent:all outcome:response"),
        ("It rose and rose.", "direction:up direction:up"),
        ("No one, not once.", "negation:no negation:no"),
        # denied: a few words behind a negation, up to a stop or a conjunction
        ("It did not respond.", "negation:no !outcome:response"),
        ("It did not, all responded.", "negation:no extent:all outcome:response"),
        ("It was not all but responded.", "negation:no !extent:all outcome:response"),
        ("It was not there and all responded.", "negation:no extent:all outcome:response"),
        ("It was not the one that some would say responded.", "negation:no !extent:some outcome:response"),
        ("No response might be hoped for.", "negation:no !outcome:response !hedge:may"),
        ("It failed to respond.", "negation:no~ outcome:response"),  # heard denies nothing
        ("Not significant.", "significance:not-significant negation:no"),
        ("It was not so significant.", "negation:no significance:not-significant"),
        ("It was significant.", "significance:significant"),
        # a p value says it without a word
        ("(p = 0.03)", "significance:significant~"),
        ("(p < 0.05)", "significance:significant~"),
        ("(p = 0.3)", "significance:not-significant~ negation:no~"),
        # the longest phrase counts; an idiom silences what stands in it, unless it is a sign itself
        ("Renal failure", "outcome:failure"),
        ("Renal disease", "outcome:failure~"),
        ("At least all", "extent:all"),
        ("Less", "direction:down"),
        ("Not only all", "extent:all"),
        ("no longer", ""),
        ("No longer than before", "direction:same"),
        # hyphens make no difference
        ("Renal-failure", "outcome:failure"),
    ],
)
def test_signs_of_a_sentence(text: str, signs: str) -> None:
    assert " ".join(keep(sentence).signs for sentence in read_sentences(text, LEXICON)) == signs


def test_what_is_denied_is_heard_too() -> None:
    (read,) = read_sentences("It did not respond, could improve and rose.", LEXICON)
    assert read.heard == {"negation:no", "outcome:response", "hedge:may", "direction:up"}


SECTIONS = (
    "Background: It was thought to work.\nPatients and methods: We gave 2 g. RESULTS: Eight responded. However, "
    "two fell ill. Nobody died\nConclusions\nIt works. In contrast, placebo did not. All were glad"
)


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        ("It was thought", "to work", ("background",)),
        ("We gave", "2 g", ("methods",)),
        ("Eight", "responded", ("results",)),
        ("We gave", "Eight responded", ("methods", "results")),
        ("RESULTS", "responded", ("results",)),
        ("Nobody", "died", ("results",)),
        ("It works", "works", ("conclusion",)),
        ("thought", "It works", ("background", "methods", "results", "conclusion")),
    ],
)
def test_parts_of_a_text_by_its_headings(start: str, end: str, parts: tuple[str, ...]) -> None:
    assert read_meaning(locate(SECTIONS, start, end), LEXICON).parts == parts


@pytest.mark.parametrize("text", ["Our results were good. Eight responded.", "In conclusion, eight responded. Yes."])
def test_a_heading_stands_alone_or_before_a_colon(text: str) -> None:
    assert read_meaning(locate(text, "eight", "responded"), LEXICON).parts == ()


@pytest.mark.parametrize(
    ("start", "end", "cut", "turned"),
    [
        ("It was thought", "to work", False, False),
        ("It was", "thought to", True, False),
        ("Eight", "responded", False, True),
        ("Eight", "two fell", True, False),
        ("Eight", "two fell ill", False, False),
        ("Nobody", "died", False, False),  # the line ends
        ("It works", "It works", False, True),
        ("In contrast", "did not", False, False),
        ("All", "were", False, False),  # the text breaks off in the same sentence
        ("All", "glad", False, False),
    ],
)
def test_edges_of_a_passage(start: str, end: str, cut: bool, turned: bool) -> None:
    found = read_meaning(locate(SECTIONS, start, end), LEXICON)
    assert (found.cut, found.turned) == (cut, turned)


def test_what_is_kept_of_a_passage() -> None:
    found = read_meaning(locate(SECTIONS, "We gave", "two fell ill"), LEXICON)
    assert [(sentence.signs, sentence.quantities) for sentence in found.sentences] == [
        ("", ("2 g",)),
        ("outcome:response", ("8",)),
        ("direction:down", ("2",)),
    ]


def test_the_rules_that_compare_families_are_those_that_look_them_up() -> None:
    """`signs-known` asks for a family for each."""
    compared = {id_ for id_ in RULES if id_.endswith("-agrees") and hasattr(RULES[id_], "find_differences")}
    assert compared == {*RULES_OF_FAMILIES, "order-agrees", "quantity-agrees"}
    assert all(RULES[id_].MEANING for id_ in compared)


def test_a_plain_opposite_is_answered_only_by_as_plain_a_word() -> None:
    outcome = {"death": Sign(says=("died",), also=("survived",)), "survival": Sign(says=("survived",), also=("died",))}
    lexicon = Lexicon(
        LEXICON.words.model_copy(
            update={"signs": {"outcome": outcome}, "opposites": (("outcome:death", "outcome:survival"),)}
        )
    )

    def found(claim: str, passage: str) -> list[str]:
        ours, theirs = read_sentences(claim, lexicon), read_sentences(passage, lexicon)
        return [difference.wrong for difference in differences(ours, theirs, tuple, lexicon, ())]

    assert found("3 survived.", "3 died.") == ["says “survival” where its passages say otherwise"]
    assert found("3 survived.", "3 survived.") == []
    assert found("2 died, 3 survived.", "2 died.") == []


def test_where_a_study_was_made_does_not_choose_the_sentence_that_a_claim_rests_on() -> None:
    signs = {"nation": {"thai": Sign(says=("Thai",))}, "outcome": {"response": Sign(says=("responded",))}}
    lexicon = Lexicon(LEXICON.words.model_copy(update={"signs": signs}))
    claim = read_sentences("Thai patients responded.", lexicon)
    passages = read_sentences("The patients were Thai. They responded.", lexicon)
    assert nearest(claim, passages) == passages[1:]
