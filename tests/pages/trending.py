"""Reads what Trends draws, and makes stores with series that have too little: a gap, one month, one area."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store.store import Store
from geo.calendar import months
from tests.pages.shown import Shown
from tests.unit.data import small_place

Row = dict[str, Any]
Address = dict[str, str | list[str]]

VIOLENCE: Final = "Violence and weapons"
DRUGS: Final = "Drugs and alcohol"
ASB: Final = "Anti-social behaviour"
GAP: Final = "2019-07"
WITH_A_GAP: Final = tuple(month for month in months.between("2018-09", "2020-08") if month != GAP)
SIZES: Final = (14, 11, 16, 12, 9, 15, 13)  # incidents of one month and the next, which chance can make


@dataclass(frozen=True)
class Chart:
    """One chart: its description, for those who do not see it, and the rows of each of its layers."""

    said: str
    layers: list[list[Row]]

    def layer(self, *fields: str) -> list[Row]:
        """Return the rows of the first layer that has some fields; none where no layer has them."""
        return next((rows for rows in self.layers if rows and set(fields) <= set(rows[0])), [])

    @property
    def points(self) -> list[Row]:
        """The points of a control chart, oldest first."""
        return self.layer("order", "drawn", "shape")

    @property
    def drawn(self) -> list[float | None]:
        """The figures that the points stand for, oldest first; None for none."""
        return [row["drawn"] for row in self.points]

    @property
    def figures(self) -> dict[str, Row]:
        """The points of a large control chart by their periods, with their words."""
        return {row["label"]: row for row in self.points}

    @property
    def few(self) -> list[Row]:
        """The parts of the band of figures that are not told; none of them is a point."""
        return self.layer("first", "ceiling")

    @property
    def letters(self) -> list[str]:
        """The letters of what was done, as the chart marks it."""
        return [row["letter"] for row in self.layer("letter")]

    @property
    def words(self) -> str:
        """The words that stand in the chart."""
        return " ".join(row["words"] for rows in self.layers for row in rows if "words" in row)


def charts(shown: Shown) -> list[Chart]:
    """Return every chart of a page in its order."""
    return [_chart(each) for each in shown.app.get("vega_lite_chart")]


def chart(shown: Shown) -> Chart:
    """Return the first chart of a page, the one that its headline is about."""
    return charts(shown)[0]


def cards(shown: Shown) -> list[tuple[str, str]]:
    """Return what each card is of (harm and place), and its verdict."""
    pieces = [piece for piece in shown.markup if "lc-small" in piece.html]
    return [(piece.text, _class(piece.tags[0][1]["class"])) for piece in pieces]


def labels(shown: Shown, kind: str) -> list[str]:
    """Return the labels of every widget of a kind."""
    return [each.label for each in shown.app.get(kind)]


def add_series(home: Path, by_month: dict[str, int], areas: int = 6) -> None:
    """Add the first of six squares and open police data with so many incidents a month, spread over them in turn."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        squares = small_place.collection(small_place.feature(number) for number in range(areas))
        setting_up.add_areas(
            store, LOCAL_USER, small_place.area_files(boundaries=small_place.upload("areas.geojson", squares))
        )
        files = [_street(month, n, areas) for month, n in by_month.items()]
        small_place.add(store, small_place.police(sources=files))
    finally:
        store.close()


def of_sizes(whole: Sequence[str]) -> dict[str, int]:
    """Return each of some months a number of incidents, which goes up and down as chance makes it."""
    return {month: SIZES[at % len(SIZES)] for at, month in enumerate(whole)}


def _street(month: str, n: int, areas: int) -> Any:
    rows = [("", month, "", "", small_place.CODES[number % areas], small_place.ASB) for number in range(n)]
    return small_place.upload(f"{month}-anytown-street.csv", small_place.table(small_place.STREET_HEADER, rows))


def _chart(element: Any) -> Chart:
    spec = json.loads(element.proto.spec)
    held = {each.name: pa.ipc.open_stream(each.data.data).read_all().to_pylist() for each in element.proto.datasets}
    layers = [held.get(layer["data"].get("name"), layer["data"].get("values", [])) for layer in spec.get("layer", [])]
    return Chart(spec.get("description", ""), layers or list(held.values()))


def _class(names: str | None) -> str:
    return (names or "").split(" ")[-1].removeprefix("lc-")
