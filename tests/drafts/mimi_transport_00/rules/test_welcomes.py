"""One Welcome per provider that gains clients, for exactly those whom the commit adds."""

from dataclasses import replace

from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.received import CommitBundle
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Add
from simulator.services.commands import AddUsers
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import Bench, Client, as_member, update_of


def two_of_b(bench: Bench, **options: object) -> tuple[Client, CommitBundle]:
    alice = bench.found("alice.phone@a")
    joiners = [bench.client(name) for name in ("bob.phone@b", "bob.laptop@b")]
    return alice, alice.commit(*(Add(joiner.key_package()) for joiner in joiners), **options)


def refused(bench: Bench, client: Client, bundle: CommitBundle, *welcomes: MLSMessage) -> str:
    return bench.refused(Code.invalid_welcome, as_member(client, AddUsers(update_of(bundle), welcomes))).rule


@breaks("P-4-WELCOME/COMPLETE")
def test_everybody_added_is_invited(bench: Bench) -> None:
    alice, bundle = two_of_b(bench)
    assert "no Welcome invites mimi://b.example/d/bob/phone, mimi" in refused(bench, alice, bundle)
    welcome = body(bundle.welcomes[0])
    halved = mls_message(replace(welcome, secrets=welcome.secrets[:1]))
    assert "no Welcome invites mimi://b.example/d/bob/laptop" in refused(bench, alice, bundle, halved)


@breaks("P-4-WELCOME/ADDED")
def test_nobody_else_is_invited(bench: Bench) -> None:
    alice, bundle = two_of_b(bench)
    welcome = body(bundle.welcomes[0])
    stranger = replace(welcome.secrets[0], new_member=bytes(32))
    extra = mls_message(replace(welcome, secrets=(*welcome.secrets, stranger)))
    assert "does not add" in refused(bench, alice, bundle, extra)
    twice = mls_message(replace(welcome, secrets=(*welcome.secrets, welcome.secrets[0])))
    assert "named twice" in refused(bench, alice, bundle, twice)


@breaks("DS-ADD-USERS-VALIDATION-5")
def test_one_welcome_per_provider(bench: Bench) -> None:
    alice, bundle = two_of_b(bench, welcome_per=lambda key_package: key_package.init_key.hex())
    assert len(bundle.welcomes) == 2
    assert "two Welcomes are for b.example" in refused(bench, alice, bundle, *bundle.welcomes)


@breaks("P-4-WELCOME/ONE-PROVIDER")
def test_one_provider_per_welcome(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    joiners = [bench.client(name) for name in ("bob.phone@b", "carol.phone@c")]
    bundle = alice.commit(*(Add(joiner.key_package()) for joiner in joiners), welcome_per=None)
    assert "this one for those of 2" in refused(bench, alice, bundle, *bundle.welcomes)
    nobody = mls_message(replace(body(bundle.welcomes[0]), secrets=()))
    assert "this one for those of 0" in refused(bench, alice, bundle, nobody)


def test_a_welcome_is_a_welcome_of_the_groups_suite(bench: Bench) -> None:
    alice, bundle = two_of_b(bench)
    with breaks("P-4-WELCOME/FORM"):
        assert "a PublicMessage is no Welcome" in refused(bench, alice, bundle, bundle.message)
    other = mls_message(replace(body(bundle.welcomes[0]), cipher_suite=3))
    with breaks("P-4-WELCOME/CIPHER-SUITE"):
        assert "cipher suite 3" in refused(bench, alice, bundle, other)


def body(message: MLSMessage) -> Welcome:
    assert isinstance(message.body, Welcome)
    return message.body
