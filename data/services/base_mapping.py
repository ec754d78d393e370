"""Base maps brought in: files read in the sandbox within limits of their own, then kept whole or not at all."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from data.formats.sources import MB, Source
from data.principal import Principal
from data.records.base_map import BaseMapFiles, BaseMapFound, read_base_map
from data.sandbox import ResourceLimits, run_sandboxed
from data.screening.kept_words import require_clean_kept
from data.services import brought
from data.store import area_sets, base_maps
from data.store.base_maps import Bounds
from data.store.store import AlreadyThereError, Store

Progress = Callable[[float, str], None]

# A county of a million nodes takes some 20 seconds of work and 1.2 GB; the largest extracts are four times that.
MAP_LIMITS: Final = ResourceLimits(
    memory=4_000 * MB, cpu=150, wall=900.0, remedy="bring the extract of a county or of a smaller place"
)
_MARGIN: Final = 0.05  # degrees around the areas that are loaded, some 3 to 5 km
_EDITION: Final = "1"  # of how maps are made; another makes other maps of the same files


def request(store: Store, principal: Principal, sources: Sequence[Source], title: str | None = None) -> BaseMapFiles:
    """Return what is to be read of files: of national ones, what lies near the areas that are loaded."""
    return BaseMapFiles(tuple(sources), title, bounds_of_areas(store, principal))


def prepare(store: Store, principal: Principal, files: BaseMapFiles, tell: Progress | None = None) -> BaseMapFound:
    """Read a base map; nothing is kept.

    Raises InputError for files that cannot be used and for a title that tells of a person, AlreadyThereError for files
    that are here as a base map already.
    """
    require_clean_kept("The title", [files.title])
    there = base_maps.number_of(store, principal, fingerprint(files))
    if there is not None:
        raise AlreadyThereError("base map", there)
    return run_sandboxed(read_base_map, files, progress=tell, limits=MAP_LIMITS)


def keep(store: Store, principal: Principal, files: BaseMapFiles, found: BaseMapFound) -> int:
    """Keep a base map that was read; return its id. Raises AlreadyThereError for the same files again."""
    told = brought.of(found.title, files.sources, edition=found.edition, source=found.source)
    return base_maps.add_base_map(store, principal, found, fingerprint(files), told)


def warning(files: BaseMapFiles, found: BaseMapFound) -> str | None:
    """Say that a base map lies beyond the areas that are loaded, where it does."""
    if files.bounds is None or _meet(files.bounds, found.bounds):
        return None
    return "This base map lies beyond the areas that are loaded, so no map shows it; check that it is of this place."


def fingerprint(files: BaseMapFiles) -> str:
    """Return the name of what files make together; it depends on the areas too where only ground near them is read."""
    own = sorted(source.fingerprint() for source in files.sources)
    cut = any(not source.name.lower().endswith((".pbf", ".osm", ".osm.gz")) for source in files.sources)
    near = ["" if not cut or files.bounds is None else " ".join(f"{edge:.2f}" for edge in files.bounds)]
    return hashlib.sha256("\n".join([_EDITION, *own, *near]).encode()).hexdigest()


def bounds_of_areas(store: Store, principal: Principal) -> Bounds | None:
    """Return the bounds of all areas that are loaded with some ground around them, in degrees; None without any."""
    boxes = [
        area_sets.load_area_set(store, principal, one.id).frame.total_bounds.tolist()
        for one in area_sets.area_sets(store, principal)
    ]
    if not boxes:
        return None
    west, south = (min(box[side] for box in boxes) - _MARGIN for side in (0, 1))
    east, north = (max(box[side] for box in boxes) + _MARGIN for side in (2, 3))
    return west, south, east, north


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]
