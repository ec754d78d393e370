"""Writing released counts by command: what may be written, what each option leaves, and what is refused."""

import csv
import io
import json
import sys
import zipfile
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from data.cli import commands
from data.store import tables as t
from data.store.store import Store
from geo import harms
from tests.unit.data import logs, small_place
from tests.unit.data.running import Ran, copied, done, dump, run
from tests.unit.data.store.inside import change

OPEN, PROTECTED, POOLED = 1, 3, 4
CELLS = pd.DataFrame(small_place.CELLS, columns=["area", "period", "category", "n"])
CELLS["harm"] = CELLS["category"].map(harms.harm_of)


@pytest.fixture(scope="module")
def shared_home(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place with a log of two school years, and one brought by three schools. Tests only read it."""
    home = copied(settled_home, tmp_path_factory.mktemp("sharing") / "home")
    for name, listed in (("log.csv", logs.lines()), ("trust.csv", logs.lines(schools=3, seed=8))):
        file = home.parent / name
        file.write_text(logs.text(listed), encoding="utf-8")
        done(home, "import", file, "--kind", "incidents")
    return home


def counts(home: Path, dataset: int, *options: str) -> Ran:
    return done(home, "counts", "--dataset", dataset, *options)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def refused(home: Path, *arguments: object) -> str:
    """Run a command that must be refused; give the one sentence that it says."""
    ran = run(home, *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    assert ". " not in ran.err
    return ran.err


def test_the_lens_is_shared_unless_named_and_the_same_when_it_is(shared_home: Path) -> None:
    for dataset in (OPEN, PROTECTED):
        assert counts(shared_home, dataset, "--by", "area") == counts(
            shared_home, dataset, "--by", "area", "--lens", "shared"
        )


@pytest.mark.parametrize("dataset", [OPEN, PROTECTED])
@pytest.mark.parametrize("visibility", ["exact", "custodian", "Shared", ""])
def test_no_other_lens_can_be_written_out(shared_home: Path, dataset: int, visibility: str) -> None:
    sentence = refused(shared_home, "counts", "--dataset", dataset, "--by", "area", "--lens", visibility)
    assert "lens “shared”" in sentence


@pytest.mark.parametrize("by", ["area", "period", "harm", "category", "area,period,harm", "harm,area"])
@pytest.mark.parametrize("level", ["zone", "msoa", "district"])
def test_protected_counts_are_written_as_they_may_be_told(shared_home: Path, by: str, level: str) -> None:
    ran = counts(shared_home, PROTECTED, "--by", by, "--level", level)
    assert "sums of multiples of 5" in ran.err
    listed = rows_of(ran.out)
    assert listed
    for row in listed:
        assert row["shown"] == (f"about {int(row['n']):,}" if row["n"] else "fewer than 10")
        assert not row["n"] or (int(row["n"]) >= 10 and int(row["n"]) % 5 == 0)


def test_a_protected_listing_is_in_half_terms_harm_groups_and_zones(shared_home: Path) -> None:
    periods = [row["period"] for row in rows_of(counts(shared_home, PROTECTED, "--by", "period").out)]
    assert periods == list(logs.KEYS)
    groups = {row["harm"] for row in rows_of(counts(shared_home, PROTECTED, "--by", "harm").out)}
    assert groups == set(harms.HARM_GROUPS)
    categories = {row["category"] for row in rows_of(counts(shared_home, PROTECTED, "--by", "category").out)}
    assert categories == set(harms.HARM_GROUPS.values())


def test_a_release_of_one_row_or_two_says_nothing(shared_home: Path) -> None:
    listed = rows_of(counts(shared_home, 2, "--by", "area,harm").out)  # two incidents in September 2021
    assert len(listed) % 7 == 0
    assert {row["shown"] for row in listed} == {"fewer than 10"}
    assert {row["n"] for row in listed} == {""}


FILTERS = [
    (("--area", "E01000001", "--area", "E01000003"), lambda t: t["area"].isin(["E01000001", "E01000003"])),
    (("--from", "2021-09"), lambda t: t["period"] >= "2021-09"),
    (("--to", "2021-09"), lambda t: t["period"] <= "2021-09"),
    (("--from", "2021-10", "--to", "2021-10"), lambda t: t["period"] == "2021-10"),
    (("--category", "Drugs"), lambda t: t["category"] == "Drugs"),
    (("--harm", "asb", "--harm", "other"), lambda t: t["harm"].isin(["asb", "other"])),
    (("--area", "E01000002", "--harm", "substances"), lambda t: t["area"] == "E01000002"),
]


@pytest.mark.parametrize(("options", "kept"), FILTERS, ids=[" ".join(options) for options, _ in FILTERS])
@pytest.mark.parametrize("by", ["area", "period,category", "harm,area"])
def test_filters_of_open_data_agree_with_pandas(shared_home: Path, options: tuple[str, ...], kept, by: str) -> None:
    expected = CELLS[kept(CELLS)].groupby(by.split(","), as_index=False)["n"].sum()
    found = pd.read_csv(io.StringIO(counts(shared_home, OPEN, "--by", by, *options).out))
    assert list(found.columns) == [*by.split(","), "n"]
    assert found.to_dict("records") == expected.to_dict("records")


def test_larger_areas_of_open_data_are_sums_and_are_named_by_their_codes(shared_home: Path) -> None:
    assert counts(shared_home, OPEN, "--by", "area", "--level", "msoa").out == "area,n\nE02000001,5\nE02000002,2\n"
    north = counts(shared_home, OPEN, "--by", "area", "--level", "msoa", "--area", "E02000002")
    assert north.out == "area,n\nE02000002,2\n"
    assert counts(shared_home, OPEN, "--by", "area", "--level", "lsoa") == counts(shared_home, OPEN, "--by", "area")


@pytest.mark.parametrize("dataset", [OPEN, PROTECTED, POOLED])
@pytest.mark.parametrize(
    "options",
    [("--by", "area"), ("--by", "harm,period"), ("--by", "area,harm", "--harm", "violence"), ("--by", "category")],
    ids=" ".join,
)
def test_csv_and_json_say_the_same(shared_home: Path, dataset: int, options: tuple[str, ...]) -> None:
    listed = rows_of(counts(shared_home, dataset, *options).out)
    written = json.loads(counts(shared_home, dataset, *options, "--format", "json").out)
    assert written == [row | {"n": int(row["n"]) if row["n"] else None} for row in listed]


@pytest.mark.parametrize("dataset", [OPEN, PROTECTED])
def test_an_area_that_is_given_twice_is_counted_once(shared_home: Path, dataset: int) -> None:
    once = counts(shared_home, dataset, "--by", "harm", "--area", "E01000001")
    assert counts(shared_home, dataset, "--by", "harm", "--area", "E01000001", "--area", "E01000001") == once


BAD = [
    (OPEN, ("--area", "E01999999"), "the listing by area"),
    (OPEN, ("--from", "2020-01"), "2021-08 to 2021-10"),
    (OPEN, ("--to", "2021/22-1"), "2021-08 to 2021-10"),
    (OPEN, ("--from", "October"), "2021-08 to 2021-10"),
    (OPEN, ("--from", "2021-10", "--to", "2021-08"), "turn them round"),
    (OPEN, ("--category", "Arson"), "the listing by category"),
    (OPEN, ("--harm", "theft"), "cse, cce, violence, peer, substances, asb, other"),
    (OPEN, ("--level", "zone"), "lsoa, msoa, district"),
    (OPEN, ("--level", "village"), "lsoa, msoa, district"),
    (PROTECTED, ("--area", "E01999999"), "the listing by area"),
    (PROTECTED, ("--from", "2023-09"), "2023/24-1 to 2024/25-6"),
    (PROTECTED, ("--to", "2025/26-1"), "2023/24-1 to 2024/25-6"),
    (PROTECTED, ("--category", "Drugs"), "the listing by category"),
    (PROTECTED, ("--harm", "theft"), "cse, cce, violence, peer, substances, asb, other"),
    (PROTECTED, ("--level", "lsoa"), "zone, msoa, district"),
]


@pytest.mark.parametrize(("dataset", "options", "there"), BAD, ids=[f"{one} {' '.join(two)}" for one, two, _ in BAD])
def test_what_there_is_none_of_is_refused_with_what_there_is(
    shared_home: Path, dataset: int, options: tuple[str, ...], there: str
) -> None:
    assert there in refused(shared_home, "counts", "--dataset", dataset, "--by", "harm", *options)


@pytest.mark.parametrize("by", ["", "place", "area,place", "n"])
@pytest.mark.parametrize("dataset", [OPEN, PROTECTED])
def test_by_must_name_what_counts_have(shared_home: Path, dataset: int, by: str) -> None:
    sentence = refused(shared_home, "counts", "--dataset", dataset, "--by", by)
    assert "area, period, category, harm" in sentence


def test_a_format_that_there_is_none_of_is_refused(shared_home: Path) -> None:
    assert "csv, json or package" in refused(shared_home, "counts", "--by", "area", "--format", "xml")


def test_writing_out_changes_nothing_in_the_store(shared_home: Path) -> None:
    before = dump(shared_home)
    counts(shared_home, PROTECTED, "--by", "area")
    assert dump(shared_home) == before


def test_a_protected_dataset_that_nothing_is_released_of_is_refused(shared_home: Path, tmp_path: Path) -> None:
    home = copied(shared_home, tmp_path / "home")
    forget_releases(home)
    assert "no half-term" in refused(home, "counts", "--dataset", PROTECTED, "--by", "area")


def forget_releases(home: Path) -> None:
    """Take the releases away, as in a store from before there were any."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    change(store, t.release.delete())
    store.close()


def test_release_says_how_close_each_released_dataset_is(shared_home: Path) -> None:
    before = dump(shared_home)
    told = done(shared_home, "release").out
    assert [line for line in told.splitlines() if line.startswith("Dataset ")] == [
        "Dataset 4: Incidents from trust.csv",
        "Dataset 3: Incidents from log.csv",
        "Dataset 2: Incidents from log.csv",
    ]
    assert "2023/24: 6 half-terms released in" in told
    assert "Average rounding error of a zone’s year" not in told  # it tells exact totals
    assert "Average rounding error of a zone’s year" in done(shared_home, "release", "--exact").out
    assert dump(shared_home) == before


def test_release_of_one_dataset_is_about_that_one(shared_home: Path) -> None:
    told = done(shared_home, "release", "--dataset", PROTECTED).out
    assert told.startswith("Dataset 3: ")
    assert told.count("Dataset ") == 1


def test_release_brings_what_was_kept_before_there_were_releases(shared_home: Path, tmp_path: Path) -> None:
    home = copied(shared_home, tmp_path / "home")
    before = {dataset: counts(home, dataset, "--by", "area,period,harm") for dataset in (2, PROTECTED, POOLED)}
    figures = done(home, "release", "--exact").out
    forget_releases(home)
    assert done(home, "release", "--exact").out == figures
    for dataset, written in before.items():
        assert counts(home, dataset, "--by", "area,period,harm") == written


def test_a_number_that_is_no_dataset_is_refused(shared_home: Path) -> None:
    for command in (("counts", "--by", "area"), ("release",)):
        assert "dataset 9" in refused(shared_home, *command, "--dataset", 9)


def test_half_terms_are_listed_in_the_order_of_time(shared_home: Path) -> None:
    periods = [row["period"] for row in rows_of(counts(shared_home, POOLED, "--by", "period").out)]
    assert len(periods) > 1
    assert all(one < following for one, following in pairwise(periods))


def test_a_data_package_is_written_to_stdout_as_bytes(shared_home: Path) -> None:
    content = io.BytesIO()
    with io.TextIOWrapper(content, encoding="utf-8") as out, pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(shared_home))
        patch.setattr(
            sys, "argv", ["data", "counts", "--dataset", str(PROTECTED), "--by", "harm", "--format", "package"]
        )
        with redirect_stdout(out), pytest.raises(SystemExit) as ended:
            commands.main()
        out.flush()
        packed = content.getvalue()
    assert not ended.value.code
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        told = json.loads(parts.read("datapackage.json"))
        rows = rows_of(parts.read("counts.csv").decode())
    assert told["protection"]["kind"] == "protected"
    assert rows == rows_of(counts(shared_home, PROTECTED, "--by", "harm").out)
