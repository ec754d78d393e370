"""Answer headers: what a browser may do with each answer, and whether it may keep it.

Nothing may be asked of another host. Scripts are files of this server, except in the frame of a component: there a map
comes as text, which that frame runs.
"""

import base64
import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from starlette.datastructures import MutableHeaders

# The one script that stands in Streamlit's page itself, and the style elements that its scripts make: one that is
# filled by script, and two of its widgets.
_FRONT_END_SCRIPT: Final = "\n      window.prerenderReady = false\n    "
_FRONT_END_STYLES: Final = (
    "",
    "@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}",
    "@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}",
)
COMPONENTS: Final = "/component/"
# What is the same for everybody, or named by what it holds; all else may hold figures and is kept nowhere.
_KEPT: Final = ("/static/", COMPONENTS, "/lc/leaflet/", "/lc/assets/", "/lc/geometry/", "/lc/tiles/")
_PERMISSIONS: Final = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
        "local-fonts", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
        "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
_COMMON: Final = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "media-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": _PERMISSIONS,
}


class Policies:
    """The content security policies of the answers of one app.

    ``styles`` are the texts of the style elements that its own pages hold, besides those of Streamlit's.
    """

    def __init__(self, styles: Iterable[str]) -> None:
        hashes = " ".join(_hash(text) for text in (*_FRONT_END_STYLES, *styles))
        # Attributes give parts their width and classes their colour, and cannot be named one by one.
        inline = "'self' 'unsafe-inline'"
        page = f"style-src {inline}; style-src-elem 'self' {hashes}; style-src-attr 'unsafe-inline'"
        self._page = f"script-src 'self' {_hash(_FRONT_END_SCRIPT)}; {page}; frame-ancestors 'none'"
        self._component = f"script-src {inline} 'unsafe-eval'; style-src {inline}; frame-ancestors 'self'"

    def of(self, path: str, host: str) -> str:
        """Return the policy of an answer; ``host`` is this server's own, with its port."""
        own = self._component if path.startswith(COMPONENTS) else self._page
        # Older browsers do not count a connection to this server as its own; a policy cannot name an IPv6 address.
        connections = "'self'" if host.startswith("[") else f"'self' ws://{host}"
        return f"{_COMMON}; connect-src {connections}; {own}"


def put_on(headers: MutableHeaders, status: int, path: str, policy: str) -> None:
    """Put on an answer's headers what every answer says; a stricter policy of a route stays, and is never framed."""
    headers.update(_ALWAYS)
    own = headers.get("content-security-policy")
    headers["Content-Security-Policy"] = policy if own is None else f"{own}; frame-ancestors 'none'"
    headers.setdefault("Referrer-Policy", "no-referrer")
    if not path.startswith(_KEPT) or status >= HTTPStatus.BAD_REQUEST:
        headers["Cache-Control"] = "no-store"


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
