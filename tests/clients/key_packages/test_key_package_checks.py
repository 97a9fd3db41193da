"""The adder checks that it got whom it asked for, over a real provider that hands out what is not its client's."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from simulator.clients import SubstitutedKeyPackage
from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Substituted
from simulator.clients.key_packages.key_package_checks import (
    MOST_CLIENTS,
    check_key_packages_of_clients,
    check_key_packages_of_user,
)
from simulator.clients.operations import AddClients, AddUsers, CreateGroup
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.federation import Session
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.credential import BasicCredential
from simulator.provider.adversary import substitute
from tests.breaking import breaks

SUITE = cipher_suite(1)
BOB = "mimi://b.example/d/bob/phone"
Found = Callable[[Session], list[KeyPackage]]


def forged(session: Session, uri: str, *, kind: str = REGULAR, count: int = 1) -> list[KeyPackage]:
    """KeyPackages in the name of a client, valid in every respect, by somebody else's key."""
    client_api, rand = session.provider("b").client_api, SeededRand(7, f"mallory as {uri}")
    state = ClientState.open(uri, client_api, session.draft, SUITE, rand, lambda: session.now)
    return [state.stock.make(session.now, kind) for _ in range(count)]


async def _refused(session: Session, group: str, users: Sequence[str]) -> SubstitutedKeyPackage:
    alice = session.client("alice.phone")
    before = session.provider("a").fingerprint()
    with pytest.raises(SubstitutedKeyPackage) as refused:
        await alice.perform(AddUsers(group, tuple(users)))
    assert alice.events[-1] == Substituted(group, refused.value.rule, str(refused.value), refused.value.rules)
    assert session.provider("a").fingerprint() == before, "the owner has not even been asked"
    return refused.value


@pytest.fixture
async def own(session: Session) -> str:
    """A group of alice's alone."""
    return await session.client("alice.phone").perform(CreateGroup())


@pytest.mark.parametrize(
    ("uri", "rule"),
    [
        ("mimi://c.example/d/carol/phone", "other_user"),
        ("mimi://b.example/d/mallory/phone", "other_user"),
        (BOB, "key_changed"),
    ],
)
async def test_a_key_package_of_somebody_else(session: Session, own: str, uri: str, rule: str) -> None:
    substitute(session.provider("b"), BOB, forged(session, uri))
    refused = await _refused(session, own, (session.user("bob").uri,))
    assert refused.rule == rule


async def test_a_device_that_is_invented_is_noticed_once_its_user_is_known_by_it_only(
    session: Session, own: str
) -> None:
    """What can't be noticed: with BasicCredentials b.example is the authority on who its users' clients are."""
    invented = "mimi://b.example/d/bob/listener"
    substitute(session.provider("b"), BOB, forged(session, invented))
    await session.client("alice.phone").perform(AddUsers(own, (session.user("bob").uri,)))
    substitute(session.provider("b"), BOB, _another(session, invented))
    other = await session.client("alice.phone").perform(CreateGroup())
    assert (await _refused(session, other, (session.user("bob").uri,))).rule == "key_changed"


def _another(session: Session, uri: str) -> list[KeyPackage]:
    client_api, rand = session.provider("b").client_api, SeededRand(8, uri)
    state = ClientState.open(uri, client_api, session.draft, SUITE, rand, lambda: session.now)
    return [state.stock.make(session.now)]


async def test_a_key_package_that_is_nobodys(session: Session, own: str) -> None:
    (good,) = forged(session, BOB)
    nobody = replace(good, leaf_node=replace(good.leaf_node, credential=BasicCredential(b"bob")))
    substitute(session.provider("b"), BOB, [nobody])
    assert (await _refused(session, own, (session.user("bob").uri,))).rule == "no_client"


async def test_a_key_package_of_the_other_kind(session: Session, own: str) -> None:
    bob = session.client("bob")
    substitute(session.provider("b"), BOB, forged(session, BOB, kind=CONNECTION))
    assert (await _refused(session, own, (bob.user,))).rule == "wrong_kind"
    substitute(session.provider("b"), BOB, forged(session, BOB), CONNECTION)
    with pytest.raises(SubstitutedKeyPackage, match=r"asked for a connection KeyPackage .* \(wrong_kind\)"):
        await session.client("alice.phone").request_connection(bob.user)


async def test_no_more_clients_of_a_user_than_are_added_at_once(session: Session) -> None:
    alice, bob = session.client("alice.phone"), session.user("bob").uri
    (one,) = forged(session, BOB)
    for count, rule in ((MOST_CLIENTS, "client_twice"), (MOST_CLIENTS + 1, "too_many_clients")):
        with pytest.raises(SubstitutedKeyPackage) as refused:
            check_key_packages_of_user(alice.state, "", bob, [one] * count, kind=REGULAR)
        assert refused.value.rule == rule


async def test_one_client_twice(session: Session, own: str) -> None:
    laptop, phone = (f"mimi://a.example/d/alice/{device}" for device in ("laptop", "phone"))
    one, two = forged(session, laptop, count=2)
    substitute(session.provider("a"), laptop, [one])
    substitute(session.provider("a"), phone, [two])
    with pytest.raises(SubstitutedKeyPackage, match="client_twice"):
        await session.client("alice.phone").perform(AddClients(own, (laptop, phone)))


async def test_clients_are_those_that_were_asked_for(session: Session, own: str) -> None:
    alice, laptop = session.client("alice.phone"), "mimi://a.example/d/alice/laptop"
    substitute(session.provider("a"), laptop, forged(session, "mimi://a.example/d/alice/watch"))
    with pytest.raises(
        SubstitutedKeyPackage, match=r"asked for .*laptop, got a KeyPackage of .*watch \(other_client\)"
    ):
        await alice.perform(AddClients(own, (laptop,)))
    assert alice.events[-1] == Substituted(own, "other_client", alice.events[-1].reason, ("SUBSTITUTED-OTHER-CLIENT",))


def of(session: Session, *devices: str, user: str = "bob", kind: str = REGULAR) -> list[KeyPackage]:
    """KeyPackages of clients of bob's, or of another user of b.example."""
    return [each for name in devices for each in forged(session, f"mimi://b.example/d/{user}/{name}", kind=kind)]


def nobodys(session: Session) -> list[KeyPackage]:
    """A KeyPackage whose credential is no client's name."""
    (good,) = of(session, "phone")
    return [replace(good, leaf_node=replace(good.leaf_node, credential=BasicCredential(b"bob")))]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("SUBSTITUTED-TOO-MANY-CLIENTS", lambda session: of(session, *map(str, range(MOST_CLIENTS + 1)))),
        ("SUBSTITUTED-OTHER-USER", lambda session: of(session, "phone", user="mallory")),
        ("SUBSTITUTED-NO-CLIENT", nobodys),
        ("SUBSTITUTED-CLIENT-TWICE", lambda session: of(session, "tablet", "tablet")),
        ("SUBSTITUTED-WRONG-KIND", lambda session: of(session, "tablet", kind=CONNECTION)),
        ("SUBSTITUTED-KEY-CHANGED", lambda session: of(session, "phone")),
    ],
)
@pytest.mark.usefixtures("group")
async def test_each_rule_for_those_of_a_user(session: Session, rule: str, found: Found) -> None:
    alice, bob = session.client("alice.phone").state, session.user("bob").uri
    with breaks(rule), pytest.raises(SubstitutedKeyPackage):
        check_key_packages_of_user(alice, "", bob, found(session), kind=REGULAR)


@pytest.mark.parametrize(
    ("rule", "devices"),
    [("SUBSTITUTED-OTHER-CLIENT", ("tablet", "watch")), ("SUBSTITUTED-CLIENT-MISSING", ())],
)
async def test_each_rule_for_those_of_clients(session: Session, rule: str, devices: tuple[str, ...]) -> None:
    alice, asked = session.client("alice.phone").state, ("mimi://b.example/d/bob/tablet",)
    with breaks(rule), pytest.raises(SubstitutedKeyPackage):
        check_key_packages_of_clients(alice, "", asked, of(session, *devices))
