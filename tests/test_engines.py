"""Other engines build the same site: what is compared, what counts as failed, and what the locks hold."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from generator.cli import PROJECT
from generator.cli.preparing import engine_settings
from generator.guideline import Guideline
from tools import compare_engines, engine_config

LOCKS = ("requirements.lock", "engines/properdocs.lock", "engines/zensical.lock")
PAGE = """<!doctype html><html><head><title>Scleromyxedema - Guideline</title></head><body>
<nav class="md-nav md-nav--primary"><a href="../">Indications</a><a href="./">Scleromyxedema</a></nav>
<article><h1 id="top--record">Scleromyxedema</h1>
<p id="dose-2-g-kg">2 g/kg per cycle, see <a href="../../a-z/#s">A to Z</a>
and <a href="https://pubmed.ncbi.nlm.nih.gov/18204366/">PubMed</a></p>
<h2 id="kind--dose">Dose</h2></article></body></html>
"""
PATH = "indications/scleromyxedema/index.html"


def compared(tmp_path: Path, other: str, path: str = PATH) -> list[str]:
    """Return what is found where MkDocs built PAGE, and another engine something else."""
    for name, page, at in (("mkdocs", PAGE, PATH), ("other", other, path)):
        file = tmp_path / name / at
        file.parent.mkdir(parents=True)
        file.write_text(page, "utf-8")
    sites = [compare_engines.read_site(tmp_path / name) for name in ("mkdocs", "other")]
    return [str(difference) for difference in compare_engines.compare(*sites)]


def test_the_same_page_has_no_difference(tmp_path: Path) -> None:
    assert compared(tmp_path, PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "<title>Scleromyxedema - ",
            "<title>",
            ["the title is 'Guideline', MkDocs' is 'Scleromyxedema - Guideline'"],
        ),
        (
            ' id="dose-2-g-kg"',
            "",
            ["the id is missing: dose-2-g-kg"],
        ),
        (
            'id="kind--dose">Dose',
            'id="dose">Dose',
            [
                "the heading is missing: <h2 id=kind--dose> Dose",
                "the heading is not in MkDocs' page: <h2 id=dose> Dose",
                "the id is missing: kind--dose",
                "the id is not in MkDocs' page: dose",
            ],
        ),
        (
            "../../a-z/#s",
            "../a-z/#s",
            [
                "the link is missing: http://site/a-z/#s",
                "the link is not in MkDocs' page: http://site/indications/a-z/#s",
            ],
        ),
        (
            '<a href="https://pubmed.ncbi.nlm.nih.gov/18204366/">PubMed</a>',
            "PubMed",
            ["the link is missing: https://pubmed.ncbi.nlm.nih.gov/18204366/"],
        ),
        (
            '<a href="./">Scleromyxedema</a></nav>',
            "</nav>",
            ["the record in the navigation is missing: http://site/indications/scleromyxedema/"],
        ),
        (
            "2 g/kg per cycle",
            "2 mg/kg per cycle",
            ["the text is 'mg/kg per cycle, see A to Z and', MkDocs' is 'g/kg per cycle, see A to Z and'"],
        ),
        (
            '</a></p>\n<h2 id="kind--dose">Dose</h2>',
            "</a></p>",
            [
                "the heading is missing: <h2 id=kind--dose> Dose",
                "the id is missing: kind--dose",
                "the text is '', MkDocs' is 'Dose'",
            ],
        ),
    ],
)
def test_a_difference_is_found(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    assert old in PAGE
    found = compared(tmp_path, PAGE.replace(old, new))
    assert found == [f"{PATH}: {what}" for what in expected]


def test_another_order_is_a_difference(tmp_path: Path) -> None:
    first, second = '<h1 id="top--record">Scleromyxedema</h1>', '<h2 id="kind--dose">Dose</h2>'
    swapped = PAGE.replace(first, "@").replace(second, first).replace("@", second)
    found = compared(tmp_path, swapped)
    assert found[:2] == [f"{PATH}: the order of headings is another", f"{PATH}: the order of ids is another"]


def test_a_page_that_only_one_engine_has_is_a_difference(tmp_path: Path) -> None:
    found = compared(tmp_path, PAGE, "indications/other/index.html")
    assert found == ["indications/other/index.html: MkDocs has no such page", f"{PATH}: the page is missing"]


def test_an_id_that_is_known_to_differ_is_no_difference(tmp_path: Path) -> None:
    assert compared(tmp_path, PAGE.replace("<article>", '<article><a id="__skip"></a>')) == []


def test_colours_of_a_code_block_are_no_difference(tmp_path: Path) -> None:
    """Zensical colours the tokens of a block, each in an element of its own; MkDocs here does not."""
    assert compared(tmp_path, PAGE.replace("2 g/kg", "<span>2</span><span> g</span><span>/</span>kg")) == []


def test_the_number_of_differences_decides_the_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    compared(tmp_path, re.sub(' id="[^"]*"', "", PAGE))
    assert compare_engines.main(tmp_path / "mkdocs", tmp_path / "mkdocs") == 0
    assert capsys.readouterr().out == "1 pages, 3 ids, 2 links, 1 records in the navigation: no differences\n"
    assert compare_engines.main(tmp_path / "mkdocs", tmp_path / "other") == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == compare_engines.SHOWN + 2
    assert printed[-2:] == [
        f"{PATH}: and 2 more",
        "1 pages, 0 ids, 2 links, 1 records in the navigation: 7 differences",
    ]


@pytest.mark.parametrize(
    ("page", "message"), [("<p>no article</p>", "has no article or no navigation"), (None, "holds no page")]
)
def test_what_is_no_site_is_refused(page: str | None, message: str, tmp_path: Path) -> None:
    if page:
        (tmp_path / "index.html").write_text(page)
    with pytest.raises(ValueError, match=message):
        compare_engines.read_site(tmp_path)


def test_the_configuration_without_hooks_leads_to_every_record(
    guideline: Guideline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert engine_config.main() == 0
    config = yaml.safe_load(capsys.readouterr().out)
    original = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    assert "hooks" not in config
    assert {key: value for key, value in config.items() if key not in ("nav", "site_url", "copyright")} == {
        key: value for key, value in original.items() if key not in ("nav", "site_url", "hooks")
    }
    assert [list(section) for section in config["nav"]] == [list(section) for section in original["nav"]]
    linked = [
        page for section in config["nav"] for pages in section.values() for page in pages if isinstance(page, dict)
    ]
    pages = {page for entry in linked for page in entry.values()}
    assert {f"{record}.md" for record in guideline.records} <= pages
    assert config["copyright"].startswith("Unreviewed. Version ")


def test_a_section_that_does_not_begin_with_the_index_of_a_kind_is_left_as_it_is(guideline: Guideline) -> None:
    sections = [{"Home": "index.md"}, {"About": ["about.md", {"Method": "method.md"}]}, {"All": [{"A to Z": "a-z.md"}]}]
    assert engine_settings(guideline, sections)["nav"] == sections


STUB = """#!/usr/bin/env bash
# Stands for Python: makes an environment in which pip and the engine do as the test says.
echo "$*" >> "$LOG"
case "$*" in
  "-m venv --clear "*) rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; cp "$0" "$4/bin/zensical" ;;
  "-m pip install "*) exit "$PIP" ;;
  "build "*) mkdir -p site; echo "why it cannot"; exit "$BUILD" ;;
  "-m tools.engine_config") cat mkdocs.yml; exit "${CONFIG:-0}" ;;
  "-m tools.compare_engines "*) exit "$COMPARE" ;;
  *) exit 99 ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a built site, in which nothing but the script is real."""
    for folder in (".ci", ".venv/bin", "engines", "docs", "overrides", "site"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(PROJECT / ".ci/engine", tmp_path / ".ci/engine")
    for stub in ("python3", ".venv/bin/python"):
        (tmp_path / stub).write_text(STUB)
        (tmp_path / stub).chmod(0o755)
    (tmp_path / "engines/zensical.lock").write_text("zensical==1\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: Guideline\n")
    (tmp_path / "site/index.html").write_text(PAGE)
    return tmp_path


def run_engine(project: Path, **exits: str) -> tuple[int, str, list[str]]:
    """Run the script; return its exit status, its last line, and the calls of Python and of the engine."""
    log = project / "log"
    log.write_text("")
    environment = {
        **{"PATH": os.environ["PATH"], "PYTHON": str(project / "python3"), "LOG": str(log)},
        **{"PIP": "0", "BUILD": "0", "COMPARE": "0"},
        **exits,
    }
    command = [project / ".ci/engine", "zensical"]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return result.returncode, (result.stdout.splitlines() or [""])[-1], log.read_text().splitlines()


def test_an_engine_that_builds_the_same_has_passed(project: Path) -> None:
    status, said, calls = run_engine(project)
    assert (status, said) == (0, "engine zensical: passed")
    assert [call.split(" --")[0].split(" /")[0] for call in calls] == [
        *("-m venv", "-m pip install", "-m tools.engine_config", "build", "-m tools.compare_engines site")
    ]
    assert "--require-hashes -r engines/zensical.lock" in calls[1]


@pytest.mark.parametrize(
    ("exits", "why"),
    [
        ({"PIP": "1"}, "it cannot be installed"),
        ({"BUILD": "1"}, "it cannot build"),
        ({"COMPARE": "1"}, "its pages are others"),
    ],
)
def test_an_engine_fails_where_a_step_fails(exits: dict[str, str], why: str, project: Path) -> None:
    assert run_engine(project, **exits)[:2] == (1, f"engine zensical: FAILED: {why}")


def test_no_engine_is_built_from_content_that_cannot_be_read(project: Path) -> None:
    status, _, calls = run_engine(project, CONFIG="1")
    assert status == 1
    assert calls[-1] == "-m tools.engine_config"


def test_an_environment_is_made_again_where_its_lock_changed_or_it_was_not_completed(project: Path) -> None:
    installs = []
    for step in ("first", "same", "changed", "failing", "after it"):
        if step in ("changed", "failing"):
            (project / "engines/zensical.lock").write_text(f"zensical==1 # {step}\n")
        _, _, calls = run_engine(project, PIP="1" if step == "failing" else "0")
        installs.append(any("pip install" in call for call in calls))
    assert installs == [True, False, True, True, True]


def test_an_environment_that_is_a_link_is_refused(project: Path) -> None:
    """Making it anew would empty the folder that it leads to."""
    (project / "precious").mkdir()
    (project / "precious/file").touch()
    (project / ".venv-zensical").symlink_to("precious")
    status, said, calls = run_engine(project)
    assert (status, calls) == (1, [])
    assert said.endswith(".venv-zensical is a link; remove it")
    assert (project / "precious/file").exists()


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ("engines/zensical.lock", "engines/zensical.lock is missing"),
        ("site/index.html", "there is no site to compare with; run make site"),
    ],
)
def test_what_is_needed_is_asked_for(missing: str, why: str, project: Path) -> None:
    (project / missing).unlink()
    assert run_engine(project)[:2] == (1, f"engine zensical: FAILED: {why}")


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package of a lock; a package that has two has the newer one."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (PROJECT / lock).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_its_hashes_and_no_host(lock: str) -> None:
    text = (PROJECT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    hashed = re.compile(r"[a-z0-9-]+==\S+ (; [^\\]+)?\\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+")
    assert [entry.splitlines()[0] for entry in entries if not hashed.fullmatch(entry)] == []
    assert "://" not in text


def test_the_engines_are_pinned_and_share_the_packages_of_mkdocs() -> None:
    ours, properdocs, zensical = map(pins, LOCKS)
    assert "\nzensical==0.0.73\n" in (PROJECT / "engines/zensical.in").read_text("utf-8")
    assert zensical["zensical"] == "0.0.73"
    assert "properdocs" in properdocs
    for engine in (properdocs, zensical):
        shared = engine.keys() & ours.keys()
        assert {"markdown", "pymdown-extensions"} <= shared
        assert {name: engine[name] for name in shared} == {name: ours[name] for name in shared}


def test_make_lock_renews_every_lock() -> None:
    made = subprocess.run(["make", "-n", "lock"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    lines = [line for line in made.splitlines() if "uv pip compile" in line]  # make inside make says more
    assert {line.split(" -o ")[1] for line in lines} == {*LOCKS, "tools/mutants.lock"}
    assert all({"--upgrade", "--universal", "--generate-hashes"} <= set(line.split()) for line in lines)
