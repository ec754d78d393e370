"""What an entry of the register says in sentences: its headline, and a sentence that may be shared of it."""

from datetime import date

from geo.harms import spoken_groups
from geo.register.concern import Concern
from geo.register.hotspot import Hotspot
from geo.register.markers import say_day
from geo.register.register_list import ListedHotspot, Pressing, list_register


def say_standing(one: ListedHotspot) -> str:
    """Say how a known hotspot stands: its status, when it is to be reviewed, and what recent data say of it."""
    entry = one.entry
    if one.pressing is Pressing.CLOSED:
        return (
            f"{entry.name} is closed: {_ended(entry.closing_reason)}"
            if entry.closing_reason
            else f"{entry.name} is closed."
        )
    parts = [f"{entry.name} is {_AS[entry.status]}", _review(one)]
    if one.state_word is not None:
        parts.append(_DATA[one.state_word])
    return f"{'; '.join(parts)}."


_AS = {"proposed": "proposed for the register", "active": "active", "monitoring": "being monitored"}
_DATA = {
    "supported": "recent data support it",
    "quiet": "recent data are quiet about it",
    "not testable": "data are too few to test it",
}


def entry_concern(entry: Hotspot, today: date) -> Concern:
    """Return a known hotspot as a concern: what the register says of it, in a sentence that may be shared."""
    (one,) = list_register([entry], today)
    reported = f", last reported {say_day(entry.last_reported)}" if entry.last_reported else ""
    harms = (entry.harm, *entry.other_harms)
    sentence = (
        f"{entry.name} is known for {spoken_groups(harms)}{reported}. It is {_AS.get(entry.status, entry.status)}; "
        f"{_review(one)}. Source: the hotspot register, {say_day(today)}."
    )
    return Concern(entry.name, harms, sentence, entry.shape, entry.reference)


def _review(one: ListedHotspot) -> str:
    if one.pressing is Pressing.CLOSED:
        return "it needs no review"
    if one.days is None:
        return "no review is planned"
    if one.days < 0:
        return f"its review is {one.review[0].lower()}{one.review[1:]}"
    return f"its next review is on {say_day(one.entry.next_review)}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
