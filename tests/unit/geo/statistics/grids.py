"""Graphs to test on."""

import numpy as np
from scipy.sparse import csr_array


def grid(side):
    """Return the queen neighbours of a square of ``side`` × ``side`` areas."""
    row, column = np.divmod(np.arange(side**2), side)
    apart = np.maximum(abs(row[:, np.newaxis] - row), abs(column[:, np.newaxis] - column))
    return csr_array((apart == 1).astype(np.int8))
