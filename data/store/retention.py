"""How long datasets are kept, and letting go of what is older."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.principal import Principal, Role
from data.store import outer_seals, versions
from data.store import tables as t
from data.store.bounds import LONGEST_RETENTION
from data.store.datasets import Dataset, datasets, history
from data.store.store import Store, require_role
from data.store.stored_values import days_before
from geo.errors import InputError


@dataclass(frozen=True)
class Retention:
    """How long an organisation keeps things; None is for good.

    ``superseded_days``: days that a version is kept after another has superseded it. ``months_kept``: months that a
    dataset is kept after its last month.
    """

    superseded_days: int | None = None
    months_kept: int | None = None


@dataclass(frozen=True)
class Due:
    """A dataset (``number`` None) or one version of it whose time is over."""

    dataset: Dataset
    number: int | None


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
                f"A span must be between 1 and {LONGEST_RETENTION:,}, and it is not; leave it blank to keep for good."
            )
    values = {"superseded_days": settings.superseded_days, "months_kept": settings.months_kept}
    own = t.organisation.c.key == principal.organisation
    said = f"superseded versions {settings.superseded_days} days, datasets {settings.months_kept} months"
    with store.writing(principal, "set retention", said) as connection:
        connection.execute(t.organisation.update().where(own).values(values))
        outer_seals.seal(connection, t.organisation, principal.organisation)


def due(store: Store, principal: Principal, today: date) -> list[Due]:
    """List what of the person's organisation is to be let go of on a day."""
    settings = retention(store, principal)
    found: list[Due] = []
    for dataset in datasets(store, principal):
        if dataset.owner == principal.organisation:
            if _is_over(dataset.last_month, settings.months_kept, today):
                found.append(Due(dataset, None))
            else:
                found += [Due(dataset, number) for number in _superseded(store, principal, dataset, settings, today)]
    return found


def let_go(store: Store, principal: Principal, today: date) -> list[Due]:
    """Remove what is due on a day, each with its audit row; give what was removed."""
    removed = due(store, principal, today)
    for one in removed:
        versions.remove(store, principal, one.dataset.id, one.number)
    return removed


def _superseded(store: Store, principal: Principal, dataset: Dataset, settings: Retention, today: date) -> list[int]:
    if settings.superseded_days is None:
        return []
    limit = days_before(f"{today.isoformat()}T00:00:00+00:00", settings.superseded_days)
    old = history(store, principal, dataset.id)
    return [one.number for one in old if one.superseded_at is not None and one.superseded_at < limit]


def _is_over(last_month: str, months_kept: int | None, today: date) -> bool:
    if months_kept is None:
        return False
    year, month = (int(part) for part in last_month.split("-"))
    return (today.year - year) * 12 + today.month - month > months_kept
