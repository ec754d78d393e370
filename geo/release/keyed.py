"""Keyed numbers: they look drawn by chance and are the same each time, to those who hold the secret only."""

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
TAGGED: Final = 32  # and of a tag


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


def derived(secret: bytes, purpose: str) -> bytes:
    """Return the 32 bytes of a key for one purpose, from which neither the secret nor another key can be found."""
    return _digest(secret, f"key{SEPARATOR}{purpose}")


def tag(key: bytes, content: str) -> str:
    """Return 32 hexadecimal digits by which whoever holds the key knows a text again, and nobody else."""
    return _digest(key, content).hex()[:TAGGED]


def words(key: bytes, names: Sequence[str], bits: int) -> npt.NDArray[np.uint64]:
    """Return a number of so many bits, up to 64, for every name: the first ones of its HMAC-SHA256."""
    import numpy as np

    first = b"".join(_digest(key, name)[:8] for name in names)
    return np.frombuffer(first, dtype=">u8").astype(np.uint64) >> np.uint64(64 - bits)


def tokens(key: bytes, high: npt.NDArray[np.uint64], low: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return a token of 64 bits for every value of 128, given as two halves.

    A value is one block of AES-256, whose result cannot be told from chance without the key: as safe as an HMAC for
    each, and quick enough for a million rows.
    """
    import numpy as np
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    blocks = np.stack([high, low], axis=1).astype(">u8").tobytes()
    # No text is hidden by it: each block is a value of its own, and equal values are to have equal tokens.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    return np.frombuffer(encryptor.update(blocks), dtype=">u8")[::2].astype(np.uint64)


def _digest(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode(), "sha256")
