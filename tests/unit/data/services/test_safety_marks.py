"""Sessions of marks: they go on with their dataset, are released when it is time, and only what is released is told."""

from datetime import date, timedelta

import pytest

from data.formats.csv_output import frame_csv
from data.formats.sources import from_upload
from data.principal import LOCAL_USER, Principal, Role
from data.records.rows import DatasetKind
from data.services import importing, releasing, safety_marks, verifying
from data.store import datasets
from data.store.store import AlreadyThereError, Store
from geo.counts.filters import Choice
from geo.errors import InputError, RefusedError
from geo.harms import HARM_GROUPS
from tests.unit.data import logs, small_place
from tests.unit.data.small_place import CODES

OWNER = LOCAL_USER.organisation
HELD = logs.TILES[0].first + timedelta(days=10)
LATER = logs.TILES[1].first + timedelta(days=10)


def session(day: date, unsafe: int = 30, safe: int = 12, area: int = 0) -> bytes:
    lines = [f"{day:%d/%m/%Y},{CODES[area]},{felt}" for felt in ["Unsafe"] * unsafe + ["Safe"] * safe]
    return "\n".join(["Session date,Area code,Feeling", *lines, ""]).encode()


@pytest.fixture
def ready(store: Store) -> Store:
    """A store that holds the six areas."""
    logs.add_areas(store)
    return store


def bring(store: Store, content: bytes, on: date, name: str = "session.csv") -> int:
    made = safety_marks.prepare_session(store, LOCAL_USER, from_upload(name, content), on)
    return importing.keep(store, LOCAL_USER, made)


def dataset(store: Store, number: int) -> datasets.Dataset:
    return datasets.load_dataset(store, LOCAL_USER, number)


def frozen(store: Store, number: int) -> list[str]:
    ledger = releasing.ledger_of(store, LOCAL_USER, dataset(store, number))
    assert ledger is not None
    return [one.period.key for one in ledger.frozen]


def test_a_session_is_released_once_its_half_term_is_over_and_stays_so(ready: Store) -> None:
    number = bring(ready, session(HELD), HELD)
    assert frozen(ready, number) == []
    assert safety_marks.shown_datasets(ready, LOCAL_USER) == []
    assert safety_marks.marks_by_zone(ready, LOCAL_USER).empty
    day_before = logs.over(0) - timedelta(days=1)
    assert releasing.release_sessions(ready, LOCAL_USER, day_before) == []
    assert [one.id for one in releasing.release_sessions(ready, LOCAL_USER, logs.over(0))] == [number]
    assert frozen(ready, number) == [logs.KEYS[0]]
    assert releasing.release_sessions(ready, LOCAL_USER, logs.over(0)) == []
    assert verifying.verify(ready, LOCAL_USER) == []


def test_incidents_are_not_released_by_themselves(ready: Store) -> None:
    number = logs.bring(ready, logs.lines(200, last=0), logs.TILES[0].last)
    assert releasing.release_sessions(ready, LOCAL_USER, logs.ALL_OVER) == []
    assert frozen(ready, number) == []


def test_another_session_goes_on_with_the_dataset(ready: Store) -> None:
    number = bring(ready, session(HELD), logs.over(0))
    assert bring(ready, session(LATER), logs.over(1), "another.csv") == number
    assert frozen(ready, number) == list(logs.KEYS[:2])
    assert dataset(ready, number).rows_read == 84


def test_a_session_of_the_same_month_stands_alone_and_loses_nothing(ready: Store) -> None:
    first = bring(ready, session(HELD), logs.over(0))
    second = bring(ready, session(HELD + timedelta(days=1), area=1), logs.over(0), "another.csv")
    assert first != second
    assert dataset(ready, first).rows_read == dataset(ready, second).rows_read == 42


def test_the_same_session_again_is_told_and_changes_nothing(ready: Store) -> None:
    bring(ready, session(HELD), logs.over(0))
    with pytest.raises(AlreadyThereError):
        bring(ready, session(HELD), logs.over(0))


def test_by_zone_only_what_is_released_is_told_to_everybody_alike(ready: Store) -> None:
    number = bring(ready, session(HELD, unsafe=31, safe=3), logs.over(0))
    told = []
    for role in Role:
        found = safety_marks.marks_by_zone(ready, Principal("someone", OWNER, role))
        told.append(found.drop(columns="geometry").to_csv())
        assert set(found["unsafe"].dropna()) <= {30, 35}
        assert found["safe"].isna().all()
        assert set(found["safe_shown"]) == {"fewer than 10"}
    assert len(set(told)) == 1
    assert "31" not in frame_csv(safety_marks.marks_table(ready, LOCAL_USER, dataset(ready, number)))


@pytest.mark.parametrize("role", Role)
def test_people_of_another_organisation_get_nothing(ready: Store, role: Role) -> None:
    number = bring(ready, session(HELD), logs.over(0))
    stranger = Principal("someone", "another", role)
    assert safety_marks.shown_datasets(ready, stranger) == []
    assert safety_marks.marks_by_zone(ready, stranger).empty
    with pytest.raises((RefusedError, InputError)):
        safety_marks.places(ready, stranger, dataset(ready, number))


def test_incidents_are_laid_beside_marks_by_released_counts_alone(ready: Store) -> None:
    number = bring(ready, session(HELD), logs.over(0))
    other = logs.bring(ready, logs.lines())
    choice = Choice((logs.KEYS[0],), tuple(HARM_GROUPS))
    found = safety_marks.places(ready, LOCAL_USER, dataset(ready, number), None, (dataset(ready, other), choice))
    assert found.about
    assert {n % 5 for n in found.recorded.tolist()} == {0}
    assert found.recorded_in == (logs.KEYS[0],)


def test_incidents_of_periods_that_are_not_released_give_way_to_the_newest_year(ready: Store) -> None:
    number = bring(ready, session(HELD), logs.over(0))
    other = logs.bring(ready, logs.lines())
    months = Choice(("2024-09", "2024-10"), tuple(HARM_GROUPS))
    found = safety_marks.places(ready, LOCAL_USER, dataset(ready, number), None, (dataset(ready, other), months))
    assert found.recorded_in == logs.KEYS[6:]


def test_marks_of_months_alone_that_came_in_before_are_released_too(ready: Store) -> None:
    text = "Month,Area code,Feeling\n" + f"2023-09,{CODES[0]},Unsafe\n" * 20 + f"2023-11,{CODES[0]},Safe\n" * 20
    number = small_place.add(ready, small_place.incidents(text, kind=DatasetKind.MARKS, today=logs.ALL_OVER))
    assert frozen(ready, number)[:1] == [logs.KEYS[0]]
