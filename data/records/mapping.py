"""Which column of an incident file means what: given in a mapping file, or guessed from the names of columns."""

import json
from collections.abc import Mapping, Sequence
from typing import Final, Self

from pydantic import AliasChoices, Field, ValidationError, model_validator

from data.formats import cells
from data.formats.sources import Source
from data.records.intervals import TIME_SYNONYMS, TimeColumns, guess_times
from data.records.left_unread import guess_unread
from data.records.positions import PLACE_SYNONYMS, PlaceColumns, guess_place
from data.records.school_systems import SchoolSystem, recognise_system
from geo.errors import InputError
from geo.harms import HARM_GROUPS

# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    **TIME_SYNONYMS,
    **PLACE_SYNONYMS,
    "category": ("category", "incident category", "incident type", "type of incident", "crime type", "type",
                 "harm group", "harm type", "harm category", "harm", "categories", "concern type", "type of concern",
                 "concern category", "concern categories", "reasons for concern", "reason s for concern",
                 "reason for concern", "nature of concern", "behaviour type", "type of behaviour", "behaviour", "event",
                 "event type", "classification", "reason", "activity"),
    # Not "urn", by which logs call their own references as well.
    "contributor": ("school urn", "school", "school name", "reporting school", "establishment", "academy",
                    "contributor", "organisation"),
    "postcode": ("postcode", "post code", "incident postcode", "postcode of incident", "location postcode",
                 "place postcode", "postcode of place", "where postcode"),
    "place": ("location", "incident location", "location of incident", "place", "place name", "name of place",
              "place of incident", "where", "where did it happen", "where it happened", "where did this happen",
              "room name", "room", "venue", "site", "setting"),
}  # fmt: skip
_BY_WORDS: Final = ("postcode", "place")  # what says where a row lies without coordinates
_CALLED: Final = {
    "date": "a date", "start": "a time from", "end": "a time to", "month": "a month", "time": "a time of day",
    "longitude": "a longitude", "latitude": "a latitude", "easting": "an easting", "northing": "a northing",
    "area": "an area", "category": "a category", "contributor": "a school", "postcode": "a postcode",
    "place": "a place",
}  # fmt: skip
_JSON_NAMES: Final = {"start": "from", "end": "to", "contributor": "school"}


class ColumnMapping(PlaceColumns, TimeColumns):  # fields of the last base come first in JSON
    """The columns of an incident file by meaning; every other column is left unread.

    Beside when and where, ``category`` says what happened, and ``contributor`` (in JSON "school") which of several
    schools a row comes from; numbers take the place of what it holds. ``harm`` maps categories to the codes of harm
    groups. ``postcode`` and ``place`` (what a place is called) say where a row lies that has no coordinates. ``unread``
    are the columns that are taken away before anything is read; None leaves it to their names.
    """

    category: str | None = None
    contributor: str | None = Field(default=None, validation_alias=AliasChoices("contributor", "school"))
    harm: dict[str, str] = Field(default_factory=dict)
    postcode: str | None = None
    place: str | None = None
    unread: list[str] | None = None

    @model_validator(mode="after")
    def _harm_codes_are_known(self) -> Self:
        if not set(self.harm.values()) <= set(HARM_GROUPS):
            raise ValueError("harm")
        return self

    def columns(self) -> dict[str, str]:
        """Return the named columns by meaning, in the order of the mapping."""
        return {role: column for role in _SYNONYMS if (column := getattr(self, role)) is not None}

    @property
    def has_place(self) -> bool:
        """Whether a column says where a row lies: an area, both of a pair, a postcode or the name of a place."""
        return self.pair is not None or any((self.area, self.postcode, self.place))

    def columns_unread(self, header: Sequence[str]) -> list[str]:
        """Return the columns of ``header`` that are taken away before anything is read: as chosen, or by their names.

        A column that means something is none of them.
        """
        used = set(self.columns().values())
        if self.unread is None:
            return guess_unread(header, used)
        return [column for column in header if column in self.unread and column not in used]

    def identity(self) -> str:
        """Return what decides what rows become, as JSON; a meaning that came later adds nothing where it is lacking."""
        same = self.model_copy(update={"start": self.begin, "time": None})  # both say when in the day it began
        later = {role for role in ("contributor", *_BY_WORDS) if getattr(self, role) is None}
        return same.model_dump_json(exclude={"time", "unread", *later})


def load_mapping(source: Source) -> ColumnMapping:
    """Return a mapping from JSON such as {"date": "Date", "category": "Type", "area": "LSOA code"}.

    Raises ``InputError`` for text that is not a JSON object, unknown keys, values that are no column names, and harm
    codes that are not in the closed list.
    """
    try:
        content = json.loads(source.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise InputError(
            f"“{source.name}”: a mapping must be one JSON object of meanings and column names, but it is not; write it "
            'like {"date": "Date", "category": "Type", "area": "LSOA code"}.'
        )
    try:
        return ColumnMapping.model_validate(content)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        unknown = [str(fault["loc"][0]) for fault in faults if fault["type"] == "extra_forbidden"]
        wrong = sorted({str(fault["loc"][0]) if fault["loc"] else "harm" for fault in faults})
    raise InputError(f"“{source.name}”: {_say_fault(unknown, wrong)}.")


def _say_fault(unknown: list[str], wrong: list[str]) -> str:
    if unknown:
        keys = cells.say_names([*(_JSON_NAMES.get(role, role) for role in _SYNONYMS), "harm", "unread"])
        return f"a mapping may have the keys {keys}, but not {cells.say_names(unknown)}; rename or remove what it names"
    if wrong == ["harm"]:
        codes = cells.say_names(HARM_GROUPS, "or")
        return f"“harm” must map each category to one of {codes}, but it maps to something else; correct it"
    return (
        f"every meaning must have one column name, but not so {cells.say_names(wrong)}; put a name in quotation marks"
    )


def with_columns(mapping: ColumnMapping, named: Mapping[str, str]) -> ColumnMapping:
    """Return ``mapping`` with the columns that ``named`` gives by meaning ("date", "from", "easting", "category", …).

    Raises ``InputError`` for a meaning that there is none of, or a blank name.
    """
    roles = {_JSON_NAMES.get(role, role): role for role in _SYNONYMS}
    wrong = [meaning for meaning, column in named.items() if meaning not in roles or not column]
    if wrong:
        raise InputError(
            f"A column must be named MEANING=NAME with a meaning of {cells.say_names(roles, 'or')}, but "
            f"{cells.say_names(wrong)} is not; write for example date=When."
        )
    return mapping.model_copy(update={roles[meaning]: column for meaning, column in named.items()})


def guess_mapping(header: Sequence[str], system: SchoolSystem | None = None) -> ColumnMapping:
    """Return what the columns of ``header`` seem to mean by their names, whatever their case.

    In an export of ``system``, or of the one that ``header`` looks like, they mean what they mean there. A month is
    left out where days are known, and degrees where the National Grid is known; a postcode and the name of a place only
    count where neither coordinates nor an area are there. The guess may lack what ``read_incidents`` needs, whose
    message then says what.
    """
    found = recognise_system(header)
    known = system or (None if found is None else found.system)
    times, place = guess_times(header).model_dump(), guess_place(header).model_dump()
    others = cells.find_columns(header, {role: _SYNONYMS[role] for role in ("category", "contributor")})
    words = {} if any(place.values()) else cells.find_columns(header, {role: _SYNONYMS[role] for role in _BY_WORDS})
    own = {} if known is None else known.columns(header)
    if any(place.values()):
        own = {role: column for role, column in own.items() if role not in _BY_WORDS}
    if own.get("date") is not None:
        times["month"] = None
    return ColumnMapping.model_validate(times | place | others | words | own)


def guess_reasons(header: Sequence[str], system: SchoolSystem | None = None) -> dict[str, str]:
    """Return why each column of the guess is taken for what it is, by meaning: "“Date/Time”: named as a date".

    ``header`` and ``system`` are those of ``guess_mapping``.
    """
    found = recognise_system(header)
    known = system or (None if found is None else found.system)
    own = {} if known is None else known.columns(header)
    return {
        role: f"“{column}”: " + (f"what {known.name} calls {_CALLED[role]}" if known and own.get(role) == column
                                 else f"named as {_CALLED[role]}")
        for role, column in guess_mapping(header, system).columns().items()
    }  # fmt: skip
