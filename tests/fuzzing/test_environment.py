"""A federation at rest."""

from dataclasses import replace

import pytest

from simulator.fuzzing.environment import check_seeds
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.whole_bodies import body_of
from simulator.mutation.properties import Broken
from simulator.services.accounts.directory import register_user
from tests.fuzzing.sample import kind


async def test_stores_are_put_back() -> None:
    async with open_environment(kind("mimi-transport-00")) as environment:
        assert environment.unchanged()
        executor = environment.session.provider("a").executor
        executor.do(lambda context: register_user("mimi://a.example/u/mallory", context))
        assert not environment.unchanged()
        await environment.restore()
        assert environment.unchanged()
        seed = environment.seeds[0]
        assert seed.shot(b"ab") == {
            "sender": seed.sender,
            "recipient": seed.recipient,
            "endpoint": seed.endpoint,
            "body": "6162",
        }
        assert (await environment.send(seed.shot(body_of(seed.request)))).error is None
        count = len(environment.session.recorder.exchanges)
        await environment.restore()
        assert len(environment.session.recorder.exchanges) == count, "nothing is recorded any more"


async def test_a_seed_that_is_refused_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_environment(kind("mimi-protocol-06")) as environment:
        refused = [seed for seed in environment.seeds if seed.code is not None]
        monkeypatch.setattr(environment, "seeds", tuple(replace(seed, code=None) for seed in refused))
        with pytest.raises(Broken, match="not_authorized"):
            await check_seeds(environment)
