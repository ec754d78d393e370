"""A list of made-up schools as long as the national register, with names, towns and postcodes as schools have them."""

from typing import Final

import numpy as np
import pandas as pd

_FIRST_PARTS: Final = """
ash beck birch brook chat clay dale east elm farn ford glen green hart hazel heath king lang lin mar mill nor oak park
red rose sand stan stoke thorn wal west whit wood
"""
_BEGIN: Final = _FIRST_PARTS.split()
_END: Final = ["ton", "ley", "ford", "ham", "field", "wood", "bury", "by", "dale", "stead"]
_KINDS: Final = (
    "Primary School", "Church of England Primary School", "Catholic Primary School", "Academy", "High School",
    "Junior School", "Infant School", "Nursery School", "School", "College",
)  # fmt: skip
_SAINTS: Final = ["Anne", "John", "Joseph", "Mary", "Paul", "Peter"]
_LETTERS: Final = list("ABDEFGHJLNPQRSTUWXYZ")
_TOWNS: Final = 1_200
_OF_SAINTS: Final = 0.3


def many_schools(number: int, seed: int = 1) -> pd.DataFrame:
    """Return made-up schools: ``urn``, ``name``, ``town``, ``postcode``; the same for the same seed."""
    rng = np.random.default_rng(seed)
    places = [f"{first}{second}{end}".title() for first in _BEGIN for second in ("", *_BEGIN) for end in _END]
    towns = rng.choice(places, _TOWNS, replace=False)
    town = rng.choice(towns, number)
    kind = rng.choice(_KINDS, number)
    own = rng.choice(places, number)
    saint = rng.choice(_SAINTS, number)
    of_saint = rng.random(number) < _OF_SAINTS
    names = [
        f"St {saint[at]}'s {kind[at]}, {town[at]}" if of_saint[at] else f"{own[at]} {kind[at]}" for at in range(number)
    ]
    letters = rng.choice(_LETTERS, (number, 2))
    postcodes = [f"ZZ{rng.integers(1, 99)} {rng.integers(0, 10)}{''.join(letters[at])}" for at in range(number)]
    return pd.DataFrame(
        {"urn": [f"{100_000 + at}" for at in range(number)], "name": names, "town": town, "postcode": postcodes}
    )
