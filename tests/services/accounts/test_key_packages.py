"""The stock: what comes in, and that it goes out once."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00 import extensions
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services.accounts import key_packages
from simulator.services.refusal import Code
from simulator.services.service_context import ServiceContext
from tests.breaking import breaks
from tests.services.bench import NOW, SUITE, Bench, Client

CONNECTION = "connection"


@pytest.fixture
def phone(bench: Bench) -> Client:
    return bench.client("alice.phone@a")


def upload(bench: Bench, client: Client, *published: KeyPackage) -> None:
    bench.do(lambda context: key_packages.upload(client.uri, published, context))


def refused(bench: Bench, client: Client, *published: KeyPackage, code: Code = Code.invalid_leaf_node) -> str:
    return bench.refuses(code, lambda context: key_packages.upload(client.uri, published, context)).rule


def taken(bench: Bench, client: Client) -> KeyPackage | None:
    return bench.do(lambda context: key_packages.take(client.uri, CONNECTION, context))


@breaks("ACCOUNT-CLIENT")
def test_only_own_clients_upload(bench: Bench) -> None:
    bob = bench.client("bob.phone@b")
    refused(bench, bob, bob.key_package(), code=Code.unknown_user)


def test_a_key_package_is_its_clients(bench: Bench, phone: Client) -> None:
    laptop = bench.client("alice.laptop@a")
    with breaks("UPLOAD-CLIENT"):
        assert "names somebody else" in refused(bench, phone, laptop.key_package())
    other = replace(phone, identity=phone.identity.with_new_key(SUITE, phone.rand))
    with breaks("UPLOAD-KEY"):
        words = refused(bench, phone, other.key_package(), code=Code.invalid_signature)
    assert "not mimi://a.example/d/alice/phone's" in words
    anonymous = replace(phone, identity=replace(phone.identity, credential=BasicCredential(b"")))
    refused(bench, phone, anonymous.key_package())


def test_a_key_package_can_be_used(bench: Bench, phone: Client) -> None:
    good = phone.key_package()
    with breaks("UPLOAD-CIPHER-SUITE"):
        assert "cipher suite 2" in refused(bench, phone, replace(good, cipher_suite=2))
    with breaks("UPLOAD-VALID"):
        assert "signature" in refused(bench, phone, replace(good, init_key=phone.key_package().init_key))
    assert "valid until" in refused(bench, phone, phone.key_package(lifetime=Lifetime(NOW - 10, NOW - 1)))
    assert "valid from" in refused(bench, phone, phone.key_package(lifetime=Lifetime(NOW + 1, NOW + 10)))
    silent = phone.key_package(leaf_extensions=extensions.leaf_extensions((), connection=True))
    assert "mimi_ds_versions" in refused(bench, phone, silent)


@breaks("UPLOAD-NEW")
def test_a_key_package_is_uploaded_once(bench: Bench, phone: Client) -> None:
    key_package = phone.key_package(connection=True)
    upload(bench, phone, key_package)
    assert "before" in refused(bench, phone, key_package)
    assert taken(bench, phone) == key_package
    assert "before" in refused(bench, phone, key_package)
    other = phone.key_package(connection=True)
    assert "before" in refused(bench, phone, other, other)


@breaks("UPLOAD-ROOM")
def test_the_stock_has_a_limit_per_kind(bench: Bench, phone: Client) -> None:
    bench.policy = replace(bench.policy, max_key_packages=1)
    assert "limit" in refused(bench, phone, *(phone.key_package() for _ in range(2)))
    upload(bench, phone, phone.key_package())
    assert "limit" in refused(bench, phone, phone.key_package())
    upload(bench, phone, phone.key_package(connection=True), phone.key_package(last_resort=True))


def test_each_is_handed_out_once_then_the_last_resort_again_and_again(bench: Bench, phone: Client) -> None:
    last = phone.key_package(connection=True, last_resort=True)
    once = [phone.key_package(connection=True) for _ in range(2)]
    upload(bench, phone, last, *once)
    assert [taken(bench, phone) for _ in range(4)] == [*once, last, last]


def test_only_what_fits_is_handed_out(bench: Bench, phone: Client) -> None:
    upload(bench, phone, *(phone.key_package(connection=True, last_resort=last) for last in (False, True)))

    def take(context: ServiceContext, *, fits: bool) -> KeyPackage | None:
        return key_packages.take(phone.uri, CONNECTION, context, lambda _: fits)

    assert bench.do(lambda context: take(context, fits=False)) is None
    assert all(bench.do(lambda context: take(context, fits=True)) is not None for _ in range(3))


def test_expired_ones_are_not_handed_out(bench: Bench, phone: Client) -> None:
    lifetime = Lifetime(NOW - 10, NOW + 10)
    upload(
        bench,
        phone,
        phone.key_package(connection=True, lifetime=lifetime),
        phone.key_package(connection=True, last_resort=True, lifetime=lifetime),
    )
    bench.now += 11
    assert taken(bench, phone) is None
