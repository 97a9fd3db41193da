"""Reading what peers answer."""

from simulator.fuzzing.answers import Answers
from simulator.fuzzing.opening import open_environment
from tests.fuzzing.sample import kind, labels, sampled


async def test_honest_answers_are_read_and_others_are_the_peers_fault() -> None:
    here = kind("mimi-transport-00")
    async with open_environment(here) as environment:
        target = Answers(environment)
        read = labels(await sampled(target, str(here), 200))
        assert {"BadAnswer", "Refusal wrong_epoch"} <= read
        assert len(read) > 8
        exchange = next(each for each in environment.session.recorder.exchanges if each.endpoint == "group_operation")
        headers = {"content-type": "application/octet-stream"}
        shot = {"endpoint": exchange.endpoint, "status": 200, "headers": headers, "body": exchange.response.hex()}
        assert await target.fire(shot) != "BadAnswer"
        assert await target.fire({**shot, "body": "ffff"}) == "BadAnswer"
