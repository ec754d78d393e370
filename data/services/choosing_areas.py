"""Choosing the area set that a file of incidents belongs to, and noticing codes from another edition of the areas."""

from typing import Final

import numpy as np

from data.principal import Principal
from data.store import area_sets
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import AreaSet
from geo.areas.placing import Located, Placement, locate
from geo.errors import InputError

_POINTS_TRIED: Final = 500
_SOME_CODES: Final = 2  # one strange code is a stray row; another edition of the areas has several


def best_set(store: Store, principal: Principal, rows: Located) -> int:
    """Return the id of the loaded area set that knows most of the stated codes, or holds most of the points.

    Raises InputError when no areas are loaded.
    """
    summaries = area_sets.area_sets(store, principal)
    if not summaries:
        raise InputError(
            "Incidents are counted by area, and no areas are loaded yet; bring in areas first, on the Upload page or "
            "with `python -m data areas`."
        )
    if len(summaries) == 1:
        return summaries[0].id
    loaded = {summary.id: area_sets.load_area_set(store, principal, summary.id) for summary in summaries}
    by_code = {set_id: _stated_in(rows, areas.codes) for set_id, areas in loaded.items()}
    if any(by_code.values()):
        # Of equals the newest: a set is loaded again to replace an older one.
        return max(by_code, key=lambda set_id: (by_code[set_id], set_id))
    by_point = {set_id: _points_in(rows, areas.frame.geometry.to_numpy()) for set_id, areas in loaded.items()}
    return max(by_point, key=lambda set_id: (by_point[set_id], set_id))


def is_edition_note(note: str) -> bool:
    """Return whether a note is one of those that placing the rows makes anew."""
    return "he point decided" in note


def edition_notes(store: Store, principal: Principal, set_id: int, placement: Placement) -> list[str]:
    """Say what happened to rows whose stated code the set lacks although their point lies inside it."""
    areas = area_sets.load_area_set(store, principal, set_id)
    title, stated = areas.title, placement.foreign_codes | placement.border_codes
    same_ground = _on_the_same_ground(store, principal, set_id, areas, set(placement.border_codes))
    foreign = {code: n for code, n in stated.items() if code in placement.foreign_codes or code in same_ground}
    if len(foreign) < _SOME_CODES:
        foreign = {}
    border_rows = sum(n for code, n in stated.items() if code not in foreign)
    notes = []
    if border_rows:
        notes.append(
            f"{_rows(border_rows)} the code of an area outside “{title}”, with a point inside it: the point decided."
        )
    if foreign:
        known = _set_that_knows(store, principal, set_id, set(foreign))
        whose = f"are those of “{known}”" if known else "are probably of another edition of the areas"
        notes.append(
            f"{_rows(sum(foreign.values()))} one of {len(foreign):,} area codes that “{title}” does not have, with a "
            f"point inside it: these codes {whose} (LSOA codes changed in 2021). The point decided, so none is lost."
        )
    return notes


def _rows(rows: int) -> str:
    return f"{rows:,} rows state" if rows != 1 else "1 row states"


def _stated_in(rows: Located, codes: tuple[str, ...]) -> int:
    tally = np.bincount(rows.stated[rows.stated >= 0], minlength=len(rows.vocabulary))
    known = set(codes)
    return int(sum(n for code, n in zip(rows.vocabulary, tally, strict=True) if code in known))


def _points_in(rows: Located, shapes: np.ndarray[tuple[int], np.dtype[np.object_]]) -> int:
    has_point = np.flatnonzero(~np.isnan(rows.lon))
    tried = has_point[:: max(1, len(has_point) // _POINTS_TRIED)]
    return int((locate(rows.lon[tried], rows.lat[tried], shapes) >= 0).sum())


def _on_the_same_ground(store: Store, principal: Principal, set_id: int, areas: AreaSet, codes: set[str]) -> set[str]:
    """Return the codes of areas of other loaded sets that lie inside these ones: of another edition, however small."""
    found = set[str]()
    for one in area_sets.area_sets(store, principal) if codes else ():
        if one.id != set_id:
            frame = area_sets.load_area_set(store, principal, one.id).frame
            known = frame[frame[c.AREA].isin(codes)]
            within = known.geometry.representative_point()
            inside = locate(within.x.to_numpy(), within.y.to_numpy(), areas.frame.geometry.to_numpy()) >= 0
            found |= set(known[c.AREA][inside])
    return found


def _set_that_knows(store: Store, principal: Principal, but: int, codes: set[str]) -> str | None:
    """Name the other loaded set that has most of the codes, if any has more than half of them."""
    others = [one for one in area_sets.area_sets(store, principal) if one.id != but]
    known = {one.title: len(codes & set(area_sets.load_area_set(store, principal, one.id).codes)) for one in others}
    best = max(known, key=lambda title: known[title], default=None)
    return best if best is not None and known[best] > len(codes) / 2 else None
