"""Changes near a place: each chosen harm group gets one sentence, and only what chance hardly makes is a change."""

import numpy as np
import pytest

from geo.change_wording import UNCERTAIN
from geo.counts.filters import Choice
from geo.findings.nearby import SIGNIFICANCE, nearby, over_all
from geo.harms import HARM_GROUPS
from geo.statistics.rate_ratio import compare
from tests.unit.geo.findings import making

GRID = making.grid(3)
NOW = ("2019-12",)


def cube(missing=(), protected=False, **pairs):
    """Count each harm group in two areas, a year before and now: ``violence=(20, 60)``."""
    by_harm = {}
    for harm, (then, now) in pairs.items():
        n = np.zeros((9, 24), dtype=int)
        n[2] = 30  # as steady as it can be, so that chance is all the scatter there is
        n[2, 23] = 0
        n[2, 11], n[5, 23] = then, now
        n[8] = 50  # further away
        by_harm[harm] = n
    return making.cube_of(by_harm, GRID, missing=missing, protected=protected)


def sentences(harms=None, missing=(), protected=False, **pairs):
    counted = cube(missing, protected, **pairs)
    return nearby(counted, Choice(NOW, tuple(harms or pairs)), (2, 5))


def one(then, now, **how):
    (found,) = sentences(violence=(then, now), **how)
    return found


def test_every_chosen_harm_group_has_one_sentence_real_changes_first():
    found = sentences(violence=(20, 21), peer=(3, 2), substances=(60, 20), asb=(20, 60))
    assert [each.harm for each in found] == ["substances", "asb", "violence", "peer"]
    assert [each.direction for each in found] == [-1, 1, 0, 0]
    for each in found:
        assert each.sentence.startswith(HARM_GROUPS[each.harm])
        assert each.sentence.endswith(".")


def test_a_harm_group_that_is_not_chosen_or_not_there_is_not_told():
    assert [each.harm for each in sentences(["asb"], violence=(20, 60), asb=(20, 60))] == ["asb"]
    assert [each.harm for each in sentences(["asb", "cse"], asb=(20, 60))] == ["asb"]


def test_counts_and_ratio_are_those_of_the_areas_together():
    assert one(20, 60).sentence == (
        "Violence and weapons rose: 60 in Dec 2019, 20 a year before, about 3 times as many (could be anywhere from "
        "69 % up to 5.6 times as many)."
    )


@pytest.mark.parametrize(("then", "now"), [(20, 60), (20, 34), (20, 33), (20, 20), (60, 20), (40, 26), (9, 1), (0, 10)])
def test_a_change_is_real_only_where_chance_hardly_makes_it(then, now):
    p = compare(then, now, 1, 1).p
    assert (one(then, now).direction != 0) == (p <= SIGNIFICANCE)
    unsure = "no real change" in one(then, now).sentence or f": {UNCERTAIN} (" in one(then, now).sentence
    assert unsure == (p > SIGNIFICANCE)


def test_a_change_that_only_many_kinds_of_harm_make_likely_says_so():
    assert one(20, 40).direction == 1
    found = {each.harm: each for each in sentences(violence=(20, 40), asb=(40, 42), substances=(30, 30), peer=(20, 20))}
    assert found["violence"].direction == 0
    assert found["violence"].judged
    assert found["violence"].short.startswith("no real change among so many kinds of harm (could be anywhere from ")
    assert ": no real change among so many kinds of harm. 40 in Dec 2019, 20" in found["violence"].sentence
    assert found["asb"].short.startswith("no real change (could be anywhere from ")


def drawn(level, seed, months=48):
    """Count three harm groups with a level by month (times 20, 20 and 8), scattering as recorded incidents do."""
    rng, n = np.random.default_rng(seed), {}
    for harm, usual in (("violence", 20), ("asb", 20), ("substances", 8)):
        counts = np.zeros((9, months), dtype=int)
        counts[2] = rng.poisson(usual * level(rng, harm, months) * rng.gamma(40, 1 / 40, months))
        counts[8] = rng.poisson(60 * usual, months)
        n[harm] = counts
    return making.cube_of(n, GRID)


def bursts_and_drift(rng, _, months):
    drift, burst = np.zeros(months), rng.random(months) < 0.03
    for month in range(1, months):
        drift[month] = 0.95 * drift[month - 1] + rng.normal(0, 0.1 * (1 - 0.95**2) ** 0.5)
    return np.exp(drift) * np.where(burst | np.roll(burst, 1), 2, 1)


def sustained(_, harm, months):
    return np.where((np.arange(months) >= months - 12) & (harm == "violence"), 1.5, 1.0)


def told(level, size, worlds=100):
    """Return in how many of some worlds any rise or fall is told."""
    found = 0
    for seed in range(worlds):
        counted = drawn(level, seed)
        choice = Choice(counted.periods[-size:], ("violence", "asb", "substances"))
        found += any(each.direction for each in nearby(counted, choice, (2, 5)))
    return found / worlds


@pytest.mark.parametrize("size", [1, 3, 12])
def test_where_nothing_changed_but_months_come_in_bursts_and_levels_drift_hardly_a_page_tells_any(size):
    assert told(bursts_and_drift, size) <= 0.1


def test_half_as_many_again_for_a_year_are_told():
    assert told(sustained, 12) >= 0.8


def test_a_rise_everywhere_is_a_rise_here():
    n = np.full((9, 36), 20)
    n[:, -12:] = 30
    counted = making.cube_of({"violence": n}, GRID)
    (found,) = nearby(counted, Choice(counted.periods[-12:], ("violence",)), (2, 5))
    assert found.direction == 1


def test_all_areas_together_are_held_against_their_own_ups_and_downs():
    n = np.full((9, 48), 20)
    n[:, ::2] = 40
    n[:, -1] = 50
    (found,) = nearby(making.cube_of({"violence": n}, GRID), Choice(NOW, ("violence",)), tuple(range(9)))
    assert found.direction == 0


def test_many_after_none_have_no_ratio():
    assert one(0, 30).sentence == "Violence and weapons rose: 30 in Dec 2019, 0 a year before."


def test_few_are_too_few_to_say():
    assert "too few to say (fewer than 10 in both years together)." in one(4, 5).sentence


@pytest.mark.parametrize("missing", ["2018-12", "2019-12"])
def test_a_missing_month_is_said_and_not_taken_for_zero(missing):
    found = one(20, 60, missing=(missing,))
    assert found.direction == 0
    assert "a year before cannot be set beside it, as months are missing." in found.sentence


def test_a_year_that_the_data_do_not_reach_is_said():
    (found,) = nearby(cube(violence=(20, 60)), Choice(("2018-12",), ("violence",)), (2, 5))
    assert "cannot be set beside it" in found.sentence


@pytest.mark.parametrize(("then", "now"), [(0, 0), (5, 5), (5, 10), (10, 5), (0, 15)])
def test_protected_thin_counts_are_too_few_to_say(then, now):
    assert "too few to say" in one(then, now, protected=True).sentence


def test_protected_counts_are_about_and_unsure_by_five():
    exact, about = one(20, 45), one(20, 45, protected=True)
    assert exact.direction == 1
    assert about.direction == 0
    assert about.sentence.startswith(
        "Violence and weapons: no real change. About 45 in Dec 2019, about 20 a year before"
    )


@pytest.mark.parametrize("pair", [(1, 0), (0, 1)], ids=["now", "then"])
@pytest.mark.parametrize("much", [15, 20, 25, 30, 40, 100])
def test_five_and_none_of_protected_counts_look_the_same(pair, much):
    def said(few):
        return one(*(much if at else few for at in pair), protected=True)

    assert said(0) == said(5)
    assert "fewer than 10" in said(5).sentence.lower()
    assert "could be anywhere" not in said(5).sentence


def test_what_is_told_of_fewer_than_ten_is_sure_of_the_most_that_it_may_stand_for():
    unsure = one(0, 20, protected=True)  # which may be 9 and 16
    assert unsure.direction == 0
    assert one(0, 60, protected=True).direction == 1


def test_what_jumps_from_month_to_month_anyway_is_no_change():
    n = np.zeros((9, 24), dtype=int)
    n[2, ::2], n[2, 1::2], n[8] = 5, 60, 50
    n[2, 11], n[2, 23] = 20, 60
    jumpy = making.cube_of({"violence": n}, GRID)
    (found,) = nearby(jumpy, Choice(NOW, ("violence",)), (2, 5))
    assert compare(20, 60, 1, 1).p < SIGNIFICANCE
    assert found.direction == 0
    assert found.sentence == f"Violence and weapons: {UNCERTAIN} (60 in Dec 2019, 20 a year before)."


def over(then, now, **how):
    return over_all(cube(violence=(then, now), asb=(then, now), **how), Choice(NOW, ("violence", "asb")), (2, 5))


def test_all_kinds_together_are_judged_by_their_sum():
    assert over(20, 60).direction == 1
    assert over(20, 60).sentence.startswith("All of these kinds of harm rose: 120 in Dec 2019, 40 a year before")
    assert over(20, 22).direction == 0


@pytest.mark.parametrize(
    ("then", "now", "short"),
    [
        (20, 60, "a real rise, about 3 times as many (could be anywhere from "),
        (60, 20, "a real fall, down 67 % (could be anywhere from "),
        (40, 42, "no real change (could be anywhere from "),
        (2, 3, "too few to say whether that is a change"),
        (4, 7, "too uncertain to say whether that is a change"),
    ],
)
def test_a_change_is_said_in_a_few_words_too(then, now, short):
    assert one(then, now).short.startswith(short)


def test_what_cannot_be_compared_has_no_short_words():
    assert one(20, 60, missing=("2018-12",)).short == ""


def test_what_may_be_noise_is_told_from_what_nothing_can_be_said_of():
    found = {each.harm: each for each in sentences(violence=(40, 42), peer=(3, 2), substances=(4, 7), asb=(20, 60))}
    assert [found[harm].judged for harm in ("asb", "violence", "peer", "substances")] == [True, True, False, False]
    assert not one(20, 60, missing=("2018-12",)).judged
