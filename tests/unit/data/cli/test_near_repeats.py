"""Near repeats by command: the table and its sentence for open data with days, and a reason for everything else."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.unit.data import small_place
from tests.unit.data.running import Ran, copied, done, dump, run

POLICE, PROTECTED, DATED, PROTECTED_DATED = 1, 2, 3, 4
ONE_BAND = ("--metres", "0,40", "--days", "0,7")  # the places are more than 40 m apart


def incidents() -> str:
    """Return two incidents at each of 40 places, robbery soon after robbery and drugs long after drugs."""
    rng = np.random.default_rng(3)
    rows = []
    for at in range(40):
        lon, lat = small_place.WEST + 0.0007 * at, small_place.SOUTH + 0.004
        day = date(2021, 1, 1) + timedelta(days=int(rng.integers(300)))
        kind, later = ("Robbery", int(rng.integers(5))) if at % 2 else ("Drugs", 60)
        days = (day, day + timedelta(days=later))
        rows += [(f"{when:%d/%m/%Y}", f"{lon:.6f}", f"{lat:.6f}", kind) for when in days]
    return small_place.table(("Date", "Longitude", "Latitude", "Type"), rows)


@pytest.fixture(scope="module")
def dated_home(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place with incidents whose days are known, once open and once protected. Tests only read it."""
    home = copied(settled_home, tmp_path_factory.mktemp("patterns") / "home")
    file = home.parent / "dated.csv"
    file.write_text(incidents(), encoding="utf-8")
    done(home, "import", file, "--kind", "incidents", "--open")
    done(home, "import", file, "--kind", "incidents", "--protected")
    return home


def asked(home: Path, *options: object, dataset: int = DATED) -> Ran:
    return done(home, "near-repeats", "--dataset", dataset, *options)


def lines(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.out)))


def refused(home: Path, *options: object, dataset: int = DATED) -> str:
    """Run the command where it must be refused; give the one sentence that it says."""
    ran = run(home, "near-repeats", "--dataset", dataset, *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    return ran.err


def test_the_table_goes_to_stdout_and_the_sentence_to_stderr(dated_home: Path) -> None:
    ran = asked(dated_home)
    table = lines(ran)
    assert list(table[0]) == ["distance", "time", "observed", "expected", "ratio", "p", "sentence"]
    assert (table[0]["distance"], table[0]["time"]) == ("0 to under 100 m", "0 to 6 days")
    assert len(table) == 9
    assert ran.err.splitlines()[0] == table[0]["sentence"]
    assert "That line is the test" in ran.err


def test_planted_near_repeats_are_found_of_their_kind_and_not_of_another(dated_home: Path) -> None:
    robbery, drugs = (lines(asked(dated_home, "--category", kind, *ONE_BAND))[0] for kind in ("Robbery", "Drugs"))
    assert robbery["observed"] == "20"
    assert float(robbery["p"]) == 0.001
    assert drugs["observed"] == "0"
    assert float(drugs["p"]) > 0.05


def test_the_same_incidents_give_the_same_figures(dated_home: Path) -> None:
    assert asked(dated_home).out == asked(dated_home).out


def test_a_harm_group_is_its_categories(dated_home: Path) -> None:
    by_harm = asked(dated_home, "--harm", "violence", *ONE_BAND)
    assert by_harm.out == asked(dated_home, "--category", "Robbery", *ONE_BAND).out
    assert asked(dated_home, "--harm", "violence", "--harm", "substances").out == asked(dated_home).out


def test_a_period_leaves_its_months(dated_home: Path) -> None:
    whole = int(lines(asked(dated_home, *ONE_BAND))[0]["observed"])
    part = int(lines(asked(dated_home, *ONE_BAND, "--from", "2021-02", "--to", "2021-08"))[0]["observed"])
    assert 0 < part < whole


def test_one_band_has_no_word_on_others(dated_home: Path) -> None:
    assert asked(dated_home, *ONE_BAND).err.count("\n") == 1


def test_protected_data_are_refused_with_and_without_days(dated_home: Path) -> None:
    for dataset in (PROTECTED, PROTECTED_DATED):
        told = refused(dated_home, dataset=dataset)
        assert f"dataset {dataset} is protected: what is shared of it are released counts" in told


def test_police_data_are_refused_as_they_have_months(dated_home: Path) -> None:
    assert "This series has months, not days, and a near-repeat test needs days;" in refused(dated_home, dataset=POLICE)


def test_the_newest_dataset_is_asked_where_none_is_named(dated_home: Path) -> None:
    assert f"dataset {PROTECTED_DATED} is protected" in run(dated_home, "near-repeats").err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "2019-01"), "Each month must be one that the dataset has (2021-01 to "),
        (("--to", "soon"), "and “soon” is none"),
        (("--from", "2021-06", "--to", "2021-05"), "The first month must not be after the last, and Jun 2021 is"),
        (("--harm", "theft"), "Each harm group must be one that the dataset has (cse, cce, "),
        (("--category", "Arson"), "see `python -m data counts --dataset 3 --by category`"),
        (("--metres", "100"), "write for example --metres 0,100,200,400"),
        (("--days", "0,x"), "write for example --days 0,7,14,28"),
        (("--days", "0,7.5"), "Bands of days must be whole numbers separated by commas"),
        (("--metres", "100,0"), "Bands of distance and of time must begin at 0"),
        (("--from", "2021-02", "--to", "2021-02"), "needs at least 30 incidents with a day and a place"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(dated_home: Path, options: tuple[str, ...], told: str) -> None:
    assert told in refused(dated_home, *options)


def test_looking_changes_nothing(dated_home: Path) -> None:
    before = dump(dated_home)
    asked(dated_home)
    assert dump(dated_home) == before
