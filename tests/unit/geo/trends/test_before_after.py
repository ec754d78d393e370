"""Before and after: the same periods of two years at the place, next to it and elsewhere, and what this cannot show."""

from dataclasses import replace

import numpy as np
import pytest

from geo.change_wording import amount_against, brief, difference
from geo.errors import ThinDataError
from geo.trends.before_after import CANNOT, ActionPlace, around, before_after, frame
from tests.unit.geo.findings import making
from tests.unit.geo.trends.making import NAN, periods

SIDE = 8
AREAS, MONTHS, AT = SIDE**2, 36, 24  # done in January 2020, and eleven months after it are known
PLACE, CORNER = [27, 28, 35, 36], [0]
GRID = making.grid(SIDE)
SCENE = making.scene(making.even(GRID, MONTHS), GRID)
HERE = around(SCENE, PLACE)


def counts(here=8, ring=8, elsewhere=8, seed=1, months=MONTHS):
    """Return Poisson counts of eight a month; what is named is the mean after the action."""
    mean = np.full((AREAS, months), 8.0)
    for units, after in ((HERE.place, here), (HERE.ring, ring), (HERE.elsewhere, elsewhere)):
        mean[units, AT + 1 :] = after
    return np.random.default_rng(seed).poisson(mean).astype(float)


def sums(n, units):
    """Return the counts of some units in the eleven months after the action, and in the same ones a year before."""
    return [n[np.ix_(units, np.arange(first, first + 11))].sum() for first in (AT + 1, AT + 1 - 12)]


def look(n, at=AT, first="2018-01", here=HERE, protected=False):
    return before_after(n, periods(first, n.shape[1]), at, here, protected=protected)


def flat(here=8.0, ring=8.0, elsewhere=8.0, months=MONTHS):
    """Return counts that do not scatter."""
    n = np.full((AREAS, months), 8.0)
    n[np.ix_(HERE.place, np.arange(AT + 1, months))] = here
    n[np.ix_(HERE.ring, np.arange(AT + 1, months))] = ring
    n[np.ix_(HERE.elsewhere, np.arange(AT + 1, months))] = elsewhere
    return n


def test_the_ring_is_what_touches_the_place_and_elsewhere_is_all_the_rest():
    assert HERE.place.tolist() == PLACE
    assert HERE.ring.tolist() == [18, 19, 20, 21, 26, 29, 34, 37, 42, 43, 44, 45]
    assert sorted([*HERE.place, *HERE.ring, *HERE.elsewhere]) == list(range(AREAS))
    assert around(SCENE, CORNER).ring.tolist() == [1, 8, 9]


def test_what_is_gathered_from_several_places_is_neither_next_to_it_nor_elsewhere():
    apart = replace(
        SCENE,
        kept=np.delete(SCENE.kept, 18),
        graph=SCENE.graph[np.delete(SCENE.kept, 18)][:, np.delete(SCENE.kept, 18)],
    )
    found = around(apart, PLACE)
    assert 18 not in [*found.place, *found.ring, *found.elsewhere]
    assert 19 in found.ring


def test_the_months_after_are_set_beside_the_same_months_of_the_year_before():
    found = look(flat())
    assert found.after == periods("2020-02", 11)
    assert found.before == periods("2019-02", 11)
    assert [one[5:] for one in found.before] == [one[5:] for one in found.after]


def test_the_month_of_the_action_is_on_neither_side():
    n = flat(months=48)
    usual = look(n)
    n[:, AT] = 1000
    assert "2020-01" not in (*look(n).before, *look(n).after)
    assert look(n).parts[0].found.before == usual.parts[0].found.before
    assert look(n).parts[0].found.after == usual.parts[0].found.after


def test_a_missing_month_is_left_out_on_both_sides():
    for gone in (AT + 3, AT + 3 - 12):
        n = flat()
        n[:, gone] = NAN
        found = look(n)
        assert "2020-04" not in found.after
        assert "2019-04" not in found.before
        assert len(found.before) == len(found.after) == 10


def test_what_is_left_out_in_the_middle_is_named():
    n = flat()
    n[:, [AT + 3, AT + 6 - 12]] = NAN
    assert "Left out, since figures are missing: Apr 2020, Jul 2020." in look(n).more
    halves = flat()[:, :15]
    halves[:, 10] = NAN
    found = look(halves, at=7, first="2015/16-1")
    assert "Left out, since figures are missing: Summer 1, 2016/17." in found.more


def test_nothing_is_named_as_left_out_where_only_the_ends_are_or_nothing_is():
    ends = flat()
    ends[:, [AT + 1, AT + 11]] = NAN
    found = look(ends)
    assert (found.after[0], found.after[-1]) == ("2020-03", "2020-11")
    assert not any("Left out" in one for answer in (found, look(flat())) for one in answer.more)


@pytest.mark.parametrize(("first", "at", "windows"), [
    ("2015/16-1", 7, ("2015/16-3", "2016/17-3")),
    ("2015/16-T1", 4, ("2015/16-T3", "2016/17-T3")),
])  # fmt: skip
def test_half_terms_and_terms_are_set_beside_their_own(first, at, windows):
    found = look(flat()[:, :15], at=at, first=first)
    assert (found.before[0], found.after[0]) == windows


def test_too_soon_is_said_with_how_many_there_are():
    with pytest.raises(
        ThinDataError,
        match="by 3 months after the action that are also known a year before, and there are 2; look again later",
    ):
        look(flat(months=AT + 3))
    with pytest.raises(ThinDataError, match="and there is 1; look again later"):
        look(flat(months=AT + 2))
    with pytest.raises(ThinDataError, match=r"by 2 half-terms .* there is 1; look again later"):
        look(flat()[:, :10], at=8, first="2015/16-1")


def test_a_year_before_that_is_not_covered_is_not_a_matter_of_waiting():
    with pytest.raises(ThinDataError, match="there is 1; bring in the months that are missing"):
        look(flat(), at=1)


def test_school_years_are_refused():
    with pytest.raises(ThinDataError, match="needs periods shorter than a year"):
        look(flat(), at=10, first="1990/91")


def test_a_fall_that_was_planted_is_found_and_told():
    found = look(counts(here=3))
    here = found.parts[0].found
    size = difference(here.net, here.net_low, here.net_high)
    n, rest = sums(counts(here=3), PLACE), sums(counts(here=3), HERE.elsewhere)
    assert found.sentence == (
        f"A real fall followed: {n[0]:.0f} incidents, Feb–Dec 2020, where about {n[1] * rest[0] / rest[1]:.0f} were to "
        f"be expected: {size}."
    )
    assert found.more[0] == (
        f"A year before, Feb–Dec 2019, there were {n[1]:.0f} incidents; everywhere else there were "
        f"{amount_against(rest[0] / rest[1], 'a year before')}."
    )
    assert here.net_low < 3 / 8 < here.net_high
    assert found.more[1].startswith("In the 12 areas next to it: no real change, ")
    assert found.more[1].endswith(", so nothing shows that the harm moved there.")


def test_what_was_to_be_expected_is_what_was_there_before_times_the_course_elsewhere():
    found = look(flat(here=6, elsewhere=12))
    # Four areas with 8 a month in 11 months are 352; elsewhere there were half as many again.
    assert found.sentence.startswith(
        "A real fall followed: 264 incidents, Feb–Dec 2020, where about 528 were to be expected: 50 % fewer (could be "
        "anywhere from "
    )
    assert found.more[0] == (
        "A year before, Feb–Dec 2019, there were 352 incidents; everywhere else there were 50 % more than a year "
        "before."
    )
    assert (
        ", where about 176 were to be expected: 50 % more (could be anywhere from "
        in look(flat(here=6, elsewhere=4)).sentence
    )


def test_a_fall_here_and_a_rise_next_to_it_may_have_moved():
    found = look(counts(here=3, ring=12))
    assert found.sentence.startswith("A real fall followed: ")
    assert found.more[1].endswith(": some of the harm may have moved there.")


def test_nothing_is_said_to_have_moved_where_nothing_fell():
    rise = look(counts(ring=14, seed=2))
    assert rise.sentence.startswith("No real change followed: ")
    assert "In the 12 areas next to it: a real rise, " in rise.more[1]
    assert "moved" not in rise.more[1]
    assert "too" not in look(counts(here=14, ring=3)).more[1]
    assert ": a real fall too, " in look(counts(here=3, ring=3)).more[1]


def test_a_fall_everywhere_is_no_fall_here():
    found = look(counts(here=4, ring=4, elsewhere=4))
    assert found.sentence.startswith("No real change followed: ")
    assert "; everywhere else there were 50 % fewer than a year before." in found.more[0]
    assert look(counts(here=14)).sentence.startswith("A real rise followed: ")


def test_where_nothing_was_planted_nearly_all_answers_are_no_real_change():
    sentences = [look(counts(seed=seed)).sentence for seed in range(200)]
    share = np.mean([one.startswith("No real change followed: ") for one in sentences])
    assert share >= 0.9


def test_every_answer_says_what_it_cannot_show():
    assert all(look(counts(here=n)).more[-1] == CANNOT for n in (3, 8, 14))
    assert CANNOT.startswith("This cannot show why: ")


def test_a_lockdown_among_the_periods_is_said():
    words = "A lockdown lies in this time, so what changed may be its doing."
    assert words in look(flat()).more
    assert words not in look(flat(), first="2010-01").more


def test_one_area_next_to_it_is_one():
    here = ActionPlace(np.array([0]), np.array([1]), np.arange(2, AREAS))
    assert look(counts(), here=here).more[1].startswith("In the 1 area next to it: ")


def test_the_answer_stands_without_anything_next_to_it():
    found = look(counts(here=3), here=replace(HERE, ring=np.array([], dtype=int)))
    assert [one.label for one in found.parts] == ["Where it was done"]
    assert found.sentence.startswith("A real fall followed: ")


def test_too_few_incidents_at_the_place_are_refused():
    n = flat()
    n[PLACE] = 0
    with pytest.raises(ThinDataError, match="told from 10 incidents or more at the place"):
        look(n)


def test_none_at_all_before_has_no_upper_end():
    n = flat(here=5)
    n[np.ix_(PLACE, np.arange(AT))] = 0
    found = look(n)
    assert found.sentence.startswith(
        "A real rise followed: 220 incidents, Feb–Dec 2020, where about 0 were to be expected: at least "
    )
    assert found.sentence.endswith(" times as many.")
    assert "inf" not in found.sentence
    assert found.more[0].startswith("A year before, Feb–Dec 2019, there were 0 incidents; ")


def test_one_before_and_one_to_be_expected_are_one():
    n = flat(here=5)
    n[np.ix_(PLACE, np.arange(AT))] = 0
    n[PLACE[0], AT - 1] = 1
    found = look(n)
    assert ", where about 1 was to be expected: " in found.sentence
    assert found.more[0].startswith("A year before, Feb–Dec 2019, there was 1 incident; ")


def test_protected_counts_are_about_and_need_more_to_differ():
    found = look(5 * np.round(counts(here=3) / 5), first="2010-01", protected=True)
    here = found.parts[0].found
    assert found.sentence.startswith(
        f"A real fall followed: about {here.after:.0f} incidents, Feb–Dec 2012, where about "
        f"{here.before * here.elsewhere:.0f} were to be expected: "
    )
    assert found.more[0].startswith(f"A year before, Feb–Dec 2011, there were about {here.before:.0f} incidents; ")
    plain = look(5 * np.round(counts(here=3) / 5), first="2010-01")
    assert found.parts[0].found.net_high > plain.parts[0].found.net_high


@pytest.mark.parametrize("left", [0.0, 5.0])
def test_of_protected_counts_under_ten_no_ratio_is_told(left):
    n = flat(here=0, months=AT + 4)
    n[PLACE[0], AT + 1] = left
    found = look(n, protected=True)
    assert found.sentence == (
        "A real fall followed: fewer than 10 incidents, Feb–Apr 2020; how much fewer or more is not told of so few."
    )
    assert found.more[0].startswith("A year before, Feb–Apr 2019, there were about 96 incidents; everywhere else ")
    first = frame(found).iloc[0]
    assert np.isnan([first["ratio"], first["low"], first["high"]]).all()
    assert first["told"] == "too few to tell"


def test_what_is_drawn_is_what_is_told():
    found = look(counts(here=3, ring=12))
    drawn = frame(found)
    assert drawn["label"].tolist() == ["Where it was done", "Next to it"]
    for part, row in zip(found.parts, drawn.itertuples(), strict=True):
        assert (row.ratio, row.low, row.high) == (part.found.net, part.found.net_low, part.found.net_high)
        assert row.told == brief(row.ratio, row.low, row.high)
