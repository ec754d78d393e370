"""The doors of a real server: only its own pages come in, in a browser that has followed the link of this start."""

import re
from collections.abc import Iterator
from contextlib import closing
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.store import partner_layers
from data.store.store import Store
from tests.browser.serving import served
from tests.doors.asking import BEARER, TOKEN, Asked, routes

RECORDER = """
import sys
def note(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        with open({log!r}, "a") as log:
            log.write(f"{{event}} {{args[1] if event != 'socket.getaddrinfo' else args[0]}}\\n")
sys.addaudithook(note)
"""
HTML = {"Accept": "text/html"}
PAGES = ("/", "/trends", "/datasets", "/guide")
NAVIGATE = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
HEADERS = {
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
KEPT = ("/lc/leaflet/", "/lc/assets/", "/lc/geometry/", "/lc/tiles/", "/component/", "/static/", "/{path:path}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doors")


@pytest.fixture(scope="module")
def server(demo_home: Path, folder: Path) -> Iterator[Asked]:
    """A server that notes whom it speaks to itself."""
    (folder / "sitecustomize.py").write_text(RECORDER.format(log=str(folder / "spoken-to")), encoding="utf-8")
    with served(demo_home, folder / "server.log", settings={"PYTHONPATH": str(folder)}) as url:
        yield Asked(url)


@pytest.fixture(scope="module")
def session(server: Asked) -> dict[str, str]:
    return server.session()


def filled(path: str) -> str:
    """Write an address that a route answers to."""
    numbered = re.sub(r"\{\w+:int\}", "1", path)
    return re.sub(r"\{\w+(:path)?\}", "a", numbered)


def own(server: Asked) -> dict[str, str]:
    return {"Origin": server.url}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_a_server_answers_to_its_own_names(server: Asked, name: str) -> None:
    assert server.ask("/", headers=BEARER, hosts=[f"{name}:{server.port}"]).status == 200


@pytest.mark.parametrize(
    "hosts",
    [
        ["rebound.example:{port}"],
        ["127.0.0.1"],
        ["localhost:1"],
        ["localhost.example:{port}"],
        ["127.0.0.1:{port}.example"],
        ["someone@127.0.0.1:{port}"],
        ["127.0.0.2:{port}"],
        ["0.0.0.0:{port}"],
        ["127.0.0.1:{port}", "rebound.example"],
        [""],
    ],
    ids=str,
)
def test_a_name_that_was_turned_to_this_machine_is_not_answered(server: Asked, hosts: list[str]) -> None:
    named = [host.format(port=server.port) for host in hosts]
    for path in ("/", "/_stcore/health", "/lc/download/areas.csv"):
        assert server.ask(path, headers=BEARER, hosts=named).status in (400, 421), path
    assert server.ask("/_stcore/stream", headers=BEARER | own(server), hosts=named).status in (400, 421)


def test_only_a_page_of_this_server_opens_the_connection(server: Asked, session: dict[str, str]) -> None:
    assert server.connect(session | own(server)) == 101
    other = f"http://127.0.0.1:{server.port + 1}"
    for origin in (other, f"http://localhost:{server.port}", "http://localhost:3000", "https://127.0.0.1", "null", ""):
        assert server.connect(session | {"Origin": origin}) == 403, origin
    assert server.connect(session | {"Origin": f"https://{server.host}"}) == 403
    assert server.connect(session | {"Origin": "https://other.example"}) == 403


def test_a_connection_without_an_origin_needs_the_token(server: Asked, session: dict[str, str]) -> None:
    assert server.connect(session) == 403
    assert server.connect(BEARER) == 101
    assert server.connect(BEARER | {"Origin": "https://other.example"}) == 403
    assert server.connect({"Authorization": f"Bearer {TOKEN[:-1]}"} | own(server)) == 403
    assert server.connect(own(server)) == 403


def test_every_route_is_shut_without_a_session_and_says_what_a_browser_may_do(server: Asked) -> None:
    found = routes()
    named = {
        "/_stcore/stream",
        "/media/{file_id:path}",
        "/lc/search",
        "/lc/rows/{name}.json",
        "/lc/partner/{digest}.json",
    }
    assert named <= {one for one, _ in found}
    for path, methods in found:
        is_shut(server, path, methods)


def is_shut(server: Asked, path: str, methods: list[str]) -> None:
    address = filled(path)
    for method in methods or ["GET"]:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": f"{server.cookie}=wrong"}):
            answer = server.ask(address, method, headers=headers | own(server))
            assert answer.status == 401, (path, method, headers)
            assert holds(answer.headers, server)
            assert answer.headers["cache-control"] == "no-store"
    answer = server.ask(address, headers=BEARER)
    assert answer.status not in (401, 403, 421), path
    assert holds(answer.headers, server, framed_by="'self'" if address.startswith("/component/") else "'none'")
    if not path.startswith(KEPT) or answer.status >= 400:
        assert answer.headers["cache-control"] == "no-store"


def holds(headers: object, server: Asked, framed_by: str = "'none'") -> bool:
    """Hold an answer to the headers of every answer, and its policy to naming no host but this server."""
    found = {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]
    assert {name: found.get(name) for name in HEADERS} == HEADERS
    assert found["referrer-policy"] in ("no-referrer", "same-origin")
    assert "camera=()" in found["permissions-policy"]
    policy = found["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith(f"frame-ancestors {framed_by}")
    assert set(re.findall(r"\S*(?::/|\*|\.)\S*", policy)) <= {f"ws://{server.host};", f"ws://{server.host}"}
    scripts = re.search(r"script-src ([^;]*)", policy)
    if framed_by == "'none'" and scripts is not None:
        assert "unsafe" not in scripts[1]
    return True


def test_pages_and_figures_are_kept_nowhere_and_drawings_in_this_browser_only(
    server: Asked, session: dict[str, str]
) -> None:
    page = server.ask("/trends", headers=session | HTML)
    assert page.headers["cache-control"] == "no-store"
    assert "Streamlit" in page.text
    script = re.search(r'src="\./(static/js/index[^"]+)"', page.text)
    assert script is not None
    assert server.ask(f"/{script[1]}", headers=session).status == 200
    leaflet = server.ask("/lc/leaflet/leaflet.js", headers=session)
    assert leaflet.headers["cache-control"] == "private, max-age=604800"


def test_a_layer_from_partners_goes_to_a_session_and_is_kept_nowhere(
    server: Asked, session: dict[str, str], demo_home: Path
) -> None:
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        [layer] = partner_layers.layers(store, LOCAL_USER)
    address = f"/lc/partner/{layer.digest}.json"
    assert server.ask(address).status == 401
    answer = server.ask(address, headers=session)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert layer.title not in answer.text
    assert server.ask(f"/lc/geometry/{layer.digest[:32]}.json", headers=session).status == 404
    assert server.ask(f"/lc/tiles/{layer.digest}/8/1/1.mvt", headers=session).status == 404


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_reaches_nothing_but_the_start_by_a_link(
    server: Asked, session: dict[str, str], site: str
) -> None:
    """What browsers say of a request that another site, or another port of this machine, has caused."""
    elsewhere = {"Sec-Fetch-Site": site}
    assert server.ask("/", headers=session | elsewhere | NAVIGATE).status == 200
    assert server.ask("/", headers=session | elsewhere | NAVIGATE | {"Sec-Fetch-Dest": "iframe"}).status == 403
    assert server.ask("/", headers=session | elsewhere | {"Sec-Fetch-Mode": "no-cors"}).status == 403
    for path in ("/trends", "/lc/download/areas.csv", "/app/my-school?page=trends", "/lc/leaflet/leaflet.js"):
        assert server.ask(path, headers=session | elsewhere | NAVIGATE).status == 403, path
    assert server.ask("/trends", headers=session | {"Sec-Fetch-Site": "none"} | NAVIGATE).status == 200


def test_what_changes_something_must_come_from_a_page_of_this_server(server: Asked, session: dict[str, str]) -> None:
    body = b'{"q": "castle", "dataset": 1}'
    as_json = session | {"Content-Type": "application/json"}
    assert server.ask("/lc/search", "POST", as_json | own(server), body=body).status == 200
    assert server.ask("/lc/search", "POST", as_json, body=body).status == 403
    for origin in ("null", "https://other.example", f"http://127.0.0.1:{server.port + 1}"):
        assert server.ask("/lc/search", "POST", as_json | {"Origin": origin}, body=body).status == 403
    for method in ("PUT", "DELETE", "OPTIONS"):
        assert server.ask("/_stcore/upload_file/a/b", method, session, body=b"").status == 403


def test_the_link_begins_a_session_and_leads_on_without_the_token(server: Asked) -> None:
    answer = server.ask(f"/trends?school=A+%26+B&token={TOKEN}&harm=Drugs&harm=Other", headers=HTML)
    assert (answer.status, answer.body) == (303, b"")
    assert answer.headers["location"] == "/trends?school=A+%26+B&harm=Drugs&harm=Other"
    cookie = SimpleCookie(answer.headers["set-cookie"])[f"local_context_{server.port}"]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("strict", "/", "")
    assert cookie.value not in TOKEN
    held = {"Cookie": f"other=1; local_context_1=x; {server.cookie}={cookie.value}"}
    assert server.ask("/trends", headers=held).status == 200
    again = server.ask(f"/?token={TOKEN}", headers=held)
    assert (again.status, again.headers["location"], again.headers["set-cookie"]) == (303, "/", None)


@pytest.mark.parametrize("path", PAGES)
def test_a_bookmark_without_a_session_asks_for_the_link_and_keeps_its_address(server: Asked, path: str) -> None:
    answer = server.ask(f"{path}?school=%3Cb%3E%22&from=Jan+2021", headers=HTML)
    assert answer.status == 401
    assert "Open the link that was printed where Local Context was started." in answer.text
    assert f'value="{path}?school=%3Cb%3E%22&amp;from=Jan+2021"' in answer.text
    assert TOKEN not in answer.text
    assert answer.headers["set-cookie"] is None


@pytest.mark.parametrize("pasted", ["{token}", "  {token}\n", "http://127.0.0.1:8501/?token={token}"])
def test_the_link_may_be_pasted_and_leads_to_the_bookmark(server: Asked, pasted: str) -> None:
    form = own(server) | {"Content-Type": "application/x-www-form-urlencoded"}
    text = pasted.format(token=TOKEN).replace("&", "%26").strip("\n")
    body = f"pasted={text}&wanted=%2Ftrends%3Fa%3Db".encode()
    answer = server.ask("/lc/sign-in", "POST", form, body=body)
    assert (answer.status, answer.headers["location"]) == (303, "/trends?a=b")
    assert answer.headers["set-cookie"].startswith(server.cookie)
    assert server.ask("/lc/sign-in", "POST", form | {"Origin": "null"}, body=body).status == 403
    wrong = server.ask("/lc/sign-in", "POST", form, body=b"pasted=wrong&wanted=https://other.example/")
    assert wrong.status == 401
    assert 'value="/"' in wrong.text
    assert "not the link of this start" in wrong.text


@pytest.mark.parametrize(
    "wrong", ["", "wrong", TOKEN[:-1], TOKEN + "0", TOKEN.upper(), "%00", "é", "PERTeyt2tfnsElrAGnCkIDZheCO4-bN5XcyIR"]
)
def test_a_wrong_token_or_one_of_an_earlier_start_opens_nothing(server: Asked, wrong: str) -> None:
    address = f"/?token={wrong}".encode().decode("latin-1").replace("é", "%C3%A9").replace("Ã©", "%C3%A9")
    answer = server.ask(address, headers=HTML)
    assert (answer.status, answer.headers["set-cookie"]) == (401, None)
    assert "not the link of this start" in answer.text
    assert server.ask("/", headers={"Authorization": f"Bearer {wrong}".encode().decode("latin-1")}).status in (400, 401)


def test_a_session_is_not_what_a_request_says_it_is(server: Asked, session: dict[str, str]) -> None:
    """Neither the header by which the gate names a session nor one of a proxy brings anybody in."""
    for name in ("X-Local-Context-Session", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Original-URL"):
        assert server.ask("/", headers={name: "127.0.0.1"}).status == 401
    forged = session | {"X-Forwarded-Host": "other.example", "X-Forwarded-Proto": "https"}
    assert server.ask("/lc/search", "POST", forged | {"Origin": "https://other.example"}, body=b"{}").status == 403


def test_more_than_a_page_may_hold_is_refused_in_words_before_it_is_read(server: Asked) -> None:
    headers = BEARER | own(server) | {"Content-Length": "700000000"}
    answer = server.ask("/_stcore/upload_file/a/b", "PUT", headers)
    assert answer.status == 413
    assert "at most 640 MB in all" in answer.text


def test_nobody_else_is_asked_for_anything_whatever_comes(server: Asked, folder: Path) -> None:
    """A foreign origin once made the server ask another host which address it has itself."""
    for origin in ("http://rebound.example", "http://8.8.8.8", "http://10.0.0.1:8501"):
        assert server.connect(BEARER | {"Origin": origin}) == 403
        assert server.ask("/", headers=BEARER | {"Origin": origin}).status == 403
        assert server.ask("/", headers=BEARER, hosts=[origin.removeprefix("http://")]).status == 421
    noted = folder / "spoken-to"
    spoken_to = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
    assert [line for line in spoken_to if "127.0.0.1" not in line and "localhost" not in line] == []


def test_the_token_is_in_no_log(server: Asked, folder: Path) -> None:
    server.ask(f"/?token={TOKEN}")
    said = (folder / "server.log").read_text(encoding="utf-8")
    assert TOKEN not in said
    link = f"Local Context is at {server.url}/ for whoever has the token of LOCAL_CONTEXT_TOKEN; stop it with Ctrl+C"
    assert link in said.splitlines()
