"""How protected sums are told: nothing under 10, and nothing that tells 0 from 5."""

import numpy as np
import pytest

from geo import disclosure


@pytest.mark.parametrize(
    ("protected", "said"),
    [(0, "fewer than 10"), (5, "fewer than 10"), (10, "about 10"), (15, "about 15"), (1_215, "about 1,215")],
)
def test_a_sum_is_told_from_10_on(protected, said):
    [told] = disclosure.suppress_small(np.array([protected]))
    assert told == (protected if protected >= 10 else 0)
    assert disclosure.say(told) == said


def test_0_and_5_look_the_same():
    assert disclosure.suppress_small(np.array([0, 5])).tolist() == [0, 0]
    assert disclosure.say(0) == disclosure.say(5)


def test_what_was_never_supplied_stays_unknown():
    told = disclosure.suppress_small(np.array([np.nan, 5.0, 10.0]))
    assert np.isnan(told[0])
    assert told[1:].tolist() == [0, 10]


def test_telling_keeps_the_kind_of_number_and_leaves_the_sums_alone():
    for kind in (np.int64, np.float64):
        sums = np.array([5, 10], dtype=kind)
        assert disclosure.suppress_small(sums).dtype == kind
        assert sums.tolist() == [5, 10]


@pytest.mark.parametrize(
    ("n", "shown", "said"),
    [
        (0, 0, "fewer than 10"),
        (9, 0, "fewer than 10"),
        (10, 10, "about 10"),
        (14, 10, "about 10"),
        (15, 20, "about 20"),
        (1_244, 1_240, "about 1,240"),
        (1_245, 1_250, "about 1,250"),
    ],
)
def test_rows_of_a_whole_dataset_are_told_to_the_nearest_ten(n: int, shown: int, said: str) -> None:
    assert (disclosure.round_rows(n), disclosure.about_rows(n)) == (shown, said)
