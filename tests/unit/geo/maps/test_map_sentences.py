import itertools
import re

import pytest

from geo import wording
from geo.areas.reach import Reach, on_foot
from geo.calendar import periods
from geo.maps import map_sentences
from geo.maps.measure import Measure, measured
from tests.unit.geo.samples import ALL_OF_IT, place, view

SCHOOL = place(500, 500)
SUMMER = ["2021-07", "2021-08", "2021-09"]
SEPTEMBER = ["2021-09"]
AUTUMN = ["2025/26-1", "2025/26-2"]
FIRST_HALF = ["2025/26-1"]
FEW = re.compile("fewer than 10", re.IGNORECASE)
NONE = float("nan")
VERDICTS = re.compile(
    r"%|per cent|percent|\b(up|down|rose|risen|rise|rises|rising|fell|fall|falls|fallen|falling|increase\w*|"
    r"decrease\w*|spike\w*|surge\w*|soar\w*|drop\w*|jump\w*|trend\w*|worse\w*|better|improv\w*|"
    r"significant\w*|double\w*|halve\w*|more|fewer|less|safe\w*|danger\w*|bad|good)\b",
    re.IGNORECASE,
)


PLAIN = (Measure.COUNT, Measure.RATE)  # what a statistic says comes with it


def looked_at(counts, measure=Measure.COUNT, residents=None, names=None, **looks):
    names = names or ("Ash", "Elm", "Oak", "Yew")[: len(counts)]
    return measured(view(counts, residents, names, **looks), ALL_OF_IT, measure)


def every_sentence():
    """Return every sentence that the figures of a page can make: none, one, several and many, known and unknown."""
    figures = [0.0, 1.0, 2.0, 1212.0, NONE]
    for n, before, run in itertools.product(figures, [None, 0.0, 1.0, 4.0], [SUMMER, SEPTEMBER]):
        yield map_sentences.compared(n, before, run)
        for areas in (0, 1, 12):
            yield map_sentences.around(SCHOOL, Reach(800), areas, n, before, run)
        yield map_sentences.within_distance(SCHOOL, Reach(800), n, before, run)
    for counts, residents, measure in itertools.product(
        [[0, 0, 0], [1, 0, 0], [3, 3, 1], [2, 2, 2], [NONE] * 3],
        [[1000] * 3, [300, 2000, 0], [NONE] * 3, [NONE, 5000, 5000]],
        PLAIN,
    ):
        found = looked_at(counts, measure, residents)
        yield map_sentences.where_most(found, SUMMER)
        yield from (f"{map_sentences.standing(found, area, SUMMER)}." for area in ("A0", "A1", "A2"))
    yield from (map_sentences.counted_apart([("Hospital", n), ("Prison", 1)]) for n in (1, 2, 1212))
    yield from (map_sentences.counted_apart([("Hospital", n)]) for n in (1, 1212))
    yield periods.missing_periods(["2020-12", "2021-01"])
    yield from every_protected_sentence()


def every_protected_sentence():
    """The sentences that a page makes of protected figures, as ``geo.counts.filters`` gives them: 0, or 10 and more."""
    for n, before, run in itertools.product([0.0, 10.0, 1215.0, NONE], [None, 0.0, 25.0], [AUTUMN, FIRST_HALF]):
        yield map_sentences.compared(n, before, run, protected=True)
        for areas in (0, 1, 12):
            yield map_sentences.around(SCHOOL, Reach(800), areas, n, before, run, protected=True)
    for counts, residents, measure, elsewhere in itertools.product(
        [[0, 5, 0], [15, 0, 5], [25, 25, 10], [20, 20, 20], [40, 5, 5]],
        [[1000] * 3, [300, 2000, 0], [NONE] * 3, [NONE, 5000, 5000]],
        PLAIN,
        [(), (0,), (0, 1, 2)],
    ):
        found = looked_at(counts, measure, residents, protected=True, elsewhere=elsewhere)
        yield map_sentences.where_most(found, AUTUMN)
        yield from (f"{map_sentences.standing(found, area, AUTUMN)}." for area in ("A0", "A1", "A2"))
    yield from (map_sentences.left_out(areas) for areas in (1, 4))


def test_sentences_state_counts_and_no_verdict():
    said = set(every_sentence())
    assert len(said) > 80
    assert [each for each in said if VERDICTS.search(FEW.sub("", each)) or not each.endswith(".")] == []


def test_sentences_never_show_how_a_program_writes_what_is_unknown():
    assert [each for each in every_sentence() if re.search(r"\b(nan|None|NA|NaT)\b|<|>", each)] == []


def test_nouns_follow_their_number_in_every_sentence():
    one, many = r"\b(?<!,)1 (incidents|areas|zones|others)\b", r"(?<![\d,.])(?!1 )[\d,]+ (incident|area|zone|other)\b"
    wrong = re.compile(f"{one}|{many}")
    assert [each for each in every_sentence() if wrong.search(each)] == []


@pytest.mark.parametrize(("n", "said"), [(0, "0 incidents"), (1, "1 incident"), (1212, "1,212 incidents")])
def test_nouns_follow_their_number(n, said):
    assert wording.how_many(n) == said


def test_what_lies_around_a_school_is_a_count_beside_the_one_of_a_year_before():
    assert (
        map_sentences.around(SCHOOL, Reach(800), 12, 1212, 1009, SUMMER)
        == "1,212 incidents in the 12 areas that touch 800 m around Hill School, Jul–Sep 2021; 1,009 in the same "
        "months a year before."
    )
    assert (
        map_sentences.around(SCHOOL, Reach(800), 1, 1, 0, SEPTEMBER)
        == "1 incident in the area that touches 800 m around Hill School, Sep 2021; 0 in the same month a year before."
    )


def test_what_lies_within_a_distance_says_that_it_is_a_straight_line():
    assert map_sentences.within_distance(SCHOOL, Reach(1600), 1212, 1009, SUMMER) == (
        "Within 1,600 m of Hill School in a straight line: 1,212 incidents, Jul–Sep 2021; 1,009 in the same months a "
        "year before."
    )
    assert map_sentences.within_distance(SCHOOL, Reach(800), NONE, None, SEPTEMBER) == (
        "Within 800 m of Hill School in a straight line, nothing can be said: the data holds no month of Sep 2021."
    )


def test_what_lies_within_a_walk_says_how_far_that_is_along_streets():
    assert map_sentences.within_distance(SCHOOL, on_foot(10), 12, 9, SUMMER) == (
        "Within 10 minutes’ walk of Hill School (800 m along streets and paths): 12 incidents, Jul–Sep 2021; 9 in the "
        "same months a year before."
    )


@pytest.mark.parametrize(
    ("elsewhere", "told"),
    [
        ([], None),
        ([("Hospital", 31)], "A further 31, recorded at a hospital, are counted apart."),
        ([("Hospital", 1)], "A further 1, recorded at a hospital, is counted apart."),
        (
            [("Hospital", 31), ("Police Station", 2), ("Prison", 1)],
            "A further 34, recorded at a hospital (31), a police station (2) and a prison (1), are counted apart.",
        ),
        ([("Court", 2), ("Law Courts", 3)], "A further 5, recorded at a court, are counted apart."),
    ],
)
def test_what_is_recorded_for_elsewhere_is_counted_apart_by_kind(elsewhere, told):
    assert map_sentences.counted_apart(elsewhere) == told


def test_a_school_beyond_every_area_is_not_said_to_have_no_incidents():
    told = map_sentences.around(SCHOOL, Reach(800), 0, 0.0, 0.0, SUMMER)
    assert told.startswith("No area of the map lies this close to Hill School")
    assert "0 incidents" not in told


def test_months_that_the_data_lacks_are_not_said_to_have_no_incidents():
    assert map_sentences.around(SCHOOL, Reach(800), 3, NONE, None, SUMMER) == (
        "The data holds no month of Jul–Sep 2021, so nothing can be said of the 3 areas that touch 800 m "
        "around Hill School."
    )
    assert map_sentences.compared(NONE, None, SUMMER) == "No figures for Jul–Sep 2021: a gap, not zero."
    assert map_sentences.standing(looked_at([NONE]), "A0", SEPTEMBER) == "No figures for Sep 2021: a gap, not zero"


def test_a_count_without_its_year_before_says_so():
    told = map_sentences.compared(7, None, SUMMER)
    assert told.startswith("7 incidents, Jul–Sep 2021; a year before cannot be set beside it")
    assert map_sentences.compared(7, 0, SUMMER).endswith("; 0 in the same months a year before.")


def test_the_area_that_holds_most_is_named_with_the_whole():
    told = map_sentences.where_most(looked_at([1, 5, 1200]), SUMMER)
    assert told == "Highest: Oak, 1,200 of 1,206 incidents, Jul–Sep 2021."


def test_areas_that_stand_level_are_not_passed_over():
    assert map_sentences.where_most(looked_at([2, 2, 1]), SUMMER) == (
        "Highest: Ash and 1 other, 2 each, of 5 incidents, Jul–Sep 2021."
    )
    assert map_sentences.where_most(looked_at([2, 2, 2], Measure.RATE), SUMMER) == (
        "Highest rate: Ash and 2 others, 2.0 per 1,000 residents, Jul–Sep 2021."
    )


def test_a_rate_over_few_residents_comes_with_its_warning():
    at_the_limit = looked_at([5, 1], Measure.RATE, [500, 2000])
    assert map_sentences.where_most(at_the_limit, SUMMER) == (
        "Highest rate: Ash, 10.0 per 1,000 residents, Jul–Sep 2021."
    )
    below = looked_at([5, 1], Measure.RATE, [499, 2000])
    assert map_sentences.where_most(below, SUMMER).endswith("Few people live there, so its rate runs high.")


def test_no_incidents_are_said_only_where_there_are_none():
    nothing = "No incident of this kind was recorded in these areas, Jul–Sep 2021."
    assert map_sentences.where_most(looked_at([0, 0]), SUMMER) == nothing
    assert map_sentences.where_most(looked_at([0, 0], Measure.RATE), SUMMER) == nothing
    # All incidents lie where residents are unknown, so that the highest known rate is zero.
    assert map_sentences.where_most(looked_at([0, 9], Measure.RATE, [1000, NONE]), SUMMER) != nothing


def test_a_map_without_figures_says_why():
    assert "the data holds none of these months" in map_sentences.where_most(looked_at([NONE, NONE]), SUMMER)
    assert "the data holds none of these months" in map_sentences.where_most(
        looked_at([NONE] * 2, Measure.RATE), SUMMER
    )
    without_residents = looked_at([1, 2], Measure.RATE, [NONE, NONE])
    assert "loaded without their residents" in map_sentences.where_most(without_residents, SUMMER)


def test_one_area_stands_by_its_count_its_rate_and_its_rank():
    assert map_sentences.standing(looked_at([3, 9, 1], residents=[1500, 1000, 1000]), "A0", SUMMER) == (
        "3 incidents, Jul–Sep 2021 · 2.0 per 1,000 of its 1,500 residents · rank 2 of 3 by count"
    )
    by_rate = looked_at([3, 9, 1], Measure.RATE, [1500, 9000, NONE])
    assert map_sentences.standing(by_rate, "A1", SUMMER).endswith(
        "· 1.0 per 1,000 of its 9,000 residents · rank 2 of 2 by rate"
    )


def test_an_area_without_a_rate_has_no_rank_by_rate():
    by_rate = looked_at([3, 9], Measure.RATE, [1500, NONE])
    assert map_sentences.standing(by_rate, "A1", SUMMER) == "9 incidents, Jul–Sep 2021"


def test_missing_periods_are_named_and_called_a_gap():
    assert periods.missing_periods([]) is None
    assert periods.missing_periods(["2020-12", "2021-01"]) == (
        "The data has no figures for Dec 2020, Jan 2021: a gap, not zero."
    )


def test_protected_counts_are_said_to_be_about_a_multiple_of_five_or_fewer_than_ten():
    said = list(every_protected_sentence())
    plain = re.compile(r"(?<!about )(?<!than )(?<![\d,])[\d,]+ (incidents|in the same)", re.IGNORECASE)
    assert [each for each in said if plain.search(each)] == []
    figures = {n for each in said for n in re.findall(r"(?:about|than) ([\d,]+)\b(?!\.| per)", each, re.IGNORECASE)}
    assert figures == {"10", "15", "20", "25", "40", "1,215"}


def test_protected_figures_around_a_school_are_those_of_zones_in_half_terms():
    assert map_sentences.around(SCHOOL, Reach(800), 12, 1215, 0, AUTUMN, protected=True) == (
        "About 1,215 incidents in the 12 zones that touch 800 m around Hill School, Autumn 1 – Autumn 2, 2025/26; "
        "fewer than 10 in the same half-terms a year before."
    )
    assert map_sentences.around(SCHOOL, Reach(800), 1, 0, None, FIRST_HALF, protected=True) == (
        "Fewer than 10 incidents in the zone that touches 800 m around Hill School, Autumn 1, 2025/26; "
        "a year before cannot be set beside it, as half-terms are missing from the data."
    )


def test_the_area_that_holds_most_protected_incidents_is_named_without_the_whole():
    when = "Autumn 1 – Autumn 2, 2025/26."
    alone = looked_at([15, 5, 10], protected=True)
    assert map_sentences.where_most(alone, AUTUMN) == f"Highest: Ash, about 15 incidents, {when}"
    level = looked_at([15, 15, 10], protected=True)
    assert map_sentences.where_most(level, AUTUMN) == f"Highest: Ash and 1 other, about 15 incidents each, {when}"
    by_rate = looked_at([15, 5, 10], Measure.RATE, protected=True)
    told = f"Highest rate: Ash, about 15.0 per 1,000 residents, {when}"
    assert map_sentences.where_most(by_rate, AUTUMN) == told


def test_areas_that_hold_too_few_protected_incidents_are_not_told_apart():
    told = "No area can be told apart: each has fewer than 10 incidents, Autumn 1, 2025/26."
    assert map_sentences.where_most(looked_at([5, 0], protected=True), FIRST_HALF) == told
    assert map_sentences.where_most(looked_at([5, 0], Measure.RATE, protected=True), FIRST_HALF) == told
    # Places apart from each other are no area, however many incidents they hold together.
    assert map_sentences.where_most(looked_at([5, 40], protected=True, elsewhere=[1]), FIRST_HALF) == told


def test_a_protected_area_stands_by_what_may_be_told_of_it():
    found = looked_at([5, 15, 25], residents=[1500, 1000, 1000], protected=True, elsewhere=[2])
    when = "Autumn 1, 2025/26"
    assert map_sentences.standing(found, "A0", FIRST_HALF) == f"Fewer than 10 incidents, {when} · rank 2 of 2 by count"
    assert map_sentences.standing(found, "A1", FIRST_HALF) == (
        f"About 15 incidents, {when} · about 15.0 per 1,000 of its 1,000 residents · rank 1 of 2 by count"
    )
    assert "rank" not in map_sentences.standing(found, "A2", FIRST_HALF)


def test_areas_near_by_that_are_left_out_are_counted():
    assert map_sentences.left_out(0) is None
    assert map_sentences.left_out(1) == "1 area near by holds too few incidents to show separately, and is left out."
    assert map_sentences.left_out(4) == "4 areas near by hold too few incidents to show separately, and are left out."
