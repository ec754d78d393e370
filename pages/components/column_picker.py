"""Matching columns: what each column of an incident file means, guessed from its name and open to change."""

import streamlit as st

from data.reading.csvfile import header
from data.reading.mapping import ColumnMapping, guess_mapping
from data.reading.sources import Source

NOT_THERE = "– not in the file –"
ROLES = {
    "date": "Date",
    "start": "Time or date from",
    "end": "Time or date to",
    "month": "Month, where there are no dates",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "easting": "Easting",
    "northing": "Northing",
    "area": "Area code",
    "category": "Category",
}


def pick(source: Source) -> ColumnMapping:
    """Draw a picker per meaning, set to the guess, and give the mapping they hold.

    Raises InputError when the file's header cannot be read. No value of a row is shown.
    """
    names = header(source)
    guess = guess_mapping(names)
    options = [NOT_THERE, *names]
    picked = {}
    with st.expander("Columns: what each means", expanded=True):
        st.caption("Columns that mean nothing here are not read, and nothing of them is kept.")
        for start in range(0, len(ROLES), 5):
            for column, role in zip(st.columns(5), list(ROLES)[start : start + 5], strict=True):
                guessed = getattr(guess, role)
                index = options.index(guessed) if guessed in options else 0
                chosen = column.selectbox(ROLES[role], options, index=index, key=f"_map_{source.fingerprint()}_{role}")
                picked[role] = None if chosen == NOT_THERE else chosen
    return ColumnMapping.model_validate(picked)
