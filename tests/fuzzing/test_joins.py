"""Who joins a group by itself."""

import pytest

from simulator.errors import Misuse
from simulator.fuzzing.joins import Joins
from simulator.fuzzing.opening import open_environment
from simulator.mutation.cases import Case
from tests.fuzzing.sample import kind, labels, sampled


async def test_an_honest_offer_leads_in_and_others_do_no_harm() -> None:
    here = kind("mimi-protocol-06", 2)
    async with open_environment(here) as environment:
        target = Joins(environment)
        for name, seed in target._seeds.items():
            assert await target.fire({**target.shot(Case(name, seed)), "joiner": "bob.laptop"}) == "joins"
        assert len(labels(await sampled(target, str(here), 40))) > 8


async def test_where_hubs_offer_nothing_of_their_own() -> None:
    async with open_environment(kind("mimi-transport-00")) as environment:
        with pytest.raises(Misuse, match="hubs offer nothing of their own"):
            Joins(environment)
