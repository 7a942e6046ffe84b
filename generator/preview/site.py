"""Pages of a preview, each built by MkDocs when it is asked for, as `mkdocs build` would build it, and kept in memory.

MkDocs reads its configuration, files and navigation once; one page then takes a fraction of a second. `_populate_page`
is a private function of MkDocs 1.6, the last version of its line.
"""

import mimetypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from mkdocs.commands.build import _populate_page, get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from generator.mkdocs_site import adapt


class Built(NamedTuple):
    """A page: the Markdown that it was built of, and its HTML."""

    markdown: str
    html: str


class Site:
    """The pages of a site by their addresses; `update` says what they are made of from now on."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        pages: Mapping[PurePosixPath, Callable[[], str]],
        others: Sequence[str],
        stale: set[str],
    ):
        """Prepare a site of these settings. `others` are files that pages may link to and that are not shown by it;
        `stale` is what an earlier build has left below docs/.
        """
        config = load_config(settings["config_file"], hooks=[], **settings["config"])
        adapt(config, {**settings, "promised": []})
        config.plugins.on_startup(command="serve", dirty=False)
        self._config = config.plugins.on_config(config)
        self._pages = pages
        self._built: dict[str, Built] = {}
        self._env = self._config.theme.get_env()
        self._others = set(others)
        self._files = self._collect(stale)
        self._nav = get_navigation(self._files, self._config)
        self._nav = self._config.plugins.on_nav(self._nav, config=self._config, files=self._files)
        for file in self._files.documentation_pages():
            page = file.page or Page(None, file, self._config)
            if page.title is None and page in self._nav.pages:  # the navigation of every page shows it
                self._read(file)
                page.read_source(self._config)
        self._env = self._config.plugins.on_env(self._env, config=self._config, files=self._files)
        self._by_address = {file.dest_uri: file for file in self._files}

    def _collect(self, stale: set[str]) -> Files:
        """Return all files, with the pages that the content makes in the place of what an earlier build wrote."""
        made = {str(path) for path in self._pages} | self._others
        files = Files([file for file in get_files(self._config) if file.src_uri not in made | stale])
        for path in sorted(made):
            files.append(File.generated(self._config, path, content=""))
        files.add_files_from_theme(self._env, self._config)
        files = self._config.plugins.on_files(files, config=self._config)
        set_exclusions(files, self._config)
        return files

    def update(self, pages: Mapping[PurePosixPath, Callable[[], str]]) -> None:
        """Take other makers of the same pages; a page is built again only if its Markdown has changed."""
        self._pages = pages

    def forget(self) -> None:
        """Build every page again: the theme has changed."""
        self._built.clear()

    def get(self, address: str) -> tuple[str, bytes] | None:
        """Return the type and the bytes of what is at an address below the root; None if nothing is."""
        file = self._by_address.get(address) or self._by_address.get(f"{address.rstrip('/')}/index.html".lstrip("/"))
        if file is None or file.src_uri in self._others:
            return None
        if file.is_documentation_page():
            return "text/html; charset=utf-8", self.build(file.src_uri).html.encode()
        return mimetypes.guess_type(address)[0] or "application/octet-stream", file.content_bytes

    def names(self) -> Iterator[str]:
        """Yield the source of each page, those of the navigation first."""
        found = [page.file for page in self._nav.pages] + list(self._files.documentation_pages())
        yield from dict.fromkeys(file.src_uri for file in found)

    def build(self, name: str) -> Built:
        """Return a page by its source, built again if its Markdown has changed."""
        file = self._files.src_uris[name]
        markdown = self._read(file)
        known = self._built.get(name)
        if known is None or known.markdown != markdown:
            self._built[name] = known = self._build(file, markdown)
        return known

    def _read(self, file: File) -> str:
        make = self._pages.get(PurePosixPath(file.src_uri))
        if make is not None:
            file.content_string = make()
        return file.content_string

    def _build(self, file: File, markdown: str) -> Built:
        config, page = self._config, file.page
        assert page is not None  # noqa: S101
        _populate_page(page, config, self._files)
        config._current_page = page
        page.active = True
        try:
            context = get_context(self._nav, self._files, config, page)
            template = self._env.get_template(str(page.meta.get("template", "main.html")))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            html = config.plugins.on_post_page(template.render(context), page=page, config=config) or ""
        finally:
            page.active = False
            config._current_page = None
        return Built(markdown, html)
