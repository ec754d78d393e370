"""What the place is made of, for people: each part with its edition, source, size, who brought it, and what uses it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from data.principal import Principal
from data.store import area_facts, deliveries, inventory
from data.store.deliveries import Delivery, DeliveryKind
from data.store.inventory import HeldPart
from data.store.store import Store
from geo.areas.area_set import LEVELS
from geo.wording import how_many

WITH_AREAS: Final = "came with the areas"
_COUNTED: Final = {
    DeliveryKind.SCHOOLS: ("school", "schools"),
    DeliveryKind.TERM_DATES: ("period", "periods"),
    DeliveryKind.HOTSPOTS: ("known hotspot", "known hotspots"),
    DeliveryKind.ACTIONS: ("action", "actions"),
    DeliveryKind.ORIGINS: ("place", "places"),
}
_WORDS: Final = {
    DeliveryKind.SCHOOLS: "Schools",
    DeliveryKind.HOTSPOTS: "Known hotspots",
    DeliveryKind.ACTIONS: "Actions",
    DeliveryKind.ORIGINS: "Where pupils come from",
}


@dataclass(frozen=True)
class PlacePart:
    """One part of the place. ``edition`` and ``source`` are None where nobody said them when it was brought in.

    ``added_at`` is a moment as the store writes it; None where the part came with another one.
    """

    kind: DeliveryKind
    what: str
    edition: str | None
    source: str | None
    holds: str
    added_at: str | None
    added_by: str | None
    used_by: str
    recorded: bool = True  # whether a delivery of it is written down


def of_place(store: Store, principal: Principal) -> list[PlacePart]:
    """List what the place is made of, in the order in which it is set up; base maps and incidents are listed apart."""
    listed = [one for one in deliveries.deliveries(store, principal) if one.undone_at is None]
    found = list[PlacePart]()
    for part in inventory.held(store, principal):
        newest = next((one for one in listed if one.kind is part.kind and one.number == part.number), None)
        found.append(_part(part, newest))
        if part.kind is DeliveryKind.AREAS:
            found += _facts(store, principal, part, listed)
    return found


def _part(part: HeldPart, newest: Delivery | None) -> PlacePart:
    told = (None, None) if newest is None else (newest.edition, newest.source)
    if part.kind is DeliveryKind.AREAS:
        level = "" if part.detail == "area" else f" ({LEVELS.get(part.detail or '', part.detail)})"
        holds, what = f"{how_many(part.rows, 'area', 'areas')}{level}", f"Areas: {part.title}"
        used = (
            how_many(part.used, "dataset counts by them", "datasets count by them") if part.used else "no dataset yet"
        )
    else:
        holds = how_many(part.rows, *_COUNTED[part.kind])
        what = f"Term dates: {part.title}" if part.kind is DeliveryKind.TERM_DATES else _WORDS[part.kind]
        used = _used_by(part)
    return PlacePart(part.kind, what, *told, holds, part.added_at, part.added_by, used, newest is not None)


def _used_by(part: HeldPart) -> str:
    if part.kind is DeliveryKind.TERM_DATES:
        return part.detail or "all schools without term dates of their own"
    if part.kind is DeliveryKind.SCHOOLS:
        own = how_many(part.used, "school has term dates of its own", "schools have term dates of their own")
        return f"every page around a school; {own}" if part.used else "every page around a school"
    if part.kind is DeliveryKind.HOTSPOTS:
        acted = f"; {how_many(part.used, 'action', 'actions')} at them" if part.used else ""
        return f"maps, beside what was detected{acted}"
    if part.kind is DeliveryKind.ORIGINS:
        return "the way home"
    return "Trends, before and after an action"


def _facts(store: Store, principal: Principal, part: HeldPart, listed: Sequence[Delivery]) -> Iterator[PlacePart]:
    """List what is known of the areas of a set, each kind with the newest delivery of its own."""
    known = area_facts.known(store, principal, part.number or 0)
    larger = ", ".join(how_many(number, *_level_words(level)) for level, number in known.larger.items())
    of_all = f"of {part.rows:,} areas"
    for kind, what, holds, use in (
        (DeliveryKind.LARGER_AREAS, "Larger areas", larger, "maps and tables by larger areas"),
        (DeliveryKind.RESIDENTS, "Residents", f"{known.residents:,} {of_all}" if known.residents else "", "rates"),
        (
            DeliveryKind.DEPRIVATION,
            "Deprivation",
            f"{known.deprivation:,} {of_all}" if known.deprivation else "",
            "comparison of alike areas",
        ),
    ):
        if holds:
            own = next((one for one in listed if one.kind is kind and one.area_set_id == part.number), None)
            told = (WITH_AREAS, None, None, None)
            if own is not None:
                told = (own.edition, own.source, own.added_at, own.added_by)  # type: ignore[assignment]
            edition, source, at, by = told
            yield PlacePart(kind, f"{what} of {part.title}", edition, source, holds, at, by, use)


def _level_words(level: str) -> tuple[str, str]:
    word = LEVELS[level] if LEVELS[level].isupper() else LEVELS[level].lower()
    return word, f"{word}s"
