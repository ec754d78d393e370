"""Choosing the area set of a file by its codes or points, and explaining codes of another edition."""

import numpy as np
import pytest

from data.principal import LOCAL_USER
from data.services import setting_up
from data.services.choosing_areas import best_set, edition_notes
from data.store import area_sets
from data.store.store import Store
from geo.areas.placing import Located, Placement, place
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.small_place import CODES, collection, feature, upload


def load(store: Store, title: str, prefix: str = "", west: float = small_place.WEST) -> int:
    """Load the grid with other codes or elsewhere; give the set's id."""
    shapes = collection(feature(number, west=west, code=prefix + CODES[number]) for number in range(6))
    files = small_place.area_files(boundaries=upload("grid.geojson", shapes), title=title)
    number, _ = setting_up.add_areas(store, LOCAL_USER, files)
    return number


def rows(*listed: tuple[str | None, float, float]) -> Located:
    """Return rows of stated code, longitude and latitude."""
    words = sorted({code for code, _, _ in listed if code})
    stated = np.array([words.index(code) if code else -1 for code, _, _ in listed], dtype=np.int64)
    lon, lat = (np.array([row[at] for row in listed], dtype=np.float64) for at in (1, 2))
    return Located(stated, words, lon, lat)


def placed(store: Store, number: int, located: Located) -> Placement:
    areas = area_sets.load_area_set(store, LOCAL_USER, number)
    return place(located, areas.codes, areas.frame.geometry.to_numpy())


NOWHERE = float("nan")
HERE = (-1.475, 53.375)


def test_without_areas_the_way_to_load_them_is_told(store: Store) -> None:
    with pytest.raises(InputError, match="no areas are loaded yet"):
        best_set(store, LOCAL_USER, rows((CODES[0], *HERE)))


def test_the_only_set_is_taken(store: Store) -> None:
    only = load(store, "Only")
    assert best_set(store, LOCAL_USER, rows(("unknown", NOWHERE, NOWHERE))) == only


def test_the_set_that_knows_most_rows_codes_wins(store: Store) -> None:
    old, new = load(store, "Old"), load(store, "New", prefix="N")
    mostly_old = rows((CODES[0], *HERE), (CODES[0], *HERE), ("N" + CODES[1], *HERE))
    mostly_new = rows((CODES[0], *HERE), ("N" + CODES[1], *HERE), ("N" + CODES[2], *HERE))
    assert best_set(store, LOCAL_USER, mostly_old) == old
    assert best_set(store, LOCAL_USER, mostly_new) == new


def test_without_codes_the_set_that_holds_most_points_wins(store: Store) -> None:
    here, there = load(store, "Here"), load(store, "There", prefix="N", west=-1.2)
    assert best_set(store, LOCAL_USER, rows((None, *HERE), (None, *HERE), (None, -1.19, 53.375))) == here
    assert best_set(store, LOCAL_USER, rows((None, *HERE), (None, -1.19, 53.375), (None, -1.18, 53.375))) == there


def test_of_sets_that_fit_alike_the_newest_is_taken(store: Store) -> None:
    load(store, "First")
    again = load(store, "Again")
    assert best_set(store, LOCAL_USER, rows((CODES[0], *HERE))) == again
    assert best_set(store, LOCAL_USER, rows((None, *HERE))) == again


def test_rows_that_all_fit_need_no_note(store: Store) -> None:
    number = load(store, "Here")
    located = rows((CODES[0], *HERE), (None, *HERE), (None, NOWHERE, NOWHERE), ("unknown", 0.0, 53.0))
    assert edition_notes(store, LOCAL_USER, number, placed(store, number, located)) == []


def test_codes_of_another_loaded_edition_are_counted_and_named(store: Store) -> None:
    new = load(store, "Edition 2021", prefix="N")
    load(store, "Edition 2011")
    located = rows((CODES[0], *HERE), (CODES[0], *HERE), (CODES[1], -1.465, 53.375), ("N" + CODES[2], *HERE))
    [note] = edition_notes(store, LOCAL_USER, new, placed(store, new, located))
    assert "3 rows state one of 2 area codes that “Edition 2021” does not have" in note
    assert "those of “Edition 2011”" in note
    assert "none is lost" in note


def test_codes_of_an_edition_that_is_not_loaded_are_explained(store: Store) -> None:
    new = load(store, "Edition 2021", prefix="N")
    located = rows((CODES[0], *HERE), (CODES[1], -1.465, 53.375))
    [note] = edition_notes(store, LOCAL_USER, new, placed(store, new, located))
    assert "2 rows state one of 2 area codes" in note
    assert "another edition" in note


def test_codes_of_neighbours_that_lie_just_inside_are_told_to_be_outside_not_of_another_edition(store: Store) -> None:
    number = load(store, "Here")
    edge = small_place.WEST + 0.0005  # 33 m inside the outline
    located = rows(
        (CODES[0], *HERE), ("E01099991", edge, 53.375), ("E01099992", edge, 53.385), ("E01099992", -1.6, 53.3)
    )
    [note] = edition_notes(store, LOCAL_USER, number, placed(store, number, located))
    assert note == "2 rows state the code of an area outside “Here”, with a point inside it: the point decided."


def test_a_code_at_the_outline_is_of_another_edition_where_a_loaded_one_has_it_inside(store: Store) -> None:
    new = load(store, "Edition 2021", prefix="N")
    load(store, "Edition 2011")
    load(store, "Next door", prefix="W", west=small_place.WEST - 0.03)
    edge = small_place.WEST + 0.0005
    located = rows((CODES[0], edge, 53.375), (CODES[1], *HERE), (CODES[2], *HERE), ("W" + CODES[2], edge, 53.375))
    border, edition = edition_notes(store, LOCAL_USER, new, placed(store, new, located))
    assert border.startswith("1 row states the code of an area outside “Edition 2021”")
    assert "3 rows state one of 3 area codes" in edition


def test_a_stray_code_is_told_without_talk_of_editions(store: Store) -> None:
    number = load(store, "Here")
    located = rows((CODES[0], *HERE), ("next door", *HERE))
    [note] = edition_notes(store, LOCAL_USER, number, placed(store, number, located))
    assert note.startswith("1 row states")
    assert "edition" not in note
