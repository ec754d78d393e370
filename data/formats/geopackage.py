"""GeoPackage: every layer as a table, read by GDAL through one driver and one file name that are ours.

GDAL knows some sixty formats. Some are small texts that name other files or addresses for it to open, whatever the
file is called. So only bytes that begin as a GeoPackage does are passed to it, under a name that pins its driver, and
every other driver is switched off before GDAL is loaded (``gdal_drivers``). It may open no address: a GeoPackage names
none.
"""

import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from data.formats import cells, gdal_drivers
from data.formats.headers import column_names, list_names, no_rows, require_columns, require_rows
from data.formats.layers import Layer, Wanted
from data.formats.shapes import Bounds, from_wkb, require_system, to_degrees, within
from data.formats.sheets import Annotation
from data.formats.sources import Source, printable_name
from data.formats.text_values import text_column
from geo.arrays import Shapes
from geo.errors import InputError

MAX_LAYERS: Final = 200
MAX_FEATURES: Final = 3_000_000  # of a layer of a map; a county has some 200,000 stretches of road
_BATCH: Final = 2_000  # features gone through at once
SQLITE: Final = b"SQLite format 3\0"
_IDENTITIES: Final = (b"GPKG", b"GP10", b"GP11")
_JOURNAL_AT: Final = slice(18, 20)
_NO_JOURNAL: Final = b"\1\1"
_IDENTITY_AT: Final = slice(68, 72)

gdal_drivers.switch_off()

# Views and virtual tables compute what they show; an index of places is the one virtual table that is known.
_SCHEMA: Final = (
    "SELECT count(*) AS n FROM sqlite_master WHERE type = 'view' OR "
    "(sql LIKE 'CREATE VIRTUAL%' AND sql NOT LIKE '%USING rtree%')"
)
_CHANGES: Final = "SELECT table_name AS a, last_change AS b FROM gpkg_contents"
_NOTES: Final = (
    "SELECT identifier AS a, description AS b FROM gpkg_contents",
    "SELECT metadata AS a, NULL AS b FROM gpkg_metadata",
)


def is_geopackage(data: bytes) -> bool:
    """Return whether bytes begin as a GeoPackage does."""
    return data.startswith(SQLITE) and data[_IDENTITY_AT] in _IDENTITIES


@dataclass(frozen=True)
class ChosenLayer:
    """Some columns of one layer: its name in lower case, values by column (in lower case), and 2-D shapes, EPSG:4326.

    ``changed`` is the day when the layer last changed, "2026-04-01", where the file says.
    """

    name: str
    columns: Mapping[str, list[Any]]
    shapes: Shapes
    changed: str | None


def read_chosen(
    source: Source, choose: Callable[[Mapping[str, Sequence[str]]], Mapping[str, Sequence[str]]], bounds: Bounds | None
) -> list[ChosenLayer]:
    """Return some columns of some layers, of the features that touch ``bounds`` where there are any.

    ``choose`` is given the columns of each layer and returns those that are wanted, both in lower case. A file on disk
    that is too large to be held is read where it lies. ``bounds`` are west, south, east and north in degrees. Raises
    InputError as ``read_layers`` does.
    """
    with _at_hand(source) as path:
        names = {layer.lower(): layer for layer in _layers(source.name, path)}
        info = {name: _info(source.name, path, layer) for name, layer in names.items()}
        drawn = {
            name: [str(field).lower() for field in one["fields"]] for name, one in info.items() if one["geometry_type"]
        }
        changed = _changed(source.name, path)
        chosen = choose(drawn).items()
        return [_chosen(source.name, path, names[name], info[name], own, bounds, changed) for name, own in chosen]


@dataclass(frozen=True)
class LayerHead:
    """A first look at a layer: its first rows as text, its kind of shapes, and where they lie, as far as it says."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shapes: str | None
    bounds: Bounds | None


def layer_heads(source: Source, rows: int) -> list[LayerHead]:
    """Return a first look at every layer, without its shapes. Raises InputError as ``read_layers`` does."""
    with _at_hand(source) as path:
        return [_head(source.name, path, layer, rows) for layer in _layers(source.name, path)]


def _head(name: str, path: str, layer: str, rows: int) -> LayerHead:
    info = _info(name, path, layer)
    columns = tuple(str(field) for field in info["fields"])
    table = _read(name, path, layer=layer, max_features=rows, read_geometry=False, datetime_as_string=True)[1]
    found = [["" if value is None else str(value) for value in table.column(each).to_pylist()] for each in columns]
    bounds = info["total_bounds"]
    edges = None if bounds is None else (float(bounds[0]), float(bounds[1]), float(bounds[2]), float(bounds[3]))
    return LayerHead(layer, columns, tuple(zip(*found, strict=True)), info["geometry_type"], edges)


def read_layers(name: str, data: bytes) -> list[Layer]:
    """Return every layer as text columns and shapes in EPSG:4326.

    A moment is kept as it is written, with its Z where it has one. Raises ``InputError`` for bytes that are no
    GeoPackage or damaged, for views, for layers that are too large, and as ``to_degrees`` does.
    """
    with _temporary_file(name, data) as path:
        layers = [_layer(name, path, layer) for layer in _layers(name, path)]
        layers[0] = replace(layers[0], annotations=_annotations(name, path))
    return layers


def read_wanted(source: Source, layer: str | None, wanted: Wanted) -> tuple[Layer, int]:
    """Return the wanted features of one layer, the first that has features when None, and how many it has in all.

    It is gone through piece by piece, and only what is wanted is held. Raises ``InputError`` as ``read_layers`` does,
    and for a layer that is not there.
    """
    with _at_hand(source) as path:
        names = _layers(source.name, path)
        chosen = layer if layer is not None else _first_filled(source.name, path, names)
        if chosen not in names:
            raise InputError(
                f"“{source.name}” must have the layer that is asked for, and it has "
                f"{list_names([printable_name(name) for name in names])}; choose another."
            )
        return _wanted(source.name, path, chosen, wanted)


def _first_filled(name: str, path: str, layers: Sequence[str]) -> str:
    counted = {layer: int(_info(name, path, layer, force_feature_count=True)["features"]) for layer in layers}
    return next((layer for layer in layers if counted[layer]), layers[0])


def _wanted(name: str, path: str, layer: str, wanted: Wanted) -> tuple[Layer, int]:
    import pyogrio.raw

    where, number = f"“{name}”, layer “{printable_name(layer)}”", 0
    kept: list[pa.Table] = []
    shapes: list[Shapes] = []
    with (
        _quiet(name),
        pyogrio.raw.open_arrow(path, layer=layer, batch_size=_BATCH, datetime_as_string=True, use_pyarrow=True) as (
            meta,
            reader,
        ),
    ):
        names = [str(each) for each in meta["fields"]]
        require_columns(where, len(names))
        geometry = meta["geometry_name"] or "wkb_geometry"
        for batch in reader:
            number += batch.num_rows
            require_rows(where, number)
            table = pa.Table.from_batches([batch])
            own = table.select(names).to_pylist()
            likely = np.array([wanted.may_be(one) for one in own], dtype=np.bool_)
            table, own = table.filter(pa.array(likely)), [one for one, may in zip(own, likely, strict=True) if may]
            drawn = from_wkb(name, table.column(geometry).to_numpy())
            keep = wanted.are(own, drawn)
            kept.append(table.select(names).filter(pa.array(keep)))
            shapes.append(drawn[keep])
    if not kept:
        raise no_rows(where)
    stated = require_system(name, str(meta["crs"])) if meta["crs"] else None
    whole = pa.concat_tables(kept)
    columns = [_text(where, each, whole.column(each)) for each in names]
    made = pa.table(columns, names=column_names(where, names))
    return Layer(name, printable_name(layer), made, to_degrees(name, np.concatenate(shapes), stated)), number


@contextmanager
def _at_hand(source: Source) -> Iterator[str]:
    """Yield the GDAL path of a file: of one on disk where it lies, of any other in a folder of this process."""
    start = b""
    if source.path is not None:
        with source.path.open("rb") as file:
            start = file.read(_IDENTITY_AT.stop)
    # One that was left open for writing needs files beside it, which nothing may write where it lies.
    in_place = is_geopackage(start) and start[_JOURNAL_AT] == _NO_JOURNAL
    if source.path is None or not in_place:
        with _temporary_file(source.name, source.read()) as path:
            yield path
        return
    path = f"GPKG:{source.path.absolute()}"
    _require_no_views(source.name, path)
    yield path


@contextmanager
def _temporary_file(name: str, data: bytes) -> Iterator[str]:
    """Yield the GDAL path of a temporary file that holds the bytes, in a folder of this process alone."""
    if not is_geopackage(data):
        raise _damaged(name)
    with tempfile.TemporaryDirectory(prefix="layers-") as folder:
        file = Path(folder) / "layers.gpkg"
        file.write_bytes(data)
        path = f"GPKG:{file}"
        _require_no_views(name, path)
        yield path


def _require_no_views(name: str, path: str) -> None:
    if _read(name, path, sql=_SCHEMA)[1].column("n")[0].as_py():
        raise InputError(
            f"“{name}” must hold layers only, and it holds views, which compute what they show; export the layers "
            "that are needed to a new GeoPackage."
        )


def _chosen(
    name: str, path: str, layer: str, info: dict[str, Any], columns: Sequence[str], bounds: Bounds | None,
    changed: Mapping[str, str],
) -> ChosenLayer:  # fmt: skip
    stated = require_system(name, str(info["crs"])) if info["crs"] else None
    wanted = [str(field) for field in info["fields"] if str(field).lower() in columns]
    box = None if bounds is None else within(bounds, stated)
    meta, table = _read(name, path, layer=layer, columns=wanted, bbox=box, max_features=MAX_FEATURES + 1)
    if len(table) > MAX_FEATURES:
        raise InputError(
            f"“{name}” must have at most {MAX_FEATURES:,} features in a layer, and it has more; bring a smaller part."
        )
    shapes = to_degrees(name, from_wkb(name, table.column(meta["geometry_name"] or "wkb_geometry").to_numpy()), stated)
    values = {field.lower(): table.column(field).to_pylist() for field in wanted}
    return ChosenLayer(layer.lower(), values, shapes, changed.get(layer))


def _changed(name: str, path: str) -> dict[str, str]:
    """Return the day when each layer last changed, as far as the file says."""
    rows = _read(name, path, sql=_CHANGES)[1].to_pylist()
    days = {str(row["a"]): cells.day_of(row["b"]) for row in rows}
    return {layer: day for layer, day in days.items() if day is not None}


def _info(name: str, path: str, layer: str, **options: bool) -> dict[str, Any]:
    import pyogrio

    with _quiet(name):
        found: dict[str, Any] = pyogrio.read_info(path, layer=layer, **options)
    return found


def _layers(name: str, path: str) -> list[str]:
    import pyogrio

    with _quiet(name):
        found = [str(layer) for layer, _ in pyogrio.list_layers(path)]
    if not found:
        raise no_rows(f"“{name}”")
    if len(found) > MAX_LAYERS:
        raise InputError(
            f"“{name}” must have at most {MAX_LAYERS} layers, and it has more; export the layers that are needed."
        )
    return found


def _layer(name: str, path: str, layer: str) -> Layer:
    import pyogrio

    where = f"“{name}”, layer “{printable_name(layer)}”"
    with _quiet(name):
        info = pyogrio.read_info(path, layer=layer, force_feature_count=True)
    require_columns(where, len(info["fields"]))
    require_rows(where, int(info["features"]))
    meta, table = _read(name, path, layer=layer, datetime_as_string=True)
    column = meta["geometry_name"] or "wkb_geometry"
    shapes = np.full(len(table), None, dtype=object)
    drawn = column in table.column_names and meta["geometry_type"] is not None
    if drawn:
        binary = table.column(column).to_numpy()
        stated = require_system(name, str(meta["crs"])) if meta["crs"] else None
        shapes = to_degrees(name, from_wkb(name, binary), stated)
    names = [str(each) for each in meta["fields"]]
    columns = [_text(where, each, table.column(each)) for each in names]
    return Layer(name, printable_name(layer), pa.table(columns, names=column_names(where, names)), shapes, drawn=drawn)


def _text(where: str, name: str, column: cells.Column) -> pa.Array:
    text = text_column(column)
    if text is None:
        raise InputError(
            f"{where}: column “{name}” must hold text, numbers, dates or times, and it holds bytes; leave it out."
        )
    return text


def _annotations(name: str, path: str) -> tuple[Annotation, ...]:
    annotations = []
    for sql in _NOTES:
        try:
            rows = _read(name, path, sql=sql)[1].to_pylist()
        except InputError:
            continue  # the table is not there, as it need not be
        annotations += [Annotation("a note of the file", text) for row in rows for text in row.values() if text]
    return tuple(annotations)


def _read(name: str, path: str, **options: Any) -> tuple[dict[str, Any], pa.Table]:
    import pyogrio.raw

    with _quiet(name):
        return pyogrio.raw.read_arrow(path, **options)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Turn an error of GDAL into one sentence; its own message can hold values."""
    from pyogrio import errors

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:  # of our own, and of the same kind as some below
        raise
    except (errors.DataSourceError, errors.DataLayerError, errors.FeatureError, errors.FieldError, errors.CRSError,
            errors.GeometryError, pa.ArrowException, RuntimeError, ValueError):  # fmt: skip
        raise _damaged(name) from None


def _damaged(name: str) -> InputError:
    return InputError(f"“{name}” must be a whole GeoPackage, and it is damaged or none; export the layer again.")
