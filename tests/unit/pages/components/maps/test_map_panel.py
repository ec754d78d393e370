import dataclasses

import pytest

from geo.areas.proximity import Place
from geo.basemap.tile_source import TileSource
from geo.maps.hotspot_signs import SIGNS
from pages.components.maps.area_layer import script_json
from pages.components.maps.map_panel import Marker, clicked_area, clicked_point, payload
from pages.components.maps.map_view import Draft, MapView, NumberedPlace, Outline, SearchSource

PARK = Marker(-1.47, 53.38, "Castle Park", "Park", "Drugs and alcohol", "active", "Jun 2021", "Sep 2021")
VIEW = MapView(title="Incidents by area", geometry="a" * 32, marks="-01", texts=("", "0", "12"), unit="incidents")


def test_a_view_is_sent_as_values_and_addresses():
    sent = payload(VIEW)
    assert sent["geometry"] == f"/lc/geometry/{'a' * 32}.json"
    assert (sent["marks"], sent["texts"], sent["backdrop"], sent["school"]) == ("-01", "|0|12", None, None)


def test_the_token_names_the_whole_view():
    assert payload(VIEW)["token"] == payload(dataclasses.replace(VIEW))["token"]
    others = [
        dataclasses.replace(VIEW, marks="-11"),
        dataclasses.replace(VIEW, texts=("", "0", "13")),
        dataclasses.replace(VIEW, selected="E1"),
        dataclasses.replace(VIEW, emphasise=[]),
        dataclasses.replace(VIEW, hotspots=[PARK]),
        dataclasses.replace(VIEW, school=Place("School", -1.4, 53.4)),
        dataclasses.replace(VIEW, letters=["N", "C", "I", "P", "D"]),
        dataclasses.replace(VIEW, outlines=[Outline("38 counted", [0, 1])]),
        dataclasses.replace(VIEW, outlines=[Outline("38 counted", [1, 2])]),
        dataclasses.replace(VIEW, aside="Too few to say"),
        dataclasses.replace(VIEW, labels=["None", "Few", "", "", "", "Many"]),
    ]
    assert len({payload(view)["token"] for view in [VIEW, *others]}) == len(others) + 1


def test_a_popup_names_each_fact():
    (hotspot,) = payload(dataclasses.replace(VIEW, hotspots=[PARK]))["hotspots"]
    assert hotspot["facts"] == [
        ["Type", "Park"],
        ["Harm", "Drugs and alcohol"],
        ["Status", "Active"],
        ["Last reported", "Jun 2021"],
        ["Review", "Sep 2021"],
    ]


def test_statuses_differ_by_shape_and_letter_and_not_by_colour_alone():
    assert len({sign["letter"] for sign in SIGNS.values()}) == len(SIGNS)
    assert len({sign["path"] for sign in SIGNS.values()}) == len(SIGNS)


def test_only_the_looks_that_are_needed_are_sent():
    assert list(payload(dataclasses.replace(VIEW, hotspots=[PARK]))["signs"]) == ["active"]


def test_base_map_places_and_search_are_sent_as_addresses_and_words():
    sent = payload(
        dataclasses.replace(
            VIEW,
            base_map=TileSource("b" * 64, 8, 14, "© Surveyors"),
            names="c" * 32,
            walk="d" * 32,
            places=[NumberedPlace(1, "Bus Station", "31 incidents", -1.4, 53.4)],
            search=SearchSource("/lc/search", 7, (-1.4, 53.4)),
        )
    )
    tiles = f"/lc/tiles/{'b' * 64}/{{z}}/{{x}}/{{y}}.mvt"
    assert sent["baseMap"] == {"tiles": tiles, "minZoom": 8, "maxZoom": 14, "attribution": "© Surveyors"}
    assert (sent["names"], sent["walk"]) == (f"/lc/geometry/{'c' * 32}.json", f"/lc/geometry/{'d' * 32}.json")
    assert sent["places"] == [{"number": 1, "name": "Bus Station", "text": "31 incidents", "lon": -1.4, "lat": 53.4}]
    assert sent["search"] == {"address": "/lc/search", "dataset": 7, "around": [-1.4, 53.4]}
    plain = payload(VIEW)
    assert (plain["baseMap"], plain["names"], plain["walk"], plain["places"], plain["search"]) == (
        *[None] * 3,
        [],
        None,
    )


def test_whether_a_click_runs_the_page_is_told():
    assert payload(VIEW)["chooses"] is False
    assert payload(VIEW, chooses=True)["chooses"] is True


def test_clusters_are_sent_as_positions_and_a_label():
    assert payload(VIEW)["outlines"] == []
    sent = payload(dataclasses.replace(VIEW, outlines=(Outline("38 counted, 12 expected", (0, 2)),)))
    assert sent["outlines"] == [{"label": "38 counted, 12 expected", "members": [0, 2]}]


@pytest.mark.parametrize("members", [[], [3], [-1]], ids=["none", "beyond the last", "before the first"])
def test_a_cluster_of_areas_that_are_not_there_is_refused(members):
    with pytest.raises(ValueError, match="one or more of the 3 areas"):
        dataclasses.replace(VIEW, outlines=[Outline("", members)])


def test_letters_that_do_not_match_the_classes_are_refused():
    assert payload(VIEW)["letters"] == []
    with pytest.raises(ValueError, match="found 1 and 2"):
        dataclasses.replace(VIEW, colours=["#c7e9b4", "#2a4b8d"], letters=["N"])


def test_the_words_of_a_class_are_sent_once_for_all_its_areas():
    kinds = MapView(
        title="Hot spots by area", geometry="a" * 32, marks="0-1" * 300, texts=("No hot spot", "", "Hot spot") * 300,
        unit="", colours=["#8f1d0a"], labels=("No hot spot", "Hot spot"), aside="Too few to say",
    )  # fmt: skip
    sent = payload(kinds)
    assert (sent["labels"], sent["aside"]) == (["No hot spot", "Hot spot"], "Too few to say")
    assert sent["texts"].split("|") == [""] * 900
    assert len(script_json(sent)) < 2500


def test_a_text_that_says_more_than_its_class_is_sent():
    sent = payload(dataclasses.replace(VIEW, colours=["#8f1d0a"], labels=["0", "Rose"]))
    assert sent["texts"] == "||12"


def test_labels_that_do_not_match_the_classes_are_refused():
    with pytest.raises(ValueError, match="found 1 and 1"):
        dataclasses.replace(VIEW, colours=["#8f1d0a"], labels=["None"])


def test_values_that_do_not_match_the_areas_are_refused():
    with pytest.raises(ValueError, match="found 3 and 2"):
        dataclasses.replace(VIEW, texts=("", "0"))


def test_a_text_that_would_shift_every_later_value_is_refused():
    with pytest.raises(ValueError, match="must not hold"):
        dataclasses.replace(VIEW, texts=("", "1|2", "3"))


@pytest.mark.parametrize(
    "sent", [None, {}, [], "E1", {"area": None}, {"area": 7}, {"area": ""}, {"area": "E" * 513}, {"area": ["E1"]}]
)
def test_what_is_no_area_code_is_no_click(sent):
    assert clicked_area(sent) is None


@pytest.mark.parametrize("code", ["E01007384", "+".join(["E01007384"] * 12)], ids=["an area", "a zone of twelve"])
def test_a_click_holds_the_code_of_its_area(code):
    assert clicked_area({"area": code, "count": 3}) == code


@pytest.mark.parametrize(
    "sent", [None, {}, {"area": "E1"}, {"at": None}, {"at": [1]}, {"at": ["1", "2"]}, {"at": [181, 0]}, {"at": [0, 91]}]
)
def test_what_is_no_place_on_earth_is_no_point(sent):
    assert clicked_point(sent) is None


def test_a_click_on_a_map_that_is_drawn_on_holds_its_point():
    assert clicked_point({"at": [-1.4, 53], "count": 3}) == (-1.4, 53.0)


def test_what_is_drawn_is_sent_corner_by_corner_and_nothing_where_nothing_is_drawn():
    drawn = payload(dataclasses.replace(VIEW, draft=Draft(((-1.4, 53.4), (-1.5, 53.5)), "line")))
    assert drawn["draft"] == {"corners": [[-1.4, 53.4], [-1.5, 53.5]], "kind": "line"}
    assert "draft" not in payload(VIEW)
