"""What is new in the list of datasets since a person last looked at it."""

from collections.abc import Sequence

from data.principal import Principal, Role
from data.services import visibility
from data.store import datasets, last_looks
from data.store.datasets import Dataset
from data.store.store import Store
from geo.register.markers import say_day
from geo.wording import how_many


def since_last_look(store: Store, principal: Principal) -> list[str]:
    """Return a sentence for each dataset that shows a version which came in since this person last looked.

    They look now: asked again, it returns what came since. To a person who never looked nothing is new, nor to one
    whose role only looks, of whom no look is written down.
    """
    before = last_looks.last_look(store, principal)
    shown = datasets.datasets(store, principal)
    new = [] if before is None else [one for one in shown if one.added_at >= before]
    if principal.role is not Role.BOARD and (new or before is None):
        last_looks.look(store, principal)
    return [
        sentence(datasets.history(store, principal, one.id), str(before), exact=visibility.sees_exact(principal, one))
        for one in new
    ]


def sentence(history: Sequence[Dataset], before: str, *, exact: bool) -> str:
    """Say what the shown version of a dataset, whose versions these are, brought since a moment.

    How many months it brought is said only where the dataset may be told as it is (``exact``).
    """
    [shown] = [one for one in history if one.is_current]
    when = f"on {say_day(shown.added_at[:10])} by {shown.added_by}"
    known = [one for one in history if one is not shown and one.added_at <= before]
    if not known:
        return f"“{shown.title}” came in {when}."
    if not exact:
        return f"A new version of “{shown.title}” came in {when}."
    added = set(_supplied(shown)) - set(_supplied(max(known, key=lambda one: one.number)))
    if not added:
        return f"Figures of “{shown.title}” were brought in again {when}."
    return f"{how_many(len(added), 'month was', 'months were')} added to “{shown.title}” {when}."


def _supplied(dataset: Dataset) -> list[str]:
    return [month for month in dataset.months if month not in dataset.gaps]
