import shapely

from tests.unit.data.demo.conftest import METRES, Town


def test_backdrop_is_light_enough_to_send(any_town: Town) -> None:
    assert any_town.files.backdrop.stat().st_size < 250_000


def test_backdrop_holds_every_kind_and_names_everything(town: Town) -> None:
    assert set(town.backdrop["kind"]) == {"main", "street", "river", "rail", "place"}
    assert town.backdrop["name"].ne("").all()
    places = set(town.backdrop.loc[town.backdrop["kind"] == "place", "name"])
    assert {"Market Square", "Millbank Park", "Castlebrook Station", "Riverside Retail Park"} <= places


def test_each_street_has_a_name_of_its_own(any_town: Town) -> None:
    assert any_town.backdrop.loc[any_town.backdrop["kind"] == "street", "name"].is_unique


def test_streets_meet_other_ways(any_town: Town) -> None:
    ways = any_town.backdrop[any_town.backdrop["kind"].isin(["main", "street"])].to_crs(METRES)
    lines = ways.geometry.to_numpy()
    tree = shapely.STRtree(lines)
    near = tree.query(lines, predicate="dwithin", distance=2.0)
    met = set(near[0][near[0] != near[1]])
    assert len(met) > 0.97 * len(lines)


def test_streets_do_not_cross_the_river(any_town: Town) -> None:
    ways = any_town.backdrop.to_crs(METRES)
    water = ways[ways["kind"] == "river"].union_all().buffer(2.0)
    streets = ways[ways["kind"] == "street"]
    assert {len(shapely.get_parts(line)) for line in streets.difference(water)} == {1}
