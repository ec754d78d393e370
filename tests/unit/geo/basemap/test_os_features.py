import pytest

from geo.basemap import themes as t
from geo.basemap.os_features import KIND_COLUMNS, class_of, is_of_os


@pytest.mark.parametrize(
    ("layer", "said", "kind"),
    [
        ("road_link", "motorway", t.MOTORWAY),
        ("road_link", "a road", t.MAIN),
        ("road_link", "b road", t.SECONDARY),
        ("road_link", "minor road", t.LOCAL),
        ("road_link", "local road", t.LOCAL),
        ("road_link", "restricted local access road", t.SERVICE),
        ("road_link", "secondary access road", t.SERVICE),
        ("road_link", "", t.LOCAL),
        ("roads_national", "primary", t.MAIN),
        ("roads_regional", "", t.MAIN),
        ("roads_local", "local", t.LOCAL),
        ("rail", "multi track", t.TRAIN),
        ("urban_areas", "regional", t.BUILT),
        ("greenspace", "public park or garden", t.PARK),
        ("greenspace", "playing field", t.GREEN),
        ("sites", "education", t.GROUNDS),
        ("waterlines", "national", t.RIVER),
        ("waterlines", "local", t.STREAM),
    ],
)
def test_features_are_classed_by_their_layer_and_its_words(layer, said, kind):
    assert class_of(layer, said).kind == kind


@pytest.mark.parametrize(("layer", "said"), [("names", "landform"), ("sites", "hospital"), ("waterlines", "mhw")])
def test_what_nobody_finds_their_way_by_is_left_out(layer, said):
    assert class_of(layer, said) is None


def test_every_layer_that_is_read_has_a_class():
    found = [class_of(layer, "") for layer in KIND_COLUMNS]
    assert any(found)
    assert all(each is None or each.kind for each in found)


def test_their_maps_are_known_by_their_layers():
    assert is_of_os({"road_link": [], "road_node": []})
    assert is_of_os({"roads_local": []})
    assert not is_of_os({"roads": [], "names": []})
