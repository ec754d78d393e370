from typing import Any

import pandas as pd
import pytest
import shapely

from geo.calendar import months as m
from geo.harms import HARM_GROUPS
from tests.unit.data.demo.conftest import Town

MONTHS = m.between("2023-09", "2026-08")


def _series(town: Town, areas: list[str], category: str) -> pd.Series:
    rows = town.street[town.street["LSOA code"].isin(areas) & (town.street["Crime type"] == category)]
    return rows.groupby("Month").size().reindex(MONTHS, fill_value=0)


def _before_and_end(town: Town, change: dict[str, Any]) -> tuple[float, float]:
    series = _series(town, change["areas"], change["category"])
    return series[series.index < change["onset"]].mean(), series.iloc[-3:].mean()


def test_drugs_emerge_around_millbank_park(town: Town) -> None:
    change = town.truth["emerging"]
    before, end = _before_and_end(town, change)
    assert (change["harm"], len(change["areas"]), len(change["multipliers"])) == ("substances", 3, 8)
    assert end >= 6
    assert end > 2.5 * before


def test_anti_social_behaviour_fades_around_the_interchange(town: Town) -> None:
    change = town.truth["fading"]
    before, end = _before_and_end(town, change)
    assert (change["harm"], change["multipliers"]["2026-08"], len(change["multipliers"])) == ("asb", 0.3, 14)
    assert before >= 10
    assert end < 0.65 * before


def test_violence_moves_from_the_retail_park_to_the_areas_next_to_it(town: Town) -> None:
    change = town.truth["displaced"]
    assert change["action"]["date"].startswith(change["onset"])
    assert (change["from"]["areas"], change["to"]["areas"]) == (
        change["action"]["from_areas"],
        change["action"]["to_areas"],
    )
    left = _series(town, change["from"]["areas"], change["category"])
    gained = _series(town, change["to"]["areas"], change["category"])
    after = left.index >= change["onset"]
    assert left[after].mean() < 0.55 * left[~after].mean()
    assert gained[after].mean() > 1.4 * gained[~after].mean()
    assert (left + gained)[after].mean() == pytest.approx((left + gained)[~after].mean(), rel=0.25)


def test_planted_changes_show_whatever_the_seed(any_town: Town) -> None:
    before, end = _before_and_end(any_town, any_town.truth["emerging"])
    assert end > 1.8 * before
    before, end = _before_and_end(any_town, any_town.truth["fading"])
    assert end < 0.75 * before


def test_the_planted_areas_do_not_overlap_and_touch(any_town: Town) -> None:
    moved = any_town.truth["displaced"]["action"]
    groups = [any_town.truth["emerging"]["areas"], any_town.truth["fading"]["areas"]]
    groups += [moved["from_areas"] + moved["to_areas"]]
    codes = [code for group in groups for code in group]
    assert len(codes) == len(set(codes))
    areas = any_town.areas.set_index("code").geometry
    for group in groups:
        assert areas[group].union_all().geom_type == "Polygon"


def test_nothing_changes_in_the_other_areas(town: Town) -> None:
    planted = {*town.truth["emerging"]["areas"]}
    others = [code for code in town.areas["code"] if code not in planted]
    series = _series(town, others, "Drugs")
    assert series.iloc[-8:].mean() == pytest.approx(series.iloc[:-8].mean(), rel=0.25)


def test_school_incidents_follow_the_emerging_change_faintly(town: Town) -> None:
    change = town.truth["emerging"]
    located = town.incidents[town.incidents["Easting"] != ""]
    points = pd.DataFrame({"x": located["Easting"].astype(int), "y": located["Northing"].astype(int)})
    cluster = town.areas[town.areas["code"].isin(change["areas"])].to_crs("EPSG:27700").union_all()
    near = (
        shapely.contains_xy(cluster, points["x"], points["y"])
        & (located["Category"] == HARM_GROUPS[change["harm"]]).to_numpy()
    )
    month = pd.to_datetime(located["Date"], format="%d/%m/%Y").dt.strftime("%Y-%m").to_numpy()
    since = month >= change["onset"]
    assert (near & since).sum() / 8 > (near & ~since).sum() / 28
