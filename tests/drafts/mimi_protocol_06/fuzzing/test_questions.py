"""Requests that no client operation makes."""

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.fuzzing.questions import news, questions
from simulator.drafts.requests.endpoint import Outgoing
from simulator.fuzzing.opening import open_environment
from tests.fuzzing.sample import kind

USERS = {"alice": "mimi://a.example/u/alice", "bob": "mimi://b.example/u/bob"}


def test_questions_are_of_one_provider_to_another() -> None:
    made = list(questions(USERS))
    assert {(each.sender, each.outgoing.recipient) for each in made} == {("a.example", "b.example")}
    assert {each.outgoing.endpoint.name for each in made} == {"identifierQuery", "requestConsent", "updateConsent"}


async def test_a_hub_tells_each_follower_of_what_changes_a_room_and_of_nothing_else() -> None:
    async with open_environment(kind("mimi-protocol-06")) as environment:
        told = [seed for seed in environment.seeds if seed.name == "news of Send" and seed.sender == "a.example"]
        assert [seed.recipient for seed in told] == ["b.example", "c.example"]
        by_name = {seed.name: seed for seed in environment.seeds}
        for name, number in (("Leave", 2), ("Report", 0)):
            seed = by_name[name]
            row = environment.session.draft.named(seed.endpoint)
            outgoing = Outgoing(row.name, row, "a.example", encode(seed.request), seed.variables)
            assert len(list(news(outgoing, ["b.example", "c.example"]))) == number
