"""The limits of a zip made by a stranger: what is just allowed, and what is just refused."""

import io
import json
import stat
import zipfile
from pathlib import PurePosixPath
from typing import Any

import pytest

from generator.review.artifact import ArtifactError, read_artifact


def packed(files: dict[str, bytes], number: Any = 7, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("pull-request.json", json.dumps({"number": number}))
        for name, file in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = method
            archive.writestr(entry, file)
    return content.getvalue()


def test_number_and_files_are_read() -> None:
    files = {"content/a.yaml": b"a", "content/b/c.yaml": b"", "README.md": b"r", "docs/about.md": b"d"}
    assert read_artifact(packed(files)) == (7, {PurePosixPath(name): file for name, file in files.items()})
    assert read_artifact(packed(files, method=zipfile.ZIP_STORED, mode=stat.S_IFREG | 0o644))[0] == 7
    assert read_artifact(packed({"content/": b""}, mode=stat.S_IFDIR))[1] == {}


@pytest.mark.parametrize("number", [1, 10**9 - 1])
def test_a_number_is_one_of_github(number: int) -> None:
    assert read_artifact(packed({}, number)) == (number, {})


@pytest.mark.parametrize("number", [0, -1, 10**9, 1.0, "1", True, None])
def test_another_number_is_refused(number: object) -> None:
    with pytest.raises(ArtifactError, match="the number of the pull request is none"):
        read_artifact(packed({}, number))


def test_no_more_bytes_than_allowed_are_read() -> None:
    at_most = 32 * 2**20
    with pytest.raises(ArtifactError, match="damaged"):
        read_artifact(bytes(at_most))
    with pytest.raises(ArtifactError, match="the zip is larger than 32 MiB"):
        read_artifact(bytes(at_most + 1))


def test_no_more_bytes_than_allowed_are_unpacked() -> None:
    at_most = 64 * 2**20 - len('{"number": 7}')
    assert read_artifact(packed({"content/a": bytes(at_most)}))[0] == 7
    with pytest.raises(ArtifactError, match="the zip unpacks to more than 64 MiB"):
        read_artifact(packed({"content/a": bytes(at_most + 1)}))


def test_no_more_files_than_allowed_are_read() -> None:
    files = {f"content/{number}": b"" for number in range(5000 - 1)}
    assert len(read_artifact(packed(files))[1]) == 4999
    with pytest.raises(ArtifactError, match="the zip holds more than 5000 files, or a name twice"):
        read_artifact(packed({**files, "content/more": b""}))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("content/" + "a" * 192, ""),
        ("content/" + "a" * 193, "packed in another way, or its name is too long"),
        ("/content/a", "leads out of the folder"),
        ("content/../a", "leads out of the folder"),
        ("content/a\\b", "leads out of the folder"),
        ("content/a:b", "leads out of the folder"),
        ("generator/a.py", "is neither content nor a page nor pull-request.json"),
        ("contents/a", "is neither content nor a page nor pull-request.json"),
        ("a/content/b", "is neither content nor a page nor pull-request.json"),
    ],
)
def test_names(name: str, why: str) -> None:
    if why:
        with pytest.raises(ArtifactError, match=why):
            read_artifact(packed({name: b""}))
    else:
        assert read_artifact(packed({name: b""}))[1] == {PurePosixPath(name): b""}


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO, stat.S_IFDIR | 0o755])
def test_what_is_no_plain_file_is_refused(mode: int) -> None:
    with pytest.raises(ArtifactError, match="'content/a' is not a plain file"):
        read_artifact(packed({"content/a": b""}, mode=mode))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_another_way_is_refused(method: int) -> None:
    with pytest.raises(ArtifactError, match="is packed in another way"):
        read_artifact(packed({"content/a": b"a"}, method=method))
