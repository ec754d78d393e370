"""How long datasets are kept, and letting go of what is older."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from data.principal import Principal, Role
from data.store import outer_seals, versions
from data.store import tables as t
from data.store.bounds import LONGEST_RETENTION
from data.store.datasets import Access, Dataset, datasets, history
from data.store.store import Store, require_role
from geo.calendar import months
from geo.errors import InputError

SUPERSEDED_DAYS: Final = 365  # of a version of protected data, where the organisation has set nothing
MONTHS_KEPT: Final = 72  # of protected data after their last month: six years


@dataclass(frozen=True)
class Retention:
    """How long an organisation keeps things; None is the default, which is for protected data only.

    ``superseded_days``: days that a version is kept after another has superseded it. ``months_kept``: months that a
    dataset is kept after its last month. Open data, published already, are kept for good where nothing is set.
    """

    superseded_days: int | None = None
    months_kept: int | None = None


@dataclass(frozen=True)
class Due:
    """A dataset (``number`` None) or one version of it whose time is over from the day ``on``.

    ``by_default`` says that nobody has set this time, and ``added`` is the day on which it came in.
    """

    dataset: Dataset
    number: int | None
    on: date
    by_default: bool
    added: date


def retention(store: Store, principal: Principal) -> Retention:
    """Return how long the person's organisation keeps things."""
    columns = t.organisation.c
    query = sa.select(columns.superseded_days, columns.months_kept).where(columns.key == principal.organisation)
    with store.reading(principal) as connection:
        row = connection.execute(query).one_or_none()
        outer_seals.require(connection, t.organisation, principal.organisation)
    return Retention() if row is None else Retention(*row)


def put_retention(store: Store, principal: Principal, settings: Retention) -> None:
    """Set how long the person's organisation keeps things. Raises InputError for one that is too long."""
    require_role(principal, Role.ANALYST, Role.ADMIN)
    for span in (settings.superseded_days, settings.months_kept):
        if span is not None and not 1 <= span <= LONGEST_RETENTION:
            raise InputError(
                f"A span must be between 1 and {LONGEST_RETENTION:,}, and it is not; leave it blank for the default."
            )
    values = {"superseded_days": settings.superseded_days, "months_kept": settings.months_kept}
    own = t.organisation.c.key == principal.organisation
    days, kept = ("default" if span is None else span for span in (settings.superseded_days, settings.months_kept))
    said = f"superseded versions: {days} (days), datasets: {kept} (months)"
    with store.writing(principal, "set retention", said) as connection:
        connection.execute(t.organisation.update().where(own).values(values))
        outer_seals.seal(connection, t.organisation, principal.organisation)


def due(store: Store, principal: Principal, today: date) -> list[Due]:
    """List what of the person's organisation is older on a day than it is kept, whether or not it goes at once."""
    settings = retention(store, principal)
    found: list[Due] = []
    for dataset in datasets(store, principal):
        if dataset.owner == principal.organisation:
            whole = _whole(dataset, settings)
            if whole is not None and whole.on <= today:
                found.append(whole)
            else:
                versions_over = _superseded(history(store, principal, dataset.id), settings)
                found += [one for one in versions_over if one.on <= today]
    return found


def let_go(store: Store, principal: Principal, over: Sequence[Due]) -> None:
    """Remove what is older than it is kept, each with its audit row."""
    for one in over:
        versions.remove(store, principal, one.dataset.id, one.number)


def _whole(dataset: Dataset, settings: Retention) -> Due | None:
    """Return from when on all of a dataset is older than it is kept; None where it is kept for good."""
    kept = _span(dataset, settings.months_kept, MONTHS_KEPT)
    if kept is None:
        return None
    on = date.fromisoformat(f"{months.shift(dataset.last_month, kept + 1)}-01")
    return Due(dataset, None, on, settings.months_kept is None, _day(dataset.added_at))


def _superseded(kept: Sequence[Dataset], settings: Retention) -> Iterator[Due]:
    """Yield from when on each version that another has superseded is older than it is kept."""
    for one in kept:
        days = _span(one, settings.superseded_days, SUPERSEDED_DAYS)
        if one.superseded_at is not None and days is not None:
            on = _day(one.superseded_at) + timedelta(days=days + 1)
            yield Due(one, one.number, on, settings.superseded_days is None, _day(one.added_at))


def _span(dataset: Dataset, given: int | None, default: int) -> int | None:
    return default if given is None and dataset.access is Access.PROTECTED else given


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])
