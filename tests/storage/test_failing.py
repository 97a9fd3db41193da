"""Stores that fail because somebody wants them to."""

from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.storage import InjectedStoreError, Store, StoreError, Trouble, reliably

USER = "mimi://a.example/u/alice"


def test_nothing_fails_unless_somebody_says_so() -> None:
    store, seen = Store(), []
    store.let_fail(lambda statement: seen.append(statement))
    store.users.add(USER)
    assert any(statement.startswith("INSERT") for statement in seen)
    store.let_fail(None)
    met = len(seen)
    assert store.users.exists(USER)
    assert len(seen) == met, "and then nobody is asked any more"
    store.close()


@pytest.mark.parametrize("trouble", Trouble)
def test_what_fails_rolls_back(trouble: Trouble) -> None:
    store = Store()
    store.let_fail(lambda statement: trouble if statement.startswith("SELECT") else None)
    with pytest.raises(InjectedStoreError) as failed:
        _add_and_look(store)
    store.let_fail(None)
    assert isinstance(failed.value, StoreError)
    assert isinstance(failed.value, SimulatorError)
    assert not store.users.exists(USER)
    store.close()


def _add_and_look(store: Store) -> None:
    with store.transaction():
        store.users.add(USER)
        store.users.exists(USER)


def test_a_block_in_which_none_fails() -> None:
    store = Store()
    store.let_fail(lambda _: Trouble.FULL)
    with reliably():
        assert not store.users.exists(USER)
    with pytest.raises(InjectedStoreError, match="made to fail: the disk is full"):
        store.users.exists(USER)
    store.close()


def test_a_file_that_can_not_be_opened(tmp_path: Path) -> None:
    with pytest.raises(InjectedStoreError, match="it can't be written to"):
        Store(tmp_path / "store.db", lambda _: Trouble.READ_ONLY)
    Store(tmp_path / "store.db").close()
