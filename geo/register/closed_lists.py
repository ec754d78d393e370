"""The closed lists of the register besides types and statuses: what is chosen from, never typed, with its words."""

from collections.abc import Mapping
from typing import Final

# Code → words, in the order of a picker.
PRECISIONS: Final = {
    "exact": "Exactly there",
    "street": "Somewhere along the street",
    "about": "Within about 100 m",
    "area": "Somewhere in the area drawn",
}
AGE_BANDS: Final = {
    "under-11": "Under 11",
    "11-13": "11 to 13",
    "14-15": "14 to 15",
    "16-17": "16 to 17",
    "all": "All ages",
}
# The bands of a school day (geo.calendar.school_day) as a register speaks of them, and days without school.
TIMES: Final = {
    "before-school": "Before school",
    "lessons-morning": "Morning lessons",
    "lunch": "Lunch",
    "lessons-afternoon": "Afternoon lessons",
    "home-time": "Home time",
    "evening": "Evening",
    "night": "Night",
    "weekend": "Weekend",
    "holiday": "School holidays",
}
SOURCES: Final = {
    "school": "School staff",
    "young-people": "Young people",
    "families": "Families and neighbours",
    "police": "Police",
    "council": "Council",
    "health": "Health services",
    "transport": "Transport operator",
    "youth": "Youth services",
    "other": "Other",
}
RELIABILITIES: Final = {
    "confirmed": "Confirmed by more than one agency",
    "probable": "One agency, with reason to trust it",
    "possible": "Hearsay, or said once",
    "unknown": "Not known",
}
RAGS: Final = {"red": "Red: act now", "amber": "Amber: act soon", "green": "Green: watch"}
# Roles that lead on a place or an action. A role, never a name.
LEADS: Final = {
    "dsl": "DSL",
    "deputy": "Deputy DSL",
    "head": "Headteacher",
    "pastoral": "Pastoral lead",
    "site": "Site manager",
    "police": "Neighbourhood police team",
    "council": "Council community safety team",
    "transport": "Transport operator",
    "youth": "Youth services",
    "partnership": "Safeguarding partnership",
    "other": "Another agency",
}


def code_of(label: str, words: Mapping[str, str]) -> str | None:
    """Return the code that a label means: the code itself or its words, whatever the case; None when it is neither."""
    plain = " ".join(label.casefold().replace("_", " ").split())
    codes = (code for code, said in words.items() if plain in (code, code.replace("-", " "), said.casefold()))
    return next(codes, None)
