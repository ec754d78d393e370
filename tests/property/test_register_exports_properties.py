"""The law of register files: what is exported is the same register when it is read again, in every format."""

from dataclasses import fields, replace
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data.formats.sources import from_upload
from data.records.hotspot_register import read_hotspots
from data.services.register_exports import FORMATS, worded, written
from data.store.hotspot_rows import COLUMNS, values_of
from data.store.hotspots import _said
from geo.areas.area_set import DEGREES
from geo.register.fields import FIELDS, SHAPE
from geo.register.hotspot import Hotspot

LON, LAT = st.floats(-5.5, 1.7, allow_subnormal=False), st.floats(50.0, 55.7, allow_subnormal=False)
POINTS = st.tuples(LON, LAT).map(shapely.Point)
LINES = st.lists(st.tuples(LON, LAT), min_size=2, max_size=4, unique=True).map(shapely.LineString)
AREAS = st.tuples(POINTS, st.floats(0.0001, 0.01)).map(lambda one: one[0].buffer(one[1], quad_segs=2))
# No apostrophe: one that stands before a sign of formulas is taken for the mark that an export puts there.
TEXTS = st.text(st.sampled_from('abcÄé ,;"=+-@|0.’/'), min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
EXACT = 1e-12  # degrees: text keeps all but the last of a number's seventeen digits
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1)).map(date.isoformat)


def value_of(column: str) -> st.SearchStrategy[object]:
    """Return any value of a field of the register."""
    (field,) = (one for one in FIELDS if one.column == column)
    if field.several:
        return st.lists(st.sampled_from(sorted(field.words)), unique=True, max_size=3).map(tuple)
    if field.words:
        return st.sampled_from(sorted(field.words))
    if field.is_day:
        return DAYS
    return TEXTS.filter(bool) if field.is_text else st.integers(0, 9_999)


@st.composite
def entries(draw: st.DrawFn) -> Hotspot:
    given_ = {}
    for field in FIELDS:
        if field.column != SHAPE:
            values = value_of(field.column)
            needed = field.attribute in ("name", "place_type", "harm", "status")
            given_[field.attribute] = draw(values if needed or field.several else st.none() | values)
    shape = draw(AREAS if given_["place_type"] == "residential address" else POINTS | LINES | AREAS)
    return Hotspot(reference=draw(st.integers(0, 10**6).map("=R{}".format)), shape=shape, **given_)


def as_frame(register: list[Hotspot]) -> gpd.GeoDataFrame:
    rows = [{"reference": one.reference, **values_of(one)} for one in register]
    frame = pd.DataFrame(rows, columns=["reference", *COLUMNS]).drop(columns=SHAPE).astype({"reports": "Int64"})
    return gpd.GeoDataFrame(frame, geometry=[one.shape for one in register], crs=DEGREES)


@pytest.mark.parametrize("form", FORMATS)
@given(register=st.lists(entries(), min_size=1, max_size=4, unique_by=lambda one: one.reference))
@settings(max_examples=12)
def test_what_is_exported_is_the_same_register_when_it_is_read_again(form: str, register: list[Hotspot]) -> None:
    read = read_hotspots(from_upload(f"register.{form}", written(worded(as_frame(register)), form)))
    said, expected = _said(read), {one.reference: values_of(one) for one in register}
    shapes = [(shapely.from_wkb(said[name].pop(SHAPE)), shapely.from_wkb(expected[name].pop(SHAPE))) for name in said]
    assert said == expected
    assert all(now.equals_exact(was, EXACT) for now, was in shapes)


def test_every_field_of_an_entry_is_exported() -> None:
    kept = {one.attribute for one in FIELDS} | {"reference", "revision"}
    assert {one.name for one in fields(Hotspot)} == kept
    whole = replace(Hotspot("R", "Steps", "other", "asb", "active", shapely.Point(0, 51)), reports=3)
    assert list(worded(as_frame([whole])).columns) == ["reference", *(n for n in COLUMNS if n != SHAPE), "geometry"]
