"""The legend of a map, as HTML that needs nothing from elsewhere, and the looks of known hotspots."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, TypedDict
from urllib.parse import quote

from geo.classes import NO_DATA_FILL, NO_DATA_LINE, RAMP, ZERO_FILL, ZERO_LINE, Classes


class Sign(TypedDict):
    """How a known hotspot of one status looks: a shape and a letter, so that colour is never the only difference."""

    letter: str
    label: str
    path: str  # SVG path in a 24 × 24 box
    fill: str
    line: str
    ink: str  # colour of the letter
    dash: str | None


_PLUM: Final = "#86195a"  # beside yellow-green to navy, and far from the orange and blue of signals
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
    "print-color-adjust:exact;-webkit-print-color-adjust:exact;"
)


def legend(
    classes: Classes,
    *,
    unit: str,
    period: str,
    source: str,
    colours: Sequence[str] = RAMP,
    statuses: Iterable[str] = (),
    zero: str | None = None,
    aside: str = "No data",
) -> str:
    """The legend for ``st.html``: unit, swatches with the number of areas, known hotspots, method, period and source.

    Parameters
    ----------
    classes
        The classes that the map shows.
    unit
        What the numbers are, for example "incidents" or "incidents per 1,000 residents".
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

    Returns
    -------
    str
        HTML in which every text is escaped.
    """
    parts = [
        f'<p style="margin:0 0 .3em"><strong>{escape(_capital(unit))}</strong></p>',
        _items(_class_rows(classes, colours, zero, aside)),
        _items(_sign_row(SIGNS[status]) for status in SIGNS if status in set(statuses)),
        f'<p style="margin:.4em 0 0">{escape(classes.method)}. {escape(period)}. Source: {escape(source)}.</p>',
    ]
    return f'<div class="lc-legend" style="font-size:.85rem;line-height:1.5">{"".join(parts)}</div>'


def areas_text(number: int) -> str:
    """Number of areas in words, for example "1 area" or "1,204 areas"."""
    return f"{number:,} area" if number == 1 else f"{number:,} areas"


def _class_rows(classes: Classes, colours: Sequence[str], zero: str | None, aside: str) -> list[str]:
    """One row per class that the reader needs: zero and no data only when the map has them."""
    rows = []
    for number, (label, areas) in enumerate(zip(classes.labels, classes.areas, strict=True)):
        if number > 0:
            rows.append(_row(f"background:{colours[number - 1]};border:1px solid {ZERO_LINE}", label, areas))
        elif areas:
            rows.append(_row(f"background:{ZERO_FILL};border:1px solid {ZERO_LINE}", zero or label, areas))
    if classes.without_data:
        stripes = f"repeating-linear-gradient(135deg,{NO_DATA_FILL} 0 3px,{NO_DATA_LINE} 3px 4.5px)"
        rows.append(_row(f"background:{stripes};border:1px solid {NO_DATA_LINE}", aside, classes.without_data))
    return rows


def _row(style: str, label: str, areas: int) -> str:
    swatch = f'<span aria-hidden="true" style="{_SWATCH}{escape(style)}"></span>'
    return f'{swatch}<span>{escape(label)}</span> <span style="opacity:.75">({areas_text(areas)})</span>'


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
    items = "".join(f'<li style="margin:0;padding:0">{row}</li>' for row in rows)
    return f'<ul style="list-style:none;margin:0;padding:0">{items}</ul>' if items else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
