"""The content as a preview shows it: read again after a change, from what is known of the files that did not change.

The program is looked up by name each time, so that a changed module of it is what runs next.
"""

import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

KEPT_MODULES = ("generator", "generator.__main__", "generator.mkdocs_site", "generator.preview")
"""What is not loaded anew: a change there needs `make serve` to be started again."""


class Content:
    """What pages are made of: `pages` and `data` make each file by its path below `docs/` when they are called.

    `problems` are those of reading the newest content; with any, the rest is as it was before. `check` runs the rules
    as well and returns all problems: that takes longer than to show a page.
    """

    def __init__(self, project: Path):
        self._project = project
        self._known: dict[object, Any] = {}
        self.pages: Mapping[PurePosixPath, Callable[[], str]] = {}
        self.data: Mapping[PurePosixPath, Callable[[], str | bytes]] = {}
        self.settings: dict[str, Any] = {}
        self.problems: list[str] = []
        self.check: Callable[[], list[str]] = list

    def refresh(self, code_changed: bool = False) -> None:
        """Read the content again; `code_changed` loads the modules of the generator again as well."""
        try:
            if code_changed:
                self._known.clear()
                forget_modules()
            self._read()
        except Exception:  # a module or template that is being edited is broken for a while
            self._refuse(traceback.format_exc(limit=-3).strip().splitlines())

    def _refuse(self, problems: list[str]) -> None:
        self.problems = problems
        self.check = lambda: problems

    def _read(self) -> None:
        common, preparing = import_module("generator.cli.common"), import_module("generator.cli.preparing")
        load = import_module("generator.load")
        guideline, problems = load.load_guideline(self._project, known=self._known)
        if problems:
            self._refuse([str(problem) for problem in problems])
            return
        in_order, run = import_module("generator.problems").in_order, import_module("generator.check").run
        read = guideline
        self.problems = []
        self.check = lambda: [str(problem) for problem in in_order(run(read))]
        # The fingerprint would change every page at each edit; and this name is never a version that is given out.
        version = f"{guideline.about.version.partition('+')[0]}+preview"
        guideline = replace(guideline, about=guideline.about.model_copy(update={"version": version}))
        self.settings = preparing.site_settings(self._project, guideline)
        self.pages = import_module("generator.render.site.pages").page_makers(guideline, common.all_rules())
        scripts = import_module("generator.render.site.bundles").render_scripts(guideline.about.interface)
        self.data = {
            **{path: partial(bytes.decode, script) for path, script in scripts.items()},
            **import_module("generator.render.data.exports").export_makers(guideline),
            **import_module("generator.render.data.search_index").search_makers(guideline, self.pages),
        }


def forget_modules() -> None:
    """Have every module of the generator loaded again when it is next imported, but those of the preview."""
    for name in [name for name in sys.modules if name.startswith("generator.")]:
        if not name.startswith(KEPT_MODULES[1:]):
            del sys.modules[name]
            parent, _, child = name.rpartition(".")
            if parent == "generator" and hasattr(sys.modules["generator"], child):
                delattr(sys.modules["generator"], child)
