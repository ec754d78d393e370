"""Which three places are busiest, and where they are: told from a school's page in three actions, on real data."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.raw_rows import raw
from tests.acceptance.test_distance import ELSEWHERE, schools_of
from tests.browser.seen import go, map_frame
from tests.browser.serving import served
from tests.unit.data.running import done

pytestmark = pytest.mark.acceptance

# Kinds that a school's pages show unless told otherwise.
SHOWN: Final = (
    "Violence and sexual offences", "Robbery", "Possession of weapons", "Drugs", "Anti-social behaviour",
    "Criminal damage and arson", "Public order",
)  # fmt: skip


class Case(NamedTuple):
    """A place of real data: its folder, its boundaries, which months, what school is looked at, and its base map."""

    folder: str
    areas: tuple[str, ...]
    months: str
    school: int
    period: tuple[str, str]
    base_map: str | None


CASES: Final = {
    "South Yorkshire without a base map": Case(
        "south_yorkshire",
        ("boundaries/lsoa11.geojson", "--code", "LSOA11CD", "--name", "LSOA11NM"),
        "2021-0[7-9]*",
        106965,
        ("Jul 2021", "Sep 2021"),
        None,
    ),
    "Leeds with one": Case(
        "leeds_chapeltown",
        ("boundaries/lsoa11_fine.geojson", "--code", "LSOA11CD", "--name", "LSOA11NM"),
        "*",
        144743,
        ("Jan 2014", "Nov 2014"),
        "streets.osm.pbf",
    ),
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


@pytest.fixture(scope="module")
def url(case: Case, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on a store that was filled by commands."""
    folder = tmp_path_factory.mktemp("named")
    home, there = folder / "home", real_data / case.folder
    boundaries, *columns = case.areas
    done(home, "areas", there / boundaries, *columns, "--level", "lsoa")
    done(home, "schools", there / "schools" / "schools.csv")
    done(home, "import", *sorted((there / "police_street").glob(f"{case.months}.csv.gz")))
    if case.base_map:
        done(home, "basemap", there / case.base_map)
    with served(home, folder / "server.log") as address:
        yield address


def three_busiest(case: Case, there: Path) -> list[int]:
    """Count the three busiest points within 800 m with pandas alone."""
    rows = raw(there / "police_street")
    school = schools_of(there).loc[case.school]
    first, last = (pd.to_datetime(each, format="%b %Y").strftime("%Y-%m") for each in case.period)
    near = np.hypot(rows["x"] - school["Easting"], rows["y"] - school["Northing"]) <= 800
    shown = rows[
        near & rows["Month"].between(first, last) & rows["Crime type"].isin(SHOWN) & ~rows["Location"].isin(ELSEWHERE)
    ]
    return shown.groupby(["Longitude", "Latitude", "Location"]).size().nlargest(3).tolist()


@pytest.mark.parametrize("width", [1280, 400])
def test_the_three_busiest_places_are_named_and_pointed_at_in_three_actions(
    page: Page, url: str, case: Case, real_data: Path, width: int, requested: list[str]
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    first, last = case.period
    go(page, url, "local-context", school=str(case.school), **{"from": first, "to": last})
    line = page.locator("dl.lc-lines dd").nth(1)
    named = re.findall(r"\d (\D+?) (\d+)(?= ·|$)", line.inner_text())[:3]
    assert [int(n) for _, n in named] == three_busiest(case, real_data / case.folder)
    frame = map_frame(page)
    for number, (name, n) in enumerate(named, start=1):
        page.get_by_test_id("stButtonGroup").get_by_text(str(number), exact=True).click()  # one action for each
        badge = frame.get_by_role("button", name=re.compile(rf"^Place {number}: .*{re.escape(name.split(',')[0])}"))
        frame.frame_element().scroll_into_view_if_needed()
        expect(badge).to_be_in_viewport()
        assert f"{n} incident" in (badge.get_attribute("aria-label") or "")
    tiles = [address for address in requested if "/lc/tiles/" in address]
    assert bool(tiles) == (case.base_map is not None)
