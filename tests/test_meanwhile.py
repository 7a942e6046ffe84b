"""Commands that write one file of the content: what another process wrote since it was read is not written over."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cases import TESTS
from click.testing import CliRunner, Result
from test_comparisons import FILE, entry, keep

from generator.cli import common, main

OTHER = " \n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which each of the commands has something to write."""
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/about.md").write_text("The elixir: a name.\n", "utf-8")
    compared = tmp_path / FILE
    keep(tmp_path, entry(tmp_path))
    compared.write_bytes(compared.read_bytes() + b"\n")
    return tmp_path


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), *arguments])


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("new", "claim", "indications/pemphigus#begun"), "content/indications/pemphigus.yaml"),
        (("new", "indication", "begun"), "content/indications/begun.yaml"),
        (("approve-sentences", "--write"), "content/approved-sentences.yaml"),
        (("compare", "--tidy"), FILE),
    ],
    ids=["claim", "record", "sentences", "comparisons"],
)
def test_nothing_is_written_over(
    arguments: tuple[str, ...], file: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = project / file
    before = target.read_bytes() if target.exists() else b""

    @contextmanager
    def after_another(_: Path) -> Iterator[None]:
        target.write_bytes(before + OTHER.encode())
        yield

    with monkeypatch.context() as patched:
        patched.setattr(common, "writing_alone", after_another)
        result = run(project, *arguments)
    assert (result.exit_code, target.read_bytes()) == (2, before + OTHER.encode())
    assert f"error: {file} was changed meanwhile by somebody else; nothing was written" in result.stderr
    target.write_bytes(before) if before else target.unlink()
    run(project, *arguments)
    assert target.read_bytes() != before
