"""Incidents that the schools of Castlebrook record: places and times of harm outside the home, nothing about a child.

They follow the school day (before school, lunch, home time), are few in holidays, and keep to schools, parks and the
town centre. The planted changes show in them too, but faintly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import shapely
from shapely import Point

from data.demo.effects import MONTHS, Effect
from data.demo.grid import to_grid
from data.demo.plan import PLACES
from data.demo.terms import SCHOOLS, taught_days
from data.demo.town_areas import Area
from geo.arrays import Floats
from geo.harms import HARM_GROUPS

INCIDENT_HEADER: Final = ("Reference", "Date", "From", "To", "Easting", "Northing", "Category", "Severity", "School")
_EXPECTED: Final = 900
_NO_LOCATION: Final = 0.04
_WITH_END: Final = 0.5
_NEAREST_SCHOOL: Final = 0.7  # how often the nearest school is the one that records the incident
_SCATTER: Final = 110.0  # metres around a place

# How often each harm is recorded, and how grave it is then: low, medium, high.
_HARMS: Final[dict[str, tuple[float, tuple[float, float, float]]]] = {
    "peer": (0.31, (0.55, 0.35, 0.10)),
    "asb": (0.20, (0.65, 0.30, 0.05)),
    "substances": (0.17, (0.40, 0.45, 0.15)),
    "cce": (0.11, (0.10, 0.45, 0.45)),
    "violence": (0.11, (0.15, 0.45, 0.40)),
    "cse": (0.07, (0.05, 0.40, 0.55)),
    "other": (0.03, (0.50, 0.40, 0.10)),
}
SEVERITIES: Final = ("Low", "Medium", "High")

# Parts of a day as (share, first minute, last minute of the day).
_Rhythm = tuple[tuple[float, int, int], ...]
_SCHOOL_DAY: Final[_Rhythm] = (
    (0.15, 7 * 60 + 30, 8 * 60 + 45),
    (0.09, 8 * 60 + 45, 12 * 60),
    (0.20, 12 * 60, 13 * 60 + 30),
    (0.05, 13 * 60 + 30, 15 * 60),
    (0.38, 15 * 60, 17 * 60 + 30),
    (0.13, 17 * 60 + 30, 22 * 60),
)
_FREE_DAY: Final[_Rhythm] = ((0.35, 10 * 60, 15 * 60), (0.65, 15 * 60, 22 * 60))
_TAUGHT, _WEEKEND, _HOLIDAY = 1.0, 0.12, 0.10  # how busy a day is


@dataclass(frozen=True)
class Incidents:
    """The file's rows, each a text for each column of ``INCIDENT_HEADER``, and how many have no location."""

    rows: tuple[tuple[str, ...], ...]
    no_location: int


@dataclass(frozen=True)
class _Site:
    """Where incidents gather: a point, how wide they spread, how often by harm, and the planted change it follows."""

    point: Point
    spread: float
    weights: dict[str, float]
    effect: Effect | None = None


def draw_incidents(areas: Sequence[Area], effects: Sequence[Effect], rng: np.random.Generator) -> Incidents:
    """Draw about 900 incidents over the three school years, in order of date and time."""
    town = shapely.coverage_union_all([area.shape for area in areas])
    shapely.prepare(town)
    sites = _sites(areas, effects)
    taught = taught_days()
    drawn: list[tuple[date, tuple[str, ...]]] = []
    for day in _days(taught, rng):
        harm = str(rng.choice(list(_HARMS), p=[share for share, _ in _HARMS.values()]))
        times = _times(_SCHOOL_DAY if day in taught else _FREE_DAY, rng)
        drawn.append((day, (*times, *_record(harm, _point(sites, harm, f"{day:%Y-%m}", town, rng), rng))))
    drawn.sort()
    rows = [(f"CB-{number:06d}", f"{day:%d/%m/%Y}", *rest) for number, (day, rest) in enumerate(drawn, start=1)]
    return Incidents(tuple(rows), sum(row[4] == "" for row in rows))


def _record(harm: str, point: Floats, rng: np.random.Generator) -> tuple[str, ...]:
    """Return easting, northing, category, severity and school of one incident; a few are recorded without a place."""
    severity = str(rng.choice(SEVERITIES, p=_HARMS[harm][1]))
    school = _school(point, rng)
    east, north = (f"{metres:.0f}" for metres in to_grid(point[None])[0])
    if rng.random() < _NO_LOCATION:
        east, north = "", ""
    return east, north, HARM_GROUPS[harm], severity, school


def _days(taught: set[date], rng: np.random.Generator) -> list[date]:
    """Draw the day of each incident: many on taught days, few at weekends and in holidays."""
    first = date(int(MONTHS[0][:4]), int(MONTHS[0][5:]), 1)
    last = date(int(MONTHS[-1][:4]), int(MONTHS[-1][5:]), 31)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    busy = np.array([_TAUGHT if day in taught else _WEEKEND if day.weekday() >= 5 else _HOLIDAY for day in days])
    counts = rng.poisson(busy * _EXPECTED / busy.sum())
    return [day for day, count in zip(days, counts, strict=True) for _ in range(count)]


def _times(rhythm: _Rhythm, rng: np.random.Generator) -> tuple[str, str]:
    """Draw when an incident began and, for about half, when it was over, to five minutes."""
    _, first, last = rhythm[int(rng.choice(len(rhythm), p=[share for share, _, _ in rhythm]))]
    start = int(rng.integers(first // 5, last // 5)) * 5
    end = start + 5 * int(rng.integers(1, 19))
    return _clock(start), _clock(end) if rng.random() < _WITH_END else ""


def _clock(minutes: int) -> str:
    """Return minutes since midnight as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _sites(areas: Sequence[Area], effects: Sequence[Effect]) -> list[_Site]:
    """Return where incidents gather: school gates, named places, anywhere at all, and the planted areas."""
    sites = []
    for phase, point in SCHOOLS.values():
        size = 2.2 if phase == "Secondary" else 0.5
        weights = {harm: size * (2.0 if harm == "peer" else 0.5) for harm in _HARMS}
        sites.append(_Site(point, _SCATTER, weights))
    for spot in PLACES:
        weights = {harm: 0.15 if harm == "peer" else 0.4 for harm in _HARMS}
        sites.append(_Site(spot.point, _SCATTER, weights))
    for area in areas:
        middle = shapely.point_on_surface(area.shape)
        sites.append(_Site(middle, 2 * _SCATTER, dict.fromkeys(_HARMS, 0.03)))
        sites += [
            _Site(middle, _SCATTER, {effect.harm: 1.6 / len(effect.areas)}, effect)
            for effect in effects
            if area.code in effect.areas
        ]
    return sites


def _point(sites: Sequence[_Site], harm: str, month: str, town: shapely.Geometry, rng: np.random.Generator) -> Floats:
    """Draw where an incident of ``harm`` happened in ``month``, in whole local metres, always inside the town."""
    weights = np.array(
        [site.weights.get(harm, 0.0) * (site.effect.faint(month) if site.effect else 1.0) for site in sites]
    )
    site = sites[int(rng.choice(len(sites), p=weights / weights.sum()))]
    middle = np.array([site.point.x, site.point.y])
    near = np.round(middle + rng.normal(0, site.spread, 2))
    return near if shapely.contains_xy(town, *near) else np.round(middle)


def _school(point: Floats, rng: np.random.Generator) -> str:
    """Return the school that records an incident: mostly the nearest, sometimes another one."""
    names = list(SCHOOLS)
    if rng.random() >= _NEAREST_SCHOOL:
        return names[int(rng.integers(len(names)))]
    return min(names, key=lambda name: float(np.hypot(SCHOOLS[name][1].x - point[0], SCHOOLS[name][1].y - point[1])))
