"""Numbers under which a person is found elsewhere: police crime references, passports, and learners' numbers."""

import re
from typing import Final

from data.screening.identifier_kinds import Confidence

# A force, a number counted through the year, and the year: 14/123456/25. Forces are numbered from 1 to 63, and 98.
_FORCE: Final = r"(?:0[1-9]|[1-5]\d|6[0-3]|98)"
_YEAR: Final = r"(?:0\d|1\d|2\d)"
CRIME_PREFILTER: Final = (
    r"(?i)\d{2} ?[/\\-] ?\d{3,7} ?[/\\-] ?\d{2}|cri?[/ \-]|cri?me|^\d{11}$|\b\d{7}/\d{2}|occurrence|\bcrn\b|\bniche\b"
    r"|police (?:ref|no|number|log)"
)
_SLASHED: Final = re.compile(rf"(?<![\w/\-])({_FORCE})([/\\-])(\d{{3,7}})\2({_YEAR})(?![\w/\-])")
_LETTERED: Final = re.compile(rf"(?i)(?<![\w/])cri?[/ \-](?:\d\d[a-z]{{2}}/)?\d{{3,7}}[/\-](?:20)?{_YEAR}(?![\w/])")
_MET: Final = re.compile(rf"(?<![\w/])\d{{7}}/{_YEAR}(?![\w/])")
# Not so a day and a number: 20210501 and 100.
_SOLID: Final = re.compile(rf"(?!20[12]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])){_FORCE}(?:1[0-9]|2[0-9])\d{{7}}")
_LABELLED: Final = re.compile(
    r"(?i)(?:\bcrime (?:ref(?:erence)?|no|number|num|id)s?\b|\bcrn\b|\boccurrence (?:no|number|ref)\b|"
    r"\bniche(?: ref| no)?\b|\bpolice (?:ref(?:erence)?|no|number|log)\b)(?: (?:no|number|is))?\.? ?[:#\-]? ?"
    r"(?=[a-z/]{0,8}\d{3}|\d{2}[/ \-]\d)"
)
_NUMBER: Final = re.compile(r"[A-Za-z]{0,4}[/ \-]?\d[\d/ \-]{3,14}\d")


def detect_crime_reference(text: str) -> Confidence:
    """Return how surely a text holds a police crime reference, in one of the forms that forces use, or named as one."""
    if _LABELLED.search(text):
        return Confidence.SURE
    if _SLASHED.search(text) or _LETTERED.search(text):
        return Confidence.LIKELY
    if _SOLID.fullmatch(text) or _MET.search(text):
        return Confidence.BARE
    return Confidence.SHAPED if _NUMBER.fullmatch(text) else Confidence.NOTHING


PASSPORT_PREFILTER: Final = r"(?i)passport|^[a-z]{0,2} ?\d{6,9}$"
_PASSPORT: Final = re.compile(
    r"(?i)\bpassports?\b[^\d]{0,25}?\b([a-z]{0,2} ?\d{6,9})(?!\d)|(?<!\d)([a-z]{0,2}\d{6,9})[ ,(]{1,3}passport"
)
_PASSPORT_SHAPE: Final = re.compile(r"(?i)[a-z]{0,2} ?\d{6,9}")


def detect_passport(text: str) -> Confidence:
    """Return how surely a text holds the number of a passport: it is one only where something says so."""
    if _PASSPORT.search(text):
        return Confidence.SURE
    return Confidence.SHAPED if _PASSPORT_SHAPE.fullmatch(text) else Confidence.NOTHING


LEARNER_PREFILTER: Final = r"(?i)(?:^|[^\d.])\d{10}(?:$|\D)"
_LEARNER: Final = re.compile(r"(?<![\w.])(?<!\d[\-/ ])(?:ULN)?([1-9]\d{9})(?![\w]|[ \-/]?\d|\.\d)")
_LEARNER_LABEL: Final = re.compile(r"(?i)\bulns?\b|\buln\d|unique learner|learner (?:no|number|id)\b")


def detect_learner_number(text: str) -> Confidence:
    """Return how surely a text holds a unique learner number: ten digits that pass its check."""
    best = Confidence.NOTHING
    for found in _LEARNER.finditer(text):
        if not _passes_as_learner(found.group(1)):
            best = max(best, Confidence.SHAPED)
        else:
            best = max(best, Confidence.SURE if _LEARNER_LABEL.search(text) else Confidence.BARE)
    return best


def _passes_as_learner(digits: str) -> bool:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 0 and int(digits[9]) == 10 - rest and len(set(digits)) > 1
