"""What a result may be made of: tables, frames, geometries, arrays, and our own types that only hold data.

Unpickling calls whatever a pickle names; one from a process that may have been taken over may name only these.
"""

import dataclasses
import pickle
from enum import Enum
from typing import Any, Final

import pyarrow as pa

_OUR_MODULES: Final = ("data.formats.", "data.records.", "data.recognition.", "data.screening", "geo.")
_LIBRARY_TYPES: Final = {
    "builtins": "bytearray complex frozenset range set slice",
    "collections": "Counter OrderedDict deque",
    "datetime": "date datetime time timedelta timezone",
    "decimal": "Decimal",
    "geopandas.array": "GeometryArray",
    "geopandas.geodataframe": "GeoDataFrame",
    "geopandas.geoseries": "GeoSeries",
    "numpy": "dtype ndarray",
    "numpy._core.multiarray": "_reconstruct scalar",
    "numpy._core.numeric": "_frombuffer",
    "pandas": "BooleanDtype Categorical CategoricalDtype DataFrame Float64Dtype Index Int64Dtype MultiIndex NA "
    "RangeIndex Series StringDtype",
    "pandas._libs.arrays": "__pyx_unpickle_NDArrayBacked",
    "pandas._libs.internals": "_unpickle_block",
    "pandas._libs.tslibs.nattype": "_nat_unpickle",
    "pandas._libs.tslibs.timedeltas": "_timedelta_unpickle",
    "pandas._libs.tslibs.timestamps": "_unpickle_timestamp",
    "pandas.arrays": "ArrowStringArray BooleanArray DatetimeArray FloatingArray IntegerArray NumpyExtensionArray "
    "StringArray TimedeltaArray",
    "pandas.core.indexes.base": "_new_Index",
    "pandas.core.internals.managers": "BlockManager SingleBlockManager",
    "pyarrow.lib": "_reconstruct_record_batch _reconstruct_table _restore_array chunked_array decimal128 dictionary "
    "field list_ py_buffer scalar schema struct timestamp type_for_alias",
    "pyproj.crs.crs": "CRS",
    "shapely.io": "from_wkb",
}
_ALLOWED: Final = frozenset((module, name) for module, names in _LIBRARY_TYPES.items() for name in names.split())


class ResultUnpickler(pickle.Unpickler):
    """Makes data, and nothing else; raises UnpicklingError for any other type."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a type, or what makes one, of the closed list."""
        if (module, name) == ("pyarrow.lib", "_restore_array"):
            return _validated_array
        if (module, name) in _ALLOWED:
            return super().find_class(module, name)
        if module.startswith(_OUR_MODULES) and "." not in name:
            found = super().find_class(module, name)
            if _is_data_type(found):
                return found
        raise pickle.UnpicklingError("a result is made of other types")


def _validated_array(*parts: Any) -> pa.Array:
    """Restore an Arrow array and look through it: one that points outside its buffers would be read all the same."""
    array = pa.lib._restore_array(*parts)
    array.validate(full=True)
    return array


def _is_data_type(found: object) -> bool:
    return isinstance(found, type) and (
        dataclasses.is_dataclass(found) or issubclass(found, Enum) or (issubclass(found, tuple) and found is not tuple)
    )
