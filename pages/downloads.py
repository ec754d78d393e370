"""Downloads through the app's own routes: released figures only, never stored on the way."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data import exports, lens
from data.opening import open_store
from data.principal import LOCAL_USER
from data.store import area_sets, datasets
from geo import periods
from geo.errors import InputError, RefusedError
from geo.harms import HARM_GROUPS
from geo.measures.choosing import Asked
from geo.measuring import Measure
from geo.released import Open
from geo.selecting import Choice
from pages.handed import handed

AREAS: Final = "/lc/download/areas.csv"
PROBLEMS: Final = "/lc/download/problems.csv"
_SWITCHES: Final = ("residents", "cold", "clusters")
_NOT_KEPT: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def routes() -> list[Route]:
    """Give the download routes, for ``st.App``."""
    return [Route(AREAS, _areas, methods=["GET"]), Route(PROBLEMS, _problems, methods=["GET"])]


def asked_for(dataset: int, level: str, asked: Asked, choice: Choice) -> Mapping[str, str | list[str]]:
    """Give the address's parameters for the areas of a level by one measure."""
    return {
        "dataset": str(dataset),
        "level": level,
        "measure": asked.measure.value,
        "from": choice.periods[0],
        "to": choice.periods[-1],
        "harm": list(choice.harms),
        **({"category": choice.category} if choice.category else {}),
        **{name: "true" for name in _SWITCHES if getattr(asked, name)},
    }


def _problems(request: Request) -> Response:
    """Give the list of rows with a problem that the Upload page has handed over: row numbers, never what a row says."""
    listed = handed(request.query_params.get("of", ""))
    if listed is None:
        return PlainTextResponse(
            "This list is held only while its upload is being checked; check the files again.",
            status_code=404,
            headers=_NOT_KEPT,
        )
    headers = _NOT_KEPT | {"Content-Disposition": 'attachment; filename="problems.csv"'}
    return Response(listed, media_type="text/csv; charset=utf-8", headers=headers)


def _areas(request: Request) -> Response:
    try:
        return _csv(*_asked(request))
    except RefusedError as refusal:
        return PlainTextResponse(str(refusal), status_code=403, headers=_NOT_KEPT)
    except (InputError, KeyError, ValueError):
        return PlainTextResponse(
            "A download needs a dataset, a level, a measure and periods that exist; use the link on the Area map.",
            status_code=400,
            headers=_NOT_KEPT,
        )


def _asked(request: Request) -> tuple[int, str, Asked, Choice]:
    asked = request.query_params
    first, last = asked["from"], asked["to"]
    if not (periods.is_period(first) and periods.is_period(last) and first <= last):
        raise ValueError("`from` and `to` must be months or half-terms, in this order.")
    harms = tuple(asked.getlist("harm"))
    if not harms or not set(harms) <= set(HARM_GROUPS):
        raise ValueError("`harm` must name harm groups.")
    choice = Choice(tuple(periods.between(first, last)), harms, asked.get("category"))
    how = Asked(Measure(asked["measure"]), **{name: asked.get(name) == "true" for name in _SWITCHES})
    return int(asked["dataset"]), asked["level"], how, choice


def _csv(dataset_id: int, level: str, asked: Asked, choice: Choice) -> Response:
    store = open_store()
    dataset = datasets.load_dataset(store, LOCAL_USER, dataset_id)
    released = lens.released_counts(store, LOCAL_USER, dataset)
    if choice.category is not None and not (isinstance(released, Open) and choice.category in dataset.harm_of):
        raise ValueError("`category` must be one of the dataset's, and a release has none.")
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    name = f"areas-{level}-{choice.periods[0]}-{choice.periods[-1]}.csv".replace("/", "-")
    headers = _NOT_KEPT | {"Content-Disposition": f'attachment; filename="{name}"'}
    content = exports.areas_csv(released, areas, level, choice, asked, dataset.source)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
