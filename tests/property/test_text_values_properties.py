"""Laws of values as text: a number reads back as itself, and Arrow's columns say what Python's values say."""

from datetime import date, datetime, time, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data.formats.text_values import text_column, text_of

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SECONDS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


@given(NUMBERS)
def test_a_number_reads_back_as_itself(value: float) -> None:
    assert float(text_of(value) or "") == value


@given(st.one_of(*(st.lists(values, min_size=1) for values in (
    NUMBERS, st.integers(-(2**63), 2**63 - 1), st.booleans(), st.text(st.characters(codec="utf-8")), SECONDS,
    st.times().map(lambda clock: clock.replace(microsecond=0)), st.dates(date(1990, 1, 1), date(2100, 1, 1)),
))))  # fmt: skip
def test_a_column_says_what_its_values_say(values: list[object]) -> None:
    column = text_column(pa.array(values))
    assert column is not None
    assert column.to_pylist() == [text_of(value) for value in values]


@given(SECONDS, st.integers(-499_999, 499_999))
def test_the_noise_of_a_workbook_moves_no_moment(moment: datetime, noise: int) -> None:
    assert text_of(moment + timedelta(microseconds=noise)) == moment.isoformat()


@given(st.times())
def test_a_time_of_day_has_seconds_only_where_they_count(clock: time) -> None:
    text = text_of(clock.replace(second=0, microsecond=0))
    assert text == f"{clock.hour:02}:{clock.minute:02}"
