"""Building the demonstration town in a store, through the same importers as real data."""

import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from data.demo import TownFiles, town_map, town_partner_layer, town_way_home, write_town
from data.formats.sources import Source, from_paths
from data.principal import Principal
from data.records.rows import DatasetKind
from data.services import importing, own_lists, partner_layers, setting_up, status_report
from data.services.importing import ImportRequest, Progress
from data.services.partner_layers import LayerRequest
from data.services.setting_up import AreaFiles
from data.store import area_sets, base_maps, datasets, places, pupil_origins
from data.store.deliveries import DeliveryKind
from data.store.store import AlreadyThereError, Store
from geo import columns as c

FICTIONAL = "Invented for demonstration; no real place or person"
TITLE = "Castlebrook (fictional)"
INCIDENTS_TITLE = "Castlebrook schools (fictional)"
POLICE_TITLE = "Castlebrook police (fictional)"
MARKS_TITLE = "Castlebrook young people’s marks (fictional)"


def build(store: Store, principal: Principal, progress: Progress, *, only_if_empty: bool) -> bool:
    """Write the town's files to a temporary folder and import them; returns whether anything was built.

    Building again adds what is missing, so a town whose building was cut short is finished. ``only_if_empty`` builds
    in a store that holds nothing, or nothing but the beginning of the town.
    """
    there = [one.title for one in datasets.datasets(store, principal)]
    if {POLICE_TITLE, INCIDENTS_TITLE, MARKS_TITLE} <= set(there):
        return False
    if only_if_empty and (there or not _is_empty_or_begun(store, principal)):
        return False
    with tempfile.TemporaryDirectory() as folder:
        progress(0.05, "Drawing a town")
        town = write_town(Path(folder))
        progress(0.3, "Loading areas, schools and hotspots")
        _set_up(store, principal, town)
        _bring_partner_layer(store, principal, Path(folder), date.today())
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
    _set_up_way_home(store, principal, town)
    setting_up.add_actions(store, principal, [_one(town.actions)])
    own_lists.add_list(store, principal, _one(town.contacts), DeliveryKind.CONTACTS)


def _bring_partner_layer(store: Store, principal: Principal, folder: Path, today: date) -> None:
    layer, until = town_partner_layer, today + timedelta(days=town_partner_layer.DAYS)
    file = _one(layer.write_partner_layer(folder))
    with suppress(AlreadyThereError):
        asked = LayerRequest(layer.TITLE, layer.SOURCE, layer.HANDLING, until)
        partner_layers.bring_in(store, principal, file, asked, today)


def _set_up_way_home(store: Store, principal: Principal, town: TownFiles) -> None:
    streets = _one(town.streets)
    with suppress(AlreadyThereError):
        base_maps.add_base_map(store, principal, town_map.walking_map(streets), streets.fingerprint())
    listed = places.schools(store, principal)
    urn = str(listed.loc[listed[c.NAME] == town_way_home.SCHOOL, c.URN].iloc[0])
    pupil_origins.put_origins(store, principal, urn, town_map.origins_called(town_way_home.ORIGINS))


def _requests(town: TownFiles) -> list[ImportRequest]:
    protected = ImportRequest(DatasetKind.INCIDENTS, [_one(town.incidents)], source=FICTIONAL, title=INCIDENTS_TITLE)
    police = ImportRequest(
        DatasetKind.POLICE,
        from_paths(list(town.street)),
        source=FICTIONAL,
        title=POLICE_TITLE,
    )
    marks = ImportRequest(DatasetKind.MARKS, [_one(town.marks)], source=FICTIONAL, title=MARKS_TITLE)
    # The newest comes first on every list of incidents, and the open one should; marks are on none of these.
    return [protected, police, marks]


def _one(path: Path) -> Source:
    return from_paths([path])[0]
