"""Downloads of actions, all as a table and what is owed as a calendar file, and of what to teach.

They hold no figures of any dataset.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.principal import LOCAL_USER
from data.services import action_exports, own_lists
from data.services.opening import open_store
from data.services.table_files import FORMS, TableFile, own_list
from pages.routes import download_parts as parts

ACTIONS: Final = "/lc/download/actions.csv"
TEACHING: Final = "/lc/download/teaching.csv"
OWED: Final = "/lc/download/owed.ics"


def routes() -> list[Route]:
    """Return the routes to downloads of actions."""
    tables = ((ACTIONS, _actions), (TEACHING, _teaching))
    return [
        _route(OWED, _owed),
        *(_route(parts.in_form(path, form), _written(make, form)) for path, make in tables for form in FORMS),
    ]


def _route(path: str, make: Callable[[], Response]) -> Route:
    def answer(_request: Request) -> Response:
        return parts.logged(make(), path.rpartition("/")[2])

    return Route(path, answer, methods=["GET"])


def _written(make: Callable[[], TableFile], form: str) -> Callable[[], Response]:
    return lambda: parts.table_file(make(), form)


def _actions() -> TableFile:
    return own_list("actions", action_exports.actions_table(open_store(), LOCAL_USER), "All actions")


def _teaching() -> TableFile:
    return own_list("teaching", own_lists.teaching_table(open_store(), LOCAL_USER), "What to teach")


def _owed() -> Response:
    content = action_exports.owed_calendar(open_store(), LOCAL_USER, date.today(), datetime.now(UTC))
    named = {"Content-Disposition": 'attachment; filename="owed.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=parts.NOT_KEPT | named)
