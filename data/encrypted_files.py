"""Files encrypted with a passphrase: AES-256-GCM by parts, its key made from the passphrase by scrypt.

A file is a header and then parts of ``PART`` bytes, each with its tag. The header holds the cost of scrypt, a salt and
the beginning of all nonces, and is authenticated by a key of its own, so that a wrong passphrase is told from damage.
The nonce of a part ends in its number and in whether it is the last, so that parts that were changed, exchanged, added
or cut off are noticed (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Memory is that of
scrypt, 128 MB, and of two parts, however large the file.
"""

import hashlib
import hmac
import os
import secrets
import unicodedata
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from data.private_files import OWNER_ONLY
from geo.errors import InputError

SHORTEST: Final = 12  # characters of a passphrase
PART: Final = 1 << 20  # bytes of plain text in a part
_MAGIC: Final = b"LOCAL-CONTEXT-ENCRYPTED-1\n"
_COST: Final = 17  # of scrypt: n = 2 ** 17, r = 8, p = 1
_R: Final = 8
_P: Final = 1
_SALT: Final = 16
_PREFIX: Final = 7  # of nonces; four bytes more are the number of a part, one whether it is the last
_KEY: Final = 32
_PROOF: Final = 32  # bytes by which the header is authenticated
_TAG: Final = 16
_HEADER: Final = len(_MAGIC) + 1 + _SALT + _PREFIX


def is_encrypted(path: Path) -> bool:
    """Return whether a file is one that ``encrypt`` wrote, or begins like one."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def require_passphrase(passphrase: str) -> None:
    """Raise InputError for a passphrase that is too short to keep a file from being read."""
    if len(_normal(passphrase)) < SHORTEST:
        raise InputError(
            f"A passphrase must have {SHORTEST} characters or more, and this one is shorter; choose four words or more."
        )


def encrypt(source: Path, target: Path, passphrase: str) -> None:
    """Write an encrypted copy of a file, which only its owner may read, and which appears whole or not at all.

    Raises InputError for a passphrase that is too short.
    """
    require_passphrase(passphrase)
    header = _MAGIC + bytes([_COST]) + secrets.token_bytes(_SALT) + secrets.token_bytes(_PREFIX)
    cipher, proof = _keys(header, passphrase)
    written = target.with_name(f".{target.name}.part")
    try:
        with source.open("rb") as plain, _private(written) as file:
            file.write(header + proof)
            number, part = 0, plain.read(PART)
            while True:
                following = plain.read(PART)
                file.write(cipher.encrypt(_nonce(header, number, last=not following), part, header))
                if not following:
                    break
                number, part = number + 1, following
            file.flush()
            os.fsync(file.fileno())
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)


def decrypt(source: Path, target: Path, passphrase: str) -> None:
    """Write the plain text of an encrypted file into a new one, which only its owner may read.

    Raises InputError for another passphrase, and for a file that is not as it was written; nothing is left then.
    """
    try:
        with source.open("rb") as file, _private(target) as plain:
            _decrypt(file, plain, passphrase, source.name)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _decrypt(file: BinaryIO, plain: BinaryIO, passphrase: str, name: str) -> None:
    damaged = InputError(
        f"“{name}” must be as it was written, and it is damaged, cut off or put together from others; take another "
        "backup."
    )
    header, proof = file.read(_HEADER), file.read(_PROOF)
    if len(header) + len(proof) < _HEADER + _PROOF or header[len(_MAGIC)] != _COST:
        raise damaged
    cipher, expected = _keys(header, passphrase)
    if not hmac.compare_digest(proof, expected):
        raise InputError(
            f"“{name}” must be opened with the passphrase that it was encrypted with, and this is another (or the file "
            "is damaged at its beginning); try again."
        )
    number, part = 0, file.read(PART + _TAG)
    while True:
        following = file.read(PART + _TAG)
        try:
            plain.write(cipher.decrypt(_nonce(header, number, last=not following), part, header))
        except (InvalidTag, ValueError):
            raise damaged from None
        if not following:
            break
        number, part = number + 1, following


def _keys(header: bytes, passphrase: str) -> tuple[AESGCM, bytes]:
    """Return the cipher of the parts, and the proof that the header belongs to the passphrase."""
    salt = header[len(_MAGIC) + 1 : len(_MAGIC) + 1 + _SALT]
    kdf = Scrypt(salt=salt, length=2 * _KEY, n=1 << _COST, r=_R, p=_P)
    made = kdf.derive(_normal(passphrase).encode())
    return AESGCM(made[:_KEY]), hmac.new(made[_KEY:], header, hashlib.sha256).digest()


def _nonce(header: bytes, number: int, *, last: bool) -> bytes:
    return header[-_PREFIX:] + number.to_bytes(4, "big") + bytes([last])


def _normal(passphrase: str) -> str:
    """Return a passphrase the same, on whatever keyboard it was typed."""
    return unicodedata.normalize("NFC", passphrase.strip())


def _private(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb")
