"""Every sentence that is printed for six schools of South Yorkshire is known, and holds against the raw rows."""

import re
from pathlib import Path

import pytest

from tests.acceptance.check_findings import SCHOOLS, Truth, ask, check
from tests.acceptance.printed_findings import bounds, fits, months_of, read, size_of
from tests.unit.data.running import done

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def truth(real_data: Path) -> Truth:
    return Truth(real_data)


@pytest.fixture(scope="module")
def printed(around_sheffield: Path) -> dict[str | None, str]:
    """What the command prints for each school, and of drugs in the whole county."""
    out: dict[str | None, str] = {
        school: ask(lambda *options: done(around_sheffield, *options).out, school) for school in SCHOOLS
    }
    county = done(around_sheffield, "findings", "--dataset", 1, "--areas", "--most", 1000, "--harm", "substances")
    return out | {None: county.out}


def test_every_printed_sentence_is_known_and_holds_against_the_raw_rows(
    printed: dict[str | None, str], truth: Truth
) -> None:
    told = 0
    for school, out in printed.items():
        found, unknown, (now, chosen) = read(out, school)
        assert not unknown
        for one in found:
            claims = list(check(truth, one, school, now, chosen))
            assert [claim for claim in claims if not claim.holds] == [], one.line
        told += len(found)
    assert told


def test_a_sentence_that_is_wrong_is_noticed(printed: dict[str | None, str], truth: Truth) -> None:
    counted = r"[\d,]+(?= (other )?incidents?\b)"
    for school, out in printed.items():
        more = re.sub(counted, lambda n: f"{int(n[0].replace(',', '')) + 1:,}", out)
        found, unknown, (now, chosen) = read(more, school)
        assert not unknown
        for one in found:
            assert not all(claim.holds for claim in check(truth, one, school, now, chosen)), one.line


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("63 % more", 1.625, 1.635),
        ("down 48 %", 0.515, 0.525),
        ("2.4 times as many", 2.35, 2.45),
        ("12 times as many", 11.5, 12.5),
        ("about as many", 0.99, 1.01),
    ],
)
def test_words_for_a_ratio_are_read_with_their_rounding(text: str, low: float, high: float) -> None:
    assert bounds(text) == pytest.approx((low, high))
    assert fits(text, (low + high) / 2)
    assert not fits(text, high + 0.01)


def test_words_for_an_interval_are_read() -> None:
    wide = "up 63 % (could be anywhere from 31 % up to twice as many)"
    assert size_of(wide) == ("up 63 %", "31 % up", "twice as many")
    narrow = "down 48 % (could be anywhere from 61 % to 31 % down)"
    assert size_of(narrow) == ("down 48 %", "61 % down", "31 % down")
    assert size_of("at least 90 % down") is None


def test_months_are_read_with_gaps() -> None:
    assert months_of("Jun–Aug 2021") == ["2021-06", "2021-07", "2021-08"]
    assert months_of("Dec 2018 – Jan 2019 and Mar 2019") == ["2018-12", "2019-01", "2019-03"]
