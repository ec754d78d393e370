"""Facts of areas that are loaded already, added later or taken back: larger areas, residents, deprivation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from data.formats.sources import Source
from data.principal import Principal
from data.records.area_facts import FactFiles, FactsFound, read_facts
from data.sandbox import run_sandboxed
from data.services import brought
from data.store import area_facts, area_sets
from data.store.area_facts import AddedFacts, Drawings
from data.store.deliveries import Delivery, DeliveryKind
from data.store.store import AlreadyThereError, Store
from geo.areas.area_set import AreaSet
from geo.areas.drawing import BACKDROP, backdrop_drawing, digest, drawing, largest_areas
from geo.errors import InputError

__all__ = ["FactFiles", "add_facts", "take_back"]

Progress = Callable[[float, str], None]
Said = Mapping[DeliveryKind, str | None]  # of each kind of facts, or the same for all where it has the one key of none

_ORDER: Final = (DeliveryKind.LARGER_AREAS, DeliveryKind.RESIDENTS, DeliveryKind.DEPRIVATION)


def add_facts(
    store: Store,
    principal: Principal,
    set_id: int,
    files: FactFiles,
    tell: Progress | None = None,
    *,
    editions: Said | None = None,
    publishers: Said | None = None,
) -> tuple[list[int], list[str]]:
    """Read facts about the areas of a loaded set and keep them; return the numbers of their deliveries, and notes.

    Each kind is a delivery of its own. The areas, their order and their shapes stay as they are, and so does all that
    was counted by them. ``editions`` and ``publishers`` say what the files of a kind are of, where that is known.
    Raises InputError for files that cannot be used, and where other larger areas would change the zones that protected
    counts were released by; AlreadyThereError where the areas have just these facts already.
    """
    chosen = _sources(files)
    if not chosen:
        raise InputError("Facts of areas need a file that has them, and none was brought; choose one.")
    standing = area_facts.standing(store, principal, set_id)
    found = run_sandboxed(read_facts, standing.areas, files, progress=tell)
    after, changed = _with_new(standing.areas, found, [kind for kind in _ORDER if kind in chosen])
    if not changed:
        raise AlreadyThereError("area set", set_id, ", with just these facts")
    notes = {kind: list(_notes(found)[kind] or ()) for kind in changed}
    added = [
        AddedFacts(
            kind,
            brought.of(
                standing.areas.title,
                chosen[kind],
                edition=(editions or {}).get(kind),
                source=(publishers or {}).get(kind),
            ),
            _rows(after, kind),
            notes[kind],
        )
        for kind in changed
    ]
    drawn: dict[str, bytes | None] = dict(found.drawings) if DeliveryKind.LARGER_AREAS in changed else {}
    drawn |= _backdrop(store, principal, set_id, standing.areas, after)
    numbers = area_facts.add(store, principal, standing, after, added, drawn)
    return numbers, [note for kind in changed for note in notes[kind]]


def take_back(store: Store, principal: Principal, one: Delivery) -> None:
    """Put back what stood before a delivery of facts. Raises InputError as ``data.store.area_facts.take_back`` does."""
    if one.area_set_id is None:
        raise InputError("These facts are undone already; choose others.")
    standing = area_facts.standing(store, principal, one.area_set_id)
    after = area_facts.without(store, principal, one, standing.areas)
    drawn = _redrawn(standing.areas, after) if one.kind is DeliveryKind.LARGER_AREAS else {}
    drawn |= _backdrop(store, principal, one.area_set_id, standing.areas, after)
    area_facts.take_back(store, principal, one, standing, after, drawn)


def _sources(files: FactFiles) -> dict[DeliveryKind, Sequence[Source]]:
    lookup = () if files.lookup is None else (files.lookup,)
    found: dict[DeliveryKind, Sequence[Source]] = {DeliveryKind.LARGER_AREAS: tuple(files.larger)}
    found[DeliveryKind.RESIDENTS] = () if files.residents is None else (files.residents, *lookup)
    found[DeliveryKind.DEPRIVATION] = () if files.deprivation is None else (files.deprivation, *lookup)
    return {kind: sources for kind, sources in found.items() if sources}


def _notes(found: FactsFound) -> dict[DeliveryKind, Sequence[str] | None]:
    return dict(zip(_ORDER, (found.larger, found.residents, found.deprivation), strict=True))


def _with_new(areas: AreaSet, found: FactsFound, kinds: Sequence[DeliveryKind]) -> tuple[AreaSet, list[DeliveryKind]]:
    """Return areas with the facts of some kinds that were read, nothing else of what was read, and which are new."""
    frame, changed = areas.frame.copy(), list[DeliveryKind]()
    for kind in kinds:
        for column in area_facts.COLUMNS[kind]:
            if column not in found.areas.frame.columns:
                continue
            new = found.areas.frame[column].reset_index(drop=True)
            if column not in frame.columns or not frame[column].reset_index(drop=True).equals(new):
                frame[column] = new.to_numpy()
                changed.append(kind)
    return AreaSet(areas.title, areas.level, frame, areas.known_as), [kind for kind in kinds if kind in changed]


def _rows(areas: AreaSet, kind: DeliveryKind) -> int:
    """Return for how many areas there are figures of a kind."""
    columns = [column for column in area_facts.COLUMNS[kind] if column in areas.frame.columns]
    return int(areas.frame[columns[0]].notna().sum())


def _redrawn(before: AreaSet, after: AreaSet) -> dict[str, bytes | None]:
    """Return the drawings of larger areas that are other ones, or are gone."""
    drawn: dict[str, bytes | None] = {level: None for level in before.levels if level not in after.levels}
    for level in after.levels:
        if level not in before.levels or not _alike(before, after, level):
            drawn[level] = drawing(after.shapes(level))
    return drawn


def _alike(before: AreaSet, after: AreaSet, level: str) -> bool:
    one, other = before.units(level), after.units(level)
    return (
        one.codes == other.codes and one.plain_names == other.plain_names and bool((one.member == other.member).all())
    )


def _backdrop(store: Store, principal: Principal, set_id: int, before: AreaSet, after: AreaSet) -> Drawings:
    """Return the outlines of the largest areas to draw beneath, where these are others and no file gave a backdrop."""
    if before.levels[-1] == after.levels[-1] and _alike(before, after, after.levels[-1]):
        return {}
    there = area_sets.drawing_digests(store, principal, set_id).get(BACKDROP)
    own = _outlines(before)
    if there is not None and (own is None or digest(own) != there):
        return {}
    return {BACKDROP: _outlines(after)}


def _outlines(areas: AreaSet) -> bytes | None:
    found = largest_areas(areas)
    return None if found is None else backdrop_drawing(found)
