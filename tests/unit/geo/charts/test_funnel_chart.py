import numpy as np
import pandas as pd
import pytest

from geo.charts import chart_look, funnel_chart
from tests.unit.geo.charting import all_rows, layers, rows, sizes_of_text, specified, words


def areas(*ratios, beyond=None, chosen=None, expected=None):
    number = len(ratios)
    return pd.DataFrame(
        {
            "label": [f"Area {at}" for at in range(number)],
            "expected": expected or [20.0] * number,
            "ratio": ratios,
            "told": "20 where 20 are expected",
            "beyond": beyond or [0] * number,
            "chosen": chosen or [False] * number,
        }
    )


CURVES = pd.DataFrame(
    {
        "expected": [1.0, 100.0],
        "low95": [0.1, 0.8],
        "high95": [5.5, 1.2],
        "low998": [0.0, 0.7],
        "high998": [np.nan, 1.3],
    }
)


def drawn(frame):
    return specified(funnel_chart.funnel_chart(frame, CURVES, title="In words"))


def points(spec):
    (layer,) = [layer for layer in layers(spec, "point") if "shape" in layer["encoding"]]
    return rows(spec, layer)


def test_what_lies_beyond_has_a_shape_and_a_filling_beside_its_colour():
    spec = drawn(areas(1, 1.3, 1.8, 0.7, 0.4, beyond=[0, 1, 2, -1, -2]))
    assert [(row["shape"], row["colour"], row["fill"]) for row in points(spec)] == [
        ("circle", chart_look.ORDINARY, chart_look.ORDINARY),
        ("triangle-up", chart_look.UP, "#ffffff"),
        ("triangle-up", chart_look.UP, chart_look.UP),
        ("triangle-down", chart_look.DOWN, "#ffffff"),
        ("triangle-down", chart_look.DOWN, chart_look.DOWN),
    ]


def test_only_the_chosen_area_is_named_and_ringed():
    spec = drawn(areas(1, 1.1, chosen=[False, True]))
    assert set(words(spec)) == {"Area 1"}
    (ring,) = [layer for layer in layers(spec, "point") if layer["mark"].get("size") == 240]
    assert [row["label"] for row in rows(spec, ring)] == ["Area 1"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Boston Castle (Rotherham 017B)", ["Boston Castle (Rotherham 017B)"]),
        (
            "Edenthorpe, Kirk Sandall and Barnby Dun (Doncaster 011A)",
            ["Edenthorpe, Kirk Sandall and", "Barnby Dun", "(Doncaster 011A)"],
        ),
    ],
)
def test_a_long_name_is_broken_over_lines(name, lines):
    spec = drawn(areas(1, chosen=[True]).assign(label=name))
    assert [text.split("\n") for text in set(words(spec))] == [lines]
    assert {layer["mark"]["lineBreak"] for layer in layers(spec, "text")} == {"\n"}


@pytest.mark.parametrize(("expected", "align"), [(4.0, "left"), (90.0, "right")])
def test_a_name_is_written_towards_the_middle(expected, align):
    spec = drawn(areas(1, chosen=[True], expected=[expected]))
    assert {layer["mark"]["align"] for layer in layers(spec, "text")} == {align}


def test_an_area_off_the_chart_stands_at_its_edge_with_its_figure():
    spec = drawn(areas(1, 9.5))
    top = layers(spec, "rule")[0]["encoding"]["y"]["scale"]["domain"][1]
    assert top == 4
    assert points(spec)[1]["drawn"] < top
    assert "9.5 times" in words(spec)


def test_an_area_without_a_figure_is_left_out():
    assert len(points(drawn(areas(1, np.nan)))) == 1


def test_the_scale_is_of_square_roots_and_the_axis_says_so():
    (area,) = layers(drawn(areas(1)), "area")
    assert area["encoding"]["x"]["scale"]["type"] == "sqrt"
    assert "wider apart where small" in area["encoding"]["x"]["title"]


def test_a_limit_that_is_not_known_is_a_gap():
    spec = drawn(areas(1))
    assert all_rows(spec, "line")[0]["high998"] is None
    assert [layer["mark"]["strokeDash"] for layer in layers(spec, "line")] == [[5, 4], [5, 4], [1, 0], [1, 0]]


def test_the_chart_says_in_words_what_it_shows():
    spec = drawn(areas(1, chosen=[True]))
    assert spec["description"] == "In words"
    assert min(sizes_of_text(spec)) >= 11
