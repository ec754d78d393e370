"""The School-day clock answers "When?" from the rows' own times, or says why it cannot."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest
import shapely

from data.principal import LOCAL_USER, as_board
from data.services import incident_times
from data.store import datasets, places, rows_at_rest
from data.store.store import Store
from geo.errors import InputError
from tests.pages.conftest import Open, again, turn_to
from tests.pages.facts import POLICE, SCHOOL, USUAL_GROUPS, Facts, facts_of
from tests.pages.shown import Shown, number
from tests.pages.stores import TITLE, add_hamlet

ACADEMY: Final = "Castlebrook Academy"
LATEST: Final = ("2025-09", "2026-08")
WHOLE: Final = ("2023-09", "2026-08")
ALL_MONTHS: Final[dict[str, str | list[str]]] = {"dataset": SCHOOL, "from": "Sep 2023"}
BOARD: Final[dict[str, str | list[str]]] = {"dataset": SCHOOL, "board": "true"}
ROUNDED: Final = 0.05  # each cell is written with one decimal
RARE: Final = "Child sexual exploitation and abuse"


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, SCHOOL)


@pytest.fixture
def store(demo_home: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def rows(store: Store, facts: Facts) -> pd.DataFrame:
    """The times of all rows that have a place, as pandas reads them."""
    read: pa.Table = rows_at_rest.from_geoparquet(datasets.load_rows(store, LOCAL_USER, facts.dataset))
    frame = read.to_pandas()
    return frame[frame["lon"].notna()]


def usual(facts: Facts, months: tuple[str, str]) -> pd.DataFrame:
    """Return the cells of the groups that the page opens with: all but what no group claims."""
    within = facts.cells[facts.cells["month"].between(*months)]
    return within[within["category"].map(dict(facts.dataset.harm_of)) != "other"]


def told(shown: Shown) -> float:
    return sum(number(row["Incidents, exact"]) for row in shown.table("Kind of day"))


def pickers(shown: Shown) -> set[str | None]:
    """Return the page's own pickers."""
    return {each.key for each in shown.app.segmented_control}


@pytest.mark.parametrize(("chosen", "months"), [({}, LATEST), ({"from": "Sep 2023"}, WHOLE)])
def test_the_clock_holds_the_incidents_of_the_chosen_months(
    open_demo: Open, facts: Facts, chosen: dict[str, str], months: tuple[str, str]
) -> None:
    shown = open_demo("clock", {"dataset": SCHOOL} | chosen)
    n = int(usual(facts, months)["n"].sum())
    assert f"of {n} incidents with a known time" in shown.headline
    assert told(shown) == pytest.approx(n, abs=ROUNDED * 98)


def test_the_clock_holds_the_chosen_harms_only(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("clock", ALL_MONTHS | {"harm": "Drugs and alcohol"})
    cells = facts.chosen(WHOLE, ("Drugs and alcohol",))
    assert f"of {cells['n'].sum()} incidents" in shown.headline


@pytest.mark.parametrize("radius", [400, 800, 1600])
def test_a_circle_round_the_school_keeps_the_areas_that_it_touches(open_demo: Open, facts: Facts, radius: int) -> None:
    shown = open_demo("clock", ALL_MONTHS | {"school": ACADEMY, "where": "Around my school", "radius": f"{radius:,} m"})
    school = facts.schools.set_index("name").loc[ACADEMY]
    point = gpd.GeoSeries([shapely.Point(school["lon"], school["lat"])], crs="EPSG:4326").to_crs("EPSG:27700").iloc[0]
    touched = facts.areas.to_crs("EPSG:27700").intersects(shapely.buffer(point, radius, quad_segs=256))
    cells = usual(facts, WHOLE)
    n = int(cells.loc[cells["area"].isin(set(facts.areas.loc[touched, "area"])), "n"].sum())
    assert f"{n} incidents, " in shown.text
    assert told(shown) == pytest.approx(n, abs=ROUNDED * 98)
    assert f"small areas touching {radius:,} m around {ACADEMY}" in shown.text


def test_bands_and_hours_are_two_ways_to_part_the_same_day(open_demo: Open, rows: pd.DataFrame) -> None:
    groups = list(open_demo("clock", ALL_MONTHS).app.multiselect(key="harm").options)
    bands, hours = (
        open_demo("clock", ALL_MONTHS | {"harm": groups} | chosen) for chosen in ({}, {"clock_by": "Hours"})
    )
    assert (len(bands.table("Kind of day")), len(hours.table("Kind of day"))) == (98, 336)
    certain = rows[rows["end"].isna()]
    at_four = int((certain["start"].dt.hour == 16).sum())
    of_hour = sum(number(row["Incidents, exact"]) for row in hours.table("Time") if row["Part of the day"] == "16:00")
    assert of_hour >= at_four > 0
    assert told(hours) == pytest.approx(len(rows), abs=ROUNDED * 336)


def test_term_and_holidays_have_their_days(open_demo: Open) -> None:
    listed = open_demo("clock", ALL_MONTHS).table("Kind of day")
    days = {(row["Kind of day"], row["Day"]): number(row["Days"]) for row in listed}
    assert sum(days.values()) == len(pd.date_range("2023-09-01", "2026-08-31"))
    assert days[("Term", "Monday")] > days[("Holiday", "Monday")] > 0


def test_the_headline_names_the_time_and_the_page_says_how_well_times_are_known(open_demo: Open) -> None:
    shown = open_demo("clock", ALL_MONTHS)
    assert shown.headline.startswith("Most often 14:45–18:00 (home time) on school days: ")
    assert "known to one time of a day" in shown.text
    assert "On weekdays in term there were " in shown.text


def test_too_few_are_said_to_be_too_few_and_all_months_are_one_button_away(open_demo: Open) -> None:
    shown = open_demo("clock", {"dataset": SCHOOL, "from": "Aug 2026"})
    assert "needs at least 30 with a time of day" in shown.headline
    assert "Every cell holds fewer than 10 incidents" in shown.text
    (button,) = shown.buttons
    assert button.label == "Look at Sep 2023 – Aug 2026"
    button.click()
    shown = again(shown)
    assert shown.failed == []
    assert shown.headline == open_demo("clock", ALL_MONTHS).headline
    assert [shown.app.selectbox(key=key).value for key in ("from", "to")] == ["Sep 2023", "Aug 2026"]
    assert not shown.buttons


def test_no_incident_is_said_in_words_and_not_drawn(open_demo: Open, facts: Facts) -> None:
    rare = usual(facts, WHOLE)
    rare = rare[rare["category"].map(dict(facts.dataset.harm_of)) == "cse"]
    empty = next(month for month in facts.dataset.months if month not in set(rare["month"]))
    label = pd.Period(empty).strftime("%b %Y")
    shown = open_demo("clock", {"dataset": SCHOOL, "from": label, "to": label, "harm": RARE})
    assert shown.headline == f"No incident of these kinds was recorded in these areas, {label}."
    assert shown.tables == []


def test_a_board_gets_the_clock_of_the_release(open_demo: Open, store: Store, facts: Facts) -> None:
    shown = open_demo("clock", BOARD)
    shared = incident_times.released_clock(
        store, as_board(LOCAL_USER), facts.dataset, ("2025/26",), places.school_calendar(store, LOCAL_USER)
    )
    assert [row["Incidents"] for row in shown.table("Kind of day")] == shared.texts.ravel().tolist()
    assert "school year 2025/26" in shown.text
    assert "whole school years, all areas and all kinds of harm" in shown.text
    assert pickers(shown) == set()
    assert pickers(open_demo("clock", ALL_MONTHS)) == {"clock_by"}


def test_half_terms_and_harms_that_a_board_chooses_leave_the_clock_of_their_year(open_demo: Open) -> None:
    plain = open_demo("clock", BOARD)
    one = {"from": "Spring 1, 2025/26", "to": "Spring 1, 2025/26", "harm": RARE, "where": "Around my school"}
    shown = open_demo("clock", BOARD | one)
    assert shown.failed == []
    assert (shown.headline, shown.tables) == (plain.headline, plain.tables)


def test_several_years_of_a_release_are_summed(open_demo: Open) -> None:
    shown = open_demo("clock", BOARD | {"from": "Autumn 1, 2023/24"})
    assert "school years 2023/24 – 2025/26" in shown.text
    assert shown.tables != open_demo("clock", BOARD).tables


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hamlet")
    add_hamlet(home)
    return home


def test_months_alone_are_said_to_have_no_clock_and_what_has_one_is_named(open_demo: Open) -> None:
    shown = open_demo("clock", {"dataset": POLICE})
    assert shown.failed == []
    assert shown.headline.startswith("This dataset knows months, not days or times, so no clock can be drawn")
    assert [link.label for link in shown.app.main.get("page_link")] == ["See its trend"]
    assert shown.tables == []
    (button,) = shown.buttons
    assert button.label == f"See the clock of {SCHOOL}"
    button.click()
    same_harms = {"dataset": SCHOOL, "harm": list(USUAL_GROUPS)}
    assert again(shown).headline == open_demo("clock", same_harms).headline


def test_days_without_times_are_said_to_have_no_time(open_page: Open, hamlet: Path) -> None:
    shown = open_page(hamlet, "clock", {"dataset": TITLE, "from": "Mar 2019"})
    assert "needs at least 30 with a time of day, and here are 0" in shown.headline
    assert "known to the day only" in shown.text


def when(shown: Shown) -> str:
    """Return the part of Local context that says when."""
    return next((piece.text for piece in shown.markup if "<h2>When</h2>" in piece.html), "")


def test_local_context_says_when_and_leads_to_the_same_clock(open_demo: Open) -> None:
    around = ALL_MONTHS | {"school": ACADEMY, "where": "Around my school", "radius": "1,600 m"}
    near, clock = open_demo("local_context", around), open_demo("clock", around)
    assert clock.headline in when(near)
    (link,) = (link for link in near.links if link.startswith("school-day-clock?"))
    assert "radius=1%2C600+m" in link
    assert "from=Sep+2023" in link


def test_local_context_says_of_a_release_that_its_clock_is_of_all_areas(open_demo: Open) -> None:
    said = when(open_demo("local_context", BOARD))
    assert open_demo("clock", BOARD).headline in said
    assert "All areas and all kinds of harm, school year 2025/26." in said


def test_local_context_says_nothing_of_when_for_months_alone(open_demo: Open) -> None:
    assert when(open_demo("local_context", {"dataset": POLICE})) == ""


def test_times_that_cannot_be_read_leave_local_context_standing(
    open_page: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise InputError("The rows must be as they were written, and they are not; restore a backup.")

    monkeypatch.setattr(incident_times, "timed", damaged)
    shown = open_page(home, "local_context", {"dataset": SCHOOL})
    assert shown.failed == []
    assert when(shown) == ""


def test_the_clock_goes_along_with_the_selection(open_demo: Open) -> None:
    shown = turn_to(open_demo("trends", ALL_MONTHS), "clock")
    assert shown.headline == open_demo("clock", ALL_MONTHS).headline
