"""The legend of a map, as HTML that needs nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import quote

from geo.maps.classes import CASING, INK, NO_DATA_FILL, NO_DATA_LINE, RAMP, ZERO_FILL, ZERO_LINE, Classes
from geo.maps.hotspot_signs import SIGNS, Sign

_WALK: Final = "#0b5966"  # as area_layer.css has it
_WALK_FILL: Final = "#ecf2f3"
_PARTNER: Final = "#7a3e00"  # as partners.js and area_layer.css have it
_TURNS: Final = (180, 90, 135)  # of the hatching of one layer after the other, as partners.js has them

_SWATCH: Final = "print-color-adjust:exact;-webkit-print-color-adjust:exact;"
_MOST_ROWS: Final = 6  # of the legend; what is more is folded
_BRIGHT: Final = 120  # of 255; above it dark letters read better than white ones


@dataclass(frozen=True)
class Legend:
    """What a legend says of the classes of a map.

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
    zero
        What the class of zero stands for, if not for zero.
    aside
        What the areas without a value are.
    letters
        The sign that the areas of each class bear, from 1 upwards; none where there are none.
    method
        How the classes came about, in a sentence, if not as they say themselves.
    are_kinds
        Whether classes are kinds, each with words of its own and left out where no area wears it, rather than ranges of
        amounts, which read as a whole.
    of
        The word for one of what the map shows.
    lead
        A sentence that stands above it.
    """

    classes: Classes
    unit: str
    period: str
    source: str
    colours: Sequence[str] = RAMP
    zero: str | None = None
    aside: str = "No data"
    letters: Sequence[str] = ()
    method: str | None = None
    are_kinds: bool = False
    of: str = "area"
    lead: str = ""


@dataclass(frozen=True)
class Overlays:
    """What lies over the areas, for the legend to name.

    ``statuses`` are those of the known hotspots (keys of ``SIGNS``), ``clusters`` is the number of detected clusters,
    ``chosen`` whether an area is outlined, ``places`` whether there are numbered places and ``walk`` whether the area
    that is reached on foot is drawn. ``partners`` are layers from partners: letter, what is said, if it is printed.
    ``attribution`` says whose the base map is, where there is one.
    """

    statuses: Iterable[str] = ()
    clusters: int = 0
    chosen: bool = False
    places: bool = False
    walk: bool = False
    partners: Sequence[tuple[str, str, bool]] = ()
    attribution: str | None = None


_NOTHING: Final = Overlays()


def legend(says: Legend, over: Overlays = _NOTHING) -> str:
    """Write a legend as HTML, six rows at most: swatches with the number of areas, and what lies over them.

    Kinds that find no room are folded, and so is the method on a phone; period and source stand below. Every text is
    escaped.
    """
    aside = _row_of(_aside_rows(says))
    below = [row for row in (aside, _signs(over), _row_of(_overlay_rows(over)), _partners(over)) if row]
    how = (says.method or says.classes.method).removesuffix(".")
    owed = f" Base map: {over.attribution}." if over.attribution else ""
    parts = [
        f"<p>{escape(says.lead)}</p>" if says.lead else "",
        f'<p class="lc-unit"><strong>{escape(_capital(says.unit))}</strong></p>',
        _kinds(says, _MOST_ROWS - len(below)) if says.are_kinds else _ramp(says),
        *below,
        f'<details class="lc-how"><summary>How the classes are made</summary><p>{escape(how)}.</p></details>',
        f'<p class="lc-small">{escape(says.period)}. Source: {escape(says.source)}.{escape(owed)}</p>',
    ]
    return f'<div class="lc-legend">{"".join(parts)}</div>'


def overlays_legend(over: Overlays) -> str:
    """Write what lies over a map whose areas show nothing, as HTML."""
    owed = f'<p class="lc-small">Base map: {escape(over.attribution)}.</p>' if over.attribution else ""
    return f'<div class="lc-legend">{_signs(over)}{_row_of(_overlay_rows(over))}{_partners(over)}{owed}</div>'


def areas_text(number: int, one: str = "area") -> str:
    """Number of areas in words, for example "1 area" or "1,204 areas"; ``one`` is another word for an area."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _ramp(says: Legend) -> str:
    """Write the classes of amounts as one bar from the lowest to the highest, each with its range and its areas."""
    cells = "".join(f"<li>{row}</li>" for row in _class_rows(says))
    return f'<ul class="lc-row lc-ramp">{cells}</ul>' if cells else ""


def _kinds(says: Legend, most: int) -> str:
    """Write the kinds one below the other; those beyond ``most`` are folded."""
    rows = [f'<li class="lc-row">{row}</li>' for row in _class_rows(says)]
    if len(rows) <= most:
        return f'<ul class="lc-kinds">{"".join(rows)}</ul>' if rows else ""
    shown, folded = rows[: most - 1], rows[most - 1 :]  # the fold is a row itself
    more = f'<details><summary class="lc-row">{len(folded)} more</summary><ul class="lc-kinds">{"".join(folded)}</ul>'
    return f'<ul class="lc-kinds">{"".join(shown)}</ul>{more}</details>'


def _class_rows(says: Legend) -> Iterator[str]:
    """Write each class from 1 upwards that the reader needs."""
    labels, areas = says.classes.labels[1:], says.classes.areas[1:]
    for number, (label, worn) in enumerate(zip(labels, areas, strict=True)):
        if worn or not says.are_kinds:
            fill, letter = says.colours[number], says.letters[number] if says.letters else ""
            look = f"background:{fill};color:{_ink_on(fill)};border:1px solid {ZERO_LINE}"
            yield _row(look, label, areas_text(worn, says.of), letter)


def _aside_rows(says: Legend) -> Iterator[str]:
    """Write what is no amount and no kind, zero and no data, only where the map has it."""
    if says.classes.areas[0]:
        look = f"background:{ZERO_FILL};border:1px solid {ZERO_LINE}"
        yield _row(look, says.zero or says.classes.labels[0], areas_text(says.classes.areas[0], says.of))
    if says.classes.without_data:
        stripes = f"repeating-linear-gradient(135deg,{NO_DATA_FILL} 0 3px,{NO_DATA_LINE} 3px 4.5px)"
        look = f"background:{stripes};border:1px solid {NO_DATA_LINE}"
        yield _row(look, says.aside, areas_text(says.classes.without_data, says.of))


def _row(style: str, label: str, areas: str, letter: str = "") -> str:
    number = f'<span class="lc-areas">({escape(areas)})</span>'
    return f"{_swatch(style, letter)}<span>{escape(label)}</span> {number}"


def _swatch(style: str, letter: str = "") -> str:
    sign = f"<span>{escape(letter)}</span>" if letter else ""
    return f'<span aria-hidden="true" class="lc-class" style="{_SWATCH}{escape(style)}">{sign}</span>'


def _overlay_rows(over: Overlays) -> Iterator[str]:
    """Write each kind of outline and of numbers; they look as on the map."""
    if over.chosen:
        yield f"{_swatch(f'background:{CASING};border:2px solid {INK}')}<span>The chosen area, outlined</span>"
    if over.clusters:
        number = "1 detected cluster" if over.clusters == 1 else f"{over.clusters:,} detected clusters"
        swatch = _swatch(f"background:{INK};color:{CASING};border:1px solid {INK};border-radius:4px", "1")
        yield f"{swatch}<span>{number}, outlined and numbered</span>"
    if over.places:
        look = f"width:1.2em;height:1.2em;background:{CASING};color:{INK};border:2px solid {INK};border-radius:50%"
        yield f"{_swatch(look, '1')}<span>Places by number</span>"
    if over.walk:
        yield f"{_swatch(f'background:{_WALK_FILL};border:2px dashed {_WALK}')}<span>Reached on foot</span>"


def _partners(over: Overlays) -> str:
    """Write one line for each layer from partners; one that is not printed says so, and is left off paper."""
    lines = []
    for at, (letter, said, printed) in enumerate(over.partners):
        hatching = f"repeating-linear-gradient({_TURNS[at % len(_TURNS)]}deg,{_PARTNER} 0 1.5px,{CASING} 1.5px 5px)"
        swatch = _swatch(f"background:{hatching};color:{_PARTNER};border:2px dashed {_PARTNER}")
        kept = "" if printed else ' class="lc-screen"'
        lines.append(f"<li{kept}>{swatch}<span>{escape(letter)} {escape(said)}</span></li>")
    return f'<ul class="lc-row">{"".join(lines)}</ul>' if lines else ""


def _ink_on(fill: str) -> str:
    """Choose dark or white for a letter on a ``#rrggbb``, by how bright that looks (the weights of NTSC)."""
    red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > _BRIGHT else CASING


def _signs(over: Overlays) -> str:
    """Write one row of the statuses of known hotspots. The pictures are data addresses: st.html strips inline SVG."""
    worn = set(over.statuses)
    signs = [f"{_picture(SIGNS[each])}<span>{SIGNS[each]['label'].lower()}</span>" for each in SIGNS if each in worn]
    return _row_of(["<span>Known hotspots:</span>", *signs]) if signs else ""


def _picture(sign: Sign) -> str:
    dash = f' stroke-dasharray="{sign["dash"]}"' if sign["dash"] else ""
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path d="{sign["path"]}" fill="{sign["fill"]}" stroke="{sign["line"]}" stroke-width="2"{dash}/>'
        f'<text x="12" y="12.5" fill="{sign["ink"]}" font-size="12" font-weight="700" font-family="sans-serif" '
        f'text-anchor="middle" dominant-baseline="central">{sign["letter"]}</text></svg>'
    )
    return f'<img alt="" width="18" height="18" src="data:image/svg+xml,{quote(picture)}">'


def _row_of(pieces: Iterable[str]) -> str:
    """Write pieces side by side, as one row."""
    items = "".join(f"<li>{piece}</li>" for piece in pieces)
    return f'<ul class="lc-row">{items}</ul>' if items else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
