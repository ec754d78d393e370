"""Clock sentences: when most incidents happened, how term and holidays compare, how well times are known.

Plain figures first. A time is named only where it beats chance, and two rates are called different only then.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from geo import disclosure
from geo.arrays import Floats
from geo.clock.week_clock import Clock
from geo.errors import ThinDataError
from geo.wording import capital, count, figure

MIN_INCIDENTS: Final = 30
SIGNIFICANCE: Final = 0.05
MIN_TIMES_AVERAGE: Final = 1.25  # as many an hour as on average, below which a time is not worth naming
MONTHS_ONLY: Final = (
    "This dataset knows months, not days or times, so no clock can be drawn; look at its trend by month instead, or "
    "choose a dataset with times."
)

_WORKING_DAYS: Final = 5
_MORE: Final = {False: "a longer period, more areas or more kinds of harm", True: "more school years"}
_ROUNDING: Final = 5.0  # a protected figure is off by so much at most, and is moved that much towards chance
# Kinds of days that are judged separately: their words, position of the kind, first and last weekday.
_DAYS: Final = (
    ("on school days", 0, slice(0, _WORKING_DAYS)),
    ("at weekends in term", 0, slice(_WORKING_DAYS, 7)),
    ("in the holidays", 1, slice(0, 7)),
)


@dataclass(frozen=True, eq=False)
class _Spans:
    """Kinds of days × slots: incidents with a time of day, how many an even spread leaves there, p of as many."""

    n: Floats
    even: Floats
    p: Floats


def sentence(clock: Clock) -> str:
    """Say when incidents happen: the time with most of those that chance does not explain.

    School days, weekends in term and holidays are judged separately. For each slot of each the number of incidents is
    compared with an even spread over all hours of the periods, by the exact binomial test, one-sided; a slot stands out
    if its p is under 0.05 divided by the number of slots (Bonferroni) and it has 1.25 times as many an hour as on
    average. Of those the one with most incidents above the even spread is named. Incidents count once each, so several
    rows of one event would seem more sure than they are. Those spread over slots vary less than the binomial test takes
    them to, and figures of a release count 5 less than they are, as they may be rounded up: both err towards saying
    nothing. Incidents without a time of day are left out. Raises ThinDataError under 30 with one.
    """
    everyone = _require_enough(clock)
    spans = _spans(clock, everyone)
    times = np.divide(spans.n, spans.even, out=np.zeros(spans.n.shape), where=spans.even > 0)
    clear = (spans.p * spans.p.size < SIGNIFICANCE) & (times >= MIN_TIMES_AVERAGE) & (clock.shown(spans.n) > 0)
    timed = count(everyone, protected=clock.protected)
    if not clear.any():
        return f"No time of the week clearly stands out from chance, among {timed} with a known time."
    above = np.where(clear, spans.n - spans.even, -math.inf)
    group, slot = np.unravel_index(int(np.argmax(above)), above.shape)
    n = float(spans.n[group, slot])
    opening = "Mostly" if 2 * n >= everyone else "Most often"
    share = f"{figure(n, protected=clock.protected)} of {timed} with a known time"
    rate = f"{'about ' if clock.protected else ''}{times[group, slot]:.1f} times as many an hour as on average"
    return f"{opening} {_when(clock, int(slot))} {_DAYS[group][0]}: {share}, {rate}."


def term_and_holiday(clock: Clock) -> str:
    """Compare weekdays in term with weekdays in the holidays, by incidents a day, and say whether chance explains it.

    The test is the exact conditional binomial one of two rates, two-sided. All incidents whose day is known are in it,
    and no weekend; that of term is first moved by 5 towards what is expected where figures are rounded ones of a
    release. Raises ThinDataError when one kind has no days, or both together fewer than 30 incidents, or one of a
    release fewer than 10.
    """
    n = clock.shown(clock.by_day[:, :_WORKING_DAYS].sum(axis=1))
    days = clock.days[:, :_WORKING_DAYS].sum(axis=1)
    if not days.all():
        raise ThinDataError(
            "Term and holidays are compared by incidents a day, and these periods have no weekday of one of them; "
            "choose a longer period."
        )
    if n.sum() < MIN_INCIDENTS or (clock.protected and not n.all()):
        found = " and ".join(figure(each, protected=clock.protected) for each in n.tolist())
        raise ThinDataError(
            f"Comparing term with holidays needs at least {MIN_INCIDENTS} incidents on weekdays"
            f"{f', {disclosure.THRESHOLD} in each' if clock.protected else ''}, and here are {found}; "
            "choose a longer period."
        )
    term, holiday = (n / days).tolist()
    whole, share = round(float(n.sum())), float(days[0] / days.sum())
    beyond = float(n[0]) - whole * share
    held = n[0] - math.copysign(min(abs(beyond), _ROUNDING if clock.protected else 0.0), beyond)
    p = stats.binomtest(min(round(float(held)), whole), whole, share).pvalue
    about = "about " if clock.protected else ""
    verdict = "a real difference" if p < SIGNIFICANCE else "no real difference, as chance brings as much"
    return (
        f"On weekdays in term there were {about}{_rate(term)} incidents a day, on weekdays in the holidays "
        f"{about}{_rate(holiday)}: {verdict}."
    )


def basis(clock: Clock) -> str:
    """Say of how many incidents the time is known, and what is made of the others."""
    known, every = clock.precision, clock.total
    if clock.protected:
        total = capital(count(every, protected=True))
        return f"{total}; the time of {_count(clock, known.several)} is not known to one band of one day."
    parts = (
        (known.several, "spread over the times between their beginning and end"),
        (known.day_only, "known to the day only and spread over all its hours"),
        (known.long, "lasting over a week and spread over all of it"),
        (known.unknown, "without a date and left out"),
    )
    others = [f"{n:,} {words}" for n, words in parts if n]
    return "; ".join((f"{count(every, protected=False)}, {known.one:,} known to one time of a day", *others)) + "."


def _require_enough(clock: Clock) -> float:
    timed = clock.precision.one if clock.protected else clock.precision.timed
    n = float(clock.shown(np.array([float(timed)]))[0])
    if n < MIN_INCIDENTS:
        raise ThinDataError(
            f"Saying when incidents happen needs at least {MIN_INCIDENTS} with a time of day, and here are "
            f"{figure(n, protected=clock.protected)}; choose {_MORE[clock.protected]}."
        )
    return n


def _count(clock: Clock, n: float) -> str:
    return figure(float(clock.shown(np.array([float(n)]))[0]), protected=clock.protected)


def _spans(clock: Clock, everyone: float) -> _Spans:
    n = np.array([clock.timed[kind, days].sum(axis=0) for _, kind, days in _DAYS])
    number = np.array([clock.days[kind, days].sum() for _, kind, days in _DAYS], dtype=np.float64)
    minutes = np.outer(number, clock.slots.minutes)
    share = minutes / max(minutes.sum(), 1.0)
    held = np.floor(np.maximum(n - (_ROUNDING if clock.protected else 0.0), 0.0) + 1e-9)
    # An interval may reach into days that the periods do not have; nothing can be said of them.
    p = np.where(share > 0, stats.binom.sf(held - 1, round(everyone), share), 1.0)
    return _Spans(n, share * everyone, p)


def _when(clock: Clock, slot: int) -> str:
    name, span = clock.slots.names[slot], clock.slots.spans[slot]
    return span if span.startswith(name) else f"{span} ({name})"


def _rate(n: float) -> str:
    return f"{n:.2f}" if n < 10 else f"{n:,.1f}"
