"""What GDAL may open: no driver of shapes but the one for GeoPackage, no file beside it, and no address."""

import os
from typing import Final

# The drivers of GDAL for shapes, but for GPKG, MEM (which opens no file) and GeoJSON (which tools beside this reader
# use in the same process, and which what a GeoPackage begins with can never be).
_OTHER_DRIVERS: Final = (
    "ADBC", "AIVector", "AVCBin", "AVCE00", "AmigoCloud", "CSV", "CSW", "Carto", "DGN", "DXF", "EDIGEO", "EEDA",
    "ESRI Shapefile", "ESRIJSON", "Elasticsearch", "FlatGeobuf", "GDALG", "GML", "GPSBabel", "GPX", "GTFS",
    "GeoJSONSeq", "GeoRSS", "HTTP", "Idrisi", "JML", "JSONFG", "KML", "LIBKML", "LVBAG", "MBTiles", "MVT",
    "MapInfo File", "MapML", "MiraMonVector", "NGW", "OAPIF", "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OSM",
    "OpenFileGDB", "PCIDSK", "PDF", "PDS4", "PGDUMP", "PLSCENES", "PMTiles", "S57", "SQLite", "SXF", "Selafin",
    "TopoJSON", "VDV", "VFK", "VICAR", "WAsP", "WFS", "XLSX",
)  # fmt: skip
_SETTINGS: Final = {
    "OGR_SKIP": ",".join(_OTHER_DRIVERS),
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",  # look for no file beside this one
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",  # open no address
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_CONNECTTIMEOUT": "1",
    "PROJ_NETWORK": "OFF",
    "OGR_SQLITE_PRAGMA": "trusted_schema=OFF",  # run no function that a view of the file names
}


def switch_off() -> None:
    """Switch the other drivers off; GDAL reads their list when it is loaded, so that this must come before."""
    os.environ.update(_SETTINGS)
