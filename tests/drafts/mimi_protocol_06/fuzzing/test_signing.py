"""Requests that were altered are signed again."""

from dataclasses import replace

from simulator.drafts.mimi_protocol_06.messages.update import UpdateRequest
from simulator.fuzzing.altered_requests import signed_again
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.whole_bodies import body_of
from tests.fuzzing.sample import kind

SIGNED = ("UpdateClient", "keyMaterial again", "grant", "news of UpdateClient", "notify together")


async def test_what_was_altered_is_past_its_signatures() -> None:
    async with open_environment(kind("mimi-protocol-06")) as environment:
        for seed in environment.seeds:
            if seed.code is None and seed.name in (
                "UpdateClient",
                "keyMaterial again",
                "grant",
                "news of UpdateClient",
            ):
                again = signed_again(environment, seed, seed.request, deep=True)
                assert (await environment.send(seed.shot(body_of(again)))).error is None, seed.name
                await environment.restore()


async def test_a_commit_that_was_altered_is_past_its_signatures() -> None:
    async with open_environment(kind("mimi-protocol-06")) as environment:
        seed = next(seed for seed in environment.seeds if seed.name == "UpdateClient")
        message = seed.request.bundle.proposal_or_commit
        other = replace(message, body=replace(message.body, content=replace(message.body.content, epoch=99)))
        altered = UpdateRequest(replace(seed.request.bundle, proposal_or_commit=other))
        again = signed_again(environment, seed, altered, deep=True)
        reply = await environment.send(seed.shot(body_of(again)))
    assert again.bundle.proposal_or_commit.body.signature != message.body.signature
    assert reply.error == "wrong_epoch"
