"""Letting go of what is older than it is kept: what goes now, what goes soon and is said before, and doing it.

What an organisation has set acts at once. What is over only by default is removed after ``GRACE_DAYS`` days in which
*Datasets* says so: from the day on which this store first had defaults, or from the day on which it came in.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from data import private_files
from data.principal import Principal
from data.services import access_log, backups, damaged_files, partner_layers
from data.settings import settings
from data.store import retention
from data.store.retention import MONTHS_KEPT, SUPERSEDED_DAYS, Due, Retention
from data.store.store import Store
from geo.register.markers import say_day
from geo.wording import how_many

GRACE_DAYS: Final = 30
SINCE: Final = "retention-since"  # the file that says from which day on the defaults have been known here
_DEFAULT: Final = " (the default for protected data; open data for good)"


def due(store: Store, principal: Principal, today: date) -> list[Due]:
    """List what of the person's organisation is to be removed on a day."""
    return [one for one in retention.due(store, principal, today) if removed_on(one, today) <= today]


def coming(store: Store, principal: Principal, today: date) -> list[Due]:
    """List what is to be removed within the next ``GRACE_DAYS`` days, and not yet."""
    soon = today + timedelta(days=GRACE_DAYS)
    found = retention.due(store, principal, soon)
    return [one for one in found if today < removed_on(one, today) <= soon]


def removed_on(one: Due, today: date) -> date:
    """Return the first day on which something is removed."""
    if not one.by_default:
        return one.on
    return max(one.on, max(_since(today), one.added) + timedelta(days=GRACE_DAYS))


def let_go(store: Store, principal: Principal, today: date) -> list[Due]:
    """Remove what is due on a day, each with its audit row; returns what was removed."""
    removed = due(store, principal, today)
    retention.let_go(store, principal, removed)
    return removed


def tidy(store: Store, principal: Principal, today: date) -> list[Due]:
    """Remove all that is due on a day: also damaged files, old logs, what a backup left, and old partner layers."""
    damaged_files.remove_damaged(before=today)
    access_log.clear_old(today)
    backups.clear_left_over(datetime.now(UTC))
    partner_layers.let_go(store, principal, today)
    return let_go(store, principal, today)


def begin_grace(today: date) -> None:
    """Let the days of grace begin on a day: what a backup brings back is not removed before anybody has been told."""
    private_files.make_folder(_file().parent)
    private_files.write(_file(), f"{today.isoformat()}\n".encode())


def sentence(kept: Retention) -> str:
    """Say how long things are kept."""
    days, months = kept.superseded_days, kept.months_kept
    versions = f"superseded versions are kept {how_many(days or SUPERSEDED_DAYS, 'day', 'days')}"
    datasets = f"datasets {how_many(months or MONTHS_KEPT, 'month', 'months')} after their last month"
    return f"{versions}{_DEFAULT if months and not days else ''}, {datasets}{'' if months else _DEFAULT}."


def said_before(listed: Sequence[Due], today: date) -> list[str]:
    """Say what will be removed and from when on, a sentence for each day."""
    by_day: dict[date, list[Due]] = {}
    for one in listed:
        by_day.setdefault(removed_on(one, today), []).append(one)
    many = ("dataset or version", "datasets or versions")
    return [
        f"From {say_day(day.isoformat())} on, {how_many(len(of_day), *many)} will be removed for good: "
        f"{'; '.join(map(named, of_day))}."
        for day, of_day in sorted(by_day.items())
    ]


def named(one: Due) -> str:
    """Name a dataset or one of its versions."""
    return f"“{one.dataset.title}”" + ("" if one.number is None else f", version {one.number}")


def _since(today: date) -> date:
    """Return the day from which on the defaults have been known here: today, where that was never written down."""
    with suppress(OSError, ValueError):
        return date.fromisoformat(_file().read_text(encoding="utf-8").strip())
    with suppress(OSError):  # asked again, it will be a later day, and nothing goes too soon
        begin_grace(today)
    return today


def _file() -> Path:
    return settings().local_context_home / SINCE
