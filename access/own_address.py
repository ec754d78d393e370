"""Own address: whether a request was meant for this very server, and comes from its own pages.

A page of another site can send a browser here under a name that leads to this machine, from another port of it, or by
a form, a frame or a script. What the browser says of where a request comes from decides; it cannot be made to lie.
"""

from http import HTTPStatus
from typing import Final, NamedTuple

from starlette.datastructures import Headers
from starlette.types import Scope

NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
SAFE: Final = ("GET", "HEAD")
_USUAL_PORT: Final = {"http": 80, "https": 443}
_SCHEME: Final = {"ws": "http", "wss": "https"}
_FROM_HERE: Final = (None, "same-origin", "none")  # an older browser or a script, these pages, or the address bar


class Denial(NamedTuple):
    """Why a request is not answered: a status and one sentence."""

    status: HTTPStatus
    sentence: str


NOT_THIS_MACHINE: Final = Denial(
    HTTPStatus.MISDIRECTED_REQUEST,
    "Local Context answers on its own machine only, and this request came over the network; open it where it runs.",
)
NOT_THIS_HOST: Final = Denial(
    HTTPStatus.MISDIRECTED_REQUEST,
    "This server must be asked by its own address, and the request names another; open the link that was printed where "
    "Local Context was started.",
)
FROM_ANOTHER_SITE: Final = Denial(
    HTTPStatus.FORBIDDEN, "Local Context answers its own pages only, and this request comes from another site."
)
FROM_NOWHERE: Final = Denial(
    HTTPStatus.FORBIDDEN,
    "A request that changes something or opens a connection must say which page it comes from; this one does not.",
)


def refusal(scope: Scope, headers: Headers, *, has_token: bool) -> Denial | None:
    """Return why a request is refused, None where it is not. ``has_token`` says that a script has shown the token."""
    here, port = scope.get("server") or (None, None)
    if here not in LOOPBACK or port is None:
        return NOT_THIS_MACHINE
    scheme = _SCHEME.get(said := str(scope["scheme"]), said)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or hosts[0].lower() not in own_hosts(scheme, port):
        return NOT_THIS_HOST
    origins = headers.getlist("origin")
    if any(one != f"{scheme}://{hosts[0].lower()}" for one in origins) or len(origins) > 1:
        return FROM_ANOTHER_SITE
    changes = scope["type"] == "websocket" or scope["method"] not in SAFE
    if changes and not origins and not has_token:
        return FROM_NOWHERE
    return None if _is_from_here(scope, headers) else FROM_ANOTHER_SITE


def own_hosts(scheme: str, port: int) -> tuple[str, ...]:
    """Return what a request may name as its host; a browser leaves the usual port of a scheme out."""
    named = tuple(f"{name}:{port}" for name in NAMES)
    return (*named, *NAMES) if _USUAL_PORT.get(scheme) == port else named


def _is_from_here(scope: Scope, headers: Headers) -> bool:
    """Return whether a request was made by these pages or a person; a link on another site may lead to the start."""
    if headers.get("sec-fetch-site") in _FROM_HERE:
        return True
    to_the_start = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
    return to_the_start and (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
