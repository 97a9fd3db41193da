"""What a hub offers to a client that joins by itself."""

from simulator.drafts.mimi_protocol_06.fuzzing.joins import Offer
from simulator.fuzzing.environment import NOW
from simulator.fuzzing.opening import open_environment
from simulator.mls.crypto import cipher_suite
from simulator.mutation.forgery import Forger
from tests.fuzzing.sample import kind


async def test_an_honest_one_is_signed_as_it_was() -> None:
    async with open_environment(kind("mimi-protocol-06")) as environment:
        store = environment.session.provider("a").executor.store
        sign = environment.signs["a.example"]
        forger = Forger(cipher_suite(1), environment.keys, environment.views, sign, sign, NOW)
        for group_id in store.groups.ids():
            record = store.groups.get(group_id)
            offered = Offer().offered(record)
            again = Offer().signed(offered, forger)
            assert again.group_info.signature == offered.group_info.signature
