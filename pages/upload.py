"""Upload: bring a file in safely; see what would be kept, what would not and why; then import."""

import streamlit as st

from pages.components import chrome, upload_steps

if not upload_steps.areas_are_loaded():
    chrome.nothing_yet()
    st.stop()
chrome.headline("Upload", "Bring a dataset in: nothing is kept until you have seen what it holds.")

done = upload_steps.finished()
if done is not None:
    upload_steps.show_done(done)
    st.stop()

asked = upload_steps.choose()
if asked is not None:
    prepared = upload_steps.check(asked)
    if prepared is not None:
        upload_steps.show_checked(prepared)
        upload_steps.offer_import(prepared)
