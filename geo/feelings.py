"""Feelings: the closed list of what young people mark on a map of their surroundings, beside that of harm groups.

Marks are no incidents: they are released by the same rules, in these two groups, and never add to a count of harm.
"""

from typing import Final

SAFE: Final = "safe"
UNSAFE: Final = "unsafe"
FEELINGS: Final[dict[str, str]] = {SAFE: "Feels safe", UNSAFE: "Feels unsafe"}
FEELING_OF: Final[dict[str, str]] = {"Safe": SAFE, "Unsafe": UNSAFE}  # by the words that rows are kept with
