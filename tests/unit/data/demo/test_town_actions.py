"""Actions of the town: the planted one is among them, and every state that an action can be in on the town's day."""

from datetime import date

import pandas as pd

from geo.register.action import Action
from geo.register.follow_up import ActionState, stand_of
from tests.unit.data.demo.conftest import Town

TODAY = date(2026, 11, 29)


def _listed(town: Town) -> pd.DataFrame:
    return pd.read_csv(town.files.actions, dtype=str, keep_default_na=False)


def _states(rows: pd.DataFrame) -> list[ActionState]:
    return [
        stand_of(
            Action(one["what"], due_on=one["due on"] or None, done_on=one["done on"] or None,
                   helped=one["did it help"] or None),
            TODAY,
        ).state
        for one in rows.to_dict("records")
    ]  # fmt: skip


def test_actions_at_hotspots_name_known_ones_and_the_planted_one_is_among_them(town: Town) -> None:
    actions = _listed(town)
    at = actions[actions["reference"] != ""].set_index("reference")
    assert set(at.index) <= set(town.hotspots["reference"])
    planted = town.truth["displaced"]["action"]
    assert at.loc["CBH-02", ["what", "done on"]].tolist() == [planted["what"], planted["date"]]
    assert at.loc["CBH-01", "done on"][:7] == town.truth["fading"]["onset"]
    assert (actions["due on"] + actions["done on"] != "").all()


def test_actions_at_no_hotspot_stand_in_each_way(town: Town) -> None:
    actions = _listed(town)
    assert _states(actions[actions["reference"] == ""]) == [
        ActionState.LATE,
        ActionState.ASKED,
        ActionState.ANSWERED,
        ActionState.OWED,
    ]


def test_of_the_actions_at_hotspots_one_is_overdue_and_one_is_planned(town: Town) -> None:
    at = _listed(town).query("reference != ''")
    due = {one["reference"]: one["due on"] for one in at.to_dict("records") if not one["done on"]}
    assert due == {"CBH-04": "2026-09-30", "CBH-05": "2027-01-29"}
