"""Private keys are kept until their KeyPackage was used, and longer for one of last resort."""

import pytest

from simulator.clients.key_packages.key_stock import CLOCK_SKEW, LIFETIME, KeyStock, lifetime
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.mls.tree.credential import BasicCredential


@pytest.fixture
def stock() -> KeyStock:
    suite, rand = cipher_suite(1), SeededRand(1, "alice")
    return KeyStock(Identity.generate(suite, BasicCredential(b"alice"), rand), suite, rand, MIMI_TRANSPORT_00.mls)


@pytest.mark.parametrize("last_resort", [False, True])
def test_used_once_unless_of_last_resort(stock: KeyStock, last_resort: bool) -> None:
    reference = key_package_ref(stock.make(0, last_resort=last_resort))
    bundle = stock.find([b"other", reference])
    assert bundle is not None
    stock.used(bundle)
    assert (stock.find([reference]) is not None) is last_resort


def test_what_was_not_published_is_forgotten(stock: KeyStock) -> None:
    kept, *others = (stock.make(0) for _ in range(3))
    stock.forget(others)
    assert [stock.find([key_package_ref(made)]) is not None for made in (kept, *others)] == [True, False, False]


def test_marks(stock: KeyStock) -> None:
    mls = MIMI_TRANSPORT_00.mls
    made = stock.make(0, CONNECTION, last_resort=True)
    assert mls.kind_of(made.leaf_node) == CONNECTION
    assert mls.is_last_resort(made)
    plain = stock.make(0)
    assert mls.kind_of(plain.leaf_node) == REGULAR
    assert not mls.is_last_resort(plain)


def test_a_lifetime_starts_a_little_early_but_not_before_time() -> None:
    assert lifetime(0).not_before == 0
    assert lifetime(10_000).not_before == 6_400
    assert lifetime(10_000).not_after == 10_000 + LIFETIME


def test_what_expired_unused_is_forgotten(stock: KeyStock) -> None:
    """A Welcome may be under way for a while after; what lives on is kept."""
    now = 1_000_000
    old, new = (key_package_ref(stock.make(when)) for when in (now, now + 10))
    stock.forget_expired(now + LIFETIME + CLOCK_SKEW)
    assert stock.find([old]) is not None
    stock.forget_expired(now + LIFETIME + CLOCK_SKEW + 1)
    assert stock.find([old]) is None
    assert stock.find([new]) is not None
