"""Where pupils come from is told by sector, from ten pupils on and to the nearest five, and nothing nearer."""

import pytest

from data.formats.sheet_reader import read_sheets
from data.formats.sources import from_upload
from data.records.pupil_sectors import SectorsFound, sectors_of
from geo.errors import InputError
from geo.walking.pupil_origin import rounded


def read(text: str) -> SectorsFound:
    return sectors_of(read_sheets(from_upload("sectors.csv", text.encode()))[0])


def test_small_sectors_and_odd_rows_are_left_out_and_only_counted() -> None:
    found = read("sector,pupils\nS60 2,23\nS60 3,9\ns65 1,12\nS65 1,5\nRotherham,40\nS66 1,many\nS66 2,\n")
    assert found.pupils == {"S60 2": 25, "S65 1": 15}
    assert (found.too_few, found.no_sector, found.no_number) == (1, 1, 2)
    assert found.said == (
        "2 postcode sectors, pupils to the nearest 5. Left out: 1 with fewer than 10 pupils, 1 without a postcode "
        "sector, 2 without a whole number of pupils."
    )
    for told in ("S60 3", "Rotherham", "S66", "many"):
        assert told not in found.said


@pytest.mark.parametrize(
    "text",
    [
        "sector,pupils\nS60 2,23\nS60 2UH,30\n",
        "postcode sector,pupils\nS602UH,30\n",
        "sector,pupils,name\nS60 2,23,A Person\n",
        "sector,number,address\nS60 2,23,1 High Street\n",
        "sector\nS60 2\n",
        "area,pupils\nS60 2,12\n",
        "sector,pupils\nS60 2,9\n",
    ],
)
def test_whole_postcodes_and_further_columns_refuse_the_whole_file(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    for told in ("2UH", "Person", "High Street", "S60 2,"):
        assert told not in str(refused.value)


@pytest.mark.parametrize(("pupils", "told"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (998, 1000)])
def test_pupils_are_told_to_the_nearest_five(pupils: int, told: int) -> None:
    assert rounded(pupils) == told
