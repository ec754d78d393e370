"""What checked files will be: more months of a dataset, a new version of all of it, or a dataset of their own."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st

from data.formats.sources import Source
from data.records.rows import DatasetKind
from data.store.datasets import Dataset
from pages.components.cached import loads, usual_datasets

NEW: Final = "A new dataset"


class Belonging(NamedTuple):
    """The dataset that files are brought to, and whether they add months to it or take the place of all it has."""

    dataset: Dataset
    adds: bool

    @property
    def onto(self) -> int | None:
        """The number of the dataset that months are added to."""
        return self.dataset.id if self.adds else None

    @property
    def replaces(self) -> int | None:
        """The number of the dataset whose whole next version it is."""
        return None if self.adds else self.dataset.id


def pick(
    kind: DatasetKind, sources: Sequence[Source], *, forces: Sequence[str] = (), columns: Sequence[str] = ()
) -> Belonging | None:
    """Draw the choice of what files are, set to what they most likely are; None for a dataset of their own.

    Raises InputError for files that cannot be opened.
    """
    person = loads.who()
    own = [one for one in loads.all_datasets(loads.asker()) if one.kind == kind and one.owner == person.organisation]
    if not own:
        return None
    choices: dict[str, Belonging | None] = {
        f"More months for “{one.title}” (dataset {one.id})": Belonging(one, adds=True) for one in own
    }
    usual = _usual(kind, sources, forces, columns)
    before = [label for label, one in choices.items() if one is not None and one.dataset.id == usual]
    choices |= {f"A new version of all of “{one.title}” (dataset {one.id})": Belonging(one, adds=False) for one in own}
    rest = [label for label in choices if label not in before]
    labels = [*before, *([NEW] if before else []), *rest] if before else [NEW, *rest]
    # Other files may be something else: what was picked for the ones before does not stand for them.
    of_these = "_".join((kind.value, *(usual_datasets.mark_of(source)[:16] for source in sources), *forces))
    return choices.get(st.selectbox("This is", labels, key=f"_upload_belongs_{of_these}"))


def _usual(kind: DatasetKind, sources: Sequence[Source], forces: Sequence[str], columns: Sequence[str]) -> int | None:
    if kind is DatasetKind.POLICE:
        return usual_datasets.of_police(sources, forces, loads.asker())
    return usual_datasets.by_columns(kind.value, tuple(columns), loads.asker())
