"""The names of columns, in one place.

Every frame and table that passes between rooms uses these names, so that a rename is one line here.
"""

from typing import Final

# One incident, as readers hand it on.
MONTH: Final = "month"  # "2021-09", the calendar month of the incident
CATEGORY: Final = "category"  # the dataset's own word for what happened
LON: Final = "lon"  # degrees east, EPSG:4326; null when the row has no location
LAT: Final = "lat"  # degrees north, EPSG:4326; null when the row has no location
STATED: Final = "stated_area"  # area code written in the row, null when blank
PLACE: Final = "place"  # what a police file says it was near, "On or near High Street"; only in open police datasets
FORCE: Final = "force"  # police force whose file a row came in, "south-yorkshire"; null where nothing says it
EDITION: Final = "edition"  # newest month of the police files that a row came in with; "" where that is not known
START: Final = "start"  # local time the incident happened, or began; only where the dataset has days
END: Final = "end"  # local time it ended; null when the dataset gives one moment only
# Which of the schools that bring rows together this one comes from, as an opaque number; only in pooled datasets.
CONTRIBUTOR: Final = "contributor"

# Areas.
AREA: Final = "area"  # area code, unique within an area set
NAME: Final = "name"  # the name people use
GEOMETRY: Final = "geometry"
RESIDENTS: Final = "residents"  # people who live in the area
DEPRIVATION: Final = "deprivation"  # national rank, score or decile, as the file gives it

# Counts.
PERIOD: Final = "period"  # a month, or a half-term of a protected release
HARM: Final = "harm"  # code of a harm group, see geo.harms
COUNT: Final = "n"  # incidents

# Schools.
URN: Final = "urn"
PHASE: Final = "phase"
TOWN: Final = "town"
POSTCODE: Final = "postcode"  # "S60 2UH"
AUTHORITY: Final = "authority"  # name of the local authority

# Term dates.
LABEL: Final = "label"
FIRST_DAY: Final = "first_day"
LAST_DAY: Final = "last_day"
KIND: Final = "kind"

# Known hotspots.
REFERENCE: Final = "reference"
PLACE_TYPE: Final = "type"
STATUS: Final = "status"

# Actions at known hotspots.
WHAT: Final = "what"
DUE_ON: Final = "due_on"
DONE_ON: Final = "done_on"


def parent_code(level: str) -> str:
    """Name of the column that holds an area's parent code at ``level``, for example ``msoa_code``."""
    return f"{level}_code"


def parent_name(level: str) -> str:
    """Name of the column that holds an area's parent name at ``level``, for example ``msoa_name``."""
    return f"{level}_name"
