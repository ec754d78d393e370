"""Files of layers from partners: name and shape are kept, all else is dropped and that is said."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
import shapely

from data.formats.sources import Source, from_upload
from data.records.partner_layers import MAX_SHAPES, PartnerShapes, read_partner_shapes
from geo.errors import InputError

SQUARE = shapely.box(-1.47, 53.37, -1.465, 53.375)
BOW = shapely.Polygon([(-1.47, 53.37), (-1.46, 53.38), (-1.46, 53.37), (-1.47, 53.38)])


def layer(*features: tuple[dict[str, Any], shapely.Geometry | None]) -> Source:
    listed = [
        {"type": "Feature", "properties": facts, "geometry": None if shape is None else shapely.geometry.mapping(shape)}
        for facts, shape in features
    ]
    return from_upload("layer.geojson", json.dumps({"type": "FeatureCollection", "features": listed}).encode())


def read(source: Source) -> PartnerShapes:
    return read_partner_shapes(source, lambda _share, _what: None)


def test_only_name_and_shape_are_kept_and_the_rest_is_said() -> None:
    found = read(layer(({"Name": "Station", "n": 3, "nominals": "Sarah Thompson"}, SQUARE)))
    assert list(found.areas.columns) == ["name", "geometry"]
    assert list(found.areas["name"]) == ["Station"]
    assert found.notes == ("Not saved: 2 columns, n, nominals.",)


@pytest.mark.parametrize("named", ["Sarah Thompson", "12 Mill Lane", "07700 900123", "Flat 3, Mill Court"])
def test_a_name_that_tells_of_a_person_or_a_home_gives_way_to_a_number(named: str) -> None:
    found = read(layer(({"name": "Station"}, SQUARE), ({"name": named}, SQUARE)))
    assert list(found.areas["name"]) == ["Station", "Shape 2"]
    assert found.notes[0].startswith("Left out: 1 name")
    assert named not in " ".join(found.notes)


def test_shapes_without_a_column_of_names_go_by_their_number() -> None:
    found = read(layer(({"score": 1}, SQUARE), ({"score": 2}, SQUARE)))
    assert list(found.areas["name"]) == ["Shape 1", "Shape 2"]


def test_a_shape_that_crosses_itself_is_repaired_and_that_is_said() -> None:
    found = read(layer(({"name": "Bow"}, BOW)))
    assert found.areas.geometry.is_valid.all()
    assert found.notes == ("Repaired: 1 shape that crossed itself.",)


@pytest.mark.parametrize(
    "shapes",
    [
        [SQUARE, shapely.Point(-1.47, 53.37)],
        [shapely.LineString([(-1.47, 53.37), (-1.46, 53.37)])],
        [SQUARE, None],
        [shapely.GeometryCollection([SQUARE, shapely.Point(-1.47, 53.37)])],
    ],
    ids=["point", "line", "nothing", "collection"],
)
def test_points_lines_and_nothing_are_refused(shapes: Sequence[shapely.Geometry | None]) -> None:
    with pytest.raises(InputError, match="is made of areas"):
        read(layer(*[({"name": "Station"}, shape) for shape in shapes]))


def test_a_shape_that_could_be_one_home_is_refused() -> None:
    with pytest.raises(InputError, match="could tell one home"):
        read(layer(({"name": "Station"}, SQUARE), ({"name": "Corner"}, shapely.box(-1.47, 53.37, -1.4699, 53.3701))))


def test_more_shapes_or_corners_than_can_be_drawn_are_refused() -> None:
    many = [({"name": "Hex"}, SQUARE)] * (MAX_SHAPES + 1)
    with pytest.raises(InputError, match="at most 2,000 shapes"):
        read(layer(*many))
    round_one = shapely.Point(-1.47, 53.37).buffer(0.01, quad_segs=250)
    with pytest.raises(InputError, match="100,000 corners"):
        read(layer(*[({"name": "Round"}, round_one)] * 100))


def test_a_table_is_no_layer() -> None:
    with pytest.raises(InputError, match="must be GeoJSON or GeoPackage"):
        read(from_upload("layer.csv", b"name,score\nStation,1\n"))
