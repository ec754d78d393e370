"""Whatever a statistic says, it says of every unit, in the units' order, and of none that is no place."""

import numpy as np
import pytest

from geo.maps.measure import Measure
from geo.maps.measures import STATISTICS
from tests.unit.geo.maps.looking import AREAS, HARM, hot_corner, measure, scene

ELSEWHERE = 35
every_statistic = pytest.mark.parametrize("measure_of", sorted(STATISTICS))
every_look = pytest.mark.parametrize("protected", [False, True], ids=["open", "protected"])


def found_in(measure_of, protected):
    n = hot_corner()
    return measure(scene(5 * n if protected else n, elsewhere=(ELSEWHERE,), protected=protected), measure_of)


@every_look
@every_statistic
def test_a_statistic_has_an_entry_for_every_unit(measure_of, protected):
    found = found_in(measure_of, protected)
    result = found.result
    for listed in (result.values, result.words, result.texts, *(fact.values for fact in result.facts)):
        assert len(listed) == AREAS
    if result.painted:
        assert len(result.painted.classes.marks) == AREAS
    if result.past:
        assert result.past.states.shape == (AREAS, len(result.past.steps))


@every_look
@every_statistic
def test_what_is_gathered_from_several_places_has_a_count_and_no_statistic(measure_of, protected):
    found = found_in(measure_of, protected)
    result, at = found.result, ELSEWHERE
    assert found.counts[at] > 0
    assert np.isnan(result.values[at])
    assert (result.texts[at], result.words[at] or "too few to say") in {("", "too few to say")}
    assert not result.painted or result.painted.classes.marks[at] == "-"
    assert not result.past or not result.past.of(at)
    assert found.ranks[at] != found.ranks[at]


@every_look
@every_statistic
def test_the_rank_follows_the_statistic_and_what_is_painted_never_contradicts_it(measure_of, protected):
    found = found_in(measure_of, protected)
    assert np.array_equal(found.values, found.result.values, equal_nan=True)
    assert found.order[-1] == ELSEWHERE
    assert found.result.values[found.order[0]] == np.nanmax(found.result.values)


@every_statistic
def test_the_method_and_the_meaning_are_sentences_for_people(measure_of):
    result = found_in(measure_of, protected=False).result
    assert not result.method.endswith(".")  # the legend ends it
    assert result.meaning.endswith(".")
    assert result.headline.endswith(".")
    for words in (result.method, result.meaning, result.headline):
        assert words[0].isupper()
        assert HARM[0] not in words


@every_look
@every_statistic
def test_no_text_breaks_the_list_that_the_map_is_sent(measure_of, protected):
    result = found_in(measure_of, protected).result
    assert result.texts
    assert not any("|" in text for text in result.texts)


@every_statistic
def test_no_column_holds_a_number_without_end(measure_of):
    n = hot_corner()
    n[0, :-12] = 0
    numbers = [fact for fact in measure(scene(n), measure_of).facts if fact.decimals is not None]
    assert numbers or measure_of is Measure.PATTERN
    for fact in numbers:
        assert not np.isinf(np.array(fact.values, dtype=float)).any()


def test_only_patterns_have_a_past():
    assert [each for each in STATISTICS if found_in(each, protected=False).result.past] == [Measure.PATTERN]
