"""Screening of what comes in: a file that holds identifiers of people is refused before anything of it is stored."""

from data.screening.screen import IdentifierFound, require_clean, screen

__all__ = ["IdentifierFound", "require_clean", "screen"]
