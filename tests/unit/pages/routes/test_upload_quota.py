"""Uploads beyond what a page, or all pages, may hold are refused in one sentence, and all else passes."""

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.routes.upload_quota import OF_ALL, OF_ONE, UploadQuota

LARGEST = 200 * 1024 * 1024


async def _kept(request: Request) -> Response:
    await request.body()
    return PlainTextResponse("kept")


def asking(held: dict[str, int], one: int = 60, every: int = 100) -> TestClient:
    app = Starlette(routes=[Route("/{path:path}", _kept, methods=["PUT", "POST"])])
    return TestClient(UploadQuota(app, lambda: held, one, every))


@pytest.mark.parametrize(
    ("held", "size", "status", "told"),
    [
        ({}, 60, 200, "kept"),
        ({}, 61, 413, "at most 0 MB in all"),
        ({"mine": 30}, 30, 200, "kept"),
        ({"mine": 30}, 31, 413, "brought together"),
        ({"other": 60}, 40, 200, "kept"),
        ({"other": 60}, 41, 413, "All pages together"),
    ],
)
def test_a_file_must_fit_what_its_page_and_all_pages_may_hold(
    held: dict[str, int], size: int, status: int, told: str
) -> None:
    answer = asking(held).put("/_stcore/upload_file/mine/1", content=b"x" * size)
    assert answer.status_code == status
    assert told in answer.text
    assert answer.text.count(". ") == 0


def test_a_file_without_its_size_is_refused_and_other_requests_are_not_counted() -> None:
    client = asking({"mine": 60})
    assert client.put("/_stcore/upload_file/mine/1", content=iter([b"x"])).status_code == 411
    assert client.post("/lc/search", content=b"x" * 500).text == "kept"


def test_files_that_arrive_at_once_are_counted_together() -> None:
    """The second of two is refused while the first is still on its way, and let in afterwards."""
    statuses: list[int] = []

    async def both() -> None:
        going, arrived = anyio.Event(), anyio.Event()

        async def slow(_scope: object, _receive: object, send: object) -> None:
            going.set()
            await arrived.wait()

        quota = UploadQuota(slow, dict, one=60, every=100)  # type: ignore[arg-type]

        async def put(size: int) -> None:
            async def send(message: dict[str, object]) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(int(str(message["status"])))

            headers = [(b"content-length", str(size).encode())]
            scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/mine/1", "headers": headers}
            await quota(scope, None, send)  # type: ignore[arg-type]

        async with anyio.create_task_group() as group:
            group.start_soon(put, 40)
            await going.wait()
            await put(40)
            arrived.set()
        await put(40)

    anyio.run(both)
    assert statuses == [413]


def test_the_quota_has_room_for_several_files_of_the_largest_size() -> None:
    assert OF_ONE >= 3 * LARGEST
    assert OF_ALL >= 2 * OF_ONE
