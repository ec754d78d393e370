import json

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.charts import chart_look


def page():
    import pandas as pd

    from pages.components.charts import line_charts

    frame = pd.DataFrame({"period": ["2022/23-1", "2022/23-2", "2022/23-3"], "n": [20.0, float("nan"), 0.0]})
    line_charts.trend(frame, ("2022/23-1", "2022/23-2"), "In words", about=True)


def test_a_few_and_a_missing_protected_figure_have_no_height_and_a_few_lies_in_the_band():
    app = AppTest.from_function(page).run()
    assert not app.exception
    (chart,) = app.get("vega_lite_chart")
    drawn = [
        transform["calculate"]
        for layer in json.loads(chart.proto.spec)["layer"]
        for transform in layer.get("transform", [])
        if transform.get("as") == "drawn"
    ]
    assert drawn
    assert set(drawn) == {"isValid(datum.n) && datum.n < 10 ? null : datum.n"}
    few = [layer for layer in json.loads(chart.proto.spec)["layer"] if layer["mark"]["type"] == "bar"]
    assert [layer["encoding"]["y2"]["field"] for layer in few if "y2" in layer["encoding"]] == ["ceiling"]


@pytest.mark.parametrize("value", [None, float("nan")])
def test_what_is_missing_is_not_known(value):
    assert chart_look.known(value) is None


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(18, [0, 5, 10, 15]), (0.7, [0, 0.2, 0.4, 0.6]), (1200, [0, 500, 1000]), (2, [0, 0.5, 1, 1.5, 2])],
)
def test_ticks_are_round(most, ticks):
    assert chart_look.ticks(most, 4) == pytest.approx(ticks)


def test_words_of_a_key_are_escaped():
    assert "&lt;b&gt;" in chart_look.key([("dot", "<b>")])
