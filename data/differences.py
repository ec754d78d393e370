"""What changed between two versions of a dataset, through the lens of the person who asks."""

from data import lens
from data.principal import Principal
from data.store.datasets import Dataset
from data.store.store import Store
from geo import differences
from geo.differences import Difference


def between(store: Store, principal: Principal, older: Dataset, newer: Dataset) -> Difference:
    """Set two versions side by side, as this person may see them on screen.

    Raises RefusedError, as ``lens.counts_of`` does, for people who may not see the counts of either.
    """
    first, second = (lens.counts_of(store, principal, one).cube for one in (older, newer))
    return differences.between(first, second)


def released(store: Store, principal: Principal, older: Dataset, newer: Dataset) -> Difference:
    """Set two versions side by side by the counts that may be shared.

    Raises RefusedError for a protected dataset without a release.
    """
    first, second = (lens.released_counts(store, principal, one).cube for one in (older, newer))
    return differences.between(first, second)
