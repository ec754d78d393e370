"""Lists of an organisation's own are read whole; they hold services and guidance, and nobody by name."""

from datetime import date
from typing import Any

import pytest

from data.formats.sources import Source, from_paths
from data.records.own_list import read_contacts, read_teaching
from data.services.own_lists import USUAL
from geo.harms import HARM_GROUPS
from geo.register.teaching_list import PUPILS, STAFF
from tests.unit.data.records.refusals import CELL, refusal, upload

TODAY = date(2026, 11, 29)
HEAD = "service,harm groups,area,phone,email,web,hours,date checked"
MACE = "MACE,Child criminal exploitation; cse,Castlebrook,01632 960101,mace@castlebrook.example,,Weekdays,07/09/2026"
LESSONS = "harm group,audience,topic,what,how,source,reviewed on,warning"


def contacts(source: Source) -> list[dict[str, Any]]:
    return read_contacts(source, None, TODAY, lambda _share, _what: None)


def teaching(source: Source) -> list[dict[str, Any]]:
    return read_teaching(source, None, TODAY, lambda _share, _what: None)


def test_contacts_are_read_with_the_codes_of_their_harms() -> None:
    assert contacts(upload(f"{HEAD}\n{MACE}\nEarly help,,,,,www.help.example,,\n")) == [
        {
            "service": "MACE", "harms": ["cce", "cse"], "area": "Castlebrook", "phone": "01632 960101",
            "email": "mace@castlebrook.example", "web": None, "hours": "Weekdays", "checked_on": "2026-09-07",
        },
        {
            "service": "Early help", "harms": [], "area": None, "phone": None, "email": None,
            "web": "www.help.example", "hours": None, "checked_on": None,
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f",,,01632 960101,,,,{CELL}", "must hold a date"),
        (",,,01632 960101,,,,", "must have something in “service”"),
        ("Hub,,,,,,Weekdays,", "must have a phone, an e-mail or a web address"),
        (f"Hub,,,{CELL},,,,", "must hold a phone number"),
        (f"Hub,,,,{CELL},,,", "must hold an e-mail address"),
        ("Hub,,,,,javascript:alert(1),,", "must hold a web address"),
        ("Hub,,,,jane.smith@council.example,,,", "must be that of a team"),
        (f"Hub,{CELL},,01632 960101,,,,", "harm groups must be blank for all"),
        ("Jane Smith,,,01632 960101,,,,", "names of people"),
        ("Hub,,,01632 960101,,,,30/11/2026", "a date still to come"),
    ],
)
def test_a_fault_of_a_contact_is_told_by_its_row_and_never_by_what_it_says(row: str, says: str) -> None:
    message = refusal(lambda: contacts(upload(f"{HEAD}\n{MACE}\n{row}\n")))
    assert says in message
    assert "row 3" in message
    assert "smith" not in message.lower()


def test_a_column_of_names_is_left_unread() -> None:
    rows = "".join(f"Team {n},01632 96010{n},{name}\n" for n, name in enumerate(("Jane Smith", "Ali Khan", "Tom Hill")))
    found = contacts(upload(f"service,phone,contact name\n{rows}"))
    assert len(found) == 3
    assert "Jane" not in str(found)


def test_a_list_without_rows_or_columns_is_refused() -> None:
    assert "a list must have a row" in refusal(lambda: contacts(upload("service,phone,notes\n,,x\n")))
    assert "add or rename “service”" in refusal(lambda: contacts(upload("team name,phone\nx,1\n")))


def test_what_to_teach_is_read_with_codes() -> None:
    line = "All,Years 7 to 9,Where to turn,Who listens,Each term,Our own scheme,01/09/2026,Not one assembly alone"
    assert teaching(upload(f"{LESSONS}\n{line}\n")) == [
        {
            "harm": None, "audience": "7-9", "topic": "Where to turn", "what": "Who listens", "how": "Each term",
            "source": "Our own scheme", "warning": "Not one assembly alone", "reviewed_on": "2026-09-01",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f"All,{CELL},t,w,,s,,", "an audience must be one of"),
        (f"{CELL},all staff,t,w,,s,,", "a harm group must be one of"),
        ("All,all staff,t,,,s,,", "must have something in “what”"),
        ("All,all staff,t,w,,,,", "must have something in “source”"),
        ("All,all staff,t,Ring Jane Smith on 07700 900123,,s,,", "must hold nothing that tells who a person is"),
    ],
)
def test_a_fault_of_a_lesson_is_told_by_its_row(row: str, says: str) -> None:
    message = refusal(lambda: teaching(upload(f"{LESSONS}\n{row}\n")))
    assert says in message
    assert "row 2" in message
    assert "Smith" not in message


def test_the_usual_list_comes_in_as_it_is_and_leaves_no_harm_and_no_audience_out() -> None:
    rows = teaching(from_paths([USUAL])[0])
    assert {one["audience"] for one in rows} == {*PUPILS, *STAFF}
    for harm in HARM_GROUPS:
        own = {one["audience"] for one in rows if one["harm"] == harm}
        assert own & set(PUPILS)
        assert "all-staff" in own
    assert all(one["source"] and one["reviewed_on"] for one in rows)
    assert sum(bool(one["warning"]) for one in rows) >= 10
