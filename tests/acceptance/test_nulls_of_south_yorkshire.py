"""Nulls of South Yorkshire: where its own counts are rearranged so that nothing is going on, searches stay calm.

A world of each null is searched around each of six schools, and as a county: 18 searches around a school and 3 of the
county, which are judged together for each kind of finding; ``make thorough`` searches twice as many. A told rate may be
as far above a tenth as one time in a hundred where it is a tenth in truth. ``make validate`` does the same with more,
and prints the table.
"""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.validate.around_school import NEAR
from tests.validate.nulls import NULLS
from tests.validate.sources import POINTS, REAL, judged
from tests.validate.told import CONSISTENT, KINDS
from tests.validate.told_rates import COUNTY, SCHOOL, Rate, Rates, measure

pytestmark = pytest.mark.acceptance

WORLDS, WORLDS_IN_FULL = 1, 2
FALSE = 0.1  # of what is told of the counts as they are; 1 in 20 is promised


@pytest.fixture(scope="module")
def rates(real_data: Path, thorough: bool) -> Iterator[Rates]:
    worlds = WORLDS_IN_FULL if thorough else WORLDS
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        yield measure(pool, (REAL, *NULLS, POINTS), worlds, worlds)


def together(rates: Rates, scope: str, kind: str, nulls: tuple[str, ...] = (*NULLS, POINTS)) -> Rate:
    """Add up the nulls in which what is told of a kind is told by chance."""
    some = [rates[null, scope, kind] for null in nulls if judged(null, kind) and (null, scope, kind) in rates]
    assert some
    searches, telling, told = (sum(getattr(one, what) for one in some) for what in ("searches", "telling", "told"))
    return Rate(searches, telling, told)


@pytest.mark.parametrize("kind", [*KINDS, *NEAR])
def test_around_a_school_nulls_seldom_tell_anything(rates: Rates, kind: str) -> None:
    assert not together(rates, SCHOOL, kind).missed


@pytest.mark.parametrize("null", NULLS)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != CONSISTENT])
def test_around_a_school_no_null_by_itself_tells_often(rates: Rates, null: str, kind: str) -> None:
    assert not together(rates, SCHOOL, kind, (null,)).missed


@pytest.mark.parametrize("kind", KINDS)
def test_in_the_county_nulls_seldom_tell_anything(rates: Rates, kind: str) -> None:
    assert not together(rates, COUNTY, kind).missed


@pytest.mark.parametrize("scope", [COUNTY, SCHOOL])
def test_little_of_what_is_told_of_real_counts_is_told_of_nulls_as_well(rates: Rates, scope: str) -> None:
    real = sum(rates[REAL, scope, kind].mean for kind in KINDS)
    assert real > 0
    assert sum(together(rates, scope, kind).mean for kind in KINDS) <= FALSE * real
