import numpy as np
import pytest

from geo.statistics.control.baselines import baseline, spans, trial

NAN = np.nan


def test_the_first_24_points_make_the_limits_and_no_later_one():
    assert np.flatnonzero(baseline(np.ones((1, 40)))[0]).tolist() == list(range(24))


def test_missing_periods_are_no_points_of_a_baseline():
    values = np.ones((2, 30))
    values[0, [0, 5, 29]] = NAN
    chosen = baseline(values)
    assert np.flatnonzero(chosen[0]).tolist() == [at for at in range(26) if at not in (0, 5)]
    assert np.flatnonzero(chosen[1]).tolist() == list(range(24))


def test_each_phase_has_a_baseline_of_its_own():
    chosen = baseline(np.ones((1, 60)), (0, 10, 20))[0]
    assert chosen[:10].all()
    assert chosen[20:44].all()
    assert not chosen[44:].any()


def test_limits_of_fewer_than_twelve_points_are_on_trial():
    values = np.ones((3, 35))
    values[1, 0] = NAN
    values[2, 34] = NAN
    assert trial(values, (0, 12, 23)).tolist() == [[False, True, False], [True, True, False], [False, True, True]]


def test_phases_go_from_one_start_to_the_next():
    assert list(spans(9, (0, 4, 5))) == [slice(0, 4), slice(4, 5), slice(5, 9)]


@pytest.mark.parametrize("starts", [(), (1,), (0, 3, 3), (0, 5, 2), (0, 9), (0, 12)])
def test_starts_that_make_no_phases_are_refused(starts):
    with pytest.raises(ValueError, match="phases begin with period 0"):
        baseline(np.ones((1, 9)), starts)
