"""The site without a network: opened from a folder, and kept on the device by the hosted one."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Server
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.facts.edition import edition_line
from generator.guideline import Guideline
from generator.publish.sums import digest
from generator.publish.worker import kept_size, make_worker
from generator.write import read_files


@pytest.fixture(scope="module")
def unpacked(offline_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, unpacked where a reader might: a folder with spaces and letters that are not ASCII."""
    folder = tmp_path_factory.mktemp("Träger für die Station 7 (皮膚科)")
    with zipfile.ZipFile(offline_zip) as archive:
        archive.extractall(folder)
    return next(folder.iterdir()) / "site"


@pytest.fixture
def keeps_a_copy() -> bool:
    return True


@pytest.fixture
def reader(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without a network, and what went wrong on it."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else faults.append(request.url)
    )
    yield page, faults
    context.close()


PAGES = (
    "index.html",
    "indications/index.html",
    "indications/scleromyxedema/index.html",
    "adverse-events/acute-renal-failure/index.html",
    "references/29228499/index.html",
    "references/index.html",
    "doses/index.html",
    "pathway/index.html",
    "evidence/index.html",
    "data/index.html",
    "decisions/offline/index.html",
)


def test_the_copy_begins_with_a_page_that_leads_to_all(
    unpacked: Path, reader: tuple[Page, list[str]], guideline: Guideline
) -> None:
    """Whoever unpacks it finds one page and one folder."""
    page, faults = reader
    assert {path.name for path in unpacked.parent.iterdir()} == {"START-HERE.html", "site"}
    page.goto((unpacked.parent / "START-HERE.html").as_uri())
    expect(page.locator("main")).to_contain_text(edition_line(guideline))
    links = page.locator("a").evaluate_all("links => links.map(link => decodeURIComponent(link.pathname))")
    assert len(links) >= 4
    assert [link for link in links if not Path(link).is_file()] == []
    page.get_by_role("link", name="Open the site").click()
    expect(page.locator("h1")).to_have_text(guideline.about.title)
    assert page.url == (unpacked / "index.html").as_uri()
    assert faults == []


@pytest.mark.wide
def test_pages_open_from_a_folder(unpacked: Path, reader: tuple[Page, list[str]]) -> None:
    page, faults = reader
    for name in PAGES:
        page.goto((unpacked / name).as_uri())
        page.wait_for_load_state("networkidle")
        expect(page.locator("h1")).to_be_visible()
        assert faults == [], name


def test_search_in_a_folder_finds_and_its_hit_opens(unpacked: Path, reader: tuple[Page, list[str]]) -> None:
    page, faults = reader
    page.goto((unpacked / "practice/dosing/index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("pemphigus dose")
    page.locator(".md-search[data-loaded=all]").wait_for(state="attached", timeout=60_000)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Pemphigus vulgaris")
    assert page.url == (unpacked / "indications/pemphigus-vulgaris/index.html").as_uri() + "#answer--dose"
    asked = page.locator(".md-search__input:focus")
    while not asked.count():  # a page that was not painted yet passes keys over
        page.keyboard.press("/")
        page.wait_for_timeout(100)
    page.locator(".md-search__input").fill("")
    page.keyboard.type("indications adverse events")
    page.locator(".md-search[data-loaded=all]").wait_for(state="attached", timeout=60_000)
    addresses = page.locator(".md-search a[href]").evaluate_all("links => links.map(link => link.pathname)")
    assert any(address.endswith("adverse-events/index.html") for address in addresses)
    assert faults == []


def test_the_scripts_of_a_folder_run(unpacked: Path, reader: tuple[Page, list[str]]) -> None:
    page, faults = reader
    page.goto((unpacked / "doses/index.html").as_uri() + "#doses--indications--scleromyxedema")
    page.get_by_label("Body weight").fill("70 kg")
    page.keyboard.press("Enter")
    expect(page.locator(".regimen:visible .grams").first).to_contain_text("70 kg")
    page.goto((unpacked / "pathway/index.html").as_uri())
    before = page.locator("#stepper .current").inner_text()
    page.locator("#stepper .choices button").first.click()
    expect(page.locator("#stepper .current")).not_to_have_text(before, use_inner_text=True)
    page.goto((unpacked / "pathway-key/bullous-disease/index.html").as_uri())
    page.locator("svg.flow a.box").first.click()
    assert "#node--" in page.url
    page.locator("article a[href$='/index.html']").locator("visible=true").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert faults == []


def test_files_of_a_folder_are_there(unpacked: Path) -> None:
    for name in (
        "handbook.pdf",
        "pocket.pdf",
        "indications/scleromyxedema.pdf",
        "data/guideline.json",
        "data/claims.csv",
    ):
        assert (unpacked / name).stat().st_size > 1000


class Host:
    """The hosted site, which can go down and come back at the same address, with another version."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = 0
        self.up()

    def up(self) -> None:
        self._server = Server(self.folder, self.port)
        self.port = self._server.server_port

    def down(self) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("*.zip"))
    host = Host(folder)
    yield host
    host.down()


KEPT = "caches.open('kept ' + new URL('/', location)).then(cache => cache.keys()).then(keys => keys.length)"


def kept(page: Page) -> int:
    """Return how many files the browser keeps, once the service worker has them all."""
    page.evaluate("navigator.serviceWorker.ready.then(ready => ready.active.state)")
    return int(page.evaluate(KEPT))


def publish_anew(folder: Path, guideline: Guideline, version: str) -> None:
    """Change a page, and publish the folder as another version."""
    page = folder / "indications/scleromyxedema/index.html"
    own = re.compile(rf"Version {re.escape(guideline.about.version)}".replace(r"\+", r"(?:\+|&#43;)"))
    page.write_text(own.sub(f"Version {version}", page.read_text("utf-8")), "utf-8")
    digests = {path: digest(content) for path, content in read_files(folder)}
    sizes = {path: kept_size(path, content) for path, content in read_files(folder)}
    about = guideline.about.model_copy(update={"version": version})
    for path, content in make_worker(digests, sizes, about.version, about.date.isoformat()).items():
        (folder / path).write_bytes(content)


@pytest.mark.slow
def test_the_hosted_site_is_read_without_network_and_updates(
    host: Host, browser: Browser, guideline: Guideline
) -> None:
    own = f"Version {guideline.about.version}"
    context = browser.new_context()
    page = context.new_page()
    page.goto(host.url)
    files = kept(page)
    assert files > 250

    host.down()
    page.goto(f"{host.url}indications/scleromyxedema/")
    expect(page.locator("h1")).to_have_text("Scleromyxedema")
    expect(page.locator(".md-copyright")).to_contain_text(own)
    expect(page.locator(".edition-notice")).to_contain_text(
        f"The site cannot be reached: you read the copy kept on this device: {own[0].lower()}{own[1:]}"
    )
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".edition-notice")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("div.kept")).to_contain_text("Kept on this device")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390  # the note breaks its lines
    page.keyboard.press("f")
    page.keyboard.type("Kawasaki", delay=20)
    hit = page.locator(".md-search-result__item > a").first
    expect(hit).to_be_visible(timeout=20_000)
    hit.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{host.url}no-such-page/")
    expect(page.locator("h1")).to_contain_text("404")

    publish_anew(host.folder, guideline, "9.9.9")
    host.up()
    page.goto(f"{host.url}indications/scleromyxedema/")
    expect(page.locator(".edition-notice")).to_contain_text(
        f"A newer version is available: version 9.9.9, {guideline.about.date}.", timeout=20_000
    )
    expect(page.locator(".standing").first).to_contain_text(own)  # until the reader asks for it
    page.get_by_role("button", name="Load it").click()
    expect(page.locator(".standing").first).to_contain_text("Version 9.9.9", timeout=20_000)
    page.wait_for_function(f"{KEPT}.then(length => length === {files})", timeout=20_000, polling=100)
    context.close()


@pytest.mark.slow
def test_the_first_visit_keeps_no_more_than_is_read_and_asks_before_the_rest(host: Host, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    fetched: list[str] = []
    context.on("request", lambda request: fetched.append(request.url))
    page.goto(host.url)
    kept(page)
    assert not [url for url in fetched if re.search(r"\.pdf|\.zip|/data/\w", url)]
    line = page.locator(".md-copyright .kept")
    expect(line).to_contain_text(
        "Kept on this device, to read and search without a network: the site, ", timeout=20_000
    )
    assert float((re.search(r"the site, ([\d.]+) MB", line.inner_text()) or "0 0")[1]) < 6
    line.get_by_role("button", name="Keep handbook and ward sheets too").click()
    expect(line).to_contain_text("with handbook and ward sheets", timeout=20_000)
    expect(line.get_by_role("button")).to_have_count(0)
    host.down()
    handbook = page.evaluate("fetch('pocket.pdf').then(answer => answer.arrayBuffer()).then(bytes => bytes.byteLength)")
    assert handbook == (host.folder / "pocket.pdf").stat().st_size
    host.up()
    context.close()


@pytest.mark.slow
def test_an_update_that_fails_is_not_hidden(host: Host, browser: Browser, guideline: Guideline) -> None:
    """A newer version is published, and one of its files is another: the page says that it is not the newest."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(host.url)
    kept(page)
    publish_anew(host.folder, guideline, "9.9.9")
    (host.folder / "doses/index.html").write_text("half uploaded", "utf-8")
    page.goto(f"{host.url}indications/scleromyxedema/")
    expect(page.locator(".edition-notice")).to_contain_text(
        f"A newer version is available: version 9.9.9, {guideline.about.date}. It is not on this device yet;"
    )
    expect(page.locator(".standing").first).to_contain_text(f"Version {guideline.about.version}")
    expect(page.get_by_role("button", name="Load it")).to_have_count(0)
    context.close()


@pytest.mark.slow
def test_a_file_that_is_not_of_the_build_is_not_kept(host: Host, browser: Browser) -> None:
    """As when an update is half uploaded: nothing is kept rather than a mixture."""
    page_of_another = host.folder / "doses/index.html"
    page_of_another.write_text(page_of_another.read_text("utf-8") + "<!-- changed -->", "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(host.url)
    page.wait_for_function(
        "navigator.serviceWorker.getRegistration().then(found => !found)", timeout=60_000, polling=100
    )
    context.close()


@pytest.mark.slow
def test_the_hosted_site_can_be_installed(host: Host, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(host.url)
    kept(page)
    session = context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest")
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
    context.close()


@pytest.fixture
def below(below_a_path: str, page: Page) -> str:
    """The address of the small site below a path, once the service worker answers for it."""
    page.goto(below_a_path)
    page.evaluate("navigator.serviceWorker.ready.then(ready => ready.active.state)")
    page.wait_for_function("navigator.serviceWorker.controller", polling=100)
    return below_a_path


@pytest.mark.slow
@pytest.mark.parametrize("network", [True, False], ids=["online", "offline"])
@pytest.mark.parametrize("asked", ["mechanisms/receptors", "mechanisms/receptors?a=b#proposed", "doses", "mechanisms"])
def test_an_address_without_its_last_slash_is_led_to_the_one_with_it(
    asked: str, network: bool, below: str, page: Page, context: BrowserContext
) -> None:
    context.set_offline(not network)
    lost: list[str] = []
    page.on("response", lambda response: lost.append(response.url) if response.status >= 400 else None)
    page.on("requestfailed", lambda request: None if "version.json" in request.url else lost.append(request.url))
    page.goto(below + asked)
    page.wait_for_load_state("networkidle")
    assert page.url == below + re.sub(r"^[a-z/]+", r"\g<0>/", asked)
    assert lost == []
    expect(page.locator(".md-header")).to_have_css("position", "sticky")  # so the style is there
    page.locator(".md-header a.md-logo").click()
    expect(page).to_have_url(below)


@pytest.mark.slow
@pytest.mark.parametrize("network", [True, False], ids=["online", "offline"])
@pytest.mark.parametrize("asked", ["no-such-page/", "indications/no/such/page", "lost.html"])
def test_a_wrong_address_below_a_path_leads_to_the_start_page(
    asked: str, network: bool, below: str, page: Page, context: BrowserContext
) -> None:
    context.set_offline(not network)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    answer = page.goto(below + asked)
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("404 - Not found")
    sections = page.get_by_role("list").get_by_role("link")
    expect(sections.first).to_be_visible()
    assert sections.count() >= 6
    for link in sections.all():
        assert (link.get_attribute("href") or "").startswith(below)
    sections.filter(has_text="Doses").click()
    expect(page).to_have_url(f"{below}doses/")
    page.goto(below + asked)
    page.get_by_role("searchbox").fill("crackle")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{below}?q=crackle")
    page.goto(below + asked)
    page.get_by_role("link", name="Go to the start page").click()
    expect(page).to_have_url(below)
    assert not [fault for fault in faults if "Failed to load resource" not in fault]


def test_a_wrong_address_is_explained_without_a_script_and_without_a_worker(
    below_a_path: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{below_a_path}indications/no-such-page/")
    expect(page.locator("main")).to_contain_text("remove the end of the address")
    expect(page.locator("#home")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    ("asked", "reached"),
    [("practice/doses/", "practice/dosing/"), ("practice/doses/#usual", "practice/dosing/#usual")],
)
def test_a_former_address_leads_to_the_new_one(asked: str, reached: str, below_a_path: str, page: Page) -> None:
    page.goto(below_a_path + asked)
    expect(page).to_have_url(below_a_path + reached)
    expect(page.locator("h1")).to_have_text("Dosing")
