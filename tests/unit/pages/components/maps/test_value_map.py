"""What a map and its legend say of values, and that protected ones are never called none."""

import numpy as np
import pytest

from pages.components.maps.value_map import MapSpec, legend_of, value_map


def legend(*values: float, protected: bool) -> str:
    spec = MapSpec("Incidents", "incidents", "school year 2025/26", "a log", "digest", protected=protected)
    drawn = value_map(np.array(values), spec)
    return legend_of(drawn.view, drawn.legend)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((0, 0), "Every area has fewer than 10."),
        ((0, 15), "One class, for every area with 10 or more."),
        ((0, 15, 30), "Incidents, in two classes with about as many areas in each (quantiles)."),
    ],
)
def test_a_protected_map_calls_nothing_zero(values: tuple[float, ...], told: str) -> None:
    found = legend(*values, protected=True)
    assert told in found
    assert "<span>Fewer than 10</span>" in found
    assert "zero" not in found
    assert "has none" not in found


def test_an_open_map_says_zero_where_there_are_none() -> None:
    assert "One class, for every area above zero." in legend(0, 15, protected=False)
