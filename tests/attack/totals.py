"""The totals of half-terms: what can be concluded of each from the run of all that are shown.

Whoever knows the rule lists every run of true totals that it can have shown so. A half-term that none of these leaves
empty held something for certain. The first half-term with data is known to hold something in any case, since it is
told when the data begin; so it is reported apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from tests.attack.feasible import STEP
from tests.attack.rules import FIRST, Rule, Totals
from tests.attack.verdicts import FEW, Share

_ASIDE: Final = np.arange(-12, 13)  # true sums so far that are looked at, less the shown one
_MOST: Final = 10**9


@dataclass
class TotalsFound:
    """Of true totals of 1 to 4, those that are certain not to be none; of totals raised by 5, those that are none.

    ``first`` are those of first half-terms and ``rest`` all others; of both, ``exact`` are known exactly. ``unfit`` are
    releases that no run fits.
    """

    rest: Share = field(default_factory=Share)
    first: Share = field(default_factory=Share)
    exact: Share = field(default_factory=Share)
    none_of_raised: Share = field(default_factory=Share)
    unfit: int = 0

    def add(self, other: "TotalsFound") -> None:
        """Add what was found in other releases."""
        self.rest.add(other.rest)
        self.first.add(other.first)
        self.exact.add(other.exact)
        self.none_of_raised.add(other.none_of_raised)
        self.unfit += other.unfit


def attack(
    ledger: Ledger, rule: Rule, one_harm: bool = False, contributors: int = 1, continued: int = 0
) -> TotalsFound:
    """Conclude what each half-term of a release held, its cells taken for known.

    The first ones, as many as are ``continued``, were released by the first edition and are not judged again. Where
    all is of one harm group, which is then no secret, the other cells are known to hold nothing.
    """
    found = TotalsFound()
    shown = np.array([one.shown.sum() for one in ledger.frozen])
    true = np.array([one.exact.sum() for one in ledger.frozen])
    found.none_of_raised.count(true[1:][shown[1:] == STEP] == 0)
    by_cells = [one.shown[:, _of_most(ledger)] if one_harm else one.shown for one in ledger.frozen]
    least = np.array([np.maximum(cells - contributors * STEP, 0).sum() for cells in by_cells])
    most = np.array([(cells + contributors * (STEP - 1)).sum() for cells in by_cells])
    by_rules = [FIRST.totals] * continued + [rule.totals_of(contributors)] * (len(shown) - continued)
    between = ranges(shown, by_rules, least, most)
    if between is None:
        found.unfit += 1
        return found
    low, high = between
    if ((true < low) | (true > high)).any():
        raise ValueError("a total is not what was concluded, so the attacker reasons wrongly")
    few = (true >= 1) & (true <= FEW) & (np.arange(len(true)) >= continued)
    began = np.cumsum(true) == true  # nothing before it
    found.exact.count((low == high)[few])
    found.first.count(low[few & began] >= 1)
    found.rest.count(low[few & ~began] >= 1)
    return found


def ranges(
    shown: Counts, rules: Sequence[Totals], least: Counts, most: Counts | None = None
) -> tuple[Counts, Counts] | None:
    """Return the least and the largest true total of each half-term, from the shown ones; None where no run fits.

    ``rules`` are those of each half-term.
    ``least`` and ``most`` are what is known of each from elsewhere, as one's own incidents are.
    """
    sums = np.concatenate([[0], np.cumsum(shown)])
    most = np.full(len(shown), _MOST) if most is None else most
    steps, forward = [], [_ASIDE == 0]
    for at in range(len(shown)):
        before, after = sums[at] + _ASIDE[:, np.newaxis], sums[at + 1] + _ASIDE[np.newaxis]
        new = after - before
        allowed = (new >= least[at]) & (new <= most[at]) & (before >= 0)
        allowed &= rules[at].leads(int(sums[at]), np.broadcast_to(after, new.shape), new, int(sums[at + 1]))
        allowed &= forward[-1][:, np.newaxis]
        steps.append((new, allowed))
        forward.append(allowed.any(axis=0))
    if not forward[-1].any():
        return None
    low, high = np.zeros_like(shown), np.zeros_like(shown)
    backward = forward[-1]
    for at in reversed(range(len(shown))):
        new, allowed = steps[at]
        allowed = allowed & backward[np.newaxis]
        low[at], high[at] = new[allowed].min(), new[allowed].max()
        backward = allowed.any(axis=1)
    return low, high


def _of_most(ledger: Ledger) -> int:
    """Return the harm group that most is shown of."""
    return int(np.sum([one.shown.sum(axis=0) for one in ledger.frozen], axis=0).argmax())
