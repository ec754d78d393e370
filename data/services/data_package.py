"""Released counts as a frictionless data package: a table, and what its columns mean in words that programs read."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from data.services.exports import counts_csv
from data.store.datasets import Dataset
from geo import columns as c
from geo import disclosure
from geo.areas.area_set import LEVELS, AreaSet
from geo.harms import HARM_GROUPS
from geo.release.balancing import STEP
from geo.release.kinds import Protected, Released
from geo.views.listing import SHOWN, CountsRequest
from geo.views.view import levels, periods

COUNTS: Final = "counts.csv"
DESCRIPTOR: Final = "datapackage.json"
MEDIA: Final = "application/zip"
_OGL: Final = "Open Government Licence v3.0"
_OGL_PATH: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_MONTH: Final = r"^\d{4}-\d{2}$"
_HALF_TERM: Final = r"^\d{4}/\d{2}-[1-6]$"
_OPEN: Final = (
    "Counts of incidents as they were published. A combination that is not listed has none, unless its month is among "
    "those that were never supplied (`monthsNotSupplied`)."
)
_PROTECTED: Final = (
    f"Protected counts of incidents, safe to share. Every count is a sum of multiples of {STEP}; one under "
    f"{disclosure.THRESHOLD} is not told, and every combination is listed, so that which lines there are tells nothing."
)
_PART: Final = "A part of what is released, as `chosen` says. "
_MORE_REPORTS: Final = "More incidents recorded may mean more reporting, and no incident recorded does not mean none."


def whole(released: Released) -> CountsRequest:
    """Return the request for all that is released, as finely as it is."""
    kinds = [c.HARM] if isinstance(released, Protected) else [c.CATEGORY, c.HARM]
    return CountsRequest([c.AREA, c.PERIOD, *kinds])


def counts_package(
    released: Released, areas: AreaSet, request: CountsRequest, dataset: Dataset, made_at: datetime
) -> bytes:
    """Return released counts as a zipped data package: ``counts.csv``, as ``counts_csv`` has it, and what it means.

    ``made_at`` is in UTC. The same counts made at the same moment give the same bytes. Raises InputError as
    ``counts_csv`` does, and TypeError for exact counts.
    """
    table = counts_csv(released, areas, request).encode()
    descriptor = json.dumps(_described(released, areas, request, dataset, made_at, table), ensure_ascii=False, indent=2)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, held in ((DESCRIPTOR, descriptor.encode()), (COUNTS, table)):
            part = zipfile.ZipInfo(
                name, (made_at.year, made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
            )
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, held)
    return content.getvalue()


def _described(
    released: Released, areas: AreaSet, request: CountsRequest, dataset: Dataset, made_at: datetime, table: bytes
) -> dict[str, Any]:
    """Describe the package as https://specs.frictionlessdata.io/data-package/ has it, with what we add to it."""
    protected = isinstance(released, Protected)
    licence = [{"name": "OGL-UK-3.0", "title": _OGL, "path": _OGL_PATH}] if _OGL in dataset.source else []
    covered, chosen = periods(released), _chosen(request)
    return {
        "profile": "tabular-data-package",
        "name": f"local-context-counts-{dataset.id}",
        "title": dataset.title,
        "description": f"{_PART if chosen else ''}{_PROTECTED if protected else _OPEN} {_MORE_REPORTS}",
        **({"licenses": licence} if licence else {}),
        "sources": [{"title": dataset.source}],
        "created": f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        "period": {"from": request.first or covered[0], "to": request.last or covered[-1]},
        **({"chosen": chosen} if chosen else {}),
        **({} if protected else {"monthsNotSupplied": list(dataset.gaps)}),
        "protection": _protection(protected=protected),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "counts",
                "path": COUNTS,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
                "schema": {
                    "fields": [*_fields(released, areas, request, protected=protected)],
                    "missingValues": [""],
                    "primaryKey": list(request.by),
                },
            }
        ],
    }


def _chosen(request: CountsRequest) -> dict[str, Any]:
    """Return what was chosen of all areas, harm groups and categories; nothing where all are."""
    asked = {"areas": list(request.areas), "harms": list(request.harms), "category": request.category}
    return {name: one for name, one in asked.items() if one}


def _protection(*, protected: bool) -> dict[str, Any]:
    if not protected:
        return {"kind": "open", "rounding": "none"}
    return {
        "kind": "protected",
        "rounding": f"sums of multiples of {STEP}",
        "multipleOf": STEP,
        "notToldUnder": disclosure.THRESHOLD,
    }


def _area(level: str) -> str:
    """Say what a code of an area is; a level that is none of the areas' own is that of the zones of a release."""
    return f"Code of the {LEVELS[level]}" if level in LEVELS else "Zone: the codes of its areas, joined by “+”,"


def _fields(released: Released, areas: AreaSet, request: CountsRequest, *, protected: bool) -> Sequence[dict[str, Any]]:
    level = request.level or levels(released, areas)[0]
    period = "Half-term of a school year, 2025/26-1 being the first" if protected else "Calendar month"
    named: dict[str, dict[str, Any]] = {
        c.AREA: {"type": "string", "description": f"{_area(level)} in: {areas.title}"},
        c.PERIOD: {
            "type": "string",
            "description": period,
            "constraints": {"pattern": _HALF_TERM if protected else _MONTH},
        },
        c.CATEGORY: {"type": "string", "description": "What happened, in the source’s own word"},
        c.HARM: {
            "type": "string",
            "description": "Harm group: " + "; ".join(f"{code} = {name}" for code, name in HARM_GROUPS.items()),
            "constraints": {"enum": list(HARM_GROUPS)},
        },
    }
    under = f"; blank where it is under {disclosure.THRESHOLD}" if protected else ""
    least = disclosure.THRESHOLD if protected else 1
    count = {
        "name": c.COUNT,
        "type": "integer",
        "unit": "incidents",
        "description": f"Incidents recorded{under}",
        "constraints": {"minimum": least},
    }
    shown = {"name": SHOWN, "type": "string", "description": "The count in words, as it may be told"}
    return [*({"name": name, **named[name]} for name in request.by), count, *([shown] if protected else [])]
