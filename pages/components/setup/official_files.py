"""What each row of the checklist needs: why it matters, which official file it is, and where its publisher keeps it.

The places are written as words and not as links: no page leads to another site, and the list can be read aloud.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data.services.setup_checklist import ChecklistRow as Row

_OGL: Final = "Open Government Licence v3.0"
_ONS: Final = "Office for National Statistics (ONS)"


@dataclass(frozen=True)
class OfficialFile:
    """A file to bring in: its name as its publisher writes it, who that is, where it is kept, and its licence."""

    name: str
    publisher: str
    where: str
    licence: str
    example: str | None = None


@dataclass(frozen=True)
class RowWords:
    """The words of one row: why it matters, what is lost without it, and the files, the usual one first."""

    why: str
    without: str
    files: tuple[OfficialFile, ...]


WORDS: Final[Mapping[Row, RowWords]] = {
    Row.AREAS: RowWords(
        "Incidents are counted in small areas of some 1,500 people, so that no map shows where one person lives.",
        "Without areas there is nothing to count in, so no other page works.",
        (
            OfficialFile(
                "Lower layer Super Output Areas (December 2021) Boundaries EW BGC, as GeoJSON",
                _ONS,
                "geoportal.statistics.gov.uk → Boundaries → Census Boundaries → Lower Super Output Areas → 2021 → "
                "Generalised (BGC) → Download → GeoJSON",
                _OGL,
                "areas",
            ),
        ),
    ),
    Row.LARGER_AREAS: RowWords(
        "Wards give areas names that people know, and maps can be shown by ward, MSOA or district.",
        "Without them areas are called “Rotherham 017B”, and there is no district to compare with.",
        (
            OfficialFile(
                "LSOA (2021) to Ward to LAD (2024) Best Fit Lookup in EW, as CSV",
                _ONS,
                "geoportal.statistics.gov.uk → Lookups → search for “LSOA 2021 to ward” → Download → CSV",
                _OGL,
                "larger-areas",
            ),
            OfficialFile(
                "Wards, Middle layer Super Output Areas or Local Authority Districts: Boundaries BGC, as GeoJSON",
                _ONS,
                "geoportal.statistics.gov.uk → Boundaries → Administrative Boundaries, or Census Boundaries",
                _OGL,
            ),
        ),
    ),
    Row.RESIDENTS: RowWords(
        "A rate per 1,000 residents compares a village with a town centre.",
        "Without residents maps show counts only.",
        (
            OfficialFile(
                "sapelsoasyoa20222024.xlsx (Lower layer Super Output Area population estimates)",
                _ONS,
                "ons.gov.uk → People, population and community → Population → Population estimates → Datasets → "
                "“Lower layer Super Output Area population estimates (supporting information)”",
                _OGL,
                "residents",
            ),
        ),
    ),
    Row.DEPRIVATION: RowWords(
        "Areas are compared with others as poor or as well off as they are, and not with the whole town.",
        "Without deprivation nothing can be compared with similar areas.",
        (
            OfficialFile(
                "File 7: all ranks, scores, deciles and population denominators, English indices of deprivation 2025",
                "Ministry of Housing, Communities and Local Government",
                "gov.uk → search for “English indices of deprivation 2025” → File 7 → CSV",
                _OGL,
                "deprivation",
            ),
        ),
    ),
    Row.SCHOOLS: RowWords(
        "Every school sees what is around it: it is found by its name, town, postcode or URN.",
        "Without schools Local context cannot open, and no page can look around a school.",
        (
            OfficialFile(
                "edubasealldataYYYYMMDD.csv (all establishments; the day is in its name)",
                "Department for Education, Get Information about Schools (GIAS)",
                "get-information-schools.service.gov.uk → Downloads → Establishment fields CSV",
                _OGL,
                "schools",
            ),
        ),
    ),
    Row.BASE_MAP: RowWords(
        "Streets, parks, stops and postcodes lie beneath the maps, and distances can be walked and not only measured.",
        "Without a base map the maps show areas on white, and distances are in a straight line.",
        (
            OfficialFile(
                "The extract of your county from OpenStreetMap, as .osm.pbf",
                "OpenStreetMap contributors, packed by Geofabrik",
                "download.geofabrik.de → Europe → United Kingdom → England → your county → .osm.pbf",
                "Open Database Licence (ODbL); “© OpenStreetMap contributors” then stands on every map",
                "street-map",
            ),
            OfficialFile(
                "Stops.csv (NaPTAN): bus stops and stations",
                "Department for Transport",
                "beta-naptan.dft.gov.uk → Download → your area → CSV",
                _OGL,
                "stops",
            ),
            OfficialFile(
                "National Statistics Postcode Lookup (NSPL) or Code-Point Open, as .zip or .csv",
                f"{_ONS}, or Ordnance Survey",
                "geoportal.statistics.gov.uk → Postcodes → NSPL, or osdatahub.os.uk → OpenData → Code-Point Open",
                _OGL,
                "postcodes",
            ),
        ),
    ),
    Row.POLICE: RowWords(
        "Months of recorded incidents by street, the quickest way to see what happens around a school.",
        "Without incidents of the police or of your own there is nothing to show.",
        (
            OfficialFile(
                "YYYY-MM-<force>-street.csv, or the .zip of several months that holds them",
                "data.police.uk, Home Office",
                "data.police.uk → Data → Custom download → months and force → “Include crime data” → Generate file",
                _OGL,
                "police",
            ),
        ),
    ),
    Row.TERM_DATES: RowWords(
        "Counts by half-term are per school day, and the clock tells term from holidays.",
        "Without term dates there are months only, and term cannot be told from holidays.",
        (
            OfficialFile(
                "School term and holiday dates, as .ics or CSV (label, first day, last day)",
                "Your council, or your own school",
                "your council’s site → Schools → Term dates → Add to calendar (.ics); or fill in the example",
                "Your council’s own",
                "term-dates",
            ),
        ),
    ),
    Row.HOTSPOTS: RowWords(
        "Places that professionals know already stand beside what was detected, with what is being done there.",
        "Without known hotspots nobody sees what is due for review, or whether an action helped.",
        (
            OfficialFile(
                "Your register of places, as CSV, Excel or GeoJSON: fill in the example",
                "Your own organisation or partnership",
                "the list that your safeguarding partnership keeps; places only, never names of people",
                "Your own",
                "hotspots",
            ),
            OfficialFile(
                "What was done at these places, and what is planned: fill in the example",
                "Your own organisation or partnership",
                "minutes of your meetings, one line for each action",
                "Your own",
                "actions",
            ),
        ),
    ),
    Row.CONTACTS: RowWords(
        "Under every finding and hotspot stands who to tell about it: services and teams, with their numbers.",
        "Without contacts only 999 and your school’s own procedure stand there.",
        (
            OfficialFile(
                "Your list of services: fill in the example, whose rows and numbers are invented",
                "Your own organisation or partnership",
                "your safeguarding partnership’s site and the card by the phone; teams only, never names of people",
                "Your own",
                "contacts",
            ),
        ),
    ),
    Row.TEACHING: RowWords(
        "Under every finding stands what to teach each year group, and what staff should know.",
        "Without a list of your own the one that came with the program is used.",
        (
            OfficialFile(
                "The list as CSV: download it on What we did and owe, edit it, and drop it here",
                "Your own organisation or partnership",
                "What we did and owe → What to teach (CSV)",
                "Your own",
            ),
        ),
    ),
    Row.OWN: RowWords(
        "What pupils meet and tell is in no police file: only your own log knows it.",
        "Without your own incidents only what the police recorded is seen.",
        (
            OfficialFile(
                "An export of CPOMS, MyConcern, Arbor, Bromcom, Class Charts, SIMS or another, as CSV or Excel",
                "Your own school",
                "reports of your system → by date, category and place → without names of pupils",
                "Your own: exact figures stay with you",
                "incidents",
            ),
            OfficialFile(
                "Safety marks that young people set on a map: fill in the example",
                "Your own school",
                "an assembly or a lesson; no names",
                "Your own: exact figures stay with you",
                "marks",
            ),
        ),
    ),
}
