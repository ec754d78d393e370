"""The bars of the screening: what must be found, and what must not be blocked. Tuned on other seeds than these.

Of each kind 120 columns are screened, and 100 clean files; with ``--thorough`` 1,000 and 500. The bars are the same.
"""

import pyarrow as pa
import pytest

from data.formats.sheets import Sheet
from data.screening import require_clean
from geo.errors import InputError
from tests.screening.clean_files import clean_files
from tests.screening.figures import by_kind, recall, wrongly_blocked
from tests.screening.planting import SPELLINGS, plant

FOUND_AT_LEAST = 0.99
BLOCKED_AT_MOST = 0.01
EACH, EACH_WHEN_THOROUGH = 12, 100  # columns of each kind and spelling
CLEAN_FILES, CLEAN_FILES_WHEN_THOROUGH = range(900_000, 900_100), range(900_000, 900_500)


@pytest.fixture(scope="module")
def each(thorough):
    return EACH_WHEN_THOROUGH if thorough else EACH


@pytest.fixture(scope="module")
def planted(each):
    return recall(plant(seed=77_001, each=each))


def test_identifiers_of_ten_kinds_are_planted_in_ten_spellings_each(planted, each):
    assert len(planted) == 10 * len(SPELLINGS) == 100
    assert {tried for _, tried in planted.values()} == {each}


@pytest.mark.parametrize("what", SPELLINGS)
def test_hardly_an_identifier_slips_through(planted, what):
    hit, tried = by_kind(planted)[what]
    missed = {
        spelling: counts for (kind, spelling), counts in planted.items() if kind == what and counts[0] < counts[1]
    }
    assert hit >= FOUND_AT_LEAST * tried, missed


def test_hardly_a_clean_file_is_blocked(thorough):
    files = CLEAN_FILES_WHEN_THOROUGH if thorough else CLEAN_FILES
    blocked = wrongly_blocked(clean_files(files))
    assert len(blocked) <= BLOCKED_AT_MOST * len(files), blocked


@pytest.mark.parametrize(
    "planted", list(plant(seed=11, each=1)), ids=lambda planted: f"{planted.what}-{planted.spelling}"
)
def test_a_message_never_holds_what_it_found(planted):
    table = pa.table({"Date": pa.array(planted.days), planted.header: pa.array(planted.cells)})
    with pytest.raises(InputError) as caught:
        require_clean([Sheet("a.csv", "b", table)], dates=["Date"])
    assert not [cell for cell in planted.cells if cell.casefold() in str(caught.value).casefold()]
