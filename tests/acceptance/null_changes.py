"""Nulls made from South Yorkshire, and how often what is told of changes is told of them.

``python -m tests.acceptance.null_changes FOLDER [WORLDS]`` prints a table: ``FOLDER`` is that of the real data. In each
null nothing has changed from a year before: months come in another order in each area (or at each point), counts are
drawn with the real shares of areas and totals of months, areas change places in each month, or counts are negative
binomial, with bursts of up to three months and levels that drift.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.calendar import months as calendar
from geo.counts.cube import Cube
from geo.counts.filters import Choice
from geo.findings.nearby import nearby
from geo.harms import HARM_GROUPS, SCHOOL_DEFAULT, harm_of
from geo.statistics.change_permutation import changes_since_year_before
from geo.views.busy_places import busiest_places
from geo.views.published_points import publish_points
from tests.acceptance.raw_rows import raw

Counts = npt.NDArray[np.int64]
NULLS = ("months in another order", "Poisson", "areas in another order", "bursts and drift")
SIZES = (1, 3, 12)
WITHIN = 1000.0  # metres: whole areas whose middle lies so near a school stand for the distance
BURSTS, LENGTH, HEIGHT = 0.02, 3, 2.5  # of area-months a burst begins in, months it may go on for, times as many
DRIFT, SHARED, KEPT = 0.12, 0.1, 0.95  # of an area's level, of that of eight neighbours (log), kept from month to month


@dataclass(frozen=True)
class Real:
    """Counts by area × month × harm group, the areas' middles and the positions of schools (EPSG:27700)."""

    n: Counts
    months: tuple[str, ...]
    harms: tuple[str, ...]
    gap: int
    xy: npt.NDArray[np.float64]
    schools: npt.NDArray[np.float64]


def read(folder: Path, schools: int = 12) -> Real:
    """Read the independent counts of South Yorkshire, its areas, and schools spread over the list of them."""
    listed = pd.read_csv(folder / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz")
    listed["harm"] = listed["Crime type"].map({name: harm_of(name) for name in listed["Crime type"].unique()})
    listed = listed[listed["harm"].isin(SCHOOL_DEFAULT)]
    areas = sorted(listed["area"].unique())
    months = tuple(calendar.between(listed["Month"].min(), listed["Month"].max()))
    harms = tuple(code for code in HARM_GROUPS if code in set(listed["harm"]))
    n = np.zeros((len(areas), len(months), len(harms)), dtype=np.int64)
    at = [pd.Index(names).get_indexer(listed[key]) for names, key in ((areas, "area"), (months, "Month"))]
    np.add.at(n, (*at, pd.Index(harms).get_indexer(listed["harm"])), listed["n"])
    place = folder / "south_yorkshire"
    shapes = gpd.read_file(place / "boundaries" / "lsoa11.geojson").to_crs(27700).set_index("LSOA11CD").loc[areas]
    middles = shapes.geometry.centroid
    positions = pd.read_csv(place / "schools" / "schools.csv", encoding_errors="replace")
    positions = positions[["Easting", "Northing"]].dropna().to_numpy(dtype=np.float64)
    gap = int(np.flatnonzero(n.sum(axis=(0, 2)) == 0)[0])
    xy = np.column_stack([middles.x, middles.y])
    return Real(n, months, harms, gap, xy, positions[:: len(positions) // schools][:schools])


def null(real: Real, kind: str, size: int, rng: np.random.Generator) -> Counts:
    """Return counts like the real ones, in whose last ``size`` months nothing differs from a year before."""
    n, months = real.n.copy(), np.delete(np.arange(len(real.months)), real.gap)
    if kind == "months in another order":
        for area in n:
            area[months] = area[rng.permutation(months)]
        return n
    if kind == "bursts and drift":
        return _bursts_and_drift(real, rng)
    if kind == "Poisson":
        n = rng.poisson((n.sum(axis=1) / n.sum(axis=(0, 1)))[:, None] * n.sum(axis=0))
    else:
        for month in months:
            n[:, month] = n[rng.permutation(len(n)), month]
    for now in range(n.shape[1] - size, n.shape[1]):  # the months compared hold as much, the larger of the two thinned
        totals = n[:, [now, now - 12]].sum(axis=0)
        kept = totals.min(axis=0) / np.maximum(totals, 1)
        n[:, [now, now - 12]] = rng.binomial(n[:, [now, now - 12]], kept)
    return n


def _bursts_and_drift(real: Real, rng: np.random.Generator) -> Counts:
    shape = real.n.shape
    started = rng.random(shape) < BURSTS
    burst = started.copy()
    for later in range(1, LENGTH):
        burst[:, later:] |= started[:, :-later] & (rng.random((shape[0], shape[1] - later, shape[2])) < 0.5)
    drift = (
        DRIFT * _wandering(shape, rng)
        + SHARED * np.repeat(_wandering((shape[0] // 8 + 1, *shape[1:]), rng), 8, 0)[: shape[0]]
    )
    usual = np.maximum(real.n.mean(axis=1, keepdims=True), 0.01) * np.exp(drift) * np.where(burst, HEIGHT, 1)
    n = rng.poisson(usual * rng.gamma(8, 1 / 8, shape))
    n[:, real.gap] = 0
    return n


def _wandering(shape: tuple[int, ...], rng: np.random.Generator) -> npt.NDArray[np.float64]:
    levels = rng.normal(size=shape)
    for month in range(1, shape[1]):
        levels[:, month] = KEPT * levels[:, month - 1] + (1 - KEPT**2) ** 0.5 * levels[:, month]
    return levels


def told_on_map(real: Real, n: Counts, size: int) -> list[int]:
    """Count the areas that a map of changes colours, of each harm group and of all together."""
    tables = [*np.moveaxis(n, 2, 0), n.sum(axis=2)]
    return [int(changes_since_year_before(_with_gap(real, each), size, 12).real.sum()) for each in tables]


def told_nearby(real: Real, n: Counts, size: int) -> list[int]:
    """Count the harm groups whose change is told as real, around each school."""
    cube = Cube(
        tuple(str(at) for at in range(len(n))), real.months, real.harms, real.harms,
        frozenset({real.months[real.gap]}), n,
    )  # fmt: skip
    choice = Choice(real.months[-size:], real.harms)
    around = [np.flatnonzero(np.hypot(*(real.xy - school).T) <= WITHIN).tolist() for school in real.schools]
    return [sum(one.direction != 0 for one in nearby(cube, choice, areas)) for areas in around if len(areas) > 1]


def _with_gap(real: Real, table: Counts) -> npt.NDArray[np.float64]:
    counts = table.astype(np.float64)
    counts[:, real.gap] = np.nan
    return counts


def points_near(real: Real, rows: pd.DataFrame, metres: float = 800) -> pd.DataFrame:
    """Count rows (``raw_rows.raw``) within some metres of the schools by point, month and category."""
    near = np.zeros(len(rows), dtype=np.bool_)
    for school in real.schools:
        near |= np.hypot(rows["x"] - school[0], rows["y"] - school[1]) <= metres
    named = {"Location": "place", "Month": "month", "Crime type": "category"}
    rows = rows[near].rename(columns=named)
    return rows.groupby(["x", "y", "place", "month", "category"]).size().reset_index(name="n")


def told_of_places(real: Real, listed: pd.DataFrame, size: int, rng: np.random.Generator | None = None) -> list[int]:
    """Count the places in each school's list whose change is told as sure, months in another order where asked."""
    months = [month for at, month in enumerate(real.months) if at != real.gap]
    if rng is not None:
        point = listed.groupby(["x", "y", "place"], sort=False).ngroup().to_numpy()
        orders = np.array([rng.permutation(months) for _ in range(point.max() + 1)], dtype=object)
        listed = listed.assign(month=orders[point, pd.Index(months).get_indexer(listed["month"])])
    points = publish_points(listed, {name: harm_of(name) for name in listed["category"].unique()})
    choice = Choice(tuple(months[-size:]), SCHOOL_DEFAULT)
    told = []
    for school in real.schools:
        away = np.hypot(*(points.xy - school).T)
        found = busiest_places(points, away <= 800, away, choice, set(months), first=10, most=10)
        told.append(sum(bool(one.certain) for one in found.places))
    return told


def main() -> None:
    """Print how often something is told."""
    folder, worlds, rng = Path(sys.argv[1]), int((sys.argv[2:] or ["20"])[0]), np.random.default_rng(18)
    real = read(folder)
    listed = points_near(real, raw(folder / "south_yorkshire" / "police_street"))
    sys.stdout.write(f"{'null':<26}{'months':>7}{'maps':>8}{'schools':>9}{'busy':>7}\n")
    for kind in ("real", *NULLS):
        for size in SIZES:
            drawn = [real.n] if kind == "real" else [null(real, kind, size, rng) for _ in range(worlds)]
            rates = [np.mean([np.array(told(real, n, size)) > 0 for n in drawn]) for told in (told_on_map, told_nearby)]
            order = None if kind == "real" else rng
            busy = [told_of_places(real, listed, size, order) for _ in drawn] if kind in ("real", NULLS[0]) else []
            last = f"{np.mean(np.array(busy) > 0):7.3f}" if busy else ""
            sys.stdout.write(f"{kind:<26}{size:>7}{rates[0]:8.3f}{rates[1]:9.3f}{last}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
