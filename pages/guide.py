"""Guide: the pages, the data, the register, what was detected, what to do next, and how counts are kept safe."""

from pathlib import Path
from typing import Final

import streamlit as st

from pages.components.frame import chrome
from pages.components.frame.selection import BOUND
from pages.components.guide import hit_rate_view
from pages.routes.assets import asset_url

FOLDER: Final = Path(__file__).parent.parent / "docs" / "guide"
READING: Final = "Reading the pages"
SETTING_UP: Final = "Setting up"
KNOWN: Final = "Known hotspots"
BRINGING: Final = "Bringing your own incidents"
REGISTER: Final = "Files of known hotspots"
DETECTED: Final = "What was detected"
SUPPORTED: Final = "Supported or quiet"
TRENDS: Final = "Trends and the clock"
ACTING: Final = "Acting on what you see"
PAPERS: Final = "Papers"
WAY_HOME: Final = "The way home"
PREDICTING: Final = "Does the map predict?"
PARTNERS: Final = "Layers from partners"
PROTECTION: Final = "How counts are protected"
MARKS: Final = "Young people’s map"
DUTIES: Final = "Duties and documents"
PARTS: Final = {
    READING: ("How to read these pages, and what they cannot tell you.", "reading-the-pages.md"),
    SETTING_UP: ("How a place is set up in an hour, and kept up in ten minutes a month.", "setting-up.md"),
    BRINGING: ("What to export from your school’s system, and what of it is kept.", "bringing-your-own-incidents.md"),
    KNOWN: ("How the register is kept, what it asks for, and what data say of it.", "known-hotspots.md"),
    REGISTER: ("How the register comes in from a file and goes out again.", "register-files.md"),
    DETECTED: ("What hot spots, changes and clusters mean, and how sure they are.", "what-was-detected.md"),
    SUPPORTED: ("What data say of the known hotspots, and how often that is wrong.", "supported-or-quiet.md"),
    TRENDS: ("What is a change and what is noise, whether it helped, and when it happens.", "trends-and-the-clock.md"),
    ACTING: ("Where each duty of a school is done here, and what to do next.", "acting-on-what-you-see.md"),
    PAPERS: ("What papers hold, what stays of them, and how they are made on a schedule.", "papers.md"),
    WAY_HOME: ("How stretches of the way home are found, and what nobody can know of them.", "way-home.md"),
    PREDICTING: ("How well a map of the past tells where incidents come next.", "does-the-map-predict.md"),
    PARTNERS: ("Areas that a partnership hands over: who sees them, and how long.", "partner-layers.md"),
    MARKS: ("How a session is held in which young people mark safe and unsafe places.", "young-peoples-map.md"),
    DUTIES: ("Documents for your data protection officer, and where each duty is met.", "duties-and-documents.md"),
    PROTECTION: ("Why figures say “about”, and what that keeps safe.", "how-counts-are-protected.md"),
}
STEPS: Final = (
    "Four steps. 1: incidents come in, and only their custodians see exact counts. 2: small areas are joined to zones "
    "and months to half-terms; three zones hold 13, 12 and 24 incidents. 3: each count goes up or down to a multiple "
    "of five, once and for good: 15, 10 and 25. 4: every page that others see and every download adds up these fives: "
    "about 50."
)

top = st.container()
part = st.segmented_control("Part", list(PARTS), default=READING, key="part", required=True, bind=BOUND)
sentence, file = PARTS[part]
with top:
    chrome.headline("Guide", sentence)
if part == PROTECTION:
    st.html(f'<img src="{asset_url("protection.svg")}" alt="{STEPS}" style="width:100%;max-width:28rem">')
st.markdown((FOLDER / file).read_text(encoding="utf-8"))
if part == PREDICTING:
    hit_rate_view.show()
