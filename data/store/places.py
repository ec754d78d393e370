"""Places in the store: schools, and their term dates."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.principal import Principal
from data.screening.kept_words import require_clean_kept
from data.store import blobs, deliveries, row_changes, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import AlreadyThereError, Store, added_by, insert
from geo import columns as c
from geo.calendar.school_calendar import SchoolCalendar
from geo.errors import InputError

_CALENDAR_TYPES = {c.LABEL: "str", c.FIRST_DAY: "datetime64[s]", c.LAST_DAY: "datetime64[s]", c.KIND: "str"}
_SCHOOL_KINDS = ("term", "half-term")  # kinds of entries by which a calendar says when there is school
_SCHOOL_COLUMNS = (c.URN, c.NAME, c.PHASE, c.LON, c.LAT)
_ADDRESS_COLUMNS = (c.TOWN, c.POSTCODE, c.AUTHORITY)
SCHOOL_TABLES = (t.school, t.school_address)
_DAY = timedelta(days=1)


def put_schools(store: Store, principal: Principal, schools: pd.DataFrame, brought: Brought | None = None) -> int:
    """Store schools, replacing any of the same URN; returns how many.

    They have ``urn``, ``name``, ``phase``, ``lon`` and ``lat`` (EPSG:4326), and ``town``, ``postcode`` and
    ``authority``, missing where the list does not say. ``brought`` is what is written down of their files.
    """
    stamp = added_by(principal)
    listed = schools[[*_SCHOOL_COLUMNS, *_ADDRESS_COLUMNS]].to_dict("records")
    with store.writing(principal, "put schools", f"{len(listed)} schools") as connection:
        before = row_changes.present(connection, SCHOOL_TABLES) if brought else {}
        _put(connection, t.school, [{name: one[name] for name in _SCHOOL_COLUMNS} | stamp for one in listed])
        _put_addresses(connection, listed)
        if brought:
            after = row_changes.present(connection, SCHOOL_TABLES)
            named = blobs.put(connection, row_changes.packed(before, after))
            deliveries.record(connection, principal, DeliveryKind.SCHOOLS, brought, rows=len(listed), before=named)
    return len(listed)


def schools(store: Store, principal: Principal) -> pd.DataFrame:
    """List the schools by name: ``urn``, ``name``, ``phase``, ``lon``, ``lat``, ``town``, ``postcode``, ``authority``.

    The last three are missing for schools whose list did not say them.
    """
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.school).order_by(t.school.c.name, t.school.c.urn)).all()
        addresses = connection.execute(sa.select(t.school_address)).all()
        listed = _sealed_frame(connection, rows, t.school, "the list of schools")[[*_SCHOOL_COLUMNS]]
        said = _sealed_frame(connection, addresses, t.school_address, "the addresses of schools").set_index(c.URN)
    return listed.join(said[[*_ADDRESS_COLUMNS]].astype("str"), on=c.URN)


def add_calendar(
    store: Store,
    principal: Principal,
    title: str,
    entries: pd.DataFrame,
    fingerprint: str,
    school: str | None = None,
    brought: Brought | None = None,
) -> int:
    """Store term dates (``label``, ``first_day``, ``last_day``, ``kind``); returns their id.

    They are those of all schools, or of the one school whose URN is given. Raises AlreadyThereError when the same dates
    are there already for the same schools, InputError when the list of schools has none of this URN, and for words that
    tell of a person.
    """
    require_clean_kept("The title", [title])
    require_clean_kept("The name of a period", entries[c.LABEL])
    own = fingerprint if school is None else f"{fingerprint} {school}"
    with store.writing(principal, "add calendar", lambda: f"term dates {calendar_id}") as connection:
        there = connection.scalar(sa.select(t.calendar.c.id).where(t.calendar.c.fingerprint == own))
        if there is not None:
            raise AlreadyThereError("calendar", int(there))
        values: dict[str, object] = {"title": title, "fingerprint": own, **added_by(principal)}
        calendar_id = insert(connection, t.calendar, values)
        connection.execute(t.calendar_entry.insert(), _entry_rows(connection, calendar_id, entries))
        if school is not None:
            _require_school(connection, school)
            connection.execute(
                t.calendar_school.insert(), seals.sealed(connection, {"calendar_id": calendar_id, "urn": school})
            )
        if brought:
            kind = DeliveryKind.TERM_DATES
            deliveries.record(connection, principal, kind, brought, rows=len(entries), number=calendar_id)
    return calendar_id


def term_dates(store: Store, principal: Principal, school: str | None = None) -> pd.DataFrame:
    """List the term dates of all schools as one: ``label``, ``first_day``, ``last_day`` (datetime64[s]), ``kind``.

    From the first to the last day of a calendar that lists terms or half-terms, it takes the place of those added
    before it; entries that reach over its ends are cut there. One of holidays and inset days alone only adds to them.
    With the URN of a ``school``, its own calendars lie over those of all schools in the same way, whichever came first;
    without one, no school's own dates are in it. Ordered by first day.
    """
    return _merge_calendars(_calendars(store, principal, school))


def school_calendar(store: Store, principal: Principal, school: str | None = None) -> SchoolCalendar:
    """Return the calendar that a school (its URN) goes by, or all schools: that of ``term_dates``."""
    return SchoolCalendar.from_term_dates(term_dates(store, principal, school))


def term_dates_with(
    store: Store, principal: Principal, entries: pd.DataFrame, school: str | None = None
) -> pd.DataFrame:
    """List the term dates as ``term_dates`` would if a calendar of these entries were added; nothing is kept."""
    return _merge_calendars([entries, *_calendars(store, principal, school)])


def _entry_rows(connection: sa.Connection, calendar_id: int, entries: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        seals.sealed(
            connection,
            {
                "calendar_id": calendar_id,
                "position": position,
                "label": row.label,
                "first_day": f"{row.first_day:%Y-%m-%d}",
                "last_day": f"{row.last_day:%Y-%m-%d}",
                "kind": row.kind,
            },
        )
        for position, row in enumerate(entries.itertuples(index=False))
    ]


def _require_school(connection: sa.Connection, urn: str) -> None:
    if connection.scalar(sa.select(t.school.c.urn).where(t.school.c.urn == urn)) is None:
        raise InputError(
            "Term dates of one school need that school on the list of schools, and it is not there; load the schools "
            "first, or bring the dates for all schools."
        )


def _calendars(store: Store, principal: Principal, school: str | None) -> list[pd.DataFrame]:
    """Return the entries of each calendar that a school goes by, the one that takes precedence first."""
    query = sa.select(t.calendar_entry).order_by(t.calendar_entry.c.calendar_id.desc(), t.calendar_entry.c.position)
    with store.reading(principal) as connection:
        rows = connection.execute(query).all()
        marks = connection.execute(sa.select(t.calendar_school)).all()
        own = _sealed_frame(connection, marks, t.calendar_school, "the term dates")
        entries = _sealed_frame(connection, rows, t.calendar_entry, "the term dates")
    schools = own.set_index("calendar_id")[c.URN].to_dict()
    found = {int(number): dates for number, dates in entries.groupby("calendar_id", sort=False)}
    first = [dates for number, dates in found.items() if school is not None and schools.get(number) == school]
    return first + [dates for number, dates in found.items() if number not in schools]


def _merge_calendars(calendars: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return one calendar of several, each of which takes precedence over those after it."""
    kept: list[tuple[str, date, date, str]] = []
    newer: list[tuple[date, date]] = []
    for own in calendars:
        firsts, lasts = ([day.date() for day in pd.to_datetime(own[name])] for name in (c.FIRST_DAY, c.LAST_DAY))
        for label, first, last, kind in zip(own[c.LABEL], firsts, lasts, own[c.KIND], strict=True):
            kept += [(label, *days, kind) for days in _subtract_spans(newer, first, last)]
        if own[c.KIND].isin(_SCHOOL_KINDS).any():
            newer.append((min(firsts), max(lasts)))
    listed = pd.DataFrame(kept, columns=_CALENDAR_TYPES).astype(_CALENDAR_TYPES)
    return listed.sort_values([c.FIRST_DAY, c.LAST_DAY], kind="stable", ignore_index=True)


def _subtract_spans(spans: Sequence[tuple[date, date]], first: date, last: date) -> list[tuple[date, date]]:
    """Return what is left of the days from first to last, both included, outside the spans."""
    parts = [(first, last)]
    for begin, end in spans:
        before = [(one, min(other, begin - _DAY)) for one, other in parts]
        after = [(max(one, end + _DAY), other) for one, other in parts]
        parts = [(one, other) for one, other in before + after if one <= other]
    return parts


def _sealed_frame(connection: sa.Connection, rows: Sequence[sa.Row[Any]], table: sa.Table, what: str) -> pd.DataFrame:
    """Return rows of a table as a frame; raises DamagedError for one that is not as it was sealed."""
    for row in rows:
        seals.require_seal(connection, row._mapping, what)
    return pd.DataFrame(rows, columns=[column.name for column in table.c])


def _put(connection: sa.Connection, table: sa.Table, records: Sequence[dict[str, Any]]) -> None:
    """Seal rows; update those of the same keys, so that rows that refer to them stay, and insert those that are new."""
    keys = [column.name for column in table.primary_key]
    there = {tuple(row) for row in connection.execute(sa.select(*table.primary_key))}
    latest = {tuple(record[key] for key in keys): seals.sealed(connection, record) for record in records}
    row_changes.update_rows(connection, table, [record for key, record in latest.items() if key in there])
    new = [record for key, record in latest.items() if key not in there]
    if new:
        connection.execute(table.insert(), new)


def _put_addresses(connection: sa.Connection, schools: Sequence[Mapping[Hashable, Any]]) -> None:
    """Keep what a list says of where schools are, in place of what an earlier one said."""
    latest = {school[c.URN]: {name: _as_text(school[name]) for name in _ADDRESS_COLUMNS} for school in schools}
    if latest:
        its = t.school_address.c.urn == sa.bindparam("of_urn")
        connection.execute(t.school_address.delete().where(its), [{"of_urn": urn} for urn in latest])
    known = {urn: address for urn, address in latest.items() if any(address.values())}
    said = [seals.sealed(connection, {c.URN: urn, **address}) for urn, address in known.items()]
    if said:
        connection.execute(t.school_address.insert(), said)


def _as_text(value: object) -> str | None:
    if value is None or value is pd.NaT or value != value:
        return None
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
