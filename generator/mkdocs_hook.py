"""For MkDocs run on its own: write the pages before it reads them, and give it what its configuration takes from them.

`make site` builds without this hook, and `make serve` without MkDocs' own server. An engine without hooks shows the
navigation of `mkdocs.yml` as it is there, whose index pages lead to every record.
"""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

_PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_PROJECT))  # the `mkdocs` command, unlike `python -m mkdocs`, does not look here

from generator.cli.common import read_or_exit  # noqa: E402
from generator.cli.preparing import site_settings, write_pages  # noqa: E402
from generator.mkdocs_site import adapt  # noqa: E402


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write the pages and adapt the configuration to them."""
    try:
        guideline = read_or_exit(_PROJECT, needs_clean=True)
        write_pages(_PROJECT, guideline)
    except SystemExit as stopped:
        raise Abort("the content has problems; they are listed above") from stopped
    settings = site_settings(_PROJECT, guideline)
    config.update(settings["config"])
    adapt(config, settings)
    return config
