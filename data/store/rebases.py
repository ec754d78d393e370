"""Rebased baselines: the days from which charts compute a new usual range, each set by a person for a reason.

A chart never moves its limits by itself, since limits that follow the figures would hide what they are there to show.
What was set is never deleted: it is withdrawn, and stays in the history.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.principal import Principal
from data.screening.short_texts import require_clean_words
from data.store import seals
from data.store import tables as t
from data.store.datasets import load_dataset
from data.store.store import Store, added_by, now
from geo.errors import InputError


@dataclass(frozen=True)
class Rebased:
    """One day from which a chart computes its usual range from the figures that follow.

    ``harm`` is a code of geo.harms, "" for all that are chosen together; ``level`` and ``area`` name the unit, "" for
    the whole place. ``first_day`` is the first day of the period that the new range begins with. ``withdrawn_at`` and
    ``withdrawn_by`` are None while it is in force.
    """

    id: int
    dataset_id: int
    harm: str
    level: str
    area: str
    first_day: date
    reason: str
    added_at: str
    added_by: str
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None


def rebase(
    store: Store,
    principal: Principal,
    dataset_id: int,
    harm: str,
    level: str,
    area: str,
    first_day: date,
    reason: str,
) -> int:
    """Rebase a chart of a dataset from a day on, for the person's organisation; returns the number.

    Raises InputError when the person can see no such dataset, for a reason that ``require_clean_words`` refuses, and
    when the same chart is rebased on the same day already; PermissionError for a role that only looks.
    """
    require_clean_words("A reason", reason)
    load_dataset(store, principal, dataset_id)
    chart: dict[str, object] = {
        "owner": principal.organisation,
        "dataset_id": dataset_id,
        "harm": harm,
        "level": level,
        "area": area,
        "first_day": first_day.isoformat(),
    }
    same = sa.and_(t.baseline.c.withdrawn_at.is_(None), *(t.baseline.c[name] == value for name, value in chart.items()))
    with store.writing(principal, "rebase", f"dataset {dataset_id}, from {first_day}") as connection:
        if connection.scalar(sa.select(t.baseline.c.id).where(same)) is not None:
            raise InputError(
                f"A chart can be rebased once on a day, and this one is from {first_day} already; withdraw that "
                "first, or choose another day."
            )
        values = chart | {"reason": reason.strip(), "withdrawn_at": None, "withdrawn_by": None} | added_by(principal)
        return seals.insert(connection, t.baseline, values)


def withdraw(store: Store, principal: Principal, baseline_id: int) -> None:
    """Withdraw a rebased baseline; it stays in the history.

    Raises InputError when the organisation has none of this number in force.
    """
    this = sa.and_(
        t.baseline.c.id == baseline_id,
        t.baseline.c.owner == principal.organisation,
        t.baseline.c.withdrawn_at.is_(None),
    )
    with store.writing(principal, "withdraw rebase", f"baseline {baseline_id}") as connection:
        row = connection.execute(sa.select(t.baseline).where(this)).mappings().one_or_none()
        if row is None:
            raise InputError(
                f"Only a baseline in force of your own organisation can be withdrawn, and {baseline_id} is none; "
                "choose another."
            )
        seals.require_seal(connection, row, f"baseline {baseline_id}")
        ended = seals.sealed(connection, {**row, "withdrawn_at": now(), "withdrawn_by": principal.who})
        connection.execute(t.baseline.update().where(t.baseline.c.id == baseline_id).values(ended))


def rebased(store: Store, principal: Principal, dataset_id: int) -> list[Rebased]:
    """List the rebased baselines of a dataset that are in force for the person's organisation, by their first day."""
    return [one for one in history(store, principal, dataset_id) if one.withdrawn_at is None]


def history(store: Store, principal: Principal, dataset_id: int) -> list[Rebased]:
    """List every baseline that the person's organisation has set for a dataset, the withdrawn too, by first day."""
    own = sa.and_(t.baseline.c.owner == principal.organisation, t.baseline.c.dataset_id == dataset_id)
    query = sa.select(t.baseline).where(own).order_by(t.baseline.c.first_day, t.baseline.c.id)
    with store.reading(principal) as connection:
        rows = connection.execute(query).mappings().all()
        for row in rows:
            seals.require_seal(connection, row, f"baseline {row['id']}")
    return [_rebased(row) for row in rows]


def _rebased(row: sa.RowMapping) -> Rebased:
    kept = {name: value for name, value in row.items() if name not in ("owner", seals.SEAL)}
    return Rebased(**kept | {"first_day": date.fromisoformat(row["first_day"])})
