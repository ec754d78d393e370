"""Three versions of an entry: as somebody began to change it, as they would have it, and as it is by now."""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

from geo.register.hotspot import Hotspot

_NOT_WORDS: Final = ("reference", "revision")


@dataclass(frozen=True)
class FieldVersions:
    """One field of an entry in three versions, and by which of the two people it was changed."""

    name: str
    before: Any
    mine: Any
    theirs: Any

    @property
    def mine_changed(self) -> bool:
        """Whether the person who is told changed it."""
        return not _same(self.before, self.mine)

    @property
    def theirs_changed(self) -> bool:
        """Whether somebody else changed it meanwhile."""
        return not _same(self.before, self.theirs)


def differences(before: Hotspot, mine: Hotspot, theirs: Hotspot) -> list[FieldVersions]:
    """Return the fields that either person changed, in the order of the entry's fields."""
    names = (one.name for one in fields(Hotspot) if one.name not in _NOT_WORDS)
    every = (FieldVersions(name, getattr(before, name), getattr(mine, name), getattr(theirs, name)) for name in names)
    return [one for one in every if one.mine_changed or one.theirs_changed]


def save_mine_over(before: Hotspot, mine: Hotspot, theirs: Hotspot) -> Hotspot:
    """Return the entry as it is by now with the fields changed that ``mine`` changed, to be saved from its revision."""
    changed = {one.name: one.mine for one in differences(before, mine, theirs) if one.mine_changed}
    return replace(theirs, **changed)


def _same(one: Any, other: Any) -> bool:
    if hasattr(one, "equals_exact") and hasattr(other, "equals_exact"):
        return bool(one.equals_exact(other, tolerance=1e-9))
    return bool(one == other)
