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


@pytest.mark.parametrize("way", control_charts.TIMES)
@pytest.mark.parametrize("mean", [30, 50])
def test_steps_by_a_half_are_seen_in_six_periods(mean, way):
    assert control_charts.step_found(mean, way, FEW, 0) >= 0.9


def test_a_rare_harm_that_ends_is_seen_where_it_was_not_too_rare():
    assert control_charts.rare_step_found(0.7, "down", FEW, 0) >= 0.7
