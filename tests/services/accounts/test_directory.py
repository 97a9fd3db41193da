"""Users and clients."""

import pytest

from simulator.mls.errors import UnsupportedCipherSuite
from simulator.services.accounts import directory
from simulator.services.names import BadName
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import Bench

ALICE, PHONE = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone"


def test_users_and_clients_are_registered_here(bench: Bench) -> None:
    bench.do(lambda context: directory.register_user(ALICE, context))
    bench.do(lambda context: directory.register_client(PHONE, 1, bytes(32), context))
    bench.do(lambda context: directory.check_client(PHONE, context))
    assert bench.store.users.clients_of(ALICE) == (PHONE,)


def test_others_are_not(bench: Bench) -> None:
    with breaks("ACCOUNT-DOMAIN"):
        bench.refuses(Code.not_authorized, lambda context: directory.register_user("mimi://b.example/u/bob", context))
    bench.refuses(Code.unknown_user, lambda context: directory.register_client(PHONE, 1, bytes(32), context))
    bench.refuses(Code.unknown_user, lambda context: directory.check_client(PHONE, context))
    with pytest.raises(BadName):
        bench.do(lambda context: directory.register_user("alice", context))
    bench.do(lambda context: directory.register_user(ALICE, context))
    with pytest.raises(UnsupportedCipherSuite):
        bench.do(lambda context: directory.register_client(PHONE, 99, bytes(32), context))
    assert not bench.store.users.client_exists(PHONE)
