"""Harm groups: the closed list that every dataset's own categories map onto."""

from collections.abc import Iterable, Mapping
from typing import Final

HARM_GROUPS: Final[dict[str, str]] = {
    "cse": "Child sexual exploitation and abuse",
    "cce": "Child criminal exploitation",
    "violence": "Serious violence and weapons",
    "peer": "Harm between children",
    "substances": "Drugs and alcohol",
    "asb": "Anti-social behaviour",
    "other": "Other",
}

# Burglary, vehicle crime and shoplifting say little about children's safety, so "other" starts switched off.
SCHOOL_DEFAULT: Final = tuple(code for code in HARM_GROUPS if code != "other")

_POLICE_STREET: Final[dict[str, str]] = {
    "violence and sexual offences": "violence",
    "violent crime": "violence",  # the name of this series before 2013
    "robbery": "violence",
    "possession of weapons": "violence",
    "theft from the person": "violence",
    "drugs": "substances",
    "anti-social behaviour": "asb",
    "criminal damage and arson": "asb",
    "public order": "asb",
}


def harm_of(category: str, mapping: Mapping[str, str] | None = None) -> str:
    """Answer which harm group a category belongs to.

    A dataset's own ``mapping`` (category → harm code) wins; then the code or label of a harm group itself; then the
    street-level types of data.police.uk; anything else is ``other``.
    """
    if mapping and category in mapping:
        return mapping[category]
    plain = category.strip().casefold()
    for code, label in HARM_GROUPS.items():
        if plain in (code, label.casefold()):
            return code
    return _POLICE_STREET.get(plain, "other")


def present(categories: Iterable[str], mapping: Mapping[str, str] | None = None) -> list[str]:
    """List the harm groups that occur among ``categories``, in the order of the closed list."""
    found = {harm_of(category, mapping) for category in categories}
    return [code for code in HARM_GROUPS if code in found]
