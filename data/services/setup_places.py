"""Which part of national files is wanted: what a person chose, or else what the files of one place beside them say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from data.formats.sources import Source
from data.principal import Principal
from data.recognition.file_role import FileRole, Recognised
from data.recognition.recognising import recognise
from data.records.locality import Locality
from data.records.reading_jobs import read_school_list
from data.sandbox import run_sandboxed
from data.services.setup_findings import SetupFindings
from data.store import places
from data.store.store import Store
from geo import columns as c
from geo.errors import InputError

NATIONAL: Final = 3_000  # areas; the largest counties have fewer LSOAs
_WORTH: Final = 0.02  # share of the codes of local files that a council has, below which it is a neighbour


@dataclass(frozen=True)
class PlaceChoice:
    """The councils of national files, what they are cut to, and what is said of it."""

    councils: tuple[str, ...] = ()
    locality: Locality = field(default_factory=Locality)
    notes: tuple[str, ...] = ()


def choose_place(
    found: SetupFindings, boundaries: Iterable[Recognised], asked: Locality | None, loaded: Iterable[str]
) -> PlaceChoice:
    """Return what national files are cut to: as ``asked``, or the councils of local files, or of ``loaded`` codes."""
    national = [found.survey.areas[one.file] for one in boundaries if len(found.survey.areas[one.file]) > NATIONAL]
    if not national:
        return PlaceChoice(locality=asked or Locality())
    council_of = {code: council for areas in national for code, council in areas.items() if council}
    councils = tuple(sorted(set(council_of.values())))
    if asked is not None and not asked.is_everywhere:
        called = tuple(one for one in councils if asked.names(one)) if asked.councils else ()
        return PlaceChoice(councils, replace(asked, councils=called or asked.councils))
    here = _councils(council_of, _local_codes(found) or list(loaded))
    if here:
        said = (
            f"Of national files only {_listed(here)} is kept, which the other files are of; choose councils for more."
        )
        return PlaceChoice(councils, Locality(councils=here), (said,))
    said = (
        f"All {len(council_of):,} areas are kept, which makes pages slow; choose one council or several, or a distance "
        "around a school."
    )
    return PlaceChoice(councils, Locality(), (said,))


def school_position(store: Store, principal: Principal, urn: str, sources: Sequence[Source]) -> tuple[float, float]:
    """Return longitude and latitude (EPSG:4326) of a school that is loaded, or listed in one of the files.

    Raises InputError where no list has it.
    """
    lists = [places.schools(store, principal)]
    files = [one.file for one in run_sandboxed(recognise, tuple(sources)) if one.role is FileRole.SCHOOLS]
    lists += [run_sandboxed(read_school_list, source, None)[0] for source in sources if source.name in files]
    for schools in lists:
        found = schools[schools[c.URN] == urn.strip()]
        if len(found):
            return float(found[c.LON].iloc[0]), float(found[c.LAT].iloc[0])
    raise InputError(
        "A distance must be around a school that is listed, and no list has this URN; bring schools first."
    )


def _local_codes(found: SetupFindings) -> list[str]:
    """Return the codes of files that are of one place."""
    survey = found.survey
    local = [codes for codes in survey.areas.values() if len(codes) <= NATIONAL]
    tables = [codes for codes in (*survey.figures.values(), *survey.police.values()) if len(codes) <= NATIONAL]
    return [code for codes in (*local, *tables) for code in codes]


def _councils(council_of: Mapping[str, str], codes: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(council_of[code] for code in codes if code in council_of)
    least = _WORTH * counted.total()
    return tuple(sorted(council for council, number in counted.items() if number >= least))


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
