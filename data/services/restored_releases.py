"""Releases of a store beside the release log: what either lacks is taken from the other, and nothing is rounded twice.

A store that was there before there were logs, and one that was restored from a backup, are settled so.
"""

from data.principal import Principal
from data.services import adding_months, one_release, release_log, releasing
from data.services.release_log import Holder, KnownRelease, ReleaseLog
from data.store import area_sets, datasets, releases, releases_at_rest
from data.store.datasets import Dataset
from data.store.releases import HeldRelease, Release
from data.store.store import Store
from geo.release import continuing
from geo.release.row_sketches import Sketch, joined
from geo.wording import how_many


def settle(store: Store, principal: Principal) -> list[str]:
    """Let the log know every release of the organisation's datasets, and the datasets all that was released of them.

    Returns a sentence for each dataset that was given back what a backup did not have. Raises LogError and SecretError
    where the log cannot be read, and PermissionError for roles that may not release.
    """
    held = [one for one in releases.held(store, principal) if one.ledger is not None]
    log = release_log.read(store, principal)
    if log is None and not held:
        return []
    log = log or release_log.begun(store, principal)
    said = []
    for one in held:
        known = log.of(_holder(one))
        if known is None or known.held != log.tag(str(one.ledger)):
            said += _settled(store, principal, log, one, known)
    release_log.mark(store, principal)
    return said


def _settled(
    store: Store, principal: Principal, log: ReleaseLog, one: HeldRelease, known: KnownRelease | None
) -> list[str]:
    dataset = datasets.load_dataset(store, principal, one.dataset_id)
    content = releases.load(store, principal, dataset)
    if content is None:
        return []
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    sketch = _sketch(store, principal, log, dataset)
    ledger, grouping = releases_at_rest.from_bytes(content), releasing.grouping_of(dataset)
    lacking = continuing.lacks(ledger, log.ledger_of(known, grouping)) if known else []
    if known is None or not lacking:
        log.note(known.key if known else None, dataset.owner, _holder(one), areas, content, sketch)
        return []
    rows = adding_months.held_rows(store, principal, dataset).table
    taken = releasing.taken_up(store, principal, log, known, rows, areas, grouping, ledger)
    made = releases_at_rest.to_bytes(taken)

    def logged(number: int, made_at: str) -> None:
        log.note(known.key, dataset.owner, (number, made_at), areas, made, sketch)

    releases.put(store, principal, dataset.id, Release(made, content, logged))
    number = how_many(len(lacking), "half-term", "half-terms")
    return [f"Of “{dataset.title}” {number} that the backup did not have stay as they were released."]


def _sketch(store: Store, principal: Principal, log: ReleaseLog, dataset: Dataset) -> Sketch:
    """Return the tokens of all rows that any version of a dataset keeps."""
    found: Sketch = {}
    for version in datasets.history(store, principal, dataset.id):
        found = joined(found, one_release.sketch_of(store, principal, log, version))
    return found


def _holder(one: HeldRelease) -> Holder:
    return one.dataset_id, one.made_at
