"""Reads the Area map by one measure: what is painted, what the legend, the table and the download say of it."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Final

from starlette.testclient import TestClient

from geo.maps.measure import Measure
from tests.pages.shown import Shown

WORDS: Final = {
    Measure.COUNT: "Count",
    Measure.RATE: "Rate",
    Measure.SMOOTHED: "Smoothed rate",
    Measure.CHANGE: "Change",
    Measure.HOT: "Hot spots",
    Measure.PATTERN: "Emerging",
}
RAMPS: Final = (Measure.COUNT, Measure.RATE, Measure.SMOOTHED)
ASIDE: Final = ("No data", "Too few to say", "Too few to show separately")
MEANING: Final = "What does this mean?"
_CLASS: Final = re.compile(r"<span>([^<]*)</span> <span[^>]*>\(([\d,]+) areas?\)</span>")
_NOTICE: Final = re.compile(r'lc-notice"[^>]*>(.*?)</p>')
Address = dict[str, str | list[str]]


@dataclass(frozen=True)
class Look:
    """One view of the map, with the rows of its download (none where there is no link), in the table's order."""

    shown: Shown
    rows: list[dict[str, str]]

    @property
    def legend_text(self) -> str:
        """Every word of the legend."""
        (piece,) = (piece for piece in self.shown.markup if "lc-legend" in piece.html)
        return " ".join(piece.text.split())

    @property
    def legend(self) -> dict[str, int]:
        """How many areas wear each label."""
        (piece,) = (piece for piece in self.shown.markup if "lc-legend" in piece.html)
        return {unescape(label): int(areas.replace(",", "")) for label, areas in _CLASS.findall(piece.html)}

    @property
    def notices(self) -> list[str]:
        """The sentences that must not be overlooked."""
        return [unescape(told) for piece in self.shown.markup for told in _NOTICE.findall(piece.html)]

    @property
    def table(self) -> list[dict[str, str]]:
        """The rows of the table that the page shows at once."""
        return self.shown.table("Rank")

    def by_area(self, column: str) -> dict[str, str]:
        """Return one column of the download by the areas' codes."""
        return {row["area"]: row[column] for row in self.rows}

    def figures(self, column: str) -> dict[str, float]:
        """Return one column of numbers by the areas' codes, NaN where it is blank."""
        return {code: float(cell or "nan") for code, cell in self.by_area(column).items()}

    def painted(self, codes: list[str]) -> dict[str, tuple[str, str]]:
        """Return the label and the text that each area of the map wears, by the codes that the drawing gives.

        Areas of a ramp have no label of their own, and the class stands for it.
        """
        sent = self.shown.payload
        labels = dict(enumerate(sent["labels"]))
        texts = sent["texts"].split("|")
        return {
            code: (labels.get(int(mark), mark) if mark != "-" else "", text)
            for code, mark, text in zip(codes, sent["marks"], texts, strict=True)
        }


Seeing = Callable[[Address], Look]


def look(shown: Shown, client: TestClient) -> Look:
    """Read a page with its download, whose link must lead to a file."""
    links = [link for link in shown.links if "/download/" in link]
    if not links:
        return Look(shown, [])
    given = client.get(links[0])
    assert given.status_code == 200, given.text
    return Look(shown, list(csv.DictReader(io.StringIO(given.text, newline=""))))
