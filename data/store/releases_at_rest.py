"""The stored form of a ledger of releases: gzipped JSON, since it is small, and read and written whole."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

import numpy as np

from geo.calendar.half_terms import HalfTerm
from geo.release.ledger import FrozenPeriod, Grouping, Ledger
from geo.release.protected_clock import YearClock
from geo.release.zones import Zones

_EDITION: Final = 2  # of this form; the first did not say by which rules a half-term was rounded


def to_bytes(ledger: Ledger) -> bytes:
    """Return the bytes of a ledger; the same ledger always has the same bytes."""
    content = {"edition": _EDITION, **asdict(ledger)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_json_value)
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def from_bytes(content: bytes) -> Ledger:
    """Return the ledger that ``to_bytes`` wrote."""
    found = json.loads(gzip.decompress(content))
    return Ledger(
        tiles=tuple(_half_term(one) for one in found["tiles"]),
        zones=tuple(_zones(one) for one in found["zones"]),
        frozen=tuple(_frozen(one) for one in found["frozen"]),
        clocks=tuple(YearClock(one["year"], np.array(one["n"], dtype=np.int64)) for one in found["clocks"]),
        groupings=tuple(Grouping(**one) for one in found["groupings"]),
    )


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value.tolist()


def _half_term(one: Mapping[str, Any]) -> HalfTerm:
    return HalfTerm(**{**one, "first": date.fromisoformat(one["first"]), "last": date.fromisoformat(one["last"])})


def _zones(one: Mapping[str, Any]) -> Zones:
    listed = {name: tuple(one[name]) for name in ("codes", "names", "elsewhere")}
    return Zones(year=one["year"], member=np.array(one["member"], dtype=np.int64), **listed)


def _frozen(one: Mapping[str, Any]) -> FrozenPeriod:
    corrected = one["corrected_on"]
    return FrozenPeriod(
        period=_half_term(one["period"]),
        shown=np.array(one["shown"], dtype=np.int64),
        exact=np.array(one["exact"], dtype=np.int64),
        frozen_on=date.fromisoformat(one["frozen_on"]),
        corrected_on=None if corrected is None else date.fromisoformat(corrected),
        secret=one["secret"],
        edition=one.get("edition", 1),
        recounted=one.get("recounted", False),
    )
