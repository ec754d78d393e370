"""Array types: what an array holds, whatever its shape, named once for all signatures."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Positions: TypeAlias = npt.NDArray[np.int64]  # of areas, units or periods in their list
Bools: TypeAlias = npt.NDArray[np.bool_]
Shapes: TypeAlias = npt.NDArray[np.object_]  # shapely geometries, None where there is none
Indices: TypeAlias = npt.NDArray[np.int32]  # positions in a very long list, of the size that scipy's graphs take
