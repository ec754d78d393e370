"""Laws of contributors: numbers say of two rows whether they come from one school, and of a school nothing."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data.records.contributors import number_contributors
from data.records.rows import CONTRIBUTOR_FIELD, NO_CONTRIBUTOR
from geo import columns as c

SCHOOLS = ("", "Abbey Lane", "Mercia", "Tapton", "107140")
files = st.lists(st.lists(st.sampled_from(SCHOOLS), max_size=6), min_size=1, max_size=3)


def table(schools: list[str]) -> pa.Table:
    return pa.table([pa.array(schools, pa.string()).dictionary_encode()], schema=pa.schema([CONTRIBUTOR_FIELD]))


def numbers(*schools: list[str]) -> list[str]:
    return number_contributors([table(some) for some in schools], "“log.csv”")[c.CONTRIBUTOR].to_pylist()


@given(files)
def test_one_number_for_one_school_and_no_more_numbers_than_schools(schools: list[list[str]]) -> None:
    flat = [school for some in schools for school in some]
    found = numbers(*schools)
    assert len(found) == len(flat)
    assert len(set(zip(flat, found, strict=True))) == len(set(flat)) == len(set(found))
    assert {number for school, number in zip(flat, found, strict=True) if not school} <= {NO_CONTRIBUTOR}
    assert set(found) - {NO_CONTRIBUTOR} == {str(at) for at in range(1, len(set(flat) - {""}) + 1)}


@given(files, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_their_files_change_a_number(schools: list[list[str]], seed) -> None:
    flat = [school for some in schools for school in some]
    order = seed.sample(range(len(flat)), len(flat))
    found = numbers(*schools)
    assert numbers([flat[at] for at in order]) == [found[at] for at in order]
