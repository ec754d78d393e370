"""Visibility: who sees exact counts, and what may be shared. Decided here, from the Principal."""

from typing import Final

from data.principal import Principal, Role
from data.services import releasing
from data.store import area_sets, datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.counts.cube import Cube, cube_from_cells
from geo.errors import RefusedError
from geo.release.kinds import Exact, Open, Protected, Released
from geo.release.ledger import Ledger

CUSTODIAN_ROLES: Final = frozenset({Role.DSL, Role.DEPUTY, Role.ANALYST})


def is_custodian(principal: Principal, dataset: Dataset) -> bool:
    """Return whether a person sees exact counts of a protected dataset: as DSL, deputy or analyst of its owner."""
    return principal.organisation == dataset.owner and principal.role in CUSTODIAN_ROLES


def sees_exact(principal: Principal, dataset: Dataset) -> bool:
    """Return whether a person may be told a dataset as it is: an open one, or one whose custodian they are."""
    return dataset.access is Access.OPEN or is_custodian(principal, dataset)


def counts_of(store: Store, principal: Principal, dataset: Dataset) -> Released | Exact:
    """Return the counts of a dataset as this person may see them on screen.

    Exact counts of a protected dataset go to its custodians only; all others see what is released of it. Raises
    RefusedError when nothing is.
    """
    if dataset.access is Access.PROTECTED and is_custodian(principal, dataset):
        return Exact(_cube(store, principal, dataset))
    return released_counts(store, principal, dataset)


def released_counts(store: Store, principal: Principal, dataset: Dataset) -> Released:
    """Return the counts of a dataset that may be shared: those of an open one, the release of a protected one.

    Raises RefusedError for a protected dataset of which nothing is released, and for young people's marks.
    """
    if dataset.holds_marks:
        raise RefusedError(
            f"Only incidents are counted here, and dataset {dataset.id} holds young people’s marks, which are no "
            "incidents; look at them under “Safe and unsafe places”, or name a dataset of incidents."
        )
    if dataset.access is Access.OPEN:
        return Open(_cube(store, principal, dataset))
    return _release(store, principal, dataset)


def is_released(store: Store, principal: Principal, dataset: Dataset) -> bool:
    """Return whether there are counts of a dataset that may be shared; there are none of young people's marks."""
    if dataset.holds_marks:
        return False
    if dataset.access is Access.OPEN:
        return True
    ledger = releasing.ledger_of(store, principal, dataset)
    return ledger is not None and bool(ledger.frozen)


def released_marks(store: Store, principal: Principal, dataset: Dataset) -> Protected:
    """Return what is released of young people's marks, by what they feel; whoever asks, custodians too.

    Raises RefusedError where nothing is, and for any other dataset.
    """
    if not dataset.holds_marks or dataset.access is not Access.PROTECTED:
        raise RefusedError(
            f"Safe and unsafe places are told by protected marks, and dataset {dataset.id} holds none; "
            "name a dataset of marks."
        )
    return _release(store, principal, dataset)


def _release(store: Store, principal: Principal, dataset: Dataset) -> Protected:
    ledger = releasing.ledger_of(store, principal, dataset)
    if ledger is None or not ledger.frozen:
        raise RefusedError(_not_released(dataset))
    return ledger.released


def release_of(store: Store, principal: Principal, dataset: Dataset) -> Ledger | None:
    """Return the ledger of a protected dataset's release, with its exact counts; None when nothing is released.

    Raises RefusedError for people who may not see exact counts.
    """
    if not is_custodian(principal, dataset):
        raise RefusedError(
            "How close a release is to the exact counts is for custodians of the dataset only; ask one of them."
        )
    return releasing.ledger_of(store, principal, dataset)


def _not_released(dataset: Dataset) -> str:
    return (
        f"Counts can be shared only once they are protected, and no half-term of the protected dataset {dataset.id} "
        "is released; bring it in again when a half-term has been over for 14 days, or ask for an open dataset."
    )


def _cube(store: Store, principal: Principal, dataset: Dataset) -> Cube:
    return cube_from_cells(
        datasets.load_cells(store, principal, dataset),
        area_sets.load_area_set(store, principal, dataset.area_set_id).codes,
        dataset.gaps,
        dataset.harm_of,
        (dataset.first_month, dataset.last_month),
    )
