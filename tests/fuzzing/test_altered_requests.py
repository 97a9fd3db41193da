"""Whoever may send is who sends, also where a case has another sender than its seed."""

import pytest

from simulator.errors import Misuse
from simulator.fuzzing.altered_requests import AlteredRequests
from simulator.fuzzing.opening import open_environment
from simulator.mutation.randomness import seeded
from tests.fuzzing.sample import kind


async def test_other_senders_are_those_that_there_are() -> None:
    async with open_environment(kind("mimi-protocol-06")) as environment:
        seeds = {id(seed): seed for seed in environment.seeds}
        for senders in (("a.example",), ("a.example", "c.example")):
            made = AlteredRequests(environment, senders)
            cases = [made.case(seeded(number)) for number in range(2000)]
            moved = [case.seed for case in cases if id(case.seed) not in seeds]
            usual = {(seed.name, seed.endpoint, seed.sender) for seed in environment.seeds}
            others = {seed.sender for seed in moved if (seed.name, seed.endpoint, seed.sender) not in usual}
            assert others
            assert others <= set(senders)
        environment.seeds = ()
        with pytest.raises(Misuse, match="mimi-protocol-06 has no request that anybody makes by itself"):
            AlteredRequests(environment)
