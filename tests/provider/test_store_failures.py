"""Who says how a store fails."""

from simulator.provider.store_failures import StoreFailures
from simulator.storage import Trouble


def test_several_are_asked_and_the_first_that_has_something_to_say_wins() -> None:
    failures = StoreFailures()
    assert failures.fails is None
    failures.watch("one", lambda statement: None)
    failures.watch("two", lambda statement: Trouble.FULL if statement == "SELECT 1" else None)
    failures.watch("three", lambda statement: Trouble.LOCKED)
    assert failures.fails is not None
    assert failures.fails("SELECT 1") is Trouble.FULL
    assert failures.fails("SELECT 2") is Trouble.LOCKED
    for name in ("one", "two", "three"):
        failures.watch(name, None)
    assert failures.fails is None
