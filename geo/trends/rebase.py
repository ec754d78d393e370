"""Rebase: the day from which a chart has new limits, and which chart it is."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Rebase(Protocol):
    """One day from which a chart has new limits, and why."""

    @property
    def harm(self) -> str:
        """The harm group of the chart, "" for several together."""

    @property
    def level(self) -> str:
        """The level of the chart's area, "" for all areas together."""

    @property
    def area(self) -> str:
        """The code of the chart's area, "" for all areas together."""

    @property
    def first_day(self) -> date:
        """The first day of the period that the new limits begin with."""

    @property
    def reason(self) -> str:
        """Why the limits were rebased."""


AnyRebase = TypeVar("AnyRebase", bound=Rebase)  # as the caller keeps it, with what else it knows


def harm_key(harms: Sequence[str]) -> str:
    """Return the word by which rebased limits know a group of harms: its code, or nothing for several together."""
    return harms[0] if len(harms) == 1 else ""


def concerning(rebases: Sequence[AnyRebase], harms: Sequence[str], level: str, area: str) -> list[AnyRebase]:
    """List the rebases that hold for a chart: its own, and those of the same harms in all areas together."""
    return [
        one for one in rebases if one.harm == harm_key(harms) and (one.level, one.area) in (("", ""), (level, area))
    ]
