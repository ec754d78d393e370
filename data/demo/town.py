"""Writes the demonstration town Castlebrook as ordinary input files, the same bytes for the same seed."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from shapely import LineString

from data.demo import town_map, town_way_home
from data.demo.crime import STREET_HEADER, Street, draw_crime, snap_points
from data.demo.effects import plant, truth
from data.demo.grid import GeoJson, feature
from data.demo.phone_thefts import add_phone_thefts
from data.demo.plan import FICTION, PLACES, TOWN, draw_outline, draw_ways
from data.demo.school_incidents import INCIDENT_HEADER, Incidents, draw_incidents
from data.demo.streets import Network, lay_streets
from data.demo.terms import CALENDAR_HEADER, SCHOOL_HEADER, calendar_rows, school_rows
from data.demo.town_actions import ACTION_HEADER, action_rows
from data.demo.town_areas import Area, draw_town
from data.demo.town_hotspots import HOTSPOT_STATES, TownHotspot, register
from data.demo.town_marks import MARK_HEADER, draw_marks
from data.services.templates import CONTACT_EXAMPLES, CONTACT_HEADER

DEFAULT_SEED: Final = 5


@dataclass(frozen=True)
class TownFiles:
    """Where the files of the town are; ``street`` has one file a month, in order."""

    areas: Path
    backdrop: Path
    schools: Path
    calendar: Path
    street: tuple[Path, ...]
    incidents: Path
    streets: Path
    hotspots: Path
    actions: Path
    contacts: Path
    marks: Path
    truth: Path


def write_town(folder: Path, seed: int = DEFAULT_SEED) -> TownFiles:
    """Write Castlebrook, a wholly fictional town, into ``folder`` (made if absent); returns where each file is.

    Each part draws from a random stream of its own, so a change to one part leaves the others as they were.
    """
    streams = np.random.default_rng(seed).spawn(9)
    outline_rng, ways_rng, streets_rng, areas_rng, snaps_rng, crime_rng, incidents_rng, marks_rng, thefts_rng = streams
    outline = draw_outline(outline_rng)
    mains = draw_ways(ways_rng)
    network = lay_streets(outline, mains, streets_rng)
    river: LineString = next(way.line for way in mains if way.kind == "river")
    areas = draw_town(network, river, areas_rng)
    planted = plant(areas)
    snaps = snap_points(network, areas, snaps_rng)
    streets = list(town_map.streets_of(network))
    stretch = town_way_home.plant_stretch(areas, snaps, town_map.walking_network(streets))
    street = draw_crime(areas, town_way_home.with_planted(snaps, stretch), planted.all, crime_rng)
    add_phone_thefts(street.months, thefts_rng)
    incidents = draw_incidents(areas, planted.all, incidents_rng)
    hotspots, marks = register(), draw_marks(areas, marks_rng)

    files = _paths(folder, street)
    files.street[0].parent.mkdir(parents=True, exist_ok=True)
    _write_features(files.areas, (feature(area.shape, area.properties) for area in areas))
    _write_features(files.backdrop, _backdrop(network))
    _write_features(files.streets, streets)
    _write_features(files.hotspots, (feature(spot.shape, spot.properties) for spot in hotspots))
    _write_rows(files.schools, SCHOOL_HEADER, school_rows())
    _write_rows(files.calendar, CALENDAR_HEADER, calendar_rows())
    _write_rows(files.actions, ACTION_HEADER, action_rows())
    _write_rows(files.contacts, CONTACT_HEADER, CONTACT_EXAMPLES)
    for path, rows in zip(files.street, street.months.values(), strict=True):
        _write_rows(path, STREET_HEADER, rows)
    _write_rows(files.incidents, INCIDENT_HEADER, incidents.rows)
    _write_rows(files.marks, MARK_HEADER, marks.rows)
    totals = _totals(areas, street, incidents, hotspots, files)
    told = {**truth(planted), "hotspot_states": HOTSPOT_STATES, "marks": marks.truth}
    told |= {"way_home": town_way_home.truth(areas, snaps, stretch), "totals": totals}
    _write_text(files.truth, json.dumps({"about": FICTION, "seed": seed, **told}, indent=1))
    return files


def _paths(folder: Path, street: Street) -> TownFiles:
    """Return the paths of the town's files."""
    return TownFiles(
        areas=folder / "areas.geojson",
        backdrop=folder / "backdrop.geojson",
        schools=folder / "schools.csv",
        calendar=folder / "calendar.csv",
        street=tuple(folder / "street" / f"{month}-{TOWN.lower()}-street.csv" for month in street.months),
        incidents=folder / "incidents.csv",
        streets=folder / "streets.geojson",
        hotspots=folder / "hotspots.geojson",
        actions=folder / "actions.csv",
        contacts=folder / "contacts.csv",
        marks=folder / "safety-marks.csv",
        truth=folder / "truth.json",
    )


def _backdrop(network: Network) -> Iterable[GeoJson]:
    """Return what is drawn beneath the data: the ways with their names, and the named places."""
    for way in network.ways:
        yield feature(way.line, {"kind": way.kind, "name": way.name})
    for spot in PLACES:
        yield feature(spot.point, {"kind": "place", "name": spot.name})


def _totals(
    areas: Sequence[Area], street: Street, incidents: Incidents, hotspots: Sequence[TownHotspot], files: TownFiles
) -> Mapping[str, object]:
    """Return how many rows were written, and how many cannot be placed."""
    counts = [len(rows) for rows in street.months.values()]
    return {
        "areas": len(areas),
        "hotspots": len(hotspots),
        "street": {
            "rows": sum(counts),
            "without_location": street.no_location,
            "outside": street.outside,
            "rows_per_file": {path.name: count for path, count in zip(files.street, counts, strict=True)},
        },
        "incidents": {"rows": len(incidents.rows), "without_location": incidents.no_location, "outside": 0},
    }


def _write_features(path: Path, features: Iterable[GeoJson]) -> None:
    """Write a GeoJSON file with one feature a line."""
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features)
    head = f'{{"type":"FeatureCollection","description":{json.dumps(FICTION)},"features":[\n'
    _write_text(path, f"{head}{lines}\n]}}")


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_text(path: Path, text: str) -> None:
    """Write a text file with the same line ends on every system."""
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
