"""The code keeps the rules of its rooms, and each rule is shown to bite."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.rules import Module

Rule = Callable[[Module], Iterator[str]]

TOP = Path(__file__).parents[2]
MODULES = rules.read_modules(TOP)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps(rule: Rule) -> None:
    assert [fault for module in MODULES for fault in rule(module)] == []


def test_the_rules_look_at_every_room_there_is() -> None:
    seen = {module.room for module in MODULES}
    there = {room for room in rules.ROOMS if (TOP / room).is_dir() or (TOP / f"{room}.py").is_file()}
    assert seen == there | {"tests"}


def test_every_folder_of_the_order_is_there() -> None:
    assert [
        f"{room}/{one}" for room, order in rules.ORDER.items() for one in order if not (TOP / room / one).is_dir()
    ] == []


def test_no_two_public_classes_share_a_name() -> None:
    assert rules.repeated_classes(MODULES) == {}


def test_one_module_speaks_to_the_map_component() -> None:
    assert len(rules.importers(MODULES, "streamlit_folium")) == 1


BAD = [
    (rules.imports_go_down, "geo/a.py", "from data import store"),
    (rules.imports_go_down, "data/a.py", "def f():\n    import pages.map"),
    (rules.imports_go_down, "access/a.py", "from pages.map import show"),
    (rules.imports_go_down, "pages/a.py", "import dashboard"),
    (rules.imports_go_down, "geo/a.py", "from tests import conftest"),
    (rules.folders_go_down, "geo/counts/a.py", "from geo.release import zones"),
    (rules.folders_go_down, "geo/columns.py", "from geo.areas.area_set import LEVELS"),
    (rules.folders_go_down, "data/store/a.py", "from data.services.importing import keep"),
    (rules.folders_go_down, "pages/routes/a.py", "from pages.components.cached import loads"),
    (rules.folders_go_down, "pages/components/maps/a.py", "def f():\n    from pages.components.trends import pickers"),
    (rules.folders_are_in_the_order, "geo/elsewhere/a.py", "x = 1"),
    (rules.streamlit_stays_on_the_pages, "data/a.py", "import streamlit as st"),
    (rules.streamlit_stays_on_the_pages, "geo/a.py", "from streamlit.runtime import caching"),
    (rules.sqlalchemy_stays_in_the_store, "data/a.py", "from sqlalchemy import select"),
    (rules.sqlalchemy_stays_in_the_store, "access/a.py", "import sqlite3"),
    (rules.exact_counts_have_one_door, "pages/a.py", "datasets.load_cells(store, person, dataset)"),
    (rules.exact_counts_have_one_door, "data/services/exports.py", "content = releases.load(store, person, dataset)"),
    (rules.tables_are_defined_once, "data/store/a.py", "from sqlalchemy import Table\nt = Table('t', m)"),
    (rules.tables_are_defined_once, "data/store/a.py", "import sqlalchemy as sa\nm = sa.MetaData()"),
    (rules.geo_touches_nothing, "geo/a.py", "from pathlib import Path"),
    (rules.geo_touches_nothing, "geo/a.py", "import urllib.request"),
    (rules.geo_touches_nothing, "geo/a.py", "text = open('a').read()"),
    (rules.geo_touches_nothing, "geo/a.py", "frame = pd.read_csv(source)"),
    (rules.pages_do_not_import_computing, "pages/a.py", "import pandas as pd"),
    (
        rules.pages_do_not_import_computing,
        "pages/components/a.py",
        "if TYPE_CHECKING:\n    from shapely.geometry import Point",
    ),
    (rules.pages_do_not_compute, "pages/a.py", "counts.frame.groupby('area')"),
    (rules.pages_do_not_compute, "pages/a.py", "load(1)['n'].sum()"),
    (rules.modules_say_what_they_are, "geo/a.py", "x = 1"),
    (rules.files_are_short, "tests/a.py", "x = 1\n" * (rules.LONGEST_FILE + 1)),
    (rules.functions_are_short, "data/a.py", "def f():\n" + "    x = 1\n" * rules.LONGEST_FUNCTION),
    (rules.nothing_is_left_for_later, "data/a.py", f"# {'TO'}DO: mend"),
    (rules.nothing_is_left_for_later, "data/a.py", f"# {'FIX'}ME"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BAD)
def test_a_rule_bites(rule: Rule, path: str, text: str) -> None:
    faults = list(rule(Module(path, text)))
    assert len(faults) == 1
    assert faults[0].startswith(f"{path}:")


def test_every_rule_is_shown_to_bite() -> None:
    assert {rule for rule, _, _ in BAD} == set(rules.RULES)


GOOD = [
    Module("dashboard.py", '"""App."""\nimport streamlit\nfrom pages import routes\nfrom data import store'),
    Module("pages/a.py", '"""Page."""\nimport streamlit as st\nfrom data import counts\nst.write(sum([1, 2]))'),
    Module("data/a.py", '"""Data."""\nfrom pathlib import Path\nimport pyarrow as pa\npa.Table.from_pylist([])'),
    Module("data/store/tables.py", '"""Tables."""\nfrom sqlalchemy import MetaData\nm = MetaData()'),
    Module("data/store/a.py", '"""Store."""\nfrom sqlalchemy import Table\ndef f(table: Table) -> None: ...'),
    Module("geo/counts/a.py", '"""Counts."""\nfrom geo import columns\nfrom geo.areas.area_set import LEVELS'),
    Module("pages/a.py", '"""Page."""\nfrom pages.components.cached import loads\nfrom pages.routes import downloads'),
    Module("geo/a.py", '"""Geo."""\nimport pandas as pd\nfrom . import columns\npd.concat([]).groupby("area").sum()'),
]


@pytest.mark.parametrize("module", GOOD, ids=lambda module: module.path)
def test_good_code_passes_every_rule(module: Module) -> None:
    assert [fault for rule in rules.RULES for fault in rule(module)] == []
