"""Printed findings: each line of the command taken apart by expressions of its own, into what it claims."""

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

_MONTH: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_NAMES: Final = _MONTH.split("|")
_RUN: Final = rf"(?:{_MONTH})(?: \d{{4}})?(?: ?– ?(?:{_MONTH}))? \d{{4}}"
_WHEN: Final = rf"(?P<when>(?:{_RUN}, )*(?:{_RUN} and )?{_RUN})"
_N: Final = r"[\d,]+"
_LEVEL: Final = rf"(?:about {_N}|fewer than 1)"
_HARM: Final = "[a-z][a-z -]+?"
_INCIDENTS: Final = rf"(?P<n>{_N}) (?:other incidents?|incidents? of (?P<harm>{_HARM}))"
_EVERY: Final = r"(?P<every>all areas (?:within 5 km|in South Yorkshire)|the \d+ areas nearest to the school)"
_REST: Final = (
    r"(?P<rest>elsewhere within 5 km|in the rest of South Yorkshire|in the other \d+ areas nearest to the school)"
)
_CLUSTER: Final = (
    rf"{_INCIDENTS} in {_WHEN}, where (?:(?P<level>{_LEVEL}) would be usual there|(?P<usual>{_LEVEL}) was usual there "
    rf"before; (?P<moved>{_LEVEL}) if it had (?P<moving>risen|fallen) as {_REST}) "
    r"\((?P<ratio>[\d.,]+) times as many(?: as that)?\)\."
)
_CHANGE: Final = (
    rf"(?P<harm>{_HARM}) (?P<way>rose|fell|stayed)(?P<less> less than elsewhere,)? (?:to|at) "
    rf"(?P<n>{_N})(?: incidents?)? in {_WHEN} from (?P<then>{_N})(?: incidents?)? a year before, (?P<size>.+?), "
    rf"while {_REST} there were (?P<elsewhere>.+?) (?:as|than) then\."
)
_PATTERN: Final = (
    rf"(?:a hot spot for|consistently high for) (?P<harm>{_HARM})(?:, and more so| before, and no longer)?"
    rf"(?: in | all through | \(){_WHEN}(?:, for the first time in these data|, and not before in these data)?: "
    rf"(?P<n>{_N}) incidents?, (?P<ratio>[\d.,]+) times the average of {_EVERY}"
    r"(?:, and (?P<growth>[\d.,]+) times its own share of all before)?\)?\."
)
_BODIES: Final = {"cluster": _CLUSTER, "change": _CHANGE, "pattern": _PATTERN}
_AFTER: Final = (
    r"(?: Of these, (?P<places>.+?)\.)? Unlikely to be chance: in (?:about|at most) (?P<chance>\d+) of 1,000 searches "
    r"like this one, chance alone shows as much somewhere\. It could also be .+\."
)
_HEADING: Final = re.compile(rf"what stands out as of (.+ \d{{4}}), changes in {_WHEN}$")
_SIZE: Final = re.compile(
    r"(?P<size>up \d+ %|down \d+ %|about [\d.,]+ times as many|about twice as many|about as many) "
    r"\(could be anywhere from (?P<ends>.+)\)"
)


@dataclass(frozen=True)
class Printed:
    """One finding as it was printed: what it claims, by name, and the names of its areas."""

    kind: str
    line: str
    said: dict[str, str | None]
    areas: tuple[str, ...]

    def number(self, name: str) -> float:
        """Return a figure that the sentence claims; NaN for "fewer than 1"."""
        digits = re.sub(r"[^\d.]", "", self.said[name] or "")
        return float("nan") if (self.said[name] or "").startswith("fewer") else float(digits)

    @property
    def months(self) -> list[str]:
        """The months that it is about, 2021-08."""
        return months_of(self.said["when"] or "")


def read(out: str, school: str | None) -> tuple[list[Printed], list[str], tuple[str, list[str]]]:
    """Take what ``findings --areas`` printed apart: its findings, the lines that nothing is known of, and the heading.

    The heading is the month that is looked at as now, and the months in which changes are looked for.
    """
    lines = out.splitlines()
    heading = _HEADING.search(lines[0])
    assert heading, lines[0]
    found, unknown = [], []
    for at, line in enumerate(lines):
        if re.match(r"\d+\. ", line):
            one = _read(line, lines[at + 1], school)
            found += [one] if one else []
            unknown += [] if one else [line]
    return found, unknown, (months_of(heading[1])[0], months_of(heading["when"]))


def _read(line: str, below: str, school: str | None) -> Printed | None:
    away = rf", (?:at|(?P<far>[\d.]+) (?P<unit>k?m) (?P<compass>[a-z-]+) of) {re.escape(school)}" if school else ""
    head = rf"\d+\. (?P<first>.+?)(?: and (?P<near>\d+) areas? near it)?(?: \(near .+?\))?{away}: "
    for kind, body in _BODIES.items():
        if (match := re.fullmatch(head + body + _AFTER, line)) and below.startswith("   Areas: "):
            return Printed(kind, line, match.groupdict(), tuple(below.removeprefix("   Areas: ").split("; ")))
    return None


def months_of(text: str) -> list[str]:
    """Return the months that "Aug 2021", "Jun–Aug 2021" or "Sep 2018 – May 2019 and Sep 2019 – Aug 2021" names."""
    if len(runs := re.split(", | and ", text)) > 1:
        return [month for run in runs for month in months_of(run)]
    first, last = (re.split(" ?– ?", text) * 2)[:2]
    first = first if first[-1].isdigit() else f"{first} {last[-4:]}"
    ends = (f"{one[-4:]}-{_NAMES.index(one[:3]) + 1:02d}" for one in (first, last))
    return pd.period_range(*ends, freq="M").astype(str).tolist()


def fits(text: str, ratio: float) -> bool:
    """Return whether "63 % more", "down 48 %", "about 2.2 times as many" or "about as many" is a ratio, rounded."""
    low, high = bounds(text)
    return low - 1e-9 <= ratio <= high + 1e-9


def bounds(text: str) -> tuple[float, float]:
    """Return the least and the most that a ratio may be which is written so."""
    if text in ("about as many", "no change"):
        return 0.99, 1.01
    if "twice" in text:
        return 1.94, 2.05
    figure = float(re.sub(r"[^\d.]", "", text))
    if "times" in text:
        off = 0.5 if "." not in text and figure >= 10 else 0.05
        return figure - off, figure + off
    off = 0.05 if "." in text else 0.5
    way = -1 if "down" in text or "fewer" in text else 1
    return tuple(sorted((1 + way * (figure - off) / 100, 1 + way * (figure + off) / 100)))


def size_of(text: str) -> tuple[str, str, str] | None:
    """Take "up 63 % (could be anywhere from 31 % up to twice as many)" apart; None where no such size is told."""
    match = _SIZE.fullmatch(text)
    if match is None:
        return None
    low, high = re.split(r" to (?=\d|twice|no change)", match["ends"], maxsplit=1)
    if re.fullmatch(r"[\d.,]+( %)?", low):  # "61 % to 31 % down", "2.1 to 3.4 times as many"
        low += re.sub(r"^[\d.,]+( %)?", "", high)
    return match["size"], low, high
