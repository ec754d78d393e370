"""The classes of a map say the same on screen and on paper: what the numbers are, and what none and few are called."""

import numpy as np

from geo.maps.value_classes import value_classes, value_text


def test_open_amounts_are_counts_and_none_is_none():
    found = value_classes(np.array([0, 4, 31, np.nan]), "incidents")
    assert (found.unit, found.zero) == ("incidents", None)
    assert found.method == "Incidents, in two classes with about as many areas in each (quantiles)"
    assert len(found.colours) == 2


def test_of_protected_amounts_none_is_fewer_than_10():
    found = value_classes(np.array([0, 15, 20.0]), "incidents", protected=True, multiples=5, of="zone")
    assert (found.unit, found.zero) == ("incidents, about", "Fewer than 10")
    assert "zones" in found.method


def test_no_words_call_few_protected_incidents_none():
    none = value_classes(np.array([0, 0.0]), "incidents", protected=True)
    assert none.method == "Every area has fewer than 10"
    one = value_classes(np.array([0, 15.0]), "incidents", protected=True)
    assert one.method == "One class, for every area with 10 or more"


def test_how_values_came_about_stands_before_how_they_are_classed():
    assert value_classes(np.array([1, 2.0]), "rate", method="Empirical Bayes").method.startswith(
        "Empirical Bayes. Rate, in"
    )


def test_values_are_written_as_they_may_be_told():
    assert value_text(1234.0) == "1,234"
    assert value_text(3.14159, decimals=1) == "3.1"
    assert value_text(15.0, protected=True) == "about 15"
    assert value_text(0.0, protected=True) == "fewer than 10"
    assert value_text(np.nan) == ""
