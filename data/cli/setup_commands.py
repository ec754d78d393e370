"""The commands that set a place up: areas, schools, term dates, and the demonstration town."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.cli.command_line import progress, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError

if TYPE_CHECKING:
    from data.formats.sources import Source


def areas(
    file: Annotated[Path, typer.Argument(help="Boundaries as GeoJSON or GeoPackage.")],
    code: Annotated[str | None, typer.Option(help="Property of the area code; guessed if left out.")] = None,
    name: Annotated[str | None, typer.Option(help="Property of the area name; guessed if left out.")] = None,
    level: Annotated[
        str | None,
        typer.Option(help="What these areas are: lsoa, msoa, ward, district or area; guessed with the rest."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Name of this edition of the areas; the file's name if left out.")
    ] = None,
    parent: Annotated[
        list[str] | None, typer.Option(metavar="LEVEL=CODE,NAME", help="Columns of a larger area.")
    ] = None,
    lookup: Annotated[
        list[Path] | None, typer.Option(help="CSV that says which larger areas each belongs to, or their boundaries.")
    ] = None,
    population: Annotated[Path | None, typer.Option(help="CSV of residents by area code.")] = None,
    population_column: Annotated[str | None, typer.Option(help="Its column of residents; guessed if left out.")] = None,
    deprivation: Annotated[Path | None, typer.Option(help="CSV of deprivation by area code.")] = None,
    deprivation_column: Annotated[str | None, typer.Option(help="Its column; guessed if left out.")] = None,
    backdrop: Annotated[Path | None, typer.Option(help="GeoJSON of streets and place names to draw beneath.")] = None,
) -> None:
    """Load one edition of areas, with larger areas, residents and deprivation where files give them."""
    from data.formats.sources import from_paths
    from data.records.area_files import AreaFiles
    from data.services import guessing_areas, setting_up
    from data.services.opening import open_store

    files = AreaFiles(
        boundaries=_source(file),
        code=code or "",
        name=name or "",
        title=title,
        parents=dict(_parent(text) for text in parent or ()),
        lookups=from_paths(lookup or []),
        residents=_source(population) if population else None,
        residents_column=population_column,
        deprivation=_source(deprivation) if deprivation else None,
        deprivation_column=deprivation_column,
        backdrop=_source(backdrop) if backdrop else None,
    )
    store = open_store()
    files, guessed = guessing_areas.with_guesses(guessing_areas.StatedColumns(code, name, level), files)
    say(*guessed)
    set_id, notes = setting_up.add_areas(store, LOCAL_USER, files)
    say(*notes, f"Area set {set_id} is loaded.")


def name_areas(
    number: Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="Number of the area set.")],
    file: Annotated[Path, typer.Argument(help="Boundaries of wards as GeoJSON or GeoPackage, or CSV by area code.")],
    name: Annotated[str, typer.Option(help="Property or column that holds the names of wards.")],
    code: Annotated[str | None, typer.Option(help="Property that holds their codes, in boundaries.")] = None,
) -> None:
    """Name loaded areas after the wards they lie in; nothing is counted or released anew."""
    from data.services import setting_up
    from data.services.opening import open_store

    notes = setting_up.name_areas(open_store(), LOCAL_USER, number, _source(file), code, name)
    say(*notes, f"The areas of set {number} are called by these names now.")


def schools(file: Annotated[Path, typer.Argument(help="CSV of schools, as the national register serves it.")]) -> None:
    """Load schools; those with the same URN are replaced."""
    from data.services import setting_up
    from data.services.opening import open_store

    number, notes = setting_up.add_schools(open_store(), LOCAL_USER, _source(file))
    say(*notes, f"{number:,} schools are loaded.")


def calendar(
    file: Annotated[Path, typer.Argument(help="Table of term dates: label, first day, last day, kind.")],
    school: Annotated[
        str | None, typer.Option(metavar="URN|NAME", help="The one school whose they are; all schools if left out.")
    ] = None,
) -> None:
    """Load term dates of all schools, or of one, whose own then lie over the others."""
    from data.services import setting_up
    from data.services.opening import open_store

    say(f"Calendar {setting_up.add_calendar(open_store(), LOCAL_USER, _source(file), school)} is loaded.")


def demo(if_empty: Annotated[bool, typer.Option(help="Only when the store holds no areas yet.")] = False) -> None:
    """Build the demonstration town: fictional areas, schools, incidents and known hotspots."""
    from data.demo import demo_store
    from data.services.opening import open_store

    with progress() as tell:
        built = demo_store.build(open_store(), LOCAL_USER, tell, only_if_empty=if_empty)
    say("Castlebrook, a fictional town, is ready." if built else "The store already holds areas; nothing was changed.")


def _source(path: Path) -> Source:
    from data.formats.sources import from_paths

    return from_paths([path])[0]


def _parent(text: str) -> tuple[str, tuple[str, str]]:
    """Read ``LEVEL=CODE,NAME``: the level, and the columns of its code and its name; a code alone is its name too."""
    level, equals, columns = text.partition("=")
    code, _, name = columns.partition(",")
    if not (equals and code):
        raise InputError(
            f"A parent must be written LEVEL=CODE,NAME, and “{text}” is not; write for example "
            "--parent msoa=MSOA11CD,MSOA11NM."
        )
    return level.strip(), (code.strip(), (name or code).strip())
