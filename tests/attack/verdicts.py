"""What an attack has found: counts known exactly, presences that are certain, and how wide the narrowest range is."""

from dataclasses import dataclass, field
from typing import Final

SMALL: Final = 9  # a true count from 1 to this is one that must not be known
FEW: Final = 4  # a true count from 1 to this is one whose presence must not be certain
NEVER_NARROWER: Final = 4
NONE_YET: Final = 10**9


@dataclass
class Tally:
    """The verdict on so many targets, of which each has to have a range at least ``least`` wide."""

    least: int = NEVER_NARROWER
    targets: int = 0
    exact: int = 0
    presences: int = 0
    narrowest: int = NONE_YET
    told: list[str] = field(default_factory=list)

    def judge(self, truth: int, low: int, high: int, where: str) -> None:
        """Judge one target by what can be concluded of its true count; raises ValueError if that is not even true."""
        if not low <= truth <= high:
            raise ValueError(
                f"{where}: concluded {low} to {high} of a count of {truth}, so the attacker reasons wrongly"
            )
        exact, present = low == high, low >= 1 and 1 <= truth <= FEW
        self.targets += 1
        self.exact += exact
        self.presences += present
        self.narrowest = min(self.narrowest, high - low)
        if exact or present or high - low < self.least:
            self.told.append(f"{where}: {truth} is known to be {low} to {high}")

    def add(self, other: "Tally") -> None:
        """Add another verdict to this one."""
        self.targets += other.targets
        self.exact += other.exact
        self.presences += other.presences
        self.narrowest = min(self.narrowest, other.narrowest)
        self.told += other.told

    @property
    def holds(self) -> bool:
        """Whether nothing was found that must not be."""
        return self.targets > 0 and not self.exact and not self.presences and self.narrowest >= self.least

    def __str__(self) -> str:
        width = "-" if self.narrowest == NONE_YET else str(self.narrowest)
        return f"{self.targets} targets, {self.exact} exact, {self.presences} certain, narrowest {width}"
