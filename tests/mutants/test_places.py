from pathlib import Path

import pytest

from tests.mutants.__main__ import PLACES


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path)
def test_what_is_mutated_and_the_tests_that_are_to_notice_are_there(place):
    assert [path for path in (place.path, *place.tests) if not Path(path).exists()] == []
