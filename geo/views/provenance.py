"""Provenance: what released figures are and cannot tell, in the words of every page and paper."""

from typing import Final

PROTECTED: Final = "Protected: every figure is “about”, by steps of 5, and under 10 none is given. Safe to share."
PROTECTED_USE: Final = " (protected: about)"
OPEN: Final = "open data, counted as published"
POLICE_NOTE: Final = "This police series does not split sexual offences from violence, and knows months, not days."
_NEARLY: Final = 0.975


def source(told: str, *, protected: bool) -> str:
    """Say where released figures come from, and how they may be used where they are protected."""
    return f"{told}{PROTECTED_USE if protected else ''}"


def placed(share: float, *, protected: bool) -> str:
    """Say which share of the rows, from 0 to 1, belongs to an area."""
    if not protected:
        return f"{100 * share:.1f} % of rows placed in an area"
    # Of few rows, an exact share would tell how many are not placed.
    return "nearly all rows placed in an area" if share > _NEARLY else f"about {5 * round(20 * share)} % of rows placed"
