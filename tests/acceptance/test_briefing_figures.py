"""Papers on real data: their figures are those that pandas alone counts from the raw files."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services.briefing_facts import facts
from data.services.briefing_request import BriefingRequest
from data.store import datasets
from data.store.store import Store
from geo.areas.reach import USUAL
from geo.calendar import months
from geo.harms import HARM_GROUPS, harm_of, usual_harms
from tests.acceptance.test_distance import ELSEWHERE, OAKWOOD, place_of, schools_of

pytestmark = pytest.mark.acceptance

NOW, THEN = ("2020-09", "2021-08"), ("2019-09", "2020-08")


def test_headline_and_kinds_of_a_school_beside_a_hospital_are_counted_again_from_raw_rows(
    sheffield_store: Store, rows: pd.DataFrame, real_data: Path
) -> None:
    dataset = datasets.load_dataset(sheffield_store, LOCAL_USER, 1)
    school = place_of(sheffield_store, OAKWOOD)
    harms = usual_harms(tuple(HARM_GROUPS))
    request = BriefingRequest(dataset, school, USUAL, tuple(months.between(*NOW)), harms)
    found = facts(sheffield_store, LOCAL_USER, request, date(2021, 11, 1))

    at = schools_of(real_data / "south_yorkshire").loc[OAKWOOD]
    near = np.hypot(rows["x"] - at["Easting"], rows["y"] - at["Northing"]) <= USUAL.metres
    inside = rows[near & ~rows["Location"].isin(ELSEWHERE)]
    harm = inside["Crime type"].map(harm_of)
    of = {
        period: harm[inside["Month"].between(*period) & harm.isin(harms)].value_counts().to_dict()
        for period in (NOW, THEN)
    }
    now, then = (sum(of[period].values()) for period in (NOW, THEN))
    assert now > 100
    assert f"Within 800 m of {school.name} in a straight line: {now:,} incidents" in found.headline.sentence
    assert f"; {then:,} in the same months a year before" in found.headline.sentence
    told = {row[0]: row[1:3] for row in found.kinds.rows}
    assert told == {HARM_GROUPS[code]: (f"{n:,}", f"{of[THEN].get(code, 0):,}") for code, n in of[NOW].items()}
    busiest = inside[inside["Month"].between(*NOW) & harm.isin(harms)].groupby(["Longitude", "Latitude"]).size().max()
    assert found.places is not None
    assert found.places.rows[0][1] == f"{busiest:,}"
