"""Setting up a place: its areas with what is known of them, schools, term dates, known hotspots and actions there.

Every file is read in a sandbox (``data.sandbox``): nothing of it runs or is trusted in this process.
"""

from collections.abc import Callable, Sequence
from datetime import date

import geopandas as gpd
import pandas as pd

from data.formats.sources import Source
from data.principal import Principal
from data.records.area_files import AreaFiles, AreasFound, fingerprint, read_area_set
from data.records.larger_areas import read_neighbourhoods
from data.records.locality import Locality
from data.records.reading_jobs import read_action_lists, read_registers, read_school_list, read_term_dates
from data.sandbox import run_sandboxed
from data.services import brought
from data.services.area_facts import FactFiles, add_facts
from data.services.limits import limits_for
from data.store import actions, area_sets, hotspots, places
from data.store.actions import ActionTally
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import distinct_labels
from geo.areas.spoken_names import is_below_wards
from geo.calendar.half_terms import HalfTerm
from geo.calendar.school_calendar import SchoolCalendar
from geo.errors import InputError
from geo.wording import how_many

__all__ = ["AreaFiles", "FactFiles", "add_facts"]

Progress = Callable[[float, str], None]  # share done from 0 to 1, what is being done


def add_areas(
    store: Store,
    principal: Principal,
    files: AreaFiles,
    tell: Progress | None = None,
    *,
    edition: str | None = None,
    publisher: str | None = None,
) -> tuple[int, list[str]]:
    """Read an area set, keep it, and return its id and notes.

    Here and below, ``edition`` is what the files say they are of ("December 2021") and ``publisher`` whose they are:
    both are written down with the delivery.
    Raises InputError for files that cannot be used, AlreadyThereError for the same files again.
    """
    found = run_sandboxed(read_area_set, files, progress=tell, limits=limits_for(*files.sources))
    return keep_areas(store, principal, files, found, edition=edition, publisher=publisher)


def keep_areas(
    store: Store,
    principal: Principal,
    files: AreaFiles,
    found: AreasFound,
    *,
    edition: str | None = None,
    publisher: str | None = None,
) -> tuple[int, list[str]]:
    """Keep an area set that was read; return its id and notes. Raises AlreadyThereError for the same files again."""
    notes, areas = list(found.notes), found.areas
    told = brought.of(areas.title, files.sources, edition=edition, source=publisher)
    drawings, named = dict(found.drawings), fingerprint(files)
    return area_sets.add_area_set(store, principal, areas, drawings, notes, named, told), notes


def name_areas(
    store: Store, principal: Principal, set_id: int, source: Source, code: str | None, name: str
) -> list[str]:
    """Name the areas of a loaded set after the wards they lie in, and return notes.

    ``source`` has boundaries of wards, their codes in ``code``, or is a table by area code; ``name`` holds the names.
    Nothing is counted or released anew. Raises InputError for a file that cannot be used, and for areas that are wards
    or larger.
    """
    areas = area_sets.load_area_set(store, principal, set_id)
    if not is_below_wards(areas.level):
        raise InputError(
            f"Areas that are smaller than wards can be called by their ward, and those of “{areas.title}” are not; "
            "they keep their own names."
        )
    names, notes = run_sandboxed(read_neighbourhoods, areas.frame[[c.AREA, c.GEOMETRY]], source, code or name, name)
    area_sets.name_areas(store, principal, set_id, names)
    return notes


def add_schools(
    store: Store,
    principal: Principal,
    source: Source,
    locality: Locality | None = None,
    *,
    edition: str | None = None,
    publisher: str | None = None,
) -> tuple[int, list[str]]:
    """Read schools and keep them, those of ``locality`` only if there is one; return how many there are, and notes."""
    schools, notes = run_sandboxed(read_school_list, source, locality, limits=limits_for(source))
    return put_schools(store, principal, source, schools, edition=edition, publisher=publisher), notes


def put_schools(
    store: Store,
    principal: Principal,
    source: Source,
    schools: pd.DataFrame,
    *,
    edition: str | None = None,
    publisher: str | None = None,
) -> int:
    """Keep schools that were read; return how many there are."""
    told = brought.of(_title(source), [source], edition=edition, source=publisher)
    return places.put_schools(store, principal, schools, told)


def add_calendar(store: Store, principal: Principal, source: Source, school: str | None = None) -> int:
    """Read term dates and keep them, for all schools or for the one with this URN or name; return the id.

    Raises InputError for a school that is not on the list, and for dates that cannot be used; AlreadyThereError for the
    same dates of the same schools again.
    """
    urn = None if school is None else school_called(store, principal, school)
    return keep_calendar(store, principal, source, run_sandboxed(read_term_dates, source), urn)


def keep_calendar(
    store: Store, principal: Principal, source: Source, entries: pd.DataFrame, urn: str | None = None
) -> int:
    """Keep term dates that were read, for all schools or for one; return the calendar's id."""
    title = _title(source)
    told = brought.of(title, [source])
    return places.add_calendar(store, principal, title, entries, source.fingerprint(), urn, told)


def school_called(store: Store, principal: Principal, text: str) -> str:
    """Return the URN of the school with this URN or name, in any case. Raises InputError unless there is just one."""
    schools, wanted = places.schools(store, principal), text.strip()
    named = schools[c.NAME].str.casefold() == wanted.casefold()
    found = schools.loc[schools[c.URN] == wanted, c.URN].tolist() or schools.loc[named, c.URN].tolist()
    if len(found) != 1:
        many = f"{len(found)} schools are called that" if found else "none has that URN or name"
        raise InputError(
            f"Term dates of one school need a school on the list, and {many}; name it by the URN that it has there."
        )
    return str(found[0])


def schools_by_label(store: Store, principal: Principal) -> dict[str, str]:
    """Return the URN of each school on the list by its label: its name, with the URN where schools share the name."""
    schools = places.schools(store, principal)
    return distinct_labels(list(schools[c.NAME]), list(schools[c.URN]))


def half_terms_with(
    store: Store, principal: Principal, entries: pd.DataFrame, urn: str | None = None
) -> tuple[HalfTerm, ...]:
    """Return the half-terms of the school years that term dates are about, as they would be once these are kept."""
    taught = entries[entries[c.KIND].isin(("term", "half-term"))]
    about = entries if taught.empty else taught
    whole = places.term_dates_with(store, principal, entries, urn)
    first, last = about[c.FIRST_DAY].min().date(), about[c.LAST_DAY].max().date()
    return SchoolCalendar.from_term_dates(whole).half_terms_of_years(first, last)


def add_hotspots(store: Store, principal: Principal, sources: Sequence[Source], sheet: str | None = None) -> int:
    """Read known hotspots and keep those of all files in the register, or none; return how many.

    Raises InputError as ``read_registers`` does.
    """
    return put_hotspots(store, principal, sources, run_sandboxed(read_registers, tuple(sources), sheet))


def put_hotspots(store: Store, principal: Principal, sources: Sequence[Source], register: gpd.GeoDataFrame) -> int:
    """Keep known hotspots that were read; return how many."""
    return hotspots.put_hotspots(store, principal, register, brought.of(_title(*sources), sources))


def new_and_replaced(store: Store, principal: Principal, register: gpd.GeoDataFrame) -> tuple[int, int]:
    """Count how many of a register's hotspots are new, and how many would replace one of the same reference."""
    known = int(register[c.REFERENCE].isin(hotspots.hotspots(store, principal)[c.REFERENCE]).sum())
    return len(register) - known, known


def read_actions(
    store: Store,
    principal: Principal,
    sources: Sequence[Source],
    sheet: str | None = None,
    today: date | None = None,
    tell: Progress | None = None,
) -> pd.DataFrame:
    """Read actions, at hotspots of the person's register or elsewhere.

    ``today`` is the present day where it is left out. Raises InputError as ``read_action_lists`` does.
    """
    references = tuple(hotspots.hotspots(store, principal)[c.REFERENCE])
    return run_sandboxed(read_action_lists, tuple(sources), sheet, references, today or date.today(), progress=tell)


def add_actions(store: Store, principal: Principal, sources: Sequence[Source], sheet: str | None = None) -> ActionTally:
    """Read actions and keep those of all files, or none; count them. Raises InputError as ``read_actions`` does."""
    return put_actions(store, principal, sources, read_actions(store, principal, sources, sheet))


def put_actions(store: Store, principal: Principal, sources: Sequence[Source], listed: pd.DataFrame) -> ActionTally:
    """Keep actions that were read; count them."""
    return actions.put_actions(store, principal, listed, brought.of(_title(*sources), sources))


def said_of_actions(counted: ActionTally) -> str:
    """Say how many actions of a list are new, are now done, and were known already."""
    parts = [how_many(counted.new, "new action", "new actions")]
    if counted.finished:
        parts.append(f"{counted.finished:,} that {'was' if counted.finished == 1 else 'were'} due and now done")
    if counted.known:
        parts.append(f"{counted.known:,} known already")
    return ", ".join(parts)


def _title(*sources: Source) -> str:
    """Name what files brought by the first of them."""
    return sources[0].name.split(".")[0] if sources else "No file"
