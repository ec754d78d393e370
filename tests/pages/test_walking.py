"""Within so many minutes' walk: a third choice of area, counted again by networkx, and what is said without it."""

import json
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pytest
import shapely
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.store import base_maps, datasets, rows_at_rest
from data.store.store import Store
from geo.walking.snapping import FARTHEST
from pages.components.cached import walks
from pages.routes import downloads, transient_files
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, SCHOOL, Facts, facts_of
from tests.pages.trending import chart
from tests.unit.data.running import copied, done
from tests.unit.geo.walking.by_networkx import TO_DEGREES, TO_METRES, Reference

ACADEMY: Final = "Castlebrook Academy"
NEAR: Final = {"dataset": POLICE, "school": ACADEMY, "where": "Around my school"}
PERIOD: Final = {"from": "Jun 2026", "to": "Aug 2026"}
MONTHS: Final = ["2026-06", "2026-07", "2026-08"]
SIDE, STEP = 46, 90  # streets around the school: how many each way, and metres between them
TOGETHER: Final = {"trend_harm": "All these harm groups"}


def corners(east: float, north: float) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """Return the corners of streets around a place in degrees, and the stretches between them, some of them missing."""
    across = STEP * (np.arange(SIDE) - SIDE / 2)
    x, y = np.meshgrid(east + 17 + across, north + 23 + across)
    lon, lat = TO_DEGREES.transform(x.ravel(), y.ravel())
    numbered = range(SIDE * SIDE)
    stretches = [(at, at + 1) for at in numbered if (at + 1) % SIDE] + [(at, at + SIDE) for at in numbered[:-SIDE]]
    there = np.random.default_rng(15).random(len(stretches)) < 0.8
    return (
        np.round(lon, 7),
        np.round(lat, 7),
        [pair for pair, is_there in zip(stretches, there, strict=True) if is_there],
    )


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


@pytest.fixture(scope="module")
def school(facts: Facts) -> np.ndarray:
    """Where the academy is, in metres."""
    found = facts.schools.set_index("name").loc[ACADEMY]
    return np.array(TO_METRES.transform(found["lon"], found["lat"]))


def without_base_map(home: Path) -> None:
    """Remove the map of the whole town's streets."""
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        for one in base_maps.base_maps(store, LOCAL_USER):
            base_maps.remove_base_map(store, LOCAL_USER, one.id)


@pytest.fixture(scope="module")
def walked_home(demo_home: Path, school: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration town with a base map of streets around the academy. Tests only read it."""
    home = copied(demo_home, tmp_path_factory.mktemp("walked") / "home")
    lon, lat, stretches = corners(*school)
    lines = [[[lon[one], lat[one]], [lon[other], lat[other]]] for one, other in stretches]
    kind = {"type": "Feature", "properties": {"highway": "footway"}}
    features = [kind | {"geometry": {"type": "LineString", "coordinates": line}} for line in lines]
    file = home.parent / "streets.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    without_base_map(home)
    done(home, "basemap", file)
    return home


@pytest.fixture(scope="module")
def points(facts: Facts, demo_home: Path, school: np.ndarray) -> pd.DataFrame:
    """Each published incident of the usual groups, with its metres on foot from the academy as networkx finds them."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, LOCAL_USER, facts.dataset)).to_pandas()
    rows = rows[rows["category"].map(dict(facts.dataset.harm_of)).isin(["violence", "substances", "asb"])]
    xy = np.column_stack(TO_METRES.transform(rows["lon"].to_numpy(), rows["lat"].to_numpy()))
    near = np.hypot(*(xy - school).T) <= 1600
    rows, xy = rows[near], xy[near]
    places, of_row = np.unique(xy, axis=0, return_inverse=True)
    town = Reference(*corners(*school))
    metres, (_, *away) = town.from_one(school, places), town.tied(school, *places)[1]
    metres[np.array(away) > FARTHEST] = np.inf
    return rows.assign(metres=metres[of_row], straight=np.hypot(*(xy - school).T))


@pytest.fixture
def open_walked(open_page: Open, walked_home: Path) -> Open:
    def open_at(page: str, address: dict[str, str]) -> object:
        return open_page(walked_home, page, address)

    return open_at


@pytest.mark.parametrize(("minutes", "metres"), [(5, 400), (10, 800), (20, 1600)])
def test_local_context_counts_what_is_within_a_walk(
    open_walked: Open, points: pd.DataFrame, minutes: int, metres: int
) -> None:
    shown = open_walked("local_context", NEAR | PERIOD | {"radius": f"{minutes} min"})
    assert shown.failed == []
    in_period = points[points["month"].isin(MONTHS)]
    here, there = ((in_period[way] <= metres).sum() for way in ("metres", "straight"))
    assert 0 < here < there
    said = f"Within {minutes} minutes’ walk of {ACADEMY} ({metres:,} m along streets and paths): {here:,} incident"
    assert shown.headline.startswith(said)
    assert f"within {minutes} minutes’ walk ({metres:,} m along streets and paths)" in shown.text
    assert "How walks are measured" in shown.text


@pytest.mark.parametrize("minutes", [5, 10, 20])
def test_trends_and_their_download_are_of_the_same_points(
    open_walked: Open, points: pd.DataFrame, walked_home: Path, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    shown = open_walked("trends", NEAR | TOGETHER | {"radius": f"{minutes} min"})
    by_month = points[points["metres"] <= 80 * minutes].groupby("month", observed=False).size()
    drawn = [n or 0 for n in chart(shown).drawn]
    assert drawn == by_month.reindex(sorted(by_month.index)).tolist()
    (link,) = [one for one in shown.links if "trend.csv" in one]
    assert f"within=walk-{minutes}" in link
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(walked_home))
    with TestClient(Starlette(routes=downloads.routes())) as client:
        answer = client.get(link)
    assert answer.status_code == 200, answer.text
    assert len(answer.text.splitlines()) == len(drawn) + 1


def test_maps_show_what_is_reached_in_place_of_rings_and_the_areas_it_touches(
    open_walked: Open, facts: Facts, school: np.ndarray
) -> None:
    areas = facts.areas.to_crs("EPSG:27700")
    for page in ("local_context", "area_map"):
        painted = open_walked(page, NEAR | PERIOD | {"radius": "10 min"}).payload
        assert painted["rings"] is None
        digest = painted["walk"].removeprefix("/lc/geometry/").removesuffix(".json")
        assert transient_files.offered(digest) is not None
        drawn = facts.drawn[painted["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")]
        lit = {drawn[position] for position in painted["emphasise"]}
        within = areas[areas.intersects(shapely.Point(school).buffer(800))]
        own = areas[areas.contains(shapely.Point(school))]
        assert set(own["area"]) <= lit < set(within["area"])
    assert open_walked("area_map", NEAR | PERIOD).payload["walk"] is None


def test_a_straight_line_stays_the_usual_and_a_walk_can_be_taken_off(open_walked: Open) -> None:
    assert open_walked("local_context", NEAR).headline.startswith(f"Within 800 m of {ACADEMY} in a straight line")
    shown = open_walked("local_context", NEAR | {"radius": "20 min"})
    shown.app.button(key="_chip_radius").click()
    assert again(shown).headline.startswith(f"Within 800 m of {ACADEMY} in a straight line")


@pytest.mark.parametrize("page", ["local_context", "area_map", "trends", "clock"])
def test_protected_data_are_never_counted_by_walk(open_walked: Open, page: str) -> None:
    walked = open_walked(page, NEAR | {"radius": "10 min"})
    assert walked.failed == []
    walked.app.selectbox(key="dataset").set_value(SCHOOL)
    shown = again(walked)
    assert shown.failed == []
    assert shown.app.segmented_control(key="radius").options == ["400 m", "800 m", "1,600 m"]
    assert "walk" not in shown.text.casefold()


def test_a_download_of_protected_data_within_a_walk_is_refused(
    walked_home: Path, demo_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_schools = facts_of(demo_home, SCHOOL)
    urn = of_schools.schools.set_index("name").loc[ACADEMY, "urn"]
    asked = {"dataset": of_schools.dataset.id, "harm": "violence", "by": "half-term", "figures": "week"}
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(walked_home))
    with TestClient(Starlette(routes=downloads.routes())) as client:
        where = {"where": "school", "school": urn}
        assert client.get("/lc/download/trend.csv", params=asked | where | {"within": "800"}).status_code == 200
        answer = client.get("/lc/download/trend.csv", params=asked | where | {"within": "walk-10"})
    assert answer.status_code != 200
    assert "published points only" in answer.text


def test_without_a_base_map_it_is_said_and_a_straight_line_is_counted(open_page: Open, home: Path) -> None:
    without_base_map(home)
    shown = open_page(home, "local_context", NEAR | {"radius": "10 min"})
    assert shown.failed == []
    assert shown.headline.startswith(f"Within 800 m of {ACADEMY} in a straight line")
    assert "Walking distance needs a map of streets and paths, and none is loaded here" in shown.text
    assert "Walking distance" not in open_page(home, "local_context", NEAR).text


def test_of_a_school_far_from_any_way_it_is_said(open_walked: Open, facts: Facts, school: np.ndarray) -> None:
    xy = np.column_stack(TO_METRES.transform(facts.schools["lon"].to_numpy(), facts.schools["lat"].to_numpy()))
    far = facts.schools.iloc[int(np.hypot(*(xy - school).T).argmax())]["name"]
    shown = open_walked("local_context", NEAR | {"school": far, "radius": "10 min"})
    assert shown.failed == []
    assert f"the map of ways has none that close to {far}" in shown.text
    assert f"Within 800 m of {far} in a straight line" in shown.headline


def test_what_was_walked_is_found_again_at_once(open_walked: Open) -> None:
    shown = open_walked("local_context", NEAR | {"radius": "10 min"})
    made: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walks.walking, "walks_of", lambda *asked: made.append(asked))
        for radius in ("800 m", "10 min", "800 m", "10 min"):
            shown.app.segmented_control(key="radius").set_value(radius)
            shown = again(shown)
            assert shown.failed == []
    assert made == []
