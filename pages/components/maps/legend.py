"""The legend of a map, as HTML that needs nothing from elsewhere, and the looks of known hotspots."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, TypedDict
from urllib.parse import quote

from geo.maps.classes import CASING, INK, NO_DATA_FILL, NO_DATA_LINE, RAMP, ZERO_FILL, ZERO_LINE, Classes


class Sign(TypedDict):
    """How a known hotspot of one status looks: a shape and a letter, so that colour is never the only difference."""

    letter: str
    label: str
    path: str  # SVG path in a 24 × 24 box
    fill: str
    line: str
    ink: str  # colour of the letter
    dash: str | None


_PLUM: Final = "#86195a"  # distinct from yellow-green to navy, and far from the orange and blue of signals
_SLATE: Final = "#52606d"

SIGNS: Final[dict[str, Sign]] = {
    "active": {
        "letter": "A", "label": "Active", "path": "M12 1.5 22.5 12 12 22.5 1.5 12Z",
        "fill": _PLUM, "line": _PLUM, "ink": "#ffffff", "dash": None,
    },
    "monitoring": {
        "letter": "M", "label": "Monitoring", "path": "M3 3H21V21H3Z",
        "fill": "#ffffff", "line": _PLUM, "ink": _PLUM, "dash": None,
    },
    "proposed": {
        "letter": "P", "label": "Proposed", "path": "M7 3H17L22.5 12 17 21H7L1.5 12Z",
        "fill": "#ffffff", "line": _PLUM, "ink": _PLUM, "dash": "3 2",
    },
    "closed": {
        "letter": "C", "label": "Closed", "path": "M12 2.5A9.5 9.5 0 0 1 12 21.5 9.5 9.5 0 0 1 12 2.5Z",
        "fill": "#e4e7eb", "line": _SLATE, "ink": "#323f4b", "dash": None,
    },
}  # fmt: skip

_SWATCH: Final = (
    "display:inline-block;width:1.6em;height:1em;margin-right:.5em;vertical-align:-.12em;box-sizing:border-box;"
    "overflow:hidden;print-color-adjust:exact;-webkit-print-color-adjust:exact;"
)

_LETTER: Final = "display:block;font-size:.75em;font-weight:700;line-height:1.2;text-align:center;"
_BRIGHT: Final = 120  # of 255; above it dark letters read better than white ones


@dataclass(frozen=True)
class Legend:
    """What a legend says.

    Attributes
    ----------
    classes
        The classes that the map shows.
    unit
        What the numbers are, for example "incidents" or "incidents per 1,000 residents"; of kinds, what the map shows.
    period, source
        In words, as a person reads them.
    colours
        One colour per class from 1 upwards.
    statuses
        Statuses of the known hotspots on the map (keys of ``SIGNS``).
    zero
        What the class of zero stands for, if not for zero.
    aside
        What the areas without a value are.
    letters
        The sign that the areas of each class bear, from 1 upwards; none where there are none.
    clusters
        How many detected clusters the map outlines.
    chosen
        Whether the map outlines a chosen area.
    method
        How the classes came about, in a sentence, if not as they say themselves.
    only_worn
        Whether classes that no area wears are left out, as suits many kinds; ranges of amounts read as a whole.
    of
        The word for one of what the map shows.
    """

    classes: Classes
    unit: str
    period: str
    source: str
    colours: Sequence[str] = RAMP
    statuses: Iterable[str] = ()
    zero: str | None = None
    aside: str = "No data"
    letters: Sequence[str] = ()
    clusters: int = 0
    chosen: bool = False
    method: str | None = None
    only_worn: bool = False
    of: str = "area"


def legend(says: Legend) -> str:
    """Write a legend as HTML: unit, swatches with the number of areas, what lies over them, method and source.

    Every text is escaped.
    """
    how, worn = (says.method or says.classes.method).removesuffix("."), set(says.statuses)
    parts = [
        f'<p style="margin:0 0 .3em"><strong>{escape(_capital(says.unit))}</strong></p>',
        _items(_class_rows(says)),
        _items(_outline_rows(says)),
        _items(_sign_row(SIGNS[status]) for status in SIGNS if status in worn),
        f'<p style="margin:.4em 0 0">{escape(how)}. {escape(says.period)}. Source: {escape(says.source)}.</p>',
    ]
    return f'<div class="lc-legend" style="font-size:.85rem;line-height:1.5">{"".join(parts)}</div>'


def areas_text(number: int, one: str = "area") -> str:
    """Number of areas in words, for example "1 area" or "1,204 areas"; ``one`` is another word for an area."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _class_rows(says: Legend) -> list[str]:
    """Write one row per class that the reader needs: zero and no data only when the map has them."""
    rows = []
    for number, (label, areas) in enumerate(zip(says.classes.labels, says.classes.areas, strict=True)):
        if not areas and (says.only_worn or number == 0):
            continue
        if number == 0:
            look = f"background:{ZERO_FILL};border:1px solid {ZERO_LINE}"
            rows.append(_row(look, says.zero or label, areas_text(areas, says.of)))
        else:
            fill, letter = says.colours[number - 1], says.letters[number - 1] if says.letters else ""
            look = f"background:{fill};color:{_ink_on(fill)};border:1px solid {ZERO_LINE}"
            rows.append(_row(look, label, areas_text(areas, says.of), letter))
    if says.classes.without_data:
        stripes = f"repeating-linear-gradient(135deg,{NO_DATA_FILL} 0 3px,{NO_DATA_LINE} 3px 4.5px)"
        look = f"background:{stripes};border:1px solid {NO_DATA_LINE}"
        rows.append(_row(look, says.aside, areas_text(says.classes.without_data, says.of)))
    return rows


def _row(style: str, label: str, areas: str, letter: str = "") -> str:
    number = f'<span style="opacity:.75;white-space:nowrap">({escape(areas)})</span>'
    return f"{_swatch(style, letter)}<span>{escape(label)}</span> {number}"


def _swatch(style: str, letter: str = "") -> str:
    sign = f'<span style="{_LETTER}">{escape(letter)}</span>' if letter else ""
    return f'<span aria-hidden="true" style="{_SWATCH}{escape(style)}">{sign}</span>'


def _outline_rows(says: Legend) -> Iterator[str]:
    """Write one row for each kind of outline; clusters bear their numbers, as on the map."""
    if says.chosen:
        yield f"{_swatch(f'background:{CASING};border:2px solid {INK}')}<span>The chosen area, outlined</span>"
    if says.clusters:
        number = "1 detected cluster" if says.clusters == 1 else f"{says.clusters:,} detected clusters"
        swatch = _swatch(f"background:{INK};color:{CASING};border:1px solid {INK};border-radius:4px", "1")
        yield f"{swatch}<span>{number}, outlined and numbered</span>"


def _ink_on(fill: str) -> str:
    """Choose dark or white for a letter on a ``#rrggbb``, by how bright that looks (the weights of NTSC)."""
    red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > _BRIGHT else CASING


def _sign_row(sign: Sign) -> str:
    """One row for a status. The picture is a data address because st.html strips inline SVG."""
    dash = f' stroke-dasharray="{sign["dash"]}"' if sign["dash"] else ""
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path d="{sign["path"]}" fill="{sign["fill"]}" stroke="{sign["line"]}" stroke-width="2"{dash}/>'
        f'<text x="12" y="12.5" fill="{sign["ink"]}" font-size="12" font-weight="700" font-family="sans-serif" '
        f'text-anchor="middle" dominant-baseline="central">{sign["letter"]}</text></svg>'
    )
    image = (
        f'<img alt="" width="18" height="18" style="margin:0 .6em 0 .2em;vertical-align:-.25em" '
        f'src="data:image/svg+xml,{quote(picture)}">'
    )
    return f"{image}<span>Known hotspot, {sign['label'].lower()}</span>"


def _items(rows: Iterable[str]) -> str:
    items = "".join(f'<li style="margin:0;padding:0;white-space:normal">{row}</li>' for row in rows)
    return f'<ul style="list-style:none;margin:0;padding:0">{items}</ul>' if items else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
