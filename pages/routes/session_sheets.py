"""The sheet and the template of a safety-mapping session as files, and what is released of the marks.

Sheets and templates hold no figure: they are made when they are asked for, from the map that is loaded here.
"""

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.principal import LOCAL_USER
from data.services import safety_marks, session_sheets, table_files
from data.services.opening import open_store
from data.services.table_files import TableFile
from data.store import places
from geo.areas import proximity
from geo.errors import InputError
from pages.routes import download_parts as parts

SHEET: Final = "/lc/download/session-map.pdf"
TEMPLATE: Final = "/lc/download/session-template.csv"
MARKS: Final = "/lc/download/safety-marks.csv"
_NEEDS: Final = "A session’s map needs a school that is loaded; use the links on “Safe and unsafe places”."
_NEEDS_MARKS: Final = "A download of marks needs a session and a school year that exist; use the link on its page."


def routes() -> list[Route]:
    """Return the routes to sheets, templates and released marks."""
    return [
        Route(SHEET, _sheet, methods=["GET"]),
        Route(TEMPLATE, _template, methods=["GET"]),
        *parts.table_routes(MARKS, _marks, _NEEDS_MARKS),
    ]


def of_school(urn: str, side: int) -> Mapping[str, str]:
    """Return the address's parameters for a school's sheet and template, with squares of so many metres."""
    return {"school": urn, "side": str(side)}


def _school(query: QueryParams) -> tuple[proximity.Place, int]:
    listed = proximity.labelled(places.schools(open_store(), LOCAL_USER)).values()
    return next(one for one in listed if one.urn == query["school"]), int(query["side"])


def _sheet(request: Request) -> Response:
    try:
        place, side = _school(request.query_params)
    except (StopIteration, KeyError, ValueError):
        return parts.refused(_NEEDS, 400)
    try:
        content = session_sheets.sheet_pdf(open_store(), LOCAL_USER, place, side)
    except InputError as fault:
        return parts.refused(str(fault), 400)
    named = {"Content-Disposition": f'attachment; filename="session-map-{place.urn}-{side}.pdf"'}
    return Response(content, media_type="application/pdf", headers=parts.NOT_KEPT | named)


def _template(request: Request) -> Response:
    try:
        place, side = _school(request.query_params)
        return parts.csv_file(f"session-{place.urn}-{side}.csv", session_sheets.template_csv(place, side))
    except (StopIteration, KeyError, ValueError, InputError):
        return parts.refused(_NEEDS, 400)


def _marks(query: QueryParams) -> TableFile:
    dataset, year = parts.dataset_of(query), query["year"]
    table = safety_marks.marks_table(open_store(), LOCAL_USER, dataset, year)
    return table_files.of_dataset(f"safety-marks-{year}", table, "Young people’s marks by zone", dataset, year)
