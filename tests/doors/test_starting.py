"""How the app starts: a link with a token that opens it, on this machine alone, or one sentence and an exit code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from access.start_token import VARIABLE
from tests.browser import serving
from tests.browser.serving import CHECKOUT
from tests.doors.asking import Asked

STREAMLIT = ("streamlit", "run", "dashboard.py", "--server.port")
UVICORN = ("uvicorn", "dashboard:app", "--port")
ADDRESS = "Local Context must be served at 127.0.0.1 until sign-in is set up, "
TOKEN = "LOCAL_CONTEXT_TOKEN must be 32 or more letters, digits, dots or dashes, "  # noqa: S105
LINK = re.compile(
    r"^Open Local Context with (http://127\.0\.0\.1:\d+)/\?token=([\w-]{43}) and stop it with Ctrl\+C$", re.M
)


@pytest.mark.parametrize(
    ("command", "options", "settings", "sentence"),
    [
        (STREAMLIT, ("--server.address", "0.0.0.0"), {}, ADDRESS),  # noqa: S104
        (UVICORN, ("--host", "0.0.0.0"), {}, ADDRESS),  # noqa: S104
        pytest.param(STREAMLIT, (), {"STREAMLIT_SERVER_ADDRESS": "::"}, ADDRESS, marks=pytest.mark.thorough),
        pytest.param(UVICORN, (), {"UVICORN_HOST": "::"}, ADDRESS, marks=pytest.mark.thorough),
        pytest.param(UVICORN, ("--uds", "socket"), {}, ADDRESS, marks=pytest.mark.thorough),
        pytest.param(STREAMLIT, (), {VARIABLE: "short"}, TOKEN, marks=pytest.mark.thorough),
    ],
)
def test_what_would_let_others_in_does_not_start(
    tmp_path: Path, command: tuple[str, ...], options: tuple[str, ...], settings: dict[str, str], sentence: str
) -> None:
    log = tmp_path / "log"
    port = str(serving.free_port())
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    with log.open("wb") as output:
        ended = subprocess.run(
            [sys.executable, "-m", *command, port, *options],
            cwd=CHECKOUT,
            env=environment | {"LOCAL_CONTEXT_HOME": str(tmp_path)} | settings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            timeout=120,
        )
    said = log.read_text(encoding="utf-8")
    assert ended.returncode not in (0, None)
    assert said.count(sentence) == 1
    assert "Traceback" not in said
    assert "token=" not in said


def test_the_printed_link_opens_it_and_what_an_earlier_start_gave_does_not(demo_home: Path, tmp_path: Path) -> None:
    """Served by uvicorn itself, which writes a log of requests, and before it by Streamlit with a token that is set."""
    log = tmp_path / "log"
    with (
        serving.served(demo_home, tmp_path / "earlier.log") as url,
        serving.served(demo_home, log, program=(*UVICORN, "{port}"), settings={VARIABLE: ""}) as later_url,
    ):
        earlier, later = Asked(url), Asked(later_url)
        held = earlier.session()["Cookie"].partition("=")[2]
        assert earlier.ask("/", headers={"Cookie": f"{earlier.cookie}={held}"}).status == 200
        assert later.ask("/", headers={"Cookie": f"{later.cookie}={held}"}).status == 401
        link = LINK.search(log.read_text(encoding="utf-8"))
        assert link is not None
        assert link[1] == later_url
        opened = later.ask(f"/trends?a=b&token={link[2]}")
        assert (opened.status, opened.headers["location"]) == (303, "/trends?a=b")
        cookie = {"Cookie": opened.headers["set-cookie"].partition(";")[0]}
        assert later.ask("/trends", headers=cookie).status == 200
        assert earlier.ask(f"/?token={link[2]}").status == 401
    said = log.read_text(encoding="utf-8")
    assert '"GET /trends?a=b HTTP/1.1" 303' in said
    assert said.count(link[2]) == 1
