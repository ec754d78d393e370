"""Street files of the police, one dataset for each force; of an archive of all forces those of the place."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from data.recognition.file_role import FileRole, Recognised
from data.services.setup_findings import SetupFindings
from data.services.setup_plan import SetupStep
from data.services.setup_requests import PoliceRequest
from geo.calendar import months
from geo.wording import how_many

_HERE: Final = 0.1  # share of the codes at the beginning of a force's file that lie in the areas of this place


def police_steps(found: SetupFindings, areas: Iterable[str]) -> list[SetupStep]:
    """Return one step for each force of this place, which is that of ``areas``; without areas, of all forces."""
    codes = frozenset(areas)
    by_force: dict[str, list[Recognised]] = defaultdict(list)
    archived: set[str] = set()
    for one in found.of_role(FileRole.POLICE_STREET):
        for force in _forces(found, one, codes):
            by_force[force].append(one)
            if "forces" in one.details:
                archived.add(force)
    return [_step(found, force, files, chosen=force in archived) for force, files in by_force.items()]


def _forces(found: SetupFindings, one: Recognised, areas: frozenset[str]) -> list[str]:
    """Return the forces of a file that are wanted."""
    if "forces" not in one.details:
        return [one.details.get("force", "")]
    forces = one.details["forces"].split(",")
    if len(forces) == 1:
        return forces
    stated = {force: found.survey.police.get(f"{one.file} / {force}", frozenset()) for force in forces}
    here = [force for force, codes in stated.items() if codes and len(codes & areas) >= _HERE * len(codes)]
    if not here:
        found.leave(
            one,
            f"“{one.file}” holds {len(forces)} forces, and none of them is that of the areas that are loaded; bring "
            "the areas of this place with it.",
        )
    return here


def _step(found: SetupFindings, force: str, files: list[Recognised], *, chosen: bool) -> SetupStep:
    found.use(files)
    covered = sorted({month for one in files for month in _months(one)})
    when = f", {months.say_range(covered)}" if covered else ""
    named = f" of {force.replace('-', ' ').title()}" if force else ""
    says = f"Police street files{named}: {how_many(len(files), 'file', 'files')}{when}."
    request = PoliceRequest(tuple(found.sources[one.file] for one in files), force if chosen else None)
    return SetupStep("Police data", tuple(one.file for one in files), says, request=request)


def _months(one: Recognised) -> list[str]:
    first, last = one.details.get("first", one.edition), one.details.get("last", one.edition)
    return [month for month in (first, last) if month and months.is_month(month)]
