import numpy as np
import pytest
from scipy import stats
from scipy.spatial import cKDTree

from geo.errors import ThinDataError
from geo.statistics.statistical_neighbours import most_similar

# Deprivation rank, residents per square kilometre, share of children.
TOWN = np.array(
    [
        [100.0, 4000.0, 0.20],
        [110.0, 4100.0, 0.21],
        [30000.0, 200.0, 0.10],
        [150.0, 3900.0, 0.22],
        [29000.0, 250.0, 0.11],
    ]
)


def random(seed, areas=80, features=3):
    return np.random.default_rng(seed).lognormal(5, 1, (areas, features))


def test_the_most_similar_come_first():
    assert most_similar(TOWN, 0, 4).tolist() == [1, 3, 4, 2]
    assert most_similar(TOWN, 2, 1).tolist() == [4]


@pytest.mark.parametrize("seed", range(10))
def test_they_are_the_nearest_neighbours_of_standardised_features(seed):
    features = random(seed)
    standardised = stats.zscore(features, ddof=1)
    _, nearest = cKDTree(standardised).query(standardised[17], k=11)
    assert most_similar(features, 17).tolist() == nearest[1:].tolist()


def test_ten_are_chosen_unless_asked_otherwise():
    assert len(most_similar(random(1), 0)) == 10
    assert len(most_similar(random(1), 0, number=3)) == 3


def test_an_area_is_never_similar_to_itself_even_where_others_equal_it():
    features = np.ones((4, 2))
    assert most_similar(features, 1, 3).tolist() == [0, 2, 3]


def test_equals_come_by_position():
    # Areas 1 to 4 differ from area 0 by one tenth either way, which no machine has exactly.
    features = np.array([[0.3], [0.4], [0.2], [0.4], [0.2], [0.9]])
    assert most_similar(features, 0, 5).tolist() == [1, 2, 3, 4, 5]


def test_no_feature_outweighs_the_others_by_its_unit():
    per_hectare = TOWN * np.array([1, 0.01, 100])
    assert most_similar(per_hectare, 0, 4).tolist() == most_similar(TOWN, 0, 4).tolist()


def test_a_feature_that_is_the_same_everywhere_tells_nothing():
    assert most_similar(np.column_stack([TOWN, np.full(5, 0.1)]), 0, 4).tolist() == most_similar(TOWN, 0, 4).tolist()


@pytest.mark.parametrize("unknown", [np.nan, np.inf])
def test_areas_that_lack_a_feature_are_never_chosen_and_do_not_change_the_scale(unknown):
    lacking = np.vstack([TOWN, [[105.0, 4050.0, unknown], [unknown, 1e9, 0.2]]])
    assert most_similar(lacking, 0, 4).tolist() == most_similar(TOWN, 0, 4).tolist()


THIN = [
    (np.vstack([[np.nan, 1, 1], TOWN]), 3, "this area lacks such a figure; compare it with its neighbours"),
    (np.empty((5, 0)), 3, "this area lacks such a figure; compare it with its neighbours"),
    (TOWN, 5, "5 others or more with the same figures, and there are 4; compare with all areas"),
]


@pytest.mark.parametrize(("features", "number", "reason"), THIN)
def test_thin_data_are_refused_in_one_sentence_with_requirement_finding_and_remedy(features, number, reason):
    with pytest.raises(ThinDataError, match=rf"^Similar areas .*{reason}.*\.$") as told:
        most_similar(features, 0, number)
    assert str(told.value).count(".") == 1
