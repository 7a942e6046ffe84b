"""A new guideline compares claims with their passages from its first day: by the program's words and by its own."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from cases import messages
from click.testing import CliRunner

from generator.cli import PROJECT, main
from generator.guideline import Guideline
from generator.load.wordlists import program_words
from generator.meaning.figures import order_differences, quantity_differences
from generator.meaning.lexicon import Lexicon
from generator.meaning.sentence import read_sentences
from generator.meaning.uncompared import not_compared
from generator.wordlist import NO_WORDS, WordList, add_words

SOURCE = "18436948"
TEXT = (
    f"PMID {SOURCE}\n\nIn a randomised trial, patients began with 15 mg per week for 16 weeks. "
    "After 16 weeks of treatment, the mean (±SE) score fell from 13.4±3.6 to 5.0±0.7 in 43 patients.\n"
)
CLAIMS = {
    "dose": "In a randomised trial, patients began with 15 mg per week.",
    "effect": "After 16 weeks of treatment, the mean score had fallen from 13.4 to 5.0 (43 patients).",
}
PASSAGES = {
    "dose": {"pmid": SOURCE, "from": "In a randomised trial", "to": "for 16 weeks"},
    "effect": {"pmid": SOURCE, "from": "After 16 weeks of", "to": "in 43 patients"},
}
TURNED = [
    ("dose", "per week", "per day", "time-agrees"),
    ("dose", "15 mg", "15 mg/kg", "quantity-agrees"),
    ("dose", "15 mg", "15 g", "quantity-agrees"),
    ("dose", "patients", "children", "population-agrees"),
    ("dose", "a randomised trial", "a retrospective cohort", "design-agrees"),
    ("effect", "had fallen", "had risen", "direction-agrees"),
    ("effect", "had fallen", "had not fallen", "negation-agrees"),
    ("effect", "16 weeks", "16 months", "quantity-agrees"),
]
"""A claim, words of it, what is put in their place, and the rule that is broken."""


def said(project: Path) -> str:
    return CliRunner().invoke(main, ["--project", str(project), "check"]).stderr


@pytest.fixture
def new(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    assert CliRunner().invoke(main, ["init", str(folder)]).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The rules that each claim of a new guideline breaks: two that are true, and others in which words are turned."""
    folder = tmp_path_factory.mktemp("begun")
    project = folder / "new"
    assert CliRunner().invoke(main, ["init", str(project)]).exit_code == 0
    source = project / f"content/references/{SOURCE}.yaml"
    source.write_text(source.read_text("utf-8").replace("design: narrative-review", "design: rct"), "utf-8")
    texts = CLAIMS | {f"turned-{at}": CLAIMS[name].replace(old, new) for at, (name, old, new, _) in enumerate(TURNED)}
    cites = PASSAGES | {f"turned-{at}": PASSAGES[name] for at, (name, *_) in enumerate(TURNED)}
    claims = {
        name: {"kind": "safety", "as_of": 2003, "text": text, "cites": [{**cites[name]}]}
        for name, text in texts.items()
    }
    record = {"name": "A condition", "group": "all", "standing": "unreviewed", "claims": claims}
    file = project / "content/conditions/your-condition.yaml"
    file.write_text(yaml.safe_dump(record, sort_keys=False), "utf-8")
    (folder / "texts").mkdir()
    (folder / f"texts/{SOURCE}.txt").write_text(TEXT, "utf-8")
    CliRunner().invoke(main, ["--project", str(project), "lock", "--texts", str(folder / "texts")])
    broken: dict[str, set[str]] = {name: set() for name in texts}
    for line in messages(project):
        name = line.partition(" claims.")[2].partition(".")[0]
        broken.setdefault(name, set()).add(line.rpartition("[")[2][:-1])
    return broken


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_true_claim_has_no_problem(claim: str, found: dict[str, set[str]]) -> None:
    assert found[claim] <= {"told-once"}  # it is there more than once


@pytest.mark.parametrize("turned", range(len(TURNED)), ids=[f"{old} -> {new}" for _, old, new, _ in TURNED])
def test_a_turned_claim_is_reported(turned: int, found: dict[str, set[str]]) -> None:
    name, old, _, rule = TURNED[turned]
    assert old in CLAIMS[name]
    assert rule in found[f"turned-{turned}"]


@pytest.mark.parametrize(
    "text",
    [
        "The mean score fell from 13.4 to 5.0 after 16 weeks.",
        "The score was 5.0 in 43 patients after 16 weeks.",
        "In 43 patients the mean score fell from 13.4 to 5.0 within 16 weeks.",
    ],
)
def test_a_score_is_neither_weeks_nor_patients(text: str) -> None:
    """Numbers of different things are in no order, and a person has no decimals."""
    lexicon = Lexicon(program_words("en"))
    passage = read_sentences(
        "After 16 weeks of treatment the mean score in 43 patients (13.4 ± 3.6 at base line) had fallen to 5.0 ± 0.7.",
        lexicon,
    )
    claim = read_sentences(text, lexicon)
    assert [*quantity_differences(claim, passage), *order_differences(claim, passage)] == []


def test_check_says_what_is_not_compared_until_there_are_words_for_it(new: Path) -> None:
    signs = new / "content/signs.yaml"
    text = signs.read_text("utf-8")
    lacking = "Not compared with passages, as content/signs.yaml has no words for it: "
    assert f"no problem\n{lacking}disease, comparator.\n" in said(new)
    diseases = "signs:\n  disease:\n    asthma: {says: [asthma*]}\n"
    signs.write_text(text.replace("signs: {}", diseases), "utf-8")
    assert f"\n{lacking}comparator.\n" in said(new)
    signs.write_text(text.replace("signs: {}", f"{diseases}  comparator:\n    sham: {{says: [sham]}}\n"), "utf-8")
    assert lacking not in said(new)
    signs.unlink()
    assert "\nClaims are compared with their passages by bare figures alone: " in said(new)


def test_claims_in_another_language_than_the_words_are_said_to_be_hardly_compared(new: Path) -> None:
    about = new / "content/guideline.yaml"
    about.write_text(about.read_text("utf-8") + "language: fr-CA\n", "utf-8")
    assert "they are in `fr`, and the words of content/signs.yaml in `en`.\n" in said(new)
    about.write_text(about.read_text("utf-8").replace("fr-CA", "en-GB"), "utf-8")
    assert "they are in" not in said(new)


def test_a_guideline_that_has_all_words_is_told_of_none(guideline: Guideline) -> None:
    assert not_compared(guideline) == ""


def test_words_are_added_to_those_of_the_program_and_come_first() -> None:
    own = WordList.model_validate(
        {
            "language": "en",
            "version": 1,
            "adds_to": "en",
            "kept": ("harm:headache",),
            "rules": {"population-agrees": ("tribe",)},
            "units": {
                "mass": {
                    "mg": {"is": Decimal("0.002"), "written": ("mil",)},
                    "grain": {"is": Decimal("0.06"), "written": ("gr",)},
                }
            },
            "signs": {"negation": {"no": {"says": ("nay",)}}, "tribe": {"a": {"says": ("b",)}}},
        }
    )
    program = program_words("en")
    both = add_words(own, program)
    assert both.kept == ("harm:headache", *program.kept)
    assert both.rules["population-agrees"] == ("tribe", *program.rules["population-agrees"])
    assert both.rules["hedge-agrees"] == program.rules["hedge-agrees"]
    assert (str(both.units["mass"]["mg"].base), both.units["mass"]["mg"].written[:2]) == ("0.002", ("mil", "mg"))
    assert set(both.units["mass"]) == {*program.units["mass"], "grain"}
    assert both.signs["negation"]["no"].says == ("nay", *program.signs["negation"]["no"].says)
    assert both.signs["negation"]["no"].also == program.signs["negation"]["no"].also
    assert [*both.signs] == [*program.signs, "tribe"]
    assert (both.version, both.topic) == (1, program.topic)
    assert add_words(NO_WORDS, program).signs == program.signs


def test_what_is_wrong_in_added_words_is_named_at_its_line(new: Path) -> None:
    signs = new / "content/signs.yaml"
    text = signs.read_text("utf-8").replace("signs: {}", 'kept: ["negation:no", "negation:nay"]\nsigns: {}')
    signs.write_text(text, "utf-8")
    line = 1 + text[: text.index("kept:")].count("\n")
    assert messages(new) == [
        f"content/signs.yaml:{line} kept.1: there is no sign `negation:nay`. Did you mean `negation:no`? [signs-known]"
    ]
    signs.write_text(text.replace("adds_to: en", "adds_to: de"), "utf-8")
    assert [line.rpartition(" ")[2] for line in messages(new)] == ["[wrong-type]"]


def test_our_list_repeats_no_word_of_the_program() -> None:
    own = yaml.safe_load((PROJECT / "content/signs.yaml").read_text("utf-8"))
    program = program_words("en")
    twice = [
        (family, value, word)
        for family, values in own["signs"].items()
        for value, sign in values.items()
        if value in program.signs.get(family, {})
        for key, words in sign.items()
        for word in words
        if word in getattr(program.signs[family][value], key)
    ]
    assert twice == []
