"""Finding: one cluster or one change *detected* in data, as the search returns it and the page shows it.

Known places are hotspots and stand on the register; a finding is never called one.
"""

from dataclasses import dataclass
from enum import StrEnum

from geo.statistics.emerging import Pattern


class FindingKind(StrEnum):
    """What was detected."""

    CLUSTER = "cluster"  # neighbouring areas hold more, now, than their own past leads one to expect
    PATTERN = "pattern"  # areas stand out from the others, in a way that has a name
    RISE = "rise"  # an area rose from the year before, apart from the others
    FALL = "fall"  # an area fell from the year before, apart from the others


@dataclass(frozen=True)
class Finding:
    """One thing detected in the counts of one harm group, or of several together.

    ``units`` are positions in the view that was searched, at ``level``, the one that stands out most first.
    ``periods`` are those it is about. ``observed`` incidents are compared with ``expected`` ones, which for a rise or a
    fall are those of the same periods a year before. ``usual`` is what the place itself held in as many of its earlier
    periods, on average, while ``expected`` of a cluster has moved with the general course since. ``low`` and ``high``
    are the ends of the 95 % interval of ``ratio``, NaN where the method has none. ``elsewhere`` is how many times as
    many all other areas that were searched together have as a year before, and ``share`` the part of ``observed`` that
    lies in the first unit. ``growth`` is how many times its
    earlier share of all incidents a place holds now. ``score`` is how strong it is, in standard
    deviations. ``p`` is how often a search like this one tells as much of its
    kind by chance.
    """

    kind: FindingKind
    harms: tuple[str, ...]
    level: str
    units: tuple[int, ...]
    periods: tuple[str, ...]
    observed: float
    expected: float
    ratio: float
    p: float
    share: float
    low: float = float("nan")
    high: float = float("nan")
    elsewhere: float = float("nan")
    usual: float = float("nan")
    growth: float = float("nan")
    score: float = 0.0
    pattern: Pattern = Pattern.NONE

    @property
    def rising(self) -> bool:
        """Whether there is more of it than there was, or than elsewhere."""
        return self.ratio > 1
