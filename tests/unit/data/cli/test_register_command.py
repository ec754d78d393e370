"""The register by command: each entry with what data say of it and by how many days its review is overdue."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.data.running import copied, done, run
from tests.unit.data.small_place import HOTSPOTS

LATE = (date.today() - timedelta(days=40)).isoformat()


@pytest.fixture(scope="module")
def home(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place with a register: one entry overdue, one without a review, one closed. Tests only read it."""
    home = copied(settled_home, tmp_path_factory.mktemp("register") / "home")
    head, first, second = HOTSPOTS.splitlines()
    rows = (f"{head},Next review", f"{first},{LATE}", f"{second},", f"P3,Old mill,other,asb,closed,-1.46,53.38,{LATE}")
    file = home.parent / "register.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    done(home, "import", file, "--kind", "hotspots")
    return home


def test_each_entry_comes_with_its_state_and_the_days_it_is_overdue(home: Path) -> None:
    ran = done(home, "hotspots")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["reference"], row["overdue_days"]) for row in rows] == [("P1", "40"), ("P2", "0"), ("P3", "")]
    assert [row["state"] in ("supported", "quiet", "not_testable") for row in rows] == [True, True, False]
    assert rows[2]["state"] == ""
    assert list(rows[0])[-3:] == ["state", "overdue_days", "wkt"]
    assert ran.err == "3 known hotspots.\n"


def test_geojson_holds_the_same(home: Path) -> None:
    found = json.loads(done(home, "hotspots", "--format", "geojson").out)
    properties = [one["properties"] for one in found["features"]]
    assert [(one["reference"], one["overdue_days"]) for one in properties] == [("P1", 40), ("P2", 0), ("P3", None)]
    assert properties[2]["state"] is None
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [-1.475, 53.375]}


def test_clusters_that_no_entry_explains_come_in_the_same_formats(home: Path) -> None:
    ran = done(home, "hotspots", "--not-registered")
    assert ran.out.splitlines()[0] == "name,harm,other_harms,sentence,wkt"
    assert "that no known hotspot explains" in ran.err
    assert json.loads(done(home, "hotspots", "--not-registered", "--format", "geojson").out)["features"] == []


def test_another_format_is_refused(home: Path) -> None:
    ran = run(home, "hotspots", "--format", "xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "must be csv or geojson" in ran.err
