"""The register of known hotspots in the store: its entries, every change of them, and what files bring in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely
import sqlalchemy as sa

from data.principal import Principal
from data.screening.register_texts import require_clean_entry, require_clean_note, require_clean_register
from data.store import blobs, deliveries, hotspot_history, row_changes, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.hotspot_rows import (
    COLUMNS,
    REGISTER,
    Values,
    differences,
    entry_of,
    restored,
    row_of,
    rows_of,
    values_of,
    write,
)
from data.store.store import Store, added_by
from geo import columns as c
from geo.areas.area_set import DEGREES
from geo.errors import InputError
from geo.register.entry_rules import CLOSED, require_close, require_review, require_whole
from geo.register.fields import GIVEN, REPORTS, SHAPE
from geo.register.hotspot import CHANGES, Hotspot, HotspotChange
from geo.register.references import make_reference

_FIRST: Final = (c.REFERENCE, c.NAME, c.PLACE_TYPE, c.HARM, c.STATUS, "last_reported", "next_review", "watched_by")
_FRAME: Final = (*_FIRST, *(name for name in COLUMNS if name not in (*_FIRST, SHAPE)), "revision")
_SAME_PLACE: Final = 1e-7  # degrees, about a centimetre: other programs keep fewer decimals
_BY_HAND: Final = ("edited", "reviewed", "closed", "reopened")  # kinds of change that people ask for


class ChangedMeanwhileError(InputError):
    """Somebody else changed an entry while it was being changed; the message says who, when, and what to do."""

    def __init__(self, by: str, at: str) -> None:
        super().__init__(
            f"A change must start from the newest entry, and {by} changed this one on {_moment(at)}; look at what is "
            "there now, and save yours again if it is still right."
        )


def hotspots(store: Store, principal: Principal) -> gpd.GeoDataFrame:
    """List the known hotspots of the person's organisation (EPSG:4326), dates as text "2025-09-01" or None.

    The columns are those of ``geo.register.fields``, several codes in one text with spaces between, and ``revision``.
    """
    with store.reading(principal) as connection:
        rows = rows_of(connection, principal.organisation)
    frame = pd.DataFrame([[row[name] for name in _FRAME] for row in rows], columns=[*_FRAME])
    frame = frame.astype({REPORTS: "Int64", "revision": "int64"})
    shapes = shapely.from_wkb([row[SHAPE] for row in rows])
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=DEGREES)


def entries(store: Store, principal: Principal) -> list[Hotspot]:
    """List the entries of the register of the person's organisation by reference."""
    with store.reading(principal) as connection:
        return [entry_of(row) for row in rows_of(connection, principal.organisation)]


def entry(store: Store, principal: Principal, reference: str) -> Hotspot:
    """Return one entry. Raises InputError where the register of the person's organisation has none of this name."""
    with store.reading(principal) as connection:
        return entry_of(_there(connection, principal, reference))


def add(store: Store, principal: Principal, hotspot: Hotspot, note: str | None = None) -> str:
    """Add an entry, and return its reference: one that is new for good is made where it is blank.

    Raises InputError as ``require_whole`` does, for a closed entry without a reason, for words that tell of a person,
    and for a reference that is on the register or was.
    """
    new = _fitting(hotspot)
    if new.status == CLOSED:
        require_close(new)
    remark = _clean(new, note)
    with store.writing(principal, "add hotspot", lambda: f"hotspot change {number}") as connection:
        taken = hotspot_history.last_revisions(connection, principal.organisation)
        reference = new.reference or make_reference(new.name, new.shape, taken)
        if reference in taken:
            raise InputError(
                "A new hotspot needs a reference of its own, and this one is on the register or was; leave it blank, "
                "and one is made."
            )
        key = {"reference": reference, "owner": principal.organisation, "revision": 1}
        row = {**values_of(new), **key, **added_by(principal)}
        connection.execute(t.hotspot.insert(), seals.sealed(connection, row))
        number = hotspot_history.note(connection, principal, "added", None, row, 1, remark)
    return reference


def change(store: Store, principal: Principal, hotspot: Hotspot, what: str, note: str | None = None) -> int:
    """Put a whole entry in the place of the revision that it was made from, and return the new revision.

    ``what`` is "edited", "reviewed", "closed" or "reopened"; a change that closes or opens an entry is written down as
    such whatever is asked. Raises ChangedMeanwhileError when somebody changed the entry since; InputError where it is
    not on the register, where nothing is different, where a review has no day from today on, and as ``add`` does.
    """
    if what not in _BY_HAND:
        named = ", ".join(CHANGES[one].lower() for one in _BY_HAND)
        raise InputError(f"A change must be one of {named}, and this is none of them; choose one.")
    new = _fitting(replace(hotspot, status=CLOSED) if what == "closed" else hotspot)
    remark = _clean(new, note)
    with store.writing(principal, "change hotspot", lambda: f"hotspot change {number}") as connection:
        before = _unchanged(connection, principal, new.reference, new.revision)
        kind = _kind(what, before[c.STATUS], new)
        if kind == "reviewed" or (new.next_review and new.next_review != before["next_review"]):
            require_review(new, date.today())
        after = before | values_of(new)
        if kind == "edited" and remark is None and not differences(before, after):
            raise InputError(
                "A change needs something that is different, and nothing is; change a field, or leave it as it is."
            )
        revision, number = _write(connection, principal, kind, before, after, remark)
    return revision


def history(store: Store, principal: Principal, reference: str) -> list[HotspotChange]:
    """List every change of an entry of the person's organisation, newest first; of one that is gone too.

    Raises DamagedError where one has changed on disk or is missing.
    """
    with store.reading(principal) as connection:
        rows = hotspot_history.changes_of(connection, principal.organisation, reference)
        there = row_of(connection, principal.organisation, reference)
        if there is not None:
            hotspot_history.last_change(connection, there)
        return [hotspot_history.in_words(row) for row in rows]


def undo_last(store: Store, principal: Principal, reference: str, revision: int) -> int:
    """Take the last change of an entry back, as a change of its own; returns the new revision.

    The fields are what they were before it; an entry that it added is removed, and its history stays. Undoing what
    undid a change does that again. Raises ChangedMeanwhileError when the entry has another revision by now; InputError
    where a file brought the change in, or an action hangs on what was added.
    """
    with store.writing(principal, "undo hotspot", lambda: f"hotspot change {number}") as connection:
        row = _unchanged(connection, principal, reference, revision)
        last = hotspot_history.last_change(connection, row)
        if last is None or last["what"] == "imported":
            raise InputError(
                "What a file brought in is undone with that file, and the last change of this hotspot came so; undo "
                "the file, or edit the hotspot."
            )
        if last["what"] == "added":
            _require_no_actions(connection, row)
            connection.execute(t.hotspot.delete().where(_this(row)))
            number = hotspot_history.note(connection, principal, "removed", row, None, revision + 1)
            return revision + 1
        after = row | restored(row, last["changes"])
        revision, number = _write(connection, principal, "undone", row, after, None)
    return revision


def put_hotspots(store: Store, principal: Principal, hotspots: gpd.GeoDataFrame, brought: Brought | None = None) -> int:
    """Store known hotspots in the register of the person's organisation, replacing those with the same reference.

    Fields that the frame has no column for keep what they say, and an entry that does not differ is not changed.
    ``brought`` is what is written down of their files. Returns how many there are. Raises InputError for words that
    tell of a person.
    """
    require_clean_register(hotspots)
    with store.writing(principal, "put hotspots", f"{len(hotspots)} hotspots") as connection:
        before = row_changes.present(connection, [t.hotspot], principal.organisation)
        _put(connection, principal, before[t.hotspot.name], _said(hotspots))
        if brought:
            after = row_changes.present(connection, [t.hotspot], principal.organisation)
            named = blobs.put(connection, row_changes.packed(before, after))
            deliveries.record(connection, principal, DeliveryKind.HOTSPOTS, brought, rows=len(hotspots), before=named)
    return len(hotspots)


def note_undone(connection: sa.Connection, principal: Principal, before: row_changes.Rows) -> None:
    """Write down what a list's undoing made of hotspots, whose rows were ``before``, in the caller's transaction."""
    were = before[t.hotspot.name]
    are = row_changes.present(connection, [t.hotspot], principal.organisation)[t.hotspot.name]
    for key in sorted(were.keys() | are.keys()):
        old, new = were.get(key), are.get(key)
        if old == new:
            continue
        there = new or old or {}
        revision = there["revision"] if new else there["revision"] + 1
        hotspot_history.note(connection, principal, "undone" if new else "removed", old, new, revision)


def _put(
    connection: sa.Connection,
    principal: Principal,
    there: Mapping[row_changes.Key, Values],
    listed: Mapping[str, Values],
) -> None:
    """Add entries of a list, or change those on the register that differ from it."""
    revisions = hotspot_history.last_revisions(connection, principal.organisation)
    known = {row[c.REFERENCE]: row for row in there.values()}
    for reference, said in listed.items():
        before = known.get(reference)
        if before is None:
            key = {"reference": reference, "owner": principal.organisation}
            own = {"revision": revisions.get(reference, 0) + 1}
            row = {**dict.fromkeys(COLUMNS), **said, **key, **own, **added_by(principal)}
            connection.execute(t.hotspot.insert(), seals.sealed(connection, row))
            hotspot_history.note(connection, principal, "imported", None, row, row["revision"])
        elif differences(before, after := before | said | _place(before, said)):
            seals.require_seal(connection, before, REGISTER)
            _write(connection, principal, "imported", before, after, None)


def _write(
    connection: sa.Connection, principal: Principal, what: str, before: Values, after: Values, remark: str | None
) -> tuple[int, int]:
    """Write an entry anew and its change down; returns the new revision, and the number of the change."""
    row = after | {"revision": before["revision"] + 1}
    write(connection, row)
    return row["revision"], hotspot_history.note(connection, principal, what, before, row, row["revision"], remark)


def _fitting(entry: Hotspot) -> Hotspot:
    """Return an entry as it can be kept: an open one has no reason for closing. Raises InputError where it cannot."""
    require_whole(entry)
    return entry if entry.status == CLOSED else replace(entry, closing_reason=None)


def _clean(entry: Hotspot, note: str | None) -> str | None:
    """Return a note without blanks around it; raises InputError where it or the entry tells of a person."""
    require_clean_entry(entry)
    remark = (note or "").strip() or None
    require_clean_note(remark)
    return remark


def _kind(what: str, status: str, new: Hotspot) -> str:
    """Return which kind of change it is from an entry of a status to a new one."""
    if what == "closed" or (new.status == CLOSED and status != CLOSED):
        require_close(new)
        return "closed"
    if status == CLOSED and new.status != CLOSED:
        return "reopened"
    if what == "reopened":
        raise InputError(
            "A hotspot that is opened again must be closed and get another status, and this one is not; choose one."
        )
    return what


def _there(connection: sa.Connection, principal: Principal, reference: str) -> Values:
    row = row_of(connection, principal.organisation, reference)
    if row is None:
        raise InputError("A hotspot must be on the register, and none has this reference; choose another.")
    return row


def _unchanged(connection: sa.Connection, principal: Principal, reference: str, revision: int) -> Values:
    """Return the row of an entry that has a revision still."""
    row = row_of(connection, principal.organisation, reference)
    if row is not None and row["revision"] == revision:
        return row
    newest = next(iter(hotspot_history.changes_of(connection, principal.organisation, reference)), row)
    if newest is None:
        return _there(connection, principal, reference)
    raise ChangedMeanwhileError(newest["added_by"], newest["added_at"])


def _require_no_actions(connection: sa.Connection, row: Values) -> None:
    own = sa.and_(t.action.c.owner == row["owner"], t.action.c.reference == row["reference"])
    if connection.scalar(sa.select(sa.func.count()).select_from(t.action).where(own)):
        raise InputError(
            "A hotspot can be removed only while no action is recorded at it, and there is one; remove that first, or "
            "close the hotspot."
        )


def _this(row: Values) -> sa.ColumnElement[bool]:
    return sa.and_(t.hotspot.c.owner == row["owner"], t.hotspot.c.reference == row["reference"])


def _said(listed: gpd.GeoDataFrame) -> dict[str, Values]:
    """Return what a frame says of each reference, by the columns that its file has."""
    columns = [name for name in COLUMNS if name in listed.columns]
    said: dict[str, Values] = {}
    rows = listed[columns].astype(object).to_dict("records")
    given = listed[GIVEN] if GIVEN in listed.columns else [" ".join(columns)] * len(listed)
    for reference, row, own, shape in zip(listed[c.REFERENCE], rows, given, listed.geometry, strict=True):
        values = {name: _stored(name, row[name]) for name in own.split()}
        said[reference] = values | {SHAPE: shapely.to_wkb(shape)}
    return said


def _place(before: Values, said: Values) -> Values:
    """Return the shape of an entry anew, where a list draws it elsewhere and not only in other decimals."""
    was, now = shapely.from_wkb(before[SHAPE]), shapely.from_wkb(said[SHAPE])
    return {SHAPE: before[SHAPE] if was.equals_exact(now, _SAME_PLACE) else said[SHAPE]}


def _stored(name: str, value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if name == REPORTS:
        return int(value)
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value) or None


def _moment(at: str) -> str:
    day = date.fromisoformat(at[:10])
    return f"{day.day} {day:%b %Y} at {at[11:16]} UTC"
