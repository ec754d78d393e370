"""Rows without a location, counted by pandas alone: by year, by month and harm, and every move that is told of them."""

from contextlib import closing
from pathlib import Path
from typing import Final

import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services.completeness import open_completeness
from data.store import datasets
from data.store.store import Store
from geo.calendar import months
from geo.counts.completeness import Completeness, by_year, notes_by_harm, year_on_year
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from tests.acceptance.conftest import Filled

pytestmark = pytest.mark.acceptance

HARM: Final = {
    "Anti-social behaviour": "asb",
    "Criminal damage and arson": "asb",
    "Public order": "asb",
    "Drugs": "substances",
    "Possession of weapons": "violence",
    "Robbery": "violence",
    "Violence and sexual offences": "violence",
}  # all else is "other"


def counted(folder: Path) -> pd.DataFrame:
    """Count rows and those without a location by month and harm group with pandas alone: ``read``, ``without``."""
    columns = ["Month", "Longitude", "Latitude", "LSOA code", "Crime type"]
    rows = pd.concat([pd.read_csv(file, usecols=columns) for file in sorted(folder.glob("*-street.csv.gz"))])
    rows["harm"] = rows["Crime type"].map(HARM).fillna("other")
    rows["without"] = rows["Longitude"].isna() & rows["LSOA code"].isna()
    return rows.groupby(["Month", "harm"])["without"].agg(read="size", without="sum")


def written(share: float) -> str:
    return f"{round(100 * share, 1):g} %"


def found_in(home: Path, number: int) -> Completeness:
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        found = open_completeness(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number))
    assert found is not None
    return found


@pytest.fixture(scope="module", params=["south_yorkshire", "city_of_london"])
def place(request: pytest.FixtureRequest, real_data: Path) -> tuple[Completeness, pd.DataFrame]:
    """What the project knows of a force's rows, and what pandas counts of them."""
    filled: Filled = request.getfixturevalue({"south_yorkshire": "yorkshire", "city_of_london": "city"}[request.param])
    return found_in(filled.home, 1), counted(real_data / request.param / "police_street")


def test_rows_with_and_without_a_location_are_those_that_pandas_counts(
    place: tuple[Completeness, pd.DataFrame],
) -> None:
    found, raw = place
    for harm in HARM_GROUPS:
        of_harm = [at for at, one in enumerate(found.harm) if one == harm]
        for at, month in enumerate(found.months):
            figures = (found.read[at, of_harm].sum(), found.without[at, of_harm].sum())
            assert figures == (tuple(raw.loc[(month, harm)]) if (month, harm) in raw.index else (0, 0))


def test_what_is_told_of_a_move_is_what_pandas_makes_of_it_and_no_move_of_more_than_three_points_is_left_out(
    place: tuple[Completeness, pd.DataFrame],
) -> None:
    found, raw = place
    there = set(raw.index.get_level_values("Month"))
    compared, told = 0, 0
    for length in (3, 12):
        for at in range(12, len(found.months) - length + 1):
            now, then = found.months[at : at + length], found.months[at - 12 : at - 12 + length]
            if not there.issuperset((*now, *then)):
                continue
            said = notes_by_harm(found, Choice(tuple(now), tuple(HARM_GROUPS)))
            for harm in sorted(raw.index.get_level_values("harm").unique()):
                before, after = (raw[raw.index.isin([(month, harm) for month in run])].sum() for run in (then, now))
                shares = [one["without"] / one["read"] for one in (before, after)]
                moved = bool(abs(shares[1] - shares[0]) > 0.03 and min(before["read"], after["read"]) >= 100)
                assert (harm in said) is moved
                compared, told = compared + 1, told + moved
                if moved:
                    placed = [one["read"] - one["without"] for one in (before, after)]
                    alone = (placed[1] / after["read"]) / (placed[0] / before["read"])
                    more = f"{abs(round(100 * (alone - 1)))} % {'more' if alone > 1 else 'fewer'}"
                    assert said[harm] == (
                        f"{written(shares[0])} of these rows had no location a year before, {written(shares[1])} now: "
                        f"that alone would show about {more}."
                    )
    assert compared > told
    assert told >= 10


def test_south_yorkshire_lost_and_gained_little_and_no_month_of_it_was_supplied_in_part(yorkshire: Filled) -> None:
    found = found_in(yorkshire.home, 1)
    shares = {one.school_year: round(100 * one.no_location / one.read, 1) for one in by_year(found)}
    assert shares == {"2017/18": 4.3, "2018/19": 4.1, "2019/20": 4.0, "2020/21": 3.2, "2021/22": 3.6}
    assert (found.read.sum(), found.placed.sum(), found.without.sum()) == (652_082, 625_639, 25_147)
    assert found.outside.sum() == 1_296
    assert found.partly == {}
    a_year = Choice(tuple(months.between("2020-09", "2021-08")), tuple(HARM_GROUPS))
    assert year_on_year(found, a_year) is None
    winter = Choice(("2019-12", "2020-01", "2020-02"), tuple(HARM_GROUPS))
    assert notes_by_harm(found, winter) == {
        "substances": "6 % of these rows had no location a year before, 13 % now: that alone would show about 7 % "
        "fewer."
    }


def test_months_of_lockdown_are_no_months_supplied_in_part(city: Filled) -> None:
    assert found_in(city.home, 1).partly == {}  # 236 rows in April 2020, after 605 in March and 763 in February
