"""Datasets: what is here, where it came from, what was placed and what was not."""

import streamlit as st

from pages.components import cached, chrome, dataset_card

listed = cached.all_datasets(cached.asker())
chrome.headline("Datasets", dataset_card.sentence(listed))
for dataset in listed:
    st.html(dataset_card.card(dataset))
if not listed:
    st.page_link("upload.py", label="Upload a dataset")
