"""A real place with streets: what is drawn, named and walked along in Leeds is what its extract holds."""

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import osmium
import pytest

from data.formats.tile_archive import unpack_tiles
from data.principal import LOCAL_USER
from data.store import base_maps
from data.store.store import Store
from tests.unit.data.running import done

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def leeds(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with the areas and the base map of Leeds, and what bringing the map in said."""
    place, home = real_data / "leeds_chapeltown", tmp_path_factory.mktemp("leeds")
    file = place / "boundaries" / "lsoa21.geojson"
    done(home, "areas", file, "--code", "lsoa21_code", "--name", "lsoa21_name", "--level", "lsoa")
    return home, done(home, "basemap", place / "streets.osm.pbf").err


def test_what_is_counted_equals_the_facts_of_the_place(leeds: tuple[Path, str]) -> None:
    home, said = leeds
    (one,) = json.loads(done(home, "status", "--json").out)["base_maps"]
    counts = one["counts"]
    assert counts["roads"] + counts["paths"] == 1_752 - 1  # all ways with a highway but the one that is `no`
    assert sum(one["left_out"].values()) == 1
    assert counts["street names"] == 877
    assert (counts["parks"], counts["parks with a name"]) == (7, 3)
    assert counts["stops"] == 177
    assert one["edition"] == "2014-01-19"
    assert "beyond the areas" not in said


def test_its_names_are_those_of_an_independent_look_at_the_file(leeds: tuple[Path, str], real_data: Path) -> None:
    home, _ = leeds
    file = real_data / "leeds_chapeltown" / "streets.osm.pbf"
    tags = [dict(way.tags) for way in osmium.FileProcessor(str(file), osmium.osm.WAY)]
    streets = {" ".join(one["name"].split()) for one in tags if "highway" in one and "name" in one}
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        (one,) = base_maps.base_maps(store, LOCAL_USER)
        names = base_maps.load_names(store, LOCAL_USER, one.id)
        network = base_maps.load_network(store, LOCAL_USER, one.id)
        archive = base_maps.tile_archive(store, LOCAL_USER, one.digest)
    by_kind = {kind: set(own) for kind, own in names.groupby("kind")["name"]}
    assert by_kind["street"] == streets
    assert {"Potternewton Park", "Harehills Park", "Banstead Park"} <= by_kind["park"]
    assert by_kind["place"] == {"Chapeltown", "Harehills", "Woodhouse", "Little London", "Potternewton"}
    assert {zoom for zoom, _, _ in unpack_tiles(archive or b"")} == set(range(8, 15))
    open_ways = Counter("highway" in one for one in tags)[True] - sum(network.left_out.values())
    assert 1_700 < open_ways < 1_752
    assert len(network.start) > 7_000
