"""The two lenses: who sees exact counts, and what may leave the screen. Decided here, from the Principal."""

from typing import Final

from data.principal import Principal, Role
from data.store import area_sets, datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.counting import Cube, cube_from_cells
from geo.errors import RefusedError
from geo.released import Exact, Released

CUSTODIAN_ROLES: Final = frozenset({Role.DSL, Role.DEPUTY, Role.ANALYST})


def counts_of(store: Store, principal: Principal, dataset: Dataset) -> Released | Exact:
    """Give the counts of a dataset as this person may see them on screen.

    Open datasets are released as counted. Exact counts of a protected dataset go to custodians only: people of the
    organisation that owns it, as DSL, deputy or analyst. Raises RefusedError for everyone else.
    """
    if dataset.access is Access.OPEN:
        return Released(_cube(store, principal, dataset))
    if principal.organisation == dataset.owner and principal.role in CUSTODIAN_ROLES:
        return Exact(_cube(store, principal, dataset))
    raise RefusedError(_not_released(dataset))


def released_counts(store: Store, principal: Principal, dataset: Dataset) -> Released:
    """Give the counts of a dataset that may be shared.

    Raises RefusedError for a protected dataset without a release.
    """
    counts = counts_of(store, principal, dataset)
    if isinstance(counts, Released):
        return counts
    raise RefusedError(_not_released(dataset))


def _not_released(dataset: Dataset) -> str:
    return (
        f"Counts can be shared only once they are protected, and dataset {dataset.id} is a protected dataset that has "
        "not been released; look at it on screen as its custodian, or ask for an open dataset."
    )


def _cube(store: Store, principal: Principal, dataset: Dataset) -> Cube:
    return cube_from_cells(
        datasets.load_cells(store, principal, dataset),
        area_sets.load_area_set(store, principal, dataset.area_set_id).codes,
        dataset.gaps,
        dataset.harm_of,
        (dataset.first_month, dataset.last_month),
    )
