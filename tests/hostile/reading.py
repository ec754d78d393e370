"""Every way in for a file, each as a job to run apart."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from data.formats.sources import Source
from data.records import reading_jobs
from data.records.area_files import AreaFiles, read_area_set
from data.records.base_map import BaseMapFiles, read_base_map
from data.records.reading_jobs import Reading
from data.records.rows import DatasetKind
from geo.errors import InputError
from tests.hostile import archives, databases, maps, shapes, texts, workbooks
from tests.hostile.making import Case

Tell = Callable[[float, str], None]
TODAY = date(2024, 6, 1)
REFERENCES = ("P1", "P2")


def incidents(source: Source, tell: Tell) -> object:
    return reading_jobs.read_rows(Reading(DatasetKind.INCIDENTS, [source], today=TODAY), tell)


def marks(source: Source, tell: Tell) -> object:
    return reading_jobs.read_rows(Reading(DatasetKind.MARKS, [source], today=TODAY), tell)


def police(source: Source, tell: Tell) -> object:
    return reading_jobs.read_rows(Reading(DatasetKind.POLICE, [source], today=TODAY), tell)


def inspect_police(source: Source, tell: Tell) -> object:
    return reading_jobs.inspect_police([source], tell)


def inspect_rows(source: Source, tell: Tell) -> object:
    return reading_jobs.inspect_rows(source, None, tell)


def hotspots(source: Source, tell: Tell) -> object:
    return reading_jobs.read_registers([source], None, tell)


def areas(source: Source, tell: Tell) -> object:
    return read_area_set(AreaFiles(boundaries=source, code="code", name="name"), tell)


def inspect_areas(source: Source, tell: Tell) -> object:
    return reading_jobs.inspect_areas(source, tell)


def schools(source: Source, tell: Tell) -> object:
    return reading_jobs.read_school_list(source, None, tell)


def calendar(source: Source, tell: Tell) -> object:
    return reading_jobs.read_term_dates(source, tell)


def actions(source: Source, tell: Tell) -> object:
    return reading_jobs.read_action_lists([source], None, REFERENCES, TODAY, tell)


def base_map(source: Source, tell: Tell) -> object:
    return read_base_map(BaseMapFiles((source,)), tell)


def by_every_way(source: Source, ways: Sequence["Way"], tell: Tell) -> list[object]:
    """Read by one way after another; give each result, or the sentence that refused it."""
    return [_result_or_sentence(source, way, tell) for way in ways]


def _result_or_sentence(source: Source, way: "Way", tell: Tell) -> object:
    try:
        return way(source, tell)
    except InputError as error:
        return str(error)


Way = Callable[[Source, Tell], object]
_FOR_ALL: tuple[Way, ...] = (incidents, hotspots, actions, calendar, areas, inspect_areas, police)
_MORE: Mapping[str, tuple[Way, ...]] = {
    archives.__name__: (inspect_police,),
    workbooks.__name__: (inspect_rows,),
    texts.__name__: (marks, schools, base_map),
    databases.__name__: (base_map,),
    shapes.__name__: (base_map,),
}


def ways_for(case: Case) -> Mapping[str, Way]:
    """Return the ways in that a file could take, by name: all that its kind of file is meant for, and the main ones."""
    if case.make.__module__ == maps.__name__:
        return {base_map.__name__: base_map}
    return {way.__name__: way for way in (*_FOR_ALL, *_MORE.get(case.make.__module__, ()))}
