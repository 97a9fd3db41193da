"""What this draft puts into leaves, KeyPackages and groups, and what it makes of them."""

from contextlib import closing

import pytest

from simulator.clients.key_packages.key_stock import KeyStock
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mls_profile import CONNECTION, REGULAR, NewGroup
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import InvalidGroupInfo, InvalidWelcome
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.senders import external_senders
from simulator.mls.identity import Identity
from simulator.mls.tree.credential import BasicCredential
from tests.breaking import breaks
from tests.services.bench import Bench, Client, new_group

MLS = MIMI_TRANSPORT_00.mls
ALICE = "mimi://a.example/d/alice/phone"
SUITE = cipher_suite(1)


@pytest.fixture
def stock() -> KeyStock:
    rand = SeededRand(1, "alice")
    identity = Identity.generate(SUITE, BasicCredential(ALICE.encode()), rand, MLS.capabilities)
    return KeyStock(identity, SUITE, rand, MLS)


@pytest.mark.parametrize("kind", [REGULAR, CONNECTION])
@pytest.mark.parametrize("last_resort", [False, True])
def test_marks_say_of_which_kind_a_key_package_is(stock: KeyStock, kind: str, last_resort: bool) -> None:
    assert kind in MLS.kinds
    made = stock.make(0, kind, last_resort=last_resort)
    assert MLS.kind_of(made.leaf_node) == kind
    assert MLS.is_last_resort(made) is last_resort
    assert made.leaf_node.extensions[0] == Extension(0xF001, bytes.fromhex("020001"))


def test_a_new_group_says_its_version_and_its_owner() -> None:
    new = NewGroup(b"mimi://a.example/g/1", ALICE, "a.example", (b"key",))
    context = MLS.context_extensions(new)
    assert context[0] == Extension(0xF002, bytes.fromhex("0001"))
    (sender,) = external_senders(context)
    assert (sender.signature_key, sender.credential) == (b"key", BasicCredential(b"a.example"))
    with pytest.raises(ValueError, match="has no verification key"):
        MLS.context_extensions(NewGroup(new.group_id, ALICE, "a.example"))


def test_one_welcome_for_each_provider(stock: KeyStock) -> None:
    assert MLS.welcome_for(stock.make(0)) == "a.example"


@pytest.mark.parametrize(
    ("kind", "asked", "slug", "rule"),
    [
        (CONNECTION, False, "not_asked", "P-5-WELCOME-ENDPOINT/ASKED"),
        (REGULAR, True, "no_connection", "P-5-WELCOME-ENDPOINT/FOR-CONNECTIONS"),
    ],
)
def test_a_welcome_comes_as_its_key_package_says(stock: KeyStock, kind: str, asked: bool, slug: str, rule: str) -> None:
    made = stock.make(0, kind)
    MLS.check_invitation(made, asked=not asked)
    with breaks(rule), pytest.raises(InvalidWelcome) as refused:
        MLS.check_invitation(made, asked=asked)
    assert refused.value.rule == slug
    assert slug in MLS.rules


@breaks("P-5-CONNECTION-OWNER/TWO-USERS")
def test_only_who_was_asked_looks_for_one_other_user() -> None:
    with closing(Bench()) as bench:
        public = new_group(bench, Client.of(ALICE), connection=True).public
    MLS.check_joined(public, "mimi://a.example/u/alice", asked=False)
    MLS.check_joined(public, "mimi://b.example/u/bob", asked=True)
    with pytest.raises(InvalidWelcome, match="connection_users"):
        MLS.check_joined(public, "mimi://a.example/u/alice", asked=True)
    MLS.check_epoch(public, None, InvalidGroupInfo)
