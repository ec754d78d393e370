import csv
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import shapely

from data.screening.codes import detect_postcode
from data.screening.identifier_kinds import Confidence
from tests.unit.data.demo.conftest import Town


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def _spans(town: Town) -> list[tuple[date, date, str, str]]:
    rows = _rows(town.files.calendar)
    assert list(rows[0]) == ["label", "first day", "last day", "kind"]
    return [(_day(row["first day"]), _day(row["last day"]), row["label"], row["kind"]) for row in rows]


def test_term_dates_do_not_overlap(town: Town) -> None:
    spans = sorted(_spans(town))
    assert len(spans) > 1
    assert all(first <= last for first, last, _, _ in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_term_dates_leave_no_weekday_of_three_school_years_out(town: Town) -> None:
    covered = {
        first + timedelta(days=step) for first, last, _, _ in _spans(town) for step in range((last - first).days + 1)
    }
    days = [date(2023, 9, 1) + timedelta(days=step) for step in range(3 * 365 + 1)]
    assert days[-1] == date(2026, 8, 31)
    assert not [day for day in days if day.weekday() < 5 and day not in covered]


def test_each_school_year_has_six_halves_of_about_190_days(town: Town) -> None:
    spans = _spans(town)
    assert {kind for *_, kind in spans} == {"half-term", "holiday", "inset"}
    for year in ("2023/24", "2024/25", "2025/26"):
        taught = [(first, last) for first, last, label, kind in spans if kind == "half-term" and label.endswith(year)]
        assert len(taught) == 6
        days = sum(len(pd.bdate_range(first, last)) for first, last in taught)
        assert 185 <= days <= 195


def test_no_postcode_of_the_town_is_one_that_there_is(town: Town) -> None:
    postcodes = [row["Postcode"] for row in _rows(town.files.schools)]
    assert len(set(postcodes)) == len(postcodes) == 6
    assert not [postcode for postcode in postcodes if detect_postcode(postcode) >= Confidence.BARE]


def test_schools_lie_inside_the_town(town: Town) -> None:
    rows = _rows(town.files.schools)
    facts = ["URN", "EstablishmentName", "PhaseOfEducation (name)", "Easting", "Northing"]
    assert list(rows[0]) == [*facts, "Town", "Postcode", "LA (name)"]
    assert [row["URN"] for row in rows] == [f"{900_001 + number}" for number in range(6)]
    phases = sorted(row["PhaseOfEducation (name)"] for row in rows)
    assert phases == ["Primary"] * 3 + ["Secondary"] * 2 + ["Special"]
    assert "Castlebrook Academy" in {row["EstablishmentName"] for row in rows}
    whole = town.areas.to_crs("EPSG:27700").union_all()
    assert all(whole.contains(shapely.Point(int(row["Easting"]), int(row["Northing"]))) for row in rows)
