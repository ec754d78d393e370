"""Published police files are clean: streets, outcomes and fingerprints tell nobody."""

import pytest

from data.formats.csv_text import read_text_table
from data.formats.sheets import Sheet
from data.formats.sources import from_paths
from data.screening import screen

pytestmark = pytest.mark.acceptance
FILES = (
    ("south_yorkshire/police_street/2018-*.csv.gz", "Month"),
    ("city_of_london/police_street/2019-0*.csv.gz", "Month"),
    ("city_of_london/police_street_2024_2025/*.csv.gz", "Month"),
    ("city_of_london/police_stop_and_search/*.csv", "Date"),
    ("*/schools/*.csv", None),
)


@pytest.mark.parametrize(("files", "date"), FILES)
def test_published_files_pass(real_data, files, date):
    sources = from_paths(sorted(real_data.glob(files)))
    assert sources
    sheets = [Sheet(source.name, None, read_text_table(source)) for source in sources]
    assert screen(sheets, dates=[date] if date else [], places=["EstablishmentName"]) == []
