"""The way home of a school: what is gathered of a store for it, and how it is written as a table or as GeoJSON."""

import json
from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.principal import Principal
from data.records.rows import DatasetKind
from data.services import open_points, safety_marks, visibility
from data.services.walking import metres_of
from data.store import area_sets, hotspots, places
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.areas.area_set import DEGREES, METRES
from geo.areas.proximity import Place
from geo.arrays import Shapes
from geo.calendar import periods, usual_periods
from geo.counts.filters import Choice
from geo.errors import RefusedError, ThinDataError
from geo.evidence import way_home, way_home_sentences
from geo.evidence.way_home import StreetIncidents, StretchBasis, WayHome
from geo.feelings import SAFE, UNSAFE
from geo.harms import HARM_GROUPS, SCHOOL_DEFAULT
from geo.maps.measure import Measure, measured
from geo.statistics.density import X, Y
from geo.views import view as views
from geo.walking.pupil_origin import PupilOrigin
from geo.walking.ready_network import ReadyNetwork

_HALF_TERMS: Final = 6  # the newest of a release, a school year, where others were asked for
_DECIMALS: Final = 1


def find(
    store: Store,
    principal: Principal,
    network: ReadyNetwork,
    school: Place,
    origins: Sequence[PupilOrigin],
    incidents: StreetIncidents,
) -> WayHome:
    """Return the way home of a school, with the known hotspots of the person's organisation beside it."""
    found = way_home.way_home(network, school.name, metres_of(school), origins, incidents)
    known = way_home.with_hotspots(found, *way_home.hotspots_in_metres(hotspots.hotspots(store, principal)))
    return way_home.with_marks(known, *_marked(store, principal))


def _marked(store: Store, principal: Principal) -> tuple[list[str], Shapes]:
    """Return what is released of young people's marks: what each zone says, and its shape in metres."""
    zones = safety_marks.marks_by_zone(store, principal)
    told = zones[(zones[SAFE].notna() | zones[UNSAFE].notna()) & ~zones[safety_marks.ELSEWHERE].astype(bool)]
    said = [
        f"{row.unsafe_shown} unsafe and {row.safe_shown} safe in {row.name} ({row.period})"
        for row in told.itertuples(index=False)
    ]
    return said, told.geometry.to_crs(METRES).to_numpy() if len(told) else np.zeros(0, dtype=object)


def incidents_of(
    store: Store, principal: Principal, dataset: Dataset, choice: Choice, school: Place
) -> StreetIncidents:
    """Return what a dataset knows of streets, as far as this person may be told it and no closer.

    Points of an open dataset of the person's organisation; of a protected one what is released of its zones, whoever
    asks; of any other nothing.
    """
    if dataset.access is Access.PROTECTED:
        return _of_zones(store, principal, dataset, choice)
    period = periods.say_range(choice.periods)
    kinds = ", ".join(HARM_GROUPS[code] for code in choice.harms)
    nothing = StreetIncidents(StretchBasis.NOTHING, period, dataset.source, kinds)
    if not open_points.may_be_counted(principal, dataset):
        return nothing
    if dataset.kind != DatasetKind.POLICE:
        try:
            calendar = places.school_calendar(store, principal, school.urn)
            timed = open_points.home_time_points(store, principal, dataset, choice, calendar)
        except ThinDataError:
            pass  # it knows months only, as police data do
        else:
            xy = timed[[X, Y]].to_numpy(dtype=np.float64)
            return StreetIncidents(StretchBasis.TIMES, period, dataset.source, kinds, xy, np.ones(len(xy)))
    points = open_points.all_points(store, principal, dataset)
    kept = ~points.elsewhere
    if not kept.any():
        return nothing
    counts = points.at_places(choice)
    return StreetIncidents(StretchBasis.MONTHS, period, dataset.source, kinds, points.xy[kept], counts[kept])


def usual_choice(dataset: Dataset) -> Choice:
    """Return the harm groups that school pages start with, in the months that they start with."""
    shown = tuple(usual_periods.usual(tuple(dataset.months), dataset.gaps))
    present = tuple(code for code in HARM_GROUPS if code in set(dataset.harm_of.values()))
    return Choice(shown, tuple(code for code in present if code in SCHOOL_DEFAULT) or present)


def _of_zones(store: Store, principal: Principal, dataset: Dataset, choice: Choice) -> StreetIncidents:
    kinds = ", ".join(HARM_GROUPS[code] for code in choice.harms)
    try:
        counts = visibility.released_counts(store, principal, dataset)
    except RefusedError:
        return StreetIncidents(StretchBasis.NOTHING, periods.say_range(choice.periods), dataset.source, kinds)
    covered = views.periods(counts)
    shown = tuple(one for one in choice.periods if one in covered) or covered[-_HALF_TERMS:]
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    seen = views.view_counts(counts, areas, views.levels(counts, areas)[0], views.years_of(counts, shown))
    told = measured(seen, Choice(shown, choice.harms), Measure.COUNT)
    unit_of = seen.units.member
    says = tuple(
        way_home.zone_text(seen.units.names[unit], told.counts[unit]) if np.isfinite(told.counts[unit]) else ""
        for unit in unit_of.tolist()
    )
    known = np.array([bool(text) for text in says], dtype=np.bool_)
    return StreetIncidents(
        StretchBasis.ZONES,
        periods.say_range(shown),
        dataset.source,
        kinds,
        zones=areas.metres.to_numpy()[known],
        zone_says=tuple(text for text in says if text),
    )


def table(found: WayHome) -> pd.DataFrame:
    """Return the stretches as a table, those that stand out first; what is not known is missing."""
    return pd.DataFrame([_row(one, found) for one in found.stretches])


def as_geojson(found: WayHome) -> str:
    """Write the stretches as GeoJSON in degrees, with the columns of ``table``."""
    lines = degrees([one.stretch.line for one in found.stretches])
    features = [
        {"type": "Feature", "properties": _row(one, found), "geometry": json.loads(shapely.to_geojson(line))}
        for one, line in zip(found.stretches, lines, strict=True)
    ]
    notes = list(way_home_sentences.notes(found))
    collection = {"type": "FeatureCollection", "school": found.school, "notes": notes, "features": features}
    return json.dumps(collection, ensure_ascii=False)


def degrees(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Return shapes in metres in degrees (EPSG:4326), to six decimals."""
    turned = gpd.GeoSeries(list(shapes), crs=METRES).to_crs(DEGREES)
    return [shapely.transform(one, lambda xy: np.round(xy, 6)) for one in turned]


def _row(one: way_home.HomeStretch, found: WayHome) -> dict[str, object]:
    def figure(value: float) -> float | None:
        return round(value, _DECIMALS) if np.isfinite(value) else None

    return {
        "number": one.number,
        "stretch": one.stretch.name,
        "metres": round(one.stretch.metres, _DECIMALS),
        "origins": len(one.origins),
        "pupils": one.stretch.pupils,
        "stands_out": one.told,
        "why": way_home_sentences.why(one, found),
        "observed": figure(one.observed),
        "expected": figure(one.expected),
        "low": figure(one.low),
        "high": figure(one.high),
        "p": round(one.p, 6) if np.isfinite(one.p) else None,
        "known_hotspots": "; ".join(one.hotspots),
        "young_peoples_marks": "; ".join(one.marks),
        "zones": "; ".join(one.zones),
        "other_ways": "; ".join(other.said for other in one.alternatives),
        "period": found.incidents.period,
        "source": found.incidents.source,
    }
