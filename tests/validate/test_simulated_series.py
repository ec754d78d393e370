"""What ``make validate`` does with a thousand series, with a few hundred."""

import pytest

from tests.validate import control_charts

FEW = 300
PUBLISHED = control_charts.known_limits(5_000, 0)
OFTEN = [(kind, mean) for kind, means in control_charts.MEANS.items() for mean in means]


def test_rules_speak_as_often_as_they_do_by_theory():
    found = control_charts.by_rule(PUBLISHED)
    # 36 points outside three standard deviations; a run of seven that begins with the first of 36, or with one of 29.
    assert found["astronomical"] == pytest.approx(36 * 0.0027, rel=0.1)
    assert found["shift"] == pytest.approx(0.5**6 + 29 * 0.5**7, rel=0.1)
    assert control_charts.told(PUBLISHED) == pytest.approx(0.43, abs=0.03)


@pytest.mark.parametrize(("kind", "mean"), OFTEN)
def test_charts_speak_no_oftener_than_the_rules_themselves_where_nothing_changes(kind, mean):
    assert control_charts.STABLE[kind](mean, FEW, 0) <= control_charts.told(PUBLISHED)


@pytest.mark.parametrize("mean", control_charts.MEANS["counts"])
@pytest.mark.parametrize("periods", control_charts.SHORT)
def test_short_baselines_speak_no_oftener_than_the_rules_themselves(periods, mean):
    bar = control_charts.told(control_charts.known_limits(5_000, 0, periods))
    assert control_charts.counts_of(mean, FEW, 0, periods) <= bar


@pytest.mark.parametrize("mean", [2, 5, 10, 20])
@pytest.mark.parametrize("times", control_charts.BURSTS)
def test_leaving_points_out_makes_bursty_counts_speak_no_oftener(times, mean):
    before = control_charts.bursts_of(mean, times, 1_000, 0, control_charts.by_ranges)
    assert control_charts.bursts_of(mean, times, 1_000, 0) <= before


@pytest.mark.parametrize("way", control_charts.TIMES)
def test_more_steps_are_seen_than_by_moving_ranges(way):
    found = control_charts.step_found(10, way, 1_000, 0)
    assert found > control_charts.step_found(10, way, 1_000, 0, limits=control_charts.by_ranges)


@pytest.mark.parametrize(("odd", "least"), [((1, 3.0), 0.15), ((2, 2.5), 0.15)])
def test_odd_months_hide_a_rise_no_longer(odd, least):
    found = control_charts.step_found(10, "up", 1_000, 0, odd)
    assert found >= control_charts.step_found(10, "up", 1_000, 0, odd, control_charts.by_ranges) + least


@pytest.mark.parametrize("way", control_charts.TIMES)
@pytest.mark.parametrize("mean", [30, 50])
def test_steps_by_a_half_are_seen_in_six_periods(mean, way):
    assert control_charts.step_found(mean, way, FEW, 0) >= 0.9


def test_a_rare_harm_that_ends_is_seen_where_it_was_not_too_rare():
    assert control_charts.rare_step_found(0.7, "down", FEW, 0) >= 0.7
