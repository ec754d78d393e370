"""For your duties: documents filled with what is loaded, and what guidance asks beside what here helps with it."""

from html import escape
from typing import Final

from data.services.duties import Duty, duties
from data.services.duty_documents import DOCUMENTS
from geo.register.markers import say_day
from pages.components.frame import chrome
from pages.components.frame.addresses import link
from pages.components.frame.html_tables import Cell, Column, MarkedText, html_table
from pages.routes import duty_documents

_ABOUT: Final = (
    "Once a year, and before own incidents come in for the first time, go through these with your data protection "
    "officer. They are drafts filled with what is loaded here, hold nothing that a board may not see, and are no legal "
    "advice."
)
_CHECK: Final = "Guidance changes: look at the edition in force before you rely on a row."
GUIDE_PART: Final = "Duties and documents"
_COLUMNS: Final = (
    Column("asks", "What it asks"),
    Column("where", "Where that stands"),
    Column("helps", "What here helps"),
    Column("yours", "What is still yours"),
)


def show() -> None:
    """Show links to the documents, and the table of duties, folded."""
    links = [_download(f"{name} (Word)", duty_documents.document_url(which)) for which, name in DOCUMENTS.items()]
    listed = duties()
    table = html_table("What guidance in England asks, by edition", _COLUMNS, map(_row, listed))
    checked = chrome.quiet(f"Last checked {say_day(max(one.checked_on for one in listed))}. {_CHECK}")
    summary = f"<summary>What guidance asks, and what here helps: {len(listed)} duties</summary>"
    as_csv = _download("Download this table (CSV)", duty_documents.DUTIES)
    chrome.subheading("For your duties")
    chrome.together(
        chrome.quiet(_ABOUT),
        f"<p>{' '.join(links)}</p>",
        f'<details class="lc-rest">{summary}{table}{checked}{as_csv}</details>',
        f'<p class="lc-quiet">{link("guide", "Duties and documents in the Guide", {"part": GUIDE_PART})}</p>',
    )


def _download(label: str, address: str) -> str:
    return f'<a class="lc-download" href="{escape(address)}" target="_self" download>{escape(label)}</a>'


def _row(one: Duty) -> dict[str, Cell]:
    return {"asks": one.asks, "where": _where(one), "helps": _helps(one), "yours": one.still_yours}


def _where(one: Duty) -> MarkedText:
    """Write where a duty stands: never a place in a document without its edition."""
    place = f", {one.reference[:1].lower()}{one.reference[1:]}" if one.reference else ""
    said = f"{one.document}, {one.edition}{place}. In force from {say_day(one.in_force)}."
    note = f"<br><small>{escape(one.note)}</small>" if one.note else ""
    return MarkedText(f"{said} {one.note}", f"{escape(said)}{note}")


def _helps(one: Duty) -> MarkedText:
    pages = ", ".join(one.pages)
    return MarkedText(f"{pages}: {one.helps}", f"<b>{escape(pages)}</b><br>{escape(one.helps)}")
