"""Advice on wording: finds what blames children in a text about a place, and says why and what is better.

It advises and refuses nothing. Names of places, what is quoted as a thing not to say, and harmless uses of the same
words are left alone as far as their neighbours tell.
"""

import re
from dataclasses import dataclass
from typing import Final

from geo.register.blaming_words import WORDINGS, BlamingWording

# A word that begins with a capital and belongs to a name: "Streetwise Youth Centre", "Runners Way bus stop".
_NAMED: Final = re.compile(
    r"(?:['’]s)?(?: [A-Z][\w'’]*){0,3} "
    r"(?:Street|St|Road|Rd|Lane|Way|Close|Avenue|Drive|Walk|Row|Court|Square|Park|Station|Stop|Centre|Center|Club|Café|"
    r"Cafe|House|Arms|Inn|Bar|Gym|Project|Theatre|School|Academy|Shop|Stores?|Boutique|Trust|Charity|Festival|CIC|Ltd)\b"
)
# What says that the words after it are not to be said.
_NOT_SAID: Final = re.compile(
    r"(?i)\b(?:not|never|nobody(?: has)?|avoid(?:ing)?|rather than|instead of|no such thing as|isn['’]t|aren['’]t)"
    r"(?: (?:an?|the|as|to|be|by|ever|say|saying|use|using|call|calling|called|it|them|this|words?|like|their|her))*"
    r"[ “”\"'‘’]*$"
)
_MAY_BE_NOT: Final = re.compile(r"(?i)^(?:refus|declin|fail|unwilling|won|will|would|does|do\b|don)")  # hold a "not"


@dataclass(frozen=True)
class WordingAdvice:
    """A wording that was found in a text, as it is written there; why it does not help; and what to say instead."""

    found: str
    why: str
    instead: str


def advise(text: str | None) -> list[WordingAdvice]:
    """Return advice on each wording of a text that blames children, in the order of the text; none for a good text."""
    plain = " ".join((text or "").split())
    found: list[tuple[int, WordingAdvice]] = []
    for wording, pattern in _PATTERNS:
        found += [
            (match.start(), WordingAdvice(match.group(), wording.why, wording.instead))
            for match in pattern.finditer(plain)
            if _is_meant(plain, match, wording)
        ]
    return [advice for _, advice in sorted(found, key=lambda one: one[0])]


def _is_meant(text: str, match: re.Match[str], wording: BlamingWording) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if match.group()[:1].isupper() and _NAMED.match(after):
        return False
    if wording.unless and re.match(wording.unless, after, re.IGNORECASE):
        return False
    if wording.unless_before and re.search(f"(?:{wording.unless_before})$", before, re.IGNORECASE):
        return False
    return _MAY_BE_NOT.match(match.group()) is not None or _NOT_SAID.search(before) is None


_PATTERNS: Final = tuple((one, re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(one.patterns)})(?!\w)")) for one in WORDINGS)
