"""What is around a school: the points within a distance of it, or the areas that touch it, each as it says."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import pytest
import shapely

from data.principal import LOCAL_USER
from data.store import datasets
from data.store.store import Store
from geo.harms import HARM_GROUPS
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, USUAL_GROUPS, Facts, facts_of
from tests.pages.facts import SCHOOL as PROTECTED
from tests.pages.shown import number
from tests.unit.data import small_place
from tests.unit.data.running import done

METRES: Final = "EPSG:27700"
MONTHS: Final = ("2025-09", "2026-08")
SCHOOL: Final = "Castlebrook Academy"


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


def circle(facts: Facts, radius: int) -> shapely.Polygon:
    school = facts.schools.set_index("name").loc[SCHOOL]
    point = gpd.GeoSeries([shapely.Point(school["lon"], school["lat"])], crs="EPSG:4326").to_crs(METRES).iloc[0]
    return shapely.buffer(point, radius, quad_segs=256)


def codes_within(facts: Facts, radius: int) -> set[str]:
    touched = facts.areas.to_crs(METRES).intersects(circle(facts, radius))
    return set(facts.areas.loc[touched, "area"])


@pytest.fixture(scope="module")
def rows(facts: Facts, demo_home: Path) -> gpd.GeoDataFrame:
    """Every row with a location, read from the store with GeoPandas: month, category, and where it is in metres."""
    store = Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")
    try:
        stored = gpd.read_parquet(io.BytesIO(datasets.load_rows(store, LOCAL_USER, facts.dataset)))
    finally:
        store.close()
    located = stored[stored.geometry.notna()]
    return located.set_crs("EPSG:4326", allow_override=True).to_crs(METRES)


def within(facts: Facts, rows: gpd.GeoDataFrame, radius: int, months: tuple[str, str], groups: Sequence[str]) -> int:
    """Count the rows at most so far from the school, of some months and harm groups."""
    harm = rows["category"].astype(str).map(dict(facts.dataset.harm_of))
    month = rows["month"].astype(str)
    near = rows.distance(circle(facts, radius).centroid) <= radius
    codes = [code for code, label in HARM_GROUPS.items() if label in groups]
    return int((near & month.between(*months) & harm.isin(codes)).sum())


@pytest.mark.parametrize("radius", [400, 800, 1600])
def test_the_figures_are_those_of_the_points_within_the_distance(
    open_demo: Open, facts: Facts, rows: gpd.GeoDataFrame, radius: int
) -> None:
    shown = open_demo("local_context", {"school": SCHOOL, "radius": f"{radius:,} m"})
    here = within(facts, rows, radius, MONTHS, USUAL_GROUPS)
    earlier = within(facts, rows, radius, facts.months_before(MONTHS), USUAL_GROUPS)
    assert shown.headline.startswith(f"Within {radius:,} m of {SCHOOL} in a straight line: {here:,} incident")
    assert f"{earlier:,} in the same months a year before" in shown.headline
    (bars,) = (listed for listed in shown.charts if "harm" in listed[0])
    assert sum(row["n"] for row in bars) == here
    (course,) = (listed for listed in shown.charts if "period" in listed[0])
    of_period = {row["period"]: row["n"] for row in course}
    assert sum(n for month, n in of_period.items() if MONTHS[0] <= month <= MONTHS[1]) == here


@pytest.mark.parametrize("radius", [400, 800, 1600])
def test_map_and_table_are_of_whole_areas_and_say_so(open_demo: Open, facts: Facts, radius: int) -> None:
    shown = open_demo("local_context", {"school": SCHOOL, "radius": f"{radius:,} m"})
    codes = codes_within(facts, radius)
    cells = facts.chosen(MONTHS, USUAL_GROUPS)
    units = facts.by_unit("lsoa", cells).set_index("code").loc[sorted(codes)]
    table = {row["Area"]: number(row["Incidents"]) for row in shown.table("Residents")}
    assert table == dict(zip(units["name"], units["n"], strict=True))
    payload = shown.payload
    drawn = facts.drawn[payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")]
    assert {drawn[position] for position in payload["emphasise"]} == codes
    texts = payload["texts"].split("|")
    assert sum(number(texts[position]) for position in payload["emphasise"]) == units["n"].sum()
    assert f"Small areas touching {radius:,} m, each counted whole" in shown.text
    assert "count whole small areas that touch this distance and reach beyond it" in shown.text


def test_the_busiest_places_are_named_with_how_far_they_are(
    open_demo: Open, facts: Facts, rows: gpd.GeoDataFrame
) -> None:
    shown = open_demo("local_context", {"school": SCHOOL, "radius": "1,600 m"})
    harm = rows["category"].astype(str).map(dict(facts.dataset.harm_of))
    codes = [code for code, label in HARM_GROUPS.items() if label in USUAL_GROUPS]
    away = rows.distance(circle(facts, 1600).centroid)
    near = rows[(away <= 1600) & rows["month"].astype(str).between(*MONTHS) & harm.isin(codes)]
    at = near.assign(x=near.geometry.x.round(1), y=near.geometry.y.round(1), away=away, place=near["place"].astype(str))
    counts = at.groupby(["x", "y", "place", "away"])["x"].count().sort_values(ascending=False)
    (_, _, name, metres), most = counts.index[0], counts.iloc[0]
    first = shown.table("Number")[0]
    assert (first["On or near"].split(", near ")[0], number(first["Metres away"])) == (
        name.removeprefix("On or near "),
        round(metres),
    )
    assert re.search(rf"On or near {re.escape(first['On or near'])} · [\d.]+ k?m [a-z-]+ {most} incidents", shown.text)


def test_a_protected_dataset_is_counted_by_zones_that_touch(open_demo: Open) -> None:
    shown = open_demo("local_context", {"dataset": PROTECTED, "board": "true", "school": SCHOOL})
    assert re.search(rf"in the (\d+ zones that touch|zone that touches) 800 m around {SCHOOL}", shown.headline)
    assert "Zones touching 800 m, each counted whole" in shown.text
    assert "straight line" not in shown.text
    assert "Busiest places" not in shown.text


def test_exact_counts_are_of_areas_too(open_demo: Open) -> None:
    shown = open_demo("local_context", {"dataset": PROTECTED, "school": SCHOOL})
    assert re.search(rf"in the (\d+ areas that touch|area that touches) 800 m around {SCHOOL}", shown.headline)
    assert "straight line" not in shown.text


def test_each_school_has_its_own_surroundings(open_demo: Open, facts: Facts) -> None:
    headlines = {open_demo("local_context", {"school": school}).headline for school in facts.schools["name"]}
    assert len(headlines) == len(facts.schools) == 6


def test_the_known_hotspots_nearby_are_named_with_status_and_harm(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("local_context", {"school": SCHOOL})
    near = facts.hotspots[facts.hotspots.to_crs(METRES).intersects(circle(facts, 1600))]
    assert len(near)
    for hotspot in near.itertuples():
        assert hotspot.name in shown.text
    assert all(status in shown.text.casefold() for status in near["status"])
    far = facts.hotspots.loc[~facts.hotspots["name"].isin(near["name"]), "name"]
    listed = next(piece.text for piece in shown.markup if "<h2>Known hotspots</h2>" in piece.html)
    assert not [name for name in far if name in listed]


def test_without_a_year_before_nothing_is_set_beside(open_demo: Open) -> None:
    headline = open_demo("local_context", {"from": "Sep 2023", "to": "Nov 2023"}).headline
    assert "a year before cannot be set beside it" in headline


def test_months_the_wrong_way_round_are_the_months_between_them(open_demo: Open) -> None:
    forwards = open_demo("local_context", {"from": "Jan 2026", "to": "Apr 2026"})
    backwards = open_demo("local_context", {"from": "Apr 2026", "to": "Jan 2026"})
    assert backwards.headline == forwards.headline


def test_without_any_harm_group_all_are_shown(open_demo: Open, facts: Facts, rows: gpd.GeoDataFrame) -> None:
    shown = open_demo("local_context", {"school": SCHOOL})
    shown.app.multiselect(key="harm").set_value([])
    shown = again(shown)
    here = within(facts, rows, 800, MONTHS, tuple(HARM_GROUPS.values()))
    assert f": {here:,} incidents" in shown.headline


HILL: Final = {"school": "Hill School", "radius": "800 m", "from": "Aug 2021", "to": "Aug 2021"}


def small_home(tmp_path: Path, *, named: bool) -> Path:
    """Build a store of the small place, whose police data name a hospital or name no places."""
    files, home = small_place.write(tmp_path / "files"), tmp_path / "home"
    street = tmp_path / small_place.STREET_FILES[0]
    places = ["On or near Hospital", "On or near Hospital", "On or near Mill & Weir Lane", "No Location", ""]
    rows = [(*row, place) for row, place in zip(small_place.AUGUST, places, strict=True)]
    header = (*small_place.STREET_HEADER, "Location" if named else "Somewhere")
    street.write_text(small_place.table(header, rows), encoding="utf-8")
    done(home, "areas", files[small_place.AREAS_FILE], *small_place.AREA_OPTIONS)
    done(home, "schools", files["schools.csv"])
    done(home, "import", street)
    return home


def test_what_is_recorded_at_a_hospital_is_counted_apart_and_named(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(small_home(tmp_path, named=True), "local_context", HILL)
    assert shown.failed == []
    assert "in a straight line: 1 incident, Aug 2021" in shown.headline
    assert "A further 2, recorded at a hospital, are counted apart." in shown.text
    assert re.search(r"On or near Mill & Weir Lane · \d+ m [a-z-]+ 1 incident\.", shown.text)
    assert "before the names of places were kept" not in shown.text


def test_without_names_of_places_the_page_says_what_is_counted_as_well_and_the_remedy(
    open_page: Open, tmp_path: Path
) -> None:
    shown = open_page(small_home(tmp_path, named=False), "local_context", HILL)
    assert "in a straight line: 3 incidents, Aug 2021" in shown.headline
    assert "import the same files again to count it apart" in shown.text
    assert "Busiest places" not in shown.text


@pytest.mark.parametrize("radius", [400, 800])
def test_the_first_line_tells_no_real_change_from_too_few_to_say(open_demo: Open, radius: int) -> None:
    shown = open_demo("local_context", {"school": SCHOOL, "radius": f"{radius:,} m"})
    changes = next(piece.html for piece in shown.markup if "lc-beside" in piece.html)
    said = re.findall(r"<li[^>]*>[^:<]*: ([^.(<]*)", changes)
    same = sum(one.startswith("no real change") for one in said)
    silent = sum(one.startswith("too ") for one in said)
    real = len(re.findall(r'<li class="lc-(?:more|less)"', changes))
    assert real + same + silent == len(said) == len(USUAL_GROUPS)
    assert f"No real change in {same} harm group" in shown.text
    assert (f"Too few to say of {silent} harm group" in shown.text) is bool(silent)
