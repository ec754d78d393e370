"""Caveats: there is always one, three at most, and each fits the finding that it is said of."""

import re

import numpy as np
import pytest

from geo.findings import caveats as d
from geo.findings.finding import FindingKind
from geo.statistics.emerging import Pattern
from tests.unit.geo.findings import making

GRID = making.grid(8)
EVEN = making.scene(making.even(GRID, 24), GRID, first="2022-01")
KINDS = [(FindingKind.CLUSTER, Pattern.NONE), (FindingKind.RISE, Pattern.NONE), (FindingKind.FALL, Pattern.NONE)] + [
    (FindingKind.PATTERN, one) for one in (Pattern.NEW, Pattern.PERSISTENT, Pattern.HISTORICAL)
]


def of(kind=FindingKind.CLUSTER, scene=EVEN, of_police=True, **changed):
    changed = {"units": (quiet(scene),), "periods": ("2023-06", "2023-07"), **changed}
    return d.caveats(making.finding(kind, **changed), scene, of_police)


def quiet(scene):
    return int(np.argmin(scene.view.cube.n.sum(axis=(1, 2))))


@pytest.mark.parametrize("of_police", [True, False], ids=["police", "others"])
@pytest.mark.parametrize(("kind", "pattern"), KINDS, ids=str)
@pytest.mark.parametrize("harm", ["substances", "asb", "cse"])
def test_there_is_always_a_doubt_and_never_more_than_three(kind, pattern, harm, of_police):
    for periods in (("2023-06",), ("2020-04", "2020-05"), ("2021-05",), ("2023/24-1",)):
        sentences = of(kind, pattern=pattern, harms=(harm,), periods=periods, of_police=of_police)
        assert 1 <= len(sentences) <= 3
        assert all(one and not one.endswith(".") and "%" not in one for one in sentences)


@pytest.mark.parametrize(("kind", "pattern"), KINDS, ids=str)
def test_less_is_explained_by_less_recording_and_more_by_more(kind, pattern):
    fewer = kind is FindingKind.FALL or pattern is Pattern.HISTORICAL
    assert of(kind, pattern=pattern)[-1] == ("less reporting" if fewer else d.REPORTING)
    by_others = of(kind, pattern=pattern, of_police=False)
    assert by_others[-1] == (d.LESS_RECORDING if fewer else d.RECORDING)
    drugs = of(kind, pattern=pattern, harms=("substances",))
    assert (d.FEWER_SEARCHES if fewer else d.POLICE) in drugs


@pytest.mark.parametrize(("kind", "pattern"), KINDS, ids=str)
def test_nobody_is_said_to_have_recorded_what_is_no_police_series(kind, pattern):
    sentences = of(kind, pattern=pattern, harms=("substances",), of_police=False)
    assert not re.search(r"school|police", " ".join(sentences))


def test_police_searches_are_no_doubt_of_what_others_record():
    assert d.POLICE not in of(harms=("substances",), of_police=False)


FEW = making.grid(8, residents=[120] + [1500] * 63)
FEW_LIVE = making.scene(making.even(FEW, 24), FEW, first="2022-01")


def busy():
    n = making.even(GRID, 24)
    n[5] *= 4
    return making.scene(n, GRID, first="2022-01")


def test_a_place_where_few_live_and_a_busy_centre_are_named_where_areas_are_compared_with_each_other():
    sentences = of(FindingKind.PATTERN, pattern=Pattern.PERSISTENT, scene=FEW_LIVE, units=(0,))
    assert sentences[0] == "a place that many pass through and where few live (120 residents)"
    assert of(FindingKind.PATTERN, scene=busy(), units=(5,))[0].startswith("a busy centre")


@pytest.mark.parametrize("kind", [FindingKind.CLUSTER, FindingKind.RISE, FindingKind.FALL])
def test_what_is_compared_with_its_own_past_is_not_explained_by_what_the_place_always_was(kind):
    for sentences in (of(kind, scene=FEW_LIVE, units=(0,)), of(kind, scene=busy(), units=(5,))):
        assert sentences
        assert not any("few live" in one or "busy centre" in one for one in sentences)


@pytest.mark.parametrize(
    ("kind", "periods", "ratio", "harm", "said"),
    [
        (FindingKind.RISE, ("2021-04",), 2.0, "violence", "life coming back after the lockdowns"),
        (FindingKind.FALL, ("2021-04",), 0.5, "violence", "the lockdown a year before"),
        (FindingKind.FALL, ("2021-04",), 0.5, "asb", d.RULES),
        (FindingKind.RISE, ("2020-04",), 2.0, "violence", "the lockdown then"),
        (FindingKind.CLUSTER, ("2020-04",), 2.0, "asb", f"the lockdown then, and {d.RULES}"),
        (FindingKind.CLUSTER, ("2021-09",), 2.0, "violence", "life coming back after the lockdowns"),
    ],
)
def test_a_lockdown_is_named_where_it_may_matter(kind, periods, ratio, harm, said):
    assert said in of(kind, periods=periods, ratio=ratio, harms=(harm,))


@pytest.mark.parametrize("periods", [("2019-09",), ("2023-06",), ("2019/20-5",)], ids=str)
def test_no_lockdown_is_named_in_other_years(periods):
    sentences = of(periods=periods, harms=("asb",))
    assert sentences
    assert not any("lockdown" in one or "Covid" in one for one in sentences)


def test_missing_months_inside_a_finding_are_named():
    gaps = making.scene(making.even(GRID, 24), GRID, first="2022-01", missing=("2023-05", "2023-06", "2022-02"))
    sentences = of(scene=gaps, periods=("2023-04", "2023-07"))
    assert "the missing May 2023, Jun 2023" in sentences


def test_one_area_that_holds_most_is_named_and_not_measured():
    two = (quiet(EVEN), 3)
    name = EVEN.view.units.names[two[0]]
    assert f"one address or one night, since most of them lie in {name}" in of(units=two, share=0.8)
    assert not any("one address" in one for one in (*of(units=two, share=0.6), *of(share=1.0)))
