"""National files have more room and time than others."""

from data.formats.sources import Source
from data.sandbox import ResourceLimits
from data.services.limits import LARGE, LARGE_FROM, limits_for


def test_the_largest_file_decides() -> None:
    small, large = Source("a.csv", content=b"a"), Source("b.csv", content=bytes(LARGE_FROM + 1))
    assert limits_for(small) == limits_for() == ResourceLimits()
    assert limits_for(small, large) == LARGE
