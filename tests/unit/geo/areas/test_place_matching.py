"""Names of places are matched to what is loaded, and rooms of a school are told from places."""

import pandas as pd
import pytest

from geo.areas.place_matching import is_nowhere, is_on_site, match_names, name_key

KNOWN = pd.DataFrame(
    [
        ("Bus Station", "hotspot", -1.50, 53.80, ""), ("Bus Station", "stop", -1.54, 53.80, ""),
        ("Woodhouse Lane", "street", -1.55, 53.81, ""), ("Woodhouse", "place", -1.56, 53.81, ""),
        ("Otley Road", "street", -1.70, 53.90, ""), ("Otley Road", "street", -1.57, 53.82, ""),
        ("Hyde Park Road", "street", -1.56, 53.81, ""), ("Leeds City Hall", "place", -1.54, 53.80, ""),
    ],
    columns=["name", "kind", "lon", "lat", "code"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "target", "kind"),
    [
        ("the bus station", "Bus Station", "hotspot"),
        ("Woodhouse Ln", "Woodhouse Lane", "street"),
        ("WOODHOUSE LANE.", "Woodhouse Lane", "street"),
        ("outside the Bus Station", "Bus Station", "hotspot"),
        ("Wodhouse Lane", "Woodhouse Lane", "street"),
        ("Leeds City Hall", "Leeds City Hall", "place"),
    ],
)
def test_a_name_is_surely_what_is_called_so(name: str, target: str, kind: str) -> None:
    (found,) = match_names([name], KNOWN)
    assert found.sure is not None
    assert (found.sure.name, found.sure.kind) == (target, kind)


def test_the_nearest_of_those_called_alike_comes_first() -> None:
    (found,) = match_names(["Otley Rd"], KNOWN, near=(-1.55, 53.80))
    assert found.sure is not None
    assert found.sure.lon == -1.57
    assert found.sure.away == pytest.approx(2_586, abs=60)


@pytest.mark.parametrize("name", ["Hyde Park", "Station", "Meadowhall", "x", "?"])
def test_a_part_of_a_name_is_a_guess_and_never_sure(name: str) -> None:
    assert match_names([name], KNOWN)[0].sure is None


@pytest.mark.parametrize(
    "name", ["Canteen", "Top field", "Y7 block", "Room 12", "S4", "Corridor B2", "Main hall", "School gates", "Site"]
)
def test_rooms_and_zones_are_on_site(name: str) -> None:
    assert is_on_site(name)
    assert match_names([name], KNOWN)[0].sure is None


@pytest.mark.parametrize("name", ["Woodhouse Lane", "Bus station", "Hyde Park", "Trinity Leeds", "Costa Coffee"])
def test_places_of_a_town_are_not_on_site(name: str) -> None:
    assert not is_on_site(name)
    assert not is_nowhere(name)


@pytest.mark.parametrize("name", ["Online", "Off-site", "N/A", "Snapchat", "Unknown"])
def test_some_words_are_no_place(name: str) -> None:
    assert is_nowhere(name)
    assert match_names([name], KNOWN)[0].sure is None


def test_a_key_is_the_same_however_a_name_is_written() -> None:
    assert name_key("The St. Mark’s Road!") == name_key("st marks road") == "st marks road"
