"""My school, remembered on this computer: a cookie that holds the school's URN, and nothing about a person."""

import re
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pages.routes import download_parts as parts

MY_SCHOOL: Final = "/app/my-school"
COOKIE: Final = "my_school"
_SECONDS: Final = 365 * 24 * 60 * 60
_URN: Final = re.compile(r"[0-9A-Za-z]{1,20}")
_PAGE: Final = re.compile(r"[a-z-]{0,40}")
_OWN: Final = (None, "same-origin", "none")  # who may have a school remembered: a link of these pages, or a bookmark
_NEEDS: Final = "A school is remembered by its URN, and leads back to a page; choose your school on Local context."


def routes() -> list[Route]:
    """Return the route that remembers a school, or forgets it, and leads back to a page."""
    return [Route(MY_SCHOOL, _answer, methods=["GET"])]


def choose_address(urn: str, label: str, page: str, held: dict[str, str | list[str]]) -> str:
    """Return the address that remembers a school and shows a page for it, whose pickers hold ``held``."""
    return f"{MY_SCHOOL}?{urlencode({'urn': urn, 'page': page, 'school': label, **held}, doseq=True)}"


def forget_address(page: str) -> str:
    """Return the address that forgets the school and shows a page."""
    return f"{MY_SCHOOL}?{urlencode({'page': page})}"


def _answer(request: Request) -> Response:
    """Remember the ``urn``, or forget it where there is none, and lead to ``page`` with all other parameters."""
    query = request.query_params
    urn, page = query.get("urn"), query.get("page", "")
    if not _PAGE.fullmatch(page) or (urn is not None and not _URN.fullmatch(urn)):
        return parts.refused(_NEEDS, 400)
    held = urlencode([(key, value) for key, value in query.multi_items() if key not in ("urn", "page")])
    answer = RedirectResponse(f"/{page}?{held}" if held else f"/{page}", 303, {"Cache-Control": "no-store"})
    if request.headers.get("sec-fetch-site") not in _OWN:
        return answer
    if urn is None:
        answer.delete_cookie(COOKIE)
    else:
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, urn, max_age=_SECONDS, secure=secure, httponly=True, samesite="lax")
    return answer
