"""The gate: the outermost layer of the app, which every request and every connection passes before anything answers.

It answers only requests that were meant for this server, come from its own pages, and bring the cookie of a session or
the token of this start; and it says on every answer what a browser may do with it. Until the app has started in the
usual way there is no token, and nobody comes in.
"""

import os
import sys
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from access import listening, own_address
from access.answer_headers import Policies, put_on
from access.own_address import Denial
from access.request_bodies import read_body
from access.sessions import SESSION_HEADER, Sessions, cookie_name, session_name
from access.sign_in_page import FIELD, OPEN_THE_LINK, SIGN_IN, STYLE, WANTED, WRONG_LINK, local, sign_in_page
from access.start_token import PARAMETER, VARIABLE, StartToken
from geo.errors import InputError

_BEARER: Final = "Bearer "
_LARGEST: Final = 8_000  # bytes of the form of the page that asks for the link
_NO_SESSION: Final = Denial(HTTPStatus.UNAUTHORIZED, OPEN_THE_LINK)


class Gate:
    """ASGI middleware, of which an app has one; it begins with the app's lifespan.

    ``styles`` are the texts of the style elements that the app's own pages hold.
    """

    def __init__(self, app: ASGIApp, styles: Sequence[str] = ()) -> None:
        self._app = app
        self._policies = Policies((*styles, STYLE))
        self._token: StartToken | None = None
        self._sessions = Sessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in, and answer all else."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = await self._answer(scope, headers, receive)
        if _token_in(scope) is not None:  # a server writes its log of requests from here, after the answer
            scope["query_string"] = _without_token(scope).partition("?")[2].encode()
        path = scope["path"] if isinstance(answer, str) else SIGN_IN  # an answer of the gate is no component's
        out = _with_headers(path, self._policies.of(path, _host(scope, headers)), send)
        if isinstance(answer, str):
            await self._pass_on(scope, answer, receive, out)
        elif scope["type"] == "http":
            await answer(scope, receive, out)
        else:
            await send({"type": "websocket.close", "code": 1008})  # the server answers 403; no page could read words

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make the token as the app starts, and print the link once it has; refuse an address that others reach."""
        try:
            address = listening.served_at()
            self._token = token = StartToken.of(os.environ)
        except InputError as fault:
            await receive()
            await send({"type": "lifespan.startup.failed", "message": str(fault)})
            return

        async def told(message: Message) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                sys.stdout.write(f"{_open_with(token, address)}\n")
                sys.stdout.flush()

        await self._app(scope, receive, told)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive) -> str | Response:
        """Return the name of the session that a request belongs to, or else what it is answered."""
        token = self._token
        said = headers.get("authorization", "")
        shown = said.removeprefix(_BEARER) if token and said.startswith(_BEARER) else None
        has_token = token is not None and shown is not None and token.is_said(shown)
        refused = own_address.refusal(scope, headers, has_token=has_token)
        if refused is not None:
            return _in_words(refused)
        if token is None:
            return _in_words(_NO_SESSION)
        if has_token and shown is not None:
            return session_name(shown)
        name = self._session(scope, headers)
        if scope["type"] == "http":
            if scope["method"] == "POST" and scope["path"] == SIGN_IN:
                return await self._sign_in(token, Request(scope, receive))
            if scope["method"] == "GET" and (linked := _token_in(scope)) is not None:
                return self._open(token, scope, headers, linked, name)
        if name is not None:
            return name
        return _ask_for_the_link(scope, headers, OPEN_THE_LINK)

    def _session(self, scope: Scope, headers: Headers) -> str | None:
        """Return the name of the session whose cookie a request brings."""
        cookie = cookie_name(scope["server"][1])
        held = [pair.strip().partition("=") for line in headers.getlist("cookie") for pair in line.split(";")]
        named = (self._sessions.named(value) for name, _, value in held if name == cookie)
        return next((one for one in named if one is not None), None)

    def _open(self, token: StartToken, scope: Scope, headers: Headers, linked: str, name: str | None) -> Response:
        """Begin a session for the printed link, and lead on to the same address without the token."""
        wanted = _without_token(scope)
        if token.is_said(linked):
            return self._lead_to(wanted, scope, begin=name is None)
        return RedirectResponse(wanted, 303) if name else _ask_for_the_link(scope, headers, WRONG_LINK)

    async def _sign_in(self, token: StartToken, request: Request) -> Response:
        """Begin a session for a link that was pasted."""
        fields = parse_qs((await read_body(request, _LARGEST)).decode("utf-8", "replace"))
        wanted = local(fields.get(WANTED, ["/"])[0])
        if token.is_pasted(fields.get(FIELD, [""])[0]):
            return self._lead_to(wanted, request.scope, begin=True)
        return sign_in_page(WRONG_LINK, wanted, came_from_elsewhere=False)

    def _lead_to(self, wanted: str, scope: Scope, *, begin: bool) -> Response:
        answer = RedirectResponse(wanted, 303)
        if begin:
            secure = scope["scheme"] == "https"
            name = cookie_name(scope["server"][1])
            answer.set_cookie(name, self._sessions.begin(), httponly=True, samesite="strict", secure=secure)
        return answer

    async def _pass_on(self, scope: Scope, session: str, receive: Receive, send: Send) -> None:
        """Hand a request to the app with the name of its session; a fault of the app is answered like all else."""
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        kept = [(name, value) for name, value in scope["headers"] if name.lower() not in _NOT_PASSED_ON]
        inner = {**scope, "headers": [*kept, (SESSION_HEADER.encode(), session.encode())]}
        try:
            await self._app(inner, receive, noted)
        except Exception:
            if scope["type"] == "http" and not started:
                await PlainTextResponse("Something went wrong; try again.", 500)(scope, receive, send)
            raise


_NOT_PASSED_ON: Final = (SESSION_HEADER.encode(), b"authorization")


def _open_with(token: StartToken, address: str | None) -> str:
    """Write the line that is printed once the app has started."""
    link = token.link(address or "")
    if token.chosen:
        return f"Local Context is at {link} for whoever has the token of {VARIABLE}; stop it with Ctrl+C"
    return f"Open Local Context with {link} and stop it with Ctrl+C"


def _ask_for_the_link(scope: Scope, headers: Headers, said: str) -> Response:
    """Return what answers somebody without a session: a page for a page, one sentence for all else."""
    is_page = scope["type"] == "http" and scope["method"] == "GET" and "text/html" in headers.get("accept", "")
    if not is_page:
        return _in_words(_NO_SESSION)
    came_from_elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
    return sign_in_page(said, _without_token(scope), came_from_elsewhere=came_from_elsewhere)


def _in_words(refused: Denial) -> Response:
    asks = {"WWW-Authenticate": "Bearer"} if refused.status is HTTPStatus.UNAUTHORIZED else {}
    return PlainTextResponse(refused.sentence, refused.status, asks)


def _token_in(scope: Scope) -> str | None:
    """Return the token that an address holds, None where it holds none."""
    said = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    return said.get(PARAMETER)


def _without_token(scope: Scope) -> str:
    """Return the path and the query of a request without the token."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    query = urlencode([(name, value) for name, value in pairs if name != PARAMETER])
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    return local(f"{path}?{query}" if query else path)


def _with_headers(path: str, policy: str, send: Send) -> Send:
    """Return a ``send`` that puts on every answer what every answer says."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            put_on(MutableHeaders(scope=message), message["status"], path, policy)
        await send(message)

    return sent


def _host(scope: Scope, headers: Headers) -> str:
    """Return this server's own name and port, as the request has it where that is right."""
    _, port = scope.get("server") or (None, None)
    said = headers.get("host", "").lower()
    return said if said in own_address.own_hosts("http", port or 0) else f"127.0.0.1:{port}"
