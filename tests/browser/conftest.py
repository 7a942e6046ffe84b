"""A server for the built site, and Chromium as Debian has it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there: without its windows Chromium opens a page in less than half of the time."""

REFUSE = "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('refused'))"
"""As browsers do in private windows."""


class Held:
    """Requests of a page for what fits a pattern, held back until the test lets them go, one after another."""

    def __init__(self, page: Page, pattern: str):
        self._page = page
        self._routes: list[Route] = []
        page.route(pattern, lambda route: self._routes.append(route))  # playwright marks the function that it is given

    def let_go(self) -> None:
        """Answer the first that is held; wait for it, up to 30 s, as a key is told to the page before the page asks."""
        end = monotonic() + 30
        while not self._routes and monotonic() < end:
            self._page.wait_for_timeout(20)
        self._routes.pop(0).continue_()


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a wrong address with the 404.html of the site that it is below, as static hosts do."""
        site = next((page for page in sorted(Path(self.directory).glob("**/404.html"))), None)
        if code != 404 or site is None:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(site.read_bytes())


class Server(ThreadingHTTPServer):
    """Serves a folder on loopback; a browser that hangs up is no fault."""

    def __init__(self, folder: Path, port: int = 0):
        super().__init__(("127.0.0.1", port), partial(Quiet, directory=str(folder)))
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def handle_error(self, *_: object) -> None:
        pass

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    for name in BROWSERS:
        if path := shutil.which(name):
            return {"executable_path": path, "args": ARGUMENTS}
    pytest.skip("Chromium is missing: apt install chromium-headless-shell")


@pytest.fixture(scope="session")
def base_url(site: Path) -> Iterator[str]:
    server = Server(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.stop()


@pytest.fixture(scope="session")
def below_a_path(small_workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site below a path, as on an intranet: without an address, with a renamed record."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(small_workshop / "site", folder / "ivig")
    server = Server(folder)
    yield f"http://127.0.0.1:{server.server_port}/ivig/"
    server.stop()


@pytest.fixture
def keeps_a_copy() -> bool:
    """Whether the service worker is let in. It fetches the whole site, in each context anew: most tests refuse it."""
    return False


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], keeps_a_copy: bool) -> Callable[..., BrowserContext]:
    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        if not keeps_a_copy:
            context.add_init_script(REFUSE)
        return context

    return make


@pytest.fixture(scope="module")
def tab(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """One page for the tests of a file: in a new one each takes four times as long to open what it looks at."""
    context = browser.new_context(**browser_context_args)
    context.add_init_script(REFUSE)
    yield context.new_page()
    context.close()


@pytest.fixture
def same_page(tab: Page, browser_context_args: dict[str, Any]) -> Page:
    """That page as if it were new: the site stores nothing."""
    tab.goto("about:blank")
    tab.emulate_media(media="null")
    tab.set_viewport_size(browser_context_args.get("viewport", {"width": 1280, "height": 720}))
    return tab


PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def touched_tab(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """The same on a phone, which is touched."""
    options = {**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**options)
    context.add_init_script(REFUSE)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(touched_tab: Page) -> Page:
    """That page as if it were new."""
    touched_tab.goto("about:blank")
    touched_tab.emulate_media(media="null")
    touched_tab.set_viewport_size(PHONE)
    return touched_tab


@pytest.fixture
def faults(page: Page, base_url: str) -> list[str]:
    """Errors on the console and requests to other hosts, as they come."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith((base_url, "data:")) else found.append(request.url)
    )
    return found
