"""Charts drawn for downloads and papers: complete in themselves, the same each time, and safe whatever they say."""

import struct
from typing import Any, Final
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.papers import pictures
from geo.charts import forest_chart, line_charts
from geo.errors import InputError

SPEC: Final[dict[str, Any]] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "height": 100,
    "data": {"values": [{"month": "Sep 2021", "n": 4}, {"month": "Oct 2021", "n": 7}]},
    "mark": {"type": "bar", "clip": True},
    "encoding": {
        "x": {"field": "month", "type": "nominal"},
        "y": {"field": "n", "type": "quantitative"},
        "tooltip": {"field": "month", "type": "nominal"},
    },
}


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in parsed(svg).iter() if element.tag.endswith("}text")]


def bars(label: str) -> str:
    frame = pd.DataFrame({"harm": [label, "Other"], "n": [30.0, 4.0]})
    return pictures.paper_svg(line_charts.bars(frame, "harm", "In words", about=True), 640)


@pytest.mark.parametrize(
    "part",
    [
        {"data": {"url": "http://127.0.0.1:9/x.json"}},
        {"data": {"url": "file:///etc/hostname"}},
        {"layer": [{"mark": {"type": "image", "url": "http://127.0.0.1:9/x.png"}}]},
        {"encoding": {"url": {"value": "http://127.0.0.1:9/x.png"}}},
    ],
)
def test_a_chart_may_ask_no_address_for_anything(part: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must hold its figures"):
        pictures.draw({**SPEC, **part}, "svg")
    with pytest.raises(ValueError, match="must hold its figures"):
        pictures.paper_svg({**SPEC, **part}, 640)


def test_a_picture_for_a_paper_is_on_white_as_wide_as_asked_and_in_one_font() -> None:
    root = parsed(pictures.paper_svg({**SPEC, "background": "transparent"}, 640))
    assert root.get("width") == "640"
    assert root[0].get("fill") == "#ffffff"
    faces = [element.get("font-family") for element in root.iter() if element.tag.endswith("}text")]
    assert set(faces) == {pictures.PAPER_FONT}


def test_the_same_chart_gives_the_same_picture_and_two_share_no_name_of_a_part() -> None:
    one, again = pictures.paper_svg(SPEC, 640), pictures.paper_svg(SPEC, 640)
    other = pictures.paper_svg({**SPEC, "height": 90}, 640)
    assert one == again
    names = [{element.attrib["id"] for element in parsed(svg).iter() if "id" in element.attrib} for svg in (one, other)]
    assert all(names)
    assert names[0].isdisjoint(names[1])
    assert all(f"url(#{name})" in one for name in names[0])


def test_a_picture_for_a_paper_says_nothing_that_is_not_seen() -> None:
    months = [f"{year}-{month:02d}" for year in range(2015, 2023) for month in range(1, 13)]
    frame = pd.DataFrame({"period": months, "n": [20.0] * len(months)})
    svg = pictures.paper_svg(line_charts.trend(frame, ("2020-01", "2020-12"), "In words"), 300)
    assert 'opacity="0"' not in svg
    assert "aria-" not in svg
    assert "role=" not in svg
    assert len(texts(svg)) == len(set(texts(svg)))


def test_changes_are_told_apart_in_grey_by_their_shapes() -> None:
    rows = [("Fall", 0.5, 0.3, 0.8), ("Rise", 2.0, 1.4, 3.0), ("Neither", 1.1, 0.8, 1.4)]
    frame = pd.DataFrame(rows, columns=["label", "ratio", "low", "high"]).assign(told="in words")
    root = parsed(pictures.paper_svg(forest_chart.forest_chart(frame, title="In words"), 640))
    colours = {"#b25d00", "#1f5a9e", "#56606b"}
    shapes = {element.get("fill"): element.get("d") for element in root.iter() if element.get("fill") in colours}
    assert shapes.keys() == colours
    assert len(set(shapes.values())) == len(colours)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_words_in_a_chart_change_nothing_but_themselves(label: str) -> None:
    assert any(said.startswith("about 30") for said in texts(bars(label)))


@pytest.mark.parametrize(
    "label",
    ["\x00\x0b", "\ufffe", "emoji: \U0001f600", '" id="x" font-family="y', "]]><script>", "\u202eabc", "url(#p0)"],
)
def test_hostile_words_in_a_chart_are_words(label: str) -> None:
    said = "".join(at if " " <= at < "\ufffe" else "\ufffd" for at in label)
    assert said in texts(bars(label))
    pictures.draw({**SPEC, "title": label}, "svg")


@pytest.mark.parametrize("width", [640, 1500])
def test_a_picture_becomes_a_png_as_wide_as_asked(width: int) -> None:
    png = pictures.svg_png(pictures.paper_svg(SPEC, 640), width)
    assert struct.unpack(">I", png[16:20]) == (width,)
    in_points = '<svg xmlns="http://www.w3.org/2000/svg" width="144pt" height="72pt"/>'
    assert struct.unpack(">I", pictures.svg_png(in_points, width)[16:20]) == (width,)


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/hostname"/>',
        '<image xmlns:x="http://www.w3.org/1999/xlink" x:href="http://127.0.0.1:9/x.png"/>',
        '<rect fill="url(http://127.0.0.1:9/x.svg#y)"/>',
        "<style>@import 'http://127.0.0.1:9/x.css'</style>",
    ],
)
def test_a_picture_that_asks_an_address_is_not_drawn(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">{inside}</svg>'
    with pytest.raises(InputError, match="must hold all that it shows"):
        pictures.svg_png(svg, 200)


@pytest.mark.parametrize("width", ["", 'width="100%"', 'width="1e9em"'])
def test_a_picture_must_say_how_wide_it_is(width: str) -> None:
    with pytest.raises(InputError, match="must say its width"):
        pictures.svg_png(f'<svg xmlns="http://www.w3.org/2000/svg" {width}/>', 200)
