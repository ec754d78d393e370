"""The command that brings in a layer from partners: areas that a partnership hands over, marked and for a time."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from data.cli.command_line import progress, say
from data.principal import LOCAL_USER


def partner_layer(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Polygons or hexagons: GeoJSON or GeoPackage.")],
    title: Annotated[str, typer.Option(help="What the layer shows.")],
    source: Annotated[str, typer.Option(help="Who handed it over: an organisation, never a person.")],
    handling: Annotated[str, typer.Option(help="official, official-sensitive or partnership-only, as its giver says.")],
    expires: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day it may be used, yyyy-mm-dd.")],
) -> None:
    """Bring in a layer from partners: neither a known hotspot nor detected, and shown up to its last day."""
    from data.formats.sources import from_paths
    from data.services import partner_layers
    from data.services.opening import open_store
    from data.services.partner_layers import LayerRequest
    from geo.register.handling import HANDLINGS, handling_of
    from geo.register.markers import say_day

    asked = LayerRequest(title, source, handling_of(handling), expires.date())
    with progress() as tell:
        number, notes = partner_layers.bring_in(
            open_store(), LOCAL_USER, from_paths([file])[0], asked, date.today(), tell
        )
    marking = HANDLINGS[asked.handling]
    say(f"Partner layer {number} is loaded: {title}, {marking.label}, until {say_day(asked.expires_on)}.", *notes)
    say(marking.said)
