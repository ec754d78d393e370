"""What the columns of boundaries mean, where a person does not say: code, name, level, and larger areas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.formats.sources import Source
from data.recognition.area_columns import PLURALS
from data.recognition.file_role import FileRole, Recognised
from data.recognition.recognising import recognise
from data.recognition.surveying import survey
from data.records.area_files import AreaFiles
from data.sandbox import run_sandboxed
from data.services.limits import limits_for
from data.services.setup_areas import LargerAreas, larger_areas
from data.services.setup_findings import SetupFindings
from geo.errors import InputError


@dataclass(frozen=True)
class StatedColumns:
    """What a person says of boundaries; None for what is left to be guessed."""

    code: str | None = None
    name: str | None = None
    level: str | None = None


def with_guesses(stated: StatedColumns, files: AreaFiles) -> tuple[AreaFiles, list[str]]:
    """Return the files with what is not stated as their columns and codes say it, and what was guessed, in sentences.

    ``parents`` of ``files`` are guessed where they have none, of the boundaries and of the lookups. With both columns
    stated nothing is guessed, and areas without a level are of none. Raises InputError for boundaries whose columns
    tell nothing, and as ``recognise`` does.
    """
    if stated.code is not None and stated.name is not None:
        return replace(files, code=stated.code, name=stated.name, level=stated.level or "area"), []
    sources = (files.boundaries, *files.lookups)
    found = run_sandboxed(recognise, sources)
    own = found[0]
    if own.role not in (FileRole.AREAS, FileRole.LARGER_AREAS):
        reason = own.why if own.role is FileRole.UNKNOWN else f"it is taken for {own.what[0].lower()}{own.what[1:]}"
        raise InputError(
            f"“{files.boundaries.name}” must have columns that tell the code and the name of each area, and it has not "
            f"({reason.rstrip('.')}); name both columns."
        )
    parents = {} if files.parents else {one.level: (one.code, one.name) for one in _larger(sources, found)}
    level = stated.level or own.details["level"]
    chosen = replace(
        files,
        code=stated.code or own.details["code"],
        name=stated.name or own.details["name"],
        level=level,
        parents=files.parents or {larger: pair for larger, pair in parents.items() if larger != level},
    )
    return chosen, [_say(own, chosen), *_say_parents(chosen)]


def _larger(sources: Sequence[Source], found: Sequence[Recognised]) -> list[LargerAreas]:
    own = found[0]
    by_name = {one.file: source for one, source in zip(found, sources, strict=True)}
    coded = (FileRole.AREAS, FileRole.LARGER_AREAS, FileRole.LOOKUP)
    asked = tuple((by_name[one.file], one) for one in found if one.role in coded)
    surveyed = run_sandboxed(survey, asked, limits=limits_for(*sources))
    if own.file in surveyed.refused:
        raise InputError(surveyed.refused[own.file])
    return larger_areas(SetupFindings(tuple(found), by_name, surveyed), own, surveyed.areas[own.file])


def _say(own: Recognised, chosen: AreaFiles) -> str:
    what = f"{own.what[0].lower()}{own.what[1:]}"
    return (
        f"“{own.file}” is taken for {what}, by {own.why}: codes are in “{chosen.code}”, names in “{chosen.name}”, and "
        f"the level is {chosen.level}."
    )


def _say_parents(chosen: AreaFiles) -> list[str]:
    return [
        f"The {PLURALS[level]} of areas are taken from the columns “{code}” and “{name}”."
        for level, (code, name) in (chosen.parents or {}).items()
    ]
