"""Laws of what followed an action: what holds whatever the counts."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.statistics.rate_ratio import MIN_EVENTS
from geo.statistics.ratio_of_ratios import ELSEWHERE, ratio_of_ratios

places = st.tuples(st.integers(0, 300), st.integers(0, 300)).filter(lambda place: sum(place) >= MIN_EVENTS)
others = st.tuples(st.integers(1, 3000), st.integers(1, 3000)).filter(lambda counts: sum(counts) >= ELSEWHERE)
scatters = st.floats(1, 30)


@given(others, st.floats(0.1, 5))
def test_the_same_change_here_and_elsewhere_is_none(counts, times):
    before, after = (count * times for count in counts)
    assume(before + after >= MIN_EVENTS)
    found = ratio_of_ratios(before, after, *counts)
    assert found.net == pytest.approx(1)
    assert found.net_low < 1 < found.net_high
    assert found.p == pytest.approx(1)


@given(places, others, scatters, scatters, st.integers(0, 5), st.floats(0.1, 10))
def test_after_against_before_is_the_inverse_of_before_against_after(
    place, there, dispersion, elsewhere, off_by, length
):
    assume(min(*place, *there) > off_by)
    factors = {"dispersion": dispersion, "elsewhere_dispersion": elsewhere, "off_by": off_by}
    one = ratio_of_ratios(*place, *there, **factors, exposure=(1, length))
    other = ratio_of_ratios(*place[::-1], *there[::-1], **factors, exposure=(length, 1))
    assert one.ratio * other.ratio == pytest.approx(1)
    assert one.net * other.net == pytest.approx(1)
    assert one.low * other.high == pytest.approx(1)
    assert one.net_low * other.net_high == pytest.approx(1)
    assert one.p == pytest.approx(other.p)


@given(places, others, scatters, scatters, scatters, st.integers(0, 5))
def test_more_scatter_never_narrows_an_interval_nor_makes_a_change_surer(place, there, one, other, elsewhere, off_by):
    less, more = (
        ratio_of_ratios(*place, *there, dispersion=factor, elsewhere_dispersion=elsewhere, off_by=off_by)
        for factor in sorted((one, other))
    )
    for narrow, wide in ((less.low, more.low), (less.net_low, more.net_low)):
        assert wide <= narrow * (1 + 1e-12)
    for narrow, wide in ((less.high, more.high), (less.net_high, more.net_high)):
        assert wide >= narrow * (1 - 1e-12)
    assert more.p >= less.p * (1 - 1e-12)


@given(places, others, scatters, st.integers(0, 5))
def test_the_interval_holds_the_change_and_leaves_one_out_only_where_p_is_under_a_twentieth(
    place, there, dispersion, off_by
):
    found = ratio_of_ratios(*place, *there, dispersion=dispersion, off_by=off_by)
    assert found.low <= found.ratio <= found.high
    assert found.net_low <= found.net <= found.net_high
    assume(abs(found.p - 0.05) > 1e-9)
    assert (found.net_low > 1 or found.net_high < 1) == (found.p < 0.05)
