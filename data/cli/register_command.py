"""The command that writes the register of known hotspots out, or the detected clusters that it does not explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import log_export, progress, say
from data.principal import LOCAL_USER
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import geopandas as gpd

    from data.store.store import Store
    from geo.register.concern import Concern

_FORMATS: Final = ("csv", "geojson")


def hotspots(
    form: Annotated[str, typer.Option("--format", help="csv or geojson.")] = "csv",
    not_registered: Annotated[
        bool, typer.Option("--not-registered", help="The detected clusters that no known hotspot explains instead.")
    ] = False,
) -> None:
    """Write the register of known hotspots, with what data say of each and by how many days its review is overdue."""
    from datetime import date

    from data.services.opening import open_store
    from data.services.register_exports import written
    from geo.wording import how_many

    if form not in _FORMATS:
        raise InputError(f"A format must be csv or geojson, and “{form}” is neither; choose one of them.")
    store = open_store()
    listed = _not_on_it(store) if not_registered else _on_it(store, date.today())
    log_export("hotspots")
    typer.echo(written(listed, form).decode(), nl=False)
    what = ("detected cluster", "detected clusters") if not_registered else ("known hotspot", "known hotspots")
    say(f"{how_many(len(listed), *what)}{' that no known hotspot explains' if not_registered else ''}.")


def _on_it(store: Store, today: date) -> gpd.GeoDataFrame:
    """Return the register in words, with ``state`` (blank for closed entries) and ``overdue_days``."""
    import pandas as pd

    from data.services import register_evidence, register_exports
    from data.store import hotspots
    from geo import columns as c
    from geo.register.due import overdue_days

    register = hotspots.hotspots(store, LOCAL_USER)
    states = register_evidence.states(store, LOCAL_USER, today)
    said = dict(zip(states[c.REFERENCE], states["state"], strict=True))
    late = [overdue_days(day, of, today) for day, of in zip(register["next_review"], register[c.STATUS], strict=True)]
    return register_exports.worded(register).assign(
        state=register[c.REFERENCE].map(said).astype("str"), overdue_days=pd.array(late, dtype="Int64")
    )


def _not_on_it(store: Store) -> gpd.GeoDataFrame:
    """Return the detected clusters that no known hotspot explains."""
    from data.services import register_evidence

    with progress() as tell:
        return _as_rows(register_evidence.unregistered(store, LOCAL_USER, tell))


def _as_rows(clusters: Sequence[Concern]) -> gpd.GeoDataFrame:
    """Return clusters as rows: ``name``, ``harm`` and ``other_harms`` in words, ``sentence``, and the shape."""
    import geopandas as gpd
    import pandas as pd

    from geo import columns as c
    from geo.areas.area_set import DEGREES
    from geo.harms import HARM_GROUPS

    rows = [
        (one.name, HARM_GROUPS[one.harms[0]], "; ".join(HARM_GROUPS[code] for code in one.harms[1:]), one.sentence)
        for one in clusters
    ]
    frame = pd.DataFrame(rows, columns=[c.NAME, c.HARM, "other_harms", "sentence"], dtype="str")
    return gpd.GeoDataFrame(frame, geometry=[one.shape for one in clusters], crs=DEGREES)
