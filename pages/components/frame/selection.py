"""The shared selection: school, dataset, harm groups and months, picked in the sidebar and kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import streamlit as st

from data.principal import as_board
from data.records.rows import DatasetKind
from data.store.datasets import Access, Dataset
from geo.areas.proximity import Place
from geo.calendar import months, periods
from geo.calendar.usual_periods import usual
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS, usual_harms
from geo.views.extent import Extent, Where
from pages.components.cached import extents, loads
from pages.components.cached.cache_keys import Asker, ViewKey, eyes_of
from pages.components.cached.partner_layers import hides_from_board
from pages.components.frame import elsewhere, my_school
from pages.components.frame.where import pick_extent

BOUND: Final = "query-params"
MARGIN: Final = 500  # metres around a district that a map shows too


class Figures(StrEnum):
    """What kind of figures a person sees."""

    OPEN = "open"
    EXACT = "exact"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Selection:
    """What a person looks at: one dataset, one school where there is one, a part of the map, and a filter.

    ``extent`` is the part of the map, and ``district`` that of the school's district, where the map has others.
    ``covered`` are all periods that its counts have for this person, ``levels`` those they can be seen at. ``asking``
    is the person in this run of the page.
    """

    dataset: Dataset
    school: Place | None
    extent: Extent
    district: Extent | None
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
    def compared(self) -> Extent | None:
        """The district that figures from around the school are compared with, None for any other."""
        return self.district if self.extent.where is Where.SCHOOL else None

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
        school = my_school.pick(by_label, asking)
        where = st.container()
        dataset = pick_dataset(by_label, [my_school.covers(one, school, asking) for one in by_label.values()])
        every = whole(dataset, asking)
        place = school if my_school.covers(dataset, school, asking) else None
        with where:
            part, district = pick_extent(dataset, place, every.asking)
            extent = elsewhere.pick(dataset, part, every.asking)
        choice = Choice(_pick_periods(every.covered, dataset.gaps), _pick_harms(every.choice.harms))
    return replace(every, school=place, extent=extent, district=district, choice=choice)


def known_datasets(asking: Asker) -> dict[str, Dataset]:
    """List the datasets of incidents, newest first, by the labels that pickers and addresses know them by."""
    # Young people's marks are no incidents: they are a layer of their own.
    return _labelled([one for one in loads.all_datasets(asking) if one.kind != DatasetKind.MARKS])


def label_of(dataset: Dataset, asking: Asker) -> str:
    """Return the label that pickers and addresses know a dataset by."""
    return next((label for label, one in known_datasets(asking).items() if one.id == dataset.id), dataset.title)


def pick_dataset(by_label: dict[str, Dataset], preferred: Sequence[bool] = ()) -> Dataset:
    """Draw the picker of a dataset and, where it has two kinds of figures, the switch between them.

    It starts with the first one that is ``preferred``, or else with the first.
    """
    first = preferred.index(True) if any(preferred) else 0
    dataset = by_label[st.selectbox("Dataset", list(by_label), index=first, key="dataset", bind=BOUND)]
    pick_eyes([dataset])
    return dataset


def whole(dataset: Dataset, asking: Asker) -> Selection:
    """Select all that a dataset has for this person, without a school.

    Raises RefusedError when nothing of it may be shown to them.
    """
    return _whole(
        dataset, asking._replace(principal=loads.viewer())
    )  # the switch that was just drawn decides who looks


def shareable(dataset: Dataset, asking: Asker) -> Selection:
    """Select all of a dataset that may be shared, as a board sees it, without a school. Raises as ``whole`` does."""
    return _whole(dataset, asking._replace(principal=as_board(asking.principal)))


def _whole(dataset: Dataset, asking: Asker) -> Selection:
    scope = loads.scope(dataset, eyes_of(dataset, asking))
    choice = Choice(scope.periods, scope.harms)
    extent = extents.everywhere(dataset.area_set_id, asking.principal)
    return Selection(dataset, None, extent, None, choice, scope.periods, scope.levels, _figures(scope), asking)


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
    if dataset.access is Access.PROTECTED:  # its first and last month are for its custodians, and addresses for all
        return f"{dataset.title} (number {dataset.id})"
    return f"{dataset.title}, {months.say_range(dataset.months)} (number {dataset.id})"


def pick_eyes(listed: Sequence[Dataset]) -> None:
    """Draw the switch between what this person sees and what a board would, where any dataset or layer makes two of it.

    It stays as it was set from page to page, and is there to be turned off wherever it is on.
    """
    was_on = st.session_state.get(loads.AS_BOARD_KEPT, False)
    alike = all(one.access is Access.OPEN for one in listed)
    if not was_on and alike and not hides_from_board(loads.asker()._replace(principal=loads.who())):
        return
    if was_on and loads.AS_BOARD not in st.session_state and loads.AS_BOARD not in st.query_params:
        st.session_state[loads.AS_BOARD] = True
    st.session_state[loads.AS_BOARD_KEPT] = st.toggle(
        "See it as a board would",
        key=loads.AS_BOARD,
        bind=BOUND,
        help="Shows protected figures only: what everybody but the custodians of a dataset sees, and all that "
        "can be downloaded or shared; and of layers from partners those that a board may see. The Guide says more.",
    )


def _figures(scope: loads.Scope) -> Figures:
    if scope.exact:
        return Figures.EXACT
    return Figures.PROTECTED if scope.protected else Figures.OPEN


def _pick_periods(covered: tuple[str, ...], missing: Sequence[str]) -> tuple[str, ...]:
    by_label = {periods.say(period): period for period in covered}
    labels, shown = list(by_label), usual(covered, missing)
    first = st.selectbox("From", labels, index=covered.index(shown[0]), key="from", bind=BOUND)
    last = st.selectbox("To", labels, index=covered.index(shown[-1]), key="to", bind=BOUND)
    ends = sorted([by_label[first], by_label[last]])
    if by_label[first] > by_label[last]:
        st.caption(f"“From” is after “To”: the {periods.unit_of(covered)}s between them are shown.")
    return tuple(period for period in covered if ends[0] <= period <= ends[1])


def _pick_harms(present: tuple[str, ...]) -> tuple[str, ...]:
    by_label = {HARM_GROUPS[code]: code for code in present}
    shown = [HARM_GROUPS[code] for code in usual_harms(present)]
    chosen = st.multiselect("Harm groups", list(by_label), default=shown, key="harm", bind=BOUND)
    return tuple(by_label[label] for label in chosen) or tuple(present)
