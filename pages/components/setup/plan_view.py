"""The plan of dropped files as people read it: each file, what it is taken for and why, and what will be done."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from data.recognition.file_role import Recognised
from data.services.setup_plan import SetupPlan, SetupStep
from geo.wording import capital, how_many
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Cell, Column

_COLUMNS: Final = (
    Column("file", "File"),
    Column("what", "Taken for"),
    Column("why", "Why", wide_only=True),
    Column("done", "Goes to"),
)
_EACH: Final = (Column("file", "File"), Column("what", "Taken for"))
_LEFT: Final = "Nothing: see below"
_HERE: Final = "Nothing: the same file is here already"
_OWN: Final = "Its columns are matched on Upload"


def show(plan: SetupPlan) -> None:
    """Show the plan; files that are taken for the same thing stand in one line, and each in a list below."""
    done = _goes_to(plan)
    groups: dict[tuple[str, str, str], list[Recognised]] = {}
    for one in plan.recognised:
        groups.setdefault((one.what, one.why, done.get(one.file, _LEFT)), []).append(one)
    rows = [
        {"file": _files(found), "what": capital(what), "why": _why(found, why), "done": where}
        for (what, why, where), found in groups.items()
    ]
    chrome.subheading("What these files are: nothing is saved yet")
    chrome.together(
        html_tables.html_table("The files that were dropped", _COLUMNS, rows, search=False),
        _every_file(plan.recognised) if len(plan.recognised) > len(groups) else "",
        "".join(chrome.notice(one.sentence) for one in plan.left_out),
        _what_will_be_done([step for step in plan.steps if not step.known]),
    )


def _what_will_be_done(steps: Sequence[SetupStep]) -> str:
    """Write what will be done, in order, with what is to be known before (HTML)."""
    items = "".join(
        f"<li><strong>{escape(step.row)}.</strong> {escape(step.says)} "
        f'<span class="lc-sure">From {how_many(len(step.files), "file", "files")}.</span>'
        f"{chrome.bullets(step.notes)}</li>"
        for step in steps
    )
    return f'<div class="lc-block lc-list"><h2>What will be done</h2><ol>{items}</ol></div>' if items else ""


def _goes_to(plan: SetupPlan) -> Mapping[str, str]:
    rows: dict[str, list[str]] = {file: [_OWN] for file in plan.own}
    for step in plan.steps:
        for file in step.files:
            rows.setdefault(file, []).append(_HERE if step.known else step.row)
    return {file: ", ".join(named) for file, named in rows.items()}


def _files(found: Sequence[Recognised]) -> str:
    first = found[0].file
    return first if len(found) == 1 else f"{first} and {len(found) - 1:,} more"


def _why(found: Sequence[Recognised], why: str) -> str:
    """Say by what a file was recognised; of one that was not, the sentence stands below the table."""
    return "none of the columns that are known" if why.startswith(f"“{found[0].file}”") else why


def _every_file(found: Sequence[Recognised]) -> str:
    rows: list[dict[str, Cell]] = [{"file": one.file, "what": capital(one.what)} for one in found]
    table = html_tables.html_table("Every file", _EACH, rows)
    return f"<details><summary>{escape(f'Show all {len(found):,} files')}</summary>{table}</details>"
