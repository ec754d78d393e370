"""What the names of police files say: force and month of a street file, and how new an archive is.

data.police.uk publishes archives of three years, each of which may revise months that older ones hold
(https://data.police.uk/about/#crime-data). How new an archive is, its edition, is its newest month.
"""

import re
from typing import Final, NamedTuple

from data.formats.sources import Source, entry_names

_STREET_NAME: Final = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-(.+)-street\.csv(?:\.gz)?", re.IGNORECASE)
_ANY_MONTH: Final = re.compile(r"(?<!\d)(20\d{2}-(?:0[1-9]|1[0-2]))(?!\d)")
_OTHERWISE: Final = {"british-transport": "btp"}  # called otherwise in file names than in the column “Falls within”
_TITLES: Final = re.compile(r"\b(police|constabulary|service)\b")


class StreetName(NamedTuple):
    """What the name of a street file says: "2021-09-south-yorkshire-street.csv"."""

    month: str
    force: str


def read_street_name(name: str) -> StreetName | None:
    """Return month and force from the last part of a file name; None for any other file."""
    found = _STREET_NAME.fullmatch(name.rsplit("/", 1)[-1])
    return StreetName(found[1], found[2].lower()) if found else None


def street_names(source: Source) -> list[StreetName]:
    """Return what the names of the street files of a .zip say, or that of the file itself."""
    names = entry_names(source) if source.is_zip else [source.name]
    return [found for name in names if (found := read_street_name(name))]


def edition_of(archive: Source) -> str | None:
    """Return the newest month that the name of an archive, or of any file or folder in it, says; None if none does."""
    said = {month for name in (archive.name, *entry_names(archive)) for month in _ANY_MONTH.findall(name)}
    return max(said, default=None)


def force_of(words: str) -> str | None:
    """Return a force as file names have it, from its name: "South Yorkshire Police" is "south-yorkshire"."""
    plain = _TITLES.sub(" ", words.lower().replace("&", " and "))
    slug = "-".join(re.findall(r"[a-z]+", plain)).removeprefix("of-")
    return _OTHERWISE.get(slug, slug) or None


def say_force(force: str) -> str:
    """Write a force as people do: "South Yorkshire", "City of London"."""
    return force.replace("-", " ").title().replace(" Of ", " of ").replace(" And ", " and ")
