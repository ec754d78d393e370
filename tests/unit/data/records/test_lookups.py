"""Facts are joined to areas by code; what is missing stays missing, and what is ambiguous is refused."""

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from data.formats.sources import Source, from_paths
from data.records.boundaries import read_boundaries
from data.records.lookups import join_lookup, read_deprivation, read_residents
from geo import columns as c
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal, upload

AREAS = pd.DataFrame({c.AREA: ["E01", "E02", "E03"], c.NAME: ["Ash", "Elm", "Oak"]}, index=[10, 20, 30])


def residents(text: str, column: str | None = None) -> tuple[pd.Series, list[str]]:
    return read_residents(AREAS, upload(text), column)


def test_the_join_is_by_the_column_that_holds_most_area_codes() -> None:
    text = "old,new,msoa,district\nE03,E01,M1,D\nE09,E02,M2,D\nE08,E03,M3,D\n"
    joined = join_lookup(AREAS, upload(text), ["msoa"])
    assert joined.index.tolist() == [10, 20, 30]
    assert joined.columns.tolist() == [c.AREA, c.NAME, "msoa"]
    assert joined["msoa"].tolist() == ["M1", "M2", "M3"]


def test_the_columns_that_a_file_has_are_joined_and_the_others_left_to_other_files() -> None:
    joined = join_lookup(AREAS, upload("code,msoa\nE01,M1\nE02,M2\nE03,M3\n"), ["msoa", "ward"])
    assert joined.columns.tolist() == [c.AREA, c.NAME, "msoa"]
    assert join_lookup(AREAS, upload("code,msoa\nE01,M1\n"), []).equals(AREAS)


def test_a_column_that_areas_have_already_is_replaced() -> None:
    joined = join_lookup(AREAS.assign(msoa="old"), upload("code,msoa\nE01,M1\nE02,M2\nE03,M3\n"), ["msoa"])
    assert joined["msoa"].tolist() == ["M1", "M2", "M3"]


def test_areas_that_the_file_lacks_stay_missing() -> None:
    joined = join_lookup(AREAS, upload("code,msoa\nE01,M1\nE03,\n"), ["msoa"])
    assert joined["msoa"].isna().tolist() == [False, True, True]


def test_rows_of_one_area_that_agree_are_one() -> None:
    joined = join_lookup(AREAS, upload("code,new,msoa\nE01,N1,M1\nE01,N2,M1\nE02,N3,M2\nE03,N4,M3\n"), ["msoa"])
    assert joined["msoa"].tolist() == ["M1", "M2", "M3"]


def test_rows_of_one_area_that_differ_are_refused() -> None:
    text = f"code,msoa\nE01,{CELL}\nE02,M2\nE01,M9\nE09,M1\nE09,M2\n"
    message = refusal(lambda: join_lookup(AREAS, upload(text), ["msoa"]))
    assert "each area must have one “msoa”, but an area that came before has another in row 4" in message


def test_a_file_without_the_wanted_columns_or_these_areas_is_refused() -> None:
    other = upload(f"code,msoa\n{CELL},M1\n")
    assert "must have a column “ward” or “lad”" in refusal(lambda: join_lookup(AREAS, other, ["ward", "lad"]))
    assert "none of “code” and “msoa” does" in refusal(lambda: join_lookup(AREAS, other, ["msoa"]))


@pytest.mark.parametrize("name", ["total_population", "Population", "RESIDENTS", "Mid-2022: Population"])
def test_residents_are_found_by_the_name_of_their_column(name: str) -> None:
    found, notes = residents(f"code,{name}\nE03,30\nE01,1000\nE02,20.0\n")
    assert found.name == c.RESIDENTS
    assert found.dtype == np.float64
    assert found.to_dict() == {10: 1000.0, 20: 20.0, 30: 30.0}
    assert notes == [f"“log.csv” gives residents in its column “{name}”, joined by its column “code”."]


def test_the_latest_mid_year_estimate_is_taken() -> None:
    head = "code,Mid-2012: Population,Mid-2022: Population,Mid-2022: People per Sq Km,Mid-2013: Population"
    found, _ = residents(f"{head}\nE01,1,2,3,4\nE02,1,2,3,4\nE03,1,2,3,4\n")
    assert found.tolist() == [2.0, 2.0, 2.0]


def test_a_named_column_wins_and_thousands_may_be_set_off() -> None:
    found, _ = residents('code,population,children\nE01,1,"1,234"\nE02,2,5\nE03,3,0\n', "children")
    assert found.tolist() == [1234.0, 5.0, 0.0]


def test_areas_without_a_figure_stay_missing_and_are_counted() -> None:
    found, notes = residents("code,population\nE01,7\nE02,\n")
    assert found.isna().tolist() == [False, True, True]
    assert notes[1] == "2 of 3 areas have no residents in “log.csv”."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("IMD_decile,IMD_rank,IMD_score", "IMD_score"),
        ("IMD_decile,IMD_rank,Income_score", "IMD_rank"),
        ("Income_rank,IMD_decile,Deprivation", "IMD_decile"),
        ("Income_rank,Other,Deprivation", "Deprivation"),
        ("a,Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),b",
         "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"),
    ],
)  # fmt: skip
def test_deprivation_is_the_score_else_the_rank_else_the_decile(head: str, expected: str) -> None:
    found, notes = read_deprivation(AREAS, upload(f"code,{head}\nE01,1,2,3\nE02,1,2,3\nE03,1,2,3\n"))
    assert found.name == c.DEPRIVATION
    assert found.unique().tolist() == [head.split(",").index(expected) + 1.0]
    assert f"in its column “{expected}”" in notes[0]


@pytest.mark.parametrize(("cell", "fault"), [(CELL, "something else"), ("-4321", "they are negative")])
def test_figures_that_are_no_numbers_or_negative_are_refused(cell: str, fault: str) -> None:
    message = refusal(lambda: residents(f"code,population\nE01,7\nE02,8\nE03,{cell}\n"))
    assert "column “population”" in message
    assert fault in message
    assert "row 4" in message
    assert cell not in message


def test_a_file_without_a_telling_column_is_refused() -> None:
    message = refusal(lambda: residents(f"code,people\nE01,{CELL}\n"))
    assert "it has “code” and “people”; name the column" in message


@pytest.mark.acceptance
def test_real_lookups_populations_and_deprivation_join_every_area(real_data: Path) -> None:
    place = real_data / "south_yorkshire"

    def source(path: str) -> Source:
        return from_paths([place / path])[0]

    areas, _ = read_boundaries(source("boundaries/lsoa11.geojson"), code="LSOA11CD", name="LSOA11NM")
    joined = join_lookup(areas, source("lookups/lsoa11_msoa11.csv"), ["msoa11_code", "msoa11_name"])
    assert joined["msoa11_code"].nunique() == 172
    assert join_lookup(areas, source("lookups/lsoa11_lsoa21_lad22.csv"), ["ltla22_code"])["ltla22_code"].nunique() == 4
    split = source("lookups/lsoa11_lsoa21_lad22.csv")
    assert "“lsoa21_code”" in refusal(lambda: join_lookup(areas, split, ["lsoa21_code"]), split.name)
    people, notes = read_residents(areas, source("population/lsoa11_mid2020.csv"))
    assert (people.isna().sum(), len(notes)) == (0, 1)
    rank, _ = read_deprivation(areas, source("imd/imd2019_lsoa11.csv"))
    assert rank.between(1, 32_844).all()


LOOKUP = (
    "\ufeffLSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId\n"
    "E01,Ash,E01,Ash,U,E08,Town,,1\nE91,Elm,E02,Elm,M,E08,Town,,2\nE92,Elm,E02,Elm,M,E08,Town,,3\n"
    "E93,Oak,E03,Oak,S,E08,Town,,4\nE93,Oak,E04,Yew,S,E08,Town,,5\n"
)


def test_residents_of_another_edition_are_bridged_and_counted() -> None:
    older = "lsoa11_code,total_population\nE01,100\nE91,10\nE92,20\nE93,40\n"
    found, notes = read_residents(AREAS, upload(older, "old.csv"), lookup=upload(LOOKUP, "lookup.csv"))
    assert found.tolist() == [100, 30, 20]
    assert notes[1] == (
        "2 areas are of another edition than these figures, bridged by “lookup.csv” (merged from several, with the "
        "residents of all: 1; part of one that was split, with an equal share of its residents: 1)."
    )
    without, notes = read_residents(AREAS, upload(older))
    assert without.isna().tolist() == [False, True, True]
    assert notes[1:] == ["2 of 3 areas have no residents in “log.csv”."]


def test_figures_that_the_file_has_need_no_bridge() -> None:
    found, notes = read_residents(AREAS, upload("code,residents\nE01,1\nE02,2\nE03,3\n"), lookup=upload(LOOKUP))
    assert (found.tolist(), len(notes)) == ([1, 2, 3], 1)


def test_deprivation_of_another_edition_is_inherited_or_a_mean_by_residents() -> None:
    text = (
        "LSOA code (2011),Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
        "Index of Multiple Deprivation (IMD) Score,Total population: mid 2015 (excluding prisoners)\n"
        "E01,1,50.5,900\nE91,2,40,100\nE92,3,10,300\nE93,4,7.25,1000\n"
    )
    found, notes = read_deprivation(AREAS, upload(text), lookup=upload(LOOKUP))
    assert found.tolist() == [50.5, 17.5, 7.25]
    assert "“Index of Multiple Deprivation (IMD) Score”" in notes[0]
    assert "with their mean, weighted by residents: 1; part of one that was split, with its figure: 1)" in notes[1]


def test_a_lookup_needs_two_editions_and_codes_of_these_areas() -> None:
    text = upload("code,residents\nE01,1\n")
    assert "such as “LSOA11CD” and “LSOA21CD”" in refusal(
        lambda: read_residents(AREAS, text, lookup=upload("LSOA11CD,MSOA11CD\nE01,E02\n"))
    )
    foreign = LOOKUP.replace("E0", "W0")
    assert "codes of these areas" in refusal(lambda: read_residents(AREAS, text, lookup=upload(foreign)))


def test_the_workbook_of_residents_gives_those_of_its_latest_year() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Lower layer Super Output Area population estimates"])
    for year in (2022, 2024, 2023):
        sheet = book.create_sheet(f"Mid-{year} LSOA 2021")
        for row in (["Title"], ["Source: ONS"], [],
                    ["LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total", "F0", "M0"],
                    *(["E", "T", code, "Ash", year + at, 1, 2] for at, code in enumerate(AREAS[c.AREA]))):  # fmt: skip
            sheet.append(row)
    found, notes = read_residents(AREAS, Source("sapelsoasyoa20222024.xlsx", content=making.saved(book)))
    assert found.tolist() == [2024, 2025, 2026]
    assert notes[0] == (
        "“sapelsoasyoa20222024.xlsx”, sheet “Mid-2024 LSOA 2021” gives residents in its column “Total”, joined by its "
        "column “LSOA 2021 Code”."
    )
    assert "a sheet must have a column" in refusal(
        lambda: read_deprivation(AREAS, Source("a.xlsx", content=making.saved(book))), "a.xlsx"
    )


def test_titles_may_stand_above_the_names_of_columns() -> None:
    titled = (
        'Population estimates\n"Mid-2022, by area\nand age"\n\nArea code,Mid-2021: Population,Mid-2022: Population\n'
    )
    found, _ = residents(f"{titled}E01,1,2\nE02,3,4\nE03,5,6\n")
    assert found.tolist() == [2, 4, 6]
    assert "in row 7" in refusal(lambda: residents(f"{titled}E01,1,2\nE02,3,{CELL}\nE03,5,6\n"))


@pytest.mark.acceptance
@pytest.mark.parametrize(
    ("areas", "code", "figures", "bridged", "total"),
    [
        ("lsoa11", "LSOA11CD", "lsoa21_mid2011_2022", 18, 1_390_381),
        ("lsoa21", "lsoa21_code", "lsoa11_mid2020", 25, 1_415_054),
    ],
)
def test_the_residents_of_a_county_are_as_many_in_either_edition(
    areas: str, code: str, figures: str, bridged: int, total: int, real_data: Path
) -> None:
    place = real_data / "south_yorkshire"
    boundaries, population, lookup = from_paths(
        [place / "boundaries" / f"{areas}.geojson", place / "population" / f"{figures}.csv",
         place / "lookups" / "lsoa11_lsoa21_lad22.csv"]
    )  # fmt: skip
    frame, _ = read_boundaries(boundaries, code=code, name=code)
    found, notes = read_residents(frame, population, lookup=lookup)
    assert (found.isna().sum(), round(found.sum())) == (0, total)
    assert notes[1].startswith(f"{bridged} areas are of another edition")
