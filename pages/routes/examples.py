"""Example files to download: official files as they are laid out, filled with the invented town."""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.demo import example_files
from pages.routes import templates

_PATH: Final = "/lc/example/{kind}"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def routes() -> list[Route]:
    """Return the routes of example files."""
    return [Route(_PATH, _example, methods=["GET"])]


def example_url(kind: str) -> str:
    """Return the address of an example: of an official file, or the template that an organisation fills in itself."""
    return _PATH.format(kind=kind) if kind in example_files.kinds() else templates.template_url(kind)


def _example(request: Request) -> Response:
    try:
        found = example_files.example(request.path_params["kind"])
    except KeyError:
        return PlainTextResponse("Not found", status_code=404, headers=_HEADERS)
    named = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, media_type=found.media_type, headers=_HEADERS | named)
