"""The commands: the sole room that prints, reads the environment and exits.

Exit status: 0 all well, 1 problems in the content, 2 wrong usage or a fault of ours.
"""

from generator.cli.common import PROJECT, all_rules, main, read

__all__ = ["PROJECT", "all_rules", "main", "read"]
