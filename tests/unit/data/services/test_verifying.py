"""Verifying finds counts that do not follow from their rows, even where every hash and seal is right."""

import io
from collections.abc import Callable

import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services.verifying import verify
from data.store import datasets, integrity, seals
from data.store import tables as t
from data.store.store import Store
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.store.bringing import FIRST, SECOND, bring, bring_versions, settle
from tests.unit.data.store.inside import change, put_in_place, rows

Forge = Callable[[pd.DataFrame], pd.DataFrame]
DO_NOT_FOLLOW = "its counts must follow from its rows, and they do not; restore the store from a backup."


def forge(store: Store, version: int, forged: Forge) -> None:
    """Put other counts in the place of a version's, as one who knows how the store is made would."""
    [row] = [row for row in rows(store, t.version) if row["id"] == version]
    [content] = [blob["content"] for blob in rows(store, t.blob) if blob["sha256"] == row["counts"]]
    written = io.BytesIO()
    forged(pd.read_parquet(io.BytesIO(content))).to_parquet(written, index=False)
    name = seals.sha256(written.getvalue())
    change(store, t.blob.insert().values(sha256=name, content=written.getvalue()))
    put_in_place(store, t.version, version, {"counts": name})


def test_a_store_whose_counts_follow_from_its_rows_is_clean(store: Store) -> None:
    settle(store)
    bring(store, SECOND, replaces=bring(store, FIRST))
    assert verify(store, LOCAL_USER) == []


def test_an_empty_store_is_clean(store: Store) -> None:
    assert verify(store, LOCAL_USER) == []


@pytest.mark.parametrize(
    "forged",
    [
        lambda cells: cells.assign(n=[*cells["n"][:-1], cells["n"].iloc[-1] + 1]),
        lambda cells: cells.assign(n=list(cells["n"])[::-1]),
        lambda cells: cells.iloc[1:],
        lambda cells: pd.concat([cells, cells.tail(1).assign(month="2021-09")]),
        lambda cells: cells.assign(area=list(cells["area"])[1:] + list(cells["area"])[:1]),
        lambda cells: cells.assign(category="Drugs"),
        lambda cells: cells.drop(columns="n"),
    ],
    ids=[
        "one more",
        "the wrong way round",
        "one cell fewer",
        "a cell more",
        "other areas",
        "one category",
        "no counts",
    ],
)
def test_counts_that_look_right_and_are_not_are_found(store: Store, forged: Forge) -> None:
    settle(store)
    forge(store, 1, forged)
    assert integrity.find_damage(store, LOCAL_USER) == []
    assert verify(store, LOCAL_USER) == [f"Dataset 1, version 1: {DO_NOT_FOLLOW}"]


def test_cells_in_another_order_are_the_same_counts(store: Store) -> None:
    settle(store)
    forge(store, 1, lambda cells: cells.iloc[::-1])
    assert verify(store, LOCAL_USER) == []


@pytest.mark.parametrize("figure", ["by_code", "by_point", "no_location", "outside"])
def test_figures_of_placing_that_do_not_follow_from_the_rows_are_found(store: Store, figure: str) -> None:
    settle(store)
    put_in_place(store, t.version, 1, {figure: 3})
    assert verify(store, LOCAL_USER) == [f"Dataset 1, version 1: {DO_NOT_FOLLOW}"]


def test_a_superseded_version_is_looked_at_too(store: Store) -> None:
    bring_versions(store)
    forge(store, 1, lambda cells: cells.assign(n=9))
    assert verify(store, LOCAL_USER) == [f"Dataset 1, version 1: {DO_NOT_FOLLOW}"]


def test_rows_of_another_version_do_not_pass_for_its_own(store: Store) -> None:
    bring_versions(store)
    first, second = rows(store, t.version)
    put_in_place(store, t.version, first["id"], {"rows": second["rows"]})
    assert verify(store, LOCAL_USER) == [f"Dataset 1, version 1: {DO_NOT_FOLLOW}"]


def test_what_cannot_be_read_is_told_and_nothing_is_counted_again(store: Store) -> None:
    settle(store)
    change(store, t.blob.update().values(content=b"forged"))
    assert verify(store, LOCAL_USER) == integrity.find_damage(store, LOCAL_USER)
    assert len(integrity.find_damage(store, LOCAL_USER)) == 3


def test_each_organisation_counts_its_own_again(store: Store) -> None:
    welcome(store)
    settle(store)
    forge(store, 1, lambda cells: cells.assign(n=9))
    assert verify(store, STRANGER) == []
    assert len(verify(store, LOCAL_USER)) == 1


def test_progress_grows_and_ends_at_one(store: Store) -> None:
    bring_versions(store)
    told: list[tuple[float, str]] = []
    verify(store, LOCAL_USER, lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(told) == 4
    assert datasets.history(store, LOCAL_USER, 1)
