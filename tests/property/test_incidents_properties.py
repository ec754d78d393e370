"""Whatever the cells of a file are, every row is kept or counted, and none of them is ever repeated."""

from collections import Counter
from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data.formats.sheets import Sheet
from data.records.incidents import read_incidents
from data.records.marks import read_marks
from data.records.problems import Faulty, grouped, problems_csv
from data.records.rows import Rows
from geo.errors import InputError

TODAY = date(2026, 1, 5)
NAMES = ("Date", "From", "To", "Longitude", "Latitude", "Area", "Category", "Comment")
GOOD = ("17/08/2021", "15:10", "15:40", "-1.4612", "53.3812", "E01007321", "Knife crime", "seen by Zebedee")
BLANKS = {"no date", "no category"}  # not kept whatever becomes of faulty rows

Row = tuple[str | None, ...]

odd_cells = (
    st.sampled_from([None, "31/02/2021", "04/25/2021", "17/08/1913", "17/08/2093", "Aug 2021", "17/08/2021 00:00"]),
    st.sampled_from([None, "29:10", "16/08/2021 00:00", "00:00", "Zebedee"]),
    st.sampled_from([None, "15:99", "16/08/2021", "09:00", "18/08/2021"]),
    st.sampled_from([None, "53.3812", "435419", "-80.1234", "west", "4,35"]),
    st.sampled_from([None, "-1.4612", "387654", "40.1234", "-91.5", "north"]),
    st.sampled_from([None, "E01007321"]),
    st.sampled_from([None, "Bullying"]),
    st.none(),
)


def with_one_odd_cell(place: int) -> st.SearchStrategy[Row]:
    return odd_cells[place].map(lambda cell: (*GOOD[:place], cell, *GOOD[place + 1 :]))


odd_rows = st.integers(0, len(NAMES) - 1).flatmap(with_one_odd_cell) | st.tuples(
    *(st.just(good) | odd for good, odd in zip(GOOD, odd_cells, strict=True))
)
files = st.builds(
    lambda odd, good, seed: seed.sample([*odd, *[GOOD] * good], len(odd) + good),
    st.lists(odd_rows, max_size=6),
    st.integers(0, 12),
    st.randoms(use_true_random=False),
)


def sheet(rows: list[Row]) -> Sheet:
    columns = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(NAMES)}
    return Sheet("log.csv", "May", pa.table(columns))


def read(rows: list[Row], faulty: Faulty) -> Rows | None:
    """Read ``rows``; None when the file is refused."""
    try:
        return read_incidents(sheet(rows), today=TODAY, faulty=faulty)
    except InputError:
        return None


def faulty_rows(rows: Rows) -> set[int]:
    found = (problem for problem in rows.problems if problem.severity == "left out" and problem.what not in BLANKS)
    return {number for problem in found for number in problem.rows.tolist()}


@given(files)
def test_every_row_is_kept_or_counted_under_one_reason(rows: list[Row]) -> None:
    found = read(rows, Faulty.LEAVE_OUT)
    if found is not None:
        assert found.read == len(rows) == found.table.num_rows + found.not_kept.total()
        left_out = [problem for problem in found.problems if problem.severity == "left out"]
        assert len({n for problem in left_out for n in problem.rows.tolist()}) == found.not_kept.total()


@given(files, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(rows: list[Row], seed) -> None:
    found, shuffled = (read(order, Faulty.LEAVE_OUT) for order in (rows, seed.sample(rows, len(rows))))
    assert (found is None) == (shuffled is None)
    if found is not None and shuffled is not None:
        assert found.not_kept == shuffled.not_kept
        kept, again = (Counter(str(row) for row in one.table.to_pylist()) for one in (found, shuffled))
        assert kept == again
        assert Counter((problem.what, len(problem.rows)) for problem in found.problems) == Counter(
            (problem.what, len(problem.rows)) for problem in shuffled.problems
        )


@given(files)
def test_a_file_is_accepted_just_when_leaving_out_finds_no_fault(rows: list[Row]) -> None:
    strict, found = read(rows, Faulty.REFUSE), read(rows, Faulty.LEAVE_OUT)
    assert (strict is not None) == (found is not None and not faulty_rows(found))
    if strict is not None and found is not None:
        assert strict.table == found.table
        assert strict.not_kept == found.not_kept


@given(files)
def test_rows_left_out_might_as_well_never_have_been_in_the_file(rows: list[Row]) -> None:
    found = read(rows, Faulty.LEAVE_OUT)
    if found is not None:
        without = [row for number, row in enumerate(rows, start=2) if number not in faulty_rows(found)]
        alone = read(without, Faulty.REFUSE)
        assert alone is not None
        assert alone.table.to_pylist() == found.table.to_pylist()


tokens = st.lists(st.lists(st.booleans(), min_size=len(NAMES), max_size=len(NAMES)), min_size=1, max_size=8)


@given(tokens, st.sampled_from(Faulty))
def test_no_cell_is_ever_repeated(planted: list[list[bool]], faulty: Faulty) -> None:
    """Where no token is planted the cell is a good one, so that files are accepted too and their problems told."""
    rows = [
        tuple(
            f"token{at}x{place}" if is_planted else good
            for place, (is_planted, good) in enumerate(zip(row, GOOD, strict=True))
        )
        for at, row in enumerate(planted)
    ]
    told = ""
    marks = Sheet("log.csv", None, sheet(rows).table.rename_columns([*NAMES[:6], "Mark", "Comment"]))
    for reader, table in ((read_incidents, sheet(rows)), (read_marks, marks)):
        try:
            found = reader(table, today=TODAY, faulty=faulty)
            told += problems_csv(found.problems, "log.csv") + str(grouped(found.problems)) + str(found.problems)
            told += str(found.notes) + str(found.not_kept)
        except InputError as error:
            told += str(error)
    assert "token" not in told
    assert not any(cell in told for cell in GOOD)
