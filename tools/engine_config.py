"""Print mkdocs.yml for an engine that runs no hooks: with the records in its navigation, and the footer of the content.

python -m tools.engine_config > FOLDER/mkdocs.yml
"""

import sys

import yaml

from generator.cli import PROJECT, read
from generator.cli.preparing import site_settings


def main() -> int:
    """Print the configuration; return 1 if the content cannot be read, else 0."""
    guideline, problems = read(PROJECT)
    if guideline is None:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    config = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    del config["hooks"]
    settings = site_settings(PROJECT, guideline)
    config |= settings["config"]
    config["not_in_nav"] += "".join(f"{page}\n" for page in settings["not_in_nav"])
    sys.stdout.write(yaml.safe_dump(config, allow_unicode=True, sort_keys=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
