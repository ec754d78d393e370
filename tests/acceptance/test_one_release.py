"""Open police rows of South Yorkshire beside protected rows: their own are known again, those of schools are not."""

import numpy as np
import pandas as pd

from geo.release.released_again import rows_again
from geo.release.row_sketches import SketchedRows
from tests.unit.geo.release.test_row_sketches import KEY, months_only, school


def sketched(rows: pd.DataFrame) -> SketchedRows:
    """Return police rows, which know months and points."""
    month = pd.to_datetime(rows["Month"]).to_numpy().astype("datetime64[M]").astype(np.int64)
    category, categories = pd.factorize(rows["Crime type"])
    lon, lat = rows["Longitude"].to_numpy(), rows["Latitude"].to_numpy()
    return SketchedRows(KEY, month, None, lon, lat, np.full(len(rows), -1), (), category, tuple(categories))


def test_police_rows_pass_beside_protected_rows_of_schools_where_they_happened(rows: pd.DataFrame) -> None:
    police, here = sketched(rows), rows.sample(3_000, random_state=1)
    for sites in (1, 40, 3_000):
        of_schools = school(3_000, sites=sites, year=2019)
        of_schools.lon[:], of_schools.lat[:] = (here[axis].to_numpy() for axis in ("Longitude", "Latitude"))
        for released in (of_schools, months_only(of_schools)):
            assert rows_again(police, released.sketch()) == 0


def test_police_rows_that_were_protected_are_known_among_all_of_them(rows: pd.DataFrame) -> None:
    assert rows_again(sketched(rows), sketched(rows.sample(3_000, random_state=1)).sketch()) > 1_000


def test_police_rows_of_other_years_or_of_elsewhere_pass(rows: pd.DataFrame) -> None:
    early, east = (rows["Month"] < "2020-01").to_numpy(), (rows["x"] > rows["x"].median()).to_numpy()
    for part in (early, east):
        assert rows_again(sketched(rows[part]), sketched(rows[~part]).sketch()) == 0
