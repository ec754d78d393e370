"""A quota of uploads: how much a page, and all pages together, may hold in this machine's memory.

Streamlit keeps every uploaded file in memory until its page has gone, and bounds the size of one file only. A file is
counted from when it begins to arrive.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from pages.routes import download_parts as parts

MB: Final = 1_000_000
OF_ONE: Final = 640 * MB  # three files of the largest size, or all that a place needs, dropped at once
OF_ALL: Final = 1_500 * MB  # what a machine of 4 GB can spare beside the figures that it shows
_UPLOAD: Final = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+")
_NO_SIZE: Final = "A file must be sent with its size, and this one came without; choose it on the page again."
_OF_ONE: Final = (
    "Files that are brought together must be at most {most} MB in all, and with this one they would be more; bring the "
    "first ones in before you choose it."
)
_OF_ALL: Final = (
    "All pages together may hold at most {most} MB of files, and with this one it would be more; bring in or remove "
    "what other pages hold, or close them, and try again in three minutes."
)


class UploadQuota:
    """ASGI middleware that refuses an upload beyond the quota, in one sentence, before any of it is read.

    ``held`` says how many bytes the pages hold, by their session of Streamlit's.
    """

    def __init__(
        self, app: ASGIApp, held: Callable[[], Mapping[str, int]] | None = None, one: int = OF_ONE, every: int = OF_ALL
    ) -> None:
        self._app, self._held = app, held or uploaded
        self._one, self._every = one, every
        self._arriving = Counter[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let an upload pass where there is room for it, and everything else."""
        found = _UPLOAD.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "")
        if not stated.isdecimal():
            await parts.refused(_NO_SIZE, HTTPStatus.LENGTH_REQUIRED)(scope, receive, send)
            return
        session, size = found[1], int(stated)
        full = self._full(session, size)
        if full is not None:
            await parts.refused(full, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)(scope, receive, send)
            return
        self._arriving[session] += size
        try:
            await self._app(scope, receive, send)
        finally:
            self._arriving[session] -= size
            if not self._arriving[session]:
                del self._arriving[session]

    def _full(self, session: str, size: int) -> str | None:
        """Say why there is no room for so many bytes more; None where there is."""
        held = self._held()
        if held.get(session, 0) + self._arriving[session] + size > self._one:
            return _OF_ONE.format(most=f"{self._one // MB:,}")
        if sum(held.values()) + self._arriving.total() + size > self._every:
            return _OF_ALL.format(most=f"{self._every // MB:,}")
        return None


def uploaded() -> dict[str, int]:
    """Return how many bytes of files Streamlit holds, by session."""
    if not runtime.exists():
        return {}
    storage = runtime.get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return {session: sum(len(one.data) for one in [*files.values()]) for session, files in [*storage.items()]}
