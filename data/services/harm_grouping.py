"""Which harm group each category of a dataset counts in: with its size for those who may see it, and moving it.

An open dataset is counted anew at once. Of a protected one each row is released once: what is released already was
counted by its groups of that time, and counting it again by others would be a second release. So its categories can be
moved until it releases for the first time, and after that with its next version, from where on the new groups hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.principal import Principal
from data.services import visibility
from data.store import regrouping, releases_at_rest
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo import harms
from geo.counts.cube import Cube
from geo.errors import InputError
from geo.harms import HARM_GROUPS, OTHER
from geo.release.kinds import Protected
from geo.release.ledger import Ledger
from geo.wording import how_many

RELEASED: Final = (
    "Figures of this dataset are released, and what is released keeps the groups it was released in; choose other "
    "groups when you bring its next version, from which on they hold."
)

IN_OTHER: Final = f"Grouped under “{HARM_GROUPS[OTHER]}”, which a school’s pages leave out until it is chosen"


@dataclass(frozen=True)
class CategorySize:
    """A category, the code of its harm group, and how many placed incidents it has; None where that is not shown."""

    category: str
    harm: str
    n: int | None


def sizes(store: Store, principal: Principal, dataset: Dataset) -> list[CategorySize]:
    """List the categories of a dataset with their sizes, the largest first.

    Whoever does not see the exact counts of a protected dataset gets its categories without sizes, by name.
    """
    counts = None
    if dataset.access is Access.OPEN or visibility.is_custodian(principal, dataset):
        counts = visibility.counts_of(store, principal, dataset)
    if counts is None or isinstance(counts, Protected):
        return [CategorySize(category, harm, None) for category, harm in sorted(dataset.harm_of.items())]
    found = sizes_in(counts.cube)
    absent = dataset.harm_of.keys() - {one.category for one in found}  # none of theirs is placed
    return [*found, *(CategorySize(category, dataset.harm_of[category], 0) for category in sorted(absent))]


def sizes_in(cube: Cube) -> list[CategorySize]:
    """List the categories of a cube with their sizes, the largest first."""
    by_size = sorted(zip(cube.n.sum(axis=(0, 1)).tolist(), cube.categories, cube.harm, strict=True), reverse=True)
    return [CategorySize(category, harm, n) for n, category, harm in by_size]


def say_other(listed: Sequence[CategorySize]) -> str | None:
    """Say what is grouped under “Other”, with sizes where they may be seen; None where nothing is."""
    others = [one for one in listed if one.harm == OTHER]
    if not others:
        return None
    said = (harms.category_label(one.category) + ("" if one.n is None else f" {one.n:,}") for one in others)
    in_all = "" if others[0].n is None else f"; {share_of_other(listed)}"
    return f"{IN_OTHER}: {', '.join(said)}{in_all}."


def share_of_other(listed: Sequence[CategorySize]) -> str:
    """Say how many incidents are grouped under “Other”, of how many in all."""
    held, whole = (sum(one.n or 0 for one in listed if one.harm in harm) for harm in ((OTHER,), HARM_GROUPS))
    return f"{held:,} of {how_many(whole)} placed" + (f" ({100 * held / whole:.0f} %)" if whole else "")


def may_move(principal: Principal, dataset: Dataset) -> bool:
    """Return whether a person may move the categories of a dataset, now or with its next version."""
    return not dataset.holds_marks and visibility.is_custodian(principal, dataset)


def why_not_now(store: Store, principal: Principal, dataset: Dataset) -> str | None:
    """Say why the categories of a dataset cannot be moved at once; None where they can. For those who may move them."""
    ledger = _ledger(store, principal, dataset)
    return RELEASED if ledger is not None and ledger.frozen else None


def move(store: Store, principal: Principal, dataset: Dataset, categories: Sequence[str], harm: str | None) -> str:
    """Let categories count in a harm group from now on, and say what changed.

    Raises InputError where nothing would change, where figures by the present groups are released, and as
    ``regrouping.regroup`` does; PermissionError for people who are no custodians of the dataset.
    """
    if not may_move(principal, dataset):
        raise PermissionError("Only custodians of a dataset of incidents can change its harm groups; ask one of them.")
    to_move = [name for name in sorted(categories) if dataset.harm_of.get(name, harm) != harm]
    if harm is None or harm not in HARM_GROUPS or not to_move:
        raise InputError(
            "A change needs at least one category and a group that it does not count in yet, and this names none; "
            "choose both."
        )
    ledger = _ledger(store, principal, dataset)
    if ledger is not None and ledger.frozen:
        raise InputError(RELEASED)
    seen = None if ledger is None else releases_at_rest.to_bytes(ledger)
    regrouping.regroup(store, principal, dataset, dict.fromkeys(to_move, harm), seen)
    return f"{harms.listed(to_move)} {'counts' if len(to_move) == 1 else 'count'} under “{HARM_GROUPS[harm]}” now."


def _ledger(store: Store, principal: Principal, dataset: Dataset) -> Ledger | None:
    return None if dataset.access is Access.OPEN else visibility.release_of(store, principal, dataset)
