"""The types of what runs in the browser, checked by TypeScript where it is installed: `make types` installs it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import PROJECT

FOLDER = PROJECT / "tools/frontend"
TSC = FOLDER / "node_modules/.bin/tsc"
SCRIPTS, WORKER = "generator/render/site/scripts", "generator/publish/service-worker.js"


@pytest.fixture
def tsc() -> Path:
    if shutil.which("node") is None or not TSC.exists():
        pytest.skip("TypeScript is not installed: `make types` does it, where node is")
    return TSC


def check(tsc: Path, project: Path, config: str) -> str:
    command = [tsc, "-p", project / "tools/frontend" / config]
    return subprocess.run(command, cwd=project, capture_output=True, text=True).stdout


CONFIGS = ("tsconfig.json", "tsconfig.worker.json")


@pytest.mark.slow
@pytest.mark.parametrize("config", CONFIGS)
def test_the_types_of_the_scripts_fit(config: str, tsc: Path) -> None:
    assert check(tsc, PROJECT, config) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("config", "file", "old", "new", "said"),
    [
        (CONFIGS[0], f"{SCRIPTS}/way.js", "step.told.includes(", "step.tolds.includes(", "'tolds' does not exist"),
        (
            CONFIGS[0],
            f"{SCRIPTS}/calculator.js",
            "computed = read.weight;",
            "computed = field.value;",
            "not assignable",
        ),
        (CONFIGS[0], f"{SCRIPTS}/cards.js", "if (!open) return;\n    open.card", "open.card", "is possibly 'null'"),
        (CONFIGS[1], WORKER, "BUILD.build, kept", "BUILD.built, kept", "'built' does not exist"),
    ],
)
def test_a_wrong_type_is_found(
    config: str, file: str, old: str, new: str, said: str, tsc: Path, tmp_path: Path
) -> None:
    for name in (SCRIPTS, "tools/frontend"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / WORKER).parent.mkdir()
    shutil.copy(PROJECT / WORKER, tmp_path / WORKER)
    text = (tmp_path / file).read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / file).write_text(text.replace(old, new), "utf-8")
    assert said in check(tsc, tmp_path, config)


def test_every_script_is_checked_and_every_package_is_pinned_by_its_hash() -> None:
    config = json.loads((FOLDER / CONFIGS[0]).read_text("utf-8"))
    assert config["compilerOptions"]["strict"] is True
    assert config["compilerOptions"]["checkJs"] is True
    assert f"../../{SCRIPTS}/*.js" in config["include"]
    for path in (*(PROJECT / SCRIPTS).iterdir(), PROJECT / WORKER):
        assert path.suffix == ".js", path
        assert not re.search("@ts-(?:ignore|nocheck|expect)", path.read_text("utf-8")), path
    packages = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))["packages"]
    assert all(name == "" or package["integrity"].startswith("sha512-") for name, package in packages.items())
