"""Building the demonstration town in a store, through the same importers as real data."""

import tempfile
from pathlib import Path

from data import importing, setting_up, status_report
from data.demo import TownFiles, write_town
from data.importing import Kind, Progress, Request
from data.principal import Principal
from data.reading.sources import Source, from_paths
from data.setting_up import AreaFiles
from data.store.store import Store

FICTIONAL = "Invented for demonstration; no real place or person"
TITLE = "Castlebrook (fictional)"


def build(store: Store, principal: Principal, tell: Progress, *, only_if_empty: bool) -> bool:
    """Write the town's files to a temporary folder and import them; answer whether anything was built."""
    if only_if_empty and not status_report.is_empty(store, principal):
        return False
    with tempfile.TemporaryDirectory() as folder:
        tell(0.05, "Drawing a town")
        town = write_town(Path(folder))
        tell(0.3, "Loading areas, schools and hotspots")
        _set_up(store, principal, town)
        tell(0.6, "Importing incidents")
        for request in _requests(town):
            importing.keep(store, principal, importing.prepare(store, principal, request))
        tell(1.0, "Done")
    return True


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
    setting_up.add_areas(store, principal, files)
    setting_up.add_schools(store, principal, _one(town.schools))
    setting_up.add_calendar(store, principal, _one(town.calendar))
    setting_up.add_hotspots(store, principal, [_one(town.hotspots)])


def _requests(town: TownFiles) -> list[Request]:
    protected = Request(
        Kind.INCIDENTS, [_one(town.incidents)], source=FICTIONAL, title="School incidents, Castlebrook (fictional)"
    )
    police = Request(
        Kind.POLICE,
        from_paths(list(town.street)),
        source=FICTIONAL,
        title="Police street data, Castlebrook (fictional)",
    )
    return [protected, police]  # the newest comes first on every list, and the open one should


def _one(path: Path) -> Source:
    return from_paths([path])[0]
