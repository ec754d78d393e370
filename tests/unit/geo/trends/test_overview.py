"""Overview of many charts: those that changed first, and how many would by chance alone."""

import numpy as np
import pytest

from geo.trends import chart_data
from geo.trends.control_charts import ChartState, control_charts
from geo.trends.narrative import narrate
from geo.trends.overview import _by_chance, overview
from geo.trends.rare_harms import rare_of
from geo.trends.series import Figure, SeriesSet
from tests.unit.geo.trends.making import BEFORE_A_FALL, BEFORE_A_RISE, course, periods

RISE = [*BEFORE_A_RISE, 30, 30, 60]
MORE = [*BEFORE_A_RISE, 30, 30, 90]
FALL = [*BEFORE_A_FALL, 30, 30, 9]
STEADY = [*BEFORE_A_RISE, 30, 31, 29]
EARLIER = [*BEFORE_A_RISE[:10], 60, *BEFORE_A_RISE[11:], 30, 31, 29]
RARE = [1, 0, 0] * 9
FEW = [*[0] * 24, 0, 1, 0]
ONCE = [*[0] * 20, 6, *[0] * 6]
LAST = (24, 26)


def look(*values, starts=None, chosen=LAST):
    return overview(course(list(values)), chosen, starts or {})


def order(*values, **of):
    return [one.row for one in look(*values, **of).charts]


def test_signals_come_first_the_strongest_first_and_too_few_last():
    assert order(FEW, STEADY, RISE, RARE, FALL, MORE) == [5, 2, 4, 1, 3, 0]


def test_an_earlier_signal_comes_before_none():
    assert order(STEADY, EARLIER) == [1, 0]
    assert look(EARLIER).charts[0].narrative.side == 0


def test_incidents_of_one_month_are_too_few_and_not_called_unchanged():
    view = look(ONCE, STEADY)
    assert [one.row for one in view.charts] == [1, 0]
    assert [one.speaks for one in view.charts] == [True, False]
    assert view.sentence == "No real change in the chart."


def test_each_chart_says_what_it_says_alone():
    charts = look(FEW, STEADY, RISE, RARE, FALL, MORE).charts
    assert len(charts) == 6
    for one in charts:
        values = [FEW, STEADY, RISE, RARE, FALL, MORE][one.row]
        alone = control_charts(course(values))
        rare = rare_of(alone, 0, LAST) if alone.states[0] is ChartState.RARE else None
        assert one.narrative == narrate(alone, 0, LAST, rare)


def test_rises_and_falls_are_counted():
    assert look(RISE, MORE, FALL, STEADY).sentence == "2 real rises and 1 real fall in 4 charts."
    assert look(RISE, STEADY).sentence == "1 real rise in 2 charts."
    assert look(FALL, FALL).sentence == "2 real falls in 2 charts."
    assert look(RISE).sentence == "1 real rise in 1 chart."
    assert look(STEADY, STEADY).sentence == "No real change in any of 2 charts."
    assert look(STEADY).sentence == "No real change in the chart."
    assert look(FEW, FEW).sentence.startswith("Too few incidents for limits in any chart; choose")


def test_how_many_would_show_a_sign_by_chance_is_said_of_many_charts_only():
    few, many = look(RISE, *[STEADY] * 10), look(RISE, *[STEADY] * 99)
    assert few.sentence == "1 real rise in 11 charts."
    # A hundred charts, each with 0.010 + 3 × 0.0115.
    assert many.sentence == (
        "1 real rise in 100 charts. By chance alone about 4 of them would show one, so look for several signs "
        "that agree."
    )
    assert "chance" not in look(*[STEADY] * 100).sentence


def test_a_chart_whose_limits_begin_anew_has_its_own():
    rebases = [*BEFORE_A_RISE, *[70, 74] * 4]
    view = look(rebases, rebases, starts={1: (0, 24)}, chosen=(31, 31))
    first, second = view.charts
    assert (first.row, first.narrative.side) == (0, 1)
    assert (second.row, second.narrative.side, second.at) == (1, 0, 0)
    assert second.control_charts.starts == (0, 24)
    assert len(chart_data.spans(second.control_charts, second.at, {})) == 2
    assert len(chart_data.spans(first.control_charts, first.at, {})) == 1


@pytest.mark.parametrize("last", [1, 3, 6, 12])
def test_as_many_charts_show_a_sign_by_chance_as_is_said(last):
    charts, number = 1500, 42
    rng = np.random.default_rng(7)
    counts = rng.poisson(rng.choice([3, 6, 12, 30, 100], (charts, 1)), (charts, number)).astype(float)
    view = overview(
        SeriesSet(Figure.COUNT, periods("2018-01", number), counts, None, False), (number - last, number - 1), {}
    )
    speaking = [one for one in view.charts if one.state is ChartState.CHARTED]
    share = np.mean([one.narrative.side != 0 for one in speaking])
    words = _by_chance(len(speaking), (number - last, number - 1))
    said = float(words.split("about ")[1].split(" of them would")[0].replace(",", "")) / len(speaking)
    assert share == pytest.approx(said, abs=0.02)
