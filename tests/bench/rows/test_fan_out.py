"""Fan-out and what it is compared with, small."""

from simulator.bench import Scale
from simulator.bench.rows.fan_out import clients_of_their_own, fan_out


async def test_a_message_to_some_followers_and_a_request_to_as_many_destinations() -> None:
    for side in (fan_out(2), fan_out(1, 3), clients_of_their_own(2)):
        async with side(Scale(1, 0.01)) as take:
            assert (await take()).value > 0
