"""The stored form of safe rows: one immutable GeoParquet file, written without building a shape per row.

GeoParquet 1.1 lets points be stored as a struct of x and y, which GeoPandas and GDAL read as points.
"""

import io
import json
from collections.abc import Collection
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo import columns as c
from geo.areas.placing import Located

# No "crs": by the GeoParquet specification that means longitude and latitude, OGC:CRS84.
_GEO: Final = {
    "version": "1.1.0",
    "primary_column": c.GEOMETRY,
    "columns": {c.GEOMETRY: {"encoding": "point", "geometry_types": ["Point"]}},
}


def to_geoparquet(rows: pa.Table) -> bytes:
    """Return rows (``lon`` and ``lat`` in degrees, null without a location) as GeoParquet bytes in OGC:CRS84."""
    lon, lat = rows[c.LON].combine_chunks(), rows[c.LAT].combine_chunks()
    points = pa.StructArray.from_arrays([lon, lat], names=["x", "y"], mask=lon.is_null())
    table = rows.drop_columns([c.LON, c.LAT]).append_column(c.GEOMETRY, points)
    described = table.replace_schema_metadata({b"geo": json.dumps(_GEO).encode()})
    content = io.BytesIO()
    pq.write_table(described, content, compression="zstd")
    return content.getvalue()


def from_geoparquet(content: bytes, without: Collection[str] = ()) -> pa.Table:
    """Return the rows that ``to_geoparquet`` wrote, with ``lon`` and ``lat`` as numbers again.

    Columns that a reader has no use for may be left out: ``without`` names them.
    """
    file = pq.ParquetFile(io.BytesIO(content))
    table = file.read([name for name in file.schema_arrow.names if name not in without])
    points = table[c.GEOMETRY].combine_chunks()
    lon, lat = (pc.struct_field(points, part) for part in ("x", "y"))
    return table.drop_columns([c.GEOMETRY]).append_column(c.LON, lon).append_column(c.LAT, lat)


def words_of(content: bytes, column: str) -> list[str]:
    """Return the words that occur in one text column of what ``to_geoparquet`` wrote; none where it has no such."""
    file = pq.ParquetFile(io.BytesIO(content))
    if column not in file.schema_arrow.names:
        return []
    return sorted(
        word for word in file.read([column])[column].cast(pa.string()).unique().to_pylist() if word is not None
    )


def positions(rows: pa.Table, column: str) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    """Return a dictionary-encoded text column as positions (−1 for null) and its vocabulary."""
    encoded = pa.concat_arrays(rows[column].unify_dictionaries().chunks)
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()


def located(rows: pa.Table) -> Located:
    """Return what placing needs of rows."""
    stated, vocabulary = positions(rows, c.STATED)
    lon, lat = (rows[name].to_numpy() for name in (c.LON, c.LAT))
    return Located(stated, vocabulary, lon, lat)
