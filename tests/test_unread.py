"""A file that cannot be read is reported once: no rule says of the others that what they name is missing."""

import shutil
from pathlib import Path

import pytest
from cases import TESTS, messages

CONTENT = TESTS / "show/content"
RECORDS = sorted(file.relative_to(CONTENT).as_posix() for file in CONTENT.glob("*/*.yaml"))


@pytest.mark.parametrize("name", RECORDS)
def test_a_file_that_cannot_be_read_is_the_only_problem(name: str, tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    file = tmp_path / "content" / name
    file.write_text(file.read_text("utf-8") + "\nno-such-key: 1\n", "utf-8")
    found = messages(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"content/{name}:")


def test_a_source_that_no_claim_cites_is_reported_unless_a_record_cannot_be_read(tmp_path: Path) -> None:
    """What cannot be read may cite it if it is a record; another source, or the pathway, cites nothing."""
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    source = (tmp_path / "content/references/222.yaml").read_text("utf-8")
    (tmp_path / "content/references/333.yaml").write_text(source.replace("10.1000/", "10.1000/333"), "utf-8")

    def reported_beside(name: str) -> bool:
        file = tmp_path / "content" / name
        kept = file.read_text("utf-8")
        file.write_text(f"{kept}\nno-such-key: 1\n", "utf-8")
        found = messages(tmp_path)
        file.write_text(kept, "utf-8")
        return any("no claim cites PMID 333" in line for line in found)

    assert reported_beside("references/111.yaml")
    assert reported_beside("pathway.yaml")
    assert not reported_beside("indications/pemphigus.yaml")
