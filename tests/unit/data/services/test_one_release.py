"""One row, one release: whatever way rows take to come in again, they are refused or go on with their release."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.principal import LOCAL_USER
from data.services import (
    importing,
    one_release,
    release_log,
    release_log_file,
    release_log_state,
    releasing,
    restored_releases,
    secret,
    setting_up,
    verifying,
)
from data.services.release_log_state import LogState
from data.store import datasets, snapshot, versions
from data.store import tables as t
from data.store.datasets import Access
from data.store.store import Store
from geo.errors import InputError
from geo.release.ledger import Ledger
from tests.unit.data import logs, small_place
from tests.unit.data.store.inside import change

LINES = logs.lines()
TITLE = "Behaviour log"
REASON = "the council published them"


@pytest.fixture
def ready(store: Store) -> Store:
    """A store that holds the six areas, and the same areas under other codes as area set 2."""
    logs.add_areas(store)
    other = small_place.collection(small_place.feature(at, code=f"X{at}") for at in range(6))
    boundaries = small_place.upload("other.geojson", other)
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files(boundaries=boundaries, title="Another edition"))
    return store


def shown(store: Store, number: int) -> dict[str, object]:
    """Return what is shown of a dataset: zones, counts by half-term, and clocks."""
    found = ledger(store, number)
    return {
        "zones": [(one.year, one.codes) for one in found.zones],
        "counts": [(one.period.key, one.frozen_on, one.shown.tolist()) for one in found.frozen],
        "clocks": [(one.year, one.n.tolist()) for one in found.clocks],
    }


def ledger(store: Store, number: int) -> Ledger:
    found = releasing.ledger_of(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number))
    assert found is not None
    return found


def other_codes(listed: list[str]) -> list[str]:
    return [row.replace("E0100000", "X") for row in listed]


def other_words(listed: list[str]) -> list[str]:
    for at, word in enumerate(logs.TYPES):
        listed = [row.replace(word, f"Group {at}") for row in listed]
    return listed


def coarser(listed: list[str]) -> list[str]:
    """Return lines whose times are those of their quarters of an hour."""
    found = []
    for row in listed:
        day, at, *more = row.split(",")
        found.append(",".join([day, f"{at[:3]}{int(at[3:]) // 15 * 15:02d}", *more]))
    return found


AGAIN: dict[str, tuple[Callable[[list[str]], list[str]], dict[str, object]]] = {
    "the same rows as open": (list, {"access": Access.OPEN}),
    "the same rows in another area set": (other_codes, {"area_set_id": 2}),
    "with a blank line": (lambda rows: [*rows, ",,,"], {"title": "another"}),
    "one row fewer": (lambda rows: rows[1:], {}),
    "one row more": (lambda rows: [*rows, logs.line(logs.within(2))], {}),
    "in another order": (lambda rows: rows[::-1], {}),
    "under other names of categories": (other_words, {}),
    "with coarser times": (coarser, {}),
    "in another area set, under other names, with coarser times": (
        lambda rows: coarser(other_words(other_codes(rows))), {"area_set_id": 2},
    ),
    "a tenth of them": (lambda rows: rows[::10], {}),
    "among as many others": (lambda rows: [*rows[::2], *new_lines(300)], {}),
    "a part of them as open": (lambda rows: rows[:60], {"access": Access.OPEN}),
}  # fmt: skip


def new_lines(number: int, seed: int = 3) -> list[str]:
    """Return incidents at other times of the same two years."""
    rng = np.random.default_rng(seed)
    drawn = rng.integers((12, 17, 40, 6, 4), size=(number, 5)).tolist()
    return [
        logs.line(logs.within(period) + timedelta(days=day, minutes=15 * quarter), area, kind)
        for period, day, quarter, area, kind in drawn
    ]


@pytest.mark.parametrize("way", AGAIN)
def test_rows_that_were_released_do_not_come_in_again(ready: Store, way: str) -> None:
    logs.bring(ready, LINES, title=TITLE)
    change_of, asked = AGAIN[way]
    rows = change_of(LINES)
    faulty = {"faulty": importing.ImportRequest.__dataclass_fields__["faulty"].default}
    if way == "with a blank line":
        from data.records.problems import Faulty

        faulty = {"faulty": Faulty.LEAVE_OUT}
    with pytest.raises(InputError) as refused:
        logs.bring(ready, rows, **(asked | faulty))
    said = str(refused.value)
    assert f"“{TITLE}” (dataset 1)" in said
    assert "--replaces 1" in said if asked.get("access") is not Access.OPEN else "--reason" in said
    assert ". " not in said
    assert len(datasets.datasets(ready, LOCAL_USER)) == 1


def test_at_the_check_protected_rows_are_refused_and_of_open_ones_it_is_said_what_they_open(ready: Store) -> None:
    logs.bring(ready, LINES)
    with pytest.raises(InputError, match="released once"):
        importing.prepare(ready, LOCAL_USER, logs.request(LINES[1:]))
    checked = importing.prepare(ready, LOCAL_USER, logs.request(LINES[1:], access=Access.OPEN))
    assert "exact counts to everyone" in checked.released.sentence


def test_next_versions_of_the_same_dataset_pass_and_extend_what_is_known_of_it(ready: Store) -> None:
    number = logs.bring(ready, LINES[:300])
    assert logs.bring(ready, LINES[:450], replaces=number) == number
    assert logs.bring(ready, LINES, replaces=number, title="again") == number
    with pytest.raises(InputError, match=f"dataset {number}"):
        logs.bring(ready, LINES[460:])


def test_rows_of_another_dataset_are_no_next_version(ready: Store) -> None:
    logs.bring(ready, LINES, title=TITLE)
    other = logs.bring(ready, new_lines(300))
    with pytest.raises(InputError, match="leave them out"):
        logs.bring(ready, [*new_lines(300), *LINES[:100]], replaces=other)


def test_rows_that_are_removed_and_brought_again_are_shown_as_they_were_first(ready: Store) -> None:
    early = logs.lines(400, last=7)
    number = logs.bring(ready, early, logs.over(7))
    was = shown(ready, number)
    versions.remove(ready, LOCAL_USER, number)
    late = [logs.line(logs.within(9 + at % 3), at % 6) for at in range(60)]
    for rows, on in ((early[1:], logs.over(7)), ([*early, logs.line(logs.within(3)), *late], logs.ALL_OVER)):
        again = logs.bring(ready, rows, on)
        assert again > number
        now = shown(ready, again)
        assert now["counts"][:8] == was["counts"]  # type: ignore[index]
        assert now["zones"] == was["zones"]
        assert one_release.CONTINUED in datasets.load_dataset(ready, LOCAL_USER, again).notes
        assert verifying.verify(ready, LOCAL_USER) == []
        versions.remove(ready, LOCAL_USER, again)
    assert len(now["counts"]) == 12  # type: ignore[arg-type]


def test_a_removed_dataset_that_comes_again_unchanged_has_the_same_ledger(ready: Store) -> None:
    number = logs.bring(ready, LINES)
    was = ledger(ready, number)
    versions.remove(ready, LOCAL_USER, number)
    now = ledger(ready, logs.bring(ready, LINES))
    assert not any(one.recounted for one in now.frozen)
    for one, before in zip(now.frozen, was.frozen, strict=True):
        assert one.shown.tolist() == before.shown.tolist()
        assert one.exact.tolist() == before.exact.tolist()
        assert (one.frozen_on, one.corrected_on) == (before.frozen_on, None)
    assert now.groupings == was.groupings


def test_a_removed_dataset_comes_again_in_its_own_areas_only_and_as_open_for_a_reason(ready: Store) -> None:
    versions.remove(ready, LOCAL_USER, logs.bring(ready, LINES))
    with pytest.raises(InputError, match="a dataset that was removed, by other areas"):
        logs.bring(ready, other_codes(LINES), area_set_id=2)
    with pytest.raises(InputError, match="a dataset that was removed, and opening"):
        logs.bring(ready, LINES, access=Access.OPEN)


def test_after_restoring_a_backup_what_was_released_since_is_shown_as_it_was(ready: Store, tmp_path: Path) -> None:
    number = logs.bring(ready, logs.lines(400, last=3), logs.over(3), title=TITLE)
    backup = tmp_path / "backup"
    snapshot.write_backup(ready, LOCAL_USER, backup)
    later = [*logs.lines(400, last=3), *[row for row in LINES if row not in logs.lines(400, last=3)]]
    logs.bring(ready, later, replaces=number)
    other = logs.bring(ready, new_lines(300))
    was, was_other = shown(ready, number), shown(ready, other)
    snapshot.restore_backup(ready, LOCAL_USER, backup)
    [said] = restored_releases.settle(ready, LOCAL_USER)
    assert TITLE in said
    assert shown(ready, number)["counts"] == was["counts"]
    assert restored_releases.settle(ready, LOCAL_USER) == []
    assert verifying.verify(ready, LOCAL_USER) == []
    changed = [*later[:-1], logs.line(logs.within(6))]
    logs.bring(ready, changed, replaces=number)
    assert shown(ready, number)["counts"] == was["counts"]
    assert shown(ready, logs.bring(ready, new_lines(300)[1:]))["counts"] == was_other["counts"]


def test_opening_protected_rows_needs_a_fit_reason_and_the_word_and_is_in_the_audit_and_the_log(
    ready: Store, tmp_path: Path
) -> None:
    logs.bring(ready, LINES)
    asked = {"access": Access.OPEN, "reason": REASON, "confirmation": one_release.WORD}
    for lacking in ({"reason": None}, {"reason": "told by jo.smith@example.org"}, {"confirmation": "yes"}):
        with pytest.raises(InputError):
            logs.bring(ready, LINES, **(asked | lacking))
    number = logs.bring(ready, LINES, **asked)
    assert datasets.load_dataset(ready, LOCAL_USER, number).access is Access.OPEN
    with ready.reading(LOCAL_USER) as connection:
        said = [row.subject for row in connection.execute(t.audit.select()) if row.action == "open released rows"]
    assert said == [f"dataset {number}: {REASON}"]
    assert REASON in release_log_file.path().read_text()
    assert logs.bring(ready, [*LINES, *new_lines(40)], replaces=number) == number  # what it shows is open already


def test_rows_that_were_open_may_be_protected_and_their_open_dataset_goes_on(ready: Store) -> None:
    number = logs.bring(ready, LINES, access=Access.OPEN)
    logs.bring(ready, LINES)
    assert logs.bring(ready, [*LINES, *new_lines(40)], replaces=number) == number


def test_other_incidents_of_the_same_place_pass(ready: Store) -> None:
    logs.bring(ready, LINES)
    rows = [logs.line(datetime(2021, 9, 6) + timedelta(hours=31 * at), at % 6, at % 4) for at in range(500)]
    logs.bring(ready, rows)  # other years
    logs.bring(ready, new_lines(400))  # another school in the same years
    small_place.add(ready, small_place.police())
    logs.bring(ready, [*LINES[:5], *new_lines(300, seed=5)][:100])  # a few that two schools wrote down
    assert len(datasets.datasets(ready, LOCAL_USER)) == 5


def test_the_log_holds_no_value_of_a_row_and_no_exact_count(ready: Store) -> None:
    number = logs.bring(ready, LINES, title=TITLE)
    content = release_log_file.path().read_bytes()
    log = release_log.read(ready, LOCAL_USER)
    assert log is not None
    [known] = log.known.values()
    from data.store import releases_at_rest

    kept = releases_at_rest.from_bytes(known.public)
    assert not any(one.exact.any() for one in kept.frozen)
    assert [one.shown.tolist() for one in kept.frozen] == [one.shown.tolist() for one in ledger(ready, number).frozen]
    text = content + repr(kept).encode()
    for value in (TITLE, *logs.TYPES, "15:10", secret.file().read_text().strip()):
        assert value.encode() not in text
    assert release_log_file.path().stat().st_mode & 0o077 == 0


def test_a_store_that_has_releases_and_no_log_yet_is_known_once_it_is_opened(ready: Store) -> None:
    number = logs.bring(ready, LINES)
    release_log_file.path().unlink()
    assert release_log_state.look(ready, LOCAL_USER)[0] is LogState.MISSING
    release_log.begin_anew(ready, LOCAL_USER)
    restored_releases.settle(ready, LOCAL_USER)
    with pytest.raises(InputError, match=f"dataset {number}"):
        logs.bring(ready, LINES[1:])


@pytest.mark.parametrize("how", ["lost", "damaged", "shortened"])
def test_a_lost_or_damaged_log_is_told_and_nothing_protected_comes_in(ready: Store, how: str) -> None:
    logs.bring(ready, LINES)
    logs.bring(ready, new_lines(200))
    path = release_log_file.path()
    content = path.read_bytes()
    lines = content.splitlines(keepends=True)
    if how == "lost":
        path.unlink()
    elif how == "damaged":
        path.write_bytes(content.replace(b'"held":"', b'"held":"0', 1))
    else:
        path.write_bytes(b"".join(lines[1:]))
    state, said = release_log_state.look(ready, LOCAL_USER)
    assert not state.is_fine
    assert ". " not in said
    with pytest.raises(InputError) as refused:
        logs.bring(ready, new_lines(300, seed=7))
    assert str(refused.value) == said
    with pytest.raises(InputError):
        logs.bring(ready, new_lines(300, seed=7), access=Access.OPEN)
    small_place.add(ready, small_place.police())  # published police files need not wait


def test_a_line_that_was_not_written_to_its_end_was_never_released(ready: Store) -> None:
    number = logs.bring(ready, LINES[:300])
    path = release_log_file.path()
    path.write_bytes(path.read_bytes() + b'{"said":{"rel')
    assert release_log_state.look(ready, LOCAL_USER)[0] is LogState.THERE
    assert logs.bring(ready, LINES, replaces=number) == number
    assert path.read_bytes().endswith(b"\n")


def test_an_import_that_was_checked_before_another_came_in_is_looked_at_again(ready: Store) -> None:
    checked = importing.prepare(ready, LOCAL_USER, logs.request(LINES[1:]))
    logs.bring(ready, LINES)
    with pytest.raises(InputError, match="released once"):
        importing.keep(ready, LOCAL_USER, checked)


def test_catching_up_releases_no_row_a_second_time(ready: Store) -> None:
    number = logs.bring(ready, LINES)
    was = shown(ready, number)
    change(ready, t.release.delete())
    assert [one.id for one in releasing.catch_up(ready, LOCAL_USER)] == [number]
    assert shown(ready, number) == was
