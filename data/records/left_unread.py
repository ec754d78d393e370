"""Columns that are left unread: those about people, and those in which somebody wrote what happened.

They are known by their names alone, and leave a sheet before a cell of it is looked at. What an unknown column holds is
screened as ever.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from data.formats import cells
from data.formats.sheets import Annotation, Sheet

NAMING: Final = "the name of a column that is left unread"
NOT_SAVED: Final = "Not saved: "  # begins what is said of columns that are not


class Why(StrEnum):
    """Why a column is not saved, in the words of the note that says so."""

    PEOPLE = "about people"
    NARRATIVE = "what somebody wrote"
    CHOSEN = "left unread as you chose"
    UNUSED = "not used"


_WHO: Final = (
    r"(?:students?|pupils?|learners?|child(?:ren)?|young persons?|staff|teachers?|tutors?|victims?|perpetrators?|"
    r"witness(?:es)?|parents?|carers?|guardians?|sibling?s?|famil(?:y|ies)|contacts?|persons?|subjects?|author|"
    r"reporter|recorder|alleged|instigators?|aggressors?|targets?)"
)
_PEOPLE: Final = re.compile(
    rf"^(?:linked |other |all |named |main |lead |involved |alerted |case )?{_WHO}(?:\(s\)| ?s)?"
    r"(?: (?:(?:full )?names?|ids?|involved|linked|contacted|informed|told|spoken to|"
    r"nos?|numbers?|refs?|references?|codes?|alerted|members?|initials|details|upn|"
    r"dob|gender|sex|year|year group|form|reg|class|age|ages|postcode|post code|address|email|phone))*$"
    r"|^(?:legal |preferred |known |full |first |last |middle |given |family |chosen )?(?:fore|sur|nick)? ?names?$"
    rf"|^names? of (?:the )?{_WHO}$|^child'?s names?$|^(?:case|concern) (?:owner|lead|holder)$|\bby$"
    r"|^known as$|^initials$|^aliases?$"
    r"|\b(?:added|reported|recorded|entered|created|logged|raised|submitted|completed|awarded|issued|assigned|"
    r"allocated|maintained|updated|closed|resolved|reviewed|written|modified|authored) (?:by|to)\b"
    r"|^(?:owner|author|dsl|deputy dsl|case ?worker|key ?worker|social worker|assignee|responsible|alerted|"
    r"alerted to|notified|cc|shared with|who was involved|people involved|people|involved|those involved)$"
    r"|\bupn\b|\buln\b|\bnhs\b|\bnino\b|\bd ?o ?b\b|\bdate of birth\b|\bbirth\b|^age$|^ages$"
    r"|^(?:admission|admissions|adm|candidate|exam|pupil|student|mis) (?:no|number|id)$|^adno$|^(?:mis|user|sims) ?id$"
    r"|^(?:year|yr|nc year|national curriculum year|year group|yeargroup|year groups|reg|reg group|registration|"
    r"registration group|form|form group|tutor group|house|class|classes|teaching group|course|cohort)$"
    r"|^(?:gender|sex|ethnicity|ethnic group|religion|sen|send|sen status|eal|fsm|pp|pupil premium|looked after|lac|"
    r"cla|cin|child protection|first language|nationality)$"
    r"|\be ?mail\b|\bphone\b|\bmobile\b|\btelephone\b|^address$|\bhome (?:address|post ?code|location)\b"
)
_NARRATIVE: Final = re.compile(
    r"\b(?:notes?|comments?|narrative|descriptions?|details?|summary|free text|what happened|account|remarks?|"
    r"circumstances|observations?|body ?maps?|chronology|statement|transcript|attachments?|documents?|"
    r"additional information|further information|voice of the child|child'?s voice|pupil voice|lessons learn(?:ed|t)|"
    r"analysis|rationale)\b"
    r"|^(?:actions?|actions? taken|actions? required|follow ?up|follow ups?|follow up actions?|next steps?|"
    r"interventions?|responses?|outcome text|resolution|incidents?|concerns?|what|information|text|story|log|"
    r"incident/concern|your concern|the concern|reply|updates?|advice|plan)$"
)


def why_unread(column: str) -> Why | None:
    """Return why a column of this name is left unread unless it is mapped; None where its name does not say."""
    name = cells.normalised(column)
    if _PEOPLE.search(name):
        return Why.PEOPLE
    return Why.NARRATIVE if _NARRATIVE.search(name) else None


def guess_unread(columns: Iterable[str], mapped: Iterable[str]) -> list[str]:
    """Return the columns that are left unread by their names; those that mean something (``mapped``) never are."""
    used = set(mapped)
    return [column for column in columns if column not in used and why_unread(column) is not None]


def without(sheet: Sheet, unread: Sequence[str]) -> Sheet:
    """Return a sheet without some of its columns; their names come along as annotations, since notes repeat them."""
    gone = [column for column in unread if column in sheet.columns]
    if not gone:
        return sheet
    named = [Annotation(NAMING, column) for column in gone]
    return replace(sheet, table=sheet.table.drop_columns(gone), annotations=(*sheet.annotations, *named))


def all_columns(sheet: Sheet) -> list[str]:
    """Return the columns of a sheet with those that ``without`` took away."""
    return [*sheet.columns, *(one.text for one in sheet.annotations if one.where == NAMING)]


def say_unsaved(unsaved: Sequence[str], unread: Sequence[str]) -> str:
    """Say which columns are not saved, and of those that were left ``unread`` why: whose they are, or what they hold.

    The sentence has none of these words where no column was left unread.
    """
    by_why: Mapping[Why, list[str]] = {why: [] for why in Why}
    for column in unsaved:
        why = (why_unread(column) or Why.CHOSEN) if column in unread else Why.UNUSED
        by_why[why].append(column)
    word = "columns" if len(unsaved) > 1 else "column"
    if not any(by_why[why] for why in Why if why is not Why.UNUSED):
        return f"{NOT_SAVED}{word} {', '.join(unsaved)}."
    parts = [f"{', '.join(columns)} ({why})" for why, columns in by_why.items() if columns]
    return f"{NOT_SAVED}{word} {'; '.join(parts)}."
