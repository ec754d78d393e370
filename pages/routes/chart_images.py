"""Charts as pictures: what a page draws, drawn once more on the server as SVG or PNG, with its title and its source."""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.papers.pictures import draw, titled
from geo.register.markers import say_day
from pages.routes import download_parts as parts
from pages.routes.transient_files import made, offer_unmade, session_of

LONGEST: Final = 2_000_000  # characters of a chart with its figures
_KINDS: Final = {"svg": "image/svg+xml", "png": "image/png"}
_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME: Final = 80
_SAFE: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
_GONE: Final = "This chart is held no longer; load its page again and download it from there."
_TOO_LARGE: Final = "A picture must be of fewer figures; choose a shorter period or fewer areas."


def routes() -> list[Route]:
    """Return the routes to pictures of charts, ``/lc/charts/{name}.svg`` and ``.png``, drawn when asked for.

    They run in a worker thread. None holds exact figures of protected data: no page offers such a chart.
    """
    return [Route("/lc/charts/{name}.{kind}", _picture, methods=["GET"])]


def offer_chart(spec: dict[str, Any], title: str, lines: Sequence[str], key: Sequence[str]) -> str:
    """Hold a chart (Vega-Lite, its figures in it) with what stands above it in a picture; return its name.

    The last of ``lines`` is that of the source, and ``key`` says what the signs mean.
    """
    held = {"spec": spec, "title": title, "lines": [*lines], "key": [*key]}
    content = json.dumps(held, ensure_ascii=False)
    return offer_unmade(content.encode, content)


def chart_url(name: str, kind: str) -> str:
    """Address of the picture of a chart; ``kind`` is "svg" or "png"."""
    return f"/lc/charts/{name}.{kind}"


def _picture(request: Request) -> Response:
    kind, content = request.path_params["kind"], made(request.path_params["name"], session_of(request))
    if content is None or kind not in _KINDS:
        return parts.refused(_GONE, 404)
    if len(content) > LONGEST:
        return parts.refused(_TOO_LARGE, 400)
    held = json.loads(content)
    if not isinstance(held, dict):  # rows of a table
        return parts.refused(_GONE, 404)
    today = date.today()
    name = _NOT_IN_A_NAME.sub("-", held["title"]).strip("-").lower()[:_LONGEST_NAME].rstrip("-")
    named = {"Content-Disposition": f'attachment; filename="{name or "chart"}-{today.isoformat()}.{kind}"'}
    lines = [*held["lines"][:-1], f"{held['lines'][-1]} · downloaded {say_day(today)}", *held["key"]]
    content = draw(titled(held["spec"], held["title"], lines), kind)
    return parts.logged(Response(content, media_type=_KINDS[kind], headers=_SAFE | named), f"chart.{kind}")
