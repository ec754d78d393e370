"""How every chart looks: its inks, the size and face of its text, the axes its layers share, and its signs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
from altair.utils import schemapi

INK: Final = "#33454c"
SHADE: Final = "#e8eef0"
FEW: Final = "#f1ece0"  # of figures under 10
FEW_HERE: Final = "#e0d5b5"  # where a figure is one of them
GRID: Final = "#dde6e8"
EDGE: Final = "#6a8ba3"  # the ends of what is usual

# As NHS control charts have it: grey is ordinary, orange a change upwards, blue one downwards. Each has a shape too.
ORDINARY: Final = "#56606b"
UP: Final = "#b25d00"
DOWN: Final = "#1f5a9e"
COLOURS: Final = {"": ORDINARY, "up": UP, "down": DOWN}
SHAPES: Final = {"": "circle", "up": "triangle-up", "down": "triangle-down"}

TEXT: Final = 11  # px, the least that is read without effort
FACE: Final = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

_SIGNS_IN_WORDS: Final = {
    "dot": "●",
    "up": "▲",
    "down": "▼",
    "up-hollow": "△",
    "down-hollow": "▽",
    "ring": "ring:",
    "usual": "blue band between two lines:",
    "few": "buff band at the foot:",
    "missing": "hatched:",
    "shade": "grey upright band:",
    "range": "line:",
}
Key = Sequence[tuple[str, str]]  # each sign of a chart, or "" for none, and its words

# Altair checks every row of a chart against its schema, and again when the chart is sent. The tests do that; a page of
# many charts would spend most of its time on it.
schemapi.disable_debug_mode()


@dataclass(frozen=True)
class Plane:
    """The two axes that all layers of a chart share: what each says of its scale, title and axis."""

    x: Mapping[str, Any]
    y: Mapping[str, Any]

    def across(self, field: str) -> alt.X:
        """Return the place along the horizontal axis."""
        return alt.X(f"{field}:Q", **self.x)

    def up(self, field: str) -> alt.Y:
        """Return the place along the vertical axis."""
        return alt.Y(f"{field}:Q", **self.y)


def known(value: Any) -> float | None:
    """Return a figure, or None for one that is missing, as charts have it: a missing figure is drawn nowhere."""
    return None if value is None or value != value else float(value)


def inline(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """Begin a layer of rows of its own."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def ticks(most: float, about: int) -> list[float]:
    """Choose round values from 0 to ``most``, around ``about`` of them."""
    step = 10.0 ** math.floor(math.log10(most / about))
    step = next(step * times for times in (1, 2, 5, 10) if most / (step * times) <= about)
    return [round(step * number, 9) for number in range(int(most / step + 1e-9) + 1)]


def finished(layers: Sequence[Any], title: str, height: float) -> alt.LayerChart:
    """Lay layers over each other, with a text for those who do not see them, a height in px and the look of all charts.

    All is said at once: each later word about a chart copies its rows, which shows in a page of many charts.
    """
    axis = alt.AxisConfig(
        labelFontSize=TEXT, titleFontSize=TEXT, titleFontWeight="normal", labelColor=INK, titleColor=INK, gridColor=GRID
    )
    look = alt.Config(
        # Each mark would be read by its colour and its size; the chart has its text, and its table.
        aria=False,
        mark=alt.MarkConfig(aria=False),
        font=FACE,
        view=alt.ViewConfig(stroke=None),
        axis=axis,
        legend=alt.LegendConfig(labelFontSize=TEXT, labelColor=INK),
        text=alt.MarkConfig(fontSize=TEXT, color=INK),
    )
    return alt.LayerChart(layer=[*layers], description=title, height=height, background="transparent", config=look)


def key_in_words(key: Key) -> str:
    """Say a chart's key as one line of text, for pictures and papers; nothing without a key."""
    said = " · ".join(f"{_SIGNS_IN_WORDS.get(sign, '')} {words}".strip() for sign, words in key)
    return said[:1].upper() + said[1:]
