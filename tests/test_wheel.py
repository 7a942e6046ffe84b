"""The program as it is installed: a wheel in an environment of its own begins, checks, tests and builds a guideline.

Nothing of it may come from this checkout: commands run elsewhere. The packages that it needs are those of the tests.
"""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from cases import make_once

from generator.cli import PROJECT
from generator.cli.beginning import new_guideline
from generator.render.site.bundles import render_scripts

pytestmark = pytest.mark.slow


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder as somebody who knows nothing of this checkout; fail with what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    quiet = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    result = subprocess.run(command, cwd=folder, env={**environment, **quiet}, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in `dist/`, an environment in `env/`, and the site of a new guideline in `new/site/`."""

    def make(folder: Path) -> None:
        local = ("--no-deps", "--no-index")
        wheel = ("wheel", *local, "--no-build-isolation", "--wheel-dir", folder / "dist", PROJECT)
        run(folder, sys.executable, "-m", "pip", *wheel)
        venv.create(folder / "env", with_pip=True)
        (file,) = (folder / "dist").iterdir()
        python = folder / "env/bin/python"
        run(folder, python, "-m", "pip", "install", *local, file)
        ours = [sysconfig.get_path("purelib"), *(path for path in sys.path if path.endswith("site-packages"))]
        (packages,) = (folder / "env/lib").glob("python*/site-packages")
        (packages / "needed.pth").write_text("\n".join(dict.fromkeys(ours)) + "\n")
        run(folder, folder / "env/bin/claimbook", "init", "new")
        run(folder / "new", folder / "env/bin/claimbook", "site")

    return make_once(tmp_path_factory, "installed", make)


def test_the_wheel_holds_the_program_and_no_guideline_but_the_beginning_of_one(installed: Path) -> None:
    (file,) = (installed / "dist").iterdir()
    assert file.name == "claimbook-0.1.0-py3-none-any.whl"
    names = zipfile.ZipFile(file).namelist()
    assert {name.partition("/")[0] for name in names} == {"generator", "claimbook-0.1.0.dist-info"}
    inside = {name.removeprefix("generator/") for name in names}
    tracked = subprocess.run(["git", "ls-files", "generator"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert {name.removeprefix("generator/") for name in tracked.stdout.splitlines()} <= inside
    assert not [name for name in names if name.endswith((".png", ".pyc")) or "ivig" in name]


def test_what_it_begins_is_what_a_checkout_begins(installed: Path) -> None:
    for path, content in new_guideline():
        assert (installed / "new" / path).read_bytes() == content, path


def test_it_runs_where_this_checkout_is_not(installed: Path) -> None:
    code = (
        "import json, sys\n"
        "from generator.cli import main\n"
        "for command in ('check', 'build'):\n"
        "    main([command], standalone_mode=False)\n"
        "files = [getattr(module, '__file__', None) or '' for module in sys.modules.values()]\n"
        "print(json.dumps([file for file in files if '/generator/' in file]))\n"
    )
    said = run(installed / "new", installed / "env/bin/python", "-c", code)
    files = json.loads(said.stdout)
    assert len(files) > 150
    assert [file for file in files if not file.startswith(str(installed / "env/lib"))] == []


def test_a_new_guideline_passes_check_and_its_tests(installed: Path) -> None:
    checked = run(installed / "new", installed / "env/bin/claimbook", "check", "--placeholders")
    assert "4 records, 5 claims, 1 reference: no problem" in checked.stderr
    assert "content/guideline.yaml:1: YOUR TITLE" in checked.stderr
    tested = run(
        installed / "new", installed / "env/bin/python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"
    )
    assert " passed" in tested.stdout


def test_its_site_has_pages_books_and_the_program_s_scripts(installed: Path) -> None:
    site = installed / "new/site"
    for name in ("index.html", "pathway/index.html", "conditions/your-condition/index.html", "handbook.pdf"):
        assert (site / name).stat().st_size > 1000, name
    assert {path: (site / path).read_bytes() for path in render_scripts()} == render_scripts()
    assert zipfile.ZipFile(site / "your-slug-offline.zip").testzip() is None


def test_a_fault_of_the_command_exits_with_2(installed: Path) -> None:
    """As `python -m generator` does: a guideline with problems exits with 1."""
    code = "import generator.cli.content as c; c.read = None; import sys; sys.argv = ['x', 'check']; " + (
        "from importlib.metadata import entry_points; (e,) = entry_points(group='console_scripts', name='claimbook'); "
        "e.load()()"
    )
    result = subprocess.run([installed / "env/bin/python", "-c", code], cwd=installed, capture_output=True, text=True)
    assert result.returncode == 2
    assert "TypeError" in result.stderr
