"""Harm groups: the closed list that every dataset's own categories map onto."""

import re
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

# Words by which a school's or a partner's own categories tell their group; the first group that matches wins.
_TELLING: Final[dict[str, re.Pattern[str]]] = {
    code: re.compile(rf"\b({words})")
    for code, words in {
        "cse": "sexual exploitation|sexual abuse|child abuse|groom|cse\\b",
        "cce": "criminal exploitation|county lines|trafficking|cuckoo|gang(?! violence)|cce\\b",
        "peer": "bully|peer on peer|child on child|between children|harmful sexual|relationship abuse|hate",
        "violence": "knife|knives|weapon|firearm|stab|robbery|violen|assault|fight",
        "substances": "drug|alcohol|vap(e|ing)|spice|cannabis|substance|suppl[yi]",
        "asb": "anti.?social|asb\\b|damage|vandal|arson|fire.?setting|intimidat|nuisance|disorder",
    }.items()
}


def harm_of(category: str, mapping: Mapping[str, str] | None = None) -> str:
    """Return which harm group a category belongs to.

    A dataset's own ``mapping`` (category → harm code) wins; then the code or label of a harm group itself; then the
    street-level types of data.police.uk; then telling words ("knife", "bullying"); anything else is ``other``.
    """
    if mapping and category in mapping:
        return mapping[category]
    plain = category.strip().casefold()
    for code, label in HARM_GROUPS.items():
        if plain in (code, label.casefold()):
            return code
    if plain in _POLICE_STREET:
        return _POLICE_STREET[plain]
    return next((code for code, words in _TELLING.items() if words.search(plain)), "other")


def present(categories: Iterable[str], mapping: Mapping[str, str] | None = None) -> list[str]:
    """List the harm groups that occur among ``categories``, in the order of the closed list."""
    found = {harm_of(category, mapping) for category in categories}
    return [code for code in HARM_GROUPS if code in found]
