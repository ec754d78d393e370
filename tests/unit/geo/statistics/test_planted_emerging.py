"""What is planted in the demonstration town, and what emerging hot spots say of it.

The right answers, by the rules and by what is planted:

- Drugs around Millbank Park rise to four times. Its three areas had more than others all along, so they are seldom
  hot for the first time: *new*, *consecutive*, *sporadic* or *intensifying* are all right, as long as they are hot now.
- Anti-social behaviour around the bus interchange fades over 14 of 36 months: hot before, and now *diminishing*, or
  not hot: *historical* where that took less than a tenth of the months, *sporadic* where it took more.
- Violence moves from the retail park to the areas next to it. Their neighbourhoods hold as much as before, so that
  none of them may be told as new; each area by itself shows the fall and the rise.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from geo.areas.contiguity import graph_of
from geo.calendar import months
from geo.statistics.emerging import Emerged, Pattern, emerging, space_time_gi
from geo.statistics.mann_kendall import mann_kendall
from geo.statistics.time_steps import steps
from tests.unit.data.demo.conftest import Town, read_town

MONTHS = months.between("2023-09", "2026-08")
NOW_HOT = {Pattern.NEW, Pattern.CONSECUTIVE, Pattern.SPORADIC, Pattern.INTENSIFYING}
FADED = {Pattern.SPORADIC, Pattern.HISTORICAL, Pattern.DIMINISHING}


TOWNS = [
    pytest.param(None, id="demonstration"),
    pytest.param(42),
    pytest.param(1, marks=pytest.mark.thorough),
    pytest.param(99, marks=pytest.mark.thorough),
]


@dataclass(frozen=True)
class Looked:
    """One town, by area and month."""

    town: Town
    codes: list[str]
    graph: csr_array

    def counts(self, category: str) -> np.ndarray:
        rows = self.town.street[self.town.street["Crime type"] == category]
        table = pd.crosstab(rows["LSOA code"], rows["Month"])
        return table.reindex(index=self.codes, columns=MONTHS, fill_value=0).to_numpy(dtype=float)

    def where(self, change: dict[str, Any]) -> list[int]:
        return [self.codes.index(code) for code in change["areas"]]

    def found(self, category: str) -> tuple[int, Emerged]:
        taken = steps(self.counts(category), MONTHS, self.graph)
        return taken.length, emerging(taken.counts, self.graph)


@pytest.fixture(scope="module", params=TOWNS)
def looked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Looked:
    town = read_town(tmp_path_factory.mktemp("castlebrook"), request.param)
    return Looked(town, list(town.areas["code"]), graph_of(town.areas.to_crs("EPSG:27700").geometry.to_numpy()))


def test_drugs_around_the_park_are_hot_now_and_found_by_quarter(looked: Looked) -> None:
    park = looked.where(looked.town.truth["emerging"])
    length, found = looked.found("Drugs")
    assert length == 3
    assert (found.states[park, -1] == 1).all()
    assert set(found.patterns[park]) <= NOW_HOT
    assert (found.states[:, -1] == 1).sum() <= 6  # the park and at most a few that border on it


def test_no_area_away_from_the_park_is_hot_with_drugs(looked: Looked) -> None:
    park = looked.where(looked.town.truth["emerging"])
    _, found = looked.found("Drugs")
    touching = looked.graph[park].sum(axis=0) > 0
    hot = found.states[:, -1] == 1
    assert (hot & ~touching).sum() == 0


def test_anti_social_behaviour_at_the_interchange_was_hot_and_fades(looked: Looked) -> None:
    around = looked.where(looked.town.truth["fading"])
    length, found = looked.found("Anti-social behaviour")
    assert length == 1
    assert (found.states[around, :22] == 1).mean() > 0.9  # before it begins to fade
    faded = (found.states[around, -1] != 1) | (found.patterns[around] == Pattern.DIMINISHING)
    assert faded.sum() >= 2
    assert set(found.patterns[around][faded]) <= FADED
    assert (found.z[around, -6:].mean(axis=1) < found.z[around, :22].mean(axis=1)).all()


def test_what_moves_between_neighbours_is_not_told_as_new(looked: Looked) -> None:
    moved = looked.town.truth["displaced"]
    _, found = looked.found("Violence and sexual offences")
    for places in (moved["from"], moved["to"]):
        assert set(found.patterns[looked.where(places)]) <= {Pattern.NONE, Pattern.SPORADIC}
        assert (found.states[looked.where(places), -1] != 1).all()


def test_each_area_by_itself_shows_what_moved(looked: Looked) -> None:
    moved = looked.town.truth["displaced"]
    alone = csr_array(looked.graph.shape, dtype=np.int8)
    z = space_time_gi(looked.counts("Violence and sexual offences"), alone)
    since = MONTHS.index(moved["onset"])
    change = z[:, since:].mean(axis=1) - z[:, :since].mean(axis=1)
    retail, beside = looked.where(moved["from"]), looked.where(moved["to"])
    assert change[retail] < -1
    assert (change[beside] > 0.2).all()
    assert (mann_kendall(z).direction[retail] == -1).all()
