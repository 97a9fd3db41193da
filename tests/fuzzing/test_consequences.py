"""What an accepted request leaves behind."""

import pytest

from simulator.fuzzing.consequences import Consequences, check_faults, check_group, check_names
from simulator.fuzzing.environment import Seed
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.whole_bodies import body_of
from simulator.mutation.properties import Broken
from tests.fuzzing.sample import kind


async def test_what_is_accepted_is_sound_and_a_member_goes_on() -> None:
    async with open_environment(kind("mimi-protocol-06")) as environment:
        consequences = Consequences(environment)
        seed: Seed = next(seed for seed in environment.seeds if seed.name == "UpdateClient")
        shot = seed.shot(body_of(seed.request))
        assert (await environment.send(shot)).error is None
        assert await consequences.check(shot) == "refused by members: own_commit"
        await environment.restore()


async def test_a_fault_and_a_member_that_nobody_registered_are_found() -> None:
    async with open_environment(kind("mimi-transport-00")) as environment:
        hub = environment.session.provider("a")
        hub.faults.append(KeyError(3))
        with pytest.raises(KeyError):
            check_faults(environment.session)
        check_faults(environment.session)
        store = hub.executor.store
        for group_id in store.groups.ids():
            check_group(store.groups.get(group_id))
            check_names(hub, group_id, roles=False)
        group_id = next(each for each in store.groups.ids() if len(list(store.groups.get(each).public.members())) > 3)
        hub.executor.do(lambda context: context.store.users.remove_client("mimi://a.example/d/alice/phone"))
        with pytest.raises(Broken, match="nobody registered"):
            check_names(hub, group_id, roles=False)
