"""What already works with what a place has, and what is missing next, each in one sentence."""

from collections.abc import Mapping
from typing import Final

from data.services.setup_checklist import ChecklistRow, RowFacts, RowState

# What each row adds to the pages: "Schools are missing: Local context needs them."
_ADDS: Final[Mapping[ChecklistRow, str]] = {
    ChecklistRow.AREAS: "Areas are missing: incidents are counted in them, so they come first",
    ChecklistRow.LARGER_AREAS: "Larger areas are missing: they give areas the names that people know",
    ChecklistRow.RESIDENTS: "Residents are missing: rates need them",
    ChecklistRow.DEPRIVATION: "Deprivation is missing: comparing like with like needs it",
    ChecklistRow.SCHOOLS: "Schools are missing: Local context needs them",
    ChecklistRow.BASE_MAP: "A base map is missing: streets on maps and walking distance need it",
    ChecklistRow.POLICE: "Incidents are missing: police data are the quickest to have",
    ChecklistRow.TERM_DATES: "Term dates are missing: half-terms and the School-day clock need them",
    ChecklistRow.HOTSPOTS: "Known hotspots are missing: they show beside what was detected",
    ChecklistRow.OWN: "Your own incidents are missing: only they tell what pupils meet",
    ChecklistRow.CONTACTS: "Contacts are missing: they say who to tell about a finding",
}
# In which order to go on: what makes most pages work comes first.
_NEXT: Final = (
    ChecklistRow.AREAS,
    ChecklistRow.POLICE,
    ChecklistRow.SCHOOLS,
    ChecklistRow.LARGER_AREAS,
    ChecklistRow.RESIDENTS,
    ChecklistRow.TERM_DATES,
    ChecklistRow.BASE_MAP,
    ChecklistRow.DEPRIVATION,
    ChecklistRow.HOTSPOTS,
    ChecklistRow.OWN,
    ChecklistRow.CONTACTS,
)


def headline(rows: Mapping[ChecklistRow, RowFacts]) -> str:
    """Say what is here and works, and what is missing next."""
    here = {
        row for row in _NEXT if rows[row].state is not RowState.MISSING
    }  # a list of what to teach comes with the program
    missing = next_missing(rows)
    if not here:
        return "Nothing is here yet. Areas come first: incidents are counted in them."
    works = _works(here)
    if missing is None:
        return "Everything is here: all pages work."
    if works is None:
        named = _together([row.value for row in rows if row in here], most=3)
        verb = "is" if len(here) == 1 and next(iter(here)) in (ChecklistRow.BASE_MAP, ChecklistRow.POLICE) else "are"
        return f"{named} {verb} here. {_ADDS[missing]}."
    return f"{works} {_ADDS[missing]}."


def is_untouched(rows: Mapping[ChecklistRow, RowFacts]) -> bool:
    """Return whether nothing at all is here."""
    return all(rows[row].state is RowState.MISSING for row in _NEXT)


def next_missing(rows: Mapping[ChecklistRow, RowFacts]) -> ChecklistRow | None:
    """Return the missing row that adds most; None where nothing is missing. Own incidents do for police data."""
    missing = [row for row in _NEXT if rows[row].state is RowState.MISSING]
    if missing and missing[0] is ChecklistRow.POLICE and rows[ChecklistRow.OWN].state is not RowState.MISSING:
        missing = [*missing[1:], missing[0]]
    return missing[0] if missing else None


def _works(here: set[ChecklistRow]) -> str | None:
    """Say which pages work; None while none does."""
    incidents = [row for row in (ChecklistRow.POLICE, ChecklistRow.OWN) if row in here]
    if ChecklistRow.AREAS not in here or not incidents:
        return None
    named = "police data" if ChecklistRow.POLICE in here else "your own incidents"
    if ChecklistRow.SCHOOLS not in here:
        return f"Areas and {named} are here: the Area map and Trends work."
    return "Local context, the Area map and Trends work."


def _together(names: list[str], most: int) -> str:
    shown, rest = names[:most], len(names) - most
    if rest > 0:
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1].lower()}"
