"""Texts of sources and notes of readings, which are kept outside of the project, for the lock."""

import re
from pathlib import Path

from generator.evidence.lock import Readings
from generator.evidence.passages import Passage
from generator.fields import PMID
from generator.yaml_source import read_yaml


def load_texts(folder: Path | None) -> dict[str, str]:
    """Return the texts of sources by PMID, from files `<pmid>.txt`; none without a folder."""
    files = sorted(folder.glob("*.txt")) if folder else []
    return {path.stem: path.read_text("utf-8", errors="replace") for path in files if re.fullmatch(PMID, path.stem)}


def load_readings(folder: Path | None) -> Readings:
    """Return notes of readings by PMID, from files `<pmid>.yaml`; none without a folder.

    Raises ValueError where a file does not parse.
    """
    readings: dict[str, dict[tuple[str, str], Passage]] = {}
    for path in sorted(folder.glob("*.yaml")) if folder else []:
        document = read_yaml(path.read_bytes())
        if document.refusals:
            raise ValueError(f"{path.name}:{document.refusals[0].line}: {document.refusals[0].wrong}")
        readings[path.stem] = {
            (str(fact["start"]), str(fact["end"])): Passage(
                fact["sha256"], fact["words"], tuple(str(figure) for figure in fact["figures"])
            )
            for fact in document.data["facts"]
        }
    return readings
