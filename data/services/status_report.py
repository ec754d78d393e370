"""What the store holds, as a report for programs and as lines for people."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Final, TypedDict

from data.kernel_protections import KernelProtections, kernel_protections
from data.principal import Principal
from data.services import damaged_files, dataset_summary, release_log_state, secret
from data.services.damaged_files import DamagedFile
from data.services.release_log_state import LogState
from data.services.secret import SecretState
from data.store import area_sets, base_maps, datasets, deliveries, integrity
from data.store.base_maps import BaseMap
from data.store.datasets import Access, Dataset
from data.store.deliveries import Delivery
from data.store.store import Store
from geo import disclosure
from geo.calendar import months
from geo.errors import InputError
from geo.wording import capital

EXACT: Final = " — exact: do not share"
FEWEST: Final = 100  # rows of a dataset from which shares by school year say anything


class Report(TypedDict):
    """What the store holds; ``secret`` is a ``data.services.secret.SecretState``. Deliveries are those that stand.

    ``audit`` has a sentence where its newest writes are missing, and none otherwise.
    ``set_aside`` are damaged files that lie beside the store, and ``exact`` are the protected datasets that are told as
    they are. Of all others rows are to the nearest ten (0 is fewer than 10), and what is None is not told.
    Rows of datasets told as they are come by school year too, from 100 on, with months that were supplied in part.
    ``sandbox`` says by name which protections of the kernel files are read behind, and ``release_log`` is a
    ``data.services.release_log_state.LogState``.
    """

    area_sets: list[dict[str, object]]
    base_maps: list[dict[str, object]]
    datasets: list[dict[str, object]]
    deliveries: list[dict[str, object]]
    sandbox: dict[str, bool]
    secret: str
    release_log: str
    audit: list[str]
    set_aside: list[dict[str, object]]
    exact: list[int]


def of_store(store: Store, principal: Principal, *, exact: bool = False) -> Report:
    """Return area sets, base maps, datasets with rows read, placed and not placed, and the state of the secret.

    Rows of protected datasets are rounded, unless their custodian asks for ``exact`` ones.
    """
    sets = area_sets.area_sets(store, principal)
    titles = {summary.id: summary.title for summary in sets}
    held = datasets.datasets(store, principal)
    asked = [one.id for one in held if one.access is Access.PROTECTED and exact and _is_custodian(principal, one)]
    as_they_are = {one.id for one in held if one.access is Access.OPEN} | set(asked)
    return {
        "area_sets": [
            {"id": one.id, "title": one.title, "level": one.level, "areas": one.size, "notes": list(one.notes)}
            for one in sets
        ],
        "base_maps": [_of_base_map(one) for one in base_maps.base_maps(store, principal)],
        "datasets": [
            _of_dataset(one, titles[one.area_set_id], exact=one.id in as_they_are)
            | _supplied(store, principal, one, exact=one.id in as_they_are)
            for one in held
        ],
        "deliveries": [
            _of_delivery(one, as_they_are) for one in deliveries.deliveries(store, principal) if one.undone_at is None
        ],
        "sandbox": kernel_protections()._asdict(),
        "secret": secret.look(store, principal)[0].value,
        "release_log": release_log_state.look(store, principal)[0].value,
        "audit": integrity.lost_head(store, principal),
        "set_aside": [_of_set_aside(one) for one in damaged_files.damaged_files()],
        "exact": asked,
    }


def lines(report: Report) -> list[str]:
    """Write a report as lines for people."""
    missing = KernelProtections(**report["sandbox"]).sentence()
    unsafe = [] if missing is None else [missing]
    if not (report["area_sets"] or report["base_maps"]):
        return [
            "The store is empty. Load areas with `python -m data areas`, or build a town with `python -m data demo`.",
            *report["audit"],
            *unsafe,
        ]
    listed = [f"Area set {one['id']}: {one['title']}, {one['areas']:,} areas" for one in report["area_sets"]]
    for one in report["base_maps"]:
        edition = f", {one['edition']}" if one["edition"] else ""
        size = float(one["bytes"]) / 1e6  # type: ignore[arg-type]
        listed.append(f"Base map {one['id']}: {one['title']} ({one['source']}{edition}), {size:.1f} MB")
    for one in report["datasets"]:
        mark = EXACT if one["id"] in report["exact"] else ""
        listed += [f"Dataset {one['id']}: {one['title']} ({one['access']}, {one['source']}){mark}", *_coverage(one)]
    for one in report["deliveries"]:
        edition = f", {one['edition']}" if one["edition"] else ""
        listed.append(
            f"Delivery {one['id']}: {one['kind']}, {one['title']}{edition}, {_rows_of(one)} rows, {one['added_at']}"
        )
    listed += [_aside(one) for one in report["set_aside"]]
    advice = "" if SecretState(report["secret"]).is_fine else "; `python -m data secret` says what to do"
    log = LogState(report["release_log"])
    told = "" if log.is_fine else "; `python -m data verify` says what to do"
    kept = [f"Release secret: {report['secret']}{advice}", f"Release log: {log}{told}"]
    return [*listed, *unsafe, *kept, *report["audit"]]


def _aside(one: dict[str, object]) -> str:
    from geo.register.markers import say_day  # a report needs no library of shapes

    return (
        f"Set aside since it was damaged: {one['name']}, {float(one['bytes']) / 1e6:.1f} MB, with exact rows; "  # type: ignore[arg-type]
        f"removed on {say_day(str(one['removed_on']))}, or at once by `python -m data remove-damaged`"
    )


def of_version(version: Dataset, *, exact: bool = False) -> list[str]:
    """Describe one version of a dataset, in lines for people; rows of a protected one are rounded unless ``exact``."""
    shown = "shown now" if version.is_current else f"superseded {version.superseded_at}"
    is_open = version.access is Access.OPEN
    mark = EXACT if exact and not is_open else ""
    return [
        f"Version {version.number} ({shown}), added {version.added_at} by {version.added_by}{mark}",
        *_coverage(_of_dataset(version, None, exact=exact or is_open)),
    ]


def _is_custodian(principal: Principal, dataset: Dataset) -> bool:
    from data.services import visibility  # a report needs no library of shapes

    return visibility.is_custodian(principal, dataset)


def newest(store: Store, principal: Principal) -> Dataset:
    """Return the dataset of incidents that was added last. Raises InputError when there is none."""
    listed = [one for one in datasets.datasets(store, principal) if not one.holds_marks]
    if not listed:
        raise InputError("Counts need a dataset, and the store holds none; import one with `python -m data import`.")
    return listed[0]


def is_empty(store: Store, principal: Principal) -> bool:
    """Return whether the store holds neither areas nor schools yet."""
    from data.store import places  # a report needs no library of shapes

    return not area_sets.area_sets(store, principal) and places.schools(store, principal).empty


def _of_base_map(one: BaseMap) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "source": one.source,
        "attribution": one.attribution,
        "edition": one.edition,
        "bounds": list(one.bounds),
        "zooms": [one.min_zoom, one.max_zoom],
        "tiles": one.tiles,
        "bytes": one.size,
        "counts": dict(one.counts),
        "left_out": dict(one.left_out),
        "notes": list(one.notes),
    }


def _of_set_aside(one: DamagedFile) -> dict[str, object]:
    return {"name": one.path.name, "bytes": one.size, "removed_on": one.removed_on.isoformat()}


def _of_delivery(one: Delivery, exact: Collection[int]) -> dict[str, object]:
    about = dataset_summary.is_rounded(one, exact)
    told: dict[str, object] = {
        "id": one.id,
        "kind": one.kind.value,
        "title": one.title,
        "edition": one.edition,
        "source": one.source,
    }
    rows, size = (disclosure.round_rows(one.rows), None) if about else (one.rows, one.size)
    return told | {"about": about, "rows": rows, "bytes": size, "added_at": one.added_at, "added_by": one.added_by}


def _rows_of(one: dict[str, object]) -> str:
    rows = int(one["rows"])  # type: ignore[call-overload]
    return disclosure.say(rows) if one["about"] else f"{rows:,}"


def _of_dataset(one: Dataset, area_set: str | None, *, exact: bool) -> dict[str, object]:
    told: dict[str, object] = {
        "about": not exact,
        "school_years": dataset_summary.school_years(one),
        "id": one.id,
        "version": one.number,
        "title": one.title,
        "kind": one.kind,
        "access": one.access.value,
        "source": one.source,
        "area_set": area_set,
    }
    figures: dict[str, object] = {
        "first_month": one.first_month,
        "last_month": one.last_month,
        "gaps": list(one.gaps),
        "read": one.rows_read,
        "placed": one.placed,
        "placed_by_code": one.by_code,
        "placed_by_point": one.by_point,
        "no_location": one.no_location,
        "outside": one.outside,
        "not_kept": dict(one.not_kept),
        "notes": list(one.notes),
    }
    if not exact:
        rounded = {"read": disclosure.round_rows(one.rows_read), "placed": disclosure.round_rows(one.placed)}
        figures = dict.fromkeys(figures) | rounded
    return told | figures


def _supplied(store: Store, principal: Principal, one: Dataset, *, exact: bool) -> dict[str, object]:
    """Return the rows of each school year by where they could be placed, and the months supplied in part."""
    untold: dict[str, object] = {"by_school_year": None, "partly_supplied": None}
    if not exact or one.rows_read < FEWEST:
        return untold
    from data.services.completeness import completeness_of  # a report of few rows needs no arrays
    from geo.counts.completeness import by_year

    found = completeness_of(store, principal, one)
    return (
        untold
        if found is None
        else {"by_school_year": [asdict(year) for year in by_year(found)], "partly_supplied": dict(found.partly)}
    )


def _coverage(one: dict[str, object]) -> list[str]:
    """Return the lines below a dataset's title: its period, its rows, what is missing or not kept, and its notes."""
    if one["about"]:
        read, placed = (disclosure.say(int(one[name])) for name in ("read", "placed"))  # type: ignore[call-overload]
        counted = f", counted in “{one['area_set']}”" if one["area_set"] else ""
        return [f"  {capital(str(one['school_years']))}{counted}", f"  {read} rows read, {placed} placed"]
    period = months.say_range([str(one["first_month"]), str(one["last_month"])])
    rows = (
        f"  {one['read']:,} read, {one['placed']:,} placed, {one['no_location']:,} no location, "
        f"{one['outside']:,} outside"
    )
    listed = [f"  {period}" + (f", counted in “{one['area_set']}”" if one["area_set"] else ""), rows]
    if one["gaps"]:
        listed.append(f"  missing: {', '.join(one['gaps'])}")  # type: ignore[arg-type]
    if one["not_kept"]:
        listed.append("  not saved: " + ", ".join(f"{n:,} with {why}" for why, n in one["not_kept"].items()))  # type: ignore[attr-defined]
    return [*listed, *_by_year(one), *(f"  {note}" for note in one["notes"])]  # type: ignore[attr-defined]


def _by_year(one: dict[str, object]) -> list[str]:
    """Return the lines of the share without a location by school year, and of months supplied in part."""
    if not one.get("by_school_year"):
        return []
    from geo.counts.completeness import RowsOfYear, partly_sentence, years_sentence

    years = years_sentence([RowsOfYear(**year) for year in one["by_school_year"]])  # type: ignore[attr-defined]
    said = (years, partly_sentence(one["partly_supplied"]))  # type: ignore[arg-type]
    return [f"  {sentence[:1].lower()}{sentence[1:]}" for sentence in said if sentence]
