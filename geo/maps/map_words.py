"""Words of maps: what measures and levels are called, and what their figures are."""

from typing import Final

from geo.areas.area_set import LEVELS
from geo.maps.measure import Measure
from geo.release.zoning import ZONE

MEASURE_WORDS: Final = {
    Measure.COUNT: "Count",
    Measure.RATE: "Rate",
    Measure.SMOOTHED: "Smoothed rate",
    Measure.CHANGE: "Change",
    Measure.HOT: "Hot spots",
    Measure.PATTERN: "Emerging",
}
LEVEL_WORDS: Final = {ZONE: "Zone", **LEVELS}
UNITS: Final = {
    Measure.COUNT: "incidents",
    Measure.RATE: "incidents per 1,000 residents",
    Measure.SMOOTHED: "incidents per 1,000 residents, smoothed",
    Measure.CHANGE: "from a year before",
    Measure.HOT: "",
    Measure.PATTERN: "",
}
DECIMALS: Final = {Measure.COUNT: 0, Measure.RATE: 1, Measure.SMOOTHED: 1}
TOO_FEW: Final = "Too few to say"
