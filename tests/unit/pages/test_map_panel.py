import dataclasses

import pytest

from geo.near import Place
from pages.components.legend import SIGNS
from pages.components.map_panel import MapView, Marker, clicked_area, payload

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
    ]
    assert len({payload(view)["token"] for view in [VIEW, *others]}) == 7


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
