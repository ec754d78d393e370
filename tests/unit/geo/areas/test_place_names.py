"""Names of places in police files: the street they name, and that only whole names of a kind record for elsewhere."""

import pytest

from geo.areas.place_names import elsewhere, street


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On or near Moorgate Avenue", "Moorgate Avenue"),
        ("on or near  St. Edwin Reach ", "St. Edwin Reach"),
        ("On or near ", ""),
        ("On or near", ""),
        ("", ""),
        ("Nearby Way", "Nearby Way"),
    ],
)
def test_a_street_is_what_stands_after_on_or_near(text, name):
    assert street(text) == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On or near Hospital", "a hospital"),
        ("ON OR NEAR HOSPITAL", "a hospital"),
        ("Hospital", "a hospital"),
        ("On or near Police Station", "a police station"),
        ("On or near Prison", "a prison"),
        ("On or near Court", "a court"),
        ("On or near Magistrates' Court", "a court"),
        ("On or near Magistrates’ Court", "a court"),
        ("On or near Custody Suite", "a custody suite"),
    ],
)
def test_places_that_record_for_elsewhere_are_known_by_their_whole_name(text, kind):
    assert elsewhere(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        *("On or near Prison Lane", "On or near Hospital Road", "On or near Court Lane", "On or near Kings Court"),
        *("On or near Oakwood Court", "On or near Crown Court", "On or near Police Station Road"),
        *("On or near Bus/Coach Station", "On or near Old Hospital Mews", "On or near Courtyard", "On or near ", ""),
        *("No Location", "On or near Supermarket", "On or near Infirmary Road", "On or near Harcourt Road"),
    ],
)
def test_streets_named_after_such_places_are_streets(text):
    assert elsewhere(text) is None
