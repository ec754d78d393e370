"""Where incidents lie whose files have no coordinates: by postcodes, and by names of places that were confirmed.

Names are matched to known hotspots, schools, the names of base maps, published streets and areas; a person confirms
each once, and it is kept for the organisation's next file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np
import pandas as pd

from data.principal import Principal
from data.records.mapping import ColumnMapping
from data.records.reading_jobs import Reading, read_place_names
from data.records.rows import DatasetKind
from data.records.whereabouts import NamedPlace, PostcodeTable, Whereabouts
from data.sandbox import run_sandboxed
from data.services import open_points
from data.store import area_sets, base_maps, datasets, hotspots, place_names, places
from data.store.place_names import NameKind, PlaceMeaning
from data.store.store import Store
from geo import columns as c
from geo.areas.gazetteer import ALSO, POSTCODE_KIND
from geo.areas.known_names import areas_by_name, streets_by_name
from geo.areas.place_matching import HOTSPOT, NameGuess, PlaceGuess, match_names, name_key
from geo.errors import InputError

CODE: Final = "code"
_COLUMNS: Final = (c.NAME, c.KIND, c.LON, c.LAT, CODE)
_KINDS: Final = {HOTSPOT: NameKind.HOTSPOT, "school": NameKind.SCHOOL, "area": NameKind.AREA}
_ONE_WORD: Final = ("place", "park", "station", "street")
_gathering: Final = Lock()

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class NamesAsked:
    """The names of places in files: what each may mean, how many rows say it, and what was confirmed before, by key.

    ``refused`` are rows whose place looks like a person or a home.
    """

    guesses: tuple[NameGuess, ...]
    rows: Mapping[str, int]
    confirmed: Mapping[str, PlaceMeaning]
    refused: int = 0

    @property
    def new(self) -> tuple[NameGuess, ...]:
        """The names that nobody has confirmed yet."""
        return tuple(one for one in self.guesses if name_key(one.name) not in self.confirmed)


def located(store: Store, principal: Principal, reading: Reading, site: str | None, *, guess: bool = False) -> Reading:
    """Return a reading of incidents that knows where those lie that have no coordinates; others as they are.

    ``guess`` takes sure guesses of names that nobody has confirmed, for this reading alone. Raises InputError when no
    school has the URN ``site``, and then as ``names_in`` does.
    """
    if reading.kind is not DatasetKind.INCIDENTS:
        return reading
    mapping = reading.mapping if isinstance(reading.mapping, ColumnMapping) else None
    placing = whereabouts(store, principal, mapping, site)
    found = replace(reading, whereabouts=placing)
    if not guess:
        return found
    asked = names_in(store, principal, found, site, lambda _share, _what: None)
    return replace(found, whereabouts=with_guesses(placing, asked))


def whereabouts(
    store: Store, principal: Principal, mapping: ColumnMapping | None, site: str | None = None
) -> Whereabouts:
    """Return what places rows that have no coordinates, for files read by ``mapping``, or by a guess.

    ``site`` is the URN of the school where names of rooms lie that nobody has confirmed, and all rows of a file that
    names no place. Raises InputError when no school has it.
    """
    kept = place_names.place_names(store, principal)
    at_site = None if site is None else as_named(school_meaning(store, principal, "", site))
    named = {name: as_named(one) for name, one in kept.items()}
    if mapping is not None and mapping.postcode is None and mapping.place is None:
        return Whereabouts(named=named, site=at_site)
    listed = _map_names(store, principal)
    codes = listed[listed[c.KIND] == POSTCODE_KIND]
    lon, lat = (codes[axis].to_numpy(dtype=np.float64) for axis in (c.LON, c.LAT))
    table = PostcodeTable.of(codes[c.NAME].tolist(), lon, lat) if len(codes) else None
    words = listed.loc[listed[c.KIND].isin(_ONE_WORD), c.NAME].str.casefold()
    known = frozenset(words[~words.str.contains(" ", regex=False)])
    return Whereabouts(table, named, at_site, known)


def names_in(store: Store, principal: Principal, reading: Reading, site: str | None, tell: Tell) -> NamesAsked:
    """Return what places are called in the files of a reading, and what each name may mean; nothing is kept.

    Raises InputError for what ``read_place_names`` refuses.
    """
    found = run_sandboxed(read_place_names, reading, progress=lambda share, what: tell(0.7 * share, what))
    tell(0.8, "Looking for these places on the map")
    known = known_places(store, principal)
    guesses = match_names([name for name, _ in found.names], known, _near(store, principal, site))
    return NamesAsked(tuple(guesses), dict(found.names), place_names.place_names(store, principal), found.refused)


def look_for(store: Store, principal: Principal, text: str, site: str | None = None) -> tuple[PlaceGuess, ...]:
    """Return the places that a text may mean, the likeliest first."""
    return match_names([text], known_places(store, principal), _near(store, principal, site))[0].guesses


def with_guesses(placing: Whereabouts, asked: NamesAsked) -> Whereabouts:
    """Return whereabouts in which names that nobody has confirmed lie where a sure guess puts them."""
    sure = {name_key(one.name): as_named(meaning_of(one.name, one.sure)) for one in asked.new if one.sure is not None}
    return replace(placing, named={**sure, **placing.named})


def meaning_of(name: str, place: PlaceGuess | None) -> PlaceMeaning:
    """Return what is kept of a name that means a place, or none."""
    if place is None:
        return PlaceMeaning(name_key(name), NameKind.NOWHERE)
    kind = _KINDS.get(place.kind, NameKind.MAP)
    target = place.code if kind is NameKind.AREA else place.name
    return PlaceMeaning(name_key(name), kind, target, place.lon, place.lat)


def school_meaning(store: Store, principal: Principal, name: str, urn: str) -> PlaceMeaning:
    """Return what is kept of a name that means a school's own site; raises InputError when no school has the URN."""
    schools = places.schools(store, principal)
    found = schools[schools[c.URN] == urn]
    if found.empty:
        raise InputError(
            f"A school is named by its URN, and none of the {len(schools):,} schools that are loaded has this one; "
            "choose one of the list, or bring in the schools first."
        )
    row = found.iloc[0]
    return PlaceMeaning(name_key(name), NameKind.SCHOOL, str(row[c.NAME]), float(row[c.LON]), float(row[c.LAT]))


def as_named(meaning: PlaceMeaning) -> NamedPlace:
    """Return where the rows of a name lie; an area by its code, and by a point in it for another edition of areas."""
    area = meaning.target if meaning.kind is NameKind.AREA else None
    return NamedPlace(meaning.lon, meaning.lat, area)


def known_places(store: Store, principal: Principal) -> pd.DataFrame:
    """Return all places that a name may mean: ``name``, ``kind``, ``lon``, ``lat`` (EPSG:4326), ``code``.

    They are gathered once after each write to the store.
    """
    with _gathering:
        return _gathered(store, principal, store.stamp(principal))


@lru_cache(maxsize=2)
def _gathered(store: Store, principal: Principal, _stamp: int) -> pd.DataFrame:
    listed = _map_names(store, principal)
    named = listed[~listed[c.KIND].isin((POSTCODE_KIND, "school"))]
    parts = [_hotspots(store, principal), _schools(store, principal), named, _streets(store, principal)]
    for summary in area_sets.area_sets(store, principal):
        areas = area_sets.load_area_set(store, principal, summary.id)
        own = areas_by_name(areas)
        parts.append(own[own[ALSO].isin(areas.codes)].assign(**{CODE: own[ALSO], c.KIND: "area"}))
    every = pd.concat([one.assign(**{CODE: one.get(CODE, "")})[[*_COLUMNS]] for one in parts], ignore_index=True)
    every[CODE] = every[CODE].fillna("")
    near = every.assign(
        **{c.NAME: every[c.NAME].map(name_key), c.LON: every[c.LON].round(3), c.LAT: every[c.LAT].round(3)}
    )
    return every[~near.duplicated([c.NAME, c.KIND, c.LON, c.LAT])].reset_index(drop=True)


def _map_names(store: Store, principal: Principal) -> pd.DataFrame:
    """Return the names of all base maps, postcodes among them."""
    listed = [base_maps.load_names(store, principal, one.id) for one in base_maps.base_maps(store, principal)]
    nothing = pd.DataFrame({name: pd.Series(dtype="str") for name in (c.NAME, c.KIND)} | {c.LON: [], c.LAT: []})
    return pd.concat([nothing, *listed], ignore_index=True)


def _hotspots(store: Store, principal: Principal) -> pd.DataFrame:
    register = hotspots.hotspots(store, principal)
    inner = register.geometry.representative_point()
    return pd.DataFrame({c.NAME: register[c.NAME], c.KIND: HOTSPOT, c.LON: inner.x, c.LAT: inner.y})


def _schools(store: Store, principal: Principal) -> pd.DataFrame:
    schools = places.schools(store, principal)
    return schools[[c.NAME, c.LON, c.LAT]].assign(**{c.KIND: "school", CODE: schools[c.URN]})


def _streets(store: Store, principal: Principal) -> pd.DataFrame:
    published = [
        open_points.named_places(store, principal, dataset)
        for dataset in datasets.datasets(store, principal)
        if open_points.may_be_counted(principal, dataset)
    ]
    every = pd.concat([pd.DataFrame({c.PLACE: [], c.LON: [], c.LAT: [], c.COUNT: []}), *published], ignore_index=True)
    return streets_by_name(every)


def _near(store: Store, principal: Principal, site: str | None) -> tuple[float, float] | None:
    """Return what names lie near: the school, or else the middle of the newest areas."""
    if site is not None:
        school = school_meaning(store, principal, "", site)
        return None if school.lon is None or school.lat is None else (school.lon, school.lat)
    summaries = area_sets.area_sets(store, principal)
    if not summaries:
        return None
    newest = max(summary.id for summary in summaries)
    west, south, east, north = area_sets.load_area_set(store, principal, newest).frame.total_bounds.tolist()
    return (west + east) / 2, (south + north) / 2
