"""Smoothed rates equal the published ones of North Carolina, those of an independent library, and a sum by hand."""

import struct
from pathlib import Path

import libpysal
import numpy as np
import pytest
from esda.smoothing import Empirical_Bayes

from geo.errors import ThinDataError
from geo.statistics.empirical_bayes import empirical_bayes, shrinkage

# Three areas alike in size: the rate of all is 20 per 1,000, the variance of the rates is 2/3 of 0.01², and chance
# makes 0.02/1000 of it. What is left is 0.7 of what an area's own rate varies by.
EVENTS, THOUSANDS = np.array([10.0, 20.0, 30.0]), np.array([1000.0, 1000.0, 1000.0])


def floats(*values):
    return np.array(values, dtype=np.float64)


def towns(seed, areas=60):
    """Return events and residents of areas whose true rates differ."""
    rng = np.random.default_rng(seed)
    residents = rng.integers(1, 4000, areas).astype(float)
    return rng.poisson(residents * rng.gamma(2, 0.01, areas)).astype(float), residents


def columns_of(table, *names):
    """Return columns of numbers of a dBASE table: the app leaves GDAL none of the drivers that would read it."""
    rows, start, width = int.from_bytes(table[4:8], "little"), *struct.unpack("<HH", table[8:12])
    fields = [table[at : at + 32] for at in range(32, start - 1, 32)]
    ends = np.cumsum([1, *(field[16] for field in fields)])
    span = {field[:11].rstrip(b"\0").decode(): slice(*ends[at : at + 2]) for at, field in enumerate(fields)}
    each = [table[start + row * width : start + (row + 1) * width] for row in range(rows)]
    return [floats(*(float(row[span[name]]) for row in each)) for name in names]


def test_a_sum_by_hand():
    assert shrinkage(EVENTS, THOUSANDS) == pytest.approx([0.7, 0.7, 0.7])
    assert empirical_bayes(EVENTS, THOUSANDS) == pytest.approx([0.013, 0.02, 0.027])


def test_north_carolinas_counties_have_their_published_rates():
    events, births = columns_of(Path(libpysal.examples.get_path("sids2.dbf")).read_bytes(), "SID74", "BIR74")
    found = empirical_bayes(events, births)
    assert found[:5].round(7).tolist() == [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349]
    assert found == pytest.approx(Empirical_Bayes(events, births).r.ravel(), abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_rates_are_those_of_an_independent_library(seed):
    events, residents = towns(seed)
    assert empirical_bayes(events, residents) == pytest.approx(Empirical_Bayes(events, residents).r.ravel(), abs=1e-12)


def test_a_place_with_few_residents_counts_for_little_and_a_large_one_for_much():
    events, residents = floats(2, 500, 40, 120), floats(20, 9000, 3000, 3500)
    own = shrinkage(events, residents)
    assert own.argsort().tolist() == [0, 2, 3, 1]
    assert own[0] < 0.2 < 0.9 < own[1]
    assert (events / residents).argmax() == 0
    assert empirical_bayes(events, residents).argmax() == 1


def test_the_weight_is_how_far_a_rate_stays_from_the_rate_of_all():
    events, residents = towns(3)
    mean = events.sum() / residents.sum()
    assert empirical_bayes(events, residents) - mean == pytest.approx(
        shrinkage(events, residents) * (events / residents - mean), abs=1e-15
    )


def test_areas_that_differ_by_no_more_than_chance_all_have_the_rate_of_all():
    events, residents = floats(10, 11, 9), floats(1000, 1000, 1000)
    assert Empirical_Bayes(events, residents).r.ravel() != pytest.approx([0.01, 0.01, 0.01], abs=1e-5)
    assert empirical_bayes(events, residents).tolist() == [0.01, 0.01, 0.01]
    assert shrinkage(events, residents).tolist() == [0, 0, 0]


@pytest.mark.parametrize("unknown", [(7, np.nan), (7, 0), (0, 0), (np.nan, 500), (7, -1)])
def test_areas_without_known_residents_or_count_have_no_rate_and_change_no_other(unknown):
    events, residents = np.append(EVENTS, unknown[0]), np.append(THOUSANDS, unknown[1])
    for method, alone in ((empirical_bayes, [0.013, 0.02, 0.027]), (shrinkage, [0.7, 0.7, 0.7])):
        found = method(events, residents)
        assert found[:3] == pytest.approx(alone)
        assert np.isnan(found[3])


THIN = [
    (floats(30, 30), floats(1000, 1000), "3 areas or more with counts and residents, and there are 2; look at"),
    (floats(30, 30, 30), floats(1000, 1000, np.nan), "residents, and there are 2; look at"),
    (floats(30, 30, np.nan), floats(1000, 1000, 1000), "residents, and there are 2; look at"),
    (floats(3, 3, 3), floats(1000, 1000, 1000), "10 incidents or more in areas with residents, and there are fewer;"),
    (floats(3, 3, 3, 50), floats(1000, 1000, 1000, 0), "10 incidents or more in areas with residents, and there are"),
]


@pytest.mark.parametrize("method", [empirical_bayes, shrinkage])
@pytest.mark.parametrize(("events", "residents", "reason"), THIN)
def test_thin_data_are_refused_in_one_sentence_with_requirement_finding_and_remedy(method, events, residents, reason):
    with pytest.raises(ThinDataError, match=rf"^Smoothed rates need .*{reason}.*\.$") as told:
        method(events, residents)
    assert str(told.value).count(".") == 1


def test_ten_events_in_three_areas_are_enough():
    assert empirical_bayes(floats(0, 0, 10), floats(500, 500, 500)).shape == (3,)
