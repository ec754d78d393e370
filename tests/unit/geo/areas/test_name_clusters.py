"""Points of one name are one within a neighbourhood, and as many as the places that share the name."""

import numpy as np

from geo.areas.name_clusters import join_names, thin_names

KM = 1000 / 111_320  # degrees of latitude


def lat(*kilometres):
    return 53 + np.array(kilometres) * KM


def join(names, north):
    return join_names(names, np.full(len(names), -1.4), lat(*north)).tolist()


def thin(names, north):
    return thin_names(names, np.full(len(names), -1.4), lat(*north)).tolist()


def test_a_long_street_is_one_and_its_middle_stands_for_it():
    assert join(["High Street"] * 4, [0, 0.4, 0.8, 9]) == [1, 3]


def test_names_that_differ_are_never_joined():
    assert join(["High Street", "Low Street", "High Street"], [0, 0, 0]) == [0, 1]


def test_two_thousand_points_of_one_name_at_one_spot_are_one():
    assert join(["Interchange"] * 2000, [0.0] * 2000) == [0]


def test_nothing_is_joined_to_nothing():
    assert join([], []) == []
    assert thin([], []) == []


def test_labels_of_a_long_street_are_apart_and_the_first_stays():
    assert thin(["High Street"] * 5, [1, 0.6, 0.4, 0, 9]) == [0, 2, 4]


def test_labels_of_other_names_do_not_count():
    assert thin(["High Street", "Low Street"], [0, 0]) == [0, 1]
