"""Maps without a base map have names: wards for everybody, streets of open datasets, and nothing that is protected."""

import gzip
import json
from datetime import date
from pathlib import Path

from data.principal import LOCAL_USER
from data.services import importing
from data.store.datasets import Access
from data.store.store import Store
from pages.routes.transient_files import offered
from tests.pages.conftest import Open
from tests.pages.shown import Shown
from tests.unit.data import small_place

PLANTED = "Zebedee"


def names_of(shown: Shown) -> list[tuple[str, str]]:
    """Return the kinds and names that the page's map is labelled with."""
    digest = shown.payload["names"].removeprefix("/lc/geometry/").removesuffix(".json")
    packed = offered(digest)
    assert packed is not None
    return [(one["properties"]["k"], one["properties"]["n"]) for one in json.loads(gzip.decompress(packed))["features"]]


def a_home(folder: Path, access: Access) -> Path:
    """Build a store of the small place whose police data name streets."""
    store = Store(f"sqlite:///{folder / 'local-context.sqlite'}")
    small_place.add_areas(store)
    texts = [f"On or near {PLANTED} Close", f"On or near {PLANTED} Close", "On or near Supermarket", "No Location", ""]
    rows = [(*row, text) for row, text in zip(small_place.AUGUST, texts, strict=True)]
    source = small_place.upload(
        small_place.STREET_FILES[0], small_place.table((*small_place.STREET_HEADER, "Location"), rows)
    )
    request = small_place.police(sources=[source], access=access, today=date(2022, 1, 1))
    importing.keep(store, LOCAL_USER, importing.prepare(store, LOCAL_USER, request))
    store.close()
    return folder


def test_a_map_of_an_open_dataset_names_larger_areas_and_streets(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(a_home(tmp_path, Access.OPEN), "area_map")
    assert shown.failed == []
    assert shown.payload["baseMap"] is None
    assert names_of(shown) == [
        ("ward", "South"),
        ("ward", "North"),
        ("street", f"{PLANTED} Close"),
        ("poi", "Supermarket"),
    ]


def test_a_map_of_protected_data_names_larger_areas_alone(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(a_home(tmp_path, Access.PROTECTED), "area_map")
    assert shown.failed == []
    assert {kind for kind, _ in names_of(shown)} == {"ward"}
    assert PLANTED not in json.dumps(shown.maps) + shown.text


def test_the_names_stay_the_same_whatever_is_chosen(open_page: Open, demo_home: Path) -> None:
    opened = open_page(demo_home, "area_map").payload
    chosen = open_page(demo_home, "area_map", {"measure": "Rate", "level": "Ward"}).payload
    around = open_page(demo_home, "local_context").payload
    assert opened["names"] == chosen["names"] == around["names"]
    assert opened["names"] is not None


def test_every_map_says_where_to_search_and_near_which_school(open_page: Open, demo_home: Path) -> None:
    around = open_page(demo_home, "local_context").payload
    search = open_page(demo_home, "area_map").payload["search"]
    assert around["search"] == search
    assert search["address"] == "/lc/search"
    assert search["dataset"] in (1, 2)
    assert search["around"] == [around["school"]["lon"], around["school"]["lat"]]
