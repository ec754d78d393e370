"""Downloads of maps: drawn for print as SVG or PNG, and their areas with shapes as GeoJSON or GeoPackage."""

from collections.abc import Callable
from datetime import date
from typing import Final

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.routing import Route

from data.principal import LOCAL_USER
from data.services import print_maps
from data.services.area_exports import FORMATS, areas_file
from data.services.opening import open_store
from data.services.print_maps import MapAsk, PrintedMap
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest, covering
from geo.release.kinds import Open
from geo.views import extent
from geo.views.extent import Extent, Where
from geo.views.view import periods
from geo.views.widening import Wide
from pages.routes import download_parts as parts
from pages.routes.download_parts import Given

AREAS: Final = "/lc/download/areas"
AREA_MAP: Final = "/lc/download/area-map"
CONTEXT_MAP: Final = "/lc/download/context-map"
PICTURES: Final = ("svg", "png")
SHAPES: Final = tuple(FORMATS)
_MEDIA: Final = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}
# A picture that is opened by itself may run nothing and ask for nothing.
_SAFE: Final = parts.NOT_KEPT | {"Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'"}
_SWITCHES: Final = ("residents", "cold", "clusters")
_NEEDS: Final = "A download needs a dataset, a level, a measure and periods that exist; use the link below the map."

Parameters = dict[str, str | list[str]]


def routes() -> list[Route]:
    """Return the routes to these files, one for each form."""
    return [
        *(parts.route(f"{AREAS}.{form}", _areas(form), _NEEDS) for form in SHAPES),
        *(parts.route(f"{AREA_MAP}.{form}", _picture(_area_map, "area-map", form), _NEEDS) for form in PICTURES),
        *(
            parts.route(f"{CONTEXT_MAP}.{form}", _picture(_context_map, "local-context", form), _NEEDS)
            for form in PICTURES
        ),
    ]


def map_of(
    dataset: int, level: str, request: MeasureRequest, choice: Choice, part: Extent, urn: str | None
) -> Parameters:
    """Return the address's parameters for a map of a level by one measure; ``urn`` is that of the part's school."""
    return {
        "dataset": str(dataset),
        "by": level,
        "measure": request.measure.value,
        "from": choice.periods[0],
        "to": choice.periods[-1],
        "harm": list(choice.harms),
        **({"category": choice.category} if choice.category else {}),
        **{name: "true" for name in _SWITCHES if getattr(request, name)},
        **_part(part, urn),
    }


def _part(part: Extent, urn: str | None) -> dict[str, str]:
    """Write a part of the map as ``parts.extent_of`` reads it; nothing for all of it."""
    if urn is None or part.where is Where.EVERYWHERE:
        return {}
    if part.circle is None:
        return {"where": "district", "school": urn}
    elsewhere = {"elsewhere": "yes"} if part.elsewhere else {}
    return {"where": "school", "school": urn, "within": part.circle[1].address, **elsewhere}


def _picture(make: Callable[[QueryParams], PrintedMap], name: str, form: str) -> Callable[[QueryParams], Response]:
    return lambda query: _sent(f"{name}-{query['from']}-{query['to']}.{form}", make(query).drawn(form), form)


def _area_map(query: QueryParams) -> PrintedMap:
    given = parts.given(query)
    choice, request = _choice(query, given), _request(query)
    covered = covering(request, choice, periods(given.released))
    ask = MapAsk(given.dataset, given.areas, Wide(choice, query["by"]), covered, _looked_at(query, given), request)
    return print_maps.map_of(open_store(), LOCAL_USER, given.released, ask, date.today())


def _context_map(query: QueryParams) -> PrintedMap:
    given = parts.given(query)
    asked, part = Wide(_choice(query, given), query["by"]), _looked_at(query, given)
    return print_maps.map_of_part(
        open_store(), LOCAL_USER, given.dataset, given.released, given.areas, asked, part, date.today()
    )


def _areas(form: str) -> Callable[[QueryParams], Response]:
    def answer(query: QueryParams) -> Response:
        given, level = parts.given(query), query["by"]
        choice = _choice(query, given)
        content = areas_file(given.released, given.areas, level, choice, _request(query), given.dataset.source, form)
        return _sent(f"areas-{level}-{choice.periods[0]}-{choice.periods[-1]}.{form}", content, form)

    return answer


def _looked_at(query: QueryParams, given: Given) -> Extent:
    """Read the part of the map that is looked at. Raises ValueError where it has no areas, and as ``extent_of``."""
    part = parts.extent_of(query, given) or extent.everywhere(given.areas)
    if not part.areas:
        raise ValueError("A map needs a part that has areas.")
    return part


def _choice(query: QueryParams, given: Given) -> Choice:
    """Read which incidents are shown. Raises KeyError or ValueError where there are no such."""
    choice = Choice(parts.run_of(query), parts.harms_of(query), query.get("category"))
    known = isinstance(given.released, Open) and choice.category in given.dataset.harm_of
    if choice.category is not None and not known:
        raise ValueError("`category` must be one of the dataset's, and a release has none.")
    if not set(choice.periods) <= set(periods(given.released)):
        raise ValueError("`from` and `to` must be periods of the dataset.")
    return choice


def _request(query: QueryParams) -> MeasureRequest:
    return MeasureRequest(Measure(query["measure"]), **{name: query.get(name) == "true" for name in _SWITCHES})


def _sent(name: str, content: bytes, form: str) -> Response:
    """Send a file; its name is made of a level and of periods that there are."""
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_MEDIA[form], headers=_SAFE | named)
