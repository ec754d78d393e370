"""Where pupils come from is kept by school and organisation, can be undone, and never tells of fewer than ten."""

import pytest

from data.principal import LOCAL_USER
from data.services import undoing
from data.store import deliveries, pupil_origins
from data.store.deliveries import Brought, BroughtFile, DeliveryKind
from data.store.store import Store
from geo.errors import InputError
from geo.walking.pupil_origin import PLACE, SECTOR, PupilOrigin
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome

STOP = PupilOrigin("High Street", PLACE, -1.35, 53.43)
NEAR = PupilOrigin("S60 2", SECTOR, -1.36, 53.42, 25)
FAR = PupilOrigin("S65 1", SECTOR, -1.33, 53.44, 110)
FILE = Brought("sectors", (BroughtFile("f", "sectors.csv"),), 40)


def test_they_come_back_by_school_for_the_same_organisation_only(store: Store) -> None:
    welcome(store)
    assert pupil_origins.put_origins(store, DSL, "100001", [STOP, FAR, NEAR]) == 3
    pupil_origins.put_origins(store, DSL, "100002", [NEAR])
    assert pupil_origins.origins(store, BOARD, "100001") == [STOP, NEAR, FAR]
    assert pupil_origins.origins(store, DSL, "100002") == [NEAR]
    assert pupil_origins.origins(store, STRANGER, "100001") == []


def test_what_is_put_stands_in_the_place_of_what_was_there(store: Store) -> None:
    pupil_origins.put_origins(store, DSL, "100001", [STOP, NEAR])
    pupil_origins.put_origins(store, DSL, "100001", [FAR, FAR])
    assert pupil_origins.origins(store, DSL, "100001") == [FAR]


@pytest.mark.parametrize(
    "strange",
    [
        PupilOrigin("S60 2", SECTOR, -1.3, 53.4, 5),
        PupilOrigin("S60 2", SECTOR, -1.3, 53.4, 12),
        PupilOrigin("A home", "address", -1.3, 53.4),
    ],
)
def test_few_pupils_exact_numbers_and_addresses_are_refused(store: Store, strange: PupilOrigin) -> None:
    with pytest.raises(InputError, match="Where pupils come from must be a postcode sector"):
        pupil_origins.put_origins(store, DSL, "100001", [STOP, strange])
    assert pupil_origins.origins(store, DSL, "100001") == []


def test_a_board_may_not_put_them(store: Store) -> None:
    with pytest.raises(PermissionError):
        pupil_origins.put_origins(store, BOARD, "100001", [STOP])


def test_a_file_of_sectors_is_a_delivery_and_can_be_undone(store: Store) -> None:
    pupil_origins.put_origins(store, LOCAL_USER, "100001", [STOP])
    pupil_origins.put_origins(store, LOCAL_USER, "100001", [STOP, NEAR, FAR], FILE)
    [one] = [each for each in deliveries.deliveries(store, LOCAL_USER) if each.kind is DeliveryKind.ORIGINS]
    assert undoing.can_undo(store, LOCAL_USER, one) is None
    assert undoing.undo(store, LOCAL_USER, one.id).startswith("Undone: ")
    assert pupil_origins.origins(store, LOCAL_USER, "100001") == [STOP]
