"""Charts as pictures: what a page draws, drawn once more for a download or for a paper, as SVG or PNG.

The drawing library gets the figures and nothing else: it may ask no address and read no file.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from threading import Lock
from typing import Any, Final

import altair as alt
import vl_convert

from data.papers.plain_svg import plain, width_of

WIDTH: Final = 720  # px
SCALE: Final = 2  # of a PNG, so that it prints sharply
PAPER_FONT: Final = "DejaVu Sans"  # comes with the library that draws maps, so every machine measures it alike
_FONT_FILES: Final = "mpl-data/fonts/ttf"
_TITLE: Final = 90  # letters that fit in a line
_LINE: Final = 118
_FIGURES: Final = ("values", "datasets")
# What no SVG may hold ends the library's process; half of a character of two halves, cut off by a limit, its drawing.
_NOT_DRAWN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd]")
_INSTEAD: Final = "\ufffd"

_drawing: Final = Lock()  # one at a time: each takes a processor, and the library's memory is its own


def titled(spec: dict[str, Any], title: str, lines: Sequence[str]) -> dict[str, Any]:
    """Return a chart as it stands by itself: on white, as wide as a page, below its title and its lines."""
    head = {
        "text": wrap(title, _TITLE),
        "subtitle": [piece for line in lines for piece in wrap(line, _LINE)],
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 14,
        "subtitleFontSize": 11,
        "subtitleColor": "#33454c",
        "subtitlePadding": 6,
        "offset": 12,
    }
    return {**spec, "title": head, "width": WIDTH, "background": "#ffffff", "padding": 16}


def draw(spec: dict[str, Any], kind: str) -> bytes:
    """Draw a chart, ``kind`` "svg" or "png". Raises ValueError where it asks for anything that is not in it."""
    drawn = _drawable(spec)
    with _drawing:
        if kind == "png":
            return vl_convert.vegalite_to_png(drawn, scale=SCALE, allowed_base_urls=[])
        return vl_convert.vegalite_to_svg(drawn, allowed_base_urls=[]).encode()


def paper_svg(chart: alt.LayerChart | dict[str, Any], width: int) -> str:
    """Draw a chart for a paper, ``width`` px from edge to edge, as an SVG that needs nothing else, on white.

    All its text is in ``PAPER_FONT``. The same chart gives the same SVG, and several may stand in one document.
    Raises ValueError where the chart asks for anything that is not in it.
    """
    spec = _drawable(chart if isinstance(chart, dict) else chart.to_dict(validate=False))
    spec |= {
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": "#ffffff",
        "config": {**spec.get("config", {}), "font": PAPER_FONT},
    }
    with _drawing:
        _bring_font()
        svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return plain(svg, PAPER_FONT)


def svg_png(svg: str, width_px: int) -> bytes:
    """Return a picture for a paper as a PNG so many px wide, for what cannot hold an SVG.

    Raises InputError where the picture does not say how wide it is, or asks for anything that is not in it.
    """
    scale = width_px / width_of(svg)
    with _drawing:
        _bring_font()
        return vl_convert.svg_to_png(svg, scale=scale)


@cache
def _bring_font() -> None:
    found = find_spec("matplotlib")  # without importing it, which takes a while
    for place in (found and found.submodule_search_locations) or ():
        vl_convert.register_font_directory(str(Path(place) / _FONT_FILES))


def _drawable(spec: dict[str, Any]) -> dict[str, Any]:
    if _asks(spec):
        raise ValueError("A chart must hold its figures, and one asks an address for them.")
    return _clean(spec)


def _asks(part: object) -> bool:
    """Return whether a part of a chart, its figures left out, names an address.

    The library asks for the pictures of a chart even where it may ask no address for its figures.
    """
    if isinstance(part, dict):
        return any(key == "url" or (key not in _FIGURES and _asks(held)) for key, held in part.items())
    return isinstance(part, list) and any(map(_asks, part))


def _clean(part: Any) -> Any:
    """Return a part of a chart with a sign instead of each character that cannot be drawn."""
    if isinstance(part, dict):
        return {_clean(key): _clean(held) for key, held in part.items()}
    if isinstance(part, list | tuple):
        return [_clean(held) for held in part]
    return _NOT_DRAWN.sub(_INSTEAD, part) if isinstance(part, str) else part
