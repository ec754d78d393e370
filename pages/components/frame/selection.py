"""The shared selection: school, dataset, harm groups and months, picked in the sidebar and kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import streamlit as st

from data.records.rows import DatasetKind
from data.store.datasets import Access, Dataset
from geo import harms
from geo.areas.proximity import Place
from geo.calendar import months, periods
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from pages.components.cached import loads
from pages.components.cached.cache_keys import Asker, ViewKey, eyes_of

BOUND: Final = "query-params"


class Figures(StrEnum):
    """What kind of figures a person sees."""

    OPEN = "open"
    EXACT = "exact"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Selection:
    """What a person looks at: one dataset, one school where there is one, and a filter.

    ``covered`` are all periods that its counts have for this person, ``levels`` those they can be seen at. ``asking``
    is the person in this run of the page.
    """

    dataset: Dataset
    school: Place | None
    choice: Choice
    covered: tuple[str, ...]
    levels: tuple[str, ...]
    figures: Figures
    asking: Asker

    @property
    def period(self) -> str:
        """Write the chosen periods as people do."""
        return periods.say_range(self.choice.periods)

    @property
    def about(self) -> bool:
        """Whether figures are protected ones, which say "about"."""
        return self.figures is Figures.PROTECTED

    @property
    def school_urn(self) -> str | None:
        """The URN of the school, by which term dates are kept."""
        return None if self.school is None else self.school.urn

    def view_key(self, level: str, periods: Sequence[str]) -> ViewKey:
        """Return what a view of the dataset at a level is kept by, its units the same through some periods."""
        return loads.view_key(self.dataset, level, periods, self.asking)


def pick() -> Selection | None:
    """Draw the pickers in the sidebar and return what is picked; None when there is no dataset yet.

    Raises RefusedError when nothing of the picked dataset may be shown to this person.
    """
    asking = loads.asker()
    by_label = known_datasets(asking)
    if not by_label:
        return None
    with st.sidebar:
        schools_here = st.container()
        dataset = pick_dataset(by_label)
        schools = loads.schools_in(dataset.area_set_id, asking)
        with schools_here:
            school = st.selectbox("School", list(schools), key="school", bind=BOUND) if schools else None
        every = whole(dataset, asking)
        choice = Choice(_pick_periods(every.covered), _pick_harms(every.choice.harms))
    return replace(every, school=schools.get(school) if school else None, choice=choice)


def known_datasets(asking: Asker) -> dict[str, Dataset]:
    """List the datasets of incidents, newest first, by the labels that pickers and addresses know them by."""
    # Young people's marks are no incidents: they are a layer of their own.
    return _labelled([one for one in loads.all_datasets(asking) if one.kind != DatasetKind.MARKS])


def label_of(dataset: Dataset, asking: Asker) -> str:
    """Return the label that pickers and addresses know a dataset by."""
    return next((label for label, one in known_datasets(asking).items() if one.id == dataset.id), dataset.title)


def pick_dataset(by_label: dict[str, Dataset]) -> Dataset:
    """Draw the picker of a dataset and, where it has two kinds of figures, the switch between them."""
    dataset = by_label[st.selectbox("Dataset", list(by_label), key="dataset", bind=BOUND)]
    _pick_eyes(dataset)
    return dataset


def whole(dataset: Dataset, asking: Asker) -> Selection:
    """Select all that a dataset has for this person, without a school.

    Raises RefusedError when nothing of it may be shown to them.
    """
    asking = asking._replace(principal=loads.viewer())  # the switch that was just drawn decides who looks
    scope = loads.scope(dataset, eyes_of(dataset, asking))
    choice = Choice(scope.periods, scope.harms)
    return Selection(dataset, None, choice, scope.periods, scope.levels, _figures(scope), asking)


def current() -> Selection:
    """Return the selection that the sidebar holds, for the person as they ask in this run.

    A fragment runs without the sidebar, so what it last held may be older than the store's last write.
    """
    chosen: Selection = st.session_state["_selection"]
    return replace(chosen, asking=loads.asker())


def remember(selection: Selection) -> None:
    """Keep the selection for the page of this run."""
    st.session_state["_selection"] = selection


def _labelled(listed: list[Dataset]) -> dict[str, Dataset]:
    titles = [dataset.title for dataset in listed]
    return {_label(dataset, titles.count(dataset.title) == 1): dataset for dataset in listed}


def _label(dataset: Dataset, alone: bool) -> str:
    if alone:
        return dataset.title
    return f"{dataset.title}, {months.say_range(dataset.months)} (number {dataset.id})"


def _pick_eyes(dataset: Dataset) -> None:
    """Draw the switch between exact figures and those that a board would see, where there are two."""
    if dataset.access is Access.PROTECTED:
        st.toggle(
            "See it as a board would",
            key=loads.AS_BOARD,
            bind=BOUND,
            help="Shows protected figures only: what everybody but the custodians of this dataset sees, and all that "
            "can be downloaded or shared. The Guide says how they are made.",
        )


def _figures(scope: loads.Scope) -> Figures:
    if scope.exact:
        return Figures.EXACT
    return Figures.PROTECTED if scope.protected else Figures.OPEN


def _pick_periods(covered: tuple[str, ...]) -> tuple[str, ...]:
    by_label = {periods.say(period): period for period in covered}
    labels, usual = list(by_label), periods.usual(covered)
    first = st.selectbox("From", labels, index=covered.index(usual[0]), key="from", bind=BOUND)
    last = st.selectbox("To", labels, index=covered.index(usual[-1]), key="to", bind=BOUND)
    ends = sorted([by_label[first], by_label[last]])
    if by_label[first] > by_label[last]:
        st.caption(f"“From” is after “To”: the {periods.unit_of(covered)}s between them are shown.")
    return tuple(period for period in covered if ends[0] <= period <= ends[1])


def _pick_harms(present: tuple[str, ...]) -> tuple[str, ...]:
    by_label = {HARM_GROUPS[code]: code for code in present}
    usual = [HARM_GROUPS[code] for code in present if code in harms.SCHOOL_DEFAULT] or list(by_label)
    chosen = st.multiselect("Harm groups", list(by_label), default=usual, key="harm", bind=BOUND)
    return tuple(by_label[label] for label in chosen) or tuple(present)
