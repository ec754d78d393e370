"""Term dates are read whole, and periods that contradict each other are refused."""

import pandas as pd
import pytest

from data.formats.sources import Source
from data.records.reading_jobs import read_term_dates
from geo import columns as c
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal, upload

HEAD = "label,first day,last day,kind"


def read(text: str) -> pd.DataFrame:
    return read_term_dates(upload(text), lambda _share, _what: None)


def refused(text: str) -> str:
    return refusal(lambda: read(text))


def test_periods_are_read_in_order_of_their_first_day() -> None:
    text = f"{HEAD}\nAutumn 2,01/11/2031,17/12/2031,Half-term\nTraining,2031-09-01,2031-09-01,INSET day\n"
    calendar = read(f"{text},,,\nAutumn 1,2 Sep 2031,22/10/2031,half term\n")
    assert calendar.columns.tolist() == [c.LABEL, c.FIRST_DAY, c.LAST_DAY, c.KIND]
    assert calendar[c.LABEL].tolist() == ["Training", "Autumn 1", "Autumn 2"]
    assert calendar[c.KIND].tolist() == ["inset", "half-term", "half-term"]
    assert calendar[c.LAST_DAY].tolist() == [
        pd.Timestamp(2031, 9, 1),
        pd.Timestamp(2031, 10, 22),
        pd.Timestamp(2031, 12, 17),
    ]
    assert str(calendar[c.FIRST_DAY].dtype) == "datetime64[s]"


def test_other_names_of_the_columns_are_understood() -> None:
    assert read("Name,Start,End,Type\nXmas,18/12/2031,03/01/2032,holiday\n")[c.LABEL].tolist() == ["Xmas"]


def test_periods_of_different_kinds_may_overlap() -> None:
    assert len(read(f"{HEAD}\nAutumn,01/09/2031,17/12/2031,term\nAutumn 1,01/09/2031,22/10/2031,half-term\n")) == 2


def test_periods_of_one_kind_must_not_overlap() -> None:
    rows = "A,01/09/2031,22/10/2031,term\nB,23/10/2031,01/12/2031,term\n"
    assert len(read(f"{HEAD}\n{rows}")) == 2
    assert "do in row 4" in refused(f"{HEAD}\n{rows}{CELL},01/12/2031,02/12/2031,term\n")
    long = "A,01/09/2031,31/12/2031,term\nB,10/09/2031,11/09/2031,term\nC,01/12/2031,02/12/2031,term\n"
    assert "2 rows (the first is row 3)" in refused(f"{HEAD}\n{long}")


def test_a_last_day_before_the_first_is_refused() -> None:
    message = refused(f"{HEAD}\nA,01/09/2031,22/10/2031,term\n{CELL},03/11/2031,02/11/2031,term\n")
    assert "“last day” must not be before “first day”, but it is in row 3" in message
    assert "02/11" not in message


def test_kinds_outside_the_list_are_refused() -> None:
    message = refused(f"{HEAD}\nA,01/09/2031,22/10/2031,{CELL}\n")
    assert "“kind” must be one of “term”, “half-term”, “holiday” or “inset”" in message
    assert "row 2" in message


def test_missing_columns_and_blank_cells_are_refused() -> None:
    assert "add or rename “first day” and “last day”" in refused("label,kind\nA,term\n")
    assert "something in “last day”, but it is blank in row 3" in refused(
        f"{HEAD}\nA,01/09/2031,22/10/2031,term\n{CELL},01/11/2031,,term\n"
    )


@pytest.mark.parametrize("day", [CELL, "31/09/2031", "09/30/2031"])
def test_days_that_cannot_be_meant_are_refused(day: str) -> None:
    message = refused(f"{HEAD}\nA,{day},22/10/2031,term\n")
    assert "column “first day”" in message
    assert day not in message


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_gives_the_same_dates(ending: str) -> None:
    rows = [HEAD.split(","), ["Autumn 1", "01/09/2031", "22/10/2031", "half-term"]]
    source = Source(f"terms.{ending}", content=getattr(making, ending)(rows))
    assert read_term_dates(source, lambda _share, _what: None).equals(read(f"{HEAD}\n{','.join(rows[1])}\n"))


def test_a_fault_in_a_workbook_names_its_row() -> None:
    rows = [HEAD.split(","), ["A", "01/09/2031", "22/10/2031", "term"], [CELL, "03/11/2031", "02/11/2031", "term"]]
    source = Source("terms.xlsx", content=making.xlsx(rows))
    assert "but it is in row 3" in refusal(lambda: read_term_dates(source, lambda _share, _what: None), "terms.xlsx")


def test_term_dates_are_screened_and_the_usual_names_of_periods_pass() -> None:
    labels = ("Autumn 1", "Christmas", "Easter", "May Day bank holiday", "Summer term", "INSET: staff training")
    rows = "\n".join(f"{label},{n + 1:02}/09/2031,{n + 1:02}/09/2031,inset" for n, label in enumerate(labels))
    assert len(read(f"{HEAD}\n{rows}\n")) == len(labels)
    named = "\n".join(f"Jane Smith,0{n}/09/2031,0{n}/09/2031,inset" for n in range(1, 4))
    assert "names of people in column “label”" in refused(f"{HEAD}\n{named}\n")


def kinds(calendar: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    days = (calendar[day].dt.strftime("%d %b") for day in (c.FIRST_DAY, c.LAST_DAY))
    return list(zip(calendar[c.LABEL], *days, calendar[c.KIND], strict=True))


AUTUMN = [("Autumn term 1", "02 Sep", "24 Oct", "half-term"), ("Half term", "27 Oct", "31 Oct", "holiday")]


@pytest.mark.parametrize(
    "text",
    [
        "Term,Start,Finish\nAutumn term 1,Tuesday 2 September 2031,Fri 24 Oct 2031\nHalf term,27/10/2031,31/10/2031\n",
        "Term,From,To\nAutumn term 1,2nd September 2031,24 Oct 2031\nHalf term,2031-10-27,2031-10-31\n",
        "Holiday,Dates\nAutumn term 1,2 September 2031 - 24 October 2031\nHalf term,Mon 27 to Fri 31 October 2031\n",
        "Event,Dates\nAutumn term 1,Tuesday 2 September to Friday 24 October 2031\nHalf term,27/10/2031–31/10/2031\n",
        "Dates\nAutumn term 1: Tuesday 2 September 2031 to Friday 24 October 2031\nHalf term: 27 to 31 October 2031\n",
        "Autumn term 1: 2 September 2031 to 24 October 2031\nHalf term - 27 October 2031 to 31 October 2031\n",
    ],
)
def test_tables_of_councils_need_no_kind(text: str) -> None:
    assert kinds(read(text)) == AUTUMN


def test_without_kinds_a_bank_holiday_may_lie_in_a_holiday_but_terms_may_not_overlap() -> None:
    rows = "Christmas holidays,22/12/2031,02/01/2032\nBank holiday,25/12/2031,26/12/2031\n"
    assert len(read(f"Name,Start,End\n{rows}")) == 2
    terms = "Autumn term,01/09/2031,19/12/2031\nAutumn term,03/11/2031,30/01/2032\n"
    assert "must not overlap" in refused(f"Name,Start,End\n{terms}")


def event(summary: str, start: str, end: str = "", more: str = "") -> str:
    return f"BEGIN:VEVENT\r\nSUMMARY:{summary}\r\nDTSTART{start}\r\n{end and f'DTEND{end}'}\r\n{more}\r\nEND:VEVENT\r\n"


def ics(*events: str) -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n".replace("\r\n\r\n", "\r\n")


def read_ics(text: str) -> pd.DataFrame:
    return read_term_dates(upload(text, "terms.ics"), lambda _share, _what: None)


def test_a_calendar_gives_its_terms_and_holidays_and_nothing_else() -> None:
    term = event("Autumn term 1", ";VALUE=DATE:20310902", ";VALUE=DATE:20311025", f"DESCRIPTION:{CELL}")
    found = read_ics(
        ics(
            event("Half term", ":20311027T000000", ":20311101T000000"),
            term,
            term,
            event("INSET day", ";VALUE=DATE:20310901"),
            event("Parents evening Jane Smith", ":20310911T170000Z", ":20310911T190000Z", "RRULE:FREQ=YEARLY"),
            event("Bank holiday", ";VALUE=DATE:20311225", "", "DURATION:P2D"),
        )
    )
    inset, bank = ("INSET day", "01 Sep", "01 Sep", "inset"), ("Bank holiday", "25 Dec", "26 Dec", "holiday")
    assert kinds(found) == [inset, *AUTUMN, bank]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("label,first day\n", "must be a calendar"),
        (ics(event("Autumn", ":soon")), "must be a whole calendar"),
        (ics().removesuffix("END:VCALENDAR\r\n"), "it holds none"),
        (ics(event("Concert", ":20310911T170000Z")), "some event must be a term"),
        (
            ics(event("Half term", ";VALUE=DATE:20311027", ";VALUE=DATE:20311101", "RRULE:FREQ=YEARLY")),
            "repeat by a rule",
        ),
        (ics(event(f"Half term {CELL} 07700 900123", ";VALUE=DATE:20311027", ";VALUE=DATE:20311101")), "phone"),
    ],
)
def test_a_calendar_that_cannot_be_used_is_refused(text: str, words: str) -> None:
    assert words in refusal(lambda: read_ics(text), "terms.ics")
