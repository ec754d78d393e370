"""Laws of zones: they partition the areas, each holds enough, and every figure of a view is a sum of whole zones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.release import zoning
from geo.release.nesting import nesting
from geo.release.zones import Bar, is_pooled
from geo.release.zones import build as zones_of
from geo.release.zoning import Zoning
from tests.unit.geo.release.towns import INSIDE, reordered, town

SECRET = b"a secret of the tests"
YEARS = ("2023/24", "2024/25", "2025/26")


def build(areas, n, year, before=None, shown=None):
    """Build zones by the secret of these tests."""
    return zones_of(areas, n, year, SECRET, before, shown)


def bar_of(areas, n, inside):
    """Return the bar of the larger area that areas lie in."""
    parent = nesting(areas).parent
    code = "" if parent is None else parent.codes[parent.member[inside][0]]
    return Bar.drawn(len(n), SECRET, code) if is_pooled(n) else Bar()


@st.composite
def towns(draw):
    """Return an area set of up to four MSOAs, some with islands, few or unknown residents, or without larger areas."""
    msoas = draw(st.integers(1, 4))
    number = msoas * INSIDE
    known = st.sampled_from([0.0, 300.0, 700.0, 1_000.0, 1_500.0, np.nan])
    residents = draw(st.just(1_500.0) | arrays.arrays(np.float64, number, elements=known))
    areas = town(
        msoas,
        residents=residents,
        districts=draw(st.integers(1, msoas)),
        parents=draw(st.integers(0, 3)) > 0,
        gap=draw(st.sampled_from([0, 0.5, 300])),
    )
    areas.frame["ward_code"] = draw(st.lists(st.sampled_from("UVW"), min_size=number, max_size=number))
    areas.frame["ward_name"] = "Ward " + areas.frame["ward_code"]
    return areas


def incidents(areas, most=25):
    """Return counts of twelve months, contributor × area."""
    shapes = st.integers(1, 4).map(lambda contributors: (contributors, len(areas.codes)))
    return shapes.flatmap(lambda shape: arrays.arrays(np.int64, shape, elements=st.integers(0, most)))


@st.composite
def built(draw):
    """Return areas, and the zones of up to three years, each with its counts and after any sums shown of the last."""
    areas = draw(towns())
    counts, zones = [], []
    before = shown = None
    for year in YEARS[: draw(st.integers(1, 3))]:
        counts.append(draw(incidents(areas)))
        zones.append(build(areas, counts[-1], year, before, shown))
        before = zones[-1]
        shown = draw(arrays.arrays(np.int64, len(before.codes), elements=st.integers(0, 4).map(lambda n: 5 * n)))
    return areas, counts, tuple(zones)


@given(built())
def test_zones_part_the_areas_under_codes_and_names_of_their_own(made):
    areas, _, years = made
    for zones in years:
        assert zones.member.shape == (len(areas.codes),)
        assert set(zones.member.tolist()) == set(range(len(zones.codes)))
        assert list(zones.codes) == sorted(set(zones.codes))
        assert len(set(zones.names)) == len(zones.names) == len(zones.elsewhere) == len(zones.codes)


@given(built())
def test_every_zone_holds_enough_and_stays_inside_its_larger_area(made):
    areas, counts, years = made
    parent = nesting(areas).parent
    residents = areas.units(areas.level).residents
    for at, (n, zones) in enumerate(zip(counts, years, strict=True)):
        before = years[at - 1] if at else None
        for zone, elsewhere in enumerate(zones.elsewhere):
            inside = zones.member == zone
            if not elsewhere:
                stays = before is not None and not all(before.elsewhere[one] for one in before.member[inside])
                bar = bar_of(areas, n, inside)
                assert bar.is_met(n[:, inside].sum(axis=1), residents[inside].sum(), stays=stays)
                assert parent is None or len(set(parent.member[inside].tolist())) == 1


@given(built())
def test_elsewhere_is_made_of_whole_larger_areas_once_for_each_district(made):
    areas, _, years = made
    nest = nesting(areas)
    parent = np.zeros(len(areas.codes), dtype=np.int64) if nest.parent is None else nest.parent.member
    for zones in years:
        elsewhere = np.array(zones.elsewhere)[zones.member]
        assert not set(parent[elsewhere].tolist()) & set(parent[~elsewhere].tolist())
        districts = 1 if nest.pool is None else len(set(nest.pool.member[elsewhere].tolist()))
        assert sum(zones.elsewhere) == (districts if elsewhere.any() else 0)


@given(st.data())
def test_what_meets_the_bar_as_a_whole_is_not_elsewhere(data):
    areas = data.draw(towns())
    n = data.draw(incidents(areas, most=6))
    nest = nesting(areas)
    parent = np.zeros(len(areas.codes), dtype=np.int64) if nest.parent is None else nest.parent.member
    zones = build(areas, n, YEARS[0])
    residents = areas.units(areas.level).residents
    for each in np.unique(parent):
        inside = parent == each
        enough = bar_of(areas, n, inside).is_met(n[:, inside].sum(axis=1), residents[inside].sum())
        assert {zones.elsewhere[zone] for zone in zones.member[inside].tolist()} == {not enough}


@given(st.data())
def test_the_order_of_areas_makes_no_difference(data):
    areas = data.draw(towns())
    n = data.draw(incidents(areas))
    order = np.array(data.draw(st.permutations(range(len(areas.codes)))))
    one, other = build(areas, n, YEARS[0]), build(reordered(areas, order), n[:, order], YEARS[0])
    assert (one.codes, one.names, one.elsewhere) == (other.codes, other.names, other.elsewhere)
    assert one.member[order].tolist() == other.member.tolist()


@given(built(), st.data())
def test_every_unit_of_a_view_is_a_union_of_whole_zones_in_every_year(made, data):
    areas, counts, years = made
    level = data.draw(st.sampled_from(zoning.levels(areas)))
    found = zoning.units(Zoning(years), areas, level, [zones.year for zones in years])
    units = found.units
    assert set(units.member.tolist()) == set(range(len(units.codes)))
    assert list(units.codes) == sorted(set(units.codes))
    assert len(units.names) == len(units.residents) == len(found.elsewhere) == len(units.codes)
    for n, zones in zip(counts, years, strict=True):
        unit_of = found.unit_of[zones.year]
        assert unit_of[zones.member].tolist() == units.member.tolist()
        by_zone, summed, direct = (
            np.zeros(len(one), dtype=np.int64) for one in (zones.codes, units.codes, units.codes)
        )
        np.add.at(by_zone, zones.member, n.sum(axis=0))
        np.add.at(summed, unit_of, by_zone)
        np.add.at(direct, units.member, n.sum(axis=0))
        assert summed.tolist() == direct.tolist()


@given(built())
def test_areas_are_in_one_unit_only_where_zones_lead_from_one_to_the_other(made):
    areas, _, years = made
    found = zoning.units(Zoning(years), areas, zoning.ZONE, [zones.year for zones in years])
    elsewhere = np.any([np.array(zones.elsewhere)[zones.member] for zones in years], axis=0)
    for unit, apart in enumerate(found.elsewhere):
        inside = set(np.flatnonzero(found.units.member == unit).tolist())
        assert apart == bool(elsewhere[list(inside)].any())
        reached = {min(inside)} if not apart else {area for area in inside if elsewhere[area]}
        while True:
            further = {
                area for zones in years for area in inside if zones.member[area] in set(zones.member[list(reached)])
            }
            if further <= reached:
                break
            reached |= further
        assert reached == inside


@given(built())
def test_districts_hold_what_is_elsewhere_in_them(made):
    areas, _, years = made
    if nesting(areas).pool is not None:
        found = zoning.units(Zoning(years), areas, "district", [zones.year for zones in years])
        assert found.units.member.tolist() == areas.units("district").member.tolist()
        assert not found.elsewhere.any()
