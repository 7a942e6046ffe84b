"""The edition that opens from a folder, made of the hosted one: `python -m generator.publish.folder SITE` turns a site.

Where no server looks for it, a link names the index.html that it means. All else is the same: MkDocs builds one site.
"""

import re
import sys
from pathlib import Path, PurePosixPath

SERVED_ONLY = frozenset(map(PurePosixPath, ("404.html", "sitemap.xml", "sitemap.xml.gz")))
"""Files that only a server or a search engine asks for."""

_TAG = re.compile(r"""<[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
# A relative address of a folder, before what follows it: `.`, `..`, or what ends with a slash.
_FOLDER = re.compile(r"""(?<=\shref=")(?![\w+.-]*:|[/#?])((?:[^"#?]*/)?(?:\.{1,2})?)(?=["#?])""")
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\s*')
_SEARCH = 'data-page-end=""'


def for_folder(page: str) -> str:
    """Return a page of HTML whose links, those of the search too, name files; it does not offer to be installed."""
    page = _TAG.sub(lambda tag: _FOLDER.sub(_with_file, tag[0]), _MANIFEST.sub("", page))
    return page.replace(_SEARCH, 'data-page-end="index.html"', 1)


def _with_file(address: re.Match[str]) -> str:
    folder = address[1]
    return f"{folder.removesuffix('/')}/index.html" if folder else ""


def main(site: str) -> None:
    """Turn a site where it stands."""
    for name in SERVED_ONLY:
        Path(site, name).unlink(missing_ok=True)
    for page in Path(site).rglob("*.html"):
        page.write_text(for_folder(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
