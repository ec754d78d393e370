"""Phrases that nobody would say aloud, and that were replaced: none may come back on a page, a command or a document.

``{}`` stands for what a sentence is filled in with. A pattern that is lower case is looked for in any case.
"""

import re
from typing import Final

_OLD: Final = (
    r"hardly chance",
    r"chance does this in",
    r"of 1,000 tries",
    r"usual scatter",
    r"scatter allowed for",
    r"%? sure of (\d|\{)",
    r"(\d|\}) ?% sure\b",
    r"(?<!:)\b\d+%(?! of lsoas)",
    r"\.\d%",
    r"\}%",
    r"times( as many)? \([\d{]",
    r"nearly always",
    r"is so by chance",
    r"clusters? of now",
    r"looked at within",
    r"not looked for",
    r"could (not )?be looked for",
    r"not tested:",
    r"no cluster is outlined",
    r"Recorded as\b",
    r"Counts in\b",
    r"category counts (in|where)",
    r"areas within (\d[\d,]* m\b|\{)",
    r"holds? most: ",
    r"most are in \{",
    r"own rate counts",
    r"\bcold too\b",
    r"against residents",
    r"\b(begin|begins|began|begun) anew",
    r"\btake this action back",
    r"\btake back\b",
    r"was taken back",
    r"off on average",
    r"zone off by",
    r"(”|dataset \{\}) is kept\b",
    r"nothing (of it )?(is|was) kept",
    r"would be kept",
    r"once this is kept",
    r"^not kept\b",
    r"not kept:",
    r"show[n]? apart",
    r"schools recording (more|less)",
    r"incidents? of other\b",
    r"as average areas hold",
)
_PATTERNS: Final = tuple(re.compile(one, 0 if re.search(r"[A-Z]", one) else re.IGNORECASE) for one in _OLD)


def old_phrases(text: str) -> list[str]:
    """List the old phrases that a text holds, wherever its lines break."""
    flat = " ".join(text.split())
    return [found[0] for one in _PATTERNS for found in one.finditer(flat)]
