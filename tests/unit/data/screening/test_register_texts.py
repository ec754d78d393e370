"""Texts about places pass as people write them; what tells who a person is does not, and is never repeated."""

import pandas as pd
import pytest
from shapely import Point

from data.screening.register_texts import LONGEST, require_clean_entry, require_clean_register
from geo.errors import InputError
from geo.register.hotspot import Hotspot


def screen(text: str) -> None:
    require_clean_entry(Hotspot("R1", "Steps", "other", "asb", "active", Point(0, 51), unsafe_because=text))


@pytest.mark.parametrize(
    "text",
    [
        "Two boys were robbed at knifepoint by the underpass in March",
        "Dark alley behind Tesco with no CCTV; lamp 14 is out",
        "Older men in cars wait by the gate and offer lifts home",
        "Pupils feel watched between King Street and the tram stop; the shutters are down by five",
        "St Mary's churchyard wall is low here",
        "The lights were mended on 3 March 2026 and fewer reports came since",
        "Year 9 pupils gather here at lunch; the bus 52 stops until 18:30",
        "Victoria Park rangers and PCSO patrols on Fridays",
    ],
)
def test_a_note_about_a_place_is_kept(text: str) -> None:
    screen(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12 Mill Lane is where they go", "house numbers"),
        ("S60 2UH is the house", "full postcodes"),
        ("Kyle's mum lives here", "relatives"),
        ("JS Y9 seen here", "initials"),
        ("Driver of AB12 CDE", "vehicle marks"),
        ("@snapuser99 sells here", "names of accounts"),
        ("Daniel Okafor of 9B", "names of people"),
        ("lamps " * (LONGEST // 4), "at most 300 characters"),
    ],
)
def test_a_note_that_tells_of_a_person_is_refused_by_its_kind_in_a_file_too(text: str, kind: str) -> None:
    listed = pd.DataFrame({"reference": ["R1"], "name": ["Steps"], "unsafe_because": [text]})
    for act in (lambda: screen(text), lambda: require_clean_register(listed)):
        with pytest.raises(InputError, match=kind) as refused:
            act()
        assert text.split()[0] not in str(refused.value)
