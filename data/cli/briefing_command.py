"""The command that writes a paper without a browser: for a board, governors, staff, partners or pupils."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.cli.command_line import log_export, progress, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError

if TYPE_CHECKING:
    from data.services.briefing_request import BriefingRequest
    from data.store.datasets import Dataset
    from data.store.store import Store
    from geo.areas.proximity import Place
    from geo.areas.reach import Reach
    from geo.briefing.paper import Audience


def briefing(
    file: Annotated[Path, typer.Argument(metavar="OUT", help="A new file, by its ending a .pdf, .docx or .html.")],
    audience: Annotated[str, typer.Option("--for", help="board, governors, staff, partners or pupils.")],
    school: Annotated[str | None, typer.Option(help="URN or name of a school; all areas together if left out.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First month (2025-09) or half-term (2025/26-1).")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month or half-term.")] = None,
    dataset: Annotated[
        int | None,
        typer.Option(
            min=1, max=LARGEST_ID, help="Number of the dataset; the newest that covers the school if left out."
        ),
    ] = None,
    harm: Annotated[list[str] | None, typer.Option(help="Code of a harm group; may be given again.")] = None,
    within: Annotated[
        str | None,
        typer.Option(help="How far around the school: 400, 800 or 1600 metres, or walk-5, walk-10, walk-20."),
    ] = None,
) -> None:
    """Write a paper about a school or all areas, of released figures only."""
    from data.papers.written import MEDIA, written
    from data.services import paper_look
    from data.services.briefing import prepare
    from data.services.opening import open_store

    form = file.suffix.lower().removeprefix(".")
    if form not in MEDIA:
        endings = ", ".join(f".{one}" for one in MEDIA)
        raise InputError(
            f"A paper must be a file that ends in one of {endings}, and “{file.name}” does not; rename it."
        )
    whom = _audience(audience)
    _require_new(file)
    store = open_store()
    request = _request(store, school, dataset, (first, last), harm or (), _reach(within))
    with progress() as tell:
        paper = prepare(store, LOCAL_USER, request, whom, date.today(), lambda done, what: tell(0.9 * done, what))
        tell(0.9, "Writing the paper")
        content = written(paper, form, paper_look.look_of(store, LOCAL_USER))
    log_export("briefing", request.dataset.id)
    _require_new(file)  # while it was made, another may have come
    file.write_bytes(content)
    say(f"{file.name}: {', '.join(filter(None, (paper.place, paper.period)))}.")


def _audience(text: str) -> Audience:
    from geo.briefing.paper import Audience

    try:
        return Audience(text)
    except ValueError as fault:
        raise InputError(
            f"A paper must be for one of {', '.join(Audience)}, and “{text}” is none of them; choose one."
        ) from fault


def _reach(text: str | None) -> Reach:
    from geo.areas.reach import CIRCLES, USUAL, WALKS, read_reach

    try:
        return USUAL if text is None else read_reach(text)
    except ValueError as fault:
        offered = ", ".join(one.address for one in (*CIRCLES, *WALKS))
        raise InputError(f"A paper must look one of {offered} far around a school, and “{text}” is none.") from fault


def _require_new(file: Path) -> None:
    if file.exists():
        raise InputError(f"A paper must be a new file, and “{file.name}” is there already; choose another name.")


def _request(
    store: Store,
    school: str | None,
    number: int | None,
    ends: tuple[str | None, str | None],
    harms: list[str] | tuple[str, ...],
    reach: Reach,
) -> BriefingRequest:
    """Return what is asked for, of the counts that a board may see."""
    from data.principal import as_board
    from data.services import visibility
    from data.services.briefing_request import BriefingRequest
    from geo.harms import usual_harms
    from geo.views import listing, view

    found, place = _place(store, school, number)
    released = visibility.released_counts(store, as_board(LOCAL_USER), found)
    chosen = listing.usual_or_chosen(view.periods(released), *ends, found.gaps)
    present = view.harms_in(released)
    listing.require_known("harm group", harms, present, ", ".join(present))
    return BriefingRequest(found, place, reach, chosen, tuple(dict.fromkeys(harms)) or usual_harms(present))


def _place(store: Store, school: str | None, number: int | None) -> tuple[Dataset, Place | None]:
    """Return the dataset that is asked for, or else the newest that covers the school, and the school in it."""
    from data.services import status_report
    from data.store import area_sets, datasets, places
    from geo.areas import proximity

    listed = [status_report.newest(store, LOCAL_USER)] if number is None else []
    if number is not None:
        listed = [datasets.load_dataset(store, LOCAL_USER, number)]
    elif school is not None:
        listed = [one for one in datasets.datasets(store, LOCAL_USER) if not one.holds_marks]
    if school is None:
        return listed[0], None
    schools = places.schools(store, LOCAL_USER)
    for one in listed:
        areas = area_sets.load_area_set(store, LOCAL_USER, one.area_set_id)
        inside = proximity.labelled(proximity.inside(areas, schools))
        if place := _named(inside, school.strip()):
            return one, place
    raise InputError(
        f"A school must be named by the URN or the whole name of one that lies in the areas of the dataset, and "
        f"“{school}” is neither; correct it, or bring schools in with `python -m data schools`."
    )


def _named(schools: dict[str, Place], text: str) -> Place | None:
    """Return the school of a URN or a name, None where there is none or several have it."""
    found = [place for label, place in schools.items() if text == place.urn or text.casefold() == label.casefold()] or [
        place for place in schools.values() if text.casefold() == place.name.casefold()
    ]
    return found[0] if len(found) == 1 else None
