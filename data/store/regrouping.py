"""Moving the categories of a dataset to other harm groups, and what the store keeps of such a change.

Which group a category counts in belongs to the dataset, so that it changes in all its versions alike; what a version
holds of its file never changes. Each says in a note who moved which categories, and when. The audit names no category,
since categories are words from files: it says how many moved, and between which groups.
"""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from data.principal import Principal, Role
from data.store import mappings, releases, seals
from data.store import tables as t
from data.store.datasets import Dataset, require_own
from data.store.store import Store, now, require_role
from geo import harms
from geo.errors import InputError
from geo.harms import Moves
from geo.register.markers import say_day
from geo.wording import how_many

REGROUPED: Final = "move categories"  # the action of the audit


def regroup(
    store: Store, principal: Principal, dataset: Dataset, moved: Mapping[str, str], released: bytes | None
) -> None:
    """Let categories of a dataset count in other harm groups, in every version of it, in one transaction.

    ``moved`` has the code of the new group of each category; ``released`` is what the dataset had released when it was
    decided that this may be done. Raises InputError when the dataset is not the person's own, or was changed or
    released meanwhile; PermissionError for roles that are no custodians.
    """
    require_role(principal, Role.DSL, Role.DEPUTY, Role.ANALYST)
    said = subject(dataset.id, harms.moves(dataset.harm_of, moved))
    with store.writing(principal, REGROUPED, said) as connection:
        require_own(connection, principal, dataset.id)
        releases.require_same(connection, dataset.id, released)
        _require_unchanged(connection, dataset)
        of_dataset = t.version.c.dataset_id == dataset.id
        for row in connection.execute(sa.select(t.version).where(of_dataset)).mappings().all():
            seals.require_seal(connection, row, f"dataset {dataset.id}")
            found = harms.moves(row["harm_of"], moved)
            note = harms.say_moves(found, say_day(now()[:10]), principal.who)
            if found:
                values = {"harm_of": _moved(row["harm_of"], moved), "notes": [*row["notes"], note]}
                this = t.version.c.id == row["id"]
                connection.execute(t.version.update().where(this).values(seals.sealed(connection, {**row, **values})))
        mappings.move(connection, dataset.owner, dataset.kind, dataset.source, dict(moved))


def subject(dataset_id: int, found: Moves) -> str:
    """Say for the audit how many categories of a dataset moved between which groups, and name none of them."""
    said = (
        f"{how_many(len(categories), 'category', 'categories')} from {before} to {after}"
        for (before, after), categories in found.items()
    )
    return f"dataset {dataset_id}: {', '.join(said)}"


def _moved(harm_of: Mapping[str, str], moved: Mapping[str, str]) -> dict[str, str]:
    return {category: moved.get(category, harm) for category, harm in harm_of.items()}


def _require_unchanged(connection: sa.Connection, dataset: Dataset) -> None:
    this = sa.and_(t.version.c.dataset_id == dataset.id, t.version.c.number == dataset.number)
    if connection.scalar(sa.select(t.version.c.seal).where(this)) != dataset.seal:
        raise InputError(
            f"A dataset must be as it was when its groups were looked at, and somebody else has changed dataset "
            f"{dataset.id} meanwhile; look at it again."
        )
