"""What leaves the house: checksums that find every change, a zip that is the same each time, a whole copy."""

import io
import re
import shutil
import zipfile
from html import unescape
from pathlib import Path, PurePosixPath

import pytest
from cases import make_small_project, run_in
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import PROJECT, main
from generator.facts.edition import edition_line
from generator.guideline import Guideline
from generator.publish.archive import pack
from generator.publish.downloads import Download, with_downloads
from generator.publish.folder import SERVED_ONLY
from generator.publish.policy import PolicyError, with_policy
from generator.publish.sums import SUMS, SumsError, differences_of, digest, read_sums, write_sums
from generator.publish.worker import WORKER
from generator.speech import speech_in
from generator.write import read_files

ENGLISH = speech_in("en")

FILES = {PurePosixPath("index.html"): b"home", PurePosixPath("a/Ä b.txt"): b"text", PurePosixPath("a/c"): b""}
names = st.text(st.characters(categories=("L", "N"), include_characters=" -_.(),"), min_size=1, max_size=12)
folders = st.dictionaries(
    names.map(str.strip).filter(lambda name: name.strip(".")).map(PurePosixPath),
    st.binary(max_size=20).map(digest),
    min_size=1,
    max_size=6,
)
"""Digests of files by path."""
ANOTHER = digest(b"a file that no folder has")


@given(folders)
def test_a_folder_is_as_its_checksums_say(files: dict[PurePosixPath, str]) -> None:
    assert not differences_of(files, read_sums(write_sums(files)))


@given(folders, st.data())
def test_every_change_is_found(files: dict[PurePosixPath, str], data: st.DataObject) -> None:
    sums = read_sums(write_sums(files))
    path = data.draw(st.sampled_from(sorted(files)))
    assert differences_of({**files, path: ANOTHER}, sums).changed == (path,)
    assert differences_of({other: files[other] for other in files if other != path}, sums).missing == (path,)
    assert differences_of({**files, PurePosixPath("new/file"): ANOTHER}, sums).added == (PurePosixPath("new/file"),)


def test_an_empty_list_is_no_proof_and_the_form_of_sha256sum_binary_is_read() -> None:
    with pytest.raises(SumsError, match="it lists no file"):
        read_sums(b"")
    assert read_sums(f"{'0' * 64} *a b\n".encode()) == {PurePosixPath("a b"): "0" * 64}


@pytest.mark.parametrize("line", ["../secret", "/etc/passwd", "a/../../b", ""])
def test_checksums_that_lead_out_of_the_folder_are_refused(line: str) -> None:
    with pytest.raises(SumsError, match="line 1 is not a checksum and a path inside the folder"):
        read_sums(f"{'0' * 64}  {line}\n".encode())


def test_the_zip_is_the_same_each_time_and_holds_no_machine() -> None:
    content = pack(sorted(FILES.items()), "copy-1.0.0")
    assert pack(iter(sorted(FILES.items())), "copy-1.0.0") == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["copy-1.0.0/a/c", "copy-1.0.0/a/Ä b.txt", "copy-1.0.0/index.html"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


HOME = 'before <ul id="downloads"></ul> after'


def test_the_home_page_gets_its_downloads_in_the_place_of_those_before() -> None:
    handbook = Download(PurePosixPath("a&b.pdf"), "Handbook <PDF>", 1_250_000, digest(b"x"))
    page = with_downloads(HOME, [handbook], ENGLISH)
    assert page == (
        'before <ul id="downloads"><li><a href="a&amp;b.pdf">Handbook &lt;PDF&gt;</a>, 1.2 MB. '
        f'<span class="sum">SHA-256 <code>{digest(b"x")}</code></span></li></ul> after'
    )
    assert with_downloads(page, [handbook], ENGLISH) == page
    assert with_downloads(page, [], ENGLISH) == HOME
    other = handbook._replace(path=PurePosixPath(r"\1.pdf"))  # no reference to a group
    assert r'href="\1.pdf"' in with_downloads(HOME, [other], ENGLISH)


@pytest.mark.parametrize("page", ["", '<ul class="downloads"></ul>', HOME * 2])
def test_a_home_page_without_its_place_for_downloads_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="has no list of downloads to fill"):
        with_downloads(page, [], ENGLISH)


def test_verify_copy_says_what_is_other(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    for name, text in (("kept", "a"), ("changed", "b"), ("lost", "c")):
        (folder / name).write_text(text)
    (folder / SUMS).write_bytes(write_sums({path: digest(content) for path, content in read_files(folder)}))
    runner = CliRunner()
    assert runner.invoke(main, ["verify-copy", str(folder)]).exit_code == 0
    (folder / "changed").write_text("!")
    (folder / "lost").unlink()
    (folder / "added").write_text("")
    result = runner.invoke(main, ["verify-copy", str(folder)])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["changed differs", "lost is missing", "added was added"]
    shutil.copy(folder / SUMS, tmp_path / "sums")
    (folder / SUMS).unlink()
    assert runner.invoke(main, ["verify-copy", str(folder), "--sums", str(tmp_path / "sums")]).exit_code == 1
    lacking = runner.invoke(main, ["verify-copy", str(folder)])
    assert lacking.exit_code == 2
    assert "SHA256SUMS is missing: name a file of checksums with --sums" in lacking.stderr
    (folder / "link").symlink_to("/etc/passwd")
    assert runner.invoke(main, ["verify-copy", str(folder), "--sums", str(tmp_path / "sums")]).exit_code == 2


def test_the_offline_edition_is_whole_and_keeps_to_itself(
    guideline: Guideline, offline: Path, offline_zip: Path
) -> None:
    files = dict(read_files(offline))
    assert not differences_of({path: digest(content) for path, content in files.items()}, read_sums(files[SUMS]))
    assert not {WORKER, *SERVED_ONLY} & files.keys()
    leads = re.compile(r'\shref="(?:[^"#?:]*/|\.{1,2})(?=["#?])')
    assert not [path for path, content in files.items() if path.suffix == ".html" and leads.search(content.decode())]
    with zipfile.ZipFile(offline_zip) as archive:
        start, *others = archive.namelist()
        top = f"ivig-dermatology-{guideline.about.version}"
        assert start == f"{top}/START-HERE.html"  # a reader who unpacks it sees a page and one folder
        assert {name: archive.read(name) for name in others} == {
            f"{top}/site/{path}": content for path, content in files.items()
        }
        page = archive.read(start).decode()
    assert edition_line(guideline) in unescape(page)
    for path, content in files.items():
        if path.suffix in (".html", ".js", ".css", ".json", ".txt"):
            text = content.decode("utf-8")
            assert not re.search(r"file:///|/home/|/root/|/tmp/", text), path
            assert str(offline) not in text, path


def test_the_home_page_offers_what_is_there(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    sums = read_sums((site / SUMS).read_bytes())
    for name in ("handbook.pdf", "ivig-dermatology-offline.zip"):
        assert f'href="{name}"' in home
        assert sums[PurePosixPath(name)] in home
        assert f"{(site / name).stat().st_size / 1e6:.1f} MB" in home


HEAD = '<html><head>\n<meta charset="utf-8">\n</head><body>{}</body></html>'


def test_a_page_gets_its_policy_once() -> None:
    page = with_policy(HEAD.format('<script src="a.js"></script><script type="application/json">{}</script>'))
    assert page.count("Content-Security-Policy") == 1
    assert "script-src 'self'; " in page
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert with_policy(page) == page


@pytest.mark.parametrize(
    "script",
    [
        "<script>alert(1)</script>",
        '<script type="module">alert(1)</script>',
        "<SCRIPT>alert(1)</SCRIPT >",
        '<script>__md_scope=new URL("x",location);alert(1)</script>',
    ],
)
def test_an_unknown_inline_script_stops_publishing(script: str) -> None:
    with pytest.raises(PolicyError, match="an inline script is not known"):
        with_policy(HEAD.format(script))
    with pytest.raises(PolicyError, match="after which its policy stands"):
        with_policy("<html></html>")


def test_the_page_for_a_wrong_address_has_a_script_that_is_known() -> None:
    page = with_policy((PROJECT / "overrides/lost.html").read_text("utf-8"))
    assert "script-src 'self' 'sha256-" in page
    with pytest.raises(PolicyError):
        with_policy(page.replace("start_url", "scope"))


@pytest.mark.wide
def test_with_an_address_the_sitemap_lists_every_page_and_the_one_for_a_wrong_address_is_dressed(
    tmp_path: Path,
) -> None:
    """Built by MkDocs on its own, through the hook. Without an address see tests/browser/test_offline.py."""
    make_small_project(tmp_path)
    about = tmp_path / "content/guideline.yaml"
    about.write_text(about.read_text("utf-8").replace("address: null", "address: https://example.org/ivig"), "utf-8")
    run_in(tmp_path, "mkdocs", "build", "--strict")
    site = tmp_path / "site"
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    pages = {page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")}
    assert {page.removeprefix("https://example.org/ivig/").removesuffix("/") or "." for page in listed} == pages
    assert len(pages) > 30
    assert "Allow: /" in (site / "robots.txt").read_text("utf-8")
    addresses = set(re.findall(r'(?:href|src)="(/[^"]*)"', (site / "404.html").read_text("utf-8")))
    assert "/ivig/assets/guideline.css" in addresses
    assert all(address.startswith("/ivig/") for address in addresses)


def test_every_page_has_a_policy_that_names_no_other_host(site: Path, offline: Path) -> None:
    for folder in (site, offline):
        pages = sorted(folder.rglob("*.html"))
        assert len(pages) > 250
        for page in pages:
            found = re.findall(
                r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page.read_text("utf-8")
            )
            assert len(found) == 1, page
            assert found[0].startswith("default-src 'none'; script-src 'self' 'sha256-")
            assert not re.search(r"unsafe-inline(?!'; img-src)|unsafe-eval|https?:|\*", found[0]), page
