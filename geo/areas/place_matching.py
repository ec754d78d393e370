"""What an organisation's own records mean by the names of places: known hotspots, streets, schools, its own site.

Names are compared word by word, in any order and allowing for typing errors (rapidfuzz), with the names of what is
loaded. A match is a guess that a person confirms: "Bus station" may be one of several, and the nearest comes first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from geo import columns as c
from geo.areas.word_search import plain
from geo.arrays import Floats

ON_SITE: Final = "on site"
HOTSPOT: Final = "hotspot"
MOST: Final = 6  # guesses for each name
SURE: Final = 92.0  # from here on a guess stands until a person says otherwise
_LEAST: Final = 78.0
_NEAREST: Final = 400  # of the names that fit, looked at one by one
_EXACT: Final = 99.5
_SHORTEST: Final = 4  # letters of a name that may be a part of another
_PART: Final = 0.75  # what a part of a name is worth, however small
_METRES_A_DEGREE: Final = 111_320.0
_FAR: Final = 30_000.0  # metres; what is further away loses no more
_DISTANCE_WORTH: Final = 6.0
_BESIDE: Final = re.compile(
    r"^(?:(?:just )?(?:outside|near|nearby|by|at|in|on|opposite|behind|next to|close to|around) )+"
)
# Of ways of writing the last words of a street, those that are no other word.
_WRITTEN: Final = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "cres": "crescent",
    "cl": "close", "pl": "place", "sq": "square", "gdns": "gardens", "pk": "park", "stn": "station", "ctr": "centre",
    "center": "centre",
}  # fmt: skip
# Of what fits alike, the kind that people mean most often by a name alone.
_KINDS: Final = {
    HOTSPOT: 3.0, "school": 1.0, "station": 2.0, "park": 2.0, "place": 2.0, "water": 1.0, "street": 1.0, "stop": 0.5,
    "area": 0.0,
}  # fmt: skip

# Rooms, zones and times of a school's own site, as systems and staff name them.
_ROOMS: Final = (
    r"class ?rooms?|corridors?|canteens?|playgrounds?|dining (?:hall|room)|sports? hall|gym(?:nasium)?|"
    r"(?:assembly |main )?hall|(?:science |computer |it |ict )?labs?(?:oratory)?|toilets?|changing rooms?|"
    r"cloak ?rooms?|receptions?|staff ?room|office|library|lrc|atrium|foyer|quad|yard|muga|astro(?:turf)?|"
    r"(?:(?:top|bottom|back|front|school|playing) )?fields?|sixth form(?: centre| block)?|common room|isolation|"
    r"inclusion|internal exclusion|detention|studio|drama|music|art|dt|pe|maths?|english|science|humanities|mfl|"
    r"geography|history|tutor(?: time| room)?|form room|lesson|assembly|break ?time|lunch ?time|at break|at lunch|"
    r"stairs|stairwell|lockers?|pod|hub|bike sheds?|(?:main |school |front |back )?gates?|school grounds?|school site|"
    r"school|in school|on ?site|site|bus bay|car park|workshop|nurture(?: room)?|sen(?:d)? (?:base|room)|"
    r"resource base|medical room|first aid room|kitchen|pool"
)
_ON_SITE: Final = re.compile(
    rf"^(?:the |in |outside |near |by |our )*(?:(?:y(?:ear|r)? ?\d{{1,2}}|ks ?\d|upper|lower|main|old|new|east|west|"
    rf"north|south|(?:ground|first|second) floor|top|bottom|[a-z]|block|building) )*(?:{_ROOMS})(?: \w{{1,4}})?$"
    r"|^(?:y(?:ear|r)? ?\d{1,2}|ks ?\d|[a-z]{1,3}|[a-z]+)? ?(?:block|building|corridor|playground|area|zone|wing|floor|"
    r"base)(?: \w{1,3})?$"
    r"|^(?:room|rm|block|lab|class|classroom|studio|hut|portakabin|zone) ?-? ?\w{1,4}$|^[a-z]{1,3} ?-?\d{1,3}[a-z]?$"
    r"|\b(?:classroom|corridor|canteen|playground|changing room|sports hall|dining hall|staff room)\b"
    r"|\b(?:school (?:field|gate|site|grounds|hall|library|office|toilets?)|on school site)\b"
)
_NOWHERE: Final = re.compile(
    r"^(?:on ?line|internet|social media|snapchat|instagram|tik ?tok|whats ?app|discord|facebook|phone|mobile|gaming|"
    r"virtual|teams|zoom|n ?/? ?a|none|unknown|not known|not stated|other|various|off ?site|out of school|elsewhere|"
    r"in the community|community|unspecified|tbc|see notes|outside school|away|remote)$"
)


@dataclass(frozen=True)
class PlaceGuess:
    """A place that a name may mean: what it is called, its kind, where (EPSG:4326), its code, and how well it fits.

    ``code`` is that of an area, or the URN of a school, or "" of anything else; ``score`` is of a hundred; ``away`` are
    the metres from where names lie near, None where that is not known.
    """

    name: str
    kind: str
    lon: float
    lat: float
    code: str = ""
    score: float = 0.0
    away: float | None = None


@dataclass(frozen=True)
class NameGuess:
    """What a name may mean, the likeliest first; ``on_site`` where it is a room or zone; ``nowhere`` where no place."""

    name: str
    guesses: tuple[PlaceGuess, ...]
    on_site: bool = False
    nowhere: bool = False

    @property
    def sure(self) -> PlaceGuess | None:
        """The guess that stands until a person says otherwise; None where there is none that fits so well."""
        if self.on_site or self.nowhere or not self.guesses:
            return None
        return self.guesses[0] if self.guesses[0].score >= SURE else None


def name_key(name: str) -> str:
    """Return a name as it is compared and kept: in small letters, without punctuation and without "the"."""
    return " ".join(word for word in plain(name).split() if word != "the") or plain(name)


def is_on_site(name: str) -> bool:
    """Return whether a name is that of a room, a zone or a part of a school's own site."""
    return _ON_SITE.search(plain(name)) is not None


def is_nowhere(name: str) -> bool:
    """Return whether a name says that something happened at no place on a map: online, unknown, various."""
    return _NOWHERE.search(plain(name)) is not None


def match_names(names: Sequence[str], known: pd.DataFrame, near: tuple[float, float] | None = None) -> list[NameGuess]:
    """Return what each name may mean among ``known`` places: ``name``, ``kind``, ``lon``, ``lat``, ``code``.

    Of places that fit alike, hotspots come before others, and those near ``near`` (longitude, latitude) before those
    further away.
    """
    keys = [_spelt(name) for name in known[c.NAME]]
    lon, lat = (known[axis].to_numpy(dtype=np.float64) for axis in (c.LON, c.LAT))
    bonus = known[c.KIND].map(_KINDS).fillna(0.0).to_numpy(dtype=np.float64)
    away = None if near is None else _metres(lon, lat, near)
    if away is not None:
        bonus = bonus - _DISTANCE_WORTH * np.minimum(away / _FAR, 1.0)
    rows = list(zip(known[c.NAME], known[c.KIND], known["code"], strict=True))
    found = []
    for name in names:
        places = tuple(
            PlaceGuess(
                *rows[at][:2], float(lon[at]), float(lat[at]), rows[at][2], score,
                None if away is None else float(away[at]),
            )
            for at, score in _guess(_spelt(name), keys, bonus)
        )  # fmt: skip
        nowhere = is_nowhere(name)
        known_so = bool(places) and places[0].score >= _EXACT and _is_own_name(name)
        found.append(
            NameGuess(name, places, on_site=is_on_site(name) and not nowhere and not known_so, nowhere=nowhere)
        )
    return found


def _spelt(name: str) -> str:
    """Return a name as it is compared: "rd" for "road" and the like is written in full."""
    first, *others = _BESIDE.sub("", name_key(name)).split() or [""]
    return " ".join([first, *(_WRITTEN.get(word, word) for word in others)])


def _is_own_name(name: str) -> bool:
    """Return whether a name has a word beyond those of any school's rooms: "Leeds City Hall"."""
    return len(plain(name).split()) > 2


def _guess(key: str, keys: Sequence[str], bonus: Floats) -> list[tuple[int, float]]:
    """Return the positions of the names that fit best, and how well: as they are, or with their words in any order.

    Where words are left out it costs, so that "Park" is not every park.
    """
    if not key:
        return []
    fits: dict[int, float] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for _, score, at in process.extract(key, keys, scorer=scorer, score_cutoff=_LEAST, limit=_NEAREST):
            fits[at] = max(fits.get(at, 0.0), float(score))
    if len(key) >= _SHORTEST:
        for name, score, at in process.extract(key, keys, scorer=fuzz.token_set_ratio, score_cutoff=90, limit=_NEAREST):
            shorter, longer = sorted((len(key), len(name)))
            part = min(float(score) * (_PART + (1 - _PART) * shorter / longer), SURE - 1)
            if part >= _LEAST:
                fits[at] = max(fits.get(at, 0.0), part)
    ranked = sorted(fits, key=lambda at: (-(fits[at] + bonus[at]), len(keys[at]), at))
    return [(at, fits[at]) for at in ranked[:MOST]]


def _metres(lon: Floats, lat: Floats, near: tuple[float, float]) -> Floats:
    east = (lon - near[0]) * np.cos(np.radians(near[1]))
    return np.hypot(east, lat - near[1]) * _METRES_A_DEGREE
