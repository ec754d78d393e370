"""Changes told of nulls made from South Yorkshire: on maps, around schools and of busy places, hardly ever any."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.acceptance.null_changes import (
    NULLS,
    Real,
    null,
    points_near,
    read,
    told_nearby,
    told_of_places,
    told_on_map,
)

pytestmark = pytest.mark.acceptance

WORLDS = 2
MOST = 0.1  # of maps and of schools; what so few worlds show may be some more by chance


@pytest.fixture(scope="module")
def south_yorkshire(real_data: Path) -> Real:
    """Return the counts that nulls are made from."""
    return read(real_data)


@pytest.mark.parametrize("kind", NULLS)
def test_a_map_and_a_school_hardly_ever_tell_a_change_where_there_is_none(south_yorkshire: Real, kind: str) -> None:
    rng = np.random.default_rng(18)
    maps, schools = [], []
    for size in (3, 12):
        for _ in range(WORLDS):
            n = null(south_yorkshire, kind, size, rng)
            maps += told_on_map(south_yorkshire, n, size)
            schools += told_nearby(south_yorkshire, n, size)
    assert np.mean(np.array(maps) > 0) <= MOST + 0.05
    assert np.mean(np.array(schools) > 0) <= MOST


def test_a_list_of_busy_places_hardly_ever_tells_a_change_where_months_are_in_another_order(
    south_yorkshire: Real, rows: pd.DataFrame
) -> None:
    rng, listed = np.random.default_rng(18), points_near(south_yorkshire, rows)
    told = [told_of_places(south_yorkshire, listed, size, rng) for size in (1, 12)]
    assert np.mean(np.array(told) > 0) <= MOST


def test_a_doubling_for_a_year_in_one_area_of_the_county_is_coloured(south_yorkshire: Real) -> None:
    rng, violence = np.random.default_rng(18), south_yorkshire.harms.index("violence")
    usual = south_yorkshire.n[:, :, violence].mean(axis=1)
    areas = np.argsort(np.abs(usual - 20))[:8]  # about 20 a month
    found = 0
    for area in areas:
        n = null(south_yorkshire, NULLS[0], 12, rng)[:, :, [violence]]
        n[area, -12:] += rng.poisson(n[area, -12:])
        found += told_on_map(south_yorkshire, n, 12)[0] > 0
    assert found >= 0.75 * len(areas)
