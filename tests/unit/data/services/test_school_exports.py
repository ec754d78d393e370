"""Exports of eight school systems come in: what is placed, what is dropped, and of whom nothing is left anywhere."""

import logging
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from data.formats.sources import from_upload
from data.principal import LOCAL_USER
from data.records.mapping import guess_mapping
from data.records.reading_jobs import inspect_rows
from data.records.rows import DatasetKind
from data.records.school_systems import recognise_system
from data.sandbox import run_sandboxed
from data.sandbox.child_processes import SERVER
from data.services import importing, locating
from data.services.importing import ImportRequest, PreparedImport
from data.services.locating import NamesAsked
from data.store import place_names, rows_at_rest
from data.store.store import AlreadyThereError, Store
from geo import columns as c
from geo.errors import InputError
from tests.unit.data.leftovers import everything, found
from tests.unit.data.running import run
from tests.unit.data.services import school_exports
from tests.unit.data.services.school_exports import Export

TODAY: Final = date(2026, 6, 1)
EXPORTS: Final = school_exports.exports()
SCHOOL: Final = "100001"
LOST: Final = "Rows without a location: 6 with a postcode that is not on the list and 6 with nothing that says where."


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The temporary folder of these tests, which the processes that read files use too."""
    made = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(made))
        patch.setattr(tempfile, "tempdir", None)
        SERVER.stop()  # the next one takes up the new folder
        yield made


@pytest.fixture
def settled(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of the small place with a base map that has names and postcodes."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    school_exports.add_map(store)
    yield store
    store.close()


def request_of(export: Export, **changed: object) -> ImportRequest:
    columns = run_sandboxed(inspect_rows, export.source, None).columns
    usual = {
        "kind": DatasetKind.INCIDENTS, "sources": [export.source], "mapping": guess_mapping(columns), "today": TODAY,
        "site": export.site,
    }  # fmt: skip
    return ImportRequest(**{**usual, **changed})


def asked_of(store: Store, request: ImportRequest) -> NamesAsked:
    reading = locating.located(
        store, LOCAL_USER, importing.reading_of(request, importing.Access.PROTECTED), request.site
    )
    return locating.names_in(store, LOCAL_USER, reading, SCHOOL, lambda _share, _what: None)


def confirmed(store: Store, request: ImportRequest) -> NamesAsked:
    """Confirm the names of a file as a person would who takes what is offered."""
    asked = asked_of(store, request)
    place_names.put_names(store, LOCAL_USER, [
        locating.school_meaning(store, LOCAL_USER, one.name, SCHOOL) if one.on_site
        else locating.meaning_of(one.name, one.sure)
        for one in asked.new
    ])  # fmt: skip
    return asked


def prepared(store: Store, export: Export, **changed: object) -> PreparedImport:
    request = request_of(export, **changed)
    confirmed(store, request)
    return importing.prepare(store, LOCAL_USER, request)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.system)
def test_an_export_is_known_placed_and_leaves_nothing_of_people(
    export: Export, settled: Store, home: Path, temporary: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    header = run_sandboxed(inspect_rows, export.source, None).columns
    system = recognise_system(header)
    assert system is not None
    assert system.system.name == export.system
    before = found(school_exports.needles(), everything(home))
    ready = prepared(settled, export)
    share = 100 * ready.placement.placed // ready.rows.read
    assert (share, ready.rows.several, sum(ready.rows.not_kept.values())) == (export.placed, export.several, 0)
    assert ready.rows.has_times
    unsaved = next(note for note in ready.rows.notes if note.startswith("Not saved"))
    for columns, why in ((export.people, "about people"), (export.narrative, "what somebody wrote")):
        assert not columns or f"{', '.join(columns)} ({why})" in unsaved
    importing.keep(settled, LOCAL_USER, ready)
    shown = (ready.rows.table.to_pylist(), ready.rows.problems, ready.description)
    logged = [caplog.text.encode(), str(shown).encode()]
    after = found(school_exports.needles(), [*everything(home, temporary), *logged])
    assert after - before == set()
    assert len(before) < 3


def test_a_postcode_places_its_row_and_only_where_a_list_is_loaded(settled: Store) -> None:
    export = EXPORTS[1]
    ready = prepared(settled, export)
    assert "Rows without coordinates were placed: 24 by postcode." in ready.rows.notes
    assert ready.rows.notes[-1] == LOST
    unlisted = Store("sqlite://")
    with pytest.raises(InputError, match="a base map with a postcode file"):
        importing.prepare(unlisted, LOCAL_USER, request_of(export))
    unlisted.close()
    mapping = request_of(export).mapping
    with pytest.raises(InputError, match=r"full postcodes in column “Postcode”.*“Leave these columns unread”"):
        importing.prepare(
            settled, LOCAL_USER, request_of(export, mapping=mapping.model_copy(update={"postcode": None}))
        )


def test_names_are_asked_for_once_refused_ones_never_and_later_files_use_them(settled: Store) -> None:
    request = request_of(EXPORTS[0])
    asked = confirmed(settled, request)
    assert {one.name for one in asked.new} == {
        "Canteen", "Top field", "High St", "Bus station", "Hill Park", "Playground", "Y9 block"
    }  # fmt: skip
    assert asked.refused == 4
    again = asked_of(settled, request)
    assert again.new == ()
    kept = place_names.place_names(settled, LOCAL_USER)
    assert (kept["bus station"].kind, kept["high st"].target) == ("hotspot", "High Street")
    assert kept["top field"].target == "Hill School"
    first = importing.prepare(settled, LOCAL_USER, request)
    number = importing.keep(settled, LOCAL_USER, first)
    with pytest.raises(AlreadyThereError):
        importing.keep(settled, LOCAL_USER, importing.prepare(settled, LOCAL_USER, request))
    nowhere = locating.meaning_of("Hill Park", None)
    place_names.put_names(settled, LOCAL_USER, [nowhere])
    other = importing.prepare(settled, LOCAL_USER, replace(request, replaces=number))
    assert other.placement.placed == first.placement.placed - 4
    assert other.description.fingerprint != first.description.fingerprint
    assert place_names.forget_names(settled, LOCAL_USER, ["canteen", "never kept"]) == 1
    assert [one.name for one in asked_of(settled, request).new] == ["Canteen"]


def test_names_that_nobody_confirmed_count_only_when_guesses_are_asked_for(settled: Store) -> None:
    request = request_of(EXPORTS[0], site=SCHOOL)
    alone = importing.prepare(settled, LOCAL_USER, request)
    assert "Rows without coordinates were placed: 16 at the school’s site." in alone.rows.notes
    guessed = importing.prepare(settled, LOCAL_USER, replace(request, guess_places=True))
    assert guessed.placement.placed == 28
    assert place_names.place_names(settled, LOCAL_USER) == {}


def test_the_command_takes_a_school_for_rooms_and_guesses_only_when_told(
    settled: Store, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.cli.import_command.is_on_screen", lambda: True)
    file = tmp_path / "export.xlsx"
    file.write_bytes(EXPORTS[0].source.read())
    usual = ("import", file, "--kind", "incidents", "--column", "place=Location", "--dry-run")
    assert "16 at the school’s site" in run(home, *usual, "--school", SCHOOL).err
    assert "12 by the name of a place" in run(home, *usual, "--guess-places").err
    assert run(home, *usual, "--school", "1").code == 2
    assert "leave out --school" in run(home, "import", file, "--kind", "hotspots", "--school", SCHOOL).err


def test_the_category_of_the_first_harm_group_counts_and_changes_with_the_groups(settled: Store) -> None:
    export = EXPORTS[0]
    ready = prepared(settled, export)
    categories, names = rows_at_rest.positions(ready.rows.table, c.CATEGORY)
    counted = {name: int((categories == at).sum()) for at, name in enumerate(names)}
    assert counted == {"Bullying": 15, "Drugs": 7, "Child criminal exploitation": 7, "Knife crime": 7}
    mapping = request_of(export).mapping.model_copy(update={"harm": {"Child criminal exploitation": "other"}})
    other = importing.prepare(settled, LOCAL_USER, request_of(export, mapping=mapping))
    assert "Child criminal exploitation" not in rows_at_rest.positions(other.rows.table, c.CATEGORY)[1]


def test_an_unknown_column_is_screened_unless_it_is_left_unread(settled: Store) -> None:
    text = "Date,Area code,Type,Field 7\n" + "".join(
        f"0{day}/09/2025,E01000001,Bullying,{name}\n" for day, name in enumerate(school_exports.PUPILS, start=1)
    )
    source = from_upload("log.csv", text.encode())
    plain = ImportRequest(kind=DatasetKind.INCIDENTS, sources=[source], today=TODAY)
    with pytest.raises(InputError, match=r"names of people in column “Field 7”.*“Leave these columns unread”"):
        importing.prepare(settled, LOCAL_USER, plain)
    header = ["Date", "Area code", "Type", "Field 7"]
    chosen = guess_mapping(header).model_copy(update={"unread": ["Field 7"]})
    ready = importing.prepare(settled, LOCAL_USER, replace(plain, mapping=chosen))
    assert "Not saved: column Field 7 (left unread as you chose)." in ready.rows.notes
