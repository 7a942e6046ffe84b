"""The commands: the sole room that prints, reads the environment and exits.

Exit status: 0 all well, 1 problems in the content, 2 wrong usage or a fault of ours.
"""

from generator.cli import content, outside, publishing, reviewing, scaffold
from generator.cli.common import PROJECT, all_rules, build_pages, engine_settings, main, navigation, read

__all__ = ["PROJECT", "all_rules", "build_pages", "engine_settings", "main", "navigation", "read"]

COMMANDS = (content, outside, publishing, reviewing, scaffold)
"""The rooms that hold the commands: they add them to `main` as they are imported."""
