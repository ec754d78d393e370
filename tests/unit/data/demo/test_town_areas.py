import pytest
import shapely

from tests.unit.data.demo.conftest import METRES, Town

PARENTS = {"msoa": 12, "ward": 4, "district": 2}


def test_areas_cover_the_town_without_gaps_or_overlaps(any_town: Town) -> None:
    assert len(any_town.areas) == 60
    assert any_town.areas.is_valid.all()
    assert shapely.coverage_is_valid(any_town.areas.geometry.to_numpy())
    whole = shapely.coverage_union_all(any_town.areas.geometry.to_numpy())
    assert len(shapely.get_parts(whole)) == 1
    assert shapely.get_num_interior_rings(shapely.get_parts(whole)[0]) == 0


@pytest.mark.parametrize(("level", "count"), PARENTS.items())
def test_every_area_lies_in_one_parent_of_each_level_in_one_piece(any_town: Town, level: str, count: int) -> None:
    assert any_town.areas[f"{level}_name"].ne("").all()
    names = any_town.areas.groupby(f"{level}_code")[f"{level}_name"].nunique()
    assert len(names) == count
    assert names.eq(1).all()
    for _, members in any_town.areas.groupby(f"{level}_code"):
        assert len(shapely.get_parts(shapely.coverage_union_all(members.geometry.to_numpy()))) == 1


@pytest.mark.parametrize(("inner", "outer"), [("msoa", "ward"), ("ward", "district")])
def test_larger_areas_nest(any_town: Town, inner: str, outer: str) -> None:
    assert any_town.areas.groupby(f"{inner}_code")[f"{outer}_code"].nunique().eq(1).all()


def test_codes_are_unique_and_no_real_areas(any_town: Town) -> None:
    assert any_town.areas["code"].is_unique
    assert any_town.areas["name"].is_unique
    assert any_town.areas["code"].str.fullmatch(r"X01\d{6}").all()
    assert any_town.areas["name"].str.fullmatch(r"Castlebrook \d{3}[A-Z]").all()


def test_residents_and_deprivation_stay_in_their_range(any_town: Town) -> None:
    assert any_town.areas["residents"].between(1_000, 3_000).all()
    assert any_town.areas["deprivation"].between(2, 70).all()


def test_central_areas_are_smaller_have_fewer_residents_and_are_poorer(town: Town) -> None:
    areas = town.areas.to_crs(METRES)
    square = town.backdrop.to_crs(METRES).set_index("name").geometry["Market Square"]
    near = areas.distance(square) < 500
    assert areas[near].area.median() < 0.7 * areas[~near].area.median()
    assert areas[near]["residents"].mean() < areas[~near]["residents"].mean()
    assert areas[near]["deprivation"].mean() > areas[~near]["deprivation"].mean()


def test_the_town_lies_in_the_north_sea(any_town: Town) -> None:
    west, south, east, north = any_town.areas.total_bounds
    assert 0.8 < west < east < 1.0
    assert 53.85 < south < north < 53.95
    left, bottom, right, top = any_town.areas.to_crs(METRES).total_bounds
    assert 5_000 < right - left < 7_000
    assert 4_000 < top - bottom < 6_000
