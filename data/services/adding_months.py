"""Adding months to a dataset: rows of the version before that new files do not cover stay, the others are replaced.

Of police data a month of one force is replaced as a whole, of an organisation's own a month. What the same rows are is
told by the rows, so that files that bring nothing new change nothing. Nothing is written here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.principal import Principal
from data.records.police import is_repeated_ids_note
from data.records.police_rows import constant
from data.records.rows import TEXT, DatasetKind, Rows
from data.services.choosing_areas import is_edition_note
from data.services.import_description import POLICE_TITLE
from data.services.month_changes import BESIDE, MonthChange
from data.store import datasets, rows_at_rest
from data.store.datasets import Dataset
from data.store.store import AlreadyThereError, Store
from geo import columns as c
from geo.arrays import Positions
from geo.calendar import months
from geo.errors import InputError

_ORDER: Final = (c.MONTH, c.CATEGORY, c.STATED, c.LON, c.LAT, c.START, c.END, c.PLACE, c.FORCE, c.EDITION)
_NO_FIGURES: Final = (c.FORCE, c.EDITION)  # columns that say where a row is from, and not what happened


class Key(NamedTuple):
    """What new rows take the place of as a whole: a month, of one force where forces are known ("" where not)."""

    month: str
    force: str


@dataclass(frozen=True)
class HeldRows:
    """The rows of the version of a dataset that is shown."""

    dataset: Dataset
    table: pa.Table

    @property
    def supplied(self) -> set[str]:
        """The months that were ever brought."""
        return set(self.dataset.months) - set(self.dataset.gaps)


def held_rows(store: Store, principal: Principal, dataset: Dataset) -> HeldRows:
    """Load the rows of a version, for people of the organisation that owns it; raises as ``datasets.load_rows``."""
    return HeldRows(dataset, rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset)))


def forces_held(store: Store, principal: Principal, dataset: Dataset) -> set[str]:
    """Return the forces that the rows of a police dataset are of, as they say or else as its title does."""
    rows = datasets.load_rows(store, principal, dataset)
    return set(rows_at_rest.words_of(rows, c.FORCE)) or _forces_in_title(dataset)


def added(held: HeldRows, rows: Rows) -> tuple[Rows, MonthChange]:
    """Return the rows of a dataset with new ones added, and what that changes.

    Raises AlreadyThereError when it changes nothing, and InputError where the two cannot stand in one dataset: one
    knows days and the other months, or rows of several schools, which are told apart within their file only.
    """
    _require_alike(held, rows)
    before, after = _aligned(held, rows)
    by_force = (
        not any(table[c.FORCE].null_count for table in (before, after)) if c.FORCE in after.column_names else False
    )
    old, new = (_Keyed.of(table, by_force) for table in (before, after))
    same = _same_rows(old, new)
    older = _older(old, new)
    gains_names = c.PLACE in rows.table.column_names and c.PLACE not in held.table.column_names
    loses_names = c.PLACE in held.table.column_names and c.PLACE not in rows.table.column_names
    kept = {key for key in same if loses_names or key in older}
    taken = new.rows_of(lambda key: key not in kept)
    staying = old.rows_of(lambda key: key in kept or key not in new.keys)
    table = _encoded(pa.concat_tables([before.filter(staying), _no_less_new(new, old).filter(taken)]))
    differing = (set(old.keys) & set(new.keys)) - same
    supplied = _supplied(rows)
    change = _changed(
        held,
        table,
        supplied | held.supplied,
        differing={key.month for key in differing},
        set_back={key.month: old.editions[key] for key in sorted(differing & older)},
        new_forces={key.month for key in set(new.keys) - set(old.keys)},
        named={key.month for key in same - kept} if gains_names else set(),
        edition=max(new.editions.values(), default="") or None,
    )
    if change.is_nothing:
        raise AlreadyThereError("dataset", held.dataset.id, ": every row is in it, and nothing changes")
    gaps = tuple(months.gaps(supplied | held.supplied))
    notes = tuple(dict.fromkeys((*_lasting(held.dataset.notes), *rows.notes)))
    read = table.num_rows + rows.read - rows.table.num_rows
    return replace(rows, table=table, read=read, notes=notes, gaps=gaps), change


def _lasting(notes: Sequence[str]) -> list[str]:
    """Return the notes of a version that hold for the next: not what it changed, nor what is counted in all rows."""
    return [
        note
        for note in notes
        if not note.startswith(BESIDE) and not is_edition_note(note) and not is_repeated_ids_note(note)
    ]


def replacing(held: HeldRows, rows: Rows) -> MonthChange:
    """Return what changes when new rows take the place of all that a dataset has."""
    old, new = (_Keyed.of(table, by_force=False) for table in _aligned(held, rows))
    differing = (set(old.keys) & set(new.keys)) - _same_rows(old, new)
    older = differing & _older(old, new)
    return _changed(
        held,
        rows.table,
        _supplied(rows),
        differing={key.month for key in differing},
        set_back={key.month: old.editions[key] for key in sorted(older)},
        edition=max(new.editions.values(), default="") or None,
    )


def _require_alike(held: HeldRows, rows: Rows) -> None:
    if (c.START in held.table.column_names) != rows.has_times:
        which = ("months", "days") if rows.has_times else ("days", "months")
        raise InputError(
            f"The rows of one dataset must all know days or all only months, and “{held.dataset.title}” knows "
            f"{which[0]} and these files know {which[1]}; choose “A new dataset”."
        )
    if any(c.CONTRIBUTOR in table.column_names for table in (held.table, rows.table)):
        raise InputError(
            f"Rows of several schools must come in together, since the schools are told apart by numbers within their "
            f"file only, and “{held.dataset.title}” or these files have a column of schools; bring all months in one "
            "go, as “A new version of all of” it."
        )


def _aligned(held: HeldRows, rows: Rows) -> tuple[pa.Table, pa.Table]:
    """Return old and new rows with the same columns: nothing where a table lacks one, a force where a title says it."""
    old, new = held.table, rows.table
    if held.dataset.kind == DatasetKind.POLICE:
        forces = _forces_in_title(held.dataset)
        only = forces.pop() if len(forces) == 1 else None
        for column, text in ((c.FORCE, only), (c.EDITION, held.dataset.last_month)):
            if column not in old.column_names:
                old = old.append_column(pa.field(column, TEXT), constant(text, old.num_rows))
    names = [name for name in _ORDER if name in (*old.column_names, *new.column_names)]
    return _with_columns(old, names), _with_columns(new, names)


def _with_columns(table: pa.Table, names: Sequence[str]) -> pa.Table:
    for name in names:
        if name not in table.column_names:
            table = table.append_column(pa.field(name, TEXT), pa.nulls(table.num_rows, TEXT))
    return pa.table([_plain(table[name]) for name in names], names=list(names))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts as texts, and moments to the second, which a file at rest keeps more finely."""
    if pa.types.is_dictionary(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string())
    return column.cast(pa.timestamp("s")) if pa.types.is_timestamp(column.type) else column


def _encoded(table: pa.Table) -> pa.Table:
    """Return rows with their texts dictionary-encoded, which keeps no word that no row has."""
    columns = [column.dictionary_encode() if pa.types.is_string(column.type) else column for column in table.columns]
    return pa.table(columns, names=table.column_names).unify_dictionaries().combine_chunks()


@dataclass(frozen=True, eq=False)
class _Keyed:
    """Rows by what is replaced as a whole: the keys, the position of each row's among them, and each key's edition."""

    table: pa.Table
    keys: Mapping[Key, int]
    position: Positions
    editions: Mapping[Key, str]

    @classmethod
    def of(cls, table: pa.Table, by_force: bool) -> "_Keyed":
        """Return the rows of a table by month, and by force."""
        month, month_names = _coded(table[c.MONTH])
        force, force_names = _coded(table[c.FORCE]) if by_force else (np.zeros_like(month), [""])
        used, position = np.unique(force * len(month_names) + month, return_inverse=True)
        listed = [Key(month_names[at % len(month_names)], force_names[at // len(month_names)]) for at in used.tolist()]
        editions: dict[Key, str] = {}
        if c.EDITION in table.column_names:
            edition, words = _coded(table[c.EDITION])
            pairs = np.unique(np.stack([position, edition]), axis=1).T.tolist()
            for at, of in pairs:
                editions[listed[at]] = max(words[of], editions.get(listed[at], ""))
        return cls(table, {key: at for at, key in enumerate(listed)}, position, editions)

    def rows_of(self, wanted: Callable[[Key], bool]) -> pa.Array:
        """Return which rows have a key that is wanted."""
        chosen = np.array([wanted(key) for key in self.keys], dtype=np.bool_)
        return pa.array(chosen[self.position] if len(chosen) else np.zeros(0, dtype=np.bool_))


def _coded(column: pa.ChunkedArray) -> tuple[Positions, list[str]]:
    encoded = pc.fill_null(column.cast(pa.string()), "").combine_chunks().dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()


def _same_rows(old: _Keyed, new: _Keyed) -> set[Key]:
    """Return the keys whose rows are the same in both, in whatever order, by the columns that both fill."""
    said = [
        name
        for name in old.table.column_names
        if name not in _NO_FIGURES and not (name == c.PLACE and _lacks_names(old.table, new.table))
    ]
    before, after = (_hashes(one, said) for one in (old, new))
    return {key for key in before.keys() & after.keys() if np.array_equal(before[key], after[key])}


def _older(old: _Keyed, new: _Keyed) -> set[Key]:
    """Return the keys whose new rows are of an older edition than the ones that are there."""
    both = old.editions.keys() & new.editions.keys()
    return {key for key in both if new.editions[key] and new.editions[key] < old.editions[key]}


def _no_less_new(new: _Keyed, old: _Keyed) -> pa.Table:
    """Return new rows, those of an unknown edition as new as the ones in whose place they come."""
    if c.EDITION not in new.table.column_names:
        return new.table
    editions = np.array([new.editions[key] or old.editions.get(key, "") for key in new.keys], dtype=object)
    column = pa.array(editions[new.position], pa.string())
    return new.table.set_column(new.table.column_names.index(c.EDITION), c.EDITION, column)


def _lacks_names(*tables: pa.Table) -> bool:
    return any(table[c.PLACE].null_count == table.num_rows for table in tables)


def _hashes(rows: _Keyed, columns: Sequence[str]) -> dict[Key, np.ndarray[tuple[int], np.dtype[np.uint64]]]:
    """Return the hashes of the rows of each key, in the order of the hashes."""
    frame = rows.table.select(list(columns)).to_pandas(strings_to_categorical=True)
    hashed = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    order = np.lexsort((hashed, rows.position))
    bounds = np.searchsorted(rows.position[order], np.arange(len(rows.keys) + 1))
    return {key: hashed[order[bounds[at] : bounds[at + 1]]] for key, at in rows.keys.items()}


def _supplied(rows: Rows) -> set[str]:
    """Return the months that files bring: all from their first to their last but those that are missing."""
    there = rows.table[c.MONTH].cast(pa.string()).unique().to_pylist()
    return set(months.between(min(there), max(there))) - set(rows.gaps)


def _changed(
    held: HeldRows,
    table: pa.Table,
    supplied: set[str],
    *,
    differing: set[str],
    set_back: Mapping[str, str] | None = None,
    new_forces: set[str] | None = None,
    named: set[str] | None = None,
    edition: str | None = None,
) -> MonthChange:
    before, after = (_rows_by_month(one) for one in (held.table, table))
    back = set_back or {}
    changed = (differing | (new_forces or set()) | _emptied(before, after)) & held.supplied & supplied - set(back)
    return MonthChange(
        version=held.dataset.number,
        before=before,
        after=after,
        stay=tuple(sorted(held.supplied & supplied - changed - set(back))),
        added=tuple(sorted(supplied - held.supplied)),
        replaced=tuple(sorted(changed)),
        set_back=back or None,
        lost=tuple(sorted(held.supplied - supplied)),
        named=tuple(sorted((named or set()) - changed)),
        edition=edition,
    )


def _emptied(before: Mapping[str, int], after: Mapping[str, int]) -> set[str]:
    """Return the months that have rows in one of two versions only."""
    return {month for month in before.keys() | after.keys() if (month in before) != (month in after)}


def _rows_by_month(table: pa.Table) -> dict[str, int]:
    counted = pc.value_counts(table[c.MONTH].cast(pa.string()))
    return {str(one["values"]): int(one["counts"]) for one in counted.to_pylist()}


def _forces_in_title(dataset: Dataset) -> set[str]:
    """Return the forces that the usual title of police data names; none for another title."""
    listed = dataset.title.removeprefix(f"{POLICE_TITLE}, ")
    if listed == dataset.title:
        return set()
    return {name.strip().lower().replace(" ", "-") for name in listed.split(",")}
