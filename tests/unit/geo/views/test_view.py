"""Viewing: counts of every kind answer the same questions, and larger areas are sums of the smaller ones."""

from datetime import date

import numpy as np
import pytest

from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.release.kinds import Exact, Open, Protected
from geo.views import view
from tests.unit.geo.release.making import AREAS, HARMS, KEYS, YEARS, over, release, usual
from tests.unit.geo.samples import cube, squares

SQUARES = squares(4, msoa_code=["M1", "M1", "M2", "M2"], msoa_name=["West", "West", "East", "East"])
CUBE = cube(np.random.default_rng(1).integers(0, 3, (4, 3, 3)))
N = usual()
LEDGER = release(N, on=over(8), after=release(N, on=over(0)))  # so that the zones of its first year are few
PROTECTED = LEDGER.released


def seen(level="zone", years=YEARS):
    return view.view_counts(PROTECTED, AREAS, level, years)


@pytest.mark.parametrize("kind", [Open, Exact])
def test_open_and_exact_counts_are_seen_as_they_are_kept(kind):
    counts = kind(CUBE)
    found = view.view_counts(counts, SQUARES, "area")
    assert found.cube is CUBE
    assert not found.elsewhere.any()
    assert view.view_counts(counts, SQUARES, "msoa").cube.n.sum() == CUBE.n.sum()
    assert view.levels(counts, SQUARES) == ("area", "msoa")
    assert view.periods(counts) == CUBE.periods
    assert view.years_of(counts, CUBE.periods) == ()
    assert view.harms_in(counts) == ("violence", "substances", "other")  # those that occur


def test_a_release_offers_all_harm_groups_and_only_what_is_released():
    assert view.harms_in(PROTECTED) == tuple(HARM_GROUPS)
    assert view.levels(PROTECTED, AREAS) == ("zone", "msoa", "district")
    assert view.periods(PROTECTED) == KEYS[:9]


def test_the_cube_of_a_release_says_that_it_is_protected_and_names_no_category_of_the_dataset():
    found = seen().cube
    assert found.protected
    assert found.harm == HARMS
    assert found.categories == tuple(HARM_GROUPS.values())
    assert found.periods == KEYS[:9]
    assert found.missing == frozenset()


@pytest.mark.parametrize("years", [YEARS, YEARS[:1], YEARS[1:]], ids=str)
def test_larger_areas_and_the_total_are_sums_of_zones(years):
    zones = seen("zone", years)
    released = [one for one in LEDGER.frozen if one.period.year in years]
    for level in ("zone", "msoa", "district"):
        larger = seen(level, years)
        assert larger.cube.n.sum(axis=0).tolist() == [one.shown.sum(axis=0).tolist() for one in released]
        for at in range(len(larger.units.codes)):
            inside = np.unique(zones.units.member[larger.units.member == at])
            assert np.array_equal(larger.cube.n[at], zones.cube.n[inside].sum(axis=0))


def test_each_figure_of_one_year_is_a_cell_of_the_release():
    found = seen("zone", YEARS[:1])
    for position, one in enumerate(LEDGER.frozen[:6]):
        assert sorted(found.cube.n[:, position].tolist()) == sorted(one.shown.tolist())
    assert set(found.units.codes) == set(LEDGER.zones[0].codes)


def test_the_units_of_a_view_stay_the_same_through_its_years():
    both, first, second = seen(), seen(years=YEARS[:1]), seen(years=YEARS[1:])
    assert first.units.codes != second.units.codes
    assert len(both.units.codes) <= min(len(first.units.codes), len(second.units.codes))
    assert np.array_equal(both.cube.n.sum(axis=0)[:6], first.cube.n.sum(axis=0))
    assert np.array_equal(both.cube.n.sum(axis=0)[6:], second.cube.n.sum(axis=0))


def test_a_view_covers_the_released_years_between_the_first_and_the_last_period():
    assert view.years_of(PROTECTED, KEYS[:2]) == YEARS[:1]
    assert view.years_of(PROTECTED, (KEYS[0], KEYS[8])) == YEARS
    assert view.years_of(PROTECTED, (KEYS[8], "2025/26-1")) == YEARS[1:]
    assert view.years_of(PROTECTED, ("2025/26-1",)) == ()
    assert view.years_of(PROTECTED, ("2024-01",)) == ()


def test_a_year_between_two_chosen_ones_is_covered_too():
    tiles = NATIONAL_PATTERN.half_terms_of_years(date(2022, 9, 1), date(2025, 8, 31))
    three = Protected(PROTECTED.zoning, tiles, ())
    assert view.years_of(three, (tiles[0].key, tiles[-1].key)) == ("2022/23", "2023/24", "2024/25")


@pytest.mark.parametrize("years", [(), ("2019/20",)], ids=str)
def test_a_view_of_nothing_that_is_released_is_refused_in_one_sentence(years):
    with pytest.raises(InputError, match=r"^Protected counts are shown by half-terms .* choose others\.$"):
        view.view_counts(PROTECTED, AREAS, "msoa", years)


def test_a_level_that_there_is_none_of_is_refused():
    with pytest.raises(InputError, match="zone, msoa, district"):
        view.view_counts(PROTECTED, AREAS, "lsoa", YEARS)
    with pytest.raises(InputError, match="District"):
        view.view_counts(Open(CUBE), SQUARES, "district")


def test_looking_leaves_the_release_as_it_is():
    before = [one.tolist() for one in PROTECTED.shown]
    seen("district").cube.n[:] = 1
    assert [one.tolist() for one in PROTECTED.shown] == before
