"""What `new` begins: nothing but places to fill in, which `check` names, and nothing of somebody else's overwritten."""

import shutil
from pathlib import Path

import pytest
import yaml
from cases import KINDS, TESTS, messages
from click.testing import CliRunner, Result

from generator.cli import PROJECT, main

LABEL = "One line of at most 200 characters, without markup and without spaces at its ends. [label-form]"
NO_ID = "is not an id. Use lower-case letters and digits, joined by single hyphens. [id-form]"
PMID_FIX = "A PMID has 1 to 8 digits and no leading zero; a PMC number is another thing. [pmid-form]"
NO_WORDS = "is empty. Quote at most eight words on one line, as the source prints them. [locator-form]"
NO_TEXT = "is empty. Fill it in; a key that is not needed may go. [wrong-type]"


def empty(section: str) -> str:
    return f"is empty. Write one of the terms of `{section}` in content/vocabulary.yaml. [id-form]"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "base" / "content", tmp_path / "content")
    return tmp_path


def new(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), "new", *arguments])


def snapshot(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def claim_problems(file: str, claim: str, line: int) -> list[str]:
    """The problems of an empty claim whose name stands on a line of a file."""
    return [
        f"{file}:{line + 3} claims.{claim}.kind: {empty('claim-kinds')}",
        f"{file}:{line + 5} claims.{claim}.text: {NO_TEXT}",
        f"{file}:{line + 9} claims.{claim}.cites.0.pmid: is empty. {PMID_FIX}",
        f"{file}:{line + 11} claims.{claim}.cites.0.from: {NO_WORDS}",
        f"{file}:{line + 13} claims.{claim}.cites.0.to: {NO_WORDS}",
    ]


NAMES = {
    kind["name"]: folder
    for folder, kind in yaml.safe_load((TESTS / "base/content/profile.yaml").read_text("utf-8"))["kinds"].items()
}


@pytest.mark.parametrize("what", NAMES)
def test_a_new_record_has_every_place_to_fill_in_as_a_problem_and_no_other(what: str, project: Path) -> None:
    assert new(project, what, "begun").exit_code == 0
    file = f"content/{NAMES[what]}/begun.yaml"
    assert messages(project) == [
        f"{file}:3 name: is empty. {LABEL}",
        f"{file}:5 group: is empty. Write one of the groups of its kind in content/vocabulary.yaml. [id-form]",
        f"{file}:10 claims.NAME: 'NAME' {NO_ID}",
        *claim_problems(file, "NAME", 10),
    ]


def test_a_new_record_names_its_schema_and_says_what_goes_where(project: Path) -> None:
    new(project, "adverse-event", "begun")
    text = (project / "content/adverse-events/begun.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../docs/schema/adverse-event.schema.json\n")
    assert "# One of kidney.\ngroup:\n" in text
    assert "    # Plain text; links go to records and claims.\n    text:\n" in text
    assert yaml.safe_load(text)["standing"] == "unreviewed"


def test_a_new_record_may_be_asked_for_by_its_folder(project: Path) -> None:
    result = new(project, "adverse-events", "begun")
    assert result.stderr == "content/adverse-events/begun.yaml: written. Fill in what `check` names.\n"
    text = (project / "content/adverse-events/begun.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../docs/schema/adverse-event.schema.json\n")


def test_a_new_reference_has_every_place_to_fill_in_as_a_problem_and_no_other(project: Path) -> None:
    assert new(project, "reference", "333").exit_code == 0
    file = "content/references/333.yaml"
    assert messages(project) == [
        f"{file}:3 title: is empty. One line of at most 500 characters. [label-form]",
        f"{file}:6 journal: is empty. {LABEL}",
        f"{file}:15 design: {empty('designs')}",
        f"{file}:19 species: {empty('species')}",
        f"{file}:22 read: {empty('readings')}",
    ]


def test_a_new_record_that_is_filled_in_is_well_formed(project: Path) -> None:
    """What remains is that the passage is not locked for it yet."""
    new(project, "mechanism", "begun")
    file = project / "content/mechanisms/begun.yaml"
    text = file.read_text("utf-8").replace("NAME:", "proposed:")
    for key, value in {
        "name": "Begun",
        "group": "fc",
        "kind": "background",
        "text": "It has been proposed.",
        "pmid": '"111"',
        "from": "We propose",
        "to": "as the target",
    }.items():
        text = text.replace(f"{key}:\n", f"{key}: {value}\n", 1)
    file.write_text(text, "utf-8")
    assert {message.rpartition(" [")[2] for message in messages(project)} == {"passage-locked]"}


def test_a_new_claim_stands_at_the_end_of_its_record_and_changes_nothing_else(project: Path) -> None:
    file = "content/indications/pemphigus.yaml"
    before = (project / file).read_text("utf-8")
    assert new(project, "claim", "indications/pemphigus#begun").exit_code == 0
    after = (project / file).read_text("utf-8")
    assert after.startswith(before.rstrip() + "\n\n  begun:\n")
    assert messages(project) == claim_problems(file, "begun", before.count("\n") + 2)


@pytest.mark.parametrize(
    "record",
    [path for kind in KINDS for path in sorted((PROJECT / "content" / kind).glob("*.yaml"))],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_a_claim_can_be_added_to_each_real_record(record: Path, project: Path) -> None:
    shutil.copy(record, project / "content" / record.parent.name)
    result = new(project, "claim", f"{record.parent.name}/{record.stem}#begun-by-a-test")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (("indication", "pemphigus"), "content/indications/pemphigus.yaml exists"),
        (("reference", "111"), "content/references/111.yaml exists"),
        (("claim", "indications/pemphigus#response"), "the record has a claim 'response'"),
        (("claim", "indications/unknown#begun"), "there is no record content/indications/unknown.yaml"),
        (("indication", "Pemphigus"), f"'Pemphigus' {NO_ID}"),
        (("indication", "../pemphigus"), f"'../pemphigus' {NO_ID}"),
        (("indication", "/tmp/begun"), f"'/tmp/begun' {NO_ID}"),
        (("mechanism", "a/b"), f"'a/b' {NO_ID}"),
        (("mechanism", "a.yaml"), f"'a.yaml' {NO_ID}"),
        (("practice", ""), "is empty. Use lower-case letters and digits, joined by single hyphens. [id-form]"),
        (("practice", "begun\n"), NO_ID),
        (("practice", "begun\0"), NO_ID),
        (("practice", "index"), "'index' is the name of the page that lists the records"),
        (("practice", "a" * 300), "File name too long"),
        (("claim", "indications/pemphigus"), "Write it as `folder/name#claim`. [id-form]"),
        (("claim", "references/111#begun"), "there is no record content/references/111.yaml"),
        (("claim", "indications/../../x#begun"), "Write it as `folder/name#claim`. [id-form]"),
        (("claim", f"indications/{'a' * 300}#begun"), "File name too long"),
        (("reference", "0111"), PMID_FIX),
        (("reference", "PMC111"), PMID_FIX),
        (("reference", "1/../../2"), PMID_FIX),
        (("outcome", "begun"), "'outcome' is none of indication, adverse-event"),
    ],
    ids=lambda value: " ".join(value)[:40].encode("unicode_escape").decode() if isinstance(value, tuple) else "",
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(
    arguments: tuple[str, ...], because: str, project: Path
) -> None:
    before = snapshot(project)
    result = new(project, *arguments)
    assert result.exit_code == 2
    assert because in " ".join(result.output.split())
    assert snapshot(project) == before


@pytest.mark.parametrize("arguments", [("indication", "begun"), ("claim", "indications/begun#first")])
def test_a_symbolic_link_is_not_followed(arguments: tuple[str, str], project: Path) -> None:
    """Neither to a file that exists nor to one that would be made."""
    outside = project / "outside.yaml"
    if arguments[0] == "claim":
        shutil.copy(project / "content/indications/pemphigus.yaml", outside)
    (project / "content/indications/begun.yaml").symlink_to(outside)
    before = snapshot(project)
    result = new(project, *arguments)
    assert result.exit_code == 2
    assert "symbolic link" in result.output
    assert snapshot(project) == before


def test_a_folder_that_is_a_symbolic_link_is_not_followed(project: Path) -> None:
    (project / "content/practice").rename(project / "elsewhere")
    (project / "content/practice").symlink_to(project / "elsewhere")
    assert new(project, "practice", "begun").exit_code == 2
    assert not (project / "elsewhere/begun.yaml").exists()


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("claims:\n  a: {}\nname: Claims are not last\n", "`claims:` is not last"),
        ("name: Claims in one line\nclaims: {a: {}}\n", "`claims:` is not last, or not indented by two spaces"),
        ("name: Other indent\nclaims:\n    a: {}\n", "`claims:` is not last, or not indented by two spaces"),
        ("name: None\n", "`claims:` is not last"),
        ("- a list\n", "`claims:` is not last"),
        ("name: *alias\n", "begun.yaml: line 1: the alias `*alias`: correct that first"),
    ],
)
def test_a_record_of_another_layout_is_left_alone(text: str, because: str, project: Path) -> None:
    file = project / "content/indications/begun.yaml"
    file.write_text(text, "utf-8")
    result = new(project, "claim", "indications/begun#first")
    assert result.exit_code == 2
    assert because in result.output
    assert file.read_text("utf-8") == text


def test_the_ends_of_lines_stay_as_the_record_has_them(project: Path) -> None:
    record = project / "content/practice/dosing.yaml"
    record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))
    assert new(project, "claim", "practice/dosing#another").exit_code == 0
    lines = record.read_bytes().split(b"\n")
    assert b"another" in record.read_bytes()
    assert all(line.endswith(b"\r") for line in lines[:-1])
