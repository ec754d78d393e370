"""Which files make an area set together: boundaries, larger areas, residents and deprivation of one edition.

Editions are told apart by their vintage and by codes. Of two files of the same areas the finest outlines are taken, of
two of the same figures the newest; the police files decide which edition is loaded first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from data.formats.shapes import Bounds
from data.recognition.area_columns import LEVELS, PLURALS
from data.recognition.file_role import FileRole, Recognised
from data.records.area_facts import FactFiles
from data.records.area_files import AreaFiles
from data.records.locality import Locality
from data.services.setup_findings import SetupFindings
from data.services.setup_plan import SetupStep
from data.services.setup_requests import AreasRequest, FactsWanted, PublishedFacts
from data.store.deliveries import DeliveryKind
from geo.areas.whole_names import title_of_cut
from geo.wording import how_many

_SAME: Final = 0.5  # share of the codes of the smaller of two files that the other has, where both draw one place
_NEAR: Final = 0.01  # between two shares that are alike
_FIT: Final = 0.5  # share of areas that a table of figures must have
_TITLED: Final = 3  # councils that a title names
_TABLE, _OWN, _GROUND = 2, 1, 0  # how sure a larger area is: by a table, by the boundaries, by the ground alone


@dataclass(frozen=True)
class LargerAreas:
    """Where the areas of one level come from: the columns of their code and name, and the file that has them."""

    level: str
    code: str
    name: str
    file: Recognised | None  # None: the boundaries of the small areas themselves
    vintage: str
    sure: int


def area_steps(found: SetupFindings, chosen: list[Recognised], locality: Locality) -> list[SetupStep]:
    """Return one step for each set of areas, in the order in which they are loaded."""
    return [_step(found, one, locality) for one in chosen]


def choose_boundaries(found: SetupFindings, *, loaded: bool) -> list[Recognised]:
    """Return the boundaries that become area sets, the edition first that other files fit; the rest is left out.

    Where no small areas come along and none are loaded, the smallest of the larger areas take their place.
    """
    given = found.of_role(FileRole.AREAS) or ([] if loaded else _smallest(found.of_role(FileRole.LARGER_AREAS)))
    chosen: list[Recognised] = []
    for one in sorted(given, key=lambda one: -_size(found, one)):
        finer = next((other for other in chosen if _is_same(found, one, other)), None)
        if finer is None:
            chosen.append(one)
        else:
            found.leave(one, f"“{one.file}” draws the areas of “{finer.file}” less finely and is not needed.")
    return sorted(chosen, key=lambda one: _fit(found, one), reverse=True)


def choose_figures(
    found: SetupFindings, role: FileRole, codes: Iterable[str], vintage: str | None
) -> Recognised | None:
    """Return the newest figures of areas of these codes and this vintage; older ones are left out, and say so.

    Editions share most codes, so that where no vintage is known the files that have most of the codes count alone.
    """
    areas = set(codes)
    share = {
        one.file: len(areas & found.survey.figures.get(one.file, frozenset())) / max(len(areas), 1)
        for one in found.of_role(role)
        if vintage is None or one.details.get("vintage") in (None, vintage)
    }
    best = max(share.values(), default=0.0)
    fitting = [one for one in found.of_role(role) if share.get(one.file, 0.0) >= max(_FIT, best - _NEAR)]
    if not fitting:
        return None
    newest = max(fitting, key=lambda one: (one.edition or "", one.details.get("vintage") or ""))
    for one in fitting:
        if one is not newest:
            found.leave(one, f"“{one.file}” ({_year(one)}) is not needed: “{newest.file}” ({_year(newest)}) is newer.")
    return newest


def bridge_between(found: SetupFindings) -> Recognised | None:
    """Return a lookup from the LSOAs of one census to those of the next, where one came along."""
    needed = {"lsoa 2011 code", "lsoa 2021 code"}
    return next((one for one in found.of_role(FileRole.LOOKUP) if needed <= one.details.keys()), None)


def larger_areas(found: SetupFindings, own: Recognised, codes: Iterable[str]) -> list[LargerAreas]:
    """Return for each level above the areas where its areas come from: a whole table, else the newest edition.

    By the ground alone an area can lie in none, where outlines are drawn differently.
    """
    levels = LEVELS[LEVELS.index(own.details["level"]) + 1 :] if own.details["level"] in LEVELS else LEVELS[2:]
    areas = frozenset(codes)
    possible = [
        *_own(own), *_of_tables(found, own.details.get("vintage"), areas), *_of_ground(found, own)
    ]  # fmt: skip
    best = []
    for level in levels:
        of_level = [one for one in possible if one.level == level and _is_of_edition(one, own)]
        if of_level:
            best.append(max(of_level, key=lambda one: (one.sure == _TABLE, one.vintage, one.sure)))
    return best


def _figures(found: SetupFindings, role: FileRole, own: Recognised) -> Recognised | None:
    """Return the figures of areas; those of another edition where a lookup leads from it and there are no others."""
    codes = found.survey.areas[own.file]
    fitting = choose_figures(found, role, codes, own.details.get("vintage"))
    if fitting is not None or bridge_between(found) is None:
        return fitting
    elsewhere = {one.details.get("vintage") for one in found.of_role(FileRole.AREAS)} - {own.details.get("vintage")}
    other = choose_figures(found, role, codes, None)
    return None if other is None or other.details.get("vintage") in elsewhere else other


def _bridge(found: SetupFindings, own: Recognised, figures: Iterable[Recognised | None]) -> Recognised | None:
    vintage = own.details.get("vintage")
    foreign = [one for one in figures if one is not None and one.details.get("vintage") not in (None, vintage)]
    return bridge_between(found) if foreign and vintage else None


def _meet(one: Bounds | None, other: Bounds | None) -> bool:
    """Return whether two files lie in one place, or may: where one does not say, reading tells."""
    if one is None or other is None:
        return True
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _year(one: Recognised) -> str:
    return one.edition or "of no stated year"


def _is_of_edition(one: LargerAreas, own: Recognised) -> bool:
    """Return whether larger areas go with an edition: MSOAs are made of the LSOAs of their own census."""
    vintage = own.details.get("vintage")
    return one.level != "msoa" or not one.vintage or vintage in (None, one.vintage)


def _step(found: SetupFindings, own: Recognised, locality: Locality) -> SetupStep:
    details, codes = own.details, found.survey.areas[own.file]
    larger = larger_areas(found, own, codes)
    residents, deprivation = (_figures(found, role, own) for role in (FileRole.RESIDENTS, FileRole.DEPRIVATION))
    bridge = _bridge(found, own, (residents, deprivation))
    used = [own, *(one.file for one in larger if one.file is not None), *filter(None, (residents, deprivation, bridge))]
    found.use(used)
    request = AreaFiles(
        boundaries=found.sources[own.file],
        code=details["code"],
        name=details["name"],
        level=details["level"],
        title=_title(own, codes.values(), locality),
        parents={one.level: (one.code, one.name) for one in larger if one.file is None},
        locality=None if locality.is_everywhere else locality,
    )
    names = tuple(dict.fromkeys(one.file for one in used))
    says = _says(own, _say_size(len(codes), locality), larger, residents, deprivation)
    facts = facts_wanted(found, larger, residents, deprivation, bridge)
    return SetupStep("Areas", names, says, request=AreasRequest(request, facts, own.edition, own.publisher))


def facts_wanted(
    found: SetupFindings,
    larger: Sequence[LargerAreas],
    residents: Recognised | None,
    deprivation: Recognised | None,
    bridge: Recognised | None = None,
) -> FactsWanted:
    """Return the facts about areas that chosen files have: larger areas, residents and deprivation."""
    brought = [one for one in larger if one.file is not None]
    files = list(dict.fromkeys(one.file.file for one in brought if one.file is not None))
    of_kind = {DeliveryKind.RESIDENTS: residents, DeliveryKind.DEPRIVATION: deprivation}
    of_kind[DeliveryKind.LARGER_AREAS] = brought[0].file if brought else None
    known = {kind: one for kind, one in of_kind.items() if one is not None}
    said = PublishedFacts(
        {kind: one.edition for kind, one in known.items()}, {kind: one.publisher for kind, one in known.items()}
    )
    facts = FactFiles(
        residents=found.sources[residents.file] if residents else None,
        residents_column=residents.details["column"] if residents else None,
        deprivation=found.sources[deprivation.file] if deprivation else None,
        deprivation_column=deprivation.details["column"] if deprivation else None,
        larger=tuple(found.sources[file] for file in files),
        parents={one.level: (one.code, one.name) for one in brought},
        lookup=found.sources[bridge.file] if bridge else None,
    )
    return FactsWanted(facts, said, _levels_of(brought))


def _levels_of(larger: Sequence[LargerAreas]) -> dict[str, tuple[str, ...]]:
    """Return which levels each file beside the boundaries is needed for."""
    files = {one.file.file for one in larger if one.file is not None}
    return {file: tuple(one.level for one in larger if one.file and one.file.file == file) for file in files}


def _says(
    own: Recognised, size: str, larger: list[LargerAreas], residents: Recognised | None, deprivation: Recognised | None
) -> str:
    parts = [PLURALS[one.level] for one in larger]
    if residents is not None:
        parts.append(f"residents{f' of {residents.edition}' if residents.edition else ''}")
    if deprivation is not None:
        parts.append(f"deprivation{f' of {deprivation.edition}' if deprivation.edition else ''}")
    brought = f", with their {', '.join(parts[:-1])}{' and ' if parts[:-1] else ''}{parts[-1]}" if parts else ""
    return f"{own.what}: {size}{brought}."


def _say_size(number: int, locality: Locality) -> str:
    areas = how_many(number, "area", "areas")
    if locality.is_everywhere:
        return areas
    where = " and ".join(locality.councils) if locality.councils else f"within {locality.metres / 1000:g} km"
    return f"of {areas} those {'of ' if locality.councils else ''}{where}"


def _title(own: Recognised, councils: Iterable[str], locality: Locality) -> str:
    level = PLURALS[own.details["level"]]
    base = f"{level[0].upper()}{level[1:]}{f' {own.edition}' if own.edition else ''}"
    if locality.points:
        base = title_of_cut(base, locality.metres)
    named = sorted(locality.councils or {council for council in councils if council})
    if not named or len(named) > _TITLED + 1:
        return base
    return f"{base}, {', '.join(named[:-1])}{' and ' if named[:-1] else ''}{named[-1]}"


def _smallest(larger: list[Recognised]) -> list[Recognised]:
    least = min((LEVELS.index(one.details["level"]) for one in larger), default=None)
    return [one for one in larger if LEVELS.index(one.details["level"]) == least]


def _size(found: SetupFindings, one: Recognised) -> int:
    """Return how fine outlines are, as far as bytes for each area tell it."""
    source = found.sources[one.file]
    size = len(source.content) if source.content is not None else source.path.stat().st_size if source.path else 0
    return size // max(len(found.survey.areas[one.file]), 1)


def _is_same(found: SetupFindings, one: Recognised, other: Recognised) -> bool:
    """Return whether two files draw the same edition of the same place."""
    if one.details.get("vintage") != other.details.get("vintage") or one.details["level"] != other.details["level"]:
        return False
    codes = set(found.survey.areas[one.file]), set(found.survey.areas[other.file])
    return all(codes) and len(codes[0] & codes[1]) >= _SAME * min(map(len, codes))


def _fit(found: SetupFindings, one: Recognised) -> tuple[float, int, str]:
    """Return how well other files fit an edition: the share of the police's codes it has, its tables, its year."""
    codes, stated = set(found.survey.areas[one.file]), set().union(*found.survey.police.values())
    share = len(codes & stated) / len(stated) if stated else 0.0
    vintage = one.details.get("vintage")
    figures = found.of_role(FileRole.RESIDENTS, FileRole.DEPRIVATION)
    tables = sum(figure.details.get("vintage") == vintage for figure in figures)
    return round(share, 3), tables, vintage or ""


def _own(own: Recognised) -> Iterable[LargerAreas]:
    for level in LEVELS:
        if f"{level} code" in own.details:
            code, name = own.details[f"{level} code"], own.details[f"{level} name"]
            yield LargerAreas(level, code, name, None, own.details.get(f"{level} vintage", ""), _OWN)


def _of_tables(found: SetupFindings, vintage: str | None, areas: frozenset[str]) -> Iterable[LargerAreas]:
    """Yield the levels that tables have for every one of some areas, by a column of codes of their vintage."""
    for one in found.of_role(FileRole.LOOKUP):
        keys = [
            one.details[stem]
            for stem in (f"lsoa {vintage} code" if vintage else "", "lsoa code", *_any_vintage(one.details, vintage))
            if stem in one.details
        ]
        for level, year, code in _levels(one.details):
            complete = any(areas <= found.survey.lookups.get((one.file, key, code), frozenset()) for key in keys)
            if complete:
                stem = f"{level} {year}" if year else level
                yield LargerAreas(level, code, one.details.get(f"{stem} name", code), one, year, _TABLE)


def _any_vintage(details: Mapping[str, str], vintage: str | None) -> list[str]:
    return [] if vintage else [stem for stem in details if stem.startswith("lsoa") and stem.endswith(" code")]


def _levels(details: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for stem, column in details.items():
        words = stem.split()
        if words[-1] == "code" and words[0] in LEVELS[2:]:
            yield words[0], words[1] if len(words) > 2 else "", column


def _of_ground(found: SetupFindings, own: Recognised) -> Iterable[LargerAreas]:
    for one in found.of_role(FileRole.LARGER_AREAS):
        if one is not own and _meet(found.survey.bounds.get(own.file), found.survey.bounds.get(one.file)):
            details = one.details
            vintage = details.get("vintage", "")
            yield LargerAreas(details["level"], details["code"], details["name"], one, vintage, _GROUND)
