"""What cached loads are kept by: who asks, the view of a dataset that is looked at, and how each is hashed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Final, NamedTuple

from data.principal import Principal
from data.store.datasets import Access, Dataset
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.counts.filters import Choice
from geo.maps.measures import MeasureRequest
from geo.views.extent import Extent

SMALL: Final = 16  # entries kept of results that are small …
LARGE: Final = 4  # … and of large ones


class Asker(NamedTuple):
    """Who asks, the number of the store's last write when they did, and the day it was."""

    principal: Principal
    stamp: int
    today: date


@dataclass(frozen=True)
class ViewKey:
    """A dataset's counts by the units of one level, which stay the same through some school years.

    ``years`` is empty where areas never change, and ``eyes`` is for whom (``eyes_of``). ``loads.view_key`` makes one
    from the periods that are looked at.
    """

    dataset: Dataset
    level: str
    years: tuple[str, ...]
    eyes: Asker

    @property
    def area_set(self) -> tuple[int, Principal]:
        """What ``loads.area_set`` and other loads of the dataset's area set are asked by."""
        return self.dataset.area_set_id, self.eyes.principal


def eyes_of(dataset: Dataset, asking: Asker) -> Asker:
    """Return what the counts of a dataset depend on.

    An open version never changes, so only the person counts; a release depends on the store as it is.
    """
    return asking if dataset.access is Access.PROTECTED else Asker(asking.principal, 0, date.min)


def _view_in_words(key: ViewKey) -> str:
    return repr((key.dataset.seal, key.level, key.years, key.eyes))


# Keys are worked out at every click, and of all kinds text is hashed soonest. A version never changes, so its seal
# stands for all that it holds.
KEYS: Final[dict[str | type[Any], Callable[[Any], Any]]] = {
    Dataset: attrgetter("seal"),
    ViewKey: _view_in_words,
    Asker: repr,
    Principal: repr,
    Choice: repr,
    Extent: repr,
    MeasureRequest: repr,
    Place: repr,
    Reach: repr,
}
