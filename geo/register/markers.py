"""Markers: known hotspots as a map shows them, each with its point, its extent and its facts in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import columns as c
from geo.harms import HARM_GROUPS
from geo.register.hotspot import Hotspot

OVERDUE: Final = "was due"


@dataclass(frozen=True)
class Marker:
    """One known hotspot: its sign's position in degrees (EPSG:4326), and a GeoJSON extent unless it is a point."""

    lon: float
    lat: float
    name: str
    place_type: str
    harm: str
    status: str
    last_reported: str
    review: str
    extent: Mapping[str, Any] | None = None


def markers(hotspots: gpd.GeoDataFrame, today: date) -> list[Marker]:
    """Return the markers of known hotspots: a frame with ``name``, ``type``, ``harm``, ``status``, dates, geometry."""
    return [_marker(row, today) for row in hotspots.itertuples(index=False)]


def say_day(day: object) -> str:
    """Write a day, "2021-09-03" or a date, as people do: "3 Sep 2021"; "not recorded" when there is none."""
    due = as_day(day)
    if due is None:
        return "not recorded"
    moment = date.fromisoformat(due)
    return f"{moment.day} {moment:%b %Y}"


def say_review(day: object, status: str, today: date) -> str:
    """Say when a hotspot's review is due or was due, to be read after the word "review"; a closed one needs none."""
    if status == "closed":
        return "not needed"
    due = as_day(day)
    if due is None:
        return "not planned"
    return f"{OVERDUE} {say_day(due)}" if due < today.isoformat() else f"due {say_day(due)}"


def as_day(day: object) -> str | None:
    """Return a day as text: stored as text, read from a file as a date."""
    if isinstance(day, str):
        return day
    return day.strftime("%Y-%m-%d") if isinstance(day, date) and not pd.isna(day) else None


def register_table(near: pd.DataFrame, today: date) -> pd.DataFrame:
    """List known hotspots in words: ``name``, ``type``, ``harm``, ``status`` and ``review``.

    Other columns of the frame, such as a distance, are kept.
    """
    return near.assign(
        **{
            c.HARM: near[c.HARM].map(HARM_GROUPS),
            c.STATUS: near[c.STATUS].str.capitalize(),
            "review": [
                say_review(day, status, today) for day, status in zip(near["next_review"], near[c.STATUS], strict=True)
            ],
        }
    )


def _marker(row: "gpd.GeoSeries", today: date) -> Marker:
    return marker_of(row.geometry, row.name, row.type, row.harm, row.status, row.last_reported, row.next_review, today)


def entry_markers(entries: Iterable[Hotspot], today: date) -> list[Marker]:
    """Return the markers of entries of the register."""
    return [
        marker_of(one.shape, one.name, one.place_type, one.harm, one.status, one.last_reported, one.next_review, today)
        for one in entries
    ]


def marker_of(
    shape: BaseGeometry,
    name: str,
    place_type: str,
    harm: str,
    status: str,
    last_reported: object,
    next_review: object,
    today: date,
) -> Marker:
    """Return the marker of a place of some shape (EPSG:4326), with its facts in words."""
    # Rounded point by point, so that an alley narrower than the rounding is still drawn.
    rounded = shapely.set_precision(shape, 1e-5, mode="pointwise")
    at = shape if shape.geom_type == "Point" else shape.representative_point()
    return Marker(
        lon=at.x,
        lat=at.y,
        name=name,
        place_type=place_type,
        harm=HARM_GROUPS[harm],
        status=status,
        last_reported=say_day(last_reported),
        review=say_review(next_review, status, today),
        extent=None if shape.geom_type == "Point" else shapely.geometry.mapping(rounded),
    )
