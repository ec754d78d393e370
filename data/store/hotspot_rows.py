"""Rows of the register: an entry as the columns of its table, and the one field by field against another."""

from collections.abc import Mapping
from typing import Any, Final

import shapely
import sqlalchemy as sa

from data.store import seals
from data.store import tables as t
from geo.register.fields import FIELDS, SHAPE
from geo.register.hotspot import Hotspot

Values = dict[str, Any]  # of the columns that people fill
Changes = dict[str, list[Any]]  # field → [before, after], as JSON knows them: a shape in hexadecimal digits

COLUMNS: Final = tuple(one.column for one in FIELDS)
REGISTER: Final = "the register of hotspots"  # as an error calls it


def values_of(entry: Hotspot) -> Values:
    """Return what an entry says, by column: blanks as None, several codes as one text, the shape as WKB."""
    said: Values = {}
    for field in FIELDS:
        value = getattr(entry, field.attribute)
        if field.column == SHAPE:
            value = shapely.to_wkb(value)
        elif field.several:
            value = " ".join(code for code in field.words if code in value)
        elif isinstance(value, str):
            value = " ".join(value.split())
        said[field.column] = None if value == "" else value
    return said


def entry_of(row: Mapping[str, Any]) -> Hotspot:
    """Return the entry of a row."""
    said: dict[str, Any] = {}
    for field in FIELDS:
        value = row[field.column]
        if field.column == SHAPE:
            value = shapely.from_wkb(value)
        elif field.several:
            value = tuple((value or "").split())
        said[field.attribute] = value
    return Hotspot(reference=row["reference"], revision=row["revision"], **said)


def said_of(row: Mapping[str, Any] | None) -> Values:
    """Return what people filled of a row: blank where there is none."""
    return dict.fromkeys(COLUMNS) if row is None else {name: row[name] for name in COLUMNS}


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Changes:
    """Return what differs between two states of an entry; None stands for there being none."""
    were, are = said_of(before), said_of(after)
    return {name: [_plain(were[name]), _plain(are[name])] for name in COLUMNS if were[name] != are[name]}


def restored(row: Mapping[str, Any], changes: Changes) -> Values:
    """Return what an entry said before changes."""
    return said_of(row) | {name: _whole(name, before) for name, (before, _) in changes.items()}


def row_of(connection: sa.Connection, owner: str, reference: str) -> Values | None:
    """Return the row of an entry; None where there is none. Raises DamagedError for one that has changed on disk."""
    this = sa.select(t.hotspot).where(t.hotspot.c.owner == owner, t.hotspot.c.reference == reference)
    row = connection.execute(this).mappings().one_or_none()
    if row is None:
        return None
    seals.require_seal(connection, row, REGISTER)
    return dict(row)


def rows_of(connection: sa.Connection, owner: str) -> list[Values]:
    """Return the rows of an organisation's register by reference. Raises DamagedError as ``row_of`` does."""
    query = sa.select(t.hotspot).where(t.hotspot.c.owner == owner).order_by(t.hotspot.c.reference)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    for row in rows:
        seals.require_seal(connection, row, REGISTER)
    return rows


def write(connection: sa.Connection, row: Values) -> None:
    """Write a row in the place of the one with its key, sealed anew."""
    this = sa.and_(t.hotspot.c.owner == row["owner"], t.hotspot.c.reference == row["reference"])
    connection.execute(t.hotspot.update().where(this).values(seals.sealed(connection, row)))


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _whole(name: str, value: Any) -> Any:
    return bytes.fromhex(value) if name == SHAPE and value is not None else value
