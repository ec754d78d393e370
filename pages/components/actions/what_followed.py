"""What the data say of an action: what followed where it was, beside everywhere else, or why that cannot be said."""

from html import escape
from typing import Final

import streamlit as st

from data.principal import as_board
from data.store.datasets import Access, Dataset
from geo.calendar import periods
from geo.errors import InputError, RefusedError, ThinDataError
from geo.harms import HARM_GROUPS, usual_harms
from geo.register.action import Action
from geo.trends.before_after import BeforeAfter
from pages.components.cached import loads, trend_results
from pages.components.cached.cache_keys import Asker, eyes_of
from pages.components.frame import chrome
from pages.components.frame.selection import known_datasets

_NOWHERE: Final = "The data cannot say: this action is at no place on the map, or at one that no dataset covers."


def show(action: Action) -> None:
    """Say what followed an action by the datasets that cover its place, by released figures only."""
    chrome.subheading("What the data say")
    asking = _as_board(loads.asker())
    said = [_said(action, title, one, asking) for title, one in known_datasets(asking).items()]
    st.html("".join(filter(None, said)) or chrome.quiet(_NOWHERE))


def _said(action: Action, title: str, dataset: Dataset, asking: Asker) -> str:
    """Say what followed by one dataset (HTML); nothing where it does not cover the place."""
    if not any(one.id == action.id for one in trend_results.what_was_done(dataset.area_set_id, asking)):
        return ""
    try:
        harms, answer = _followed(action, dataset, asking)
    except (ThinDataError, RefusedError, InputError) as thin:
        return f'<p class="lc-kicker">{escape(title)}</p>{chrome.quiet(str(thin))}'
    groups = ", ".join(HARM_GROUPS[code] for code in harms)
    use = " Protected: safe to share." if dataset.access is Access.PROTECTED else ""
    return (
        f'<p class="lc-kicker">{escape(f"{title} · {groups}")}</p>'
        f'<p class="lc-verdict">{escape(answer.sentence)}</p>{chrome.bullets(answer.more)}'
        f"{chrome.quiet(f'Source: {dataset.source}.{use}')}"
    )


def _followed(action: Action, dataset: Dataset, asking: Asker) -> tuple[tuple[str, ...], BeforeAfter]:
    scope = loads.scope(dataset, eyes_of(dataset, asking))
    harms = (action.harm,) if action.harm in scope.harms else usual_harms(scope.harms)
    key = loads.view_key(dataset, scope.levels[0], scope.periods, asking)
    unit = periods.unit_of(scope.periods)
    counts = trend_results.counts_by_period(key, unit, None, asking)
    return harms, trend_results.what_followed(counts, scope.periods[-1], harms, action.id, asking)


def _as_board(asking: Asker) -> Asker:
    """Return whoever asks with the eyes of a board, so that no exact figure is told here."""
    return asking._replace(principal=as_board(asking.principal))
