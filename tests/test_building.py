"""The building of the site as a process: files that are promised to MkDocs, and a build that is killed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cases import built, make_small_project, run_in

from generator.cli import PROJECT


def build_edition(folder: Path, page: str, promised: list[str]) -> subprocess.CompletedProcess[str]:
    """Build a site of one page with MkDocs, as `generator site` has an edition built."""
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text(f"# Head {{ #head }}\n\n{page}\n", "utf-8")
    validation = "{anchors: warn, unrecognized_links: warn}"
    (folder / "mkdocs.yml").write_text(f"site_name: x\nvalidation: {validation}\nmarkdown_extensions: [attr_list]\n")
    settings = {
        "config_file": str(folder / "mkdocs.yml"),
        "config": {"site_dir": str(folder / "site")},
        "not_in_nav": [],
        "promised": promised,
        "interface": "en",
        "ends": {},
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "generator.mkdocs_site", folder / "settings.json"]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)


def test_a_promised_file_is_linked_to_and_not_written(tmp_path: Path) -> None:
    result = build_edition(tmp_path, "[Print](a/print.pdf), [head](#head)", ["a/print.pdf"])
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert 'href="a/print.pdf"' in (tmp_path / "site/index.html").read_text("utf-8")
    assert not (tmp_path / "site/a").exists()


def test_what_nobody_promised_and_what_is_not_there_is_named(tmp_path: Path) -> None:
    result = build_edition(tmp_path, "[Print](a/other.pdf), [page](page.md), [anchor](#nowhere)", ["a/print.pdf"])
    assert result.returncode == 1
    assert [target in result.stderr for target in ("'a/other.pdf'", "'page.md'", "'#nowhere'")] == [True] * 3


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_the_old_site_whole_and_the_next_makes_the_new_one(
    small_workshop: Path, tmp_path: Path
) -> None:
    """Killed four times, once in each quarter of its time: alone, or with the processes that it started."""
    project = tmp_path / "project"
    shutil.copytree(small_workshop, project)
    old = built(project)
    record = project / "content/practice/dosing.yaml"
    record.write_text(record.read_text("utf-8").replace("name: Dosing", "name: Doses and schedules", 1), "utf-8")

    another = tmp_path / "another"
    shutil.copytree(project, another)
    started = time.monotonic()
    run_in(another, "generator", "site")
    needed = time.monotonic() - started
    new = built(another)
    assert new.keys() == old.keys()
    assert new != old

    for quarter in range(4):
        moment = needed * (quarter + random.random()) / 4
        print(f"killed after {moment:.2f} of {needed:.2f} seconds")
        shutil.rmtree(project / ".cache", ignore_errors=True)  # or the later ones would have less to do
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "site"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moment)
        if quarter % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        found = built(project)
        for edition in ("site/", "site-offline/", "site-offline.zip"):
            part = {path: content for path, content in found.items() if path.startswith(edition)}
            assert part in [{path: c for path, c in all_.items() if path.startswith(edition)} for all_ in (old, new)]
        for edition in ("site", "site-offline"):
            run_in(project, "generator", "verify-copy", edition)

    run_in(project, "generator", "site")
    assert built(project) == new
    assert list((project / ".cache").glob("work-*")) == []


@pytest.mark.slow
def test_another_process_builds_the_same_site_from_nothing_and_over_another(
    small_workshop: Path, tmp_path: Path
) -> None:
    """With other hashes, locale and time zone, without a cache, over stale pages; and the offline edition alone."""
    project = tmp_path / "project"
    make_small_project(project)
    shutil.copytree(small_workshop / "content", project / "content", dirs_exist_ok=True)
    (project / "site").mkdir()
    (project / "site/stale.html").touch()
    elsewhere = {**os.environ, "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    command = [sys.executable, "-m", "generator", "site"]
    subprocess.run(command, cwd=project, env=elsewhere, check=True, capture_output=True)
    assert built(project) == built(small_workshop)
    (project / "site-offline/stale.html").touch()
    subprocess.run([*command, "--offline"], cwd=project, env=elsewhere, check=True, capture_output=True)
    assert built(project) == built(small_workshop)
