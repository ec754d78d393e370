"""Pictures of charts: what they say, that they need nothing from elsewhere, and what is not drawn."""

import struct
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.papers.pictures import SCALE, WIDTH
from pages.routes import chart_images
from pages.routes.chart_images import LONGEST, chart_url, offer_chart
from pages.routes.transient_files import offer_unmade

SPEC: Final[dict[str, Any]] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "height": 100,
    "data": {"values": [{"month": "Sep 2021", "n": 4}, {"month": "Oct 2021", "n": 7}]},
    "mark": "bar",
    "encoding": {"x": {"field": "month", "type": "nominal"}, "y": {"field": "n", "type": "quantitative"}},
}
TITLE: Final = "Incidents at <b>Bus & Tram</b> Station: a rise"
LINES: Final = ("Harm group: Drugs and alcohol", "Source: police (open) · Sep–Oct 2021")


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=chart_images.routes()))


def test_a_picture_says_what_it_shows_from_where_and_of_which_day(client: TestClient) -> None:
    answer = client.get(chart_url(offer_chart(SPEC, TITLE, LINES, ["Bars: incidents"]), "svg"))
    assert answer.headers["content-type"] == "image/svg+xml"
    for words in ("Incidents at &lt;b&gt;Bus &amp; Tram&lt;/b&gt; Station", *LINES, "· downloaded ", "Bars: incidents"):
        assert words in answer.text
    assert "<b>" not in answer.text
    assert 'fill="#ffffff"' in answer.text


def test_a_picture_prints_sharply_is_named_by_its_title_and_is_not_kept(client: TestClient) -> None:
    answer = client.get(chart_url(offer_chart(SPEC, TITLE, LINES, ()), "png"))
    assert answer.content.startswith(b"\x89PNG")
    (width,) = struct.unpack(">I", answer.content[16:20])
    assert width >= SCALE * WIDTH
    named = answer.headers["content-disposition"]
    assert named.startswith('attachment; filename="incidents-at-b-bus-tram-b-station-a-rise-20')
    assert named.endswith('.png"')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_name_that_is_not_held_is_answered_in_one_sentence(client: TestClient) -> None:
    rows = offer_unmade(lambda: b"[]", "rows of a table")
    for name, kind in (("0" * 32, "svg"), (rows, "png"), (offer_chart(SPEC, TITLE, LINES, ()), "pdf")):
        answer = client.get(chart_url(name, kind))
        assert answer.status_code == 404
        assert answer.text == "This chart is held no longer; load its page again and download it from there."


def test_a_chart_of_too_many_figures_is_not_drawn(client: TestClient) -> None:
    answer = client.get(chart_url(offer_chart({"data": "x" * LONGEST}, TITLE, LINES, ()), "svg"))
    assert answer.status_code == 400
    assert answer.text.startswith("A picture must be of fewer figures")
