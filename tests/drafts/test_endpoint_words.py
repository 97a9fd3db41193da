"""Neutral words for endpoints, and what drafts mean by them."""

from dataclasses import replace

from simulator.drafts import DRAFTS
from simulator.drafts.endpoint_words import WORDS, Meaning
from simulator.drafts.features import DraftFeature


def test_a_word_stands_for_an_endpoint_or_for_some_of_its_operations() -> None:
    assert Meaning("deliver").includes("deliver", "anything")
    assert not Meaning("deliver").includes("other", "anything")
    some = Meaning("operation", ("add", "remove"))
    assert some.includes("operation", "add")
    assert not some.includes("operation", "send")
    assert not some.includes("operation", None)


def test_what_the_first_draft_means_by_words() -> None:
    assert set(DRAFTS[0].words) == set(WORDS)
    message, handshake = DRAFTS[0].words["message"], DRAFTS[0].words["handshake"]
    assert message.endpoint == handshake.endpoint
    assert not set(message.operations) & set(handshake.operations)
    assert DRAFTS[0].meaning("fan_out") == Meaning("deliver_message") == DRAFTS[0].meaning("deliver_message")
    assert DRAFTS[0].meaning("nothing") is None


def test_a_draft_says_why_it_lacks_a_notion() -> None:
    draft = replace(DRAFTS[0], name="mine", lacks={DraftFeature.delete_group: "groups never end"})
    assert draft.lacking((DraftFeature.last_resort,)) is None
    assert draft.lacking((DraftFeature.last_resort, DraftFeature.delete_group)) == "mine: groups never end"
