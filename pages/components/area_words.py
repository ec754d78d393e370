"""The words of the Area map's pickers, which addresses hold too."""

from typing import Final

from geo.areas import LEVELS
from geo.measuring import Measure
from geo.release.zoning import ZONE

MEASURE_WORDS: Final = {
    Measure.COUNT: "Count",
    Measure.RATE: "Rate",
    Measure.SMOOTHED: "Smoothed rate",
    Measure.CHANGE: "Change",
    Measure.HOT: "Hot spots",
    Measure.PATTERN: "Emerging",
}
# What the map looks at.
ALL: Final = "All areas"
SCHOOL: Final = "The school"
AREA: Final = "The chosen area"

LEVEL_WORDS: Final = {ZONE: "Zone", **LEVELS}
