"""What protection costs: how far a release is from the truth, in totals, zones and the order of zones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from geo.views.view import view_counts
from tests.attack.verdicts import FEW
from tests.attack.worlds import town

WITHIN: Final = 4  # of the true total, after every half-term
MEAN_ZONE: Final = 2.0
TOP: Final = 5
TOP_KEPT: Final = 0.95


@dataclass
class Closeness:
    """Errors (shown less true) of one or more releases.

    ``totals`` are those of all that was released by the end of each half-term, from the fifth incident on: fewer may be
    shown as none at all. ``zones`` are those of a zone's total in a school year, ``whole`` those of a zone's total over
    the whole release, and ``elsewhere`` both of what is left over from the zones; ``kept`` of ``top`` zones stayed on
    top.
    """

    totals: list[int] = field(default_factory=list)
    zones: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)
    kept: int = 0
    top: int = 0

    def add(self, other: "Closeness") -> None:
        """Add the errors of other releases."""
        self.totals += other.totals
        self.zones += other.zones
        self.whole += other.whole
        self.elsewhere += other.elsewhere
        self.kept += other.kept
        self.top += other.top

    @property
    def total_mean(self) -> float:
        """The mean error of totals so far."""
        return _mean(self.totals)

    @property
    def total_largest(self) -> int:
        """The largest error of totals so far."""
        return _largest(self.totals)

    @property
    def zone_mean(self) -> float:
        """The mean error of a zone's school year."""
        return _mean(self.zones)

    @property
    def zone_largest(self) -> int:
        """The largest error of a zone's school year."""
        return _largest(self.zones)

    @property
    def whole_mean(self) -> float:
        """The mean error of a zone's years together."""
        return _mean(self.whole)

    @property
    def whole_largest(self) -> int:
        """The largest error of a zone's years together."""
        return _largest(self.whole)


def measure(ledger: Ledger, pooled: Counts) -> Closeness:
    """Set a release beside the exact counts by area, half-term and harm group that it was made from."""
    released = ledger.released
    found = Closeness()
    shown, true = np.cumsum([one.sum() for one in released.shown]), np.cumsum(pooled.sum(axis=(0, 2)))
    found.totals = (shown - true)[true > FEW].tolist()
    years = list(dict.fromkeys(one.year for one in released.periods))
    for span in [[year] for year in years] + [years]:
        _add_span(found, ledger, pooled, span)
    return found


def _add_span(found: Closeness, ledger: Ledger, pooled: Counts, years: Sequence[str]) -> None:
    seen = view_counts(ledger.released, town(), "zone", years)
    inside = [at for at, one in enumerate(ledger.released.periods) if one.year in set(years)]
    true = np.zeros(len(seen.units.codes), dtype=np.int64)
    np.add.at(true, seen.units.member, pooled[:, inside].sum(axis=(1, 2)))
    shown = seen.cube.n.sum(axis=(1, 2))
    named = np.flatnonzero(~np.asarray(seen.elsewhere, dtype=bool))
    if len(named):
        top = named[np.argsort(-true[named], kind="stable")[:TOP]]
        found.top += len(top)
        found.kept += int(np.count_nonzero(shown[top] >= np.sort(shown[named])[-len(top)]))
    errors, apart = shown - true, np.asarray(seen.elsewhere, dtype=bool)
    (found.zones if len(years) == 1 else found.whole).extend(errors[~apart].tolist())
    found.elsewhere += errors[apart].tolist()


def _mean(errors: Sequence[int]) -> float:
    return float(np.mean(np.abs(errors))) if errors else 0.0


def _largest(errors: Sequence[int]) -> int:
    return max((abs(error) for error in errors), default=0)
