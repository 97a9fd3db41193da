"""The stock: what comes in, and who gets what."""

from dataclasses import replace

import pytest

from simulator.mls.credential import BasicCredential
from simulator.mls.extension import Extension
from simulator.mls.key_package import KeyPackage
from simulator.mls.key_package_bundle import make_key_package
from simulator.mls.leaf_node import Lifetime
from simulator.services import consent, extensions, key_packages
from simulator.services.commands import FetchConnectionKeyPackages, FetchGroupKeyPackages
from simulator.services.refusal import Code
from simulator.services.results import HandedOut
from simulator.storage import ConsentWord
from tests.services.bench import LIFETIME, NOW, SUITE, VERSION, Bench, Client

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"


@pytest.fixture
def phone(bench: Bench) -> Client:
    return bench.client("alice.phone@a")


def upload(bench: Bench, client: Client, *published: KeyPackage) -> None:
    bench.do(lambda context: key_packages.upload(client.uri, published, context))


def refused(bench: Bench, client: Client, key_package: KeyPackage, code: Code = Code.invalid_leaf_node) -> str:
    return bench.refuses(code, lambda context: key_packages.upload(client.uri, [key_package], context)).rule


def for_connection(bench: Bench, target: str = ALICE, *, requester: str = BOB, sender: str = "b.example") -> HandedOut:
    return bench.do(
        lambda context: key_packages.for_connection(FetchConnectionKeyPackages(requester, target), sender, context)
    )


def for_group(bench: Bench, target: str | tuple[str, ...] = ALICE, *, requester: str = BOB) -> HandedOut:
    return bench.do(
        lambda context: key_packages.for_group(FetchGroupKeyPackages(requester, target), "b.example", context)
    )


def connect(bench: Bench) -> None:
    bench.do(lambda context: consent.note(BOB, ALICE, ConsentWord.granted, context))


def test_only_own_clients_upload(bench: Bench) -> None:
    bob = bench.client("bob.phone@b")
    refused(bench, bob, bob.key_package(), Code.unknown_user)


def test_a_key_package_is_its_clients(bench: Bench, phone: Client) -> None:
    laptop = bench.client("alice.laptop@a")
    assert "names somebody else" in refused(bench, phone, laptop.key_package())
    other = replace(phone, identity=phone.identity.with_new_key(SUITE, phone.rand))
    assert "not mimi://a.example/d/alice/phone's" in refused(bench, phone, other.key_package(), Code.invalid_signature)
    anonymous = replace(phone, identity=replace(phone.identity, credential=BasicCredential(b"")))
    refused(bench, phone, anonymous.key_package())


def test_a_key_package_can_be_used(bench: Bench, phone: Client) -> None:
    good = phone.key_package()
    assert "cipher suite 2" in refused(bench, phone, replace(good, cipher_suite=2))
    assert "signature" in refused(bench, phone, replace(good, init_key=phone.key_package().init_key))
    assert "valid until" in refused(bench, phone, phone.key_package(lifetime=Lifetime(NOW - 10, NOW - 1)))
    assert "valid from" in refused(bench, phone, phone.key_package(lifetime=Lifetime(NOW + 1, NOW + 10)))
    silent = phone.key_package(leaf_extensions=extensions.leaf_extensions((), connection=True))
    assert "mimi_ds_versions" in refused(bench, phone, silent)


@pytest.mark.parametrize(
    ("own", "of_the_leaf"),
    [(Extension(extensions.LAST_RESORT, b"\x00"), None), (None, Extension(extensions.CONNECTION, b"\x00"))],
)
def test_what_only_marks_a_key_package_is_empty(
    bench: Bench, phone: Client, own: Extension | None, of_the_leaf: Extension | None
) -> None:
    leaf = extensions.leaf_extensions((VERSION,)) + ((of_the_leaf,) if of_the_leaf else ())
    bundle = make_key_package(phone.identity, SUITE, phone.rand, LIFETIME, (own,) if own else (), leaf)
    assert "to be empty" in refused(bench, phone, bundle.key_package)


def test_a_key_package_is_uploaded_once(bench: Bench, phone: Client) -> None:
    key_package = phone.key_package(connection=True)
    upload(bench, phone, key_package)
    assert "before" in refused(bench, phone, key_package)
    assert for_connection(bench) == HandedOut((key_package,))
    assert "before" in refused(bench, phone, key_package)


def test_the_stock_has_a_limit_per_kind(bench: Bench, phone: Client) -> None:
    bench.policy = replace(bench.policy, max_key_packages=1)
    upload(bench, phone, phone.key_package())
    assert "limit" in refused(bench, phone, phone.key_package())
    upload(bench, phone, phone.key_package(connection=True), phone.key_package(last_resort=True))


def test_each_is_handed_out_once_then_the_last_resort_again_and_again(bench: Bench, phone: Client) -> None:
    last = phone.key_package(connection=True, last_resort=True)
    once = [phone.key_package(connection=True) for _ in range(2)]
    upload(bench, phone, last, *once)
    assert [for_connection(bench).key_packages for _ in range(4)] == [(once[0],), (once[1],), (last,), (last,)]


def test_none_is_left(bench: Bench, phone: Client) -> None:
    upload(bench, phone, phone.key_package(connection=True), phone.key_package())
    for_connection(bench)
    command = FetchConnectionKeyPackages(BOB, ALICE)
    bench.refuses(
        Code.key_packages_exhausted, lambda context: key_packages.for_connection(command, "b.example", context)
    )


def test_expired_ones_are_not_handed_out(bench: Bench, phone: Client) -> None:
    lifetime = Lifetime(NOW - 10, NOW + 10)
    upload(
        bench,
        phone,
        phone.key_package(connection=True, lifetime=lifetime),
        phone.key_package(connection=True, last_resort=True, lifetime=lifetime),
    )
    bench.now += 11
    command = FetchConnectionKeyPackages(BOB, ALICE)
    bench.refuses(
        Code.key_packages_exhausted, lambda context: key_packages.for_connection(command, "b.example", context)
    )


def test_a_user_is_reached_on_every_client_that_has_one(bench: Bench, phone: Client) -> None:
    laptop, empty = bench.client("alice.laptop@a"), bench.client("alice.tablet@a")
    mine, other = phone.key_package(), laptop.key_package()
    upload(bench, phone, mine)
    upload(bench, laptop, other)
    connect(bench)
    assert for_group(bench) == HandedOut((other, mine))
    assert empty.bundles == []


def test_clients_are_reached_all_or_none(bench: Bench, phone: Client) -> None:
    laptop = bench.client("alice.laptop@a")
    mine = phone.key_package()
    upload(bench, phone, mine)
    connect(bench)
    both = FetchGroupKeyPackages(BOB, (phone.uri, laptop.uri))
    refusal = bench.refuses(
        Code.key_packages_exhausted, lambda context: key_packages.for_group(both, "b.example", context)
    )
    assert laptop.uri in refusal.rule
    assert for_group(bench, (phone.uri,)) == HandedOut((mine,))


def test_no_client_is_named_twice(bench: Bench, phone: Client) -> None:
    """A request takes no more of a client's stock than one KeyPackage."""
    upload(bench, phone, phone.key_package(), phone.key_package())
    connect(bench)
    for target in ((), (phone.uri, phone.uri)):
        command = FetchGroupKeyPackages(BOB, target)
        bench.refuses(Code.malformed, lambda context, c=command: key_packages.for_group(c, "b.example", context))


def test_kinds_are_handed_out_apart(bench: Bench, phone: Client) -> None:
    regular, connection = phone.key_package(), phone.key_package(connection=True)
    upload(bench, phone, regular, connection)
    connect(bench)
    assert for_connection(bench) == HandedOut((connection,))
    assert for_group(bench) == HandedOut((regular,))


@pytest.mark.parametrize("target", [ALICE, ("mimi://a.example/d/alice/phone",)])
def test_groups_need_a_connection(bench: Bench, phone: Client, target: str | tuple[str, ...]) -> None:
    upload(bench, phone, phone.key_package())
    command = FetchGroupKeyPackages(BOB, target)
    bench.refuses(Code.not_authorized, lambda context: key_packages.for_group(command, "b.example", context))
    connect(bench)
    assert len(for_group(bench, target).key_packages) == 1


def test_a_user_reaches_its_own_clients(bench: Bench, phone: Client) -> None:
    upload(bench, phone, phone.key_package())
    own = FetchGroupKeyPackages(ALICE, ALICE)
    assert bench.do(lambda context: key_packages.for_group(own, "a.example", context)).key_packages


def test_a_provider_asks_for_its_own_users(bench: Bench, phone: Client) -> None:
    upload(bench, phone, phone.key_package(), phone.key_package(connection=True))
    connect(bench)
    for service, command in (
        (key_packages.for_connection, FetchConnectionKeyPackages(BOB, ALICE)),
        (key_packages.for_group, FetchGroupKeyPackages(BOB, ALICE)),
    ):
        rule = bench.refuses(Code.not_authorized, lambda context, s=service, c=command: s(c, "c.example", context)).rule
        assert rule == "c.example can't speak for mimi://b.example/u/bob, who is not its user"


def test_unknown_users_and_clients(bench: Bench, phone: Client) -> None:
    connect(bench)
    for target in ("mimi://a.example/u/nobody", "mimi://c.example/u/carol"):
        wanted = FetchConnectionKeyPackages(BOB, target)
        bench.refuses(Code.unknown_user, lambda context, c=wanted: key_packages.for_connection(c, "b.example", context))
        command = FetchGroupKeyPackages(BOB, target)
        bench.refuses(Code.unknown_user, lambda context, c=command: key_packages.for_group(c, "b.example", context))
    command = FetchGroupKeyPackages(BOB, (phone.uri, "mimi://a.example/d/alice/fridge"))
    bench.refuses(Code.unknown_user, lambda context: key_packages.for_group(command, "b.example", context))
