"""The stock: each KeyPackage once, in order, never an expired one."""

import pytest

from simulator.mls.joining.key_package import KeyPackage
from simulator.storage import StockedKeyPackage, Store
from tests.services.bench import Client

ALICE, PHONE = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone"
REGULAR, CONNECTION = "regular", "for something else"


@pytest.fixture
def key_packages(store: Store) -> list[KeyPackage]:
    store.users.add(ALICE)
    store.users.add_client(PHONE, ALICE)
    client = Client.of(PHONE)
    return [client.key_package() for _ in range(3)]


def stock(
    store: Store,
    key_package: KeyPackage,
    kind: str = REGULAR,
    *,
    last_resort: bool = False,
    until: int = 100,
) -> None:
    store.key_packages.add([StockedKeyPackage(key_package.init_key, PHONE, kind, last_resort, until, key_package)])


def test_what_is_too_old_to_be_taken_is_counted(store: Store, key_packages: list[KeyPackage]) -> None:
    for key_package, until in zip(key_packages, (100, 100, 200), strict=True):
        stock(store, key_package, until=until)
    assert store.key_packages.expired(PHONE, REGULAR, 100) == 0
    store.key_packages.take(PHONE, REGULAR, 100)
    assert store.key_packages.expired(PHONE, REGULAR, 101) == 1
    assert store.key_packages.expired(PHONE, CONNECTION, 101) == 0


def test_each_is_taken_once_in_order(store: Store, key_packages: list[KeyPackage]) -> None:
    for key_package in key_packages:
        stock(store, key_package)
    assert store.key_packages.count(PHONE, REGULAR, 50) == 3
    assert [store.key_packages.take(PHONE, REGULAR, 50) for _ in range(4)] == [*key_packages, None]
    assert store.key_packages.count(PHONE, REGULAR, 50) == 0
    assert store.key_packages.knows(key_packages[0].init_key)


def test_only_what_fits_is_taken_and_what_is_oldest_can_be_looked_at(
    store: Store, key_packages: list[KeyPackage]
) -> None:
    first, second, _ = key_packages
    assert store.key_packages.oldest(PHONE, REGULAR, 50) is None
    for key_package in (first, second):
        stock(store, key_package)
    assert store.key_packages.oldest(PHONE, REGULAR, 50) == first
    assert store.key_packages.take(PHONE, REGULAR, 50, lambda each: each == second) == second
    assert store.key_packages.take(PHONE, REGULAR, 50, lambda each: each == second) is None
    assert store.key_packages.oldest(PHONE, REGULAR, 50) == first
    assert store.key_packages.count(PHONE, REGULAR, 50) == 1


def test_kinds_are_kept_apart(store: Store, key_packages: list[KeyPackage]) -> None:
    stock(store, key_packages[0], CONNECTION)
    assert store.key_packages.take(PHONE, REGULAR, 50) is None
    assert store.key_packages.take(PHONE, CONNECTION, 50) == key_packages[0]


def test_expired_ones_are_passed_over(store: Store, key_packages: list[KeyPackage]) -> None:
    stock(store, key_packages[0], until=99)
    stock(store, key_packages[1], until=100)
    stock(store, key_packages[2], last_resort=True, until=99)
    assert store.key_packages.count(PHONE, REGULAR, 100) == 1
    assert store.key_packages.take(PHONE, REGULAR, 100) == key_packages[1]
    assert store.key_packages.take(PHONE, REGULAR, 100) is None
    assert store.key_packages.last_resort(PHONE, REGULAR, 100) is None


def test_the_newest_of_last_resort_stays(store: Store, key_packages: list[KeyPackage]) -> None:
    for key_package in key_packages[:2]:
        stock(store, key_package, last_resort=True)
    assert store.key_packages.take(PHONE, REGULAR, 50) is None
    assert [store.key_packages.last_resort(PHONE, REGULAR, 50) for _ in range(2)] == [key_packages[1]] * 2
    assert store.key_packages.last_resort(PHONE, CONNECTION, 50) is None


def test_one_that_is_good_for_ever(store: Store, key_packages: list[KeyPackage]) -> None:
    stock(store, key_packages[0], until=2**64 - 1)
    assert store.key_packages.take(PHONE, REGULAR, 50) == key_packages[0]


def test_whose_one_is_stays_known(store: Store, key_packages: list[KeyPackage]) -> None:
    stock(store, key_packages[0])
    store.key_packages.take(PHONE, REGULAR, 50)
    found = [store.key_packages.client_of(each.init_key) for each in key_packages[:2]]
    assert found == [PHONE, None]
