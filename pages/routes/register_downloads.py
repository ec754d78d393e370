"""Downloads of the register of known hotspots: all of it as one file, made when it is asked for."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.principal import LOCAL_USER
from data.services.opening import open_store
from data.services.register_exports import FORMATS, register_file
from data.services.table_files import FORMS
from geo.errors import InputError
from pages.routes import download_parts as parts

REGISTER: Final = "/lc/download/known-hotspots"
_MEDIA: Final = FORMS | {
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}


def routes() -> list[Route]:
    """Return the route to the register as a file."""
    return [Route(f"{REGISTER}.{{form}}", _answer, methods=["GET"])]


def register_url(form: str) -> str:
    """Return the address of the register in one of ``register_exports.FORMATS``."""
    return f"{REGISTER}.{form}"


def _answer(request: Request) -> Response:
    form = request.path_params["form"]
    try:
        content = register_file(open_store(), LOCAL_USER, form)
    except PermissionError as refusal:
        return parts.refused(str(refusal), 403)
    except InputError as fault:
        return parts.refused(str(fault), 404 if form not in FORMATS else 400)
    name = f"known-hotspots.{form}"
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return parts.logged(Response(content, media_type=_MEDIA[form], headers=parts.NOT_KEPT | named), name)
