import pytest

from geo.basemap import themes as t


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("High Street", "High Street"),
        ("  High \n\t Street ", "High Street"),
        ("High\u202e Street\u200b", "High Street"),
        ("Hi\x00gh\x07 Street", "High Street"),
        ("Lôn “A” <b>&amp;", "Lôn “A” <b>&amp;"),
        ("", None),
        ("\u200b \x00", None),
        (None, None),
        (float("nan"), None),
        (7, None),
    ],
)
def test_names_are_cleaned_of_what_cannot_be_seen(text, name):
    assert t.clean_name(text) == name


def test_endless_names_are_cut():
    cut = t.clean_name("endless " * 100_000)
    assert len(cut) <= t.MAX_NAME
    assert cut.endswith("…")
    assert t.clean_name("x" * t.MAX_NAME) == "x" * t.MAX_NAME


def test_every_feature_is_drawn_at_the_last_zoom_at_the_latest():
    for theme in t.THEMES:
        assert t.MIN_ZOOM <= t.first_zoom(theme, "anything", 99) <= t.MAX_ZOOM
        assert t.first_named_zoom(theme, "anything") <= t.MAX_ZOOM
