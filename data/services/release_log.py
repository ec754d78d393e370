"""The release log: what was ever released of protected rows, beside the secret and outside the database.

It goes on when datasets are removed and when backups are restored. Of rows it holds keyed sketches, of releases what is
public of them; categories are in it by a keyed tag only. So whoever has the log alone can read no row from it.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

import numpy as np

from data.principal import LOCAL_USER, Principal
from data.services import release_log_file, secret
from data.services.release_log_state import LogError, LogState, lines_of
from data.services.secret import Secret
from data.store import release_log_marks, releases_at_rest
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.errors import InputError
from geo.release import continuing, keyed
from geo.release.ledger import Ledger
from geo.release.row_sketches import Sketch, beyond, joined

_ROWS: Final = "rows of the release log"
_WORDS: Final = "words of the release log"
_KEY_BYTES: Final = 8
Holder = tuple[int, str]  # a dataset: its number and the moment it was made


class OvertakenError(InputError):
    """Somebody else has written to the log since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "What was released before must be known when rows come in, and somebody else has brought rows in "
            "meanwhile; bring this in again."
        )


@dataclass(frozen=True, eq=False)
class KnownRelease:
    """One release that the log knows: whose it is, which datasets had it, its public part, and sketches of its rows.

    ``areas`` is the digest of the area codes that it was counted in; ``held`` the tag of the bytes in the store.
    """

    key: str
    owner: str
    holders: tuple[Holder, ...]
    areas: str
    held: str
    public: bytes
    sketch: Sketch


@dataclass(eq=False)
class ReleaseLog:
    """What the log knows under the present secret; ``last`` is the seal of its last line."""

    secret: Secret = field(repr=False)
    known: dict[str, KnownRelease]
    last: str

    @property
    def rows_key(self) -> bytes:
        """The key of the tokens of rows."""
        return keyed.derived(self.secret.value, _ROWS)

    def of(self, holder: Holder) -> KnownRelease | None:
        """Return the release that a dataset has or had."""
        return next((one for one in self.known.values() if holder in one.holders), None)

    def tag(self, text: str) -> str:
        """Return what stands for a text in the log."""
        return keyed.tag(keyed.derived(self.secret.value, _WORDS), text)

    def public_part(self, ledger: Ledger) -> bytes:
        """Return what the log keeps of a ledger: no exact counts, and a tag in the place of each category."""
        return releases_at_rest.to_bytes(continuing.with_categories(continuing.public_part(ledger), self.tag))

    def ledger_of(self, one: KnownRelease, categories: Mapping[str, str]) -> Ledger:
        """Return the public part of a release, its groupings by those of its categories that are named here."""
        names = {self.tag(category): category for category in categories}
        return continuing.with_categories(releases_at_rest.from_bytes(one.public), names.get)

    def note(self, key: str | None, owner: str, holder: Holder, areas: AreaSet, made: bytes, sketch: Sketch) -> None:
        """Write down what a dataset has released, ``made``, and the rows it has; ``key`` is None for a new release.

        Raises OvertakenError when somebody else has written since this log was read.
        """
        before = self.known.get(key or "")
        added = beyond(sketch, before.sketch) if before else sketch
        one = KnownRelease(
            key=key or secrets.token_hex(_KEY_BYTES),
            owner=owner,
            holders=tuple(dict.fromkeys((*(before.holders if before else ()), holder))),
            areas=digest_of(areas),
            held=self.tag(sha256(made).hexdigest()),
            public=self.public_part(releases_at_rest.from_bytes(made)),
            sketch=joined(before.sketch, sketch) if before else sketch,
        )
        self._add({"released": one.key, "owner": owner, "holder": list(holder), "areas": one.areas, "held": one.held,
                   "public": b64encode(one.public).decode(), "rows": _packed(added)})  # fmt: skip
        self.known[one.key] = one

    def note_opened(self, keys: list[str], holder: Holder, reason: str) -> None:
        """Write down that rows of releases are counted exactly in an open dataset, and why; raises as ``note`` does."""
        self._add({"opened": keys, "holder": list(holder), "reason": reason})

    def _add(self, said: Mapping[str, Any]) -> None:
        with release_log_file.locked():
            there = lines_of(self.secret)
            if (there.last if there else "") != self.last:
                raise OvertakenError
            self.last = release_log_file.append(self.secret, self.last, said)


def digest_of(areas: AreaSet) -> str:
    """Return the digest of the codes of areas, in their order."""
    return sha256("\n".join(areas.codes).encode()).hexdigest()


def read(store: Store, principal: Principal) -> ReleaseLog | None:
    """Read the log; None where none was begun. Raises LogError when it is lost or damaged, and as ``secret.there``."""
    key = secret.there(store, principal)
    lines = lines_of(key)
    if lines is None:
        if release_log_marks.is_begun(store, principal):
            raise LogError(LogState.MISSING)
        return None
    known: dict[str, KnownRelease] = {}
    for said in lines.said:
        if "released" in said:
            one = _known(said, known.get(said["released"]))
            known[one.key] = one
    return ReleaseLog(key, known, lines.last)


def begun(store: Store, principal: Principal) -> ReleaseLog:
    """Read the log, or return one that its first note begins; raises as ``read`` does."""
    return read(store, principal) or ReleaseLog(secret.there(store, principal), {}, "")


def mark(store: Store, principal: Principal) -> None:
    """Let the store know that a log was begun, once there is one, so that its loss is noticed."""
    if release_log_file.path().exists() and not release_log_marks.is_begun(store, principal):
        release_log_marks.mark_begun(store, LOCAL_USER)


def begin_anew(store: Store, principal: Principal) -> None:
    """Set a damaged log aside and begin another, which knows nothing yet. Whoever calls has said what is lost by it."""
    key = secret.there(store, principal)
    with release_log_file.locked():
        release_log_file.set_aside()
        release_log_file.append(key, "", {"begun": True})
    release_log_marks.mark_begun(store, principal)


def _known(said: Mapping[str, Any], before: KnownRelease | None) -> KnownRelease:
    number, made_at = said["holder"]
    one = KnownRelease(
        key=said["released"],
        owner=said["owner"],
        holders=((number, made_at),),
        areas=said["areas"],
        held=said["held"],
        public=b64decode(said["public"]),
        sketch={name: np.frombuffer(b64decode(text), dtype="<u8") for name, text in said["rows"].items()},
    )
    if before is None:
        return one
    holders = tuple(dict.fromkeys((*before.holders, *one.holders)))
    return replace(one, holders=holders, sketch=joined(before.sketch, one.sketch))


def _packed(sketch: Sketch) -> dict[str, str]:
    return {name: b64encode(tokens.astype("<u8").tobytes()).decode() for name, tokens in sketch.items()}
