"""The town's session of marks: counted again from its file by other means, and what is planted in it is told."""

import csv
import io
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.demo import demo_store
from data.principal import LOCAL_USER
from data.services import releasing, safety_marks
from data.services.opening import open_store
from data.store import area_sets, datasets
from data.store.store import Store
from geo.calendar.months import between
from geo.counts.filters import Choice
from geo.evidence.disagreement import MarkedKind, marked_findings
from geo.harms import SCHOOL_DEFAULT
from tests.unit.data.demo.conftest import Town
from tests.unit.data.running import done, run

YEAR = tuple(between("2025-09", "2026-08"))


@pytest.fixture
def store(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of the demonstration town."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(demo_home))
    return open_store()


@pytest.fixture
def counted(town: Town) -> pd.DataFrame:
    """The marks of the file by area, safe and unsafe, from the squares and the code alone."""
    rows = pd.read_csv(town.files.marks, dtype=str)
    east, north, side = re.fullmatch(r"TA(\d{4})(\d{4})-(\d+)", rows["map"].iloc[0]).groups()
    west, south, side = 500_000 + 10 * int(east), 400_000 + 10 * int(north), int(side)
    letter, number = rows["cell"].str[0].map(ord) - ord("A"), rows["cell"].str[1:].astype(int)
    points = gpd.points_from_xy(west + (letter + 0.5) * side, south + (12 - number + 0.5) * side, crs="EPSG:27700")
    marks = gpd.GeoDataFrame(rows, geometry=points).sjoin(town.areas.to_crs("EPSG:27700"), predicate="within")
    marks["n"] = marks["number"].astype(int)
    return marks.pivot_table(index="code", columns="mark", values="n", aggfunc="sum", fill_value=0)


def test_what_is_released_was_counted_right_and_lies_near(store: Store, counted: pd.DataFrame) -> None:
    dataset = next(one for one in datasets.datasets(store, LOCAL_USER) if one.title == demo_store.MARKS_TITLE)
    ledger = releasing.ledger_of(store, LOCAL_USER, dataset)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    assert ledger is not None
    [period], [zones] = ledger.frozen, ledger.zones
    by_area = counted.reindex(areas.codes, fill_value=0)[["safe", "unsafe"]]
    expected = by_area.groupby(zones.member).sum().to_numpy()
    assert period.period.key == "2025/26-5"
    assert period.exact.tolist() == expected.tolist()
    assert (abs(period.shown - expected) < 5).all()
    assert int(counted.to_numpy().sum()) == period.exact.sum() == 640


def test_the_planted_places_are_told_and_no_others(store: Store, town: Town) -> None:
    listed = datasets.datasets(store, LOCAL_USER)
    marks, police = (
        next(one for one in listed if one.title == title) for title in (demo_store.MARKS_TITLE, demo_store.POLICE_TITLE)
    )
    found = safety_marks.places(store, LOCAL_USER, marks, None, (police, Choice(YEAR, SCHOOL_DEFAULT)))
    areas = area_sets.load_area_set(store, LOCAL_USER, marks.area_set_id)
    truth = town.truth["marks"]
    planted = {
        (kind, int(found.units.member[areas.codes.index(truth[what]["areas"][0])]))
        for kind, what in ((MarkedKind.UNSAFE_NOT_RECORDED, "disagree"), (MarkedKind.BOTH, "agree"))
    }
    assert {(one.kind, one.unit) for one in marked_findings(found)} == planted


def test_marks_are_in_no_count_of_incidents(demo_home: Path, store: Store) -> None:
    dataset = next(one for one in datasets.datasets(store, LOCAL_USER) if one.title == demo_store.MARKS_TITLE)
    for command in (("counts", "--by", "area"), ("findings",)):
        refused = run(demo_home, *command, "--dataset", dataset.id)
        assert (refused.code, refused.out) == (2, "")
        assert "no incidents" in refused.err
    newest = done(demo_home, "counts", "--by", "category").out
    assert "Unsafe" not in newest


def test_the_command_writes_released_marks_alone(demo_home: Path, store: Store) -> None:
    written = done(demo_home, "safety-marks")
    rows = list(csv.DictReader(io.StringIO(written.out)))
    told = [int(row[felt]) for row in rows for felt in ("safe", "unsafe") if row[felt]]
    assert "protected" in written.err
    assert min(told) >= 10
    assert {n % 5 for n in told} == {0}
    assert {row["safe_shown"] for row in rows if not row["safe"]} <= {"fewer than 10"}
    assert {row["period"] for row in rows} == {"2025/26"}
    by_zone = safety_marks.marks_by_zone(store, LOCAL_USER)
    assert by_zone["area"].tolist() == [row["area"] for row in rows]
