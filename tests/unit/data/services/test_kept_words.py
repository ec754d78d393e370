"""Every way by which words come in and are kept refuses what tells of a person, names the field, and keeps nothing."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from data.principal import LOCAL_USER
from data.records.base_map import BaseMapFiles
from data.services import base_mapping, importing, setting_up
from data.services.setting_up import AreaFiles
from data.store import actions, base_maps, hotspots, mappings, place_names, rebases
from data.store.place_names import NameKind, PlaceMeaning
from data.store.store import Store
from geo.errors import InputError
from geo.register.action import Action
from tests.unit.data import small_place
from tests.unit.data.leftovers import everything, found
from tests.unit.data.running import run
from tests.unit.data.small_place import CODES, HOTSPOTS, area_files, incidents, upload
from tests.unit.data.store.bringing import base_map

# One text of each sort: initials, a name, a number of health, a relative, what hides another, and an address.
BAD: Final = {
    "initials": "JS Y9 - CSE",
    "name": "Zainab Featherstone",
    "number": "Log 9434765870",
    "kin": "Zainab's mum",
    "hidden": "Drugs Zai\u200bnab",
    "home": "14 Featherstone Lane",
}
NEEDLES: Final = ("JS Y9", "Zainab", "9434765870", "Featherstone", "Zai\u200bnab")
TERMS: Final = "label,first_day,last_day,kind\n{},01/09/2021,17/12/2021,term\n"
SEEN: Final = tuple(text for sort, text in BAD.items() if sort != "hidden")  # the name of an upload has none
PLAIN: Final = tuple(text for sort, text in BAD.items() if sort != "name")  # a place may be called after a person


def rows(category: str = "Drugs", area: str = CODES[0]) -> str:
    """Return 40 incidents, the 17th of which has this category and area."""
    lines = [f"{day:02}/09/2021,15:10,{CODES[0]},Drugs" for day in range(1, 29)] * 2
    lines[16] = f"17/09/2021,15:10,{area},{category}"
    return "\n".join(["Date,From,Area code,Type", *lines[:40]]) + "\n"


def brought(store: Store, **said: Any) -> object:
    return importing.prepare(store, LOCAL_USER, incidents(**said))


def kept_anyhow(store: Store, **said: Any) -> object:
    """Keep an import whose words changed after it was checked."""
    ready = importing.prepare(store, LOCAL_USER, incidents())
    return importing.keep(store, LOCAL_USER, replace(ready, description=replace(ready.description, **said)))


def register(store: Store, **cells: str) -> object:
    usual = {"reference": "P9", "name": "Car park", "by": ""} | cells
    file = (
        "Reference,Name,Type,Harm group,Status,Longitude,Latitude,Watched by\n"
        f"{usual['reference']},{usual['name']},park or open space,asb,active,-1.475,53.375,{usual['by']}\n"
    )
    return setting_up.add_hotspots(store, LOCAL_USER, [upload("register.csv", file)])


def _wards() -> AreaFiles:
    return area_files(level="ward", parents=None)


def put_name(store: Store, name: str, target: str | None = None) -> object:
    return place_names.put_names(store, LOCAL_USER, [PlaceMeaning(name, NameKind.MAP, target, -1.47, 53.37)])


WAYS: Final[dict[str, tuple[Callable[[Store, str], object], str]]] = {
    "the title of an import": (lambda store, text: brought(store, title=text), "The title"),
    "the source of an import": (lambda store, text: brought(store, source=text), "The source"),
    "the name of its file": (
        lambda store, text: importing.prepare(
            store, LOCAL_USER, replace(incidents(), sources=[upload(f"{text}.csv", rows())])
        ),
        "The name of a file",
    ),
    "a title that is typed after checking": (
        lambda store, text: importing.with_words(
            importing.prepare(store, LOCAL_USER, incidents()), incidents(title=text)
        ),
        "The title",
    ),
    "a title past all checks": (lambda store, text: kept_anyhow(store, title=text), "The title"),
    "a source past all checks": (lambda store, text: kept_anyhow(store, source=text), "The source"),
    "a category past all checks": (
        lambda store, text: kept_anyhow(store, harm_of={"Drugs": "asb", "Knife crime": "asb", text: "asb"}),
        "A category",
    ),
    "one category of forty rows": (lambda store, text: brought(store, text=rows(category=text)), "“Type”|a category"),
    "one area code of forty rows": (lambda store, text: brought(store, text=rows(area=text)), "“Area code”|the code"),
    "a meaning of columns": (
        lambda store, text: mappings.put_mapping(store, LOCAL_USER, "incidents", "School", {"harm": {text: "csa"}}),
        "A column or a category",
    ),
    "the source of a meaning": (
        lambda store, text: mappings.put_mapping(store, LOCAL_USER, "incidents", text, {}),
        "The source",
    ),
    "the title of areas": (
        lambda store, text: setting_up.add_areas(store, LOCAL_USER, area_files(title=text)), "The title",
    ),
    "the edition of areas": (
        lambda store, text: setting_up.add_areas(store, LOCAL_USER, _wards(), edition=text),
        "The edition",
    ),
    "who publishes schools": (
        lambda store, text: setting_up.add_schools(
            store, LOCAL_USER, upload("schools.csv", small_place.SCHOOLS), publisher=text
        ),
        "The source",
    ),
    "the title of term dates": (
        lambda store, text: setting_up.add_calendar(store, LOCAL_USER, upload(f"{text}.csv", TERMS.format("Autumn"))),
        "The (title|name of a file)",
    ),
    "the name of a term": (
        lambda store, text: setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", TERMS.format(text))),
        "“label”|[Tt]he name of a period",
    ),
    "the title of a base map": (
        lambda store, text: base_mapping.prepare(store, LOCAL_USER, BaseMapFiles((), text)),
        "The title",
    ),
    "the title of a base map past all checks": (
        lambda store, text: base_maps.add_base_map(store, LOCAL_USER, replace(base_map(), title=text), "a map"),
        "The title",
    ),
    "the reference of a hotspot": (lambda store, text: register(store, reference=text), "“Reference”|reference"),
    "who watches a hotspot": (lambda store, text: register(store, by=text), "“Watched by”|Who watches"),
    "what was done": (lambda store, text: actions.record(store, LOCAL_USER, Action(text, "P1", "2026-01-05")),
                      "An action"),
    "a list of what was done": (
        lambda store, text: setting_up.add_actions(
            store, LOCAL_USER, [upload("actions.csv", f"Reference,What,Done on\nP1,{text},05/01/2026\n")]
        ),
        "“What”|an action",
    ),
    "why a chart is rebased": (
        lambda store, text: rebases.rebase(store, LOCAL_USER, 1, "", "", "", date(2021, 9, 1), text), "A reason",
    ),
}  # fmt: skip
OF_PLACES: Final[dict[str, tuple[Callable[[Store, str], object], str]]] = {
    "the name of a place": (lambda store, text: put_name(store, text), "The name of a place"),
    "what a place is called": (lambda store, text: put_name(store, "shops", text), "What a place is called"),
    "the name of a hotspot": (lambda store, text: register(store, name=text), "“Name”|name of a hotspot"),
}


@pytest.fixture
def settled(home: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
    return Store(f"sqlite:///{home / 'local-context.sqlite'}")


def refused(store: Store, home: Path, way: Callable[[Store, str], object], text: str, field: str) -> None:
    before = found(NEEDLES, everything(home))
    with pytest.raises(InputError, match=field) as caught:
        way(store, text)
    said = str(caught.value)
    assert found(NEEDLES, [said.replace(f"“{text}.csv”", "").encode()]) == set()
    assert said.count(".") - said.count(".csv") == 1
    assert found(NEEDLES, everything(home)) == before == set()


@pytest.mark.parametrize("name", WAYS)
def test_words_that_tell_of_a_person_are_refused_wherever_they_come_in(
    name: str, settled: Store, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    way, field = WAYS[name]
    of_files = name in ("the name of its file", "the title of term dates")
    texts, at = list(SEEN if of_files else BAD.values()), list(WAYS).index(name)
    for text in (texts[0], texts[1 + at % (len(texts) - 1)]):
        refused(settled, home, way, text, field)
    assert found(NEEDLES, [caplog.text.encode()]) == set()
    settled.close()


@pytest.mark.parametrize("name", OF_PLACES)
def test_names_of_places_may_be_those_of_people_and_nothing_else(name: str, settled: Store, home: Path) -> None:
    way, field = OF_PLACES[name]
    for text in PLAIN:
        refused(settled, home, way, text, field)
    way(settled, "Nelson Mandela")
    settled.close()


def test_what_is_ordinary_is_kept(settled: Store) -> None:
    title, source = "Incidents 2021/22 – Year 9, “Autumn 1” 📍", "Hill School’s log (anonymised), v1.2"
    number = importing.keep(settled, LOCAL_USER, importing.prepare(
        settled, LOCAL_USER, incidents(rows(category="Hate - race; Year 9"), title=title, source=source)
    ))  # fmt: skip
    assert number
    assert register(settled, by="Safer Neighbourhood Team") == 1
    assert len(hotspots.hotspots(settled, LOCAL_USER)) == HOTSPOTS.count("\n")
    settled.close()


def test_commands_refuse_words_and_leave_none_behind(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text(rows(), encoding="utf-8")
    for options in (("--title", BAD["initials"]), ("--source", BAD["number"]), ("--title", BAD["hidden"])):
        ended = run(home, "import", file, "--kind", "incidents", *options)
        assert ended.code != 0
        assert found(NEEDLES, [(ended.out + ended.err).encode()]) == set()
    file.write_text(rows(category=BAD["initials"]), encoding="utf-8")
    assert run(home, "import", file, "--kind", "incidents").code != 0
    assert found(NEEDLES, everything(home)) == set()
