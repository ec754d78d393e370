"""Files that came in before, known again by their bytes before anything of them is read."""

from collections.abc import Sequence

from data.formats.sources import Source
from data.principal import Principal
from data.store import deliveries
from data.store.deliveries import Delivery, DeliveryKind
from data.store.store import Store
from geo.register.markers import say_day


def said(store: Store, principal: Principal, sources: Sequence[Source]) -> str | None:
    """Say in one sentence that files came in before, when and as what, also where that is undone; None where none did.

    Raises InputError for a file that cannot be opened.
    """
    digests = [one.fingerprint() for one in sources]
    known = deliveries.known_files(store, principal, digests)
    if not known:
        return None
    newest = max(known.values(), key=lambda one: (one.undone_at is None, one.id))
    many = len(known) > 1
    which = "These files are" if many else "This file is"
    if len(known) < len(set(digests)):
        which = f"{len(known):,} of these {len(set(digests)):,} files {'are' if many else 'is'}"
    they = "they" if many else "it"
    came = f"{they} came in on {say_day(newest.added_at[:10])} as {_as_what(newest)}"
    if newest.undone_at is None:
        return f"{which} here already: {came}."
    before = which.removesuffix(" are").removesuffix(" is") + (" were" if many else " was")
    again = f"{'were' if many else 'was'} undone; checking brings {'them' if many else 'it'} in again"
    return f"{before} here before: {came}, and {again}."


def _as_what(one: Delivery) -> str:
    if one.kind is DeliveryKind.INCIDENTS:
        return f"version {one.version} of “{one.title}”"
    return f"{one.kind}, “{one.title}”"
