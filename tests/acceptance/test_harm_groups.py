"""Harm groups of real police data hold what the decision says, by a table written here and not by the product."""

from pathlib import Path
from typing import Final

import pandas as pd

from tests.acceptance.conftest import Filled
from tests.acceptance.test_trends import BY_ITSELF

TABLE: Final = {
    "Violence and sexual offences": "violence",
    "Robbery": "violence",
    "Possession of weapons": "violence",
    "Drugs": "substances",
    "Anti-social behaviour": "asb",
    "Criminal damage and arson": "asb",
    "Public order": "asb",
    "Theft from the person": "other",
    "Other theft": "other",
    "Other crime": "other",
    "Bicycle theft": "other",
    "Burglary": "other",
    "Shoplifting": "other",
    "Vehicle crime": "other",
}


def test_every_month_of_every_group_is_that_of_the_raw_rows(yorkshire: Filled, real_data: Path) -> None:
    truth = pd.read_csv(real_data / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz")
    expected = truth.assign(harm=truth["Crime type"].map(TABLE)).groupby(["Month", "harm"])["n"].sum()
    written = yorkshire.ask("counts", "--dataset", BY_ITSELF, "--by", "period,harm").out.splitlines()[1:]
    found = {(month, harm): int(n) for month, harm, n in (line.split(",") for line in written)}
    assert found == expected.to_dict()
    assert set(truth["Crime type"]) == set(TABLE)


def test_programs_get_the_categories_as_they_were_recorded(yorkshire: Filled) -> None:
    written = yorkshire.ask("counts", "--dataset", BY_ITSELF, "--by", "category").out.splitlines()[1:]
    assert {line.rpartition(",")[0] for line in written} == set(TABLE)


def test_an_import_says_what_falls_into_other(yorkshire: Filled) -> None:
    [said] = [line for line in yorkshire.said["by itself"].splitlines() if line.startswith("Grouped under “Other”")]
    assert "Theft from the person 4,788" in said
    assert said.endswith("; 181,388 of 625,639 incidents placed (29 %).")
