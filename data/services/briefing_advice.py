"""Briefing advice: what to teach, what staff should know, and who to tell, for the kinds of harm that matter here."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from data.services import own_lists
from data.services.briefing_ground import BriefingGround
from data.store import places
from geo import columns as c
from geo.briefing.facts import Trend
from geo.briefing.paper import PaperColumn, Table
from geo.findings.counted import Counted
from geo.harms import HARM_GROUPS, OTHER
from geo.register.contact import Contact, contacts_for, say_checked
from geo.register.teaching_list import AUDIENCES, STAFF, TeachingRow, audiences_of, teaching_for

MOST_HARMS: Final = 2  # kinds of harm that are taught about where none has risen


def harms_that_matter(ground: BriefingGround, counted: Counted, courses: Sequence[Trend]) -> tuple[str, ...]:
    """Return the kinds of harm that rose or, where none did, those that are most common here, by codes."""
    code_of = {label: code for code, label in HARM_GROUPS.items()}
    risen = {one.harm for one in counted.changes if one.direction > 0}
    risen |= {code_of[one.harm] for one in courses if one.side > 0}
    if risen:
        return tuple(code for code in HARM_GROUPS if code in risen)
    listed = [
        code_of[label]
        for label, n in zip(counted.by_harm[c.HARM], counted.by_harm[c.COUNT], strict=True)
        if n and code_of[label] != OTHER
    ]
    return tuple(listed[:MOST_HARMS]) or ground.choice.harms[:MOST_HARMS]


def teaching(ground: BriefingGround, harms: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """List what to teach the pupils of this school, and then what its staff should know: title and text."""
    rows = own_lists.teaching(ground.store, ground.board).rows
    pupils = teaching_for(rows, harms, audiences_of(_phase(ground)))
    staff = teaching_for(rows, harms, STAFF)
    return tuple((f"{AUDIENCES[one.audience]}: {one.topic}", _text(ground, one)) for one in (*pupils, *staff))


def contacts(ground: BriefingGround, harms: Sequence[str]) -> Table | None:
    """List who to tell; None where the organisation keeps no list."""
    listed = contacts_for(own_lists.contacts(ground.store, ground.board), harms)
    if not listed:
        return None
    columns = (PaperColumn("Who"), PaperColumn("How"), PaperColumn("When"), PaperColumn("Checked"))
    return Table("Who to tell", columns, tuple(_contact(ground, one) for one in listed), "The organisation’s own list")


def _phase(ground: BriefingGround) -> str:
    """Return the phase of the school as the list of schools has it, "" where that is not known."""
    if ground.school is None or ground.school.urn is None:
        return ""
    listed = places.schools(ground.store, ground.board)
    found = listed.loc[listed[c.URN] == ground.school.urn, c.PHASE].tolist()
    return str(found[0]) if found and not pd.isna(found[0]) else ""


def _text(ground: BriefingGround, one: TeachingRow) -> str:
    warning = f"Take care: {one.warning}" if one.warning else None
    reviewed = say_checked(one.reviewed_on, ground.today, "reviewed")
    return " ".join(filter(None, (one.what, one.how, warning, f"Source: {one.source}. {reviewed}.")))


def _contact(ground: BriefingGround, one: Contact) -> tuple[str, ...]:
    who = f"{one.service} ({one.area})" if one.area else one.service
    reached = " · ".join(filter(None, (one.phone, one.email, one.web)))
    return who, reached, one.hours or "–", say_checked(one.checked_on, ground.today)
