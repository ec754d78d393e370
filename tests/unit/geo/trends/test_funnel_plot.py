"""Funnel plot: areas by what their residents lead one to expect, in alphabetical order and never ranked."""

from dataclasses import replace

import numpy as np
import pytest

from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.maps.measure import FEW_RESIDENTS
from geo.trends.funnel_plot import FEW, WORDS, funnel_plot
from tests.unit.geo import samples
from tests.unit.geo.samples import ALL_OF_IT, view

NAMES = ("Mill", "Abbey", "Wood", "Quay", "Brook", "Hill", "Ford", "Cross", "Lane", "Park", "Green", "End")
EVEN = [20, 21, 19, 20, 22, 18, 20, 20, 21, 19, 20, 20]
HIGH = [20, 21, 19, 60, 22, 18, 20, 20, 21, 19, 20, 20]


def look(counts=EVEN, at=None, residents=None, **of):
    return funnel_plot(view(counts, residents, names=NAMES[: len(counts)], **of), ALL_OF_IT, at)


def test_areas_are_listed_in_alphabetical_order_and_not_ranked():
    found = look(HIGH)
    assert found.rows["name"].tolist() == sorted(NAMES)
    assert "rank" not in found.rows.columns
    assert found.points["label"].tolist() == list(NAMES)


def test_every_figure_is_the_areas_own():
    found = look(HIGH).rows.set_index("name")
    assert found["n"].to_dict() == dict(zip(NAMES, HIGH, strict=True))
    assert found["expected"].tolist() == pytest.approx([sum(HIGH) / 12] * 12)
    assert found.loc["Quay", "ratio"] == pytest.approx(60 / (sum(HIGH) / 12))
    assert found.loc["Quay", "verdict"] == WORDS[2]
    assert found.loc["Mill", "verdict"] == WORDS[0]


def test_areas_far_from_their_share_are_counted():
    assert look().sentence == (
        "Of 12 areas, none has clearly more or fewer than its residents lead one to expect, Jan 2021."
    )
    assert look(HIGH).sentence == (
        "Of 12 areas, 1 has clearly more than its residents lead one to expect, and none clearly fewer, Jan 2021."
    )
    two = funnel_plot(view([*[20] * 38, 60, 62]), ALL_OF_IT)
    assert two.sentence.startswith("Of 40 areas, 2 have clearly more than their residents lead one to expect, and none")


def test_the_chosen_area_is_told_and_marked():
    found = look(HIGH, at=3)
    assert found.points[found.points["chosen"]]["label"].tolist() == ["Quay"]
    assert found.sentence == (
        f"Quay: 2.6 times what its residents lead one to expect (60, where 23 would be in line), {WORDS[2]}, Jan 2021."
    )
    assert look(HIGH, at=0).sentence.startswith("Mill: 0.9 times what its residents")
    assert not look(HIGH).points["chosen"].any()


def test_few_residents_are_said():
    residents = [1000] * 11 + [FEW_RESIDENTS - 1]
    found = look(residents=residents).rows.set_index("name")["verdict"]
    assert found["End"].endswith(f"; {FEW}")
    assert not found.drop("End").str.contains(FEW).any()


def test_areas_without_residents_are_left_out_and_it_is_said_why():
    residents = [1000] * 11 + [np.nan]
    assert "End" not in look(residents=residents).rows["name"].tolist()
    assert look(residents=residents, at=11).sentence == (
        "End cannot be compared with other areas, since its residents are not known."
    )


def test_what_is_gathered_from_several_places_is_no_area():
    assert "End" not in look(elsewhere=(11,)).rows["name"].tolist()
    assert look(elsewhere=(11,), at=11).sentence == "Too few to compare End with other areas, Jan 2021."


def test_protected_areas_under_ten_are_left_out():
    counts = [*[20] * 10, 60, 5]
    found = look(counts, protected=True)
    assert "End" not in found.rows["name"].tolist()
    assert "End" not in found.points["label"].tolist()
    assert found.points["told"].str.startswith("about 20, about ").iloc[0]
    assert look(counts, protected=True, at=11).sentence == "Too few to compare End with other areas, Jan 2021."
    assert "(about 60, where about 22 would be in line)" in look(counts, protected=True, at=10).sentence


def test_two_protected_counts_that_are_not_told_give_the_same_figures():
    none, five = (look([*[20] * 10, 60, n], protected=True) for n in (0, 5))
    assert none.rows.equals(five.rows)
    assert none.sentence == five.sentence
    assert none.curves.equals(five.curves)


def test_limits_that_are_drawn_are_those_areas_are_judged_by():
    rng = np.random.default_rng(3)
    counts = rng.poisson(20 * rng.lognormal(0, 0.5, 12) * np.linspace(1, 30, 12)).tolist()
    found = look(counts, residents=1000 * np.linspace(1, 30, 12))
    assert "over-dispersion" in found.method
    for one in found.points.itertuples():
        low, high = (
            np.interp(one.expected, found.curves["expected"], found.curves[line]) for line in ("low998", "high998")
        )
        assert (one.ratio > high * 1.02) <= (one.beyond == 2)
        assert (one.beyond == 2) <= (one.ratio > high * 0.98)
        assert (one.beyond == -2) <= (one.ratio < low * 1.02)
    assert (found.curves["low998"] <= found.curves["low95"]).all()
    assert (found.curves["high95"] <= found.curves["high998"]).all()


def test_areas_that_differ_by_chance_alone_have_exact_limits():
    assert look().method == "Limits: exact Poisson, 95 % and 99.8 %. Areas differ no more than chance makes them."


def test_a_missing_period_is_refused():
    with pytest.raises(ThinDataError, match="needs all the periods chosen, and Jan 2021 has no figures; choose others"):
        look([np.nan] * 12)
    with pytest.raises(ThinDataError, match="Feb 2021 has no figures"):
        funnel_plot(view(EVEN), replace(ALL_OF_IT, periods=("2021-01", "2021-02")))


def test_unknown_residents_are_refused():
    with pytest.raises(ThinDataError, match="residents"):
        look(residents=[np.nan] * 12)


def test_too_few_areas_or_incidents_are_refused():
    with pytest.raises(ThinDataError, match="needs 10 or more with a count"):
        look(EVEN[:9])
    with pytest.raises(ThinDataError, match="needs 10 or more"):
        look([1] * 12)


def test_only_the_chosen_harms_are_compared():
    n = np.stack([np.array([EVEN]).T, np.array([HIGH]).T * 7], axis=2)
    shown_view = replace(view(EVEN, names=NAMES), cube=samples.cube(n, categories=("Drugs", "Robbery")))
    assert funnel_plot(shown_view, ALL_OF_IT).rows.equals(look().rows)
    assert funnel_plot(shown_view, Choice(("2021-01",), ("violence",))).rows["n"].max() == 420
