"""Downloads through the app's own routes: released figures only, never stored on the way."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.services import data_package, exports, table_files
from data.services.table_files import TableFile
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.release.kinds import Open
from pages.routes import action_downloads, duty_documents, map_downloads, register_downloads, trend_downloads
from pages.routes import download_parts as parts
from pages.routes.transient_files import offered, session_of

AREAS: Final = "/lc/download/areas.csv"
PACKAGE: Final = "/lc/download/counts.zip"
PROBLEMS: Final = "/lc/download/problems.csv"
_SWITCHES: Final = ("residents", "cold", "clusters")
_NEEDS: Final = "A download needs a dataset, a level, a measure and periods that exist; use the link on the Area map."

_NEEDS_DATASET: Final = "A data package needs a dataset that exists; use the link on Datasets."


def routes() -> list[Route]:
    """Return the download routes, for ``st.App``."""
    return [
        *parts.table_routes(AREAS, _areas, _NEEDS),
        parts.route(PACKAGE, _package, _NEEDS_DATASET),
        Route(PROBLEMS, _problems, methods=["GET"]),
        *register_downloads.routes(),
        *trend_downloads.routes(),
        *action_downloads.routes(),
        *map_downloads.routes(),
        *duty_documents.routes(),
    ]


def areas_of(dataset: int, level: str, request: MeasureRequest, choice: Choice) -> Mapping[str, str | list[str]]:
    """Return the address's parameters for the areas of a level by one measure."""
    return {
        "dataset": str(dataset),
        "level": level,
        "measure": request.measure.value,
        "from": choice.periods[0],
        "to": choice.periods[-1],
        "harm": list(choice.harms),
        **({"category": choice.category} if choice.category else {}),
        **{name: "true" for name in _SWITCHES if getattr(request, name)},
    }


def _problems(request: Request) -> Response:
    """Send the list of rows with a problem that the Upload page offers: row numbers, never what a row says."""
    listed = offered(request.query_params.get("of", ""), session_of(request))
    if listed is None:
        return parts.refused("This list is held only while its upload is being checked; check the files again.", 404)
    return parts.logged(parts.csv_file("problems.csv", listed), "problems.csv")


def _package(query: QueryParams) -> Response:
    given = parts.given(query)
    asked = data_package.whole(given.released)
    content = data_package.counts_package(given.released, given.areas, asked, given.dataset, datetime.now(UTC))
    return parts.sent(f"counts-{given.dataset.id}-{date.today().isoformat()}.zip", content, data_package.MEDIA)


def _areas(query: QueryParams) -> TableFile:
    choice = Choice(parts.run_of(query), parts.harms_of(query), query.get("category"))
    request = MeasureRequest(Measure(query["measure"]), **{name: query.get(name) == "true" for name in _SWITCHES})
    level, given = query["level"], parts.given(query)
    if choice.category is not None and not (
        isinstance(given.released, Open) and choice.category in given.dataset.harm_of
    ):
        raise ValueError("`category` must be one of the dataset's, and a release has none.")
    table = exports.areas_table(given.released, given.areas, level, choice, request, given.dataset.source)
    first, last = choice.periods[0], choice.periods[-1]
    return table_files.of_dataset(
        f"areas-{level}-{first}-{last}", table, "Areas by one measure", given.dataset, f"{first} to {last}"
    )
