"""Asks a real server as anybody could: by hand-written requests, with whatever headers."""

import http.client
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from access.sessions import cookie_name
from tests.browser.serving import BEARER, CHECKOUT, TOKEN

HANDSHAKE: Final = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
_ROUTES: Final = """
import json, sys, dashboard
found = dashboard.app._build_starlette_app().routes
json.dump([[one.path, sorted(getattr(one, "methods", None) or [])] for one in found], sys.stdout)
"""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Asked:
    """A server at an address of this machine."""

    url: str

    @property
    def port(self) -> int:
        port = urlsplit(self.url).port
        assert port is not None
        return port

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        return cookie_name(self.port)

    def ask(
        self,
        path: str = "/",
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        hosts: Sequence[str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send one request, with no header but those that are given, and return what comes back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for host in [self.host] if hosts is None else hosts:
                connection.putheader("Host", host)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            got = connection.getresponse()
            return Answer(
                got.status, got.headers, b"" if got.status == http.HTTPStatus.SWITCHING_PROTOCOLS else got.read()
            )
        finally:
            connection.close()

    def connect(self, headers: Mapping[str, str]) -> int:
        """Ask for the connection over which a page is told everything, and return the status of the answer."""
        return self.ask("/_stcore/stream", headers=HANDSHAKE | headers).status

    def session(self) -> dict[str, str]:
        """Follow the printed link, and return the header that a browser sends from then on."""
        answer = self.ask(f"/?token={TOKEN}")
        assert answer.status == http.HTTPStatus.SEE_OTHER
        return {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}


def routes() -> list[tuple[str, list[str]]]:
    """Return every route of the app, Streamlit's among them, with its methods, from the router itself."""
    made = subprocess.run([sys.executable, "-c", _ROUTES], cwd=CHECKOUT, capture_output=True, check=True, timeout=120)
    return [(path, methods) for path, methods in json.loads(made.stdout)]


__all__ = ["BEARER", "HANDSHAKE", "TOKEN", "Answer", "Asked", "routes"]
