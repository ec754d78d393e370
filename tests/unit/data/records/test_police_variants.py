"""Street files that are not as published today: of about 2012, and saved again by a spreadsheet."""

from datetime import date

from data.formats.sources import from_upload
from geo import columns as c
from tests.unit.data.records.test_police import read, row, street


def test_months_that_a_spreadsheet_has_rewritten_are_read_as_they_were_published() -> None:
    plain = street(row("x"), row("y"))
    months = read(plain).table[c.MONTH].to_pylist()
    written = {month: f"{date.fromisoformat(f'{month}-01'):%b-%y}" for month in set(months)}
    text = plain.read().decode()
    for month, rewritten in written.items():
        text = text.replace(month, rewritten)
    assert read(from_upload("saved.csv", text.encode())).table[c.MONTH].to_pylist() == months


def test_files_of_about_2012_are_placed_by_their_eastings_and_northings() -> None:
    text = (
        "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n"
        "2011-12,Some Police,Some Police,435783,387323,On or near High Street,Violent crime,\n"
        "2011-12,Some Police,Some Police,,,No location,Public disorder and weapons,\n"
    )
    table = read(from_upload("2011-12-some-street.csv", text.encode())).table
    lon, lat = table[c.LON].to_pylist(), table[c.LAT].to_pylist()
    assert (round(lon[0], 2), round(lat[0], 2)) == (-1.46, 53.38)
    assert (lon[1], lat[1]) == (None, None)
    assert table[c.STATED].null_count == 2
