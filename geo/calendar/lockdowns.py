"""Lockdowns: the periods in which England had orders to stay at home, which explain much of what changed then.

Health Protection (Coronavirus, Restrictions) Regulations 2020: from 26 March 2020 to June 2020, in November 2020, and
from January to March 2021.
"""

from collections.abc import Iterable
from typing import Final

MONTHS: Final = frozenset(("2020-03", "2020-04", "2020-05", "2020-06", "2020-11", "2021-01", "2021-02", "2021-03"))
_HALF_TERMS: Final = frozenset(("2019/20-4", "2019/20-5", "2019/20-6", "2020/21-2", "2020/21-3", "2020/21-4"))
_TERMS: Final = frozenset(("2019/20-T2", "2019/20-T3", "2020/21-T1", "2020/21-T2"))
_YEARS: Final = frozenset(("2019/20", "2020/21"))


def touched(periods: Iterable[str]) -> bool:
    """Return whether any of some periods, of whatever kind, holds days of a lockdown."""
    return bool(set(periods) & (MONTHS | _HALF_TERMS | _TERMS | _YEARS))
