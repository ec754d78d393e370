"""Row sketches: the same incidents are known again however they are written down, and nobody reads one from a token."""

from dataclasses import replace

import numpy as np
import pytest

from geo.release.released_again import FEW_ROWS, recognised, rows_again
from geo.release.row_sketches import KINDS, SketchedRows, beyond, is_among, joined

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
TYPES = ("Bullying", "Drugs", "Weapon", "Other")


def school(number: int, seed: int = 0, *, sites: int = 40, key: bytes = KEY, year: int = 2022) -> SketchedRows:
    """Return incidents on school days of two years at so many places, most of them in breaks."""
    rng = np.random.default_rng(seed)
    weeks, days = rng.integers(0, 100, number), rng.integers(0, 5, number)
    minutes = rng.choice([525, 620, 630, 740, 750, 765, 925, 930, 990], number) + 15 * rng.integers(0, 3, number)
    monday = np.datetime64(f"{year}-09-05")
    start = (monday + weeks * 7 + days).astype("datetime64[s]") + (minutes * 60).astype("timedelta64[s]")
    site = rng.integers(0, sites, number)
    places = np.random.default_rng(sites).random((sites, 2)) * (0.2, 0.1) + (-1.5, 53.3)
    month = start.astype("datetime64[M]").astype(np.int64)
    codes = tuple(f"E0100{at:04d}" for at in range(sites))
    category = rng.integers(0, len(TYPES), number)
    return SketchedRows(key, month, start, *places[site].T, site, codes, category, TYPES)


def only(rows: SketchedRows, chosen: np.ndarray) -> SketchedRows:
    arrays = {name: getattr(rows, name)[chosen] for name in ("month", "start", "lon", "lat", "code", "category")}
    return replace(rows, **arrays)


def months_only(rows: SketchedRows) -> SketchedRows:
    return replace(rows, start=None)


def without_points(rows: SketchedRows) -> SketchedRows:
    nowhere = np.full(len(rows.month), np.nan)
    return replace(rows, lon=nowhere, lat=nowhere)


WRITTEN_OTHERWISE = {
    "as they are": lambda rows: rows,
    "in another order": lambda rows: only(rows, np.arange(len(rows.month))[::-1]),
    "in another area set": lambda rows: replace(rows, codes=tuple(f"X{code}" for code in rows.codes)),
    "under other categories": lambda rows: replace(rows, categories=tuple(f"Z{word}" for word in rows.categories)),
    "without points": without_points,
    "without codes": lambda rows: replace(rows, code=np.full(len(rows.month), -1)),
    "some minutes off": lambda rows: replace(rows, start=rows.start + np.timedelta64(7, "m")),
    "a metre off": lambda rows: replace(rows, lon=rows.lon + 1e-5),
    "by day only": lambda rows: replace(rows, start=rows.start.astype("datetime64[D]").astype("datetime64[s]")),
    "by month only": months_only,
    "a third": lambda rows: only(rows, np.arange(0, len(rows.month), 3)),
}


@pytest.mark.parametrize("way", WRITTEN_OTHERWISE)
def test_the_same_incidents_are_known_again(way: str) -> None:
    rows = WRITTEN_OTHERWISE[way](school(600))
    found = rows_again(rows, school(600).sketch())
    assert found > 0.5 * len(rows.month)


@pytest.mark.parametrize("number", [60, 300, 1_000])
@pytest.mark.parametrize("sites", [1, 40])
def test_incidents_of_two_schools_or_of_two_years_are_not_the_same(number: int, sites: int) -> None:
    for seed in range(3):
        released = school(number, seed, sites=sites).sketch()
        assert rows_again(school(number, seed + 50, sites=sites), released) == 0
        assert rows_again(months_only(school(number, seed + 50, sites=sites)), released) == 0
        assert rows_again(school(number, seed, sites=sites, year=2018), released) == 0


def test_a_few_rows_that_two_files_share_do_not_matter_and_more_do() -> None:
    released = school(100).sketch()
    shared = only(school(100), np.arange(FEW_ROWS))
    assert rows_again(shared, released) == 0
    assert rows_again(only(school(100), np.arange(FEW_ROWS + 3)), released) > FEW_ROWS


def test_rows_that_a_dataset_has_already_do_not_count() -> None:
    rows, part = school(600), only(school(600), np.arange(300))
    assert rows_again(rows, rows.sketch(), known=rows.sketch()) == 0
    assert rows_again(rows, rows.sketch(), known=part.sketch()) > 250


def test_equal_rows_are_counted() -> None:
    one = only(school(1), np.zeros(20, dtype=np.int64))
    assert all(len(tokens) == len(np.unique(tokens)) == 20 for tokens in one.sketch().values())
    assert len(recognised(one, only(one, np.arange(12)).sketch())) == 12


def test_tokens_say_nothing_without_the_key() -> None:
    mine, others = school(400).sketch(), school(400, key=OTHER_KEY).sketch()
    for name, tokens in mine.items():
        assert not is_among(tokens, others[name]).any()
        assert not any(is_among(tokens, mine[other]).any() for other in mine if other != name)
        bits = np.unpackbits(tokens.astype(">u8").view(np.uint8))
        assert abs(bits.mean() - 0.5) < 0.03


def test_recognised_rows_are_those_that_were_released() -> None:
    rows, released = school(600), only(school(600), np.arange(0, 600, 2)).sketch()
    found = recognised(rows, released)
    assert len(found) >= 300
    assert set(range(0, 600, 2)) <= set(found.tolist()) or len(found) == 300


def test_sketches_are_joined_and_parted() -> None:
    first, second = school(50, 1).sketch(), school(50, 2).sketch()
    both = joined(first, second)
    assert all(is_among(first[kind.name], both[kind.name]).all() for kind in KINDS)
    again = beyond(both, first)
    assert not any(is_among(again[name], first[name]).any() for name in again)
    assert beyond(first, first) == {}
