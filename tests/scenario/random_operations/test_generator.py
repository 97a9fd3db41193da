"""Which operations are drawn."""

from dataclasses import replace
from random import Random

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.federation import ProviderSpec, Topology, open_session
from simulator.scenario.random_operations.generator import NEEDS, Generator
from simulator.scenario.running.context import Context
from tests.federated import NOW

USERS = dict.fromkeys(("alice", "adam", "anna"), ("phone",))
ALONE = Topology((ProviderSpec("a.example", {"alice": ("phone",)}),))
SEVERAL = Topology((ProviderSpec("a.example", USERS),))


def kinds(generator: Generator, count: int) -> set[str]:
    """The first words of so many operations, none of them carried out."""
    return {next(iter(generator.step())) for _ in range(count)}


async def test_the_first_half_sets_up_what_the_rest_needs() -> None:
    async with open_session(SEVERAL, seed=1, now=NOW) as session:
        assert kinds(Generator(Random(1), Context(session), 20), 10) == {"connect", "create_group"}


async def test_faults_can_be_left_out() -> None:
    async with open_session(SEVERAL, seed=1, now=NOW) as session:
        context = Context(session)
        assert "fault" in kinds(Generator(Random(1), context, 200), 200)
        assert not {"fault", "crash"} & kinds(Generator(Random(1), context, 200, faults=False), 200)


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
async def test_what_a_draft_lacks_is_not_drawn(draft: Draft) -> None:
    lacking = {kind for kind, features in NEEDS.items() if draft.lacking(features)}
    topology = replace(SEVERAL, draft=draft.name, mutual_tls=True)
    async with open_session(topology, seed=1, now=NOW) as session:
        assert not lacking & kinds(Generator(Random(1), Context(session), 200), 200)


def test_some_draft_lacks_something() -> None:
    assert any(draft.lacking(features) for draft in DRAFTS for features in NEEDS.values())


async def test_somebody_alone_can_do_something_too() -> None:
    async with open_session(ALONE, seed=1, now=NOW) as session:
        assert kinds(Generator(Random(1), Context(session), 20), 10) == {"create_group"}
