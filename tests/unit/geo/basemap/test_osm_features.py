import pytest

from geo.basemap import themes as t
from geo.basemap.osm_features import class_of_area, class_of_line, class_of_point, is_no_way


@pytest.mark.parametrize(
    ("tags", "theme", "kind"),
    [
        ({"highway": "motorway_link"}, t.ROAD, t.MOTORWAY),
        ({"highway": "trunk"}, t.ROAD, t.MAIN),
        ({"highway": "tertiary_link"}, t.ROAD, t.SECONDARY),
        ({"highway": "living_street"}, t.ROAD, t.LOCAL),
        ({"highway": "service"}, t.ROAD, t.SERVICE),
        ({"highway": "steps"}, t.ROAD, t.PATH),
        ({"highway": "pedestrian", "area": "yes"}, t.ROAD, t.PATH),
        ({"railway": "rail"}, t.RAIL, t.TRAIN),
        ({"railway": "light_rail"}, t.RAIL, t.TRAM),
        ({"waterway": "canal"}, t.WATER, t.RIVER),
    ],
)
def test_lines_are_classed_by_their_tags(tags, theme, kind):
    assert class_of_line(tags)[:2] == (theme, kind)


@pytest.mark.parametrize(
    "tags",
    [{"highway": "no"}, {"highway": "construction"}, {"highway": "platform"}, {"highway": "<script>"}],
)
def test_what_is_no_way_to_go_along_is_neither_drawn_nor_forgotten(tags):
    assert class_of_line(tags) is None
    assert is_no_way(tags)


@pytest.mark.parametrize(
    "tags", [{}, {"railway": "abandoned"}, {"railway": "rail", "service": "yard"}, {"waterway": "dam"},
             {"waterway": "stream", "tunnel": "culvert"}, {"leisure": "park"}],
)  # fmt: skip
def test_other_lines_are_not_drawn(tags):
    assert class_of_line(tags) is None
    assert not is_no_way(tags)


@pytest.mark.parametrize(
    ("tags", "theme", "kind"),
    [
        ({"leisure": "park"}, t.LAND, t.PARK),
        ({"leisure": "pitch"}, t.LAND, t.GREEN),
        ({"landuse": "residential"}, t.LAND, t.BUILT),
        ({"landuse": "forest"}, t.LAND, t.WOOD),
        ({"natural": "water", "leisure": "park"}, t.WATER, t.LAKE),
        ({"amenity": "college"}, t.LAND, t.GROUNDS),
    ],
)
def test_grounds_are_classed_by_their_tags(tags, theme, kind):
    assert class_of_area(tags)[:2] == (theme, kind)


def test_stations_come_before_stops_and_towns_before_both():
    ranks = [class_of_point(tags).rank for tags in (
        {"place": "city", "name": "Leeds"}, {"place": "suburb", "name": "Hillside"}, {"railway": "station"},
        {"amenity": "school"}, {"highway": "bus_stop"},
    )]  # fmt: skip
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize("tags", [{"place": "suburb"}, {"place": "island", "name": "Eel Pie"}, {"amenity": "pub"}])
def test_places_without_a_name_and_other_things_are_no_points(tags):
    assert class_of_point(tags) is None
