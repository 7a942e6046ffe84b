"""`init` begins a guideline that passes `check` and names what is to be replaced; it never touches what is there."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest
import yaml
from cases import git, messages, tracked
from click.testing import CliRunner, Result

from generator.cli import PROJECT, main, read
from generator.cli.beginning import new_guideline
from generator.guideline import Guideline

STARTER = PROJECT / "generator/starter"
OWN = {"favicon.svg", "icon-192.png", "icon-512.png", "logo.svg", "screenshot.png"}
"""The pictures of this guideline, which are not the program's."""


def init(folder: Path) -> Result:
    return CliRunner().invoke(main, ["init", str(folder)])


@pytest.fixture
def new(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    assert init(folder).exit_code == 0
    return folder


def test_a_new_guideline_has_no_problem_and_each_placeholder_is_named(new: Path) -> None:
    result = CliRunner().invoke(main, ["--project", str(new), "check", "--placeholders"])
    assert (result.exit_code, result.stdout) == (0, "")
    first, lacking, second, *named = result.stderr.splitlines()
    assert first == "4 records, 5 claims, 1 reference: no problem"
    assert lacking == "Not compared with passages, as content/signs.yaml has no words for it: disease, comparator."
    assert second == f"{len(named)} placeholders of a new guideline to be replaced:"
    written = [
        f"  {path.relative_to(new).as_posix()}:{number}: {words}"
        for path in sorted(new.rglob("*"))
        if path.is_file() and path.suffix in (".yaml", ".yml", ".md", ".webmanifest", ".txt")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for words in re.findall(r"\bYOUR [A-Z ]*[A-Z]\b", line)
    ]
    for path in new.rglob("content/**/*.yaml"):
        name = path.relative_to(new).as_posix()
        written += [f"  {name}:1: {path.stem}, the name of the file"] if path.stem.startswith("your-") else []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            written += [f"  {name}:{number}: {each}" for each in sorted(set(re.findall(r"\byour-[a-z-]+", line)))]
    assert "  content/harms/your-harm.yaml:1: your-harm, the name of the file" in written
    assert sorted(named) == sorted(written)
    assert len(named) > 20


def test_a_placeholder_that_is_replaced_is_named_no_more(new: Path) -> None:
    for path in [path for path in new.rglob("*") if path.suffix in (".yaml", ".yml", ".md", ".webmanifest", ".txt")]:
        text = re.sub(r"YOUR( [A-Z]+)+", "Something", path.read_text("utf-8"))
        path.write_text(text.replace("your-", "one-"), "utf-8")
    result = CliRunner().invoke(main, ["--project", str(new), "check"])
    assert "3 placeholders of a new guideline to be replaced:\n" in result.stderr  # the names of files
    for path in [*new.glob("content/*/your-*.yaml")]:
        path.rename(path.with_name(path.name.replace("your-", "one-")))
    result = CliRunner().invoke(main, ["--project", str(new), "check"])
    assert "placeholder" not in result.stderr


def test_a_long_list_of_placeholders_is_cut_unless_it_is_asked_for(new: Path) -> None:
    said, whole = (
        CliRunner().invoke(main, ["--project", str(new), "check", *more]).stderr.splitlines()
        for more in ((), ("--placeholders",))
    )
    assert said[:-1] == whole[: len(said) - 1]
    left = len(whole) - len(said) + 1
    assert said[-1] == f"  and {left} more, which `check --placeholders` lists"
    assert len(said) < 10 < left


def test_where_no_guideline_is_one_message_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "check"])
    assert result.exit_code == 1
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith("content:1: no guideline is here. Go to the folder that holds `content/`")


def test_no_link_is_followed_to_a_placeholder(new: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.yaml").write_text("name: YOUR SECRET\n", "utf-8")
    (new / "content/linked").symlink_to(tmp_path / "elsewhere")
    (new / "content/harms/linked.yaml").symlink_to(tmp_path / "elsewhere/x.yaml")
    (new / "content/harms/large.yaml").write_text("# YOUR SECRET\n" * 20_000, "utf-8")
    result = CliRunner().invoke(main, ["--project", str(new), "check"])
    assert result.exit_code == 1
    assert "SECRET" not in result.stderr


def test_what_a_page_shows_as_an_example_is_no_placeholder(new: Path) -> None:
    (new / "docs/x.md").write_text("```yaml\nname: YOUR CODE\n```\nYOUR WORDS\n", "utf-8")
    said = CliRunner().invoke(main, ["--project", str(new), "check", "--placeholders"]).stderr
    assert "  docs/x.md:4: YOUR WORDS\n" in said
    assert "YOUR CODE" not in said


def test_it_has_a_record_of_each_kind_and_is_recorded_as_it_is(new: Path) -> None:
    guideline, _ = read(new)
    assert guideline is not None
    assert {id_.partition("/")[0] for id_ in guideline.records} == set(guideline.profile.kinds)
    assert {kind.counts_as for kind in guideline.profile.kinds.values()} == {"treated", "harm", "topic", "background"}
    assert len(guideline.references) == 1
    assert guideline.about.version == "0.1.0"  # with a plus sign it is not as it was recorded
    assert {entry.claim.kind for entry in guideline.claims.values()} == {"background"}


def test_its_words_fit_doses_by_the_week_first_doses_and_routes_that_nobody_names(new: Path) -> None:
    guideline, _ = read(new)
    assert guideline is not None
    terms = guideline.vocabulary.sections
    assert {"day", "week", "month", "course"} <= terms["dose-periods"].keys()
    assert {"starting", "studied", "usual"} <= terms["dose-roles"].keys()
    assert "unstated" in terms["routes"]


def test_its_red_boxes_say_what_to_do_and_no_group_is_called_as_its_index(new: Path) -> None:
    guideline, _ = read(new)
    assert guideline is not None
    assert guideline.profile.emergency.startswith("Stop ")
    assert guideline.profile.contraindication.startswith("Do not ")
    groups = [section for section in guideline.vocabulary.sections if section.endswith("-groups")]
    assert len(groups) == len(guideline.profile.kinds)
    titles = {f"All {kind.title.lower()}" for kind in guideline.profile.kinds.values()}
    named = {term.name for group in groups for term in guideline.vocabulary.sections[group].values()}
    assert not titles & named


def test_its_own_tests_pass(new: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(new),
        str(new / "tests"),
    ]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
    (new / "content/background/how-sure.yaml").unlink()
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert result.returncode == 1


def test_what_is_made_of_it_is_not_committed(new: Path) -> None:
    git(new, "init", "--quiet")
    git(new, "add", "--all")
    before = git(new, "ls-files")
    assert "content/passages.lock.json" in before
    assert ".github/workflows/check.yml" in before
    assert CliRunner().invoke(main, ["--project", str(new), "build"]).exit_code == 0
    assert (new / "docs/conditions/your-condition.md").is_file()
    git(new, "add", "--all")
    assert git(new, "ls-files") == before


def test_its_workflow_has_least_rights_and_pinned_actions() -> None:
    zizmor = [Path(sys.executable).parent / "zizmor", "--offline", "--persona", "pedantic", "--no-progress"]
    result = subprocess.run([*zizmor, STARTER / ".github/workflows"], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    pins = re.findall(r"uses: (\S+ # \S+)", (STARTER / ".github/workflows/check.yml").read_text("utf-8"))
    ours = (PROJECT / ".github/workflows/content.yml").read_text("utf-8")
    assert pins
    assert all(f"uses: {pin}\n" in ours for pin in pins)


def test_what_is_there_is_refused_and_left_alone(tmp_path: Path) -> None:
    full, file, link, empty = (tmp_path / name for name in ("full", "file", "link", "empty"))
    full.mkdir()
    (full / "precious").write_text("kept")
    file.write_text("kept")
    empty.mkdir()
    link.symlink_to(empty)
    for folder in (full, file, link):
        result = init(folder)
        assert result.exit_code == 2
        assert "is not a new or empty folder" in result.stderr
    assert [path.name for path in full.iterdir()] == ["precious"]
    assert file.read_text() == "kept"
    assert list(empty.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file", "full", "link"]
    assert init(empty).exit_code == 0


def test_nothing_is_left_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.write.write_file", fails)
    assert init(tmp_path / "new").exit_code == 2
    assert list(tmp_path.iterdir()) == []
    assert init(tmp_path / "nowhere/new").exit_code == 2


def test_the_current_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell that stands in it would be left in a folder that is gone."""
    monkeypatch.chdir(tmp_path)
    for folder in (Path(), tmp_path):
        result = init(folder)
        assert result.exit_code == 2
        assert "the current folder cannot be replaced" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_scripts_and_styles_are_the_program_s_and_the_pictures_are_not() -> None:
    files = dict(new_guideline())
    for name in tracked("overrides", "docs/assets"):
        path = PurePosixPath(name)
        if path.parts[0] == "docs" and path.name in OWN:
            assert files.get(path) != (PROJECT / path).read_bytes(), name
        else:
            assert files[path] == (PROJECT / path).read_bytes(), name


def test_what_is_installed_has_each_of_the_program_s_assets() -> None:
    """They are named one by one: the pictures beside them are this guideline's."""
    built = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    shipped = {path for path in built["wheel"]["force-include"] if path != "overrides"}
    assert shipped == {name for name in tracked("docs/assets") if PurePosixPath(name).name not in OWN}


def test_it_says_nothing_of_this_guideline(guideline: Guideline) -> None:
    names = {*guideline.about.intervention, guideline.profile.topic.name, guideline.about.title, "dermat"}
    for path in STARTER.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            text = path.read_text("utf-8").casefold()
            assert [name for name in names if name.casefold() in text] == [], path


def test_its_manifest_and_pages_are_read_by_machines(new: Path) -> None:
    manifest = json.loads((new / "docs/manifest.webmanifest").read_text("utf-8"))
    assert all((new / "docs" / icon["src"]).is_file() for icon in manifest["icons"])
    sections = [next(iter(each.values())) for each in yaml.safe_load((new / "mkdocs.yml").read_text("utf-8"))["nav"]]
    kinds = yaml.safe_load((new / "content/profile.yaml").read_text("utf-8"))["kinds"]
    assert all([f"{kind}/index.md"] in sections for kind in kinds)
    for path in (*new.glob("content/**/*.yaml"), *new.glob(".github/**/*.yml")):
        assert yaml.safe_load(path.read_text("utf-8")), path


def test_its_page_on_data_names_each_file_that_programs_read(new: Path) -> None:
    assert CliRunner().invoke(main, ["--project", str(new), "build"]).exit_code == 0
    linked = set(re.findall(r"\]\(data/([^)]+)\)", (new / "docs/data.md").read_text("utf-8")))
    made = {path.name for path in (new / "docs/data").iterdir() if path.is_file()}
    lists = {f"{kind}.csv" for kind in yaml.safe_load((new / "content/profile.yaml").read_text("utf-8"))["kinds"]}
    assert linked <= made
    assert made - linked <= {*lists, "record.schema.json"}


def test_its_pages_that_hold_nothing_yet_say_so_and_no_more(new: Path) -> None:
    assert CliRunner().invoke(main, ["--project", str(new), "build"]).exit_code == 0
    missing, searches, home = (
        (new / f"docs/{page}.md").read_text("utf-8") for page in ("missing", "searches", "index")
    )
    assert missing.endswith("{ #gaps }\n\nNo claim here tells of an open question.\n")
    assert searches.endswith("No search is logged ([how the sources were found](method.md#sources)).\n")
    assert "The log" not in searches
    assert "- **[Practice](topics/index.md):** [YOUR TOPIC](topics/your-topic.md)" in home
    assert "Ungrouped**" not in home


def test_a_kind_that_is_not_needed_goes_with_its_folder_its_questions_and_its_place_in_the_navigation(
    new: Path,
) -> None:
    shutil.rmtree(new / "content/background")
    assert "content/background:1: the folder is missing. Make it. [missing-file]" in messages(new)
    (new / "content/background").mkdir()
    assert messages(new)[0] == (
        "content/background:1: the folder holds no record. Restore its records; if nobody needs `background`, take it "
        "out of `profile.yaml` and of the navigation. [folder-not-empty]"
    )
    (new / "content/background").rmdir()
    profile, pages = new / "content/profile.yaml", new / "mkdocs.yml"
    profile.write_text(re.sub(r"  background: .*\n|  background:\n    .*\n", "", profile.read_text("utf-8")), "utf-8")
    pages.write_text(re.sub(r"  - Background:\n.*\n", "", pages.read_text("utf-8")), "utf-8")
    assert CliRunner().invoke(main, ["--project", str(new), "lock"]).exit_code == 0
    assert messages(new) == []


def test_a_page_that_lacks_a_part_to_which_others_link_is_named(new: Path) -> None:
    for page, part in (("method", "sources"), ("review", "impact")):
        file = new / f"docs/{page}.md"
        file.write_text(file.read_text("utf-8").replace(f"{{ #{part} }}", f"{{ #{part}s }}"), "utf-8")
    assert messages(new) == [
        f"docs/{page}.md:1: other pages link to its part `{part}`, and it has none. End the heading of that part with "
        f"`{{ #{part} }}`. [page-needed]"
        for page, part in (("method", "sources"), ("review", "impact"))
    ]


def test_a_site_without_its_manifest_is_not_built(new: Path) -> None:
    (new / "docs/manifest.webmanifest").unlink()
    result = CliRunner().invoke(main, ["--project", str(new), "prepare", str(new)])
    assert result.exit_code == 2
    assert "docs/manifest.webmanifest is missing" in result.stderr


def test_the_first_lock_and_the_first_changes_are_written(new: Path, tmp_path: Path) -> None:
    (new / "content/passages.lock.json").unlink()
    shutil.rmtree(new / "content/changes")
    (tmp_path / "texts").mkdir()
    text = (  # with the words alone by which passages are found, and those that claims repeat
        "Guidelines are inconsistent on the strength of recommendations. "
        "This article explores advantages increasingly organisations worldwide"
    )
    (tmp_path / "texts/18436948.txt").write_text(f"PMID 18436948\n\n{text}.", "utf-8")
    locked = CliRunner().invoke(main, ["--project", str(new), "lock", "--texts", str(tmp_path / "texts")])
    assert (locked.exit_code, locked.stdout) == (0, "")
    assert [line.rpartition(" ")[2] for line in messages(new)] == ["[changes-recorded]"]
    assert CliRunner().invoke(main, ["--project", str(new), "record-changes"]).exit_code == 0
    assert messages(new) == []
