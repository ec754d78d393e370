"""What was found out about the files of a plan, and which of them has been given a use; the rest is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.formats.sources import Source
from data.recognition.file_role import FileRole, Recognised
from data.recognition.surveying import AreaSurvey
from data.services.setup_plan import LeftOut


@dataclass
class SetupFindings:
    """Recognised files with their sources and codes; ``used`` and ``left`` grow as steps are made of them."""

    recognised: tuple[Recognised, ...]
    sources: Mapping[str, Source]
    survey: AreaSurvey
    used: set[str] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)

    def of_role(self, *roles: FileRole) -> list[Recognised]:
        """List the files of some roles, in the order in which they came."""
        return [one for one in self.recognised if one.role in roles]

    def use(self, files: Iterable[Recognised]) -> None:
        """Remember that files serve a step."""
        self.used.update(one.file for one in files)

    def leave(self, one: Recognised, sentence: str) -> None:
        """Remember why a file is left out, unless another step uses it."""
        self.left.setdefault(one.file, sentence)

    def left_out(self) -> tuple[LeftOut, ...]:
        """List the files that no step uses, each with its sentence."""
        unused = [one for one in self.recognised if one.file not in self.used]
        return tuple(LeftOut(one.file, self.left.get(one.file) or _why_unused(one)) for one in unused)


def _why_unused(one: Recognised) -> str:
    if one.role is FileRole.UNKNOWN:
        return one.why
    if one.role is FileRole.POLICE_OTHER:
        return f"“{one.file}” is known and not needed: {one.what[0].lower()}{one.what[1:]}; bring street files instead."
    if one.role in (FileRole.RESIDENTS, FileRole.DEPRIVATION):
        return f"“{one.file}” ({one.what}) is of areas that are not here; bring the boundaries of its edition with it."
    return f"“{one.file}” ({one.what}) is known, and nothing here needs it; it can be left out."
