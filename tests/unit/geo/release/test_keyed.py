"""Keyed fractions: the same for those who hold the secret, like chance for everybody else."""

import hashlib
import hmac

import numpy as np

from geo.release.keyed import fingerprint, fractions

NAMES = [f"2025/26-1|Z{at}|violence|0" for at in range(5_000)]


def test_a_fraction_is_the_top_of_the_hash_of_purpose_and_name() -> None:
    names = [f"Z{at}" for at in range(20)]
    digests = [hmac.new(b"secret", f"count\x1f{name}".encode(), hashlib.sha256).hexdigest() for name in names]
    assert fractions(b"secret", "count", names).tolist() == [(int(digest, 16) >> 203) / 2**53 for digest in digests]


def test_fractions_are_spread_evenly() -> None:
    found = fractions(b"secret", "count", NAMES)
    assert found.dtype == np.float64
    assert 0 <= found.min() < found.max() < 1
    assert np.histogram(found, bins=10, range=(0, 1))[0].min() > 400


def test_each_name_keeps_its_fraction_whatever_it_stands_beside() -> None:
    assert np.array_equal(fractions(b"secret", "count", NAMES[::-1]), fractions(b"secret", "count", NAMES)[::-1])


def test_another_secret_or_purpose_gives_other_fractions() -> None:
    found = fractions(b"secret", "count", NAMES)
    assert not np.intersect1d(found, fractions(b"another", "count", NAMES)).size
    assert not np.intersect1d(found, fractions(b"secret", "order", NAMES)).size


def test_no_names_give_no_fractions() -> None:
    assert fractions(b"secret", "count", []).tolist() == []


def test_a_fingerprint_tells_secrets_apart_and_does_not_hold_them() -> None:
    assert fingerprint(b"secret") == hmac.new(b"secret", b"fingerprint", hashlib.sha256).hexdigest()[:16]
    assert fingerprint(b"secret") != fingerprint(b"another")
    assert b"secret".hex() not in fingerprint(b"secret")
