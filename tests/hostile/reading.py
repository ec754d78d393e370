"""Every way in for a file, each as a job to run apart."""

from collections.abc import Callable, Mapping
from datetime import date

from data.kinds import Kind
from data.reading import taking_in
from data.reading.area_files import AreaFiles, read_area_set
from data.reading.sources import Source
from data.reading.taking_in import Reading

Tell = Callable[[float, str], None]
TODAY = date(2024, 6, 1)


def incidents(source: Source, tell: Tell) -> object:
    return taking_in.read_rows(Reading(Kind.INCIDENTS, [source], today=TODAY), tell)


def marks(source: Source, tell: Tell) -> object:
    return taking_in.read_rows(Reading(Kind.MARKS, [source], today=TODAY), tell)


def police(source: Source, tell: Tell) -> object:
    return taking_in.read_rows(Reading(Kind.POLICE, [source], today=TODAY), tell)


def look_at_police(source: Source, tell: Tell) -> object:
    return taking_in.look_at_police([source], tell)


def look_at_rows(source: Source, tell: Tell) -> object:
    return taking_in.look_at_rows(source, None, tell)


def hotspots(source: Source, tell: Tell) -> object:
    return taking_in.read_registers([source], None, tell)


def areas(source: Source, tell: Tell) -> object:
    return read_area_set(AreaFiles(boundaries=source, code="code", name="name"), tell)


def look_at_areas(source: Source, tell: Tell) -> object:
    return taking_in.look_at_areas(source, tell)


def schools(source: Source, tell: Tell) -> object:
    return taking_in.read_school_list(source, tell)


def calendar(source: Source, tell: Tell) -> object:
    return taking_in.read_term_dates(source, tell)


WAYS_IN: Mapping[str, Callable[[Source, Tell], object]] = {
    way.__name__: way
    for way in (
        look_at_rows, incidents, marks, hotspots, look_at_areas, areas, look_at_police, police, schools, calendar,
    )
}  # fmt: skip
