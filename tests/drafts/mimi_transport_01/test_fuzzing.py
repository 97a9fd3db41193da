"""Requests that were altered are signed again inside of their envelopes."""

from dataclasses import replace

from simulator.fuzzing.altered_requests import signed_again
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.whole_bodies import body_of
from tests.fuzzing.sample import kind


async def test_what_was_altered_is_past_its_signatures() -> None:
    async with open_environment(kind("mimi-transport-01")) as environment:
        by_name = {seed.name: seed for seed in environment.seeds}
        seed = by_name["UpdateClient"]
        payload = seed.request.serialized_transaction
        commit = payload.body.group_update.commit
        content = replace(commit.body.content, authenticated_data=b"altered")
        update = replace(payload.body.group_update, commit=replace(commit, body=replace(commit.body, content=content)))
        body = replace(payload.body, group_update=update)
        altered = replace(seed.request, serialized_transaction=replace(payload, body=body))
        assert (await environment.send(seed.shot(body_of(altered)))).error == "invalid_signature"
        deep = signed_again(environment, seed, altered, deep=True)
        assert (await environment.send(seed.shot(body_of(deep)))).error is None
        await environment.restore()
        fetch = next(seed for seed in environment.seeds if seed.endpoint == "group_key_packages")
        again = signed_again(environment, fetch, fetch.request, deep=False)
        assert (await environment.send(fetch.shot(body_of(again)))).error is None
