"""KeyPackages that came with consent: kept by scope, each used once."""

from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.storage import EVERYTHING, GrantedKeyPackage, Store
from tests.services.bench import NOW, Client

ALICE, ANNA, BOB = "mimi://a.example/u/alice", "mimi://a.example/u/anna", "mimi://b.example/u/bob"
ROOM = "mimi://a.example/g/1"


PHONE = Client.of("mimi://b.example/d/bob/phone")


def granted(not_after: int = NOW + 60) -> GrantedKeyPackage:
    made = PHONE.key_package()
    return GrantedKeyPackage(key_package_ref(made), not_after, made)


def test_those_of_each_scope_are_kept_apart_and_used_once(store: Store) -> None:
    kept, (first, second, third) = store.granted_key_packages, (granted(), granted(), granted())
    kept.keep(ALICE, BOB, EVERYTHING, (first, second), NOW)
    kept.keep(ALICE, BOB, ROOM, (third,), NOW)
    assert kept.left(ALICE, BOB, EVERYTHING) == (first, second)
    assert kept.left(ALICE, BOB, ROOM) == (third,)
    assert kept.left(ANNA, BOB, EVERYTHING) == kept.left(BOB, ALICE, EVERYTHING) == ()
    kept.use_up(ALICE, BOB, EVERYTHING)
    assert (kept.left(ALICE, BOB, EVERYTHING), kept.left(ALICE, BOB, ROOM)) == ((), (third,))


def test_later_ones_take_the_place_of_what_is_left(store: Store) -> None:
    kept, (first, second) = store.granted_key_packages, (granted(), granted())
    kept.keep(ALICE, BOB, EVERYTHING, (first,), NOW)
    kept.keep(ALICE, BOB, EVERYTHING, (second,), NOW)
    assert kept.left(ALICE, BOB, EVERYTHING) == (second,)


def test_the_same_once_more_changes_nothing(store: Store) -> None:
    kept, one = store.granted_key_packages, granted()
    kept.keep(ALICE, BOB, EVERYTHING, (one, one), NOW)
    before = store.fingerprint()
    kept.keep(ALICE, BOB, EVERYTHING, (one,), NOW)
    assert store.fingerprint() == before
    kept.use_up(ALICE, BOB, EVERYTHING)
    kept.keep(ALICE, BOB, EVERYTHING, (one,), NOW)
    kept.keep(ANNA, BOB, EVERYTHING, (one,), NOW)
    assert kept.left(ALICE, BOB, EVERYTHING) == kept.left(ANNA, BOB, EVERYTHING) == ()


def test_used_ones_are_remembered_until_they_expire(store: Store) -> None:
    kept, one = store.granted_key_packages, granted(NOW)
    kept.keep(ALICE, BOB, EVERYTHING, (one,), NOW)
    kept.use_up(ALICE, BOB, EVERYTHING)
    kept.keep(ALICE, BOB, ROOM, (granted(),), NOW + 1)
    kept.keep(ALICE, BOB, EVERYTHING, (one,), NOW + 1)
    assert kept.left(ALICE, BOB, EVERYTHING) == (one,)


def test_what_a_user_got_is_forgotten(store: Store) -> None:
    kept, one, other = store.granted_key_packages, granted(), granted()
    kept.keep(ALICE, BOB, EVERYTHING, (one,), NOW)
    kept.keep(ANNA, BOB, EVERYTHING, (other,), NOW)
    kept.remove_requester(ALICE)
    assert (kept.left(ALICE, BOB, EVERYTHING), kept.left(ANNA, BOB, EVERYTHING)) == ((), (other,))
