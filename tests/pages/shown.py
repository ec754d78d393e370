"""Reads a page that was run without a browser: its words, its tables, what its map was given, and its pickers."""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any, Final

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from pages.routes.transient_files import made

_PAINT: Final = re.compile(r"localContext\.paint\(\w+, (\{.*\})\);")
_TOLD: Final = re.compile(r"about [\d,]+")
_NUMBER: Final = re.compile(r"-?[\d,]+(\.\d+)?")


@dataclass
class Markup(HTMLParser):
    """One piece of a page's own HTML: its text, its tags with their attributes, and the rows of its tables.

    A table that shows the first of its rows has all of them here, as the browser fetches them.
    """

    html: str
    text: str = ""
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._cell = False
        self._rows: str | None = None
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._rows = dict(attrs).get("data-rows", self._rows)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = True
        else:
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._rows is not None:
            self._complete(self._rows)
            self._rows = None
        if tag in ("td", "th"):
            self._cell = False
            self.text += " "

    def _complete(self, address: str) -> None:
        content = made(address.removeprefix("/lc/rows/").removesuffix(".json"))
        assert content is not None
        heading, *first = self.tables[-1]
        columns = [column if isinstance(column, list) else column["texts"] for column in json.loads(content)]
        rows = [list(row) for row in zip(*columns, strict=True)]
        assert rows[: len(first)] == first
        self.tables[-1] = [heading, *rows]

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._cell:
            self.tables[-1][-1][-1] += data


class Shown:
    """What a run of the app shows."""

    def __init__(self, app: AppTest) -> None:
        self.app = app
        self.markup = [Markup(element.proto.body) for element in app.html if "<style>" not in element.proto.body]

    @property
    def failed(self) -> list[str]:
        """What went wrong: exceptions and errors that a person would see."""
        return [*(each.message for each in self.app.exception), *(each.value for each in self.app.error)]

    @property
    def headline(self) -> str:
        """The page's one sentence."""
        written = (re.search(r"<h1[^>]*>(.*?)</h1>", piece.html) for piece in self.markup)
        return next(unescape(re.sub(r"<.*?>", "", found[1])) for found in written if found)

    @property
    def text(self) -> str:
        """Every word on the page, outside its pickers."""
        said = [piece.text for piece in self.markup]
        said += [each.value for kind in ("markdown", "caption", "info", "success") for each in self.app.get(kind)]
        return re.sub(r"\s+", " ", " ".join(said))

    @property
    def tables(self) -> list[list[list[str]]]:
        """Every HTML table as rows of cells, headings first."""
        return [table for piece in self.markup for table in piece.tables]

    def table(self, heading: str) -> list[dict[str, str]]:
        """Return the table that has a column of this heading, as one dictionary a row."""
        found = next(table for table in self.tables if heading in table[0])
        return [dict(zip(found[0], row, strict=True)) for row in found[1:]]

    @property
    def links(self) -> list[str]:
        """Where the page's own links lead; the frame's Reset is none of them."""
        found = [attributes for piece in self.markup for tag, attributes in piece.tags if tag == "a"]
        return [attributes["href"] or "" for attributes in found if attributes.get("class") != "lc-reset"]

    @property
    def buttons(self) -> list[Any]:
        """The page's own buttons: neither the sidebar's nor those that take a chip off."""
        return [each for each in self.app.main.button if not (each.key or "").startswith("_chip_")]

    @property
    def maps(self) -> list[dict[str, Any]]:
        """The arguments of every map on the page, as they are sent to the browser."""
        return [json.loads(each.proto.json_args) for each in self.app.get("component_instance")]

    @property
    def payload(self) -> dict[str, Any]:
        """What the one map of the page paints."""
        (painted,) = self.payloads
        return painted

    @property
    def payloads(self) -> list[dict[str, Any]]:
        """What each map of the page paints."""
        found = [_PAINT.search(sent["feature_group"]) for sent in self.maps]
        return [dict(json.loads(painted[1])) for painted in found if painted is not None]

    @property
    def charts(self) -> list[list[dict[str, Any]]]:
        """What each chart draws, the shading of the chosen months left out: a list of rows a chart."""
        drawn = [
            pa.ipc.open_stream(each.data.data).read_all().to_pylist()
            for chart in self.app.get("vega_lite_chart")
            for each in chart.proto.datasets
        ]
        return [rows for rows in drawn if rows and "n" in rows[0]]

    @property
    def legend(self) -> dict[str, int]:
        """The legend of the map: how many areas wear each label."""
        (piece,) = (piece for piece in self.markup if "lc-legend" in piece.html)
        rows = re.findall(
            r"(Fewer than 10|[\d.,–]+|No data|Too few to show separately)\s+\(([\d,]+) areas?\)", piece.text
        )
        return {label: int(areas.replace(",", "")) for label, areas in rows}


def told(text: str) -> int:
    """Read a protected figure as the pages write it: 0 for "fewer than 10", and "about" a multiple of 5 from 10 on."""
    if text.casefold() == "fewer than 10":
        return 0
    assert _TOLD.fullmatch(text), text
    figure = int(text.split(" ")[1].replace(",", ""))
    assert figure >= 10, text
    assert figure % 5 == 0, text
    return figure


def number(text: str) -> float:
    """Read a number as the pages write it; NaN for an en dash."""
    if text == "–":
        return float("nan")
    assert _NUMBER.fullmatch(text), text
    return float(text.replace(",", ""))
