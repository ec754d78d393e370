"""The gate lets in whoever has shown the token, passes nothing on that it has not judged, and marks every answer."""

import gc
from collections.abc import Iterator

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from access import listening
from access.gate import Gate
from access.own_address import own_hosts
from access.sessions import LONGEST_IDLE, SESSION_HEADER, Sessions, session_name
from access.sign_in_page import local
from access.start_token import VARIABLE, StartToken
from geo.errors import InputError

SET = "0123456789abcdef-._~ABCDEF0123456789"
URL = "http://127.0.0.1:8501"
BEARER = {"Authorization": f"Bearer {SET}"}


async def _told(request: Request) -> Response:
    said = request.headers.getlist(SESSION_HEADER)
    return PlainTextResponse(f"{said} {'authorization' in request.headers}")


async def _failing(_request: Request) -> Response:
    raise RuntimeError("a value of a row")


async def _strict(_request: Request) -> Response:
    return PlainTextResponse("x", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "public"})


def app() -> Starlette:
    routes = [Route("/", _told), Route("/fails", _failing), Route("/strict", _strict)]
    return Starlette(routes=routes, middleware=[Middleware(Gate, styles=("@import 'x.css';",))])


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser of sorts at an app that has started with the token SET."""
    monkeypatch.setenv(VARIABLE, SET)
    with TestClient(app(), base_url=URL, raise_server_exceptions=False, follow_redirects=False) as started:
        yield started


def test_an_app_that_has_not_started_in_the_usual_way_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SET)
    asking = TestClient(app(), base_url=URL)
    assert asking.get("/", headers=BEARER).status_code == 401
    assert asking.get(f"/?token={SET}").status_code == 401


def test_what_a_server_logs_of_a_request_has_no_token_even_if_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    scopes: list[dict[str, object]] = []
    gate = Gate(PlainTextResponse("x"))

    async def noted(scope: dict[str, object], receive: object, send: object) -> None:
        scopes.append(scope)
        await gate(scope, receive, send)  # type: ignore[arg-type]

    asking = TestClient(noted, base_url=URL)  # type: ignore[arg-type]
    for headers in ({}, {"Host": "other.example"}, {"Origin": "http://other.example"}):
        assert asking.get(f"/trends?a=b&token={SET}", headers=headers).status_code in (401, 403, 421)
    assert [scope["query_string"] for scope in scopes] == [b"a=b"] * 3


@pytest.mark.parametrize("here", ["http://192.168.1.2:8501", "http://10.0.0.1:8501", "http://[fe80::1]:8501"])
def test_a_request_over_the_network_is_refused_even_if_something_listens_there(client: TestClient, here: str) -> None:
    answer = client.get(here, headers=BEARER)
    assert (answer.status_code, answer.text.count(".")) == (421, 1)


def test_the_app_learns_the_session_from_the_gate_alone(client: TestClient) -> None:
    forged = client.get("/", headers=BEARER | {SESSION_HEADER: "someone else"}).text
    assert forged == f"['{session_name(SET)}'] False"
    assert client.get(f"/?token={SET}").status_code == 303
    with_cookie = client.get("/", headers={SESSION_HEADER: "someone else"}).text
    assert "someone" not in with_cookie
    assert with_cookie != forged


def test_a_fault_of_the_app_is_answered_in_words_and_marked_like_all_else(client: TestClient) -> None:
    answer = client.get("/fails", headers=BEARER)
    assert (answer.status_code, answer.text) == (500, "Something went wrong; try again.")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_a_stricter_policy_of_a_route_stays(client: TestClient) -> None:
    answer = client.get("/strict", headers=BEARER)
    assert answer.headers["content-security-policy"] == "sandbox; frame-ancestors 'none'"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("value", ["a" * 31, "a" * 31 + " ", "a" * 40 + "&", "a" * 40 + "é", "a" * 40 + "\n"])
def test_a_token_that_is_short_or_could_not_stand_in_a_link_is_refused_in_one_sentence(value: str) -> None:
    with pytest.raises(InputError) as refused:
        StartToken.of({VARIABLE: value})
    assert value not in str(refused.value)
    assert str(refused.value).endswith("leave it unset.")


def test_every_start_has_a_token_of_its_own_which_nothing_prints_but_its_link() -> None:
    first, second = StartToken.of({}), StartToken.of({VARIABLE: ""})
    link = first.link(URL)
    assert link.startswith(f"{URL}/?token=")
    assert first.is_pasted(link)
    assert first.is_pasted(f" {link} ")
    assert not second.is_pasted(link)
    assert link.partition("=")[2] not in f"{first!r} {first}"
    assert StartToken.of({VARIABLE: SET}).link(URL) == f"{URL}/"


def test_a_session_ends_when_it_was_not_used_for_long() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    secret = sessions.begin()
    for _ in range(3):
        now[0] += LONGEST_IDLE
        assert sessions.named(secret) == session_name(secret)
    now[0] += LONGEST_IDLE + 1
    assert sessions.named(secret) is None
    assert sessions.named(session_name(secret)) is None
    assert Sessions().named(sessions.begin()) is None


def test_sessions_do_not_pile_up() -> None:
    sessions = Sessions()
    first, *_, last = [sessions.begin() for _ in range(1_001)]
    assert sessions.named(first) is None
    assert sessions.named(last) is not None


def test_a_usual_port_may_be_left_out() -> None:
    assert "127.0.0.1" in own_hosts("http", 80)
    assert "localhost" in own_hosts("https", 443)
    assert "127.0.0.1" not in own_hosts("http", 8501) + own_hosts("http", 443)


@given(st.text() | st.sampled_from(["//a.example", "/\\a.example", "https://a.example/", "/a\n", "/a?b=c"]))
def test_nobody_is_led_away_from_this_server(wanted: str) -> None:
    led = local(wanted)
    assert led.startswith("/")
    assert not led.startswith(("//", "/\\"))
    assert led.isprintable()


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ({"host": "127.0.0.1", "port": 8501}, "http://127.0.0.1:8501"),
        ({"host": "localhost", "port": 80}, "http://127.0.0.1:80"),
        ({"host": "::1", "port": 8501}, "http://[::1]:8501"),
        ({"host": "127.0.0.1", "port": 0}, None),
    ],
)
def test_the_link_names_the_address_that_the_app_is_served_at(options: dict[str, object], address: str | None) -> None:
    assert served_at(options) == address


@pytest.mark.parametrize(
    "options",
    [{"host": host} for host in ("0.0.0.0", "::", "", "192.168.1.2", "school.example", "127.0.0.1.example")]  # noqa: S104
    + [{"uds": "/tmp/socket"}, {"fd": 3}],  # noqa: S108
)
def test_any_other_address_is_refused_in_one_sentence(options: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"^Local Context must be served at 127\.0\.0\.1 until [^.]*\.$"):
        served_at(options)


def served_at(options: dict[str, object]) -> str | None:
    gc.collect()
    configured = uvicorn.Config(app="none", **options)  # type: ignore[arg-type]
    configured.loaded = True
    return listening.served_at()
