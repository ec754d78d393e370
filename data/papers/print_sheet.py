"""A sheet of paper: shapes and words drawn in points, as vector SVG with its words as text, or as PNG.

Whatever is drawn, the same is the same, byte by byte, on any machine: the typeface is the library's own, and nothing of
its usual settings or of the day is in what it writes. Words are never markup or formulas.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import shapely

from geo.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FACE: Final = "DejaVu Sans"
POINTS: Final = 72 / 25.4  # to a millimetre
PNG_DOTS: Final = 200  # an inch
_FILES: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_LONGEST_WORD: Final = 100  # letters; none is longer than a line of small print
_PATH_SIZE: Final = 100  # of letters as the library outlines them
_NAMED: Final = re.compile(r'<g id="\w+">')
_STYLE: Final = re.compile(r"\s*<defs>\s*<style type=\"text/css\">.*?</style>\s*</defs>", re.DOTALL)
_UNSEEN: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))  # letters that show nothing, or turn others
_FACTS: Final = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_NO_FACTS: Final = dict.fromkeys(("Date", "Creator", "Format", "Type"))  # of who made a file with what, and when
_SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",  # words stay text
    "svg.hashsalt": FACE,
    "path.simplify": False,
    "text.hinting": "none",  # letters are as wide in a picture as they are measured
}
_drawing: Final = Lock()  # the library's settings are those of the whole process


class DrawnSheet:
    """A white sheet, ``width`` × ``height`` points; places on it count from its lower left corner."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="#ffffff")
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(0, height)
        self._order = 0

    def shapes(
        self,
        shapes: Iterable[shapely.Geometry],
        *,
        fill: str | None = None,
        line: str | None = None,
        width: float = 0.5,
        dash: tuple[float, ...] | None = None,
        alpha: float = 1.0,
    ) -> None:
        """Draw shapes as one, over all that is there."""
        path = _path(shapes)
        if path is None:
            return
        from matplotlib.patches import PathPatch

        patch = PathPatch(
            path,
            facecolor=fill or "none",
            edgecolor=line or "none",
            linewidth=width if line else 0,
            linestyle=(0, dash) if dash else "solid",
            capstyle="butt" if dash else "round",
            joinstyle="round",
            alpha=None if alpha == 1 else alpha,
            zorder=self._next(),
        )
        self._axes.add_artist(patch)
        patch.set_clip_on(False)  # nothing is drawn beyond the sheet

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = "#1f2933",
        at: Literal["left", "center", "right"] = "left",
        turned: float = 0.0,
        halo: str | None = None,
    ) -> None:
        """Write a line of words with its base at ``y``; with a ``halo`` of some colour it can be read over lines."""
        said = plain(text)
        if halo:
            self.shapes([_halo(x, y, said, size, bold, at, turned)], fill=halo)
        self._axes.text(
            round(x, 1),
            round(y, 1),
            said,
            fontproperties=_font(bold, size),
            color=colour,
            ha=at,
            va="baseline",
            rotation=turned,
            rotation_mode="anchor",
            parse_math=False,
            zorder=self._next(),
        )

    def svg(self, title: str) -> str:
        """Return the sheet as SVG that needs nothing else, named by its ``title``."""
        content = io.StringIO()
        with _settings():
            self._figure.savefig(content, format="svg", metadata={**_NO_FACTS, "Title": plain(title)})
        text = content.getvalue()
        text = _STYLE.sub("", _FACTS.sub("", text[text.index("<svg") :], count=1), count=1)
        text = text.replace("<svg ", '<svg stroke-linejoin="round" ', 1)
        return _NAMED.sub("<g>", text)

    def png(self) -> bytes:
        """Return the sheet as a picture of ``PNG_DOTS`` to the inch."""
        content = io.BytesIO()
        with _settings():
            self._figure.savefig(content, format="png", dpi=PNG_DOTS, metadata={"Software": None})
        return content.getvalue()

    def _next(self) -> int:
        self._order += 1
        return self._order


def plain(text: str) -> str:
    """Return text in one line, without letters that show nothing or turn others."""
    seen = "".join(" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(one for one in seen if unicodedata.category(one) not in _UNSEEN).split())


def cut(text: str, most: int) -> str:
    """Return text in one line of at most ``most`` letters, with dots where it was cut."""
    said = plain(text[: 4 * most])
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of words is, in points."""
    from matplotlib.textpath import text_to_path

    with _quiet():
        wide, _, _ = text_to_path.get_text_width_height_descent(plain(text), _font(bold, size), False)
    return float(wide)


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return text in lines of at most ``width`` points; a word that is longer is cut."""
    lines: list[str] = []
    for word in (cut(word, _LONGEST_WORD) for word in plain(text).split()):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
            continue
        while width_of(word, size, bold=bold) > width:
            word = f"{word[: -max(2, len(word) // 8)]}…"
        lines.append(word)
    return lines


@cache
def _font(bold: bool, size: float) -> FontProperties:
    import matplotlib
    from matplotlib.font_manager import FontProperties

    file = f"{matplotlib.get_data_path()}/fonts/ttf/{_FILES[bold]}"
    return FontProperties(family=FACE, weight="bold" if bold else "normal", size=size, fname=file)


def _path(shapes: Iterable[shapely.Geometry]) -> Any:
    """Return shapes as one path of the library; None for nothing."""
    from matplotlib.path import Path

    parts = shapely.get_parts(shapely.get_parts(np.array(list(shapes), dtype=object)))
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = shapely.get_dimensions(parts) == 1
    drawn = [*shapely.get_rings(parts[areas]), *parts[lines]]
    if not drawn:
        return None
    points, of = shapely.get_coordinates(np.array(drawn, dtype=object), return_index=True)
    codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
    first = np.flatnonzero(np.diff(of, prepend=-1))
    codes[first] = Path.MOVETO
    last = np.append(first[1:], len(points)) - 1
    rings = np.isin(shapely.get_type_id(np.array(drawn, dtype=object)), (shapely.GeometryType.LINEARRING,))
    codes[last[rings[of[last]]]] = Path.CLOSEPOLY
    return Path(points, codes)


def _halo(x: float, y: float, text: str, size: float, bold: bool, at: str, turned: float) -> shapely.Geometry:
    """Return the ground around the letters of a line of words."""
    from matplotlib.textpath import text_to_path

    with _quiet():
        points, codes = text_to_path.get_text_path(_font(bold, size), text, False)
    if not len(points):
        return shapely.Polygon()
    scale = size / _PATH_SIZE
    letters = np.asarray(points) * scale
    pieces = np.split(letters, np.flatnonzero(np.asarray(codes) == 1)[1:])
    hulls = [shapely.MultiPoint(piece).convex_hull for piece in pieces]
    around = shapely.union_all(hulls).buffer(0.16 * size, quad_segs=2).simplify(0.04 * size)
    turn, wide = np.radians(turned), width_of(text, size, bold=bold)
    left = {"left": 0.0, "center": wide / 2, "right": wide}[at]

    def placed(xy: Floats) -> Floats:
        along, up = xy[:, 0] - left, xy[:, 1]
        east, north = along * np.cos(turn) - up * np.sin(turn), along * np.sin(turn) + up * np.cos(turn)
        return np.round(np.column_stack((x + east, y + north)), 1)

    return shapely.transform(around, placed)


@contextmanager
def _quiet() -> Iterator[None]:
    """Let letters that the typeface has not be drawn as boxes, without a word."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _settings() -> Iterator[None]:
    """Draw with settings of our own, whatever those of the machine are."""
    import matplotlib

    with _drawing, matplotlib.rc_context(), _quiet():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield
