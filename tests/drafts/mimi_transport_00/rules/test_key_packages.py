"""Which kinds of KeyPackages there are, and who gets which."""

import pytest

from simulator.drafts.mimi_transport_00 import extensions
from simulator.drafts.mimi_transport_00.rules.key_packages import hand_out, key_package_use
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.mls.extensions.extension import Extension
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import make_key_package
from simulator.services.accounts import consent, key_packages
from simulator.services.commands import FetchKeyPackages, SayConsent
from simulator.services.draft_rules import KeyPackageUse
from simulator.services.refusal import Code, Refusal
from simulator.services.results import HandedOut
from simulator.storage import ConsentWord
from tests.breaking import breaks
from tests.services.bench import LIFETIME, SUITE, VERSION, Bench, Client

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"


@pytest.fixture
def phone(bench: Bench) -> Client:
    return bench.client("alice.phone@a")


def upload(bench: Bench, client: Client, *published: KeyPackage) -> None:
    bench.do(lambda context: key_packages.upload(client.uri, published, context))


def handed_out(bench: Bench, kind: str, target: str | tuple[str, ...] = ALICE) -> HandedOut:
    return bench.do(lambda context: hand_out(FetchKeyPackages(BOB, target, kind), "b.example", context))


def for_connection(bench: Bench) -> HandedOut:
    return handed_out(bench, CONNECTION)


def for_group(bench: Bench, target: str | tuple[str, ...] = ALICE) -> HandedOut:
    return handed_out(bench, REGULAR, target)


def refused(bench: Bench, code: Code, command: FetchKeyPackages, sender: str = "b.example") -> Refusal:
    return bench.refuses(code, lambda context: hand_out(command, sender, context))


def test_marks_say_what_a_key_package_is_for(phone: Client) -> None:
    for kind, last_resort in ((REGULAR, False), (REGULAR, True), (CONNECTION, False), (CONNECTION, True)):
        made = phone.key_package(connection=kind == CONNECTION, last_resort=last_resort)
        assert key_package_use(made) == KeyPackageUse(kind, last_resort)


@breaks("DS-VERSION-LEAF/KEY-PACKAGE")
def test_a_leaf_says_what_its_client_speaks(phone: Client) -> None:
    silent = phone.key_package(leaf_extensions=extensions.leaf_extensions((), connection=True))
    with pytest.raises(Refusal, match="mimi_ds_versions") as caught:
        key_package_use(silent)
    assert caught.value.requirement == "DS-VERSION-LEAF"


def connect(bench: Bench) -> None:
    bench.do(lambda context: consent.note(SayConsent(BOB, ALICE, ConsentWord.granted), context))


@pytest.mark.parametrize(
    ("own", "of_the_leaf"),
    [(Extension(extensions.LAST_RESORT, b"\x00"), None), (None, Extension(extensions.CONNECTION, b"\x00"))],
)
@breaks("DS-KEY-PACKAGES-LAST-RESORT")
def test_what_only_marks_a_key_package_is_empty(
    phone: Client, own: Extension | None, of_the_leaf: Extension | None
) -> None:
    leaf = extensions.leaf_extensions((VERSION,)) + ((of_the_leaf,) if of_the_leaf else ())
    bundle = make_key_package(phone.identity, SUITE, phone.rand, LIFETIME, (own,) if own else (), leaf)
    with pytest.raises(Refusal, match="to be empty") as caught:
        key_package_use(bundle.key_package)
    assert caught.value.code is Code.invalid_leaf_node


@breaks("P-5-HANDED-OUT-ONCE/USER")
def test_none_is_left(bench: Bench, phone: Client) -> None:
    upload(bench, phone, phone.key_package(connection=True), phone.key_package())
    for_connection(bench)
    command = FetchKeyPackages(BOB, ALICE, CONNECTION)
    refused(bench, Code.key_packages_exhausted, command)


def test_a_user_is_reached_on_every_client_that_has_one(bench: Bench, phone: Client) -> None:
    laptop, empty = bench.client("alice.laptop@a"), bench.client("alice.tablet@a")
    mine, other = phone.key_package(), laptop.key_package()
    upload(bench, phone, mine)
    upload(bench, laptop, other)
    connect(bench)
    assert for_group(bench) == HandedOut((other, mine))
    assert empty.bundles == []


@breaks("P-5-HANDED-OUT-ONCE/CLIENTS")
def test_clients_are_reached_all_or_none(bench: Bench, phone: Client) -> None:
    laptop = bench.client("alice.laptop@a")
    mine = phone.key_package()
    upload(bench, phone, mine)
    connect(bench)
    both = FetchKeyPackages(BOB, (phone.uri, laptop.uri), REGULAR)
    refusal = refused(bench, Code.key_packages_exhausted, both)
    assert laptop.uri in refusal.rule
    assert for_group(bench, (phone.uri,)) == HandedOut((mine,))


@breaks("T-GROUP-KEY-PACKAGES-CLIENTS/ONCE")
def test_no_client_is_named_twice(bench: Bench, phone: Client) -> None:
    """A request takes no more of a client's stock than one KeyPackage."""
    upload(bench, phone, phone.key_package(), phone.key_package())
    connect(bench)
    for target in ((), (phone.uri, phone.uri)):
        command = FetchKeyPackages(BOB, target, REGULAR)
        refused(bench, Code.malformed, command)


def test_kinds_are_handed_out_apart(bench: Bench, phone: Client) -> None:
    regular, connection = phone.key_package(), phone.key_package(connection=True)
    upload(bench, phone, regular, connection)
    connect(bench)
    assert for_connection(bench) == HandedOut((connection,))
    assert for_group(bench) == HandedOut((regular,))


@pytest.mark.parametrize("target", [ALICE, ("mimi://a.example/d/alice/phone",)])
@breaks("T-GROUP-KEY-PACKAGES")
def test_groups_need_a_connection(bench: Bench, phone: Client, target: str | tuple[str, ...]) -> None:
    upload(bench, phone, phone.key_package())
    command = FetchKeyPackages(BOB, target, REGULAR)
    refused(bench, Code.not_authorized, command)
    connect(bench)
    assert len(for_group(bench, target).key_packages) == 1


def test_a_user_reaches_its_own_clients(bench: Bench, phone: Client) -> None:
    upload(bench, phone, phone.key_package())
    own = FetchKeyPackages(ALICE, ALICE, REGULAR)
    assert bench.do(lambda context: hand_out(own, "a.example", context)).key_packages


@breaks("P-5-REQUESTER")
def test_a_provider_asks_for_its_own_users(bench: Bench, phone: Client) -> None:
    upload(bench, phone, phone.key_package(), phone.key_package(connection=True))
    connect(bench)
    for kind in (CONNECTION, REGULAR):
        command = FetchKeyPackages(BOB, ALICE, kind)
        rule = refused(bench, Code.not_authorized, command, "c.example").rule
        assert rule == "c.example can't speak for mimi://b.example/u/bob, who is not its user"


def test_unknown_users_and_clients(bench: Bench, phone: Client) -> None:
    connect(bench)
    for target in ("mimi://a.example/u/nobody", "mimi://c.example/u/carol"):
        for kind in (CONNECTION, REGULAR):
            with breaks("P-6-UNKNOWN-USER"):
                refused(bench, Code.unknown_user, FetchKeyPackages(BOB, target, kind))
    command = FetchKeyPackages(BOB, (phone.uri, "mimi://a.example/d/alice/fridge"), REGULAR)
    with breaks("DS-ADD-PACKAGES-VALIDATION-1"):
        refused(bench, Code.unknown_user, command)
