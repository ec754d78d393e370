"""Duties are keyed by edition: no place in a document without one, and nothing checked before it was in force."""

import csv
import io

from data.services.duties import LIST, duties, duties_csv

WAITING = "Check against the edition in force."


def test_no_reference_stands_without_an_edition_and_a_day_of_checking() -> None:
    assert len(duties()) >= 20
    for one in duties():
        assert one.document
        assert one.edition
        assert one.checked_on >= one.in_force


def test_every_row_says_what_is_asked_what_helps_and_what_is_still_yours() -> None:
    for one in duties():
        assert all(text.endswith(".") for text in (one.asks, one.helps, one.still_yours))
        assert all(len(text) < 260 for text in (one.asks, one.helps, one.still_yours, one.note))
        assert one.pages
        assert all(one.pages)


def test_guidance_that_is_renewed_says_to_check_and_numbers_no_paragraph() -> None:
    renewed = [one for one in duties() if one.document.startswith(("Keeping children safe", "Working together"))]
    assert len(renewed) >= 8
    for one in renewed:
        assert one.note.endswith(WAITING)
        assert one.reference.startswith(("Part", "Annex", "Chapter"))


def test_no_row_is_listed_twice() -> None:
    said = [(one.document, one.reference, one.asks) for one in duties()]
    assert len(said) == len(set(said))


def test_the_csv_is_the_list_as_it_is_kept() -> None:
    rows = list(csv.DictReader(io.StringIO(duties_csv())))
    assert len(rows) == len(duties())
    assert None not in rows[0]
    assert duties_csv() == LIST.read_text(encoding="utf-8")
