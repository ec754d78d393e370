"""Datasets: what is here, where it came from, what was placed; versions, removal, and how long data is kept."""

import streamlit as st

from pages.components.cached import loads
from pages.components.cached.cache_keys import eyes_of
from pages.components.cached.completeness import completeness
from pages.components.datasets import (
    base_maps_view,
    dataset_card,
    duties_view,
    grouping_view,
    news_view,
    package_link,
    place_view,
    release_view,
    retention_view,
    versions_view,
)
from pages.components.frame import chrome, exact_views
from pages.components.partners import layers_view

asking = loads.asker()
listed = loads.all_datasets(asking)
exact = loads.exact_datasets(asking)
said = st.session_state.pop(versions_view.SAID, None)
if listed:
    chrome.headline("Datasets", dataset_card.sentence(listed))
if loads.is_board():
    chrome.together(chrome.notice(chrome.NOTHING_TO_CHANGE))
if said is not None:
    st.success(chrome.plain(said))
news_view.show()
if listed:
    for dataset in listed:
        sizes = loads.category_sizes(dataset, eyes_of(dataset, asking))
        rows = completeness(dataset, asking)
        st.html(dataset_card.card(dataset, sizes, exact=dataset.id in exact, completeness=rows))
        package_link.show(dataset)
        exact_views.note(dataset)
        grouping_view.show(dataset)
        release_view.show(dataset)
        versions_view.show(dataset)
else:
    chrome.nothing_yet()
place_view.show()
base_maps_view.show()
layers_view.show()
if listed and not loads.is_board():
    retention_view.show()
duties_view.show()
