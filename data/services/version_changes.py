"""What changed between two versions of a dataset, as far as the person who asks may see it."""

from data.principal import Principal
from data.services import visibility
from data.store.datasets import Dataset
from data.store.store import Store
from geo.counts import differences
from geo.counts.cube import Cube
from geo.counts.differences import Difference
from geo.errors import RefusedError
from geo.release.kinds import Exact, Protected, Released


def between(store: Store, principal: Principal, older: Dataset, newer: Dataset) -> Difference:
    """Compare two versions as this person may see them on screen.

    Raises RefusedError for people who do not see exact counts of a protected dataset: what is released of it belongs
    to the dataset, and not to one of its versions.
    """
    return differences.between(*(_cube(visibility.counts_of(store, principal, one)) for one in (older, newer)))


def released(store: Store, principal: Principal, older: Dataset, newer: Dataset) -> Difference:
    """Compare two versions by the counts that may be shared. Raises RefusedError for a protected dataset."""
    return differences.between(*(_cube(visibility.released_counts(store, principal, one)) for one in (older, newer)))


def _cube(counts: Released | Exact) -> Cube:
    if isinstance(counts, Protected):
        raise RefusedError(
            "Two versions can be compared by counts as they were brought in, and those of a protected dataset are for "
            "its custodians on screen only; ask one of them."
        )
    return counts.cube
