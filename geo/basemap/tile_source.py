"""Tile source: where a browser gets the tiles of a base map, and to whom the map is owed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TileSource:
    """The tiles of one base map, as a page names them to a browser.

    ``digest`` is the name by which the app's own route serves them, ``min_zoom`` and ``max_zoom`` are the zooms that
    have tiles, and ``attribution`` says whose map it is, as its licence asks: "© OpenStreetMap contributors, ODbL".
    """

    digest: str
    min_zoom: int
    max_zoom: int
    attribution: str
