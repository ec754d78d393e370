"""An area is compared with those most like it: as deprived, as densely lived in, and each with a rate of its own."""

import re

import numpy as np

from geo.maps.measure import Measure
from geo.maps.peer_rates import NUMBER, features_of, statistical_neighbours
from tests.unit.geo.findings import making
from tests.unit.geo.maps.looking import AREAS, MONTHS, last, measure, scene

RESIDENTS = np.arange(1000.0, 1000 + 10 * AREAS, 10)
TOWN = making.grid(6, residents=RESIDENTS)
DEPRIVED = making.grid(6, residents=RESIDENTS, deprivation=np.arange(AREAS) % 10 + 1)


def rising(areas=TOWN, **looks):
    """Return a place where each area has a higher rate than the one before it."""
    n = np.zeros((AREAS, MONTHS), dtype=int)
    n[:, -1] = 10 * np.arange(AREAS) ** 2 + 10
    return measure(scene(n, areas, **looks), Measure.RATE)


def lower(told):
    return int(re.search(r"live, (\d+) have a lower rate", told)[1])


def test_the_ten_areas_as_densely_lived_in_are_those_with_as_many_residents_where_all_are_of_a_size():
    found = rising()
    assert lower(statistical_neighbours(TOWN, found, 20)) == 5
    assert lower(statistical_neighbours(TOWN, found, 0)) == 0
    assert lower(statistical_neighbours(TOWN, found, AREAS - 1)) == NUMBER


def test_the_middle_rate_of_those_alike_is_told():
    found = rising()
    beside = [*range(15, 20), *range(21, 26)]
    assert f"{np.median(found.rates[beside]):,.1f} per 1,000 residents" in statistical_neighbours(TOWN, found, 20)


def test_deprivation_counts_and_is_named_where_it_is_known():
    assert "in deprivation and in how densely" in statistical_neighbours(DEPRIVED, rising(DEPRIVED), 20)
    assert "deprivation" not in statistical_neighbours(TOWN, rising(), 20)


def test_areas_are_alike_in_residents_per_square_kilometre_and_in_deprivation_where_it_is_known():
    density = RESIDENTS / (making.SIDE / 1000) ** 2
    table = features_of(DEPRIVED, DEPRIVED.units("lsoa"))
    assert table.shape == (AREAS, 2)
    assert np.allclose(table[:, 0], density, rtol=1e-3)
    assert table[:, 1].tolist() == (np.arange(AREAS) % 10 + 1).tolist()
    plain = features_of(TOWN, TOWN.units("lsoa"))
    assert plain.shape == (AREAS, 1)
    assert np.array_equal(plain[:, 0], table[:, 0])


def test_what_is_not_known_of_an_area_stays_unknown_among_its_features():
    residents = np.where(np.arange(AREAS) == 3, np.nan, RESIDENTS)
    deprivation = np.where(np.arange(AREAS) == 5, np.nan, 4.0)
    areas = making.grid(6, residents=residents, deprivation=deprivation)
    assert np.argwhere(np.isnan(features_of(areas, areas.units("lsoa")))).tolist() == [[3, 0], [5, 1]]


def test_an_area_without_a_rate_is_like_none_and_none_is_like_it():
    residents = RESIDENTS.copy()
    residents[19] = np.nan
    areas = making.grid(6, residents=residents)
    found = rising(areas)
    assert statistical_neighbours(areas, found, 19) is None
    assert lower(statistical_neighbours(areas, found, 20)) == 5  # the next one below takes its place


def test_fewer_than_ten_others_are_not_called_the_most_alike():
    few = making.grid(3)
    assert statistical_neighbours(few, measure(scene(making.even(few, MONTHS), few), Measure.RATE), 4) is None


def test_what_is_gathered_from_several_places_is_like_no_area():
    found = rising(elsewhere=(19,))
    assert statistical_neighbours(TOWN, found, 19) is None
    assert lower(statistical_neighbours(TOWN, found, 20)) == 5
    beside = [*range(14, 19), *range(21, 26)]
    assert f"{np.median(found.rates[beside]):,.1f} per" in statistical_neighbours(TOWN, found, 20)


def test_protected_rates_are_about_and_those_that_are_not_told_stand_beside_none():
    n = np.zeros((AREAS, MONTHS), dtype=int)
    n[:, -1] = 5 * (np.arange(AREAS) % 6)
    found = measure(scene(n, TOWN, protected=True), Measure.RATE)
    assert statistical_neighbours(TOWN, found, 0) is None
    assert "have about " in statistical_neighbours(TOWN, found, 20)


def test_months_that_were_never_supplied_say_nothing():
    view = scene(making.even(TOWN, MONTHS), TOWN, missing=("2020-12",))
    assert statistical_neighbours(TOWN, measure(view, Measure.RATE, last(view, 1)), 20) is None
