"""Clients that nobody registered."""

from simulator.clients import ClientState
from simulator.clients.adversary.made_up import BorrowedName, made_up_key_package
from simulator.drafts.mls_profile import REGULAR
from simulator.federation import Session
from simulator.mls.joining.key_package_validation import check_key_package
from simulator.services.members import client_of


async def test_each_has_a_key_of_its_own(session: Session) -> None:
    alice = session.client("alice.phone").state
    made = [made_up_key_package(alice, "mimi://c.example/d/nobody/phone") for _ in range(2)]
    assert {client_of(key_package.leaf_node) for key_package in made} == {"mimi://c.example/d/nobody/phone"}
    keys = {key_package.leaf_node.signature_key for key_package in made}
    assert len(keys | {alice.identity.signature_public_key}) == 3


async def test_a_leaf_with_another_key_is_signed_all_the_same(session: Session) -> None:
    alice = session.client("alice.phone").state
    key = alice.suite.generate_hpke_key_pair(alice.rand, "test").public
    made = made_up_key_package(alice, "mimi://c.example/d/nobody/phone", key)
    assert made.leaf_node.encryption_key == key
    check_key_package(made, alice.suite, alice.now())


async def test_a_borrowed_name_is_said_and_nothing_else_changes(session: Session) -> None:
    alice = session.client("alice.phone").state
    home = BorrowedName(alice.home, "b.example")
    assert home.provider == "b.example"
    assert home.key_packages_left(alice.uri, REGULAR) == alice.home.key_packages_left(alice.uri, REGULAR)
    state = ClientState.open("mimi://b.example/d/bob/x", home, alice.draft, alice.suite, alice.rand, alice.now)
    assert state.home.provider == "b.example"
