"""What an import showed, as lines for people: its rows, their problems, and what is released of them."""

from data.principal import Principal
from data.records.left_unread import NOT_SAVED
from data.records.problems import grouped
from data.services import visibility
from data.services.importing import PreparedImport
from data.services.month_changes import BESIDE
from data.services.one_release import CONTINUED
from data.store import datasets
from data.store.datasets import Access
from data.store.store import Store
from geo import disclosure
from geo.release import utility
from geo.wording import how_many


def is_told_exactly(prepared: PreparedImport, *, on_screen: bool) -> bool:
    """Return whether an import may be told as it is: of an open dataset, or to the person who brings it, on a screen.

    They know their own file. A log that a task by the clock writes may be read by anybody who looks after the machine.
    """
    return on_screen or prepared.description.access is Access.OPEN


def of_import(prepared: PreparedImport, *, reasons: bool = True, exact: bool = True) -> list[str]:
    """Return what reading and placing showed, before anything is kept, with the reasons why rows are not kept.

    Leave out ``reasons`` where ``of_problems`` lists them with their rows. What is to be kept is rounded where it is
    not ``exact``; what is not is always told as it is, since the file has to be mended.
    """
    placement, description = prepared.placement, prepared.description
    read, placed = disclosure.about_rows(description.rows_read), disclosure.about_rows(placement.placed)
    rows = f"{read} rows read, {placed} placed in “{prepared.areas.title}”."
    if exact:
        rows = _exact_rows(prepared)
    listed = [rows]
    if reasons:
        listed += [
            f"Not saved: {how_many(n, 'row', 'rows')} with {reason}." for reason, n in description.not_kept.items()
        ]
    if not exact:  # of the file, its columns that are not saved, which have to be known too
        return [*listed, *(note for note in description.notes if note == CONTINUED or note.startswith(NOT_SAVED))]
    gaps = sorted(prepared.cube.missing)
    listed += [f"Missing from the series: {', '.join(gaps)}."] if gaps else []
    return [*listed, *(note for note in description.notes if not note.startswith(BESIDE))]


def _exact_rows(prepared: PreparedImport) -> str:
    placement, description = prepared.placement, prepared.description
    return (
        f"{how_many(description.rows_read, 'row', 'rows')} read, {placement.placed:,} placed in "
        f"“{prepared.areas.title}” ({placement.by_code:,} by their area code, {placement.by_point:,} by their point), "
        f"{placement.no_location:,} without location, {placement.outside:,} outside."
    )


def of_change(prepared: PreparedImport, *, exact: bool = True) -> list[str]:
    """Return what an import changes by month beside the version before it; nothing where there is none.

    Rows are rounded and no months are told where it is not ``exact``.
    """
    if prepared.change is None:
        return []
    change = prepared.change if exact else prepared.change.rounded()
    return [change.sentence(), *change.details()]


def of_problems(prepared: PreparedImport) -> list[str]:
    """Return which rows have a problem, one line for each kind of problem."""
    return [
        f"{how_many(int(group['count'] or 0), 'row', 'rows')} with {group['what']}"
        + (f" in “{group['column']}”" if group["column"] else "")
        + f": {group['happens']} ({group['rows']})."
        for group in grouped(prepared.rows.problems)
    ]


def of_release(store: Store, principal: Principal, number: int, *, exact: bool = True) -> list[str]:
    """Return what is released of a protected dataset, for custodians; nothing of an open one.

    How close it is, which tells exact totals, is said where it may be told ``exact``.
    """
    dataset = datasets.load_dataset(store, principal, number)
    if dataset.access is Access.OPEN or not visibility.is_custodian(principal, dataset):
        return []
    ledger = visibility.release_of(store, principal, dataset)
    return ["Nothing of it is released."] if ledger is None else utility.sentences(ledger, exact=exact)
