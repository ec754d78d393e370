"""Upload: bring a file in safely; see what would be saved, what would not and why; then import."""

import streamlit as st

from data.sandbox import warm_up
from pages.components.cached import loads
from pages.components.frame import chrome
from pages.components.upload import handed_over, known_files, upload_choice, upload_steps

warm_up()
done = upload_steps.finished()
if loads.is_board():
    chrome.headline("Upload", "A board brings nothing in.", chrome.notice(chrome.NOTHING_TO_CHANGE))
elif done is not None:
    handed_over.let_go()
    chrome.headline("Upload", "The data is in.")
    upload_steps.show_done(done)
else:
    ready = upload_steps.areas_are_loaded()
    chrome.headline("Upload", upload_steps.BEGIN if ready else upload_steps.BEGIN_WITH_AREAS)
    if not ready:
        with st.container(horizontal=True, vertical_alignment="center"):
            chrome.lead_to_set_up()
            chrome.offer_demo()
    upload = upload_choice.choose(upload_choice.KINDS if ready else [upload_choice.AREAS], upload_steps.forget)
    if upload is not None:
        known_files.show(upload)
    checked = upload_steps.check(upload) if upload is not None else None
    if upload is not None and checked is not None:
        upload_steps.show_and_offer(upload, checked)
