"""Months added to protected data: what is released stays as it was, and what is over since is released with it."""

import numpy as np

from data.principal import LOCAL_USER
from data.services import releasing, verifying
from data.store import datasets
from data.store.store import Store
from geo.release.ledger import Ledger
from tests.unit.data import logs


def ledger(store: Store, number: int) -> Ledger:
    found = releasing.ledger_of(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number))
    assert found is not None
    return found


def test_frozen_periods_stay_and_later_ones_are_released(store: Store) -> None:
    logs.add_areas(store)
    listed = logs.lines(400)
    by_month = [(line[6:10] + line[3:5], line) for line in listed]
    border = f"{logs.TILES[4].first:%Y%m}"
    early, late = ([line for month, line in by_month if (month >= border) is later] for later in (False, True))
    number = logs.bring(store, early, logs.over(3), lose_months=False)
    was = ledger(store, number)
    assert logs.bring(store, late, logs.ALL_OVER, onto=number, lose_months=False) == number
    now = ledger(store, number)
    assert [one.period.key for one in now.frozen] == list(logs.KEYS)
    for one, before in zip(now.frozen[:3], was.frozen, strict=False):
        assert one.period == before.period
        assert one.frozen_on == before.frozen_on == logs.over(3)
        np.testing.assert_array_equal(one.shown, before.shown)
    assert datasets.load_dataset(store, LOCAL_USER, number).rows_read == len(listed)
    assert verifying.verify(store, LOCAL_USER) == []
