"""Requests that were altered are signed again."""

from dataclasses import replace

from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.fuzzing.altered_requests import signed_again
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.whole_bodies import body_of
from tests.fuzzing.sample import kind


async def test_what_was_altered_is_past_its_signatures() -> None:
    async with open_environment(kind("mimi-transport-00")) as environment:
        by_name = {seed.name: seed for seed in environment.seeds}
        seed = by_name["UpdateClient"]
        request = seed.request
        assert isinstance(request, DSRequest)
        again = signed_again(environment, seed, request, deep=True)
        assert (await environment.send(seed.shot(body_of(again)))).error is None
        await environment.restore()
        commit = request.body.group_update.commit
        content = replace(commit.body.content, authenticated_data=b"altered")
        update = replace(request.body.group_update, commit=replace(commit, body=replace(commit.body, content=content)))
        altered = replace(request, body=replace(request.body, group_update=update))
        assert (await environment.send(seed.shot(body_of(altered)))).error == "invalid_signature"
        shallow = signed_again(environment, seed, altered, deep=False)
        assert (await environment.send(seed.shot(body_of(shallow)))).error not in (None, "not_authorized")
        deep = signed_again(environment, seed, altered, deep=True)
        assert (await environment.send(seed.shot(body_of(deep)))).error is None
