"""A bounded sample of what `make fuzz` runs for long: in each draft the seeds are valid, for every endpoint and
operation; altered they do no harm, and are refused in all ways.
"""

import pytest

from simulator.codec import encode
from simulator.fuzzing.answers import Answers
from simulator.fuzzing.environment import check_seeds
from simulator.fuzzing.findings import failure, reduced
from simulator.fuzzing.joins import Joins
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.requests import Requests
from simulator.fuzzing.wires import Wires
from simulator.mutation.cases import Case
from simulator.mutation.randomness import seeded
from simulator.services.accounts.directory import register_user
from tests.fuzzing.sample import kind, labels, sampled


@pytest.mark.parametrize("place", [1, 2])
async def test_a_sample_in_each_environment(place: int) -> None:
    here = kind("mimi-transport-00", place)
    async with open_environment(here) as environment:
        await check_seeds(environment)
        endpoints = {seed.endpoint for seed in environment.seeds}
        bodies = {type(seed.request.body).__name__ for seed in environment.seeds if hasattr(seed.request, "body")}
        assert endpoints == {row.name for row in environment.session.draft.endpoints} - {"ds_domain"}
        assert len(bodies) == 14, "every operation that is asked with a DSRequest"
        assert len([seed for seed in environment.seeds if seed.code is not None]) == 11, "attacks that are refused"
        for make, cases in ((Wires, 8), (Answers, 40), (Requests, 120)):
            tally = await sampled(make(environment), str(here), cases)
    assert {"200", "400 malformed", "401 invalid_signature", "422 invalid_leaf_node"} <= labels(tally)
    assert len(labels(tally)) > 10
    assert len(tally.accepted) > 5


@pytest.mark.parametrize("place", [1, 2])
async def test_a_sample_of_rooms(place: int) -> None:
    here = kind("mimi-protocol-06", place)
    async with open_environment(here) as environment:
        await check_seeds(environment)
        endpoints = {seed.endpoint for seed in environment.seeds}
        assert endpoints == {row.name for row in environment.session.draft.endpoints if row.method != "GET"}
        assert len([seed for seed in environment.seeds if seed.code is not None]) == 1, "a change that is refused"
        outcomes: set[str] = set()
        for make, cases in ((Wires, 6), (Answers, 40), (Joins, 60), (Requests, 90)):
            outcomes |= labels(await sampled(make(environment), str(here), cases))
    assert {"201", "400 malformed", "200 refused: not_authorized", "BadAnswer", "joins"} <= outcomes
    assert len(outcomes) > 20


async def test_a_sample_in_envelopes() -> None:
    here = kind("mimi-transport-01")
    async with open_environment(here) as environment:
        await check_seeds(environment)
        assert {seed.endpoint for seed in environment.seeds} == {
            row.name for row in environment.session.draft.endpoints
        } - {"ds_domain"}
        tally = await sampled(Requests(environment), str(here), 90)
    assert {"200", "400 malformed", "401 invalid_signature"} <= labels(tally)


async def test_what_a_provider_does_wrong_is_found_and_reduced() -> None:
    """First something else changes its store, then the store is gone."""
    async with open_environment(kind("mimi-transport-00")) as environment:
        target, seed, executor = Requests(environment), environment.seeds[0], environment.session.provider("a").executor
        body = encode(seed.request).hex() + "00"
        shot = {"sender": seed.sender, "recipient": "a.example", "endpoint": seed.endpoint, "body": body}
        assert await target.fire(shot) == "400 malformed"
        executor.do(lambda context: register_user("mimi://a.example/u/mallory", context))
        assert "has changed a store" in str(await failure(target, shot))
        await environment.restore()
        case = next(case for number in range(5000) if _is_long(case := target.case(seeded(number))))
        assert await failure(target, target.shot(case)) is None
        executor.store.close()
        found = await reduced(target, case)
    assert found is not None
    smallest, error = found
    assert "Cannot operate on a closed database" in str(error)
    assert smallest.altered == "nothing"


def _is_long(case: Case) -> bool:
    return len(case.edits) > 1 and case.seed.name == "FetchTree"
