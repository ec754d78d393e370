"""What kind of map file some bytes are, by what they hold and by their name together."""

from typing import Final

from data.formats import openstreetmap
from data.formats.file_kinds import CSV, GEOJSON, GEOPACKAGE, kind_of
from data.formats.sources import Source
from geo.errors import InputError

OPENSTREETMAP: Final = "OpenStreetMap"
# The endings that can be uploaded; ``.osm.pbf`` ends in the first.
ENDINGS: Final = ("pbf", "osm", "gpkg", "geojson", "json", "csv", "gz", "zip")
_NAMES: Final = {openstreetmap.PBF: (".pbf",), openstreetmap.XML: (".osm", ".xml")}
_READ: Final = "an extract of OpenStreetMap (.osm.pbf, .osm), GeoPackage, GeoJSON or a list of stops or postcodes (CSV)"


def map_kind(source: Source, data: bytes) -> str:
    """Return which kind of map file ``data`` (unpacked) is: ``OPENSTREETMAP``, GEOPACKAGE, GEOJSON or CSV.

    Raises InputError for any other kind, and where the name and what the file holds disagree.
    """
    name = source.name.lower().removesuffix(".gz")
    found = openstreetmap.format_of(data)
    if found is not None:
        if not name.endswith(_NAMES[found]):
            raise InputError(
                f"“{source.name}” must be named as what it is, and it holds an extract of OpenStreetMap; give it the "
                f"ending {_NAMES[found][0]}."
            )
        return OPENSTREETMAP
    if name.endswith((".pbf", ".osm")):
        raise InputError(
            f"“{source.name}” must be what its name promises, an extract of OpenStreetMap, and it is damaged or of "
            "another kind; download it again."
        )
    kind = kind_of(source.name, data)
    if kind not in (GEOPACKAGE, GEOJSON, CSV):
        raise InputError(f"“{source.name}” must be {_READ}, and it is {kind}; bring one of those.")
    return kind
