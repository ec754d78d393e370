"""The plan of what files bring to a store, before any of them is saved; ``bringing_in`` makes it and carries it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.formats.sources import Source
from data.recognition.file_role import Recognised
from data.records.locality import Locality


@dataclass(frozen=True)
class SetupStep:
    """One thing that is done with some of the files, in its turn.

    ``row`` is the row of the checklist ("Areas", "Schools"), ``says`` one sentence of what will be done, ``notes`` what
    is to be known before. ``known`` says that the same bytes are here already and nothing will be done. ``request`` is
    what the step is carried out with.
    """

    row: str
    files: tuple[str, ...]
    says: str
    notes: tuple[str, ...] = ()
    known: bool = False
    request: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class LeftOut:
    """A file that is not brought in, why, and what to do, as one sentence."""

    file: str
    sentence: str


@dataclass(frozen=True)
class SetupPlan:
    """What would be done, in order; what is left out; and the councils that a national file could be cut to.

    ``own`` names files of an organisation's own incidents, whose columns a person matches on the Upload page.
    """

    recognised: tuple[Recognised, ...]
    steps: tuple[SetupStep, ...]
    left_out: tuple[LeftOut, ...] = ()
    councils: tuple[str, ...] = ()
    locality: Locality = field(default_factory=Locality)
    own: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class StepDone:
    """What came of a step: one sentence, whether it was saved, and the delivery by which it can be undone.

    What was not saved was ``known``, being here already, or it was refused.
    """

    row: str
    sentence: str
    saved: bool
    delivery: int | None = None
    notes: Sequence[str] = ()
    known: bool = False

    @property
    def refused(self) -> bool:
        """Whether a file could not be used."""
        return not self.saved and not self.known
