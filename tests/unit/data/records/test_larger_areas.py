"""Larger areas come from a table or from their own boundaries, in the sandbox that reads all files."""

import json

import pytest

from data.formats.sources import Source, from_upload
from data.records.area_files import AreaFiles, AreasFound, fingerprint, read_area_set
from data.records.larger_areas import read_neighbourhoods
from data.sandbox import run_sandboxed
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.small_place import SIDE, SOUTH, WEST, area_files

PARENT = {"ward": ("WDCD", "WDNM")}


def box(west: float, south: float, east: float, north: float, **properties: object) -> dict[str, object]:
    """Return a rectangle in steps of the small place's squares, as GeoJSON."""
    x, y = (
        [round(start + SIDE * at, 6) for at in ends] for start, ends in ((WEST, (west, east)), (SOUTH, (south, north)))
    )
    ring = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]], [x[0], y[0]]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


WARDS = (
    box(0, 0, 1.6, 2, WDCD="W1", WDNM="Boston Castle", DCD="D1", DNM="Rotherham"),
    box(1.6, 0, 2.4, 2, WDCD="W2", WDNM="Sitwell", DCD="D2", DNM="Sheffield"),
)


def wards(*features: dict[str, object], name: str = "wards.geojson") -> Source:
    return from_upload(name, small_place.collection(features or WARDS).encode())


def read(**changed: object) -> AreasFound:
    return run_sandboxed(read_area_set, area_files(**{"parents": PARENT, "lookups": [wards()], **changed}))


def test_each_area_gets_the_ward_of_its_largest_part_and_is_spoken_of_by_it() -> None:
    found = read()
    names = found.areas.units("lsoa").names
    assert names[:3] == ("Boston Castle (Anytown 1)", "Boston Castle (Anytown 2)", "Anytown 3")
    assert found.areas.frame["ward_code"].tolist() == ["W1", "W1", "none"] * 2
    drawn = [feature["properties"]["n"] for feature in json.loads(found.drawings["lsoa"])["features"]]
    assert drawn == list(names)


def test_areas_in_no_ward_are_counted_together_and_that_is_said() -> None:
    found = read()
    units = found.areas.units("ward")
    assert dict(zip(units.codes, units.names, strict=True)) == {"W1": "Boston Castle", "none": "No ward"}
    assert "“wards.geojson” gives each area the ward that holds the largest part of it." in found.notes
    assert "2 areas lie mostly outside it and have no ward." in found.notes


def test_a_file_of_wards_can_give_the_districts_too_and_what_areas_say_themselves_comes_first() -> None:
    found = read(parents={**PARENT, "district": ("DCD", "DNM")})
    assert found.areas.frame["district_name"].tolist()[:3] == ["Rotherham", "Rotherham", "No district"]
    own = small_place.collection(small_place.feature(number, DCD="D9", DNM="Own") for number in range(6))
    found = read(boundaries=small_place.upload("areas.geojson", own), parents={**PARENT, "district": ("DCD", "DNM")})
    assert found.areas.units("district").names == ("Own",)
    assert found.areas.units("ward").names == ("Boston Castle", "No ward")


def test_properties_called_as_our_own_columns_overwrite_nothing() -> None:
    found = read(parents={"ward": ("area", "name")}, lookups=[wards(box(0, 0, 3, 2, area="W1", name="Castle"))])
    assert found.areas.codes == small_place.CODES
    assert found.areas.units("lsoa").names[0] == "Castle (Anytown 1)"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"parents": {"ward": ("WD", "WDNM")}}, "need the properties that are named for their code and name"),
        ({"lookups": [wards(box(9, 9, 10, 10, WDCD="W1", WDNM="Far"))]}, "none of the 6 lies in any of them"),
        ({"lookups": [wards(WARDS[0], WARDS[0])]}, "must have its own code"),
        ({"lookups": [from_upload("w.geojson", b"%PDF-1.7")]}, "a PDF"),
    ],
    ids=["no such property", "another place", "a code twice", "no boundaries"],
)
def test_boundaries_that_cannot_be_used_are_refused_in_a_sentence(files: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(**files)
    assert said in str(refused.value)


def named(source: Source, name: str, code: str = "") -> tuple[dict[str, str], list[str]]:
    areas = read(parents=None, lookups=()).areas
    return run_sandboxed(read_neighbourhoods, areas.frame[["area", "geometry"]], source, code or name, name)


def test_areas_that_are_loaded_get_names_from_boundaries_or_from_a_table() -> None:
    found, notes = named(wards(), "WDNM", "WDCD")
    castle = {code: "Boston Castle" for number, code in enumerate(small_place.CODES) if number % 3 < 2}
    assert found == castle
    assert notes[-1] == "2 areas lie mostly outside it and have no ward."
    text = "code,ward\n" + "".join(f"{code},{name}\n" for code, name in castle.items())
    assert named(from_upload("wards.csv", text.encode()), "ward") == (
        castle,
        ["2 areas have no name in “wards.csv”."],
    )


def test_a_table_without_any_name_is_refused() -> None:
    with pytest.raises(InputError, match="some area must have a name in “ward”"):
        named(from_upload("wards.csv", f"code,ward\n{small_place.CODES[0]},\n".encode()), "ward")


def test_only_changed_files_make_another_set() -> None:
    one: AreaFiles = area_files(parents=PARENT, lookups=[wards()])
    assert fingerprint(one) != fingerprint(area_files(parents=PARENT, lookups=[wards(WARDS[0])]))
