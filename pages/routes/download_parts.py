"""What every download has in common: what its address asks for, and how figures leave or are refused."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.principal import LOCAL_USER
from data.services import access_log, extent_counts, visibility
from data.services.opening import open_store
from data.services.table_files import FORMS, TableFile
from data.store import area_sets, datasets, places
from data.store.datasets import Dataset
from geo import columns
from geo.areas import proximity
from geo.areas.area_set import AreaSet
from geo.areas.reach import read_reach
from geo.calendar import periods
from geo.errors import InputError, ThinDataError
from geo.harms import HARM_GROUPS
from geo.release.kinds import Released
from geo.views import extent
from geo.views.extent import Extent

NOT_KEPT: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NOT_LOGGED: Final = (
    "A download must be written to the access log, and that could not be written; free some space on the disk and try "
    "again."
)
_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Given:
    """A dataset, what is released of it, and its areas."""

    dataset: Dataset
    released: Released
    areas: AreaSet


def route(path: str, make: Callable[[QueryParams], Response], needs: str) -> Route:
    """Make a route to a file of released figures.

    ``make`` takes what the address asks. Where it raises RefusedError or PermissionError, or finds data too thin, the
    answer is that one sentence; for an address that asks for what there is not, it is ``needs``.
    """

    def answer(request: Request) -> Response:
        try:
            made = make(request.query_params)
        except PermissionError as refusal:
            return refused(str(refusal), 403)
        except ThinDataError as thin:
            return refused(str(thin), 400)
        except (InputError, KeyError, ValueError):
            return refused(needs, 400)
        return logged(made, path.rpartition("/")[2], int(request.query_params["dataset"]))

    return Route(path, answer, methods=["GET"])


def table_routes(path: str, make: Callable[[QueryParams], TableFile], needs: str) -> list[Route]:
    """Make the routes to a table of released figures, one for each of its forms; ``path`` is that of the CSV file.

    Otherwise as ``route``.
    """

    def written(form: str) -> Callable[[QueryParams], Response]:
        return lambda query: table_file(make(query), form)

    return [route(in_form(path, form), written(form), needs) for form in FORMS]


def in_form(path: str, form: str) -> str:
    """Return the path of a table in another of its forms than CSV."""
    return f"{path.removesuffix('.csv')}.{form}"


def table_file(table: TableFile, form: str) -> Response:
    """Send a table in one of its forms; nothing on the way keeps it."""
    return sent(f"{table.name}.{form}", table.written(form, date.today()), FORMS[form])


def logged(answer: Response, kind: str, dataset: int | None = None) -> Response:
    """Return an answer with figures, once it is in the access log that they were asked for; without, refuse it."""
    try:
        access_log.record(LOCAL_USER, access_log.AccessKind.EXPORT, kind, dataset)
    except OSError:
        return refused(_NOT_LOGGED, 503)
    return answer


def csv_file(name: str, content: str | bytes) -> Response:
    """Send a CSV file that nothing on the way keeps."""
    return sent(name, content, FORMS["csv"])


def sent(name: str, content: str | bytes, media: str) -> Response:
    """Send a file that nothing on the way keeps; of its name, only letters, digits, dots and dashes are left."""
    named = {"Content-Disposition": f'attachment; filename="{_NOT_IN_A_NAME.sub("-", name)}"'}
    return Response(content, media_type=media, headers=NOT_KEPT | named)


def refused(sentence: str, status: int) -> Response:
    """Refuse a request in one sentence."""
    return PlainTextResponse(sentence, status_code=status, headers=NOT_KEPT)


def dataset_of(query: QueryParams) -> Dataset:
    """Load the dataset that is asked for. Raises KeyError, ValueError or InputError where there is none."""
    return datasets.load_dataset(open_store(), LOCAL_USER, int(query["dataset"]))


def given(query: QueryParams) -> Given:
    """Load what is released of the dataset that is asked for.

    Raises RefusedError where nothing is, and others as ``dataset_of`` does.
    """
    store, dataset = open_store(), dataset_of(query)
    released = visibility.released_counts(store, LOCAL_USER, dataset)
    return Given(dataset, released, area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id))


def run_of(query: QueryParams) -> tuple[str, ...]:
    """Read the periods from ``from`` to ``to``. Raises KeyError or ValueError where they are none, or in no order."""
    first, last = query["from"], query["to"]
    if not (periods.is_period(first) and periods.is_period(last) and first <= last):
        raise ValueError("`from` and `to` must be months or half-terms, in this order.")
    return tuple(periods.between(first, last))


def harms_of(query: QueryParams) -> tuple[str, ...]:
    """Read the harm groups, each once. Raises ValueError where there are none, or one is none."""
    harms = tuple(dict.fromkeys(query.getlist("harm")))
    if not harms or not set(harms) <= set(HARM_GROUPS):
        raise ValueError("`harm` must name harm groups.")
    return harms


def school_of(query: QueryParams) -> str | None:
    """Read the school whose term dates count, None for all. Raises ValueError where it is not on the list."""
    school = query.get("school")
    if school is not None and school not in set(places.schools(open_store(), LOCAL_USER)[columns.URN]):
        raise ValueError("`school` must be on the list of schools.")
    return school


def extent_of(query: QueryParams, found: Given) -> Extent | None:
    """Read the part of the map that is asked for, None for all of it.

    It is what is ``within`` so many metres of a ``school``, or a walk from it, or that school's district; with
    ``elsewhere``, what is recorded there for elsewhere counts in. Raises KeyError, ValueError or InputError where there
    is no such part.
    """
    if (where := query.get("where")) is None:
        return None
    require_none(query, ("level", "area"))
    urn, store = query["school"], open_store()
    by_label = proximity.labelled(places.schools(store, LOCAL_USER)).values()
    school = next((one for one in by_label if one.urn == urn), None)
    if school is not None and where == "school":
        reach = read_reach(query["within"])
        around = extent_counts.around(store, LOCAL_USER, found.dataset, found.areas, school, reach)
        return extent.with_elsewhere(around) if around.points and query.get("elsewhere") == "yes" else around
    district = extent.district_of(found.areas, school) if school is not None and where == "district" else None
    if district is None:
        raise ValueError("`where` must be `school` with `within`, or `district`, of a `school` on the list.")
    return district


def require_none(query: QueryParams, names: Sequence[str]) -> None:
    """Raise ValueError where an address asks what these figures cannot be chosen by."""
    if not query.keys().isdisjoint(names):
        raise ValueError("These figures cannot be chosen in this way.")
