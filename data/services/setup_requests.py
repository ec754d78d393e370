"""What each kind of step of a plan is carried out with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.formats.sources import Source
from data.records.area_facts import FactFiles
from data.records.area_files import AreaFiles
from data.records.locality import Locality
from data.store.deliveries import DeliveryKind


@dataclass(frozen=True)
class PublishedFacts:
    """The edition and the publisher of the files of each kind of facts, as far as they say."""

    editions: Mapping[DeliveryKind, str | None] = field(default_factory=dict)
    publishers: Mapping[DeliveryKind, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class FactsWanted:
    """Facts about areas, and what their files are of; ``levels_of`` says which levels each file is needed for."""

    files: FactFiles
    said: PublishedFacts = field(default_factory=PublishedFacts)
    levels_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class AreasRequest:
    """One set of areas, and the facts about them that came along."""

    files: AreaFiles
    facts: FactsWanted
    edition: str | None = None
    publisher: str | None = None


@dataclass(frozen=True)
class FactsRequest:
    """Facts about the loaded areas of a set."""

    set_id: int
    facts: FactsWanted


@dataclass(frozen=True)
class SchoolsRequest:
    """A list of schools; of a national one those in ``locality``."""

    source: Source
    locality: Locality
    edition: str | None = None
    publisher: str | None = None


@dataclass(frozen=True)
class BaseMapRequest:
    """The files that make one base map, and what it is called where that is not made from the first file's name."""

    sources: tuple[Source, ...]
    title: str | None = None


@dataclass(frozen=True)
class TermDatesRequest:
    """Term dates of all schools."""

    source: Source


@dataclass(frozen=True)
class PoliceRequest:
    """Street files of one force; ``force`` chooses it from archives, where they hold others too."""

    sources: tuple[Source, ...]
    force: str | None = None


@dataclass(frozen=True)
class RegisterRequest:
    """Known hotspots, or actions at them where ``actions`` says so."""

    source: Source
    sheet: str | None = None
    actions: bool = False


@dataclass(frozen=True)
class ListRequest:
    """A list of the organisation's own: who to tell, or what to teach."""

    source: Source
    kind: DeliveryKind
    sheet: str | None = None


@dataclass(frozen=True)
class MarksRequest:
    """Young people's marks."""

    source: Source
    sheet: str | None = None


@dataclass(frozen=True)
class IncidentsRequest:
    """Incidents of an organisation's own, with columns as they are guessed; they are protected."""

    source: Source
    sheet: str | None = None
