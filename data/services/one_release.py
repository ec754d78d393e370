"""One row, one release: rows that come in are compared with all that was released before, in any dataset.

What overlaps a release goes on as the next version of its dataset, or is refused. A removed dataset that is brought
again goes on with its release. Rows that were protected are opened for a reason only.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from data.principal import Principal
from data.records.rows import DatasetKind
from data.screening import short_texts
from data.services import adding_months, release_log
from data.services.import_request import PreparedImport, ReleasedBefore
from data.services.release_log import Holder, KnownRelease, ReleaseLog
from data.services.release_log_state import LogError
from data.services.secret import SecretError, SecretState
from data.store import area_sets, datasets, releases, rows_at_rest
from data.store.datasets import Access, Dataset
from data.store.store import AlreadyThereError, Store
from geo import columns as c
from geo import disclosure
from geo.areas.placing import place
from geo.arrays import Positions
from geo.errors import InputError
from geo.release.released_again import rows_again
from geo.release.row_sketches import Sketch, SketchedRows
from geo.wording import capital

WORD: Final = "OPEN"  # what has to be typed before protected rows are opened
CONTINUED: Final = "These rows were released before, in a dataset that was removed: what was shown of them stays."
_ONCE: Final = "A row may be released once, and"


class _Overlap(NamedTuple):
    known: KnownRelease
    rows: int  # about how many
    dataset: Dataset | None  # that has it now; None where it was removed, or is another organisation's

    @property
    def said(self) -> str:
        """How many rows, as logs and other organisations may read it."""
        return disclosure.about_rows(self.rows)


def of_import(store: Store, principal: Principal, prepared: PreparedImport) -> ReleasedBefore:
    """Return how the rows of an import stand to what was released before; nothing is written.

    Raises AlreadyThereError for the same bytes, InputError where rows may not come in as they are, LogError and
    SecretError where that cannot be told.
    """
    described = prepared.description
    log = _log(store, principal, described.kind, described.access)
    if log is None:
        return ReleasedBefore()
    rows = sketched(log, prepared.rows.table, prepared.placement.area)
    before = None if described.replaces is None else datasets.load_dataset(store, principal, described.replaces)
    found = _overlaps(store, principal, log, rows, before)
    seen = ReleasedBefore(seen=log.last)
    if not found:
        return seen
    if described.access is Access.OPEN:
        keys = tuple(one.known.key for one in found)
        return replace(seen, opened=keys, sentence=_opening(found[0], principal))
    same = datasets.imported_as(store, principal, described.fingerprint)
    if same is not None:
        raise AlreadyThereError("dataset", same.id)
    _require_none_alive(found, before, principal)
    if len(found) > 1:
        raise InputError(
            f"{_ONCE} {found[0].said} of these rows were released in one removed dataset and others in another; "
            "bring the rows of each in again as a dataset of its own."
        )
    if found[0].known.areas != release_log.digest_of(prepared.areas):
        raise InputError(
            f"{_ONCE} {found[0].said} of these rows were released in a dataset that was removed, by other areas than "
            f"“{prepared.areas.title}”; bring them in again by its areas, which `--area-set` names."
        )
    return replace(seen, continues=found[0].known.key)


def require_reason(prepared: PreparedImport) -> None:
    """Refuse to open rows that were released as protected without a reason that is fit to be kept, and the typed word.

    Raises InputError; nothing is asked of other imports.
    """
    if not prepared.released.opened:
        return
    reason, word = prepared.request.reason, prepared.request.confirmation
    if not (reason and reason.strip()):
        raise InputError(
            f"{prepared.released.sentence.rstrip('.')}; say why with `--reason`, or on the Upload page, or bring them "
            "as protected."
        )
    short_texts.require_clean_words("A reason", reason)
    if word != WORD:
        raise InputError(
            f"Opening protected rows must be confirmed by the word {WORD}, and it was not typed: nothing was saved; "
            f"type it when asked, or add `--confirm {WORD}`."
        )


def sketched(log: ReleaseLog, rows: pa.Table, area: Positions) -> SketchedRows:
    """Return the rows that are placed in an area, ready to be compared; ``area`` is the position of each (−1: none)."""
    placed = area >= 0
    table = rows.filter(pa.array(placed))
    month, months = rows_at_rest.positions(table, c.MONTH)
    category, categories = rows_at_rest.positions(table, c.CATEGORY)
    located = rows_at_rest.located(table)
    counted = np.array([int(name[:4]) * 12 + int(name[5:]) for name in months], dtype=np.int64)
    start = table[c.START].to_numpy().astype("datetime64[s]") if c.START in table.column_names else None
    lon, lat = (np.asarray(axis, dtype=np.float64) for axis in (located.lon, located.lat))
    stated, codes = located.stated.astype(np.int64), tuple(located.vocabulary)
    return SketchedRows(log.rows_key, counted[month], start, lon, lat, stated, codes, category, tuple(categories))


def sketch_of(store: Store, principal: Principal, log: ReleaseLog, version: Dataset) -> Sketch:
    """Return the tokens of the rows that a version of a dataset keeps."""
    rows = adding_months.held_rows(store, principal, version).table
    areas = area_sets.load_area_set(store, principal, version.area_set_id)
    area = place(rows_at_rest.located(rows), areas.codes, areas.frame.geometry.to_numpy()).area
    return sketched(log, rows, area).sketch()


def others(log: ReleaseLog, rows: SketchedRows, own: KnownRelease | None) -> list[tuple[KnownRelease, int]]:
    """Return the releases but their own that rows overlap, and about by how many, the most first."""
    known = own.sketch if own else None
    counted = ((one, rows_again(rows, one.sketch, known)) for one in log.known.values() if one is not own)
    return sorted(((one, n) for one, n in counted if n), key=lambda pair: -pair[1])


def _log(store: Store, principal: Principal, kind: str, access: Access) -> ReleaseLog | None:
    """Read the log; None where nothing was released, and where published police files need not wait for it."""
    try:
        return release_log.read(store, principal)
    except (LogError, SecretError) as fault:
        published = access is Access.OPEN and kind == DatasetKind.POLICE
        if published or fault.state is SecretState.NOT_MADE:
            return None
        raise


def _overlaps(
    store: Store, principal: Principal, log: ReleaseLog, rows: SketchedRows, before: Dataset | None
) -> list[_Overlap]:
    alive: dict[Holder, int] = {
        (one.dataset_id, one.made_at): one.dataset_id for one in releases.held(store, principal)
    }
    holder = next((holder for holder, number in alive.items() if before is not None and number == before.id), None)
    own = None if holder is None else log.of(holder)
    found = others(log, rows, own)
    if found and before is not None and before.access is Access.OPEN:
        # What an open dataset shows already is not opened by its next version.
        shown = sketch_of(store, principal, log, before)
        found = [(one, n) for one, _ in found if (n := rows_again(rows, one.sketch, shown))]
    numbers = {one.key: next((alive[of] for of in one.holders if of in alive), None) for one, _ in found}
    return [
        _Overlap(
            one, n, None if (number := numbers[one.key]) is None else datasets.load_dataset(store, principal, number)
        )
        for one, n in found
    ]


def _require_none_alive(found: Sequence[_Overlap], before: Dataset | None, principal: Principal) -> None:
    """Refuse rows that a dataset has released which is still there, or that a next version takes from elsewhere."""
    alive = next((one for one in found if one.dataset is not None), None)
    one = alive or found[0]
    if before is not None:
        raise InputError(
            f"{_ONCE} {one.said} of the rows that are new in “{before.title}” were released in "
            f"{_which(one, principal)}; leave them out."
        )
    if alive is not None and alive.dataset is not None:
        number = alive.dataset.id
        raise InputError(
            f"{_ONCE} {alive.said} of these rows were released in {_which(alive, principal)}; bring them as its next "
            f"version: choose it under “This is” on the Upload page, or add `--replaces {number}` for all of it and "
            f"`--onto {number}` for more months."
        )
    foreign = next((one for one in found if one.known.owner != principal.organisation), None)
    if foreign is not None:
        raise InputError(
            f"{_ONCE} {foreign.said} of these rows were released in {_which(foreign, principal)}; agree with it "
            "which of the two brings them."
        )


def _opening(one: _Overlap, principal: Principal) -> str:
    return (
        f"{capital(one.said)} of these rows were released as protected, in {_which(one, principal)}, and opening them "
        "would show their exact counts to everyone."
    )


def _which(one: _Overlap, principal: Principal) -> str:
    if one.dataset is not None:
        return f"“{one.dataset.title}” (dataset {one.dataset.id})"
    if one.known.owner != principal.organisation:
        return "a dataset of another organisation"
    return "a dataset that was removed"
