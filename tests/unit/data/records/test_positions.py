"""Positions come out in degrees, and a wrong system or order is caught before anything is placed."""

import math

import numpy as np
import pyarrow as pa
import pytest

from data.records.positions import Pair, PlaceColumns, guess_place, positions_of, read_positions, require_pair
from tests.unit.data.records.refusals import CELL, FILE, refusal

DEGREES = Pair("Long", "Lat", grid=False)
GRID = Pair("X", "Y", grid=True)
Cells = list[str | None]


def degrees(lon: Cells, lat: Cells) -> tuple[np.ndarray, np.ndarray]:
    table = pa.table({"Long": pa.array(lon, pa.string()), "Lat": pa.array(lat, pa.string())})
    return read_positions(table, DEGREES, where=FILE)


def grid(east: Cells, north: Cells) -> tuple[np.ndarray, np.ndarray]:
    table = pa.table({"X": pa.array(east, pa.string()), "Y": pa.array(north, pa.string())})
    return read_positions(table, GRID, where=FILE)


def test_degrees_are_read_as_written_and_blank_pairs_have_no_location() -> None:
    lon, lat = degrees(["-1.475333", None, " +0.5"], ["53.3787", None, "51"])
    assert lon[[0, 2]].tolist() == [-1.475333, 0.5]
    assert lat[[0, 2]].tolist() == [53.3787, 51.0]
    assert math.isnan(lon[1])
    assert math.isnan(lat[1])


def test_eastings_and_northings_become_degrees() -> None:
    """Caister water tower, the worked example of the Ordnance Survey's guide to coordinate systems in Great Britain."""
    lon, lat = grid(["651409.903", None, "651,410"], ["313177.270", None, "313,177"])
    assert lon[0] == pytest.approx(1 + 42 / 60 + 57.79 / 3600, abs=5e-5)
    assert lat[0] == pytest.approx(52 + 39 / 60 + 28.72 / 3600, abs=5e-5)
    assert math.isnan(lon[1])
    assert lon[2] == pytest.approx(lon[0], abs=1e-5)


def test_a_few_positions_outside_britain_are_kept_as_they_are() -> None:
    lon, lat = degrees(["-1.4", "-1.5", "2.35"], ["53.3", "53.4", "48.85"])
    assert (lon[2], lat[2]) == (2.35, 48.85)


@pytest.mark.parametrize("text", [CELL, "53.4N", "nan", "inf", "53°", "."])
def test_text_in_coordinates_is_refused(text: str) -> None:
    message = refusal(lambda: degrees(["-1.4", "-1.4"], ["53.4", text]))
    assert "column “Lat” must hold numbers in digits, but it holds something else in row 3" in message


def test_swapped_longitude_and_latitude_are_refused() -> None:
    message = refusal(lambda: degrees(["53.41234", "-1.4", "-1.4"], ["-1.41234", "53.4", "53.4"]))
    assert "“Long” and “Lat” must be longitude and latitude in degrees, but they are swapped in row 2" in message
    assert "1.41234" not in message


def test_metres_in_the_longitude_column_are_refused() -> None:
    message = refusal(lambda: degrees(["435419", "435420"], ["387000", "387001"]))
    assert "hold metres as the National Grid does" in message
    assert "name them as easting and northing" in message


def test_degrees_in_the_easting_column_are_refused() -> None:
    message = refusal(lambda: grid(["-1.4", "-1.5"], ["53.3", "53.4"]))
    assert "hold degrees" in message
    assert "name them as longitude and latitude" in message


def test_swapped_easting_and_northing_are_refused_where_the_bounds_tell() -> None:
    message = refusal(lambda: grid(["435419", "821034"], ["387000", "267001"]))
    assert "easting 0 to 700,000 and northing 0 to 1,300,000" in message
    assert "swapped in row 3" in message
    assert "821" not in message


def test_eastings_beyond_the_grid_are_refused() -> None:
    assert "outside in row 3" in refusal(lambda: grid(["435419", "4354190"], ["387000", "387000"]))


@pytest.mark.parametrize(("lon", "lat"), [(["-1.4", "-80.1"], ["53.4", "140.2"]), (["-1.4", "190"], ["53.4", "53.4"])])
def test_places_that_cannot_exist_are_refused(lon: Cells, lat: Cells) -> None:
    assert "no such place exists in row 3" in refusal(lambda: degrees(lon, lat))


def test_a_file_that_lies_mostly_outside_britain_is_refused() -> None:
    message = refusal(lambda: degrees(["-80", "-81", "-1.4"], ["40", "41", "53.4"]))
    assert "inside Britain (longitude −9 to 3 and latitude 49 to 61)" in message
    assert "2 rows (the first is row 2)" in message


def test_half_a_pair_is_refused() -> None:
    message = refusal(lambda: degrees(["-1.4", None, "-1.4"], ["53.4", "53.4", None]))
    assert "“Long” and “Lat” must both be filled or both be blank" in message
    assert "2 rows (the first is row 3)" in message


def test_half_a_pair_of_columns_is_refused() -> None:
    message = refusal(lambda: require_pair(f"“{FILE}”", PlaceColumns(longitude="Long")))
    assert "one of a pair is not named" in message


def test_columns_are_guessed_by_name_and_the_national_grid_wins() -> None:
    both = ["URN", "Longitude", "Latitude", "Easting", "Northing"]
    assert guess_place(both) == PlaceColumns(easting="Easting", northing="Northing")
    assert guess_place(["LONG", "lat"]) == PlaceColumns(longitude="LONG", latitude="lat")
    assert guess_place(["Easting", "Lat", "LSOA"]) == PlaceColumns(area="LSOA")


@pytest.mark.parametrize(
    ("names", "degrees"),
    [
        (["X", "Y", "Longitude", "Latitude"], PlaceColumns(longitude="Longitude", latitude="Latitude")),
        (["X", "Northing", "longitude", "latitude"], PlaceColumns(longitude="longitude", latitude="latitude")),
    ],
)
def test_x_and_y_are_not_taken_for_the_grid_where_degrees_stand_beside_them(
    names: list[str], degrees: PlaceColumns
) -> None:
    assert guess_place(names) == degrees


def test_faulty_positions_are_missing_and_each_row_has_its_own_fault() -> None:
    table = pa.table(
        {
            "Long": ["-1.4", "53.4", None, CELL, "-1.4", None, "-1.5", "-1.6"],
            "Lat": ["53.4", "-1.4", "53.4", "53.4", "91", None, "53.5", "53.6"],
        }
    )
    found = positions_of(table, DEGREES)
    assert np.isnan(found.lon).tolist() == np.isnan(found.lat).tolist()
    assert np.flatnonzero(~np.isnan(found.lon)).tolist() == [0, 6, 7]
    assert [(fault.what, np.flatnonzero(fault.bad).tolist(), fault.whole) for fault in found.faults] == [
        ("something that is no number", [3], False),
        ("half of a position", [2], False),
        ("longitude and latitude swapped", [1], False),
        ("a place that does not exist", [4], False),
    ]


def test_swapped_positions_do_not_lie_abroad() -> None:
    message = refusal(lambda: degrees(["53.4"] * 3, ["-1.4"] * 3))
    assert "swapped in 3 rows" in message
