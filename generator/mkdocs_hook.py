"""Write the pages before MkDocs reads them; put the records into its navigation, the standing into its footer, and
the address into its links.

`mkdocs serve` runs this again on every change below `content/`. An engine without hooks shows the navigation of
`mkdocs.yml` as it stands there, whose index pages lead to every record.
"""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from pathspec.gitignore import GitIgnoreSpec

_PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_PROJECT))  # the `mkdocs` command, unlike `python -m mkdocs`, does not look here

from generator.cli import build_pages, navigation  # noqa: E402
from generator.fields import KINDS  # noqa: E402
from generator.links import record_page  # noqa: E402
from generator.model import reviewed  # noqa: E402


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build the pages, extend the section of each kind in the navigation by its records, and set the footer."""
    try:
        guideline, _ = build_pages(_PROJECT, hosted=config.extra["edition"] == "hosted")
    except SystemExit as stopped:
        raise Abort("the content has problems; they are listed above") from stopped
    about = guideline.about
    standing = "Reviewed" if reviewed(about) else "Unreviewed"
    config.site_url = f"{about.address.rstrip('/')}/" if about.address else ""
    config.copyright = f"{standing}. Version {about.version}, {about.date}. Content: {about.licence}."
    moved = [f"/{record_page(old)}" for old in guideline.former if "#" not in old]
    config.not_in_nav = (config.not_in_nav or GitIgnoreSpec([])) + GitIgnoreSpec.from_lines(moved)
    for section in config.nav or ():
        for kind in KINDS:
            if [f"{kind}/index.md"] in section.values():
                section.update({title: [*pages, *navigation(guideline, kind)] for title, pages in section.items()})
    return config


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    """Watch the content as well as the pages."""
    server.watch(str(_PROJECT / "content"))
    return server
