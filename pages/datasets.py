"""Datasets: what is here, where it came from, what was placed and what was not."""

import streamlit as st

from pages.components import cached, chrome, dataset_card

listed = cached.all_datasets(cached.asker())
if listed:
    chrome.headline("Datasets", dataset_card.sentence(listed))
    for dataset in listed:
        st.html(dataset_card.card(dataset))
else:
    chrome.nothing_yet()
