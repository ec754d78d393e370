"""Where the search box of a dataset's map asks, and which places it lists first."""

from data.store.datasets import Dataset
from geo.areas.proximity import Place
from pages.components.maps.map_view import SearchSource
from pages.routes.search import SEARCH


def search_around(dataset: Dataset, school: Place | None) -> SearchSource:
    """Return the search among the places of a dataset's areas, those near a school first."""
    return SearchSource(SEARCH, dataset.id, None if school is None else (school.lon, school.lat))
