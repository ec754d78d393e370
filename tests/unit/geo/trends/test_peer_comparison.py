"""Peer comparison: one area with those most like it and its district, for every thousand residents."""

from dataclasses import replace

import numpy as np
import pytest

from geo import columns as c
from geo.areas.contiguity import graph_of
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.release.kinds import Open
from geo.trends.peer_comparison import SERIES, peer_comparison
from geo.views.scene import scene_of
from geo.views.view import view_counts
from tests.unit.geo.findings import making

SIDE, MONTHS, OWN = 6, 36, 7
AREAS = SIDE**2
RESIDENTS = np.arange(1000.0, 1000 + 10 * AREAS, 10)
EAST = np.arange(AREAS) % SIDE >= SIDE // 2
DISTRICTS = {
    c.parent_code("district"): np.where(EAST, "D1", "D0"),
    c.parent_name("district"): np.where(EAST, "East", "West"),
}
TOWN = making.grid(SIDE, residents=RESIDENTS, **DISTRICTS)
LAST = Choice(("2020-10", "2020-11", "2020-12"), ("violence",))
MOST_ALIKE = [2, 3, 4, 5, 6, 8, 9, 10, 11, 12]  # by residents, as all are of one size


def counts(own=12, others=12):
    n = np.full((AREAS, MONTHS), others)
    n[OWN] = own
    return n


def look(n=None, areas=TOWN, at=OWN, elsewhere=(), choice=LAST, **of_cube):
    cube = making.cube_of({"violence": counts() if n is None else n}, areas, **of_cube)
    view = view_counts(Open(cube), areas, areas.level)
    view = replace(view, elsewhere=np.isin(np.arange(AREAS), elsewhere))
    return peer_comparison(
        scene_of(view, areas, graph_of(areas.metres.to_numpy()), cube.periods[-1]), areas, choice, at
    )


def rates(found, series):
    lines = found.lines
    return lines[lines[SERIES] == series][c.COUNT].to_numpy()


def test_an_area_stands_beside_the_ten_most_like_it_and_its_district():
    found = look()
    assert found.lines[SERIES].unique().tolist() == ["Mill 7", "The 10 areas most like it", "All of West"]
    assert len(found.lines) == 3 * MONTHS
    assert rates(found, "Mill 7") == pytest.approx([12 / RESIDENTS[OWN] * 1000] * MONTHS)
    alike = 120 / RESIDENTS[MOST_ALIKE].sum() * 1000
    assert rates(found, "The 10 areas most like it") == pytest.approx([alike] * MONTHS)
    assert rates(found, "All of West") == pytest.approx([12 * 18 / RESIDENTS[~EAST].sum() * 1000] * MONTHS)
    assert found.lacking == ()


def test_a_rate_much_as_that_of_others_is_no_real_difference():
    first, second = look().sentences
    rate, alike = 36 / RESIDENTS[OWN] * 1000, 360 / RESIDENTS[MOST_ALIKE].sum() * 1000
    assert first.startswith(
        f"Oct–Dec 2020: {rate:.1f} incidents per 1,000 residents, no real difference from the {alike:.1f} in the 10 "
        "areas most like it: "
    )
    assert " (could be anywhere from " in first
    assert " fewer to " in first
    assert "in all of West" in second


def test_a_rate_beyond_chance_is_really_more_or_fewer():
    assert "really more than the " in look(counts(own=40)).sentences[0]
    assert " times as many (could be anywhere from " in look(counts(own=40)).sentences[0]
    assert "really fewer than the " in look(counts(own=3)).sentences[0]


def test_bunched_counts_need_more_to_differ():
    n = counts(own=20)
    assert "really more" in look(n).sentences[0]
    bunched = n.copy()
    bunched[OWN, :-3] = np.where(np.arange(MONTHS - 3) % 2, 0, 60)
    assert "no real difference" in look(bunched).sentences[0]


def test_too_few_are_not_set_beside_others():
    sentence = look(counts(own=0, others=0)).sentences[0]
    assert sentence == (
        "Oct–Dec 2020: too few to set it beside what was recorded in the 10 areas most like it (fewer than 10)."
    )


def test_none_among_those_most_alike_makes_no_endless_figure():
    found = look(counts(own=12, others=0)).sentences[0]
    assert found.endswith("incidents per 1,000 residents, where there were none in the 10 areas most like it.")
    assert "inf" not in found


def test_a_town_without_districts_is_set_beside_those_alike_alone():
    found = look(areas=making.grid(SIDE, residents=RESIDENTS))
    assert found.lines[SERIES].unique().tolist() == ["Mill 7", "The 10 areas most like it"]
    assert len(found.sentences) == 1


def test_where_none_can_be_called_most_alike_it_says_why():
    residents = np.where(np.isin(np.arange(AREAS), [OWN, 0, 1]), 1500, np.nan)
    found = look(areas=making.grid(SIDE, residents=residents, **DISTRICTS))
    assert found.lines[SERIES].unique().tolist() == ["Mill 7", "All of West"]
    assert found.lacking[0].startswith("Similar areas are chosen among 10 others")


def test_areas_without_residents_stand_beside_none():
    residents = np.where(np.arange(AREAS) == 8, np.nan, RESIDENTS)
    found = look(areas=making.grid(SIDE, residents=residents, **DISTRICTS))
    alike = [1, 2, 3, 4, 5, 6, 9, 10, 11, 12]
    assert rates(found, "The 10 areas most like it")[0] == pytest.approx(120 / RESIDENTS[alike].sum() * 1000)
    assert not np.isnan(rates(found, "All of West")).any()


def test_what_is_gathered_from_several_places_is_in_no_group():
    assert not np.isnan(look(elsewhere=(8,)).lines[c.COUNT]).any()
    with pytest.raises(ThinDataError, match="residents"):
        look(elsewhere=(OWN,))


def test_an_area_without_residents_is_refused():
    residents = np.where(np.arange(AREAS) == OWN, np.nan, RESIDENTS)
    with pytest.raises(ThinDataError, match="those of this one are not known; load the areas with their residents"):
        look(areas=making.grid(SIDE, residents=residents, **DISTRICTS))


def test_a_missing_period_is_refused_where_chosen_and_a_gap_elsewhere():
    with pytest.raises(ThinDataError, match="Nov 2020 has no figures; choose others"):
        look(missing=["2020-11"])
    assert np.isnan(rates(look(missing=["2020-01"]), "Mill 7")).tolist() == [at == 24 for at in range(MONTHS)]


def test_protected_rates_are_about_and_those_of_fewer_than_ten_are_neither_drawn_nor_told():
    n = counts(own=5, others=10)
    n[OWN, -2:] = 10
    found = look(n, protected=True)
    assert found.sentences[0].startswith("Oct–Dec 2020: about ")
    assert "from the about " in found.sentences[0]
    assert np.isnan(rates(found, "Mill 7")).tolist() == [True] * (MONTHS - 2) + [False] * 2
    few = replace(LAST, periods=("2020-10",))
    assert look(n, choice=few, protected=True).sentences[0].startswith("Oct 2020: too few to set it beside")
    alone = counts(own=20, others=0)
    assert look(alone, choice=few, protected=True).sentences[0].startswith("Oct 2020: too few to set it beside")
