import numpy as np
import pandas as pd
import pytest

from geo.charts import chart_look, control_chart, control_layout
from geo.charts.control_chart import ControlChartSpec
from geo.charts.control_layout import Mark, Phase
from tests.unit.geo.charting import all_rows, layers, rows, sizes_of_text, specified, words
from tests.unit.geo.maps.test_classes import contrast

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def months(values, *, begin=0, **columns):
    """A frame of months from January 2018 on, ``begin`` months later, with limits 2 to 18 unless told otherwise."""
    at = [begin + number for number in range(len(values))]
    frame = pd.DataFrame(
        {
            "order": range(len(values)),
            "label": [f"{MONTHS[one % 12]} {2018 + one // 12}" for one in at],
            "axis": [f"{MONTHS[one % 12]}\n{2018 + one // 12}" for one in at],
            "value": np.array(values, dtype=float),
            "told": [f"{value:,.0f}" for value in values],
            "few": False,
            "threshold": np.nan,
            "centre": 10.0,
            "low": 2.0,
            "high": 18.0,
            "course": "",
            "left_out": False,
            "why": "",
        }
    )
    return frame.assign(**columns)


def drawn(frame, **more):
    return specified(control_chart.control_chart(ControlChartSpec(frame, "In words", "Incidents a month", **more)))


def figures(spec):
    """The layer with a point for each period."""
    (layer,) = [layer for layer in layers(spec, "point") if "shape" in layer["encoding"]]
    return layer


def domain(layer, channel):
    return layer["encoding"][channel]["scale"]["domain"]


def surfaces(spec, colour):
    return [row for row in all_rows(spec, "rect") if row.get("colour") == colour]


def test_a_gap_breaks_the_line_and_is_named():
    spec = drawn(months([10, np.nan, np.nan, 12]))
    (line,) = layers(spec, "line")
    assert [row["drawn"] for row in rows(spec, line)] == [10, None, None, 12]
    (gap,) = surfaces(spec, control_layout.MISSING)
    assert (gap["first"], gap["last"]) == (0.5, 2.5)
    assert "no figures" in words(spec)


@pytest.mark.parametrize("length", [4, 60, 133])
def test_a_gap_is_hatched_from_side_to_side_and_what_is_chosen_is_not(length):
    values = [10.0] * length
    values[1] = np.nan
    spec = drawn(months(values), shaded=(1, 2))
    stripes = surfaces(spec, control_layout.HATCH)
    assert stripes
    assert all(0.5 <= stripe["first"] < stripe["last"] <= 1.5 for stripe in stripes)
    assert sum(stripe["last"] - stripe["first"] for stripe in stripes) <= 0.5 + 1e-9
    assert len(surfaces(spec, chart_look.SHADE)) == 1


def test_a_signal_has_a_shape_beside_its_colour():
    spec = drawn(months([10, 30, 1], course=["", "up", "down"], why=["", "above", "below"]))
    points = rows(spec, figures(spec))
    assert [(point["shape"], point["colour"]) for point in points] == [
        ("circle", chart_look.ORDINARY),
        ("triangle-up", chart_look.UP),
        ("triangle-down", chart_look.DOWN),
    ]
    assert [point["why"] for point in points] == ["nothing unusual", "above", "below"]


def test_a_tooltip_says_only_what_the_table_says():
    tooltip = figures(drawn(months([10])))["encoding"]["tooltip"]
    assert [one["field"] for one in tooltip] == ["label", "told", "why"]


def test_equal_limits_are_one_surface_and_unequal_ones_are_steps():
    (usual,) = surfaces(drawn(months([10, 11, 12])), control_layout.USUAL)
    assert (usual["first"], usual["last"], usual["low"], usual["high"]) == (-0.5, 2.5, 2, 18)
    spec = drawn(months([10, 11, 12], high=[18, 20, 20]))
    assert [(one["first"], one["last"], one["high"]) for one in surfaces(spec, control_layout.USUAL)] == [
        (-0.5, 0.5, 18),
        (0.5, 2.5, 20),
    ]
    assert {"at": 0.5, "to": 0.5, "top": 18, "foot": 20}.items() <= _upright(spec)[0].items()


def test_the_centre_is_dashed():
    dashed = [layer for layer in layers(drawn(months([10, 11])), "rule") if layer["mark"]["strokeDash"] != [1, 0]]
    assert [layer["encoding"]["y"]["field"] for layer in dashed] == ["top"]


def test_nothing_is_drawn_where_there_are_no_limits():
    spec = drawn(months([10, 11], low=np.nan, high=np.nan, centre=np.nan))
    assert not surfaces(spec, control_layout.USUAL)
    assert not layers(spec, "rule")


def test_a_range_without_a_low_end_reaches_down_to_nothing():
    (usual,) = surfaces(drawn(months([10, 11], low=np.nan)), control_layout.USUAL)
    assert usual["low"] == 0


def test_limits_that_begin_anew_are_parted_by_a_line_and_not_by_a_step():
    phases = [
        Phase(0, 1, "Usual range from Jan – Feb 2018"),
        Phase(2, 3, "Usual range from Mar – Apr 2018", "A reason"),
    ]
    spec = drawn(months([10, 11, 30, 31], high=[18, 18, 40, 40]), phases=phases)
    (rebases,) = [row for row in _upright(spec) if row["width"] > 1]
    assert (rebases["at"], rebases["foot"]) == (1.5, 0)
    assert not [row for row in _upright(spec) if row["colour"] == chart_look.EDGE]
    assert {"Usual range from Mar – Apr 2018", "Baseline reset: A reason"} <= set(words(spec))


def test_a_bracket_shows_which_periods_set_the_limits():
    spec = drawn(months([10] * 6), phases=[Phase(1, 3, "Usual range from Feb – Apr 2018")])
    level = [row for row in all_rows(spec, "rule") if row["top"] == row["foot"] and row["top"] > 18]
    assert [(row["at"], row["to"]) for row in level] == [(0.5, 3.5)]


def test_a_mark_is_a_dashed_line_with_its_letter():
    spec = drawn(months([10] * 6), marks=[Mark(2.5, "A", "Apr 2018: patrols")])
    assert "A" in words(spec)
    assert [row["at"] for row in _upright(spec) if row["dashed"]] == [2.5]


def test_letters_that_are_near_each_other_stand_in_rows():
    marks = [Mark(20, "A", "one"), Mark(21, "B", "another"), Mark(40, "C", "far away")]
    spec = drawn(months([10] * 60), marks=marks)
    a, b, c = [row for row in all_rows(spec, "text") if "letter" in row]
    assert a["top"] > b["top"]
    assert a["top"] == c["top"]


def test_the_curve_stays_below_what_stands_at_the_head():
    frame = months([10, 50, 12])
    phases = [Phase(0, 1, "Usual range"), Phase(2, 2, "Usual range", "A reason")]
    spec = drawn(frame, phases=phases, marks=[Mark(1, "A", "patrols")])
    lowest = min(row["top"] for row in all_rows(spec, "text") if "words" in row or "letter" in row)
    assert lowest > 50


def test_the_key_tells_only_of_what_a_chart_has():
    spec = ControlChartSpec(months([10, np.nan]), "In words", "Incidents a month")
    told = chart_look.key_in_words(control_chart.key_of(spec))
    assert told.startswith("● in line with what is usual")
    assert "Hatched: no figures" in told.replace("hatched", "Hatched")
    assert "fewer than 10" not in told


FEW = {"few": [True, False, False], "told": ["fewer than 10", "about 20", "about 15"], "threshold": [10.0, 12.0, 10.0]}


def few_blocks(spec):
    return [row for row in all_rows(spec, "rect") if "ceiling" in row]


def test_a_protected_figure_under_ten_is_part_of_a_band_and_no_point():
    spec = drawn(months([5, 20, 15], **FEW), about=True)
    assert [row["drawn"] for row in rows(spec, figures(spec))] == [None, 20, 15]
    (line,) = layers(spec, "line")
    assert [row["drawn"] for row in rows(spec, line)] == [None, 20, 15]
    (block,) = few_blocks(spec)
    assert (block["first"], block["last"], block["foot"], block["ceiling"]) == (-0.5, 0.5, 0, 10)
    assert (block["label"], block["told"]) == ("Jan 2018", "fewer than 10")
    assert [(one["low"], one["high"]) for one in surfaces(spec, chart_look.FEW)] == [(0, 10), (0, 12), (0, 10)]
    assert {"fewer than 10", "<10"} <= set(words(spec))


def test_no_band_is_drawn_where_every_figure_is_told():
    spec = drawn(months([15, 20], threshold=10.0), about=True)
    assert not surfaces(spec, chart_look.FEW)
    assert not few_blocks(spec)


def test_the_band_of_rates_is_as_high_as_ten_incidents_are():
    spec = drawn(
        months([0.1, 0.4, 0.3], low=0.1, high=0.6, centre=0.3, **FEW | {"threshold": [0.7, 0.5, 0.5]}), about=True
    )
    assert few_blocks(spec)[0]["ceiling"] == 0.7
    assert 0.7 <= domain(figures(spec), "y")[1] < 1


def test_a_signal_under_ten_has_its_sign_at_the_foot_and_no_height():
    spec = drawn(months([5, 20, 15], course=["down", "", ""], **FEW), about=True)
    (sign,) = [row for row in all_rows(spec, "text") if "sign" in row]
    assert (sign["sign"], sign["foot"], sign["colour"]) == ("▼", 0, chart_look.DOWN)


def test_the_axis_names_the_years_where_they_begin():
    axis = figures(drawn(months([10] * 30, begin=10)))["encoding"]["x"]["axis"]
    # November and December 2018 leave no room for a label before that of 2019.
    assert axis["values"] == [2, 14, 26]
    assert '["Jan", "2019"]' in axis["labelExpr"]


@pytest.mark.parametrize(("small", "most"), [(False, 16), (True, 4)])
def test_the_axis_never_holds_many_labels(small, most):
    axis = figures(drawn(months([10] * 400), small=small))["encoding"]["x"]["axis"]
    assert 1 < len(axis["values"]) <= most


def test_the_axis_begins_at_zero():
    assert domain(figures(drawn(months([100, 101]))), "y")[0] == 0


@pytest.mark.parametrize("value", [0, np.nan])
def test_a_course_of_nothing_is_drawn(value):
    spec = drawn(months([value, value], low=np.nan, high=np.nan, centre=np.nan))
    assert domain(figures(spec), "y")[1] > 0


def test_a_small_chart_has_the_same_signs_and_no_words():
    more = {"phases": [Phase(0, 1, "Usual range")], "marks": [Mark(1, "A", "patrols")], "shaded": (1, 2)}
    frame = months([10, 30, np.nan], course=["", "up", ""])
    small, large = drawn(frame, small=True, **more), drawn(frame, **more)
    assert words(small) == ["A"]
    assert small["height"] <= 120 < large["height"]
    for one, other in zip(rows(small, figures(small)), rows(large, figures(large)), strict=True):
        assert {k: v for k, v in one.items() if k != "size"} == {k: other[k] for k in one if k != "size"}
    assert len(surfaces(small, chart_look.SHADE)) == 1


def test_the_chart_says_in_words_what_it_shows():
    assert drawn(months([10]))["description"] == "In words"


def test_no_text_is_small_and_the_ground_is_transparent():
    spec = drawn(months([10, 11]), marks=[Mark(1, "A", "patrols")])
    assert min(sizes_of_text(spec)) >= 11
    assert spec["background"] == "transparent"


def test_signs_show_on_everything_they_may_lie_on():
    grounds = (
        control_layout.USUAL, control_layout.MISSING, chart_look.SHADE, chart_look.FEW, chart_look.FEW_HERE, "#ffffff",
    )  # fmt: skip
    assert contrast(chart_look.INK, control_layout.HATCH) >= 4.5  # the words of a gap lie on it
    for ground in grounds:
        assert contrast(chart_look.INK, ground) >= 4.5
        assert all(contrast(colour, ground) >= 3 for colour in chart_look.COLOURS.values())


def _upright(spec):
    return [row for row in all_rows(spec, "rule") if row["at"] == row["to"] and row["top"] != row["foot"]]


def test_a_point_left_out_is_hollow_and_the_key_says_so():
    spec = drawn(months([10, 30, 12], course=["", "up", ""], left_out=[False, True, False]))
    fills = [row["fill"] for row in rows(spec, figures(spec))]
    assert fills[1] == "#ffffff"
    assert "#ffffff" not in (fills[0], fills[2])
    said = ("up-hollow", "hollow: left out when the usual range was set")
    assert said in control_chart.key(hollow=True)
    assert said not in control_chart.key()
