"""Signs of known hotspots: how each status looks on every map, on screen and on paper."""

from typing import Final, TypedDict


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
