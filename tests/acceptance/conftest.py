"""Stores of real data, filled once by the commands and then only read. Without the data their tests are skipped."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from data.store.store import Store
from tests.acceptance.raw_rows import raw
from tests.unit.data.running import Ran, copied, done

STOP_AND_SEARCH = {"date": "Date", "longitude": "Longitude", "latitude": "Latitude", "category": "Type"}


@dataclass
class Filled:
    """A home that was filled, and what each import said."""

    home: Path
    said: dict[str, str] = field(default_factory=dict)

    def bring(self, name: str, *arguments: object) -> None:
        """Run one command that must succeed, and remember what it said."""
        self.said[name] = done(self.home, *arguments).err

    def ask(self, *arguments: object) -> Ran:
        """Run one command that must succeed."""
        return done(self.home, *arguments)

    def status(self) -> dict[int, dict[str, object]]:
        """Return what the status says of each dataset by its number."""
        return {one["id"]: one for one in json.loads(self.ask("status", "--json", "--exact").out)["datasets"]}


@pytest.fixture(scope="session")
def yorkshire(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Fill a store with South Yorkshire: the areas of 2011 and of 2021, and 44 months of police data in each."""
    place, filled = real_data / "south_yorkshire", Filled(tmp_path_factory.mktemp("yorkshire"))
    bounds, lookups = place / "boundaries", place / "lookups"
    filled.bring(
        "areas of 2011",
        *("areas", bounds / "lsoa11.geojson", "--code", "LSOA11CD", "--name", "LSOA11NM", "--level", "lsoa"),
        *("--parent", "msoa=msoa11_code,msoa11_name", "--lookup", lookups / "lsoa11_msoa11.csv"),
        *("--parent", "district=LADCD,LADNM"),
        *("--population", place / "population" / "lsoa11_mid2020.csv"),
        *("--deprivation", place / "imd" / "imd2019_lsoa11.csv"),
    )
    filled.bring(
        "areas of 2021",
        *("areas", bounds / "lsoa21.geojson", "--code", "lsoa21_code", "--name", "lsoa21_name", "--level", "lsoa"),
        *("--parent", "ward=ward24_code,ward24_name", "--parent", "district=ltla24_code,ltla24_name"),
        *("--lookup", lookups / "lsoa21_ward24_lad24.csv"),
    )
    files = sorted((place / "police_street").glob("*.csv.gz"))
    assert len(files) == 44
    filled.bring("by itself", "import", *files)
    filled.bring("into 2021", "import", *files, "--area-set", 2)  # counted in other areas: a dataset of its own
    return filled


@pytest.fixture(scope="session")
def city(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Fill a store with the City of London: both editions of areas, and each police series in each of them."""
    place, filled = real_data / "city_of_london", Filled(tmp_path_factory.mktemp("city"))
    for year in (11, 21):
        file = place / "boundaries" / f"lsoa{year}_city_and_neighbours.geojson"
        options = ("--code", f"lsoa{year}_code", "--name", f"lsoa{year}_name", "--level", "lsoa")
        filled.bring(f"areas of 20{year}", "areas", file, *options, "--title", f"LSOA 20{year}")
    old, new = (sorted((place / name).glob("*.gz")) for name in ("police_street", "police_street_2024_2025"))
    filled.bring("old", "import", *old)
    filled.bring("new", "import", *new, "--new")
    filled.bring("old into 2021", "import", *old, "--area-set", 2, "--new")
    filled.bring("new into 2011", "import", *new, "--area-set", 1, "--new")
    mapping = filled.home / "stops.json"
    mapping.write_text(json.dumps(STOP_AND_SEARCH), encoding="utf-8")
    stops = sorted((place / "police_stop_and_search").glob("*.csv"))
    filled.bring("stops", "import", *stops, "--kind", "incidents", "--map", mapping)
    return filled


@pytest.fixture(scope="session")
def yorkshire_store(yorkshire: Filled) -> Iterator[Store]:
    """The store of South Yorkshire, opened."""
    with closing(Store(f"sqlite:///{yorkshire.home / 'local-context.sqlite'}")) as store:
        yield store


@pytest.fixture(scope="session")
def leeds_home(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a store with Chapeltown in Leeds: areas, schools, and seven months of police data."""
    folder, home = real_data / "leeds_chapeltown", tmp_path_factory.mktemp("leeds") / "home"
    bounds = folder / "boundaries" / "lsoa11_fine.geojson"
    done(home, "areas", bounds, "--code", "LSOA11CD", "--name", "LSOA11NM", "--level", "lsoa")
    done(home, "schools", folder / "schools" / "schools.csv")
    done(home, "import", *sorted((folder / "police_street").glob("*.csv.gz")))
    return home


@pytest.fixture(scope="session")
def leeds(leeds_home: Path) -> Iterator[Store]:
    """The store of Chapeltown, opened."""
    with closing(Store(f"sqlite:///{leeds_home / 'local-context.sqlite'}")) as store:
        yield store


@pytest.fixture(scope="session")
def around_sheffield(yorkshire: Filled, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of South Yorkshire with its schools."""
    home = copied(yorkshire.home, tmp_path_factory.mktemp("distance") / "home")
    done(home, "schools", real_data / "south_yorkshire" / "schools" / "schools.csv")
    return home


@pytest.fixture(scope="session")
def sheffield_store(around_sheffield: Path) -> Iterator[Store]:
    """That store, opened."""
    with closing(Store(f"sqlite:///{around_sheffield / 'local-context.sqlite'}")) as store:
        yield store


@pytest.fixture(scope="session")
def rows(real_data: Path) -> pd.DataFrame:
    """All rows of South Yorkshire that have a point, read with pandas alone."""
    return raw(real_data / "south_yorkshire" / "police_street")
