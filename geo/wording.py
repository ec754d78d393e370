"""Wording: numbers with their nouns, and counts as their data may be shown, for every sentence of the product."""

from geo import disclosure


def how_many(n: float, one: str = "incident", many: str = "incidents") -> str:
    """Write a number with its noun: "1 incident", "1,212 incidents"."""
    return f"{n:,.0f} {one if n == 1 else many}"


def count(n: float, *, protected: bool, one: str = "incident", many: str = "incidents") -> str:
    """Write a count with its noun as its data may be shown: "1,212 incidents", or "about 1,210", "fewer than 10"."""
    return f"{disclosure.say(n)} {many}" if protected else how_many(n, one, many)


def figure(n: float, *, protected: bool) -> str:
    """Write a count alone: "1,212", or of protected data "about 1,210", "fewer than 10"."""
    return disclosure.say(n) if protected else f"{n:,.0f}"


def capital(text: str) -> str:
    """Write text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def could_not_check(what: str, reason: str) -> str:
    """Say what could not be checked and why; ``reason`` is a whole sentence: "We couldn’t check X, because …"."""
    return f"We couldn’t check {what}, because {reason[:1].lower()}{reason[1:]}"


def say_metres(radius: int) -> str:
    """Write a radius: "800 m", "1,600 m"."""
    return f"{radius:,} m"
