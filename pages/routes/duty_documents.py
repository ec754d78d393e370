"""Documents for a school's duties as downloads, and the list of what guidance asks; logged as every download is."""

from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.papers.written import MEDIA
from data.principal import LOCAL_USER
from data.services import duties
from data.services.duty_documents import duty_document
from data.services.opening import open_store
from geo.errors import InputError
from pages.routes import download_parts as parts

DUTIES: Final = "/lc/download/duties.csv"
_DOCUMENT: Final = "/lc/download/duties/{which}.docx"


def routes() -> list[Route]:
    """Return the routes to documents for duties."""
    return [Route(DUTIES, _list, methods=["GET"]), Route(_DOCUMENT, _document, methods=["GET"])]


def document_url(which: str) -> str:
    """Return the address of one of the documents."""
    return _DOCUMENT.format(which=which)


def _list(_request: Request) -> Response:
    return parts.logged(parts.csv_file("duties.csv", duties.duties_csv()), "duties.csv")


def _document(request: Request) -> Response:
    which = request.path_params["which"]
    try:
        content = duty_document(open_store(), LOCAL_USER, which, date.today())
    except InputError as refusal:
        return parts.refused(str(refusal), 404)
    named = {"Content-Disposition": f'attachment; filename="local-context-{which}.docx"'}
    answer = Response(content, media_type=MEDIA["docx"], headers=parts.NOT_KEPT | named)
    return parts.logged(answer, f"duties {which}")
