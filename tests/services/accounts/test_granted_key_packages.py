"""KeyPackages that come with consent: given away once, and used before others are asked for."""

from dataclasses import replace

from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services.accounts import client_removal, granted_key_packages, key_packages
from simulator.services.commands import FetchKeyPackages, SayConsent
from simulator.storage import EVERYTHING, ConsentWord
from tests.services.bench import NOW, Bench, Client

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"
ROOM, OTHER = "mimi://a.example/g/1", "mimi://a.example/g/2"
GROUPS = "regular"
PHONE, LAPTOP = Client.of("mimi://b.example/d/bob/phone"), Client.of("mimi://b.example/d/bob/laptop")


def came(bench: Bench, *made: KeyPackage, scope: str = EVERYTHING, word: ConsentWord = ConsentWord.granted) -> None:
    """Bob has answered Alice."""
    said = SayConsent(ALICE, BOB, word, scope, made)
    bench.do(lambda context: context.store.consents.put(ALICE, BOB, scope, word, context.now))
    bench.do(lambda context: granted_key_packages.note(said, context))


def used(
    bench: Bench, group: str = ROOM, target: str | tuple[str, ...] = BOB, suite: int = 1
) -> tuple[KeyPackage, ...]:
    command = FetchKeyPackages(ALICE, target, GROUPS, group, (suite,))
    return bench.do(lambda context: granted_key_packages.use(command, context))


def test_one_of_each_client_is_given_away(bench: Bench) -> None:
    phone, laptop = bench.client("alice.phone@a"), bench.client("alice.laptop@a")
    bench.client("alice.watch@a")
    first, second, third = phone.key_package(), phone.key_package(), laptop.key_package()
    bench.do(lambda context: key_packages.upload(phone.uri, (first, second), context))
    bench.do(lambda context: key_packages.upload(laptop.uri, (third,), context))
    kind = bench.do(lambda context: context.rules.key_package_use(first)).kind
    said = SayConsent(BOB, ALICE, ConsentWord.granted)
    given = bench.do(lambda context: granted_key_packages.give(said, kind, context))
    assert given.key_packages == (first, third)
    assert bench.do(lambda context: key_packages.take(phone.uri, kind, context)) == second
    assert bench.do(lambda context: key_packages.take(laptop.uri, kind, context)) is None


def test_they_are_used_once(bench: Bench) -> None:
    made = (PHONE.key_package(), LAPTOP.key_package())
    came(bench, *made)
    assert used(bench, target=(PHONE.uri,)) == (), "single clients are asked for"
    assert used(bench) == made
    assert used(bench) == ()
    came(bench, *made)
    assert used(bench) == ()


def test_one_of_a_suite_that_nobody_knows_makes_all_of_no_use(bench: Bench) -> None:
    """Which is no failure of whoever gets them; what came before is replaced all the same."""
    came(bench, PHONE.key_package())
    came(bench, PHONE.key_package(), replace(LAPTOP.key_package(), cipher_suite=0x0A0A))
    assert used(bench) == ()
    made = (PHONE.key_package(), LAPTOP.key_package())
    came(bench, *made)
    assert used(bench) == made


def test_those_for_the_group_come_first(bench: Bench) -> None:
    anywhere, here = PHONE.key_package(), PHONE.key_package()
    came(bench, anywhere)
    came(bench, here, scope=ROOM)
    assert used(bench, OTHER) == (anywhere,)
    assert used(bench) == (here,)


def test_they_fit_the_group_or_stay(bench: Bench) -> None:
    made = PHONE.key_package()
    came(bench, made)
    assert used(bench, suite=3) == ()
    assert used(bench) == (made,)


def test_a_user_is_not_added_with_some_of_its_clients(bench: Bench) -> None:
    old = PHONE.key_package(lifetime=Lifetime(NOW - 60, NOW - 1))
    came(bench, old, LAPTOP.key_package())
    assert used(bench) == ()
    came(bench, LAPTOP.key_package())
    assert len(used(bench)) == 1


def test_what_a_user_got_goes_with_it(bench: Bench) -> None:
    bench.client("alice.phone@a")
    came(bench, PHONE.key_package())
    bench.do(lambda context: client_removal.remove_user(ALICE, context))
    bench.client("alice.phone@a")
    bench.do(lambda context: context.store.consents.put(ALICE, BOB, EVERYTHING, ConsentWord.granted, context.now))
    assert used(bench) == ()


def test_nothing_is_used_without_consent(bench: Bench) -> None:
    came(bench, PHONE.key_package())
    came(bench, scope=ROOM, word=ConsentWord.revoked)
    assert used(bench) == ()
    came(bench, word=ConsentWord.revoked)
    came(bench)
    assert used(bench, OTHER) == (), "what was taken back does not come again"
