"""Adding months: what new files do not cover stays, nothing is lost unasked, and what nobody saw is not overwritten."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest

from data.formats.sources import Source, from_upload
from data.principal import LOCAL_USER
from data.records.rows import DatasetKind
from data.services import importing, verifying
from data.services.importing import ImportRequest, PreparedImport
from data.store import datasets, rows_at_rest, versions
from data.store import tables as t
from data.store.datasets import Dataset
from data.store.store import AlreadyThereError, Store
from geo import columns as c
from geo.errors import InputError
from tests.torture import killing
from tests.unit.data import small_place
from tests.unit.data.small_place import ASB, CODES, STREET_HEADER
from tests.unit.data.store.inside import failing_at, held

KINDS = (ASB, "Drugs", "Robbery")
PLACE = ("On or near Mill Lane",)


def street(month: str, rows: int = 30, *, force: str = "anytown", shift: int = 0, places: bool = False) -> Source:
    """Return a month of made-up street data; ``shift`` moves its rows to other areas and kinds."""
    lines = [
        (f"{month}{at}", month, "-1.475", "53.375", CODES[(at + shift) % 6], KINDS[(at * at + shift) % 3], *PLACE)
        for at in range(rows)
    ]
    header = (*STREET_HEADER, *(("Location",) if places else ()))
    text = small_place.table(header, [line[: len(header)] for line in lines])
    return from_upload(f"{month}-{force}-street.csv", text.encode())


def archive(name: str, *files: Source) -> Source:
    """Return street files in an archive as data.police.uk serves them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for file in files:
            made.writestr(f"{file.name[:7]}/{file.name}", file.read())
    return from_upload(name, content.getvalue())


def police(*sources: Source, **changed: object) -> ImportRequest:
    return ImportRequest(**{"kind": DatasetKind.POLICE, "sources": sources, **changed})


def prepared(store: Store, *sources: Source, **changed: object) -> PreparedImport:
    return importing.prepare(store, LOCAL_USER, police(*sources, **changed))


def bring(store: Store, *sources: Source, **changed: object) -> Dataset:
    number = importing.keep(store, LOCAL_USER, prepared(store, *sources, **changed))
    return datasets.load_dataset(store, LOCAL_USER, number)


def lines(ready: PreparedImport) -> list[str]:
    assert ready.change is not None
    return [ready.change.sentence(), *ready.change.details()]


def rows_of(store: Store, dataset: Dataset) -> dict[str, int]:
    table = rows_at_rest.from_geoparquet(datasets.load_rows(store, LOCAL_USER, dataset))
    listed = table[c.MONTH].to_pylist()
    return {month: listed.count(month) for month in sorted(set(listed))}


@pytest.fixture
def ready(store: Store) -> Store:
    """A store with the six areas, and three months of police data that came as an archive up to March."""
    small_place.add_areas(store)
    bring(store, archive("2021-03.zip", *(street(month) for month in ("2021-01", "2021-02", "2021-03"))))
    return store


def test_a_month_is_added_and_the_others_stay(ready: Store) -> None:
    first = datasets.load_dataset(ready, LOCAL_USER, 1)
    more = prepared(ready, street("2021-05", 31), onto=1)
    assert lines(more) == ["3 months stay, 1 is added (rows 90 → 121).", "Added: May 2021."]
    assert importing.keep(ready, LOCAL_USER, more) == 1
    shown = datasets.load_dataset(ready, LOCAL_USER, 1)
    assert (shown.number, shown.title, shown.harm_of, shown.rows_read) == (2, first.title, first.harm_of, 121)
    assert shown.gaps == ("2021-04",)  # it was never supplied
    assert rows_of(ready, shown) == {"2021-01": 30, "2021-02": 30, "2021-03": 30, "2021-05": 31}
    note = "Beside version 1: 3 months stay, 1 is added (rows 90 → 121). Added: May 2021."
    assert [one for one in shown.notes if one.startswith("Beside")] == [note]
    assert verifying.verify(ready, LOCAL_USER) == []


def test_a_revised_month_replaces_its_own_rows_alone(ready: Store) -> None:
    newer = archive("2021-04.zip", street("2021-02"), street("2021-03", 33, shift=1), street("2021-04", 20))
    more = prepared(ready, newer, onto=1)
    assert lines(more) == [
        "2 months stay, 1 is added, 1 is replaced by newer figures (rows 90 → 113).",
        "Added: Apr 2021.",
        "Replaced: Mar 2021 (30 → 33 rows).",
    ]
    assert more.change is not None
    assert more.change.loss is None
    importing.keep(ready, LOCAL_USER, more)
    shown = datasets.load_dataset(ready, LOCAL_USER, 1)
    assert rows_of(ready, shown) == {"2021-01": 30, "2021-02": 30, "2021-03": 33, "2021-04": 20}
    notes = [one for one in bring(ready, street("2021-05"), onto=1).notes if one.startswith("Beside")]
    assert len(notes) == 1  # what an earlier version changed stands in the history only


def test_the_months_of_another_force_stay(ready: Store) -> None:
    both = bring(ready, street("2021-03", 5, force="elsewhere"), onto=1)
    assert rows_of(ready, both) == {"2021-01": 30, "2021-02": 30, "2021-03": 35}
    revised = bring(ready, archive("2021-04.zip", street("2021-03", 6, force="elsewhere")), onto=1)
    assert rows_of(ready, revised)["2021-03"] == 36


@pytest.mark.parametrize("again", ["the bytes", "the rows"])
def test_the_same_month_again_changes_nothing_and_says_so(ready: Store, again: str) -> None:
    file = street("2021-03")
    if again == "the rows":
        header, *rows = file.read().decode().splitlines()
        file = replace(file, content="\n".join([header, *reversed(rows)]).encode())
    before = held(ready)
    with pytest.raises(AlreadyThereError) as said:
        bring(ready, file, onto=1)
    assert str(said.value) == (
        "Nothing to do: these files are already here as dataset 1: every row is in it, and nothing changes."
    )
    assert held(ready) == before


def test_a_whole_new_version_that_loses_months_needs_a_yes(ready: Store) -> None:
    loss = "lose 2 months: Jan 2021 to Feb 2021 (60 of 90 rows)"
    fewer = prepared(ready, street("2021-03"), street("2021-04"), replaces=1)
    assert lines(fewer) == [
        "1 month stays, 1 is added, 2 are lost (rows 90 → 60).",
        "Added: Apr 2021.",
        "Lost: Jan 2021 to Feb 2021.",
    ]
    before = held(ready)
    with pytest.raises(InputError) as said:
        importing.keep(ready, LOCAL_USER, fewer)
    assert str(said.value) == (
        f"A version must keep what the one before it has, and this one would {loss}; tick “Yes, {loss}” on the Upload "
        "page if that is meant, or choose other files."
    )
    assert held(ready) == before
    agreed = replace(fewer, request=replace(fewer.request, lose_months=True))
    assert importing.keep(ready, LOCAL_USER, agreed) == 1
    assert rows_of(ready, datasets.load_dataset(ready, LOCAL_USER, 1)) == {"2021-03": 30, "2021-04": 30}


@pytest.mark.parametrize(
    ("rows", "loss"),
    [(27, None), (25, "lose 5 of 90 rows"), (0, None)],
    ids=["few rows", "more than 5 % of rows", "none to lose"],
)
def test_more_than_five_in_a_hundred_rows_are_lost_with_a_yes_only(ready: Store, rows: int, loss: str | None) -> None:
    months = ["2021-03"] if rows else ["2021-04"]
    change = prepared(ready, *(street(month, rows or 30) for month in months), onto=1).change
    assert change is not None
    assert change.loss == loss


def test_a_month_that_shrinks_to_less_than_half_needs_a_yes(ready: Store) -> None:
    sources = [street("2021-01", 9), *(street(f"2021-{month:02}") for month in range(4, 9))]
    change = prepared(ready, *sources, onto=1).change
    assert change is not None
    assert change.loss == "lose most rows of Jan 2021 (30 → 9 rows)"


def test_an_older_archive_does_not_set_newer_figures_back_unasked(ready: Store) -> None:
    older = archive("2021-02.zip", street("2020-12", 28), street("2021-01"), street("2021-02", 29, shift=2))
    late = prepared(ready, older, onto=1)
    assert lines(late) == [
        "2 months stay, 1 is added, 1 is set back to older figures (rows 90 → 117).",
        "Added: Dec 2020.",
        "Set back: Feb 2021 (30 → 29 rows).",
    ]
    before = held(ready)
    with pytest.raises(InputError) as said:
        importing.keep(ready, LOCAL_USER, late)
    loss = "set back to older figures 1 month: Feb 2021"
    assert str(said.value) == (
        f"A version must keep what the one before it has, and this one (files up to Feb 2021) would {loss}; tick “Yes, "
        f"{loss}” on the Upload page if that is meant, or choose other files."
    )
    assert held(ready) == before


def test_a_month_by_itself_is_a_correction_and_older_archives_do_not_set_it_back(ready: Store) -> None:
    bring(ready, street("2021-01", 31), onto=1)
    change = prepared(ready, archive("2021-02.zip", street("2021-01"), street("2021-02")), onto=1).change
    assert change is not None
    assert change.loss == "set back to older figures 1 month: Jan 2021"


def test_of_two_archives_at_once_the_newer_is_followed(store: Store) -> None:
    small_place.add_areas(store)
    old = archive("2021-02.zip", street("2021-01", 9), street("2021-02"))
    new = archive("2021-03.zip", street("2021-01", 12, shift=1), street("2021-03"))
    for sources in ((old, new), (new, old)):
        both = prepared(store, *sources)
        counted = both.rows.table[c.MONTH].to_pylist()
        assert [counted.count(month) for month in ("2021-01", "2021-02", "2021-03")] == [12, 30, 30]
        note = "Anytown, Jan 2021: taken from the newest of the files that hold it, which go up to Mar 2021."
        assert note in both.description.notes


def test_of_two_analysts_at_once_the_second_checks_again(ready: Store) -> None:
    mine, theirs = prepared(ready, street("2021-04"), onto=1), prepared(ready, street("2021-05"), onto=1)
    whole = prepared(ready, *(street(f"2021-0{month}") for month in range(1, 7)), replaces=1)
    importing.keep(ready, LOCAL_USER, mine)
    before = held(ready)
    for late in (theirs, whole):
        with pytest.raises(InputError) as said:
            importing.keep(ready, LOCAL_USER, late)
        assert str(said.value) == (
            "A version must follow the one that it was checked beside, and another version of “Police street data, "
            "Anytown” came in meanwhile; check the files again."
        )
    assert held(ready) == before
    assert bring(ready, street("2021-05"), onto=1).months[-1] == "2021-05"


@pytest.mark.parametrize("table", [t.blob, t.version, t.audit], ids=lambda table: table.name)
def test_a_stop_in_the_middle_leaves_the_version_before_whole(ready: Store, table: object) -> None:
    more = prepared(ready, street("2021-04"), onto=1)
    before = held(ready)
    with failing_at(table), pytest.raises(RuntimeError):
        importing.keep(ready, LOCAL_USER, more)
    assert held(ready) == before
    importing.keep(ready, LOCAL_USER, more)


def test_a_kill_in_the_middle_leaves_one_version_or_the_other_whole(url: str, ready: Store) -> None:
    more = prepared(ready, street("2021-04"), onto=1)
    ready.close()  # a process that is forked opens its own

    def add(say: killing.Say) -> None:
        own = Store(url)
        say("begun")
        importing.keep(own, LOCAL_USER, more)
        say("kept")

    ended = killing.kill(add, 0.004)
    again = Store(url)
    shown = datasets.load_dataset(again, LOCAL_USER, 1)
    assert shown.number in ((2,) if "kept" in ended.said else (1, 2))
    assert sum(rows_of(again, shown).values()) == (90, 120)[shown.number - 1]
    assert verifying.verify(again, LOCAL_USER) == []
    again.close()


def test_months_one_by_one_come_to_the_counts_of_all_at_once(store: Store) -> None:
    small_place.add_areas(store)
    files = [street(f"20{18 + at // 12}-{at % 12 + 1:02}", 6 + at % 5, shift=at) for at in range(8)]
    order: Sequence[int] = (3, 0, 1, 2, 7, 5, 6, 4)
    number = bring(store, files[order[0]]).id
    for at in order[1:]:
        bring(store, files[at], onto=number)
    whole = bring(store, *files)
    one_by_one = datasets.load_dataset(store, LOCAL_USER, number)
    assert one_by_one.number == len(files)
    facts = ("first_month", "last_month", "gaps", "rows_read", "by_code", "by_point", "no_location", "outside")
    assert [getattr(one_by_one, fact) for fact in facts] == [getattr(whole, fact) for fact in facts]
    listed = [datasets.load_cells(store, LOCAL_USER, one) for one in (one_by_one, whole)]
    keys = ["area", "month", "category"]
    one, other = (frame.astype(dict.fromkeys(keys, str)).sort_values(keys, ignore_index=True) for frame in listed)
    assert one.equals(other)


def test_rows_that_came_in_before_forces_were_kept_are_compared_by_month(ready: Store) -> None:
    first = prepared(ready, street("2021-06"), street("2021-07"), title="Our figures")
    bare = replace(first, rows=replace(first.rows, table=first.rows.table.drop_columns([c.FORCE, c.EDITION])))
    number = importing.keep(ready, LOCAL_USER, bare)
    later = bring(ready, street("2021-07", 31, shift=1), street("2021-08"), onto=number)
    assert rows_of(ready, later) == {"2021-06": 30, "2021-07": 31, "2021-08": 30}


def test_names_of_places_come_with_the_months_that_have_them(ready: Store) -> None:
    more = prepared(ready, street("2021-03", places=True), onto=1)
    assert lines(more) == ["3 months stay (rows 90 → 90).", "Names of places are new in: Mar 2021."]
    importing.keep(ready, LOCAL_USER, more)
    with pytest.raises(AlreadyThereError):
        bring(ready, street("2021-03"), onto=1)  # which has none: those that are there stay


LOG = "Date,From,Area code,Type\n"


def log(text: str, **changed: object) -> ImportRequest:
    return small_place.incidents(LOG + text, **{"lose_months": False, **changed})


def test_own_incidents_replace_the_months_that_they_cover(store: Store) -> None:
    small_place.add_areas(store)
    number = small_place.add(store, log("01/09/2021,10:00,E01000001,Drugs\n02/11/2021,,E01000002,Drugs\n"))
    text = "02/11/2021,,E01000002,Drugs\n03/11/2021,,E01000003,Bullying\n04/03/2022,,E01000003,Drugs\n"
    more = importing.prepare(store, LOCAL_USER, log(text, onto=number))
    assert lines(more) == [
        "2 months stay, 4 are added, 1 is replaced by newer figures (rows 2 → 4).",
        "Added: Dec 2021 to Mar 2022.",
        "Replaced: Nov 2021 (1 → 2 rows).",
    ]
    importing.keep(store, LOCAL_USER, more)
    shown = datasets.load_dataset(store, LOCAL_USER, number)
    assert rows_of(store, shown) == {"2021-09": 1, "2021-11": 2, "2022-03": 1}
    assert shown.gaps == ()  # a month without incidents is none
    notes = [one for one in shown.notes if one.startswith("Beside")]
    assert "rows" not in notes[0]  # exact figures of protected data are not written down
    later = importing.prepare(store, LOCAL_USER, log("01/06/2022,,E01000001,Drugs\n", onto=number))
    assert later.description.replaces == number
    assert later.rows.gaps == ("2022-04", "2022-05")
    versions.restore(store, LOCAL_USER, number, 1)
    with pytest.raises(InputError, match="came in meanwhile"):
        importing.keep(store, LOCAL_USER, later)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Month,Area code,Type\n2021-12,E01000001,Drugs\n",
            (
                "The rows of one dataset must all know days or all only months, and “Incidents from log.csv” knows "
                "days and these files know months; choose “A new dataset”."
            ),
        ),
        (
            "Date,Area code,Type,School\n01/12/2021,E01000001,Drugs,Hill School\n",
            (
                "Rows of several schools must come in together, since the schools are told apart by numbers within "
                "their file only, and “Incidents from log.csv” or these files have a column of schools; bring all "
                "months in one go, as “A new version of all of” it."
            ),
        ),
    ],
    ids=["months", "schools"],
)
def test_rows_that_cannot_stand_in_one_dataset_are_refused(store: Store, text: str, says: str) -> None:
    small_place.add_areas(store)
    number = small_place.add(store, log("01/09/2021,10:00,E01000001,Drugs\n"))
    with pytest.raises(InputError) as said:
        importing.prepare(store, LOCAL_USER, small_place.incidents(text, onto=number))
    assert str(said.value) == says
