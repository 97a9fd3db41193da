"""Welcomes against Adds, however many Welcomes a draft wants for them."""

import pytest

from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.received import CommitBundle
from simulator.mls.proposals.proposals import Add
from simulator.services.hub.commits import stage_commit
from simulator.services.hub.welcomes import WelcomeRules, added_by, match_welcomes
from simulator.services.members import uri_of
from simulator.services.refusal import Code, Refusal, rule
from tests.services.bench import Bench, provider_of
from tests.services.hub.tracked import CURRENT, VALID, public

FITS = WelcomeRules(*(rule("R-WELCOMES", Code.invalid_welcome, "a draft", part=part) for part in "ABCD"))
BOB, CAROL = "mimi://b.example/d/bob/phone", "mimi://c.example/d/carol/phone"


def adding(bench: Bench, **options: object) -> tuple[CommitBundle, StagedCommit]:
    alice = bench.found("alice.phone@a")
    joiners = [bench.client(name) for name in ("bob.phone@b", "carol.phone@c")]
    bundle = alice.commit(*(Add(joiner.key_package()) for joiner in joiners), **options)
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    return bundle, stage_commit(public(bundle.message), record, bench.context, current=CURRENT, valid=VALID)


def invited(welcomes: tuple[MLSMessage, ...], staged: StagedCommit) -> list[list[str]]:
    return [[uri_of(member) for member in each.members] for each in match_welcomes(welcomes, staged, FITS)]


def test_one_welcome_for_all_or_one_for_each_provider(bench: Bench) -> None:
    bundle, staged = adding(bench, welcome_per=None)
    assert invited(bundle.welcomes, staged) == [[BOB, CAROL]]
    assert [uri_of(member) for member, _ in added_by(staged).values()] == [BOB, CAROL]


def test_one_welcome_for_each_provider(bench: Bench) -> None:
    bundle, staged = adding(bench, welcome_per=provider_of)
    assert invited(bundle.welcomes, staged) == [[BOB], [CAROL]]


def test_nobody_is_left_out_nor_invited_twice(bench: Bench) -> None:
    bundle, staged = adding(bench)
    cases = [
        (bundle.welcomes[:1], f"no Welcome invites {CAROL}"),
        ((), f"no Welcome invites {BOB}, {CAROL}"),
        ((*bundle.welcomes, bundle.welcomes[0]), "named twice"),
        ((bundle.message,), "a PublicMessage is no Welcome"),
    ]
    for welcomes, says in cases:
        with pytest.raises(Refusal, match=says) as caught:
            invited(welcomes, staged)
        assert (caught.value.code, caught.value.requirement) == (Code.invalid_welcome, "R-WELCOMES")
