"""An action: what was done, or is owed, about a known hotspot, another place, or nowhere in particular."""

from dataclasses import dataclass

WHOLE_SCHOOL = "Whole school"  # where an action is that is at no place in particular


@dataclass(frozen=True)
class Action:
    """A response such as a patrol, better lighting, an assembly or a letter to families.

    It is at the known hotspot of a ``reference``, or at a ``place`` in words, or at neither: then it is for the whole
    school. ``kind`` is a code of ``action_kinds.ACTION_KINDS``, ``harm`` one of ``geo.harms``, ``led_by`` one of
    ``closed_lists.LEADS``: a role, never a name. ``lon`` and ``lat`` are in degrees (EPSG:4326). Days are text,
    "2026-09-01"; ``done_on`` is None until it is done. ``helped`` is the answer to "did it help?"
    (``action_kinds.ANSWERS``), None until there is one. ``id`` and ``revision`` are the store's; a change is made from
    a revision.
    """

    what: str
    reference: str | None = None
    due_on: str | None = None
    done_on: str | None = None
    kind: str | None = None
    place: str | None = None
    harm: str | None = None
    led_by: str | None = None
    lon: float | None = None
    lat: float | None = None
    helped: str | None = None
    helped_on: str | None = None
    helped_note: str | None = None
    id: int = 0
    revision: int = 1

    @property
    def day(self) -> str | None:
        """The day it was done on, or else is due on; None where neither is known."""
        return self.done_on or self.due_on
