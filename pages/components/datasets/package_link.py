"""What is released of a dataset, to hand to analysts: a link to its counts as a data package."""

import streamlit as st

from data.services import visibility
from data.services.opening import open_store
from data.store.datasets import Dataset
from pages.components.cached import loads
from pages.components.frame import html_tables
from pages.routes.downloads import PACKAGE


def show(dataset: Dataset) -> None:
    """Show the link to a dataset's released counts, where there are any."""
    if visibility.is_released(open_store(), loads.viewer(), dataset):
        label = f"Download released counts of “{dataset.title}” (data package)"
        st.html(html_tables.download_link(label, PACKAGE, {"dataset": str(dataset.id)}))
