"""Places where marks stand out are told beside what is recorded, rounding and chance allowed for, and thin data not."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from geo.areas.area_set import Units
from geo.errors import InputError, ThinDataError
from geo.evidence import marked_sentences
from geo.evidence.disagreement import MarkedKind, _behind, can_be_tested, marked_findings
from geo.evidence.marked_places import MarkedPlaces, years_of_marks
from tests.unit.geo.release.making import release, usual
from tests.unit.geo.release.towns import town
from tests.validate import safety_marks as simulated


def places(safe: list[float], unsafe: list[float], recorded: list[float], **changed: object) -> MarkedPlaces:
    size = len(safe)
    names = tuple(f"Hill {at}" for at in range(size))
    units = Units("zone", names, names, np.full(size, 1500.0), np.full(size, np.nan), np.arange(size))
    marked = MarkedPlaces(
        units, ("2025/26-1",), np.array(safe, float), np.array(unsafe, float), np.array(recorded, float), ("2025-09",),
        about=False, elsewhere=np.zeros(size, dtype=np.bool_), sessions=1,
    )  # fmt: skip
    return replace(marked, **changed)


SAFE, UNSAFE = [60, 60, 60, 60, 5], [20, 20, 20, 20, 60]


def test_a_place_that_feels_unsafe_where_no_more_is_recorded_disagrees() -> None:
    [one] = marked_findings(places(SAFE, UNSAFE, [50, 50, 50, 50, 40]))
    assert (one.kind, one.unit, one.disagrees) == (MarkedKind.UNSAFE_NOT_RECORDED, 4, True)
    assert one.ratio == pytest.approx(0.8)
    assert one.others == pytest.approx(0.25)
    assert 0.6 < one.low < 60 / 65 < one.high < 1


def test_a_place_that_feels_unsafe_where_more_is_recorded_agrees() -> None:
    [one] = marked_findings(places(SAFE, UNSAFE, [50, 50, 50, 50, 150]))
    assert (one.kind, one.disagrees) == (MarkedKind.BOTH, False)


def test_a_place_that_feels_safe_where_more_is_recorded_disagrees() -> None:
    [one] = marked_findings(places(UNSAFE, SAFE, [50, 50, 50, 50, 150]))
    assert (one.kind, one.disagrees) == (MarkedKind.RECORDED_FEELS_SAFE, True)


@pytest.mark.parametrize("recorded", [60.0, 70.0])
def test_between_no_more_and_surely_more_nothing_is_said(recorded: float) -> None:
    assert marked_findings(places(SAFE, UNSAFE, [50, 50, 50, 50, recorded])) == []


def test_without_records_only_what_feels_unsafe_is_told() -> None:
    nothing = [np.nan] * 5
    assert [one.kind for one in marked_findings(places(SAFE, UNSAFE, nothing))] == [MarkedKind.UNSAFE_ALONE]
    assert marked_findings(places(UNSAFE, SAFE, nothing)) == []


def test_a_place_with_fewer_than_ten_marks_is_not_tested() -> None:
    thin = places([60, 60, 0], [20, 20, 5], [50, 50, 0])
    assert can_be_tested(thin).tolist() == [True, True, False]


def test_what_is_elsewhere_is_no_place() -> None:
    apart = replace(places(SAFE, UNSAFE, [50] * 5), elsewhere=np.array([False] * 4 + [True]))
    assert not can_be_tested(apart)[4]
    assert marked_findings(apart) == []


def test_a_session_with_fewer_than_two_places_is_refused_in_one_sentence() -> None:
    with pytest.raises(ThinDataError, match=r"^Places can be compared when two .* 10 marks .*\.$"):
        marked_findings(places([60, 0], [20, 5], [50, 50]))


def test_what_lies_behind_a_shown_count_is_what_rounding_makes_of_it() -> None:
    rng = np.random.default_rng(0)
    n = rng.integers(0, 200, 200_000)
    shown = 5 * (n // 5) + 5 * (rng.random(len(n)) < n % 5 / 5)
    off, weight = _behind(1)
    measured = [np.mean((n - shown)[(shown > 20) & (shown < 180)] == at) for at in off]
    assert measured == pytest.approx(weight, abs=0.005)
    assert _behind(3)[1].sum() == pytest.approx(1)
    assert len(_behind(3)[0]) == 25


def test_p_is_fishers_exact_where_nothing_is_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.evidence.disagreement._behind", lambda _: (np.zeros(1), np.ones(1)))
    [one] = marked_findings(places(SAFE, UNSAFE, [50, 50, 50, 50, 40]))
    exact = stats.fisher_exact([[60, 5], [80, 240]], alternative="greater").pvalue
    assert one.p == pytest.approx(10 * exact)  # five places, two directions, the smallest of Holm's steps


def test_each_kind_is_one_plain_sentence() -> None:
    marked = places(SAFE, UNSAFE, [50, 50, 50, 50, 40])
    [one] = marked_findings(marked)
    for kind in MarkedKind:
        said = marked_sentences.sentence(marked, replace(one, kind=kind), "the police")
        assert said.endswith(".")
        assert "about 60 unsafe, fewer than 10 safe" in said
    assert "ask them why" in marked_sentences.sentence(marked, one, "the police")


def test_a_place_that_stands_out_can_be_handed_on_as_a_concern() -> None:
    told = simulated.session(1, 900, unsafe=0.95, recorded=0.5)
    one = next(each for each in told.told if each.kind is MarkedKind.UNSAFE_NOT_RECORDED)
    handed = marked_sentences.concern(told.places, town(4), one, "Said.")
    assert (handed.name, handed.harms, handed.reference) == (told.places.units.names[one.unit], ("other",), None)
    assert handed.shape.area > 0


def test_no_figure_under_ten_is_told() -> None:
    marked = places([5, 60, 60], [10, 20, 5], [50, 50, 40])
    told = str(marked_sentences.rows(marked, {})) + str(marked_sentences.texts(marked))
    assert "about 5" not in told
    assert "fewer than 10" in told


def test_incidents_are_no_marks() -> None:
    with pytest.raises(InputError, match="these are none"):
        years_of_marks(release(usual()).released)


def test_sessions_in_which_all_places_feel_alike_hardly_ever_tell_of_a_disagreement() -> None:
    assert simulated.told_wrongly(60, 300) <= 0.05


@pytest.mark.parametrize("kind", [MarkedKind.UNSAFE_NOT_RECORDED, MarkedKind.RECORDED_FEELS_SAFE])
def test_a_planted_disagreement_is_found_with_marks_enough(kind: MarkedKind) -> None:
    assert simulated.found(20, simulated.ENOUGH[kind], kind) >= 0.8
