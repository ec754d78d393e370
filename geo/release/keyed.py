"""Keyed fractions: numbers that look drawn by chance and are the same each time, to those who hold the secret only."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BITS: Final = 53  # as many as a float holds exactly
SEPARATOR: Final = "\x1f"
SHOWN: Final = 16  # hexadecimal digits of a fingerprint


def fractions(secret: bytes, purpose: str, names: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return a fraction in [0, 1) for every name: the top 53 bits of HMAC-SHA256 of the purpose and the name.

    Without the secret nothing is known of them; fractions of one purpose disclose nothing of those of another.
    """
    import numpy as np  # a fingerprint, which every start of a store compares, needs no arrays

    first = b"".join(_digest(secret, f"{purpose}{SEPARATOR}{name}")[:8] for name in names)
    return (np.frombuffer(first, dtype=">u8") >> np.uint64(64 - BITS)).astype(np.float64) * 2.0**-BITS


def fingerprint(secret: bytes) -> str:
    """Return 16 hexadecimal digits by which two secrets are distinguished, and from which neither can be found."""
    return _digest(secret, "fingerprint").hex()[:SHOWN]


def _digest(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode(), "sha256")
