"""Kinds of actions and answers to "did it help?": closed lists with their words, and what suits which harm."""

from typing import Final

# Code → words, in the order of a picker.
ACTION_KINDS: Final = {
    "presence": "Adult presence",
    "patrol": "Patrol",
    "repair": "Lighting or repair",
    "lesson": "Lesson",
    "assembly": "Assembly",
    "training": "Staff training",
    "letter": "Letter to families",
    "meeting": "Meeting with partners",
    "support": "Support for staff",
    "referral": "Referral route checked",
    "other": "Other",
}
ANSWERS: Final = {"yes": "Yes", "partly": "Partly", "no": "No", "cannot-say": "Cannot say"}

_AT_ANY: Final = ("presence", "meeting", "lesson", "training")
_SUGGESTED: Final[dict[str, tuple[str, ...]]] = {
    "cse": ("referral", "meeting", "training", "lesson"),
    "cce": ("referral", "meeting", "training", "lesson"),
    "violence": ("presence", "patrol", "meeting", "lesson"),
    "peer": ("presence", "lesson", "training", "letter"),
    "substances": ("lesson", "letter", "meeting", "patrol"),
    "asb": ("presence", "repair", "patrol", "meeting"),
}


def suggested_kinds(harm: str | None) -> tuple[str, ...]:
    """Return the kinds of actions that suit a harm group, the likeliest first, and then all others."""
    first = _SUGGESTED.get(harm or "", _AT_ANY)
    return (*first, *(code for code in ACTION_KINDS if code not in first))
