"""Building the demonstration town in a store, through the same importers as real data."""

import tempfile
from contextlib import suppress
from pathlib import Path

from data.demo import TownFiles, write_town
from data.formats.sources import Source, from_paths
from data.principal import Principal
from data.records.rows import DatasetKind
from data.services import importing, setting_up, status_report
from data.services.importing import ImportRequest, Progress
from data.services.setting_up import AreaFiles
from data.store import area_sets, datasets
from data.store.store import AlreadyThereError, Store

FICTIONAL = "Invented for demonstration; no real place or person"
TITLE = "Castlebrook (fictional)"
INCIDENTS_TITLE = "Castlebrook schools (fictional)"
POLICE_TITLE = "Castlebrook police (fictional)"


def build(store: Store, principal: Principal, progress: Progress, *, only_if_empty: bool) -> bool:
    """Write the town's files to a temporary folder and import them; returns whether anything was built.

    Building again adds what is missing, so a town whose building was cut short is finished. ``only_if_empty`` builds
    in a store that holds nothing, or nothing but the beginning of the town.
    """
    there = [one.title for one in datasets.datasets(store, principal)]
    if {POLICE_TITLE, INCIDENTS_TITLE} <= set(there):
        return False
    if only_if_empty and (there or not _is_empty_or_begun(store, principal)):
        return False
    with tempfile.TemporaryDirectory() as folder:
        progress(0.05, "Drawing a town")
        town = write_town(Path(folder))
        progress(0.3, "Loading areas, schools and hotspots")
        _set_up(store, principal, town)
        progress(0.6, "Importing incidents")
        for request in _requests(town):
            with suppress(AlreadyThereError):
                importing.keep(store, principal, importing.prepare(store, principal, request))
        progress(1.0, "Done")
    return True


def _is_empty_or_begun(store: Store, principal: Principal) -> bool:
    titles = [one.title for one in area_sets.area_sets(store, principal)]
    return titles == [TITLE] or status_report.is_empty(store, principal)


def _set_up(store: Store, principal: Principal, town: TownFiles) -> None:
    parents = {level: (f"{level}_code", f"{level}_name") for level in ("msoa", "ward", "district")}
    files = AreaFiles(
        boundaries=_one(town.areas),
        code="code",
        name="name",
        level="lsoa",
        title=TITLE,
        parents=parents,
        backdrop=_one(town.backdrop),
    )
    with suppress(AlreadyThereError):
        setting_up.add_areas(store, principal, files)
    setting_up.add_schools(store, principal, _one(town.schools))
    with suppress(AlreadyThereError):
        setting_up.add_calendar(store, principal, _one(town.calendar))
    setting_up.add_hotspots(store, principal, [_one(town.hotspots)])
    setting_up.add_actions(store, principal, [_one(town.actions)])


def _requests(town: TownFiles) -> list[ImportRequest]:
    protected = ImportRequest(DatasetKind.INCIDENTS, [_one(town.incidents)], source=FICTIONAL, title=INCIDENTS_TITLE)
    police = ImportRequest(
        DatasetKind.POLICE,
        from_paths(list(town.street)),
        source=FICTIONAL,
        title=POLICE_TITLE,
    )
    return [protected, police]  # the newest comes first on every list, and the open one should


def _one(path: Path) -> Source:
    return from_paths([path])[0]
