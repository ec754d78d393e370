"""Documents for a school's duties, filled with facts of the store that a board may read."""

from datetime import date
from typing import Final

from data.papers.duty_facts import DatasetFact, DutyFacts
from data.papers.duty_paper import duty_docx
from data.papers.duty_words import duty_paper
from data.principal import Principal, Role, as_board
from data.services import access_log, damaged_files, dataset_summary, partner_layers
from data.services.visibility import CUSTODIAN_ROLES
from data.settings import settings
from data.store import retention
from data.store.datasets import Access, Dataset, datasets
from data.store.retention import MONTHS_KEPT, SUPERSEDED_DAYS
from data.store.store import Store
from geo.errors import InputError

DOCUMENTS: Final = {
    "dpia": "Data protection impact assessment",
    "processing": "Record of processing",
    "sharing": "Data sharing agreement",
    "privacy": "Wording for the privacy notice",
}
_KINDS: Final = {"police": "Police street data", "incidents": "Incidents", "marks": "Young people’s safety marks"}
_ACCESS: Final = {Access.OPEN: "open, published already", Access.PROTECTED: "protected"}
_ROLES: Final = {
    Role.DSL: "Designated safeguarding lead",
    Role.DEPUTY: "Deputy safeguarding lead",
    Role.ANALYST: "Analyst",
    Role.BOARD: "Board, governors",
    Role.ADMIN: "Administrator",
}


def duty_document(store: Store, principal: Principal, which: str, today: date) -> bytes:
    """Write one of ``DOCUMENTS`` as DOCX; the same store gives the same bytes all day.

    It holds no figure and no name that a board may not see, whoever asks. Raises InputError for any other document.
    """
    if which not in DOCUMENTS:
        raise InputError(
            f"A document must be one of {', '.join(DOCUMENTS)}, and “{which}” is none; choose one of them."
        )
    return duty_docx(duty_paper(which, facts(store, principal, today), today.isoformat()))


def facts(store: Store, principal: Principal, today: date) -> DutyFacts:
    """Return what the documents are filled with."""
    board = as_board(principal)
    kept = retention.retention(store, board)
    on_file = settings().store_file is not None
    days, months = kept.superseded_days, kept.months_kept
    return DutyFacts(
        day=f"{today.day} {today:%B %Y}",
        datasets=tuple(map(_dataset, datasets(store, board))),
        database="one SQLite file on the machine that runs Local Context" if on_file else "a PostgreSQL database",
        versions_kept=f"{days or SUPERSEDED_DAYS} days{_or_default(days)}",
        datasets_kept=f"{months or MONTHS_KEPT} months after its last month{_or_default(months)}",
        months_kept=months or MONTHS_KEPT,
        open_kept=f"{months} months after its last month" if months else "for good, since it is published already",
        roles=tuple((_ROLES[role], _sees(role)) for role in Role),
        log_months=access_log.MONTHS_KEPT,
        damaged_days=damaged_files.DAYS_KEPT,
        layer_days=partner_layers.KEPT_AFTER.days,
    )


def _dataset(dataset: Dataset) -> DatasetFact:
    told = dataset_summary.summary(dataset, exact=False)
    rows = None if dataset.access is Access.PROTECTED else told.figures["rows read"]
    return DatasetFact(dataset.title, _KINDS[dataset.kind], _ACCESS[dataset.access], dataset.source, told.period, rows)


def _sees(role: Role) -> str:
    if role in CUSTODIAN_ROLES:
        return (
            "Exact counts on screen, marked “do not share” and logged. Exports and papers hold protected counts only."
        )
    return "Protected counts only: by zone and half-term, in steps of five, and no figure under 10."


def _or_default(own: int | None) -> str:
    return "" if own else " (the default)"
