"""Completeness of a dataset: every row in one place, partial months by force, and nothing for who may not know."""

from collections.abc import Iterator

from data.principal import LOCAL_USER
from data.services import status_report
from data.services.completeness import completeness_of, open_completeness
from data.services.verifying import verify
from data.store import datasets
from data.store import tables as t
from data.store.datasets import Dataset
from data.store.store import Store
from geo.calendar import months
from geo.counts.completeness import completeness_note
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from tests.unit.data import small_place
from tests.unit.data.persons import BOARD, STRANGER
from tests.unit.data.store import inside

RUN = months.between("2018-09", "2020-08")


def street(force: str, month: str, rows: int, lacking: int) -> Iterator[tuple[str, ...]]:
    """Write a month of drug offences in one area, of which so many have no location."""
    for number in range(rows):
        where = ("", "", "") if number < lacking else ("-1.475", "53.375", "E01000001")
        yield (f"{force}-{month}-{number}", month, *where, "Drugs")


def settle(store: Store, forces: dict[str, dict[str, tuple[int, int]]]) -> Dataset:
    """Bring in files of forces by month: how many rows, and how many of them without a location."""
    small_place.add_areas(store)
    sources = [
        small_place.upload(
            f"{month}-{force}-street.csv", small_place.table(small_place.STREET_HEADER, street(force, month, *n))
        )
        for force, by_month in forces.items()
        for month, n in by_month.items()
    ]
    return datasets.load_dataset(store, LOCAL_USER, small_place.add(store, small_place.police(sources=sources)))


def test_every_row_is_placed_without_a_location_or_outside(store: Store) -> None:
    dataset = datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))
    found = completeness_of(store, LOCAL_USER, dataset)
    assert found is not None
    assert (found.months, found.partly) == (("2021-08", "2021-09", "2021-10"), {})
    assert found.categories == (small_place.ASB, "Burglary", "Drugs", "Robbery")
    assert found.read.tolist() == [[2, 1, 2, 0], [0, 0, 0, 0], [0, 1, 1, 2]]
    assert found.placed.tolist() == [[2, 0, 1, 0], [0, 0, 0, 0], [0, 1, 1, 2]]
    assert found.without.tolist() == [[0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert found.outside.tolist() == [[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    sums = (found.read.sum(), found.placed.sum(), found.without.sum(), found.outside.sum())
    assert sums == (dataset.rows_read, dataset.placed, dataset.no_location, dataset.outside)


def test_a_share_that_falls_from_16_to_7_percent_is_told_by_the_status_and_beside_the_years(store: Store) -> None:
    by_month = {month: (100, 16 if at < 12 else 7) for at, month in enumerate(RUN)}
    found = open_completeness(store, LOCAL_USER, settle(store, {"anytown": by_month}))
    note = completeness_note(found, Choice(tuple(RUN[12:]), tuple(HARM_GROUPS)))
    assert note.endswith(
        "16 % of these rows had no location, in Sep 2019 – Aug 2020 7 %: that alone would show about 11 % more."
    )
    report = status_report.of_store(store, LOCAL_USER)
    assert "  without a location, by school year: 2018/19 16.0 %, 2019/20 7.0 %" in status_report.lines(report)
    [told] = report["datasets"]
    figures = [(one["read"], one["placed"], one["no_location"]) for one in told["by_school_year"]]  # type: ignore[attr-defined]
    assert figures == [(1200, 1008, 192), (1200, 1116, 84)]


def test_a_month_that_one_of_two_forces_did_not_supply_is_told(store: Store) -> None:
    hill = dict.fromkeys(RUN[:8], (40, 0))
    dale = {month: n for month, n in hill.items() if month != RUN[3]}
    dataset = settle(store, {"hill": hill, "dale": dale})
    found = open_completeness(store, LOCAL_USER, dataset)
    assert found is not None
    assert (found.partly, dataset.gaps) == ({"2018-12": "no rows from Dale"}, ())
    told = "\n".join(status_report.lines(status_report.of_store(store, LOCAL_USER)))
    assert "  supplied only in part: Dec 2018 (no rows from Dale)" in told


def test_of_protected_rows_their_custodian_alone_is_told_and_nothing_may_be_shared(store: Store) -> None:
    small_place.add_areas(store)
    dataset = datasets.load_dataset(store, LOCAL_USER, small_place.add(store, small_place.incidents()))
    found = completeness_of(store, LOCAL_USER, dataset)
    assert found is not None
    assert found.partly == {}
    assert completeness_of(store, BOARD, dataset) is None
    assert open_completeness(store, LOCAL_USER, dataset) is None


def test_of_open_rows_of_others_nothing_is_known_and_their_board_may_know_its_own(store: Store) -> None:
    dataset = datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))
    assert completeness_of(store, STRANGER, dataset) is None
    assert completeness_of(store, BOARD, dataset) is not None


def test_rows_that_are_damaged_take_nothing_else_with_them_and_are_found_by_verify(store: Store) -> None:
    dataset = datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))
    [version] = inside.held(store)["version"]
    inside.change(store, t.blob.update().where(t.blob.c.sha256 == version["rows"]).values(content=b"no rows"))
    assert completeness_of(store, LOCAL_USER, dataset) is None
    assert datasets.load_cells(store, LOCAL_USER, dataset)["n"].sum() == 7
    assert verify(store, LOCAL_USER) != []


def test_quiet_months_of_an_own_log_are_no_months_supplied_in_part(store: Store) -> None:
    small_place.add_areas(store)
    busy = "".join(
        f"01/{month[5:]}/{month[:4]},,E01000001,Drugs\n" * (400 if month[5:] != "08" else 2) for month in RUN
    )
    request = small_place.incidents(f"Date,From,Area code,Type\n{busy}")
    dataset = datasets.load_dataset(store, LOCAL_USER, small_place.add(store, request))
    found = completeness_of(store, LOCAL_USER, dataset)
    assert found is not None
    assert found.partly == {}
