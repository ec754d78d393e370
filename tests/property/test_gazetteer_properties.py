"""Laws of the search for places: all are found by their own names, with a typing error too, and all postcodes."""

import string

import pandas as pd
from hypothesis import assume, example, given
from hypothesis import strategies as st

from geo.areas.gazetteer import ready_gazetteer, search

WORDS = st.text(string.ascii_lowercase + "éô'", min_size=1, max_size=9)
TYPES = st.sampled_from(("Road", "St", "Avenue", "Lane", "Court", "Close", ""))
NAMES = st.lists(st.tuples(WORDS, WORDS, TYPES).map(lambda parts: " ".join(parts).strip()), min_size=1, max_size=30)
KIND = st.sampled_from(("school", "street", "stop", "station", "park", "place"))
CODES = st.from_regex(r"[A-Z]{1,2}[1-9][0-9]? [0-9][A-Z]{2}", fullmatch=True)
LETTERS = st.sampled_from(string.ascii_lowercase)
EDITS = ("replace", "leave out", "put in", "swap")


def places(names, kinds):
    """Place each of some names somewhere else, a kilometre from the next."""
    rows = [(name, kinds[at % len(kinds)], "", "", -1.5 + at / 60, 53.4) for at, name in enumerate(names)]
    return pd.DataFrame(rows, columns=["name", "kind", "where", "also", "lon", "lat"])


def changed(name, at, edit, letter):
    """Make one typing error in a name."""
    if edit == "replace":
        return name[:at] + letter + name[at + 1 :]
    if edit == "leave out":
        return name[:at] + name[at + 1 :]
    if edit == "put in":
        return name[:at] + letter + name[at:]
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :] if at else name


@given(NAMES, st.lists(KIND, min_size=1, max_size=5))
@example(["a'"], ["street"])
def test_every_place_is_found_first_by_its_own_name_where_it_is(names, kinds):
    listed = places(names, kinds)
    ready = ready_gazetteer(listed)
    for one in listed.itertuples():
        assume(any(letter.isalpha() for letter in one.name))
        first = search(ready, one.name, (one.lon, one.lat))[0]
        assert (first.name, first.lon) == (one.name, one.lon)


@given(NAMES, st.data(), st.sampled_from(EDITS), LETTERS)
def test_a_name_of_six_letters_or_more_is_found_with_one_typing_error(names, data, edit, letter):
    listed = places(names, ["street"])
    at = data.draw(st.integers(0, len(names) - 1))
    letters = [here for here, sign in enumerate(names[at]) if sign.isascii() and sign.isalpha()]
    assume(len(letters) >= 6)
    typed = changed(names[at], data.draw(st.sampled_from(letters)), edit, letter)
    lon, lat = listed.loc[at, ["lon", "lat"]]
    found = search(ready_gazetteer(listed), typed, (lon, lat))
    # Where another place is called what was typed, letter by letter, it is that place that is meant.
    others = ready_gazetteer(listed.drop(at))
    assert names[at] in [one.name for one in found] or search(others, typed, (lon, lat)) == found


@given(st.lists(CODES, min_size=1, max_size=40))
def test_every_postcode_is_found_with_its_space_and_without_and_by_what_it_begins_with(codes):
    ready = ready_gazetteer(places(codes, ["postcode"]))
    for code in codes:
        for typed in (code, code.lower(), code.replace(" ", "")):
            assert search(ready, typed)[0].name == code
        outward, inward = code.split()
        assert search(ready, f"{outward} {inward[0]}")[0].name == f"{outward} {inward[0]}"
        assert search(ready, outward)[0].name == outward


@given(NAMES, st.text(max_size=40), st.integers(1, 8))
def test_anything_may_be_typed(names, typed, limit):
    found = search(ready_gazetteer(places(names, ["street"])), typed, (-1.4, 53.4), limit)
    assert len(found) <= limit
    assert found == search(ready_gazetteer(places(names, ["street"])), typed, (-1.4, 53.4), limit)
