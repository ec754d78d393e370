"""Releasing the store's protected datasets: with the import that brings them in, and never behind anybody's back."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.records.rows import DatasetKind
from data.services import importing, release_log, release_log_file, releasing, secret, setting_up
from data.store import datasets, releases, releases_at_rest, versions
from data.store import tables as t
from data.store.datasets import Access
from data.store.store import Store
from geo.errors import InputError
from geo.harms import HARM_GROUPS, KEPT, MOVED
from geo.release.ledger import Ledger
from tests.unit.data import logs, small_place
from tests.unit.data.persons import BOARD, STRANGER, welcome
from tests.unit.data.running import dump
from tests.unit.data.store.inside import change, failing_at

LINES = logs.lines()
MARKS = "Session date,Area code,Feeling\n" + "14/09/2021,E01000001,Safe\n15/09/2021,E01000002,Unsafe\n"


@pytest.fixture
def ready(store: Store) -> Store:
    """A store that holds the six areas."""
    logs.add_areas(store)
    return store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of ``store``."""
    return tmp_path / "own"


def content(store: Store, number: int) -> bytes | None:
    return releases.load(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number))


def ledger(store: Store, number: int) -> Ledger:
    found = releasing.ledger_of(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number))
    assert found is not None
    return found


def one_sentence(told: object) -> bool:
    return str(told).endswith(".") and ". " not in str(told) and "\n" not in str(told)


def test_a_protected_dataset_comes_with_its_release_in_one_write(ready: Store, home: Path) -> None:
    secret.begin(ready)
    release_log.begin_anew(ready, LOCAL_USER)
    before = dump(home)
    number = logs.bring(ready, LINES)
    after = dump(home)
    grown = {name: len(after[name]) - len(before[name]) for name in after}
    assert {name: n for name, n in grown.items() if n} == {
        "dataset": 1,
        "version": 1,
        "release": 1,
        "blob": 3,
        "audit": 1,
        "delivery": 1,
        "delivery_file": 1,
    }
    found = ledger(ready, number)
    assert [one.period.key for one in found.frozen] == list(logs.KEYS)
    assert sum(int(one.exact.sum()) for one in found.frozen) == logs.LINES
    assert len(found.clocks) == 2


@pytest.mark.parametrize("table", [t.release, t.blob, t.version, t.audit], ids=lambda table: table.name)
def test_an_import_that_fails_anywhere_leaves_the_release_as_it_was(ready: Store, home: Path, table: sa.Table) -> None:
    number = logs.bring(ready, logs.lines(300, last=3), logs.over(3))
    following = importing.prepare(ready, LOCAL_USER, logs.request(LINES, replaces=number))
    before = dump(home)
    with failing_at(table), pytest.raises(RuntimeError):
        importing.keep(ready, LOCAL_USER, following)
    assert dump(home) == before


def test_a_new_version_freezes_what_was_and_adds_what_is_over_since(ready: Store) -> None:
    early = [*logs.lines(200, last=3), logs.line(logs.within(4))]  # the last is of a half-term that is not over
    number = logs.bring(ready, early, logs.over(3))
    was = ledger(ready, number)
    assert [one.period.key for one in was.frozen] == list(logs.KEYS[:4])
    later = [*early, logs.line(logs.within(1)), *(logs.line(logs.within(5), kind=2) for _ in range(30))]
    assert logs.bring(ready, later, logs.over(5), replaces=number) == number
    now = ledger(ready, number)
    assert [one.period.key for one in now.frozen] == list(logs.KEYS[:6])
    for one, before in zip(now.frozen, was.frozen, strict=False):
        assert one.shown.tolist() == before.shown.tolist()
        assert one.frozen_on == before.frozen_on == logs.over(3)
    assert now.zones[0].codes == was.zones[0].codes


def test_a_version_with_a_few_late_rows_is_released_as_before(ready: Store) -> None:
    number = logs.bring(ready, LINES)
    before = content(ready, number)
    logs.bring(ready, [*LINES, *[logs.line(logs.within(2))] * 9], replaces=number)
    assert content(ready, number) == before
    logs.bring(ready, [*LINES, *[logs.line(logs.within(2))] * 10], replaces=number)
    [corrected] = [one for one in ledger(ready, number).frozen if one.corrected_on]
    assert corrected.period.key == logs.KEYS[2]


def by_harm(found: Ledger, period: int) -> dict[str, int]:
    """Return the exact counts of a half-term by harm group, without zeros."""
    [one] = [one for one in found.frozen if one.period.key == logs.KEYS[period]]
    return {code: n for code, n in zip(HARM_GROUPS, one.exact.sum(axis=0).tolist(), strict=True) if n}


def test_what_is_released_keeps_its_groups_however_many_rows_move_to_another(ready: Store) -> None:
    early = [*logs.lines(200, last=3), *[logs.line(logs.within(2), kind=3)] * 20]
    number = logs.bring(ready, early, logs.over(3))
    was = ledger(ready, number)
    moved = small_place.mapping(harm={"Shoplifting": "asb"})
    late = [*early, *[logs.line(logs.within(4), kind=3)] * 30]
    for on in (logs.over(4), logs.over(5)):
        logs.bring(ready, late, on, replaces=number, mapping=moved)
        now = ledger(ready, number)
        for one, before in zip(now.frozen, was.frozen, strict=False):
            assert one.shown.tolist() == before.shown.tolist()
            assert one.corrected_on is None
        assert by_harm(now, 2)["other"] >= 20
        assert "asb" not in by_harm(now, 2)
        assert by_harm(now, 4) == {"asb": 30}
        late = [*late, logs.line(logs.within(5), kind=1)]
    assert datasets.load_dataset(ready, LOCAL_USER, number).harm_of["Shoplifting"] == "asb"
    [noted] = [v for v in datasets.history(ready, LOCAL_USER, number) if any(n.startswith(MOVED) for n in v.notes)]
    assert noted.number == 2
    assert noted.notes[-1].endswith(f"before under “Other”. {KEPT}")


def test_a_correction_of_what_is_released_counts_by_the_groups_of_that_time(ready: Store) -> None:
    early = [*logs.lines(200, last=3), *[logs.line(logs.within(2), kind=3)] * 20]
    number = logs.bring(ready, early, logs.over(3))
    before = by_harm(ledger(ready, number), 2)
    corrected = [*early, *[logs.line(logs.within(2), kind=3)] * 12]
    logs.bring(ready, corrected, replaces=number, mapping=small_place.mapping(harm={"Shoplifting": "asb"}))
    assert by_harm(ledger(ready, number), 2) == before | {"other": before["other"] + 12}


def test_restoring_a_version_or_taking_an_import_back_leaves_the_release(ready: Store) -> None:
    number = logs.bring(ready, LINES[:300])
    logs.bring(ready, LINES, replaces=number)
    released = content(ready, number)
    versions.restore(ready, LOCAL_USER, number, 1)
    assert content(ready, number) == released
    versions.restore(ready, LOCAL_USER, number, 2)
    importing.undo(ready, LOCAL_USER, number)
    assert datasets.load_dataset(ready, LOCAL_USER, number).number == 1
    assert content(ready, number) == released


def test_a_version_in_other_areas_is_refused_in_one_sentence_and_changes_nothing(ready: Store, home: Path) -> None:
    number = logs.bring(ready, LINES)
    other = small_place.collection(small_place.feature(at, code=f"X{at}") for at in range(6))
    boundaries = small_place.upload("other.geojson", other)
    other_id, _ = setting_up.add_areas(
        ready, LOCAL_USER, small_place.area_files(boundaries=boundaries, title="Another edition")
    )
    listed = [row.replace("E0100000", "X") for row in LINES]
    before = dump(home)
    with pytest.raises(InputError) as refused:
        logs.bring(ready, [row for row in listed if ",X6," not in row], replaces=number, area_set_id=other_id)
    assert one_sentence(refused.value)
    assert "Another edition" in str(refused.value)
    assert dump(home) == before
    assert logs.bring(ready, LINES[1:], replaces=number) == number


def test_marks_are_released_by_what_is_felt_and_without_a_clock(ready: Store) -> None:
    number = small_place.add(ready, small_place.incidents(MARKS, kind=DatasetKind.MARKS))
    assert datasets.load_dataset(ready, LOCAL_USER, number).access is Access.PROTECTED
    found = ledger(ready, number)
    assert found.groups == ("safe", "unsafe")
    assert [one.period.key for one in found.frozen] == ["2021/22-1"]
    assert found.frozen[0].exact.sum(axis=0).tolist() == [1, 1]
    assert found.clocks == ()
    assert releasing.catch_up(ready, LOCAL_USER) == []


def test_open_data_are_not_released_since_they_are_published(ready: Store) -> None:
    assert content(ready, logs.bring(ready, LINES, access=Access.OPEN)) is None
    assert releasing.catch_up(ready, LOCAL_USER) == []


def test_months_alone_are_released_without_a_clock(ready: Store) -> None:
    number = small_place.add(ready, small_place.police(access=Access.PROTECTED))
    found = ledger(ready, number)
    assert [one.period.key for one in found.frozen] == ["2020/21-6", "2021/22-1"]
    assert [int(one.exact.sum()) for one in found.frozen] == [3, 4]  # placed rows of August and of October
    assert found.clocks == ()


def test_the_order_of_files_makes_no_difference(ready: Store, store: Store, tmp_path: Path) -> None:
    listed = logs.lines(schools=3)
    files = [small_place.upload(f"{at}.csv", logs.text(listed[at::2])) for at in range(2)]
    made = []
    for at, sources in enumerate((files, files[::-1])):
        another = Store(f"sqlite:///{tmp_path / str(at) / 'local-context.sqlite'}")
        logs.add_areas(another)
        made.append(content(another, logs.bring(another, listed, sources=sources)))
        another.close()
    assert made[0] == made[1]
    assert made[0] is not None


def test_a_dataset_of_several_schools_is_released_by_school(ready: Store) -> None:
    number = logs.bring(ready, logs.lines(schools=3))
    pooled = ledger(ready, number)
    versions.remove(ready, LOCAL_USER, number)
    release_log_file.path().unlink()  # as if they had never been released
    release_log.begin_anew(ready, LOCAL_USER)
    alone = ledger(ready, logs.bring(ready, [row.rpartition(",")[0] for row in logs.lines(schools=3)]))
    assert [one.exact.sum() for one in pooled.frozen] == [one.exact.sum() for one in alone.frozen]
    assert [one.shown.tolist() for one in pooled.frozen] != [one.shown.tolist() for one in alone.frozen]


def test_half_terms_are_those_of_the_term_dates_that_are_there(ready: Store) -> None:
    entries = "".join(
        f"Half-term {at},{first},{last},half-term\n"
        for at, (first, last) in enumerate(
            [
                ("04/09/2024", "18/10/2024"),
                ("04/11/2024", "20/12/2024"),
                ("06/01/2025", "14/02/2025"),
                ("24/02/2025", "04/04/2025"),
                ("22/04/2025", "23/05/2025"),
                ("02/06/2025", "22/07/2025"),
            ]
        )
    )
    setting_up.add_calendar(ready, LOCAL_USER, small_place.upload("t.csv", f"label,first_day,last_day,kind\n{entries}"))
    found = ledger(ready, logs.bring(ready, LINES))
    second_year = [one.period for one in found.frozen if one.period.year == "2024/25"]
    assert [one.assumed for one in second_year] == [False] * 6
    assert f"{second_year[1].first:%d/%m/%Y}" == "04/11/2024"


def test_what_was_kept_before_there_were_releases_is_released_when_it_is_asked_for(ready: Store) -> None:
    number, other = logs.bring(ready, LINES[200:]), logs.bring(ready, LINES[:200])
    was = ledger(ready, number)
    kept = content(ready, other)
    change(ready, t.release.delete().where(t.release.c.dataset_id == number))
    assert content(ready, number) is None
    assert [one.id for one in releasing.catch_up(ready, LOCAL_USER)] == [number]
    now = ledger(ready, number)
    assert [one.shown.tolist() for one in now.frozen] == [one.shown.tolist() for one in was.frozen]
    assert content(ready, other) == kept
    assert releasing.catch_up(ready, LOCAL_USER) == []


def test_nobody_catches_up_for_another_organisation_nor_without_the_role(ready: Store) -> None:
    welcome(ready)
    number = logs.bring(ready, LINES)
    change(ready, t.release.delete())
    assert releasing.catch_up(ready, STRANGER) == []
    with pytest.raises(PermissionError):
        releasing.catch_up(ready, BOARD)
    assert content(ready, number) is None


def test_without_its_secret_protected_data_are_refused_and_open_data_are_not(ready: Store, home: Path) -> None:
    number = logs.bring(ready, LINES[:300])
    own = secret.file().read_bytes()
    try:
        secret.file().unlink()
        before = dump(home)
        with pytest.raises(InputError) as refused:
            logs.bring(ready, LINES, replaces=number)
        assert one_sentence(refused.value)
        assert dump(home) == before
        with pytest.raises(InputError):  # nobody can tell what of it was released
            logs.bring(ready, LINES[300:], access=Access.OPEN)
        assert small_place.add(ready, small_place.police()) == number + 1
    finally:
        secret.file().write_bytes(own)
        secret.file().chmod(0o600)


def test_the_release_is_made_of_bytes_that_the_ledger_is_read_from(ready: Store) -> None:
    number = logs.bring(ready, LINES)
    assert releases_at_rest.to_bytes(ledger(ready, number)) == content(ready, number)
