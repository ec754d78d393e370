"""Harm groups: the closed list that every dataset's own categories map onto."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

HARM_GROUPS: Final[dict[str, str]] = {
    "cse": "Child sexual exploitation and abuse",
    "cce": "Child criminal exploitation",
    "violence": "Violence and weapons",
    "peer": "Harm between children",
    "substances": "Drugs and alcohol",
    "asb": "Anti-social behaviour",
    "other": "Other",
}
OTHER: Final = "other"
OTHER_INCIDENTS: Final = "other incidents"  # what that group is called within a sentence
MOVED: Final = "Harm groups changed"  # how a note of a dataset begins that says so
KEPT: Final = "What is released already keeps the group it was released in."

Moves = Mapping[tuple[str, str], Sequence[str]]  # categories by the codes of their harm group before and after

# Burglary, vehicle crime and shoplifting say little about children's safety, so "other" starts switched off.
SCHOOL_DEFAULT: Final = tuple(code for code in HARM_GROUPS if code != OTHER)

# The police series of this name holds common assault and harassment, and does not split sexual offences off.
_POLICE_VIOLENCE: Final = "violence and sexual offences"
_OF_POLICE: Final = " (police)"
_POLICE_STREET: Final[dict[str, str]] = {
    _POLICE_VIOLENCE: "violence",
    "violent crime": "violence",  # the name of this series before 2013
    "robbery": "violence",
    "possession of weapons": "violence",
    "drugs": "substances",
    "anti-social behaviour": "asb",
    "criminal damage and arson": "asb",
    "public order": "asb",
}

_SEX: Final = r"(?<!non )(?<!\w-)sex"  # "non-sexual" and "same-sex" say something else
# Words by which a school's or a partner's own categories tell their group; the first line that matches wins. Sexual
# harm and harassment are harm between children, or abuse where the words say so: never violence, and never "other".
_TELLING: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (code, re.compile(rf"\b({'|'.join(words)})"))
    for code, *words in (
        ("cse", "sexual exploitation", "sexually exploit", "groom", r"cse\b"),
        ("peer", "(peer|child).on.(peer|child)", "peer (sexual )?abuse", "between (children|pupils|students|peers)"),
        ("peer", "harmful sexual", r"hsb\b"),
        ("cse", "sexual(ly)? abuse", "child abuse", r"csea?\b", r"csa\b", "rape", "incest", "sextort", "child porn"),
        ("cse", f"{_SEX}(ual)? (offen[cs]e|crime|communication)", "trafficking for sex"),
        ("cse", "indecent (image|photo|picture|video|film|material|communication|exposure)"),
        (
            "peer",
            rf"{_SEX}(ual(?!ity| health| education| orientation)|ting|is[tm]|\b(?! education))",
            "harass",
            "stalk",
        ),
        (
            "peer",
            r"nudes?\b",
            "nudity",
            "semi.nude",
            "(explicit|intimate) (image|photo|picture|video|material|content)",
        ),
        ("peer", "(youth|self).(produced|generated)", "deep.?fake", "cyber.?flash", "porn", "upskirt", "voyeur"),
        ("peer", "indecen", "(inappropriate|unwanted) (touch|contact)", "grop(e|ing)", "misogyn", "stalk"),
        ("cce", "criminal exploitation", "county lines", "trafficking", "cuckoo", "gang(?! violence)", r"cce\b"),
        ("peer", "relationship (abuse|violence)", "(abusive|controlling|unhealthy) relationship", "intimate partner"),
        ("peer", "bully", "hate"),
        ("violence", "knife", "knives", "weapon", "firearm", "stab", "robbery", "violen", "assault", "fight"),
        ("substances", "drug", "alcohol", "vap(e|ing)", "spice", "cannabis", "substance", "suppl[yi]"),
        ("asb", "anti.?social", r"asb\b", "damage", "vandal", "arson", "fire.?setting"),
        ("asb", "intimidat", "nuisance", "disorder"),
    )
)


def harm_of(category: str, mapping: Mapping[str, str] | None = None) -> str:
    """Return which harm group a category belongs to.

    A dataset's own ``mapping`` (category → harm code) wins; then the code or label of a harm group itself; then the
    street-level types of data.police.uk; then telling words ("knife", "bullying"); anything else is ``other``.
    """
    if mapping and category in mapping:
        return mapping[category]
    plain = _plain(category)
    for code, label in HARM_GROUPS.items():
        if plain in (code, label.casefold()):
            return code
    series = plain.removesuffix(_OF_POLICE).replace(" & ", " and ")
    if series in _POLICE_STREET:
        return _POLICE_STREET[series]
    return next((code for code, words in _TELLING if words.search(plain)), OTHER)


def present(categories: Iterable[str], mapping: Mapping[str, str] | None = None) -> list[str]:
    """List the harm groups that occur among ``categories``, in the order of the closed list."""
    found = {harm_of(category, mapping) for category in categories}
    return [code for code in HARM_GROUPS if code in found]


def spoken(label: str) -> str:
    """Write the label of a harm group as it stands within a sentence: "drugs and alcohol", "other incidents"."""
    return OTHER_INCIDENTS if label == HARM_GROUPS[OTHER] else label.lower()


def spoken_groups(codes: Sequence[str]) -> str:
    """Name harm groups within a sentence, with "and" between them."""
    return " and ".join(spoken(HARM_GROUPS[code]) for code in codes)


def counted_of(counted: str, codes: Sequence[str]) -> str:
    """Say of which harm groups a count is: "12 incidents of drugs and alcohol", "12 other incidents".

    ``counted`` is the count with its noun last, as ``geo.wording.count`` writes it.
    """
    number, noun = counted.rsplit(" ", 1)
    return f"{number} other {noun}" if tuple(codes) == (OTHER,) else f"{counted} of {spoken_groups(codes)}"


def category_label(category: str) -> str:
    """Return the name that a category is shown by: its own, and the police series of violence as that of the police.

    What programs read and write, such as ``counts``, keeps the category as it was recorded.
    """
    return category + _OF_POLICE if _plain(category) == _POLICE_VIOLENCE else category


def moves(before: Mapping[str, str], after: Mapping[str, str]) -> Moves:
    """Return the categories of both mappings whose harm group differs: by the codes before and after."""
    found: dict[tuple[str, str], list[str]] = {}
    for category in sorted(before.keys() & after.keys()):
        if before[category] != after[category]:
            found.setdefault((before[category], after[category]), []).append(category)
    return {codes: tuple(categories) for codes, categories in found.items()}


def say_moves(moved: Moves, day: str, by: str) -> str:
    """Say which categories moved from which group to which, on which day and by whom; begins with ``MOVED``."""
    said = (
        f"{listed(categories)} {'counts' if len(categories) == 1 else 'count'} under “{HARM_GROUPS[after]}”, "
        f"before under “{HARM_GROUPS[before]}”"
        for (before, after), categories in moved.items()
    )
    return f"{MOVED} on {day} by {by}: {'; '.join(said)}."


def listed(categories: Sequence[str]) -> str:
    """Name categories in a sentence, each by the name that it is shown by."""
    *others, last = (f"“{category_label(category)}”" for category in categories)
    return f"{', '.join(others)} and {last}" if others else last


def _plain(category: str) -> str:
    return " ".join(category.casefold().split())


def usual_harms(present: tuple[str, ...]) -> tuple[str, ...]:
    """Return the harm groups that pages start with, of those that there are."""
    return tuple(code for code in present if code in SCHOOL_DEFAULT) or present
