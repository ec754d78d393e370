"""Protected rows rest coarsely: as they are imported, and as an upgrade finds them; what is counted stays the same."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest

from data.principal import LOCAL_USER
from data.services import importing
from data.services.verifying import verify
from data.store import datasets, rows_at_rest, seals
from data.store import tables as t
from data.store.store import Store
from geo import columns as c
from tests.unit.data import small_place
from tests.unit.data.store import inside

# Seen from outside as well: inside an area by its point, by its code with a point, and outside them all.
LOG = (
    "Date,From,To,Latitude,Longitude,Area code,Type\n"
    "01/09/2021,15:17,15:49,53.3751234,-1.4756789,,Knife crime\n"
    "02/09/2021,08:02,,53.3741234,-1.4646789,E01000002,Drugs\n"
    "03/09/2021,,,53.3001234,-1.4001234,,Drugs\n"
)
FINE = ("53.3751234", "-1.4756789", "53.3001234")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    on_file = request.param == "sqlite"
    return f"sqlite:///{tmp_path / 'store.sqlite'}" if on_file else request.getfixturevalue("bare_postgres_url")


@pytest.fixture
def brought(url: str) -> Iterator[Store]:
    with closing(Store(url)) as store:
        small_place.add_areas(store)
        small_place.add(store, small_place.incidents(LOG))
        yield store


def rest(store: Store) -> pa.Table:
    [dataset] = datasets.datasets(store, LOCAL_USER)
    return rows_at_rest.from_geoparquet(datasets.load_rows(store, LOCAL_USER, dataset))


def told(rows: pa.Table) -> list[str]:
    return [f"{value:.7f}" for name in (c.LON, c.LAT) for value in rows[name].drop_null().to_pylist()]


def test_protected_rows_rest_without_their_exact_place_and_time(brought: Store) -> None:
    rows = rest(brought)
    assert not set(told(rows)) & set(FINE)
    assert rows[c.LON].null_count == 1
    assert [f"{at:%H:%M:%S}" for at in rows[c.START].to_pylist()] == ["15:15:00", "08:00:00", "00:00:00"]
    assert [at and f"{at:%H:%M:%S}" for at in rows[c.END].to_pylist()] == ["15:59:59", None, "23:59:59"]
    [dataset] = datasets.datasets(brought, LOCAL_USER)
    assert (dataset.by_code, dataset.by_point, dataset.no_location, dataset.outside) == (1, 1, 0, 1)
    assert verify(brought, LOCAL_USER) == []


def test_an_upgrade_coarsens_the_rows_that_are_there_and_says_so(brought: Store, url: str) -> None:
    fine = rows_of_the_log(brought)
    [version] = inside.rows(brought, t.version)
    content = rows_at_rest.to_geoparquet(fine)
    inside.change(brought, t.blob.insert().values(sha256=seals.sha256(content), content=content))
    inside.put_in_place(brought, t.version, version["id"], {"rows": seals.sha256(content), "notes": ["a note"]})
    inside.without_keys(brought, "0009")
    counts = inside.rows(brought, t.version)[0]["counts"]
    with closing(Store(url)) as store:
        [dataset] = datasets.datasets(store, LOCAL_USER)
        assert not set(told(rest(store))) & set(FINE)
        assert dataset.notes[0] == "a note"
        assert dataset.notes[1].endswith("positions are kept to 100 m and times to 15 minutes; no figure changed.")
        assert inside.rows(store, t.version)[0]["counts"] == counts
        assert inside.rows(store, t.audit)[-2]["action"] == "coarsen rows"
        assert seals.sha256(content) not in [row["sha256"] for row in inside.rows(store, t.blob)]
        assert verify(store, LOCAL_USER) == []


def rows_of_the_log(store: Store) -> pa.Table:
    """Return the rows as programs before kept them: as the file has them."""
    return importing.prepare(store, LOCAL_USER, small_place.incidents(LOG)).rows.table
