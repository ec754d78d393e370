"""Papers as files through the app's own route: written from what was stored, and logged as they go out."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.papers.written import MEDIA
from data.principal import LOCAL_USER
from data.services import briefing
from data.services.opening import open_store
from data.store.db_errors import DamagedError
from geo.errors import InputError
from pages.routes import download_parts as parts

PAPERS: Final = "/lc/papers"
_NO_FORM: Final = "A paper can be had as pdf, docx or html, and this is none of them; use the links on Briefing."
_LARGEST: Final = 2**31  # numbers of papers that a database can hold
# A web page of a paper runs nothing, asks for nothing and leads nowhere: its looks and its pictures are in it.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)


def routes() -> list[Route]:
    """Return the route of papers."""
    return [Route(f"{PAPERS}/{{number:int}}.{{form}}", _answer, methods=["GET"])]


def paper_url(number: int, form: str) -> str:
    """Return the address of a paper as one of ``data.papers.written.MEDIA``."""
    return f"{PAPERS}/{number}.{form}"


def _answer(request: Request) -> Response:
    number, form = request.path_params["number"], request.path_params["form"]
    if form not in MEDIA:
        return parts.refused(_NO_FORM, 400)
    if number >= _LARGEST:
        return parts.refused(f"There is no paper {number}; use the links on Briefing.", 404)
    try:
        content = briefing.paper_file(open_store(), LOCAL_USER, number, form)
    except (InputError, DamagedError) as fault:
        return parts.refused(str(fault), 404)
    how = "inline" if form == "html" else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="paper-{number}.{form}"'}
    if form == "html":
        headers["Content-Security-Policy"] = _POLICY
    return parts.logged(Response(content, media_type=MEDIA[form], headers=parts.NOT_KEPT | headers), f"paper.{form}")
