"""Screening: a file or a text that holds identifiers of people is refused before anything of it is stored.

Here belongs how identifiers, names and free text are recognised, in cells, names of columns and annotations, and the
refusal. Reading files does not belong here (see ``data.formats``). No message repeats what was found.
"""

from data.screening.screen import IdentifierFound, require_clean, screen

__all__ = ["IdentifierFound", "require_clean", "screen"]
