"""Which column of an incident file means what: given in a mapping file, or guessed from the names of columns."""

import json
from collections.abc import Mapping, Sequence
from typing import Final, Self

from pydantic import AliasChoices, Field, ValidationError, model_validator

from data.formats import cells
from data.formats.sources import Source
from data.records.intervals import TIME_SYNONYMS, TimeColumns, guess_times
from data.records.positions import PLACE_SYNONYMS, PlaceColumns, guess_place
from geo.errors import InputError
from geo.harms import HARM_GROUPS

# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    **TIME_SYNONYMS,
    **PLACE_SYNONYMS,
    "category": ("category", "incident category", "incident type", "type of incident", "crime type", "type",
                 "harm group", "harm type", "harm category", "harm"),
    # Not "urn", by which logs call their own references as well.
    "contributor": ("school urn", "school", "school name", "reporting school", "establishment", "academy",
                    "contributor", "organisation"),
}  # fmt: skip
_JSON_NAMES: Final = {"start": "from", "end": "to", "contributor": "school"}


class ColumnMapping(PlaceColumns, TimeColumns):  # fields of the last base come first in JSON
    """The columns of an incident file by meaning; every other column is left unread.

    Beside when and where, ``category`` says what happened, and ``contributor`` (in JSON "school") which of several
    schools a row comes from; numbers take the place of what it holds. ``harm`` maps categories to the codes of harm
    groups.
    """

    category: str | None = None
    contributor: str | None = Field(default=None, validation_alias=AliasChoices("contributor", "school"))
    harm: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _harm_codes_are_known(self) -> Self:
        if not set(self.harm.values()) <= set(HARM_GROUPS):
            raise ValueError("harm")
        return self

    def columns(self) -> dict[str, str]:
        """Return the named columns by meaning, in the order of the mapping."""
        return {role: column for role in _SYNONYMS if (column := getattr(self, role)) is not None}


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
        keys = cells.say_names([*(_JSON_NAMES.get(role, role) for role in _SYNONYMS), "harm"])
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


def guess_mapping(header: Sequence[str]) -> ColumnMapping:
    """Return what the columns of ``header`` seem to mean by their names, whatever their case.

    A month is left out where days are known, and degrees where the National Grid is known. The guess may lack what
    ``read_incidents`` needs, whose message then says what.
    """
    times, place = guess_times(header).model_dump(), guess_place(header).model_dump()
    others = {role: _SYNONYMS[role] for role in ("category", "contributor")}
    return ColumnMapping.model_validate(times | place | cells.find_columns(header, others))
