"""Proposals: an entry of the register as a detected cluster would fill it in, for people to check."""

from geo.register.concern import Concern
from geo.register.hotspot import Hotspot
from geo.register.markers import say_day
from geo.register.place_shapes import as_kept

PROPOSED = "proposed"


def proposed_entry(concern: Concern) -> Hotspot:
    """Return the entry that a concern leads to: proposed, with its name, harm groups and shape; the rest is blank."""
    main, *others = concern.harms or ("other",)
    return Hotspot(
        reference="",
        name=concern.name,
        place_type="other",
        harm=main,
        status=PROPOSED,
        shape=as_kept(concern.shape, "other"),
        other_harms=tuple(others),
        precision="area" if "Polygon" in concern.shape.geom_type else "about",
        sources=concern.sources,
        first_reported=concern.first_day,
        last_reported=concern.last_day,
        reliability=None,
    )


def proposed_note(concern: Concern) -> str:
    """Return the note with which a proposal is kept: between which days it was detected, where that is known."""
    if concern.first_day is None or concern.last_day is None:
        return "Proposed from what was detected."
    return f"Proposed from what was detected between {say_day(concern.first_day)} and {say_day(concern.last_day)}."
