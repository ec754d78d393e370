"""Where pupils of a school come from: sectors of a file at the middle of their postcodes, or places chosen by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from data.formats.sources import Source
from data.principal import Principal
from data.records.pupil_sectors import SectorsFound, read_pupil_sectors
from data.sandbox import run_sandboxed
from data.services import brought
from data.services.limits import limits_for
from data.services.walking import metres_of
from data.store import area_sets, base_maps, pupil_origins
from data.store.store import Store
from geo import columns as c
from geo.areas.postcode_list import SECTOR as SECTOR_WORDS
from geo.areas.postcode_list import PostcodeList, list_postcodes
from geo.areas.proximity import Place
from geo.basemap.name_index import KIND_WORDS
from geo.errors import InputError
from geo.walking.pupil_origin import PLACE, SECTOR, PupilOrigin
from geo.walking.ready_network import in_metres
from geo.wording import how_many

FARTHEST: Final = 4_000.0  # metres in a straight line from which places are offered
_AREA: Final = "Area"
_OFFERED: Final = ("stop", "station", "place", "park")  # kinds of names of a base map; streets are too near to homes
_POSTCODE: Final = "postcode"


@dataclass(frozen=True)
class OriginsBrought:
    """The places that a file brings, and what is said of it."""

    origins: tuple[PupilOrigin, ...]
    said: str


def read_sectors(store: Store, principal: Principal, source: Source) -> OriginsBrought:
    """Return where the pupils of a file come from; nothing is kept. Raises InputError, as the reader does.

    Sectors that are on no list of postcodes that is loaded are left out and counted.
    """
    found = run_sandboxed(read_pupil_sectors, source, limits=limits_for(source))
    return _placed(found, _postcodes(store, principal))


def keep_sectors(store: Store, principal: Principal, source: Source, found: OriginsBrought, urn: str) -> int:
    """Keep where the pupils of a school (its URN) come from, as a file says, beside the places chosen by hand."""
    chosen = [one for one in pupil_origins.origins(store, principal, urn) if one.kind == PLACE]
    told = brought.of(source.name.split(".")[0], [source])
    return pupil_origins.put_origins(store, principal, urn, [*found.origins, *chosen], told)


def keep_places(store: Store, principal: Principal, urn: str, places: Iterable[PupilOrigin]) -> int:
    """Keep places that were chosen by hand for a school (its URN), beside the sectors that a file brought."""
    sectors = [one for one in pupil_origins.origins(store, principal, urn) if one.kind == SECTOR]
    return pupil_origins.put_origins(store, principal, urn, [*sectors, *places])


def places_near(store: Store, principal: Principal, set_id: int, school: Place) -> dict[str, PupilOrigin]:
    """Return the places around a school that can be chosen, the nearest first, by labels that tell them apart.

    They are stops, stations, places and parks that a base map names, and the areas that are counted in.
    """
    listed = pd.concat([_of_maps(store, principal), _of_areas(store, principal, set_id)], ignore_index=True)
    if listed.empty:
        return {}
    xy = in_metres(listed[c.LON].to_numpy(dtype=float), listed[c.LAT].to_numpy(dtype=float))
    away = ((xy - metres_of(school)) ** 2).sum(axis=1) ** 0.5
    near = listed.assign(away=away)[away <= FARTHEST].sort_values(["away", c.NAME], ignore_index=True)
    near = near.drop_duplicates([c.NAME, "word"])
    return {
        f"{row.name} ({row.word.lower()})": PupilOrigin(row.name, PLACE, float(row.lon), float(row.lat))
        for row in near.itertuples(index=False)
    }


def _of_maps(store: Store, principal: Principal) -> pd.DataFrame:
    names = _names(store, principal)
    offered = names[names[c.KIND].isin(_OFFERED)]
    return offered.assign(word=offered[c.KIND].map(KIND_WORDS))[[c.NAME, "word", c.LON, c.LAT]]


def _of_areas(store: Store, principal: Principal, set_id: int) -> pd.DataFrame:
    areas = area_sets.load_area_set(store, principal, set_id)
    middle = areas.frame.geometry.representative_point()
    return pd.DataFrame({c.NAME: areas.frame[c.NAME], "word": _AREA, c.LON: middle.x, c.LAT: middle.y})


def _names(store: Store, principal: Principal) -> pd.DataFrame:
    listed = [base_maps.load_names(store, principal, one.id) for one in base_maps.base_maps(store, principal)]
    none = pd.DataFrame({c.NAME: [], c.KIND: [], c.LON: [], c.LAT: []})
    return pd.concat(listed or [none], ignore_index=True)


def _postcodes(store: Store, principal: Principal) -> PostcodeList:
    names = _names(store, principal)
    return list_postcodes(names[names[c.KIND] == _POSTCODE].assign(where=""))


def _placed(found: SectorsFound, postcodes: PostcodeList) -> OriginsBrought:
    if not postcodes.codes:
        raise InputError(
            "Postcode sectors are placed by a list of postcodes, and none is loaded; bring one in on the Set up page, "
            "such as the ONS Postcode Directory, or choose stops and places by hand."
        )
    placed = []
    for sector, pupils in found.pupils.items():
        middle = next(iter(postcodes.look_up(sector.lower(), 1)), None)
        if middle is not None and middle.where == SECTOR_WORDS:
            placed.append(PupilOrigin(sector, SECTOR, middle.lon, middle.lat, pupils))
    lost = len(found.pupils) - len(placed)
    if not placed:
        raise InputError(
            "Postcode sectors must be on the list of postcodes that is loaded, and none of these is; bring the list of "
            "this place, or correct them."
        )
    said = replace(found, pupils={one.name: one.pupils or 0 for one in placed}).said
    missing = f" Not on the list of postcodes: {how_many(lost, 'sector', 'sectors')}." if lost else ""
    return OriginsBrought(tuple(placed), said + missing)
