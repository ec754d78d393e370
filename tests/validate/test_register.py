"""A few of the registers that ``make validate`` tries hundreds of."""

import pytest

from tests.validate import south_yorkshire
from tests.validate.register import SUPPORTED, share_supported
from tests.validate.register_south_yorkshire import AS_IT_IS, registers
from tests.validate.register_towns import null_town, wrong_in_town


def test_hardly_an_entry_of_a_null_town_is_called_supported():
    assert null_town(0).supported == 0


def test_what_is_planted_in_a_town_is_told():
    assert wrong_in_town(6) == []


@pytest.mark.thorough
@pytest.mark.skipif(not south_yorkshire.there(), reason=south_yorkshire.ABSENT)
def test_hardly_an_entry_at_random_in_south_yorkshire_is_called_supported():
    found = registers(AS_IT_IS, 0, number=10)
    assert share_supported(found) <= SUPPORTED
