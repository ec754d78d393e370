"""Every kind of file that holds a table, read into sheets: CSV, XLSX, ODS, Parquet, GeoJSON and GeoPackage.

What a file is, its bytes decide; its name must agree, so that nobody brings one thing and means another.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from data.formats import csv_text, geojson, geopackage, parquet, workbooks
from data.formats.file_kinds import CSV, GEOJSON, GEOPACKAGE, ODS, PARQUET, XLSX, kind_of
from data.formats.headers import are_made, no_rows, require_columns, require_rows
from data.formats.layers import Layer
from data.formats.sheets import Sheet
from data.formats.sources import Source
from geo.errors import InputError


def read_sheets(source: Source) -> list[Sheet]:
    """Return every table of a file, the hidden ones too, as sheets; there is at least one, and one has rows.

    Raises ``InputError`` for a kind of file that is not read, for a name and content that disagree, and for whatever
    the reader of that kind refuses.
    """
    data = source.read()
    kind = kind_of(source.name, data)
    return _READERS[kind](Source(source.name, content=data))


def read_layers(source: Source) -> list[Layer]:
    """Return the layers of a file whose rows have shapes; none for other kinds. Raises as ``read_sheets`` does."""
    data = source.read()
    kind = kind_of(source.name, data)
    if kind == GEOJSON:
        return [geojson.read_layer(Source(source.name, content=data))]
    if kind == GEOPACKAGE:
        return geopackage.read_layers(source.name, data)
    layer = parquet.read_layer(source.name, data) if kind == PARQUET else None
    return [] if layer is None else [layer]


def choose_sheet(sheets: Sequence[Sheet], name: str | None = None) -> Sheet:
    """Return the sheet called ``name``, or else the first that has rows under column names.

    Raises ``InputError`` when there is none of that name, when it has no rows, or when its columns have no names.
    """
    file = sheets[0].file
    if name is None:
        filled = [sheet for sheet in sheets if sheet.table.num_rows]
        chosen = next((sheet for sheet in filled if not are_made(sheet.columns)), filled[0] if filled else None)
    else:
        chosen = next((sheet for sheet in sheets if sheet.name == name), None)
        if chosen is None:
            names = ", ".join(f"“{sheet.name}”" for sheet in sheets if sheet.name is not None)
            raise InputError(
                f"“{file}” must have the sheet that is asked for, and it has {names or 'one table only'}; choose "
                "another sheet."
            )
    if chosen is None or not chosen.table.num_rows:
        raise no_rows(f"“{file}”" if chosen is None else chosen.where)
    if are_made(chosen.columns):
        raise InputError(
            f"{chosen.where} must have its column names, each once, in its first row that is not blank, and it has "
            "not; add them or choose another sheet."
        )
    return chosen


def choose_layer(layers: Sequence[Layer], name: str | None = None) -> Layer:
    """Return the layer called ``name``, or else the first that has rows; raises ``InputError`` as ``choose_sheet``."""
    bare = [Sheet(layer.file, layer.name, layer.table, first=1, word=layer.word) for layer in layers]
    if name is None:
        return next((layer for layer in layers if len(layer.shapes)), layers[0])
    chosen = choose_sheet(bare, name)
    return next(layer for layer, sheet in zip(layers, bare, strict=True) if sheet is chosen)


def _read_csv(source: Source) -> list[Sheet]:
    where, data = f"“{source.name}”", source.read()
    # Counted in the text first: the names of a million columns would take long to parse.
    line = data.partition(b"\n")[0]
    require_columns(where, max(line.count(separator.encode()) for separator in csv_text.SEPARATORS))
    require_columns(where, len(csv_text.header(source)))
    if b'"' not in data:  # every line is then a row, and counting is much faster than parsing
        require_rows(where, data.count(b"\n") - 1)
    table = csv_text.read_text_table(source)
    require_rows(where, table.num_rows)
    return [Sheet(source.name, None, table)]


def _read_geopackage(source: Source) -> list[Sheet]:
    sheets = [layer.sheet() for layer in geopackage.read_layers(source.name, source.read())]
    if not any(sheet.table.num_rows for sheet in sheets):
        raise no_rows(f"“{source.name}”")
    return sheets


_READERS: Final[Mapping[str, Callable[[Source], list[Sheet]]]] = {
    CSV: _read_csv,
    XLSX: lambda source: workbooks.read_workbook(source.name, source.read()),
    ODS: lambda source: workbooks.read_workbook(source.name, source.read()),
    PARQUET: lambda source: parquet.read_parquet(source.name, source.read()),
    GEOJSON: lambda source: [geojson.read_layer(source).sheet()],
    GEOPACKAGE: _read_geopackage,
}
