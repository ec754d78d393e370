import pandas as pd

from geo.charts import line_charts
from tests.unit.geo.charting import layers, specified


def test_a_few_and_a_missing_protected_figure_have_no_height_and_a_few_lies_in_the_band():
    frame = pd.DataFrame({"period": ["2022/23-1", "2022/23-2", "2022/23-3"], "n": [20.0, float("nan"), 0.0]})
    spec = specified(line_charts.trend(frame, ("2022/23-1", "2022/23-2"), "In words", about=True))
    drawn = [
        transform["calculate"]
        for layer in spec["layer"]
        for transform in layer.get("transform", [])
        if transform.get("as") == "drawn"
    ]
    assert drawn
    assert set(drawn) == {"isValid(datum.n) && datum.n < 10 ? null : datum.n"}
    few = [layer for layer in layers(spec, "bar") if "y2" in layer["encoding"]]
    assert [layer["encoding"]["y2"]["field"] for layer in few] == ["ceiling"]


def test_the_key_names_the_band_of_a_few_where_figures_are_protected():
    assert [sign for sign, _ in line_charts.trend_key(about=True)] == ["shade", "few"]
    assert [sign for sign, _ in line_charts.trend_key(about=False)] == ["shade"]
