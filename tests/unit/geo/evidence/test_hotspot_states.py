"""Hotspot states: supported where there is more than around, quiet where not, and silent where nothing can be told."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from geo.areas.area_set import Units
from geo.calendar import months
from geo.counts.cube import Cube
from geo.evidence.beside import AreaSource
from geo.views.view import View
from tests.unit.geo.evidence.making import AREAS, YEAR, at, said, town
from tests.unit.geo.samples import SOUTH, WEST

HOT = (WEST + 2000, SOUTH + 2000)


def test_a_place_with_more_than_its_surroundings_is_supported_and_another_is_quiet():
    found = said([at(2000, 2000), at(900, 900, "P2")], [town(HOT)])
    assert found.loc["P1", "state"] == "supported"
    assert found.loc["P2", "state"] == "quiet"
    assert found.loc["P1", "observed"] > 5 * found.loc["P1", "expected"]
    assert found.loc["P1", "low"] > 1
    sentence = found.loc["P1", "sentence"]
    assert sentence.startswith("Supported: ")
    assert "of violence and weapons within 250 m in Sep 2025 – Aug 2026, more than" in sentence
    assert sentence.endswith("Source: Anytown police.")


def test_known_hotspots_are_no_yardstick_for_each_other():
    alone = said([at(2000, 2000)], [town(HOT)]).loc["P1", "expected"]
    beside = said([at(2000, 2000), at(2000, 2400, "P2")], [town((WEST + 2000, SOUTH + 2400))]).loc["P1", "expected"]
    assert beside < 1.2 * alone


@pytest.mark.parametrize(
    "shape",
    [
        shapely.LineString([(WEST + 1900, SOUTH + 2000), (WEST + 2100, SOUTH + 2000)]),
        shapely.box(WEST + 1950, SOUTH + 1950, WEST + 2050, SOUTH + 2050),
        shapely.MultiPolygon([shapely.box(WEST + 1950, SOUTH + 1950, WEST + 1990, SOUTH + 1990)]),
    ],
)
def test_lines_and_polygons_are_compared_with_the_same_shape_elsewhere(shape):
    assert said([at(0, 0, shape=shape)], [town(HOT)]).loc["P1", "state"] == "supported"
    assert said([at(0, 0, shape=shape)], [town(seed=1)]).loc["P1", "state"] == "quiet"


def test_a_rise_since_a_year_before_is_told_and_one_that_all_share_is_not():
    both = (*months.between("2024-09", "2025-08"), *YEAR)
    quiet = town(months_of=both, seed=1)
    there = np.hypot(*(quiet.points.xy - np.array(HOT)).T) <= 250
    late = np.isin(quiet.points.month, [at for at, month in enumerate(quiet.points.months) if month in YEAR])
    latest = replace(quiet, periods=YEAR, earlier=both[:12])
    more = replace(quiet.points, n=quiet.points.n * np.where(late & there[quiet.points.place], 4, 1))
    all_more = replace(quiet.points, n=quiet.points.n * np.where(late, 4, 1))
    rose, shared = (
        said([at(2000, 2000)], [replace(latest, points=points)]).loc["P1", "sentence"] for points in (more, all_more)
    )
    assert "a rise apart from what its surroundings did." in rose
    assert ": no clear change." in shared
    assert "A year before" not in said([at(2000, 2000)], [town(HOT)]).loc["P1", "sentence"]


def test_closed_entries_are_left_out_and_an_empty_register_is_no_error():
    assert said([at(2000, 2000, status="closed")], [town(HOT)]).empty
    assert said([], [town(HOT)]).empty
    assert said([at(2000, 2000)], []).loc["P1", "state"] == "not_testable"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (at(-9000, 2000), "outside the areas"),
        (at(2000, 2000, harm="cse"), "do not tell child sexual exploitation and abuse apart"),
    ],
)
def test_what_cannot_be_tested_says_why_and_has_no_figures(entry, why):
    row = said([entry], [town()]).loc["P1"]
    assert row["state"] == "not_testable"
    assert why in row["sentence"]
    assert row[["observed", "expected", "low", "high", "p"]].isna().all()


def test_too_few_incidents_are_not_called_quiet():
    few = town(months_of=YEAR[-1:])
    row = said([at(2000, 2000)], [few]).loc["P1"]
    assert row["state"] == "not_testable"
    assert "does not mean that nothing happens there" in row["sentence"]


def test_a_place_where_nothing_is_published_is_not_called_quiet():
    source = town()
    apart = np.hypot(*(source.points.xy - np.array(HOT)).T) > 300
    kept = apart[source.points.place]
    points = replace(source.points, place=source.points.place[kept], month=source.points.month[kept],
                     category=source.points.category[kept], n=source.points.n[kept])  # fmt: skip
    position = np.cumsum(apart) - 1
    points = replace(points, xy=points.xy[apart], place=position[points.place])
    assert (
        "no place that these data are published by"
        in said([at(2000, 2000)], [replace(source, points=points)]).loc["P1", "sentence"]
    )


def test_old_data_say_how_old_they_are():
    sentence = said([at(2000, 2000)], [town(HOT)], date(2028, 10, 1)).loc["P1", "sentence"]
    assert sentence.endswith("Latest data: August 2026, two years old.")


def test_months_that_are_missing_or_supplied_in_part_change_no_verdict():
    whole = town(HOT)
    missing = replace(whole, periods=tuple(month for month in YEAR if month not in ("2026-01", "2026-02")))
    half = np.where(whole.points.month == list(whole.points.months).index("2026-03"), 0, whole.points.n)
    part = replace(whole, points=replace(whole.points, n=half))
    for source in (missing, part):
        found = said([at(2000, 2000), at(900, 900, "P2")], [source])
        assert found["state"].to_list() == ["supported", "quiet"]


def test_the_first_source_that_expects_enough_speaks():
    few, enough = town(months_of=YEAR[-1:]), replace(town(HOT), title="Council")
    assert "Source: Council" in said([at(2000, 2000)], [few, enough]).loc["P1", "sentence"]


def test_a_register_of_ordinary_places_has_hardly_any_that_are_called_supported():
    called = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        entries = [at(*rng.uniform(300, 3700, 2), reference=f"P{one}") for one in range(20)]
        called += (said(entries, [town(seed=seed)])["state"] == "supported").sum()
    assert called <= 0.05 * 200


def zones(held, elsewhere=()):
    """Return a protected source of the 64 squares, the numbered ones ``held``; all others hold about 30."""
    n = np.full((64, 6, 1), 0)
    n[:, 0, 0] = np.where(np.arange(64) % 2, 25, 35)
    for area, number in held.items():
        n[area] = 0
        n[area, 0, 0] = number
    periods = tuple(f"2025/26-{number}" for number in range(1, 7))
    units = Units("zone", AREAS.codes, AREAS.codes, np.full(64, 1500.0), np.full(64, np.nan), np.arange(64))
    cube = Cube(AREAS.codes, periods, ("Peer",), ("peer",), frozenset(), n, protected=True)
    apart = np.isin(np.arange(64), list(elsewhere))
    return AreaSource("Schools", periods, View(units, cube, apart), tuple(AREAS.metres), "zone")


def test_protected_data_count_by_the_zone_that_touches_a_place():
    row = said([at(2250, 2250, harm="peer")], [zones({36: 120})]).loc["P1"]
    assert row["state"] == "supported"
    assert (
        "about 120 incidents of harm between children in the zone touching it in school year 2025/26" in row["sentence"]
    )
    assert row["observed"] == 120
    assert row["expected"] == 30


def test_protected_figures_under_ten_are_never_told():
    row = said([at(2250, 2250, harm="peer")], [zones({36: 5})]).loc["P1"]
    other = said([at(2250, 2250, harm="peer")], [zones({36: 0})]).loc["P1"]
    assert row["state"] == "quiet"
    assert "fewer than 10 incidents" in row["sentence"]
    assert row.drop("expected").equals(other.drop("expected"))
    assert row[["observed", "low", "high", "p"]].isna().all()
    assert row["expected"] % 5 == 0


def test_zones_that_are_gathered_from_several_places_say_nothing():
    sentence = said([at(2250, 2250, harm="peer")], [zones({36: 120}, elsewhere=(36,))]).loc["P1", "sentence"]
    assert "too few incidents happen there to be counted apart" in sentence
