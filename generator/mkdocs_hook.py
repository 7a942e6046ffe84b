"""For MkDocs run on its own: write the pages before it reads them, and give it what its configuration takes from them.

`make site` builds without this hook, and `make serve` without MkDocs' own server. An engine without hooks shows the
navigation of `mkdocs.yml` as it is there, whose index pages lead to every record.
"""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # `mkdocs` on its own does not look here

from generator.cli.common import read_or_exit
from generator.cli.preparing import site_settings, write_pages
from generator.mkdocs_site import adapt


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write the pages and adapt the configuration to them."""
    project = Path(config.config_file_path).resolve().parent
    try:
        guideline = read_or_exit(project, needs_clean=True)
        write_pages(project, guideline)
    except SystemExit as stopped:
        raise Abort("the content has problems; they are listed above") from stopped
    settings = site_settings(project, guideline)
    config.update(settings["config"])
    adapt(config, settings)
    return config
