"""What an attack has found: counts known exactly, presences that are certain, the narrowest range; and shares."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

SMALL: Final = 9  # a true count from 1 to this is one that must not be known
FEW: Final = 4  # a true count from 1 to this is one whose presence must not be certain
NEVER_NARROWER: Final = 4
NONE_YET: Final = 10**9
TOLD: Final = 20  # findings that are told one by one


@dataclass
class Share:
    """How many of how many."""

    part: int = 0
    of: int = 0

    def count(self, hits: Iterable[bool]) -> None:
        """Count some more, of which some are hits."""
        for hit in hits:
            self.part += bool(hit)
            self.of += 1

    def add(self, other: "Share") -> None:
        """Add those of another share."""
        self.part += other.part
        self.of += other.of

    @property
    def value(self) -> float:
        """The share, from 0 to 1; none of none is 0."""
        return self.part / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{100 * self.value:.1f} % of {self.of:,}" if self.of else "-"


@dataclass
class Tally:
    """The verdict on so many targets, ``few`` of 1 to 4; each has to have a range at least ``least`` wide."""

    least: int = NEVER_NARROWER
    targets: int = 0
    few: int = 0
    exact: int = 0
    presences: int = 0
    narrowest: int = NONE_YET
    told: list[str] = field(default_factory=list)

    def judge(self, truth: int, low: int, high: int, where: str, times: int = 1) -> None:
        """Judge a target by what can be concluded of its true count; raises ValueError if that is not even true.

        ``times`` is how many targets there are of which all this is so.
        """
        if not low <= truth <= high:
            raise ValueError(
                f"{where}: concluded {low} to {high} of a count of {truth}, so the attacker reasons wrongly"
            )
        exact, present = low == high, low >= 1 and 1 <= truth <= FEW
        self.targets += times
        self.few += times * (1 <= truth <= FEW)
        self.exact += times * exact
        self.presences += times * present
        self.narrowest = min(self.narrowest, high - low)
        if (exact or present or high - low < self.least) and len(self.told) < TOLD:
            self.told.append(f"{where}: {truth} is known to be {low} to {high}")

    def add(self, other: "Tally") -> None:
        """Add another verdict to this one."""
        self.targets += other.targets
        self.few += other.few
        self.exact += other.exact
        self.presences += other.presences
        self.narrowest = min(self.narrowest, other.narrowest)
        self.told = (self.told + other.told)[:TOLD]

    @property
    def holds(self) -> bool:
        """Whether nothing was found that must not be."""
        return self.targets > 0 and not self.exact and not self.presences and self.narrowest >= self.least

    def __str__(self) -> str:
        width = "-" if self.narrowest == NONE_YET else str(self.narrowest)
        return f"{self.targets} targets, {self.exact} exact, {self.presences} certain, narrowest {width}"
