"""Checks every sentence that ``findings`` prints for six schools of South Yorkshire against the raw rows.

Nothing of the project but its command is used: sentences are taken apart by expressions of their own
(``printed_findings``), rows are counted with pandas alone, intervals come from
scipy. Run as a program it prints a table:

    .venv/bin/python -m tests.acceptance.check_findings
"""

import math
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.stats import beta

from tests.acceptance.printed_findings import Printed, bounds, fits, read, size_of
from tests.acceptance.raw_rows import by_area
from tests.unit.data.running import done

REAL_DATA: Final = Path(__file__).parents[3] / "shared" / "data"
SCHOOLS: Final = {  # the first secondary schools of each district by name: their URN, as the register has them
    "Astrea Academy Dearne": "146501",  # Barnsley
    "Armthorpe Academy": "138314",  # Doncaster
    "Aston Academy": "136718",  # Rotherham
    "Brinsworth Academy": "136301",
    "All Saints' Catholic High School": "138337",  # Sheffield
    "Bradfield School": "147788",
}
FAR: Final = 5000.0  # metres
NEAREST: Final = 30  # areas that are looked at where fewer lie within that distance
PAST: Final = 30  # months that tell what is usual
HARMS: Final = {
    "Violence and sexual offences": "violence and weapons",
    "Robbery": "violence and weapons",
    "Possession of weapons": "violence and weapons",
    "Drugs": "drugs and alcohol",
    "Anti-social behaviour": "anti-social behaviour",
    "Criminal damage and arson": "anti-social behaviour",
    "Public order": "anti-social behaviour",
}
COMPASS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True)
class Claim:
    """One thing that a sentence says, what the raw rows say of it, and whether they agree."""

    what: str
    said: str
    recounted: str
    holds: bool


@dataclass(frozen=True)
class Level:
    """The units of one size, by name: their middles in metres, and their rows by unit, month and harm."""

    names: tuple[str, ...]
    middles: np.ndarray
    cells: pd.Series

    def counts(self, harm: str, months: list[str]) -> np.ndarray:
        """Count the rows of a kind of harm by unit × month."""
        table = self.cells.xs(harm, level="harm").unstack("Month", fill_value=0)
        return table.reindex(index=list(self.names), columns=months, fill_value=0).to_numpy(dtype=float)

    def positions(self, names: tuple[str, ...]) -> np.ndarray:
        """Return where units stand among all."""
        return np.array([self.names.index(name) for name in names])


class Truth:
    """South Yorkshire as its files have it: rows in small and middle areas, and schools by name."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "south_yorkshire"
        self.schools = pd.read_csv(self._folder / "schools" / "schools.csv", dtype={"URN": str}).set_index("URN")

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Every row that lies in an area, with the names of its areas."""
        rows = by_area(self._folder / "police_street", self._folder / "boundaries" / "lsoa11.geojson")
        rows = rows.assign(harm=rows["Crime type"].map(HARMS).fillna("other incidents"))
        return rows.merge(self._areas.drop(columns="geometry"), on="LSOA11CD")

    @cached_property
    def _areas(self) -> gpd.GeoDataFrame:
        shapes = gpd.read_file(self._folder / "boundaries" / "lsoa11.geojson").to_crs("EPSG:27700")
        shapes["geometry"] = shapes.make_valid()
        lookup = pd.read_csv(self._folder / "lookups" / "lsoa11_msoa11.csv")
        people = pd.read_csv(self._folder / "population" / "lsoa11_mid2020.csv")
        shapes = shapes.merge(lookup[["lsoa11_code", "msoa11_name"]], left_on="LSOA11CD", right_on="lsoa11_code")
        return shapes.merge(people[["lsoa11_code", "total_population"]], on="lsoa11_code")

    @cached_property
    def months(self) -> list[str]:
        """The months that were supplied."""
        return sorted(self.rows["Month"].unique())

    @cached_property
    def levels(self) -> tuple[Level, Level]:
        """Small areas and middle ones."""
        return self._level("LSOA11NM"), self._level("msoa11_name")

    def _level(self, name: str) -> Level:
        areas, middle = self._areas, self._areas.centroid
        weight = areas["total_population"] + 1
        each = pd.DataFrame({"x": middle.x * weight, "y": middle.y * weight, "w": weight, name: areas[name]})
        sums = each.groupby(name).sum()
        middles = sums[["x", "y"]].div(sums["w"], axis=0)
        cells = self.rows.groupby([name, "Month", "harm"]).size()
        return Level(tuple(middles.index), middles.to_numpy(), cells)


def check(truth: Truth, one: Printed, school: str | None, now: str, chosen: list[str]) -> Iterator[Claim]:
    """Recount all that one sentence claims."""
    level = next(level for level in truth.levels if one.areas[0] in level.names)
    here = level.positions(one.areas)
    harm = one.said.get("harm") or "other incidents"
    months = [month for month in one.months if month in truth.months]
    there = level.counts(harm, months)
    n = there[here].sum()
    yield Claim("count", f"{one.number('n'):.0f}", f"{n:.0f}", one.number("n") == n)
    lead = there[here].sum(axis=1)
    near = len(one.areas) - 1
    place = one.areas[0] in (one.said["first"] or "") and int(one.said["near"] or 0) == near and lead[0] == lead.max()
    yield Claim("place", f"{one.areas[0]} and {near}", f"most of {len(one.areas)}", place)
    point = None if school is None else truth.schools.loc[SCHOOLS[school], ["Easting", "Northing"]].to_numpy(float)
    if point is not None:
        yield _distance(one, level.middles[here].mean(axis=0) - point)
    yield _period(one, now, chosen)
    among, rest = _among(level, point)
    if one.kind == "cluster":
        yield from _cluster(one, level, here, harm, truth.months, among, rest)
    if one.kind == "change":
        yield from _change(one, level, here, harm, among, rest)
    if one.kind == "pattern":
        yield from _pattern(one, level, here, harm, truth.months)
    yield from _places(one, truth.rows, harm)
    sure = one.number("chance")
    yield Claim("chance", f"{sure:.0f} of 1,000", "50 at most", 1 <= sure <= 50)


def _among(level: Level, point: np.ndarray | None) -> tuple[np.ndarray, str]:
    """Return which units are looked at, and what the others must be called."""
    if point is None:
        return np.arange(len(level.names)), "in the rest of South Yorkshire"
    away = np.hypot(*(level.middles - point).T)
    if np.count_nonzero(away <= FAR) >= NEAREST:
        return np.flatnonzero(away <= FAR), "elsewhere within 5 km"
    nearest = np.argsort(away, kind="stable")[:NEAREST]
    return nearest, f"in the other {NEAREST - 1} areas nearest to the school"


def _places(one: Printed, rows: pd.DataFrame, harm: str) -> Iterator[Claim]:
    """Recount how many are at the places that are named: at one point of that name, or at all of them."""
    for said, name in re.findall(r"([\d,]+) on or near (.+?)(?=, \d| and \d| \(which|$)", one.said["places"] or ""):
        street = name.split(", near ")[0]
        inside = rows["LSOA11NM"].isin(one.areas) | rows["msoa11_name"].isin(one.areas)
        there = rows[inside & rows["Month"].isin(one.months) & (rows["harm"] == harm)]
        there = there[there["Location"].str.removeprefix("On or near ") == street]
        points = there.groupby(["Longitude", "Latitude"]).size().tolist()
        told = int(said.replace(",", ""))
        yield Claim("at a place", f"{told} {name}", f"{points}", told in (*points, sum(points)))


def _distance(one: Printed, off: np.ndarray) -> Claim:
    away = float(np.hypot(*off))
    way = COMPASS[round(math.degrees(math.atan2(*off)) / 45) % 8]
    if one.said["far"] is None:
        return Claim("distance", "at the school", f"{away:.0f} m", away < 151)
    said = one.number("far") * (1000 if one.said["unit"] == "km" else 1)
    close = abs(said - away) <= (56 if one.said["unit"] == "km" else 11)
    return Claim(
        "distance", f"{said:.0f} m {one.said['compass']}", f"{away:.0f} m {way}", close and one.said["compass"] == way
    )


def _period(one: Printed, now: str, chosen: list[str]) -> Claim:
    year = pd.period_range(end=now, periods=12, freq="M").astype(str).tolist()
    fits_kind = {
        "cluster": one.months[-1] == now and len(one.months) <= 6,
        "change": one.months in (chosen, year),
        "pattern": one.months[-1] == now,
    }
    return Claim("period", f"{one.months[0]} to {one.months[-1]}", f"as of {now}", fits_kind[one.kind])


def _cluster(
    one: Printed, level: Level, here: np.ndarray, harm: str, supplied: list[str], among: np.ndarray, rest: str
) -> Iterator[Claim]:
    """Recount what a cluster's place held before, and what it would hold had it gone as all others looked at."""
    window = pd.period_range(end=one.months[-1], periods=PAST, freq="M").astype(str).tolist()
    window = [month for month in window if month in supplied]
    before = np.array([month not in one.months for month in window])
    counts = level.counts(harm, window)
    held = counts[here][:, before].sum()
    usual = held / before.sum() * len(one.months)
    others = counts[np.setdiff1d(among, here)]
    expected = held * others[:, ~before].sum() / others[:, before].sum()
    yield Claim("inside", one.areas[0], "among those looked at", bool(np.isin(here, among).all()))
    yield _within("ratio", one.said["ratio"], one.number("n") / expected, 0.051)
    if one.said["usual"] is None:
        yield _level("usual", one.said["level"], expected)
        yield Claim("usual, both", "one figure", f"{usual:.1f}", abs(usual - expected) <= max(1, 0.1 * usual) + 0.51)
        return
    yield _level("usual", one.said["usual"], usual)
    yield _level("moved", one.said["moved"], expected)
    way = "risen" if expected > usual else "fallen"
    said = f"{one.said['moving']} as {one.said['rest']}"
    yield Claim("reference", said, f"{way} as {rest}", said == f"{way} as {rest}")


def _pattern(one: Printed, level: Level, here: np.ndarray, harm: str, supplied: list[str]) -> Iterator[Claim]:
    """Recount a hot spot beside the average of all areas and, where it grew, beside its own share before."""
    now = level.counts(harm, [month for month in one.months if month in supplied]).sum(axis=1)
    yield _within("ratio", one.said["ratio"], now[here].sum() / (now.mean() * len(here)), 0.051)
    said = one.said["every"] or ""
    yield Claim("reference", said, "all areas in South Yorkshire", said == "all areas in South Yorkshire")
    if one.said["growth"] is not None:
        then = level.counts(harm, [month for month in supplied if month < one.months[0]]).sum(axis=1)
        grown = now[here].sum() / now.sum() / (then[here].sum() / then.sum())
        yield _within("its own share", one.said["growth"], grown, 0.051)


def _change(one: Printed, level: Level, here: np.ndarray, harm: str, among: np.ndarray, rest: str) -> Iterator[Claim]:
    """Recount a change, its exact interval, and what all others did."""
    earlier = [f"{int(month[:4]) - 1}{month[4:]}" for month in one.months]
    now, then = (level.counts(harm, months).sum(axis=1) for months in (one.months, earlier))
    n, before = now[here].sum(), then[here].sum()
    yield Claim("a year before", f"{one.number('then'):.0f}", f"{before:.0f}", one.number("then") == before)
    way = {True: "rose", False: "fell"}[n > before] if n != before else "stayed"
    yield Claim("way", one.said["way"] or "", way, one.said["way"] == way)
    others = (now[among].sum() - n) / (then[among].sum() - before)
    yield Claim(
        "reference", one.said["rest"] or "", rest, one.said["rest"] == rest and bool(np.isin(here, among).all())
    )
    said = one.said["elsewhere"] or ""
    yield Claim("elsewhere", said, f"{others:.3f}", fits(said, others))
    yield from _interval(one.said["size"] or "", n, before)


def _interval(said: str, n: float, before: float) -> Iterator[Claim]:
    """Hold a size to its counts: its interval holds it, and is no narrower than the exact one (Clopper and Pearson).

    Normal ups and downs widen an interval, and never narrow it.
    """
    size = size_of(said)
    low, high = (float(beta.ppf(q, n + (q > 0.5), before + (q < 0.5))) for q in (0.025, 0.975))
    low, high = low / (1 - low), high / (1 - high)
    if size is None:
        told = ("at least", "by how much is too uncertain to say")
        yield Claim(
            "interval",
            said,
            f"{low:.2f} to {high:.2f}",
            said.startswith(told) and (not n or not before or high > 5 * low),
        )
        return
    ratio = n / before
    yield Claim("ratio", size[0], f"{ratio:.3f}", fits(size[0], ratio))
    (least, _), (_, most) = bounds(size[1]), bounds(size[2])
    no_narrower = least <= low and most >= high
    yield Claim("interval", f"{size[1]} to {size[2]}", f"{low:.3f} to {high:.3f}", no_narrower and least < ratio < most)


def _within(what: str, said: str | None, recounted: float, off: float) -> Claim:
    figure = float((said or "nan").replace(",", ""))
    return Claim(what, f"{figure:g}", f"{recounted:.2f}", abs(figure - recounted) <= off)


def _level(what: str, said: str | None, recounted: float) -> Claim:
    """Hold "about 25" or "fewer than 1" to a figure."""
    text = said or ""
    few = text.startswith("fewer")
    figure = 0.0 if few else float(text.removeprefix("about ").replace(",", ""))
    return Claim(what, text, f"{recounted:.2f}", recounted < 0.5 if few else abs(figure - recounted) <= 0.501)


def ask(run: Callable[..., str], school: str | None) -> str:
    """Ask the command for all findings around a school, or in all of South Yorkshire."""
    where = () if school is None else ("--school", school)
    return run("findings", "--dataset", 1, *where, "--areas", "--most", 1000)


def fill(home: Path, data: Path) -> None:
    """Fill a store with South Yorkshire by commands."""
    place = data / "south_yorkshire"
    done(
        home, "areas", place / "boundaries" / "lsoa11.geojson",
        *("--code", "LSOA11CD", "--name", "LSOA11NM", "--level", "lsoa", "--parent", "district=LADCD,LADNM"),
        *("--parent", "msoa=msoa11_code,msoa11_name", "--lookup", place / "lookups" / "lsoa11_msoa11.csv"),
        *("--population", place / "population" / "lsoa11_mid2020.csv"),
    )  # fmt: skip
    done(home, "schools", place / "schools" / "schools.csv")
    done(home, "import", *sorted((place / "police_street").glob("*.csv.gz")))


def main() -> int:
    """Print a table of all claims of all sentences; return 1 where one does not hold or a sentence is not known."""
    truth, wrong = Truth(REAL_DATA), 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, REAL_DATA)
        for school in (*SCHOOLS, None):
            found, unknown, (now, chosen) = read(ask(lambda *options: done(home, *options).out, school), school)
            sys.stdout.write(f"\n{school or 'South Yorkshire'}: {len(found)} findings\n")
            for line in unknown:
                sys.stdout.write(f"NOT KNOWN: {line}\n")
            wrong += len(unknown)
            for one in found:
                sys.stdout.write(f"  {one.line[:110]}\n")
                for claim in check(truth, one, school, now, chosen):
                    mark = "ok" if claim.holds else "WRONG"
                    sys.stdout.write(f"    {mark:5} {claim.what:14} {claim.said:42} {claim.recounted}\n")
                    wrong += not claim.holds
    sys.stdout.write(f"\n{wrong} claims do not hold.\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
