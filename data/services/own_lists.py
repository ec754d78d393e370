"""Lists of an organisation's own: who to tell, and what to teach, of which the product brings a usual one."""

import csv
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from data.formats.sources import Source
from data.principal import Principal
from data.records.own_list import read_contacts, read_teaching
from data.sandbox import run_sandboxed
from data.services import brought
from data.services.limits import limits_for
from data.store import organisation_lists
from data.store.deliveries import DeliveryKind
from data.store.store import Store
from geo.harms import HARM_GROUPS
from geo.register.closed_lists import code_of
from geo.register.contact import Contact
from geo.register.teaching_list import AUDIENCES, TeachingList, TeachingRow

USUAL: Final = Path(__file__).parents[1] / "lists" / "teaching.csv"
_ALL: Final = "All"
_COLUMNS: Final = ("harm group", "audience", "topic", "what", "how", "source", "reviewed on", "warning")


def add_list(
    store: Store,
    principal: Principal,
    source: Source,
    kind: DeliveryKind,
    sheet: str | None = None,
    tell: Callable[[float, str], None] | None = None,
) -> int:
    """Read a list of contacts or of teaching and keep it in the place of the one before; return how many rows it has.

    Raises InputError as ``read_contacts`` and ``read_teaching`` do.
    """
    read = read_contacts if kind is DeliveryKind.CONTACTS else read_teaching
    entries = run_sandboxed(read, source, sheet, date.today(), progress=tell, limits=limits_for(source))
    told = brought.of(source.name.split(".")[0], [source])
    return organisation_lists.put_list(store, principal, kind, entries, told)


def contacts(store: Store, principal: Principal) -> tuple[Contact, ...]:
    """List the organisation's contacts in the order of its list; none where it has not brought one in."""
    listed = organisation_lists.organisation_list(store, principal, DeliveryKind.CONTACTS) or []
    return tuple(Contact(**(one | {"harms": tuple(one["harms"])})) for one in listed)


def teaching(store: Store, principal: Principal) -> TeachingList:
    """Return what to teach by the organisation's own list or, where it keeps none, by the usual one."""
    listed = organisation_lists.organisation_list(store, principal, DeliveryKind.TEACHING)
    if listed is None:
        return TeachingList(_usual())
    return TeachingList(tuple(TeachingRow(**one) for one in listed), own=True)


def teaching_table(store: Store, principal: Principal) -> pd.DataFrame:
    """List what to teach, by the names of columns with which it comes in again, as it is or edited."""
    rows = [
        (HARM_GROUPS.get(one.harm or "", _ALL), AUDIENCES[one.audience], one.topic, one.what, one.how, one.source,
         one.reviewed_on, one.warning)
        for one in teaching(store, principal).rows
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)


@cache
def _usual() -> tuple[TeachingRow, ...]:
    with USUAL.open(encoding="utf-8", newline="") as file:
        return tuple(_row(one) for one in csv.DictReader(file))


def _row(one: dict[str, str]) -> TeachingRow:
    audience = code_of(one["audience"], AUDIENCES)
    if audience is None:
        raise ValueError(f"the usual list of teaching has an audience that is none: {one['audience']}")
    return TeachingRow(
        code_of(one["harm group"], HARM_GROUPS), audience, one["topic"], one["what"], one["how"] or None,
        one["source"], one["reviewed on"], one["warning"] or None,
    )  # fmt: skip
