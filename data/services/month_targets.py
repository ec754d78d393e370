"""Which dataset files bring more months of, told by what they are and where they are from."""

from collections.abc import Collection

from data.principal import Principal
from data.records.reading_jobs import police_forces
from data.records.rows import DatasetKind
from data.records.street_names import say_force
from data.sandbox import run_sandboxed
from data.services import adding_months
from data.services.import_request import ImportRequest
from data.store import datasets, mappings
from data.store.datasets import Dataset
from data.store.store import Store


def police_target(store: Store, principal: Principal, request: ImportRequest) -> Dataset | None:
    """Return the one police dataset of the organisation that holds the forces of these files; None if none or several.

    Raises InputError for files that cannot be opened.
    """
    found = police_targets(store, principal, request)
    return found[0] if len(found) == 1 else None


def police_targets(store: Store, principal: Principal, request: ImportRequest) -> list[Dataset]:
    """List the police datasets of the organisation that hold the forces of these files, newest first.

    A title, an access or areas that a request names and a dataset has not make it another dataset. Raises InputError
    for files that cannot be opened.
    """
    fitting = [one for one in own_datasets(store, principal, DatasetKind.POLICE) if _fits(one, request)]
    if not fitting:
        return []
    forces = run_sandboxed(police_forces, tuple(request.sources), tuple(request.forces))
    return [one for one in fitting if forces and holds(store, principal, one, forces)]


def holds(store: Store, principal: Principal, dataset: Dataset, forces: Collection[str]) -> bool:
    """Return whether a police dataset is of these forces, as its rows say or else its title and source."""
    held = adding_months.forces_held(store, principal, dataset)
    named = f"{dataset.title} {dataset.source}".lower()
    return set(forces) <= held if held else all(say_force(force).lower() in named for force in forces)


def source_target(store: Store, principal: Principal, kind: DatasetKind, source: str | None) -> Dataset | None:
    """Return the one dataset of a kind that the organisation has from a source; None if none or several."""
    found = [one for one in own_datasets(store, principal, kind) if one.source == source]
    return found[0] if len(found) == 1 else None


def columns_target(store: Store, principal: Principal, kind: DatasetKind, columns: Collection[str]) -> Dataset | None:
    """Return the one dataset from a source whose columns are all in a file, as they were matched last time.

    None where a column says the school: rows of several schools come in whole.
    """
    for source, mapping in mappings.mappings(store, principal, kind.value).items():
        named = {column for role, column in mapping.items() if role != "harm" and isinstance(column, str)}
        if named and named <= set(columns):
            return None if mapping.get("contributor") else source_target(store, principal, kind, source)
    return None


def own_datasets(store: Store, principal: Principal, kind: DatasetKind) -> list[Dataset]:
    """List the organisation's own datasets of a kind, newest first."""
    return [
        one for one in datasets.datasets(store, principal) if one.kind == kind and one.owner == principal.organisation
    ]


def _fits(dataset: Dataset, request: ImportRequest) -> bool:
    asked = (
        (request.title, dataset.title),
        (request.access, dataset.access),
        (request.area_set_id, dataset.area_set_id),
    )
    return all(wanted is None or wanted == has for wanted, has in asked)
