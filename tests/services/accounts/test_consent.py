"""Consent: each provider keeps what its own users have said."""

import pytest

from simulator.services.accounts import client_removal, consent
from simulator.services.commands import SayConsent
from simulator.services.names import BadName
from simulator.services.refusal import Code
from simulator.storage import EVERYTHING, ConsentWord
from tests.breaking import breaks
from tests.services.bench import Bench

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"
ROOM, OTHER = "mimi://b.example/g/1", "mimi://b.example/g/2"


def say(bench: Bench, word: ConsentWord, scope: str = EVERYTHING) -> None:
    bench.do(lambda context: consent.note(SayConsent(BOB, ALICE, word, scope), context))


def granted(bench: Bench, requester: str, target: str, scope: str = EVERYTHING) -> bool:
    return bench.do(lambda context: consent.is_granted(requester, target, context, scope=scope))


def test_who_is_let_in_may_add_until_that_ends(bench: Bench) -> None:
    bench.client("alice.phone@a")
    assert not granted(bench, BOB, ALICE)
    say(bench, ConsentWord.granted)
    assert granted(bench, BOB, ALICE)
    assert granted(bench, BOB, ALICE, ROOM)
    assert not granted(bench, ALICE, BOB)
    bench.do(lambda context: consent.forget(SayConsent(BOB, ALICE, ConsentWord.granted), context))
    assert not granted(bench, BOB, ALICE)


def test_who_asks_is_not_let_in(bench: Bench) -> None:
    bench.client("alice.phone@a")
    say(bench, ConsentWord.requested)
    assert not granted(bench, BOB, ALICE)


def test_the_word_for_a_group_precedes_the_one_for_all(bench: Bench) -> None:
    bench.client("alice.phone@a")
    say(bench, ConsentWord.granted)
    say(bench, ConsentWord.revoked, ROOM)
    assert [granted(bench, BOB, ALICE, scope) for scope in (EVERYTHING, ROOM, OTHER)] == [True, False, True]
    say(bench, ConsentWord.revoked)
    say(bench, ConsentWord.granted, ROOM)
    assert [granted(bench, BOB, ALICE, scope) for scope in (EVERYTHING, ROOM, OTHER)] == [False, True, False]


def test_one_needs_no_consent_of_oneself(bench: Bench) -> None:
    assert granted(bench, ALICE, ALICE)


@breaks("ACCOUNT-USER")
def test_only_own_users_let_users_in(bench: Bench) -> None:
    bench.refuses(Code.unknown_user, lambda context: consent.note(SayConsent(ALICE, BOB, ConsentWord.granted), context))
    bench.client("alice.phone@a")
    with pytest.raises(BadName):
        bench.do(lambda context: consent.note(SayConsent("bob", ALICE, ConsentWord.granted), context))


def test_what_a_removed_user_has_granted_ends_with_it(bench: Bench) -> None:
    bench.client("alice.phone@a")
    say(bench, ConsentWord.granted)
    bench.do(lambda context: client_removal.remove_user(ALICE, context))
    bench.client("alice.phone@a")
    assert not granted(bench, BOB, ALICE)


def test_a_request_waits_for_its_user_s_word(bench: Bench) -> None:
    bench.client("alice.phone@a")
    say(bench, ConsentWord.requested, ROOM)
    asked = SayConsent(BOB, ALICE, ConsentWord.requested, ROOM)
    assert bench.do(lambda context: consent.requests_to(ALICE, context)) == (asked,)
    say(bench, ConsentWord.granted, ROOM)
    assert bench.do(lambda context: consent.requests_to(ALICE, context)) == ()
