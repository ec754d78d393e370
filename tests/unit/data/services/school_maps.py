"""Maps for print around a school, or of all areas, as tests ask for them."""

from datetime import date

from data.principal import LOCAL_USER, as_board
from data.services import extent_counts, print_maps, visibility
from data.services.print_maps import PrintedMap
from data.store import area_sets, datasets
from data.store.store import Store
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.counts.filters import Choice
from geo.views import extent
from geo.views.view import levels
from geo.views.widening import Wide

BOARD = as_board(LOCAL_USER)
TODAY = date(2026, 11, 30)


def school_map(store: Store, number: int, school: Place | None, choice: Choice, reach: Reach) -> PrintedMap:
    """Return the map of counts of a dataset around a school or, without one, of all its areas, as a board sees it."""
    dataset = datasets.load_dataset(store, BOARD, number)
    released = visibility.released_counts(store, BOARD, dataset)
    areas = area_sets.load_area_set(store, BOARD, dataset.area_set_id)
    part = extent.everywhere(areas)
    if school is not None:
        part = extent_counts.around(store, BOARD, dataset, areas, school, reach)
    asked = Wide(choice, levels(released, areas)[0])
    return print_maps.map_of_part(store, BOARD, dataset, released, areas, asked, part, TODAY)
