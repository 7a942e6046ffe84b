"""What publishing makes of files, one function at a time and without a site: sums, zip, downloads, policy, worker."""

import datetime
import io
import json
import zipfile
from pathlib import PurePosixPath

import pytest
from cases import TESTS

from generator.cli import read
from generator.publish.archive import pack
from generator.publish.downloads import Download, with_downloads
from generator.publish.policy import PolicyError, with_policy
from generator.publish.start import start_page, with_start
from generator.publish.sums import SUMS, Differences, SumsError, differences_of, digest, read_sums, write_sums
from generator.publish.worker import VERSION, WORKER, kept_size, make_worker
from generator.speech import speech_in

ENGLISH = speech_in("en")

ONE, TWO, THREE = (digest(content) for content in (b"one", b"two", b"three"))


def paths(**digests: str) -> dict[PurePosixPath, str]:
    return {PurePosixPath(name): value for name, value in digests.items()}


def test_a_digest_is_that_of_sha256sum() -> None:
    assert digest(b"a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_sums_list_every_file_but_their_own_in_order() -> None:
    files = {**paths(b=TWO, a=ONE), SUMS: THREE}
    assert write_sums(files).decode() == f"{ONE}  a\n{TWO}  b\n"
    assert read_sums(write_sums(files)) == paths(a=ONE, b=TWO)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ([f"{ONE}  a", f"{ONE}  a"], 2),
        ([f"{ONE} a"], 1),
        ([f"{ONE}  /a"], 1),
        ([f"{ONE}  a", f"{ONE}  b/../../c"], 2),
        ([f"{ONE[:-1]}  a"], 1),
        ([f"{ONE.upper()}  a"], 1),
    ],
)
def test_a_line_that_is_no_sum_is_named(lines: list[str], number: int) -> None:
    with pytest.raises(SumsError, match=f"^line {number} is not a checksum"):
        read_sums("\n".join(lines).encode())


@pytest.mark.parametrize(
    ("files", "differences"),
    [
        (paths(a=ONE, b=TWO), ((), (), ())),
        (paths(a=ONE, b=THREE), (("b",), (), ())),
        (paths(a=ONE), ((), ("b",), ())),
        (paths(a=ONE, b=TWO, c=TWO), ((), (), ("c",))),
        ({**paths(a=ONE, b=TWO), SUMS: THREE}, ((), (), ())),
        (paths(a=TWO, c=ONE), (("a",), ("b",), ("c",))),
    ],
)
def test_what_differs_is_told_by_how(files: dict[PurePosixPath, str], differences: tuple[tuple[str, ...], ...]) -> None:
    found = differences_of(files, paths(a=ONE, b=TWO))
    assert found == Differences(*(tuple(map(PurePosixPath, part)) for part in differences))
    assert bool(found) == any(differences)


def test_a_zip_is_one_folder_of_plain_files_of_one_time() -> None:
    content = pack([(PurePosixPath("b"), b"x" * 1000), (PurePosixPath("a/c"), b"")], "kept")
    assert content == pack([(PurePosixPath("b"), b"x" * 1000), (PurePosixPath("a/c"), b"")], "kept")
    assert len(content) < 500
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert [entry.filename for entry in entries] == ["kept/b", "kept/a/c"]
    for entry in entries:
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.external_attr == 0o100644 << 16  # a file that all may read and one may write
        assert entry.create_system == 3
        assert entry.compress_type == zipfile.ZIP_DEFLATED


def test_the_home_page_lists_downloads_with_size_and_sum() -> None:
    page = '<p>before</p><ul id="downloads">\n<li>old</li></ul><p>after</p>'
    offered = [Download(PurePosixPath("a.pdf"), "A & B", 1_250_000, ONE), Download(PurePosixPath("b.zip"), "C", 1, TWO)]
    assert with_downloads(page, offered, ENGLISH) == (
        f'<p>before</p><ul id="downloads"><li><a href="a.pdf">A &amp; B</a>, 1.2 MB. '
        f'<span class="sum">SHA-256 <code>{ONE}</code></span></li>'
        f'<li><a href="b.zip">C</a>, 0.0 MB. <span class="sum">SHA-256 <code>{TWO}</code></span></li></ul><p>after</p>'
    )
    for wrong in ("<p></p>", page + page):
        with pytest.raises(ValueError, match="no list of downloads to fill"):
            with_downloads(wrong, offered, ENGLISH)


HEAD = '<meta charset="utf-8">'


def test_a_policy_allows_scripts_with_an_address_and_data() -> None:
    page = f"{HEAD}<script src='a.js'></script><script type='application/ld+json'>{{}}</script>{HEAD}"
    made = with_policy(page)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; "
        "form-action 'self'"
    )
    meta = f'{HEAD}\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    assert made == page.replace(HEAD, meta, 1)
    assert with_policy(made) == made


def test_an_unknown_script_among_known_ones_is_refused() -> None:
    scripts = "<script src='a.js'></script>" * 2 + "<script>alert(1)</script>"
    with pytest.raises(PolicyError, match=r"not known \(sha256 \S+=\): 'alert\(1\)'"):
        with_policy(HEAD + scripts)


def test_the_worker_keeps_what_is_read_and_offers_what_is_printed_and_nothing_else() -> None:
    guideline, _ = read(TESTS / "base")
    assert guideline is not None
    about = guideline.about.model_copy(update={"version": "1.2.0", "date": datetime.date(2026, 2, 3)})
    shown = ["404.html", "assets/a.css", "assets/a.js", "assets/a.svg", "indications/x/index.html", "search/first.js"]
    printed = ["handbook.pdf", "indications/x.pdf", "pocket.pdf"]
    left = [
        "copy.zip",
        "references/7.ris",
        "references/7.csl.json",
        "data/claims.csv",
        "data/guideline.json",
        "sitemap.xml.gz",
        "assets/a.js.map",
    ]
    left += [str(WORKER), str(VERSION), str(SUMS)]
    contents = {PurePosixPath(name): b"one" * 100_000 for name in shown + printed + left}
    taken = {str(path): kept_size(path, content) for path, content in contents.items()}
    assert {name for name, size in taken.items() if size} == {*shown, *printed}
    assert max(taken.values()) < 2000  # compressed
    sizes = {path: 1_000_000 if path.suffix == ".pdf" else 70_000 for path in contents}
    made = make_worker(dict.fromkeys(contents, ONE), sizes, about.version, about.date.isoformat())
    assert made.keys() == {WORKER, VERSION}
    script = made[WORKER].decode()
    build, _ = json.JSONDecoder().raw_decode(script[script.index("(", script.index("const BUILD = ")) + 1 :])
    parts = {"read": dict.fromkeys(shown, ONE), "print": dict.fromkeys(printed, ONE)}
    assert {part: build[part] for part in parts} == parts
    assert list(build["read"]) == shown
    assert build["sizes"] == {"read": 0.4, "print": 3.0}
    name = {key: build[key] for key in ("version", "date", "build")}
    assert name == {"version": "1.2.0", "date": "2026-02-03", "build": digest(json.dumps(parts).encode())}
    assert json.loads(made[VERSION]) == name


def test_the_page_of_the_offline_copy_is_text_of_ours_and_escapes_what_it_is_given() -> None:
    offered = [Download(PurePosixPath("a&b.pdf"), "A <b>", 1_250_000, ONE)]
    page = start_page("<script>x</script> & {title}", "Unreviewed <i>. Version 1", offered, ENGLISH)
    assert "<h1>&lt;script&gt;x&lt;/script&gt; &amp; {title}</h1>" in page
    assert "<strong>Unreviewed &lt;i&gt;. Version 1</strong>" in page
    assert '<li><a href="site/a&amp;b.pdf">A &lt;b&gt;</a>, 1.2 MB</li>' in page
    assert "default-src 'none'; script-src 'self'; " in page
    made = list(with_start(page, [(PurePosixPath("index.html"), b"home")]))
    assert made == [(PurePosixPath("START-HERE.html"), page.encode()), (PurePosixPath("site/index.html"), b"home")]
