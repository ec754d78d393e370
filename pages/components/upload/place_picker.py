"""Which places names mean: each distinct name of a file once, with a guess that a person confirms or changes."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from data.services import locating, setting_up
from data.services.locating import NamesAsked
from data.services.opening import open_store
from data.store import place_names
from data.store.place_names import NameKind, PlaceMeaning
from geo.areas.place_matching import HOTSPOT, NameGuess, PlaceGuess, name_key
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.frame import chrome, my_school

ON_SITE: Final = "At the school’s site"
NOWHERE: Final = "Without a location"
HEADING: Final = "Which places these names mean"
MOST: Final = 60  # names that are asked for one by one; further ones are rare
_KIND_WORDS: Final = {HOTSPOT: "known hotspot", "place": "named place"}
_COLUMNS: Final = 3
_KILOMETRE: Final = 1_000.0

Options = Mapping[str, PlaceMeaning]


def ask(asked: NamesAsked, key: str) -> list[PlaceMeaning]:
    """Draw a picker for each name, set to what was confirmed before or to a sure guess, and return what they hold.

    ``key`` names the files.
    """
    st.markdown(chrome.plain(_said(asked)))
    site = _pick_site(asked, key)
    looked_for = _look_for(key)
    shown = asked.guesses[:MOST]
    meant: list[PlaceMeaning] = []
    for start in range(0, len(shown), _COLUMNS):
        for place, one in zip(st.columns(_COLUMNS), shown[start : start + _COLUMNS], strict=False):
            options = _options(one, asked, site, looked_for)
            words = f"{one.name} ({how_many(asked.rows[one.name], 'row', 'rows')})"
            names = list(options)
            chosen = place.selectbox(
                chrome.plain(words), names, names.index(_usual(one, asked, options)), key=_key(one, site, key)
            )
            meant.append(options[chosen])
    if len(asked.guesses) > MOST:
        st.caption(f"The {len(asked.guesses) - MOST:,} rarest names are not asked for: they count without a location.")
    return meant


def keep(meant: Sequence[PlaceMeaning]) -> None:
    """Keep what the names mean for this file and the organisation's next."""
    place_names.put_names(open_store(), loads.who(), meant)


def _said(asked: NamesAsked) -> str:
    number, rows = how_many(len(asked.guesses), "name", "names"), sum(asked.rows.values())
    said = f"{number} of places in {how_many(rows, 'row', 'rows')}, each asked for once and then remembered."
    if asked.refused:
        are = "1 more row names" if asked.refused == 1 else f"{asked.refused:,} more rows name"
        said += f" {are} what looks like a person or a home: such rows count without a location, and are not shown."
    return said


def _pick_site(asked: NamesAsked, key: str) -> str | None:
    """Draw the choice of the school whose rooms and zones are named; its URN, None where there is no school."""
    schools = setting_up.schools_by_label(open_store(), loads.who())
    if not schools:
        if any(one.on_site for one in asked.guesses):
            st.caption("Rooms and zones of a school need the school: bring in the list of schools on the Set up page.")
        return None
    labels, mine = list(schools), my_school.remembered()
    only = 0 if len(labels) == 1 else None
    index = next((at for at, label in enumerate(labels) if schools[label] == mine), only)
    label = st.selectbox(
        "Whose rooms and zones are these, such as a classroom or the top field?", labels, index=index,
        placeholder="Choose a school", key=f"_site_{key}",
    )  # fmt: skip
    return schools.get(label) if label else None


def _look_for(key: str) -> tuple[PlaceGuess, ...]:
    """Draw a search whose results can be picked for every name."""
    typed = st.text_input(
        "Look for a place that is not offered", placeholder="Its results are added to every list", key=f"_look_{key}"
    )
    if not typed or not typed.strip():
        return ()
    return locating.look_for(open_store(), loads.who(), typed.strip())


def _options(
    one: NameGuess, asked: NamesAsked, site: str | None, looked_for: Sequence[PlaceGuess]
) -> dict[str, PlaceMeaning]:
    """Return what a name may mean by the words for it."""
    key = name_key(one.name)
    options: dict[str, PlaceMeaning] = {}
    before = asked.confirmed.get(key)
    if before is not None:
        options[_as_before(before)] = before
    for guess in (*one.guesses, *looked_for):
        options.setdefault(_words(guess), locating.meaning_of(one.name, guess))
    if site is not None:
        options[ON_SITE] = locating.school_meaning(open_store(), loads.who(), one.name, site)
    options[NOWHERE] = PlaceMeaning(key, NameKind.NOWHERE)
    return options


def _usual(one: NameGuess, asked: NamesAsked, options: Options) -> str:
    before = asked.confirmed.get(name_key(one.name))
    if before is not None:
        return _as_before(before)
    if one.on_site and ON_SITE in options:
        return ON_SITE
    return NOWHERE if one.sure is None else _words(one.sure)


def _key(one: NameGuess, site: str | None, key: str) -> str:
    """Return the key of a name's picker: another one for each school where the name is one of its rooms."""
    return f"_place_{key}_{site if one.on_site else ''}_{one.name}"


def _as_before(meaning: PlaceMeaning) -> str:
    return NOWHERE if meaning.kind is NameKind.NOWHERE else f"As before: {meaning.target}"


def _words(guess: PlaceGuess) -> str:
    kind = _KIND_WORDS.get(guess.kind, guess.kind)
    away = "" if guess.away is None else f", {guess.away / _KILOMETRE:.1f} km"
    return f"{guess.name} ({kind}{away})"
