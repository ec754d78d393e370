"""Facts about areas that are loaded already, where the files of a plan bring no areas themselves."""

from collections.abc import Mapping

from data.recognition.area_columns import PLURALS
from data.recognition.file_role import FileRole, Recognised
from data.services.setup_areas import choose_figures, facts_wanted, larger_areas
from data.services.setup_findings import SetupFindings
from data.services.setup_plan import SetupStep
from data.services.setup_requests import FactsRequest
from geo.areas.area_set import AreaSet

_FACTS = (FileRole.RESIDENTS, FileRole.DEPRIVATION, FileRole.LARGER_AREAS, FileRole.LOOKUP)


def fact_steps(found: SetupFindings, loaded: Mapping[int, AreaSet]) -> list[SetupStep]:
    """Return one step for each loaded set that files have facts about."""
    if not found.of_role(*_FACTS):
        return []
    steps = [step for set_id, areas in loaded.items() if (step := _step(found, set_id, areas))]
    if not steps:
        for one in found.of_role(*_FACTS):
            found.leave(
                one,
                f"“{one.file}” is of other areas than those that are loaded; bring the boundaries of its areas too.",
            )
    return steps


def _step(found: SetupFindings, set_id: int, areas: AreaSet) -> SetupStep | None:
    residents = choose_figures(found, FileRole.RESIDENTS, areas.codes, None)
    deprivation = choose_figures(found, FileRole.DEPRIVATION, areas.codes, None)
    own = Recognised(areas.title, FileRole.AREAS, areas.title, "", details={"level": areas.level})
    larger = larger_areas(found, own, areas.codes)
    used = [*(one.file for one in larger if one.file), *filter(None, (residents, deprivation))]
    if not used:
        return None
    found.use(used)
    parts = [PLURALS[one.level] for one in larger]
    parts += [
        f"{one.role.value}{f' of {one.edition}' if one.edition else ''}" for one in (residents, deprivation) if one
    ]
    request = FactsRequest(set_id, facts_wanted(found, larger, residents, deprivation))
    row = "Residents" if residents else "Deprivation" if deprivation else "Larger areas"
    says = f"For “{areas.title}”, which is loaded: {', '.join(parts)}."
    return SetupStep(row, tuple(dict.fromkeys(one.file for one in used)), says, request=request)
