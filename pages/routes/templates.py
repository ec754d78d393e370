"""Templates to fill in, as files: the same for everybody, made when they are asked for."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.services import templates
from geo.errors import InputError
from pages.routes import download_parts as parts

TEMPLATE: Final = "/lc/download/template"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes() -> list[Route]:
    """Return the route to templates."""
    return [Route(f"{TEMPLATE}/{{kind}}", _answer, methods=["GET"])]


def template_url(kind: str) -> str:
    """Return the address of the template for a kind of file, one of ``templates.KINDS``."""
    return f"{TEMPLATE}/{kind}"


def _answer(request: Request) -> Response:
    try:
        name, content = templates.template(request.path_params["kind"])
    except InputError as fault:
        return parts.refused(str(fault), 404)
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_XLSX, headers=parts.NOT_KEPT | named)
