"""The bars of the screening: what must be found, and what must not be blocked. Tuned on other seeds than these.

Of each kind 60 columns are screened, 20 in which it stands seldom, and 100 clean files; with ``--thorough`` 1,000, 240
and 500. The bars are the same.
"""

from itertools import islice

import pyarrow as pa
import pytest

from data.formats.sheets import Sheet
from data.screening import detectors, require_clean
from geo.errors import InputError
from tests.screening.clean_files import clean_files
from tests.screening.figures import by_kind, recall, wrongly_blocked
from tests.screening.planting import SPELLINGS, plant
from tests.screening.shares import SHARES, caught, innocent
from tests.screening.shares import planted as shared

FOUND_AT_LEAST = 0.99
BLOCKED = 0
EACH, EACH_WHEN_THOROUGH = 6, 100  # columns of each kind and spelling
CLEAN_FILES, CLEAN_FILES_WHEN_THOROUGH = range(900_000, 900_100), range(900_000, 900_500)


@pytest.fixture(scope="module")
def each(thorough):
    return EACH_WHEN_THOROUGH if thorough else EACH


@pytest.fixture(scope="module")
def planted(each):
    return recall(plant(seed=77_001, each=each))


def test_identifiers_of_all_kinds_are_planted_in_ten_spellings_each(planted, each):
    assert {what for what, _ in planted} == {kind.what for kind in detectors.KINDS}
    assert len(planted) == 10 * len(SPELLINGS)
    assert {tried for _, tried in planted.values()} == {each}


@pytest.mark.parametrize("what", SPELLINGS)
def test_hardly_an_identifier_slips_through(planted, what):
    hit, tried = by_kind(planted)[what]
    missed = {
        spelling: counts for (kind, spelling), counts in planted.items() if kind == what and counts[0] < counts[1]
    }
    assert hit >= FOUND_AT_LEAST * tried, missed


@pytest.fixture(scope="module")
def of_shares(thorough):
    columns = shared(seed=77_002, each=4 if thorough else 1)
    return caught(columns if thorough else islice(columns, 0, None, 3))


@pytest.mark.parametrize("share", SHARES)
def test_one_row_of_forty_is_caught_as_surely_as_all(of_shares, share):
    """Each kind, among words and among references, in CSV, XLSX, Parquet and GeoJSON by turns."""
    counts = {key: count for key, count in of_shares.items() if key[1] == share}
    assert {what for what, *_ in counts} == set(SPELLINGS)
    hit, tried = (sum(each) for each in zip(*counts.values(), strict=True))
    missed = {key: count for key, count in counts.items() if count[0] < count[1]}
    assert hit >= FOUND_AT_LEAST * tried, missed


def test_innocent_lines_are_taken_for_nobody():
    assert innocent(seed=77_003) == []


def test_hardly_a_clean_file_is_blocked(thorough):
    files = CLEAN_FILES_WHEN_THOROUGH if thorough else CLEAN_FILES
    blocked = wrongly_blocked(clean_files(files))
    assert len(blocked) == BLOCKED, blocked


@pytest.mark.parametrize(
    "planted", list(plant(seed=11, each=1)), ids=lambda planted: f"{planted.what}-{planted.spelling}"
)
def test_a_message_never_holds_what_it_found(planted):
    table = pa.table({"Date": pa.array(planted.days), planted.header: pa.array(planted.cells)})
    with pytest.raises(InputError) as caught:
        require_clean([Sheet("a.csv", "b", table)], dates=["Date"])
    assert not [cell for cell in planted.cells if cell.casefold() in str(caught.value).casefold()]
