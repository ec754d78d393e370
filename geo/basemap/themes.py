"""Themes: the layers of a base map, the kinds of features in each, from which zoom each is drawn and in which order.

A zoom is that of tiles: at zoom 0 the world is one tile, and each further zoom halves the ground that one covers. The
map draws a tile some 512 pixels wide, so that tiles of zoom 13 are seen where web maps speak of zoom 14.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

LAND: Final = "land"
WATER: Final = "water"
RAIL: Final = "rail"
ROAD: Final = "road"
POINT: Final = "point"
THEMES: Final = (LAND, WATER, RAIL, ROAD, POINT)  # in the order in which they are painted

# Columns of a frame of features; its names and kinds are ``c.NAME`` and ``c.KIND``.
THEME: Final = "theme"
RANK: Final = "rank"

MOTORWAY: Final = "motorway"
MAIN: Final = "main"
SECONDARY: Final = "secondary"
LOCAL: Final = "local"
SERVICE: Final = "service"
PATH: Final = "path"

BUILT: Final = "built"
PARK: Final = "park"
GREEN: Final = "green"  # open ground that is no park: playing fields, commons, cemeteries, allotments
WOOD: Final = "wood"
GROUNDS: Final = "school"  # the grounds of a school or college

LAKE: Final = "lake"
RIVER: Final = "river"
STREAM: Final = "stream"

TRAIN: Final = "rail"
TRAM: Final = "tram"

STATION: Final = "station"
STOP: Final = "stop"
SCHOOL: Final = "school"
PLACE: Final = "place"
POSTCODE: Final = "postcode"  # is searched for, and never drawn

MIN_ZOOM: Final = 8  # a county fits on a screen
MAX_ZOOM: Final = 14  # a unit of its tiles is 0.35 m at the latitude of England, so that browsers enlarge them further
_FROM: Final[Mapping[tuple[str, str], int]] = {
    (LAND, BUILT): 8, (LAND, PARK): 11, (LAND, GREEN): 12, (LAND, WOOD): 10, (LAND, GROUNDS): 13,
    (WATER, LAKE): 8, (WATER, RIVER): 9, (WATER, STREAM): 13,
    (RAIL, TRAIN): 8, (RAIL, TRAM): 12,
    (ROAD, MOTORWAY): 8, (ROAD, MAIN): 8, (ROAD, SECONDARY): 10, (ROAD, LOCAL): 12, (ROAD, SERVICE): 14,
    (ROAD, PATH): 14,
    (POINT, STATION): 11, (POINT, SCHOOL): 14, (POINT, STOP): 14,
}  # fmt: skip
# From which zoom features have their names, where that is later: so many words would be sent for nothing.
_NAMED_FROM: Final[Mapping[tuple[str, str], int]] = {
    (ROAD, MAIN): 11, (ROAD, SECONDARY): 12, (ROAD, LOCAL): 14, (WATER, RIVER): 11, (LAND, WOOD): 13, (LAND, GREEN): 13,
}  # fmt: skip
# Of points, from which zoom a rank is drawn; places of the first ranks stand before stations, schools and stops.
CITY, TOWN, SUBURB, QUARTER, STATIONS, SCHOOLS, STOPS = range(1, 8)
_FROM_BY_RANK: Final = {CITY: 8, TOWN: 8, SUBURB: 10, QUARTER: 13}

MAX_NAME: Final = 80  # letters of a name; what is longer is cut
_SPACES: Final = re.compile(r"\s+")
_HIDDEN: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))  # categories of letters that show nothing


def first_zoom(theme: str, kind: str, rank: int) -> int:
    """Return the zoom from which a feature is drawn."""
    if theme == POINT and kind == PLACE:
        return _FROM_BY_RANK.get(rank, MAX_ZOOM)
    return _FROM.get((theme, kind), MAX_ZOOM)


def first_named_zoom(theme: str, kind: str) -> int:
    """Return the zoom from which features of a kind have their names in the tiles."""
    return _NAMED_FROM.get((theme, kind), MIN_ZOOM)


def clean_name(text: object) -> str | None:
    """Return a name as it may be shown, without letters that hide or turn others and at most ``MAX_NAME`` long."""
    if not isinstance(text, str):
        return None
    short = text[: 4 * MAX_NAME]
    seen = "".join(
        letter if letter.isprintable() or letter.isspace() else ""
        for letter in short
        if unicodedata.category(letter) not in _HIDDEN or letter.isspace()
    )
    name = _SPACES.sub(" ", seen).strip()
    return f"{name[: MAX_NAME - 1].rstrip()}…" if len(name) > MAX_NAME else name or None
