import math

import pandas as pd
import pytest

from geo.charts import chart_look, forest_chart
from tests.unit.geo.charting import all_rows, layers, rows, sizes_of_text, specified, words


def changes(*ends):
    """A frame of changes from their ratio, low and high end."""
    return pd.DataFrame(
        [
            {"label": f"Change {at}", "ratio": ratio, "low": low, "high": high, "told": f"{ratio} ({low} to {high})"}
            for at, (ratio, low, high) in enumerate(ends)
        ]
    )


def drawn(*ends):
    return specified(forest_chart.forest_chart(changes(*ends), title="In words"))


def signs(spec):
    (layer,) = [layer for layer in layers(spec, "point") if "shape" in layer["encoding"]]
    return rows(spec, layer)


def axis_of(spec):
    return layers(spec, "rule")[0]["encoding"]["x"]


def test_a_change_that_may_be_none_is_round_and_others_point_their_way():
    spec = drawn((0.9, 0.6, 1.4), (1.8, 1.1, 2.9), (0.5, 0.3, 0.8))
    assert [(row["shape"], row["colour"]) for row in signs(spec)] == [
        ("circle", chart_look.ORDINARY),
        ("triangle-up", chart_look.UP),
        ("triangle-down", chart_look.DOWN),
    ]


def test_half_is_as_far_from_no_change_as_double():
    axis = axis_of(drawn((0.9, 0.6, 1.4)))
    low, high = axis["scale"]["domain"]
    assert axis["scale"]["type"] == "log"
    assert low * high == pytest.approx(1)
    assert low <= 0.5


@pytest.mark.parametrize("widest", [1.5, 3.0, 5.0, 100.0])
def test_no_change_is_named_on_every_axis(widest):
    axis = axis_of(drawn((1.2, 1.1, widest)))["axis"]
    labels = axis["values"]
    # A narrow chart leaves every other label out, beginning with the second.
    assert 1.0 in labels if len(labels) < 5 else labels[2] == 1.0
    assert "'no change'" in axis["labelExpr"]


@pytest.mark.parametrize(("ends", "shape"), [((2.0, 1.2, 40.0), "triangle-right"), ((0.0, 0.0, 1.3), "triangle-left")])
def test_a_range_that_goes_on_beyond_the_chart_ends_in_an_arrow(ends, shape):
    spec = drawn(ends)
    low, high = axis_of(spec)["scale"]["domain"]
    assert shape in [layer["mark"].get("shape") for layer in layers(spec, "point")]
    assert all(low <= row[end] <= high for row in signs(spec) for end in ("ratio", "low", "high"))


def test_an_endless_range_is_drawn():
    (row,) = signs(drawn((2.0, 0.5, math.inf)))
    assert row["after"]


def test_what_is_too_few_to_say_keeps_its_row_and_its_words():
    spec = drawn((0.9, 0.6, 1.4), (math.nan, math.nan, math.nan))
    assert [row["label"] for row in signs(spec)] == ["Change 0"]
    assert {"Change 1", "nan (nan to nan)"} <= set(words(spec))


def test_words_stand_clear_of_the_line_of_no_change():
    spec = drawn((0.9, 0.6, 1.4))
    (line,) = [row for row in all_rows(spec, "rule") if "one" in row]
    (text,) = rows(spec, layers(spec, "text")[0])
    assert text["words"] < line["top"] < line["foot"]


def test_the_chart_says_in_words_what_it_shows():
    spec = drawn((0.9, 0.6, 1.4))
    assert spec["description"] == "In words"
    assert min(sizes_of_text(spec)) >= 11
    assert all("tooltip" not in layer["encoding"] for layer in layers(spec, "text"))
