"""The map of the way home: ways as wide as many set out along them, the stretches that stand out by number."""

from typing import Final

from geo.areas.proximity import Place
from geo.evidence import way_home_drawing
from geo.evidence.way_home import HomeStretch, WayHome
from geo.wording import how_many
from pages.components.cached import loads, map_grounds
from pages.components.cached import way_home as cached
from pages.components.cached.way_home import DrawnWayHome
from pages.components.frame.selection import Selection
from pages.components.maps.map_view import MapView, NumberedPlace
from pages.components.maps.searching import search_around

_LINE: Final = "display:inline-block;width:1.6em;vertical-align:middle;margin-right:.4em;border-top:"
_KEY: Final = (
    ("7px solid #8a1c4a", "asks for an adult, with its number"),
    ("7px solid #0b5966", "way home, wider where more set out along it"),
    ("3px dashed #5a3d8a", "other way that keeps off a stretch that asks for an adult"),
)


def view(chosen: Selection, school: Place, made: DrawnWayHome) -> MapView:
    """Return the map of a school's way home, without values of areas: its lines say all."""
    ground = map_grounds.map_ground(chosen.view_key(chosen.levels[0], chosen.choice.periods), chosen.asking)
    areas = len(loads.view(chosen.view_key(chosen.levels[0], chosen.choice.periods)).units.codes)
    return MapView(
        title=f"Ways home from {school.name}",
        geometry=ground.geometry,
        marks="0" * areas,
        texts=[""] * areas,
        unit="",
        labels=["Streets and ways home"] + [""] * 9,
        colours=["#ffffff"] * 9,
        hotspots=ground.markers,
        school=school,
        fit=way_home_drawing.bounds(made.found) or "areas",
        backdrop=ground.backdrop,
        base_map=ground.base_map,
        names=ground.names,
        search=search_around(chosen.dataset, school),
        places=[_numbered(one) for one in made.found.named],
        corridors=cached.drawing(made),
    )


def _numbered(one: HomeStretch) -> NumberedPlace:
    lon, lat = way_home_drawing.middle(one)
    return NumberedPlace(one.number or 0, one.stretch.name, how_many(one.observed), lon, lat)


def key_html(found: WayHome) -> str:
    """Write what the lines of the map are (HTML)."""
    shown = _KEY if found.named else _KEY[1:2]
    rows = "".join(f'<li><span aria-hidden="true" style="{_LINE}{look}"></span>{words}</li>' for look, words in shown)
    origin = '<li><span aria-hidden="true" class="lc-origin"></span>where pupils set out from</li>'
    return f'<div class="lc-legend"><ul class="lc-kinds">{rows}{origin}</ul></div>'
