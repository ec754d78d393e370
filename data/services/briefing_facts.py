"""Briefing facts: gathered from released counts for the eyes of a board, whoever asks."""

from collections.abc import Callable
from datetime import date

from data.principal import Principal
from data.services.briefing_request import BriefingRequest
from data.store.store import Store
from geo.briefing.facts import Facts

Tell = Callable[[float, str], None]


def facts(
    store: Store, principal: Principal, request: BriefingRequest, today: date, tell: Tell = lambda *_: None
) -> Facts:
    """Return what papers about a place are written from.

    ``tell`` is called with the part done (0 to 1) and what is being done. Raises RefusedError where nothing of the
    dataset may be shared.
    """
    raise NotImplementedError
