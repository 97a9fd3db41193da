"""Whom a hub fetches assets for, and from whom; and what it says where it gets none."""

import pytest

from simulator.drafts.mimi_protocol_06.names import asset_url
from simulator.drafts.mimi_protocol_06.refusals import UNKNOWN_ASSET, UNREACHABLE
from simulator.drafts.mimi_protocol_06.rules.proxy_download import check_sender, fetched, is_peer, place_of
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.mls.framing.message import mls_message
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Code, ReceivedRefusal, Refusal
from simulator.services.results import Done, DownloadedFile
from simulator.storage import GroupRecord
from tests.breaking import breaks

from ..messages_said import KEYS
from ..rooms import ALICE, BOB, CATHY, room
from ..serving import Served

ID = "0123456789abcdef" * 2
EVE = "mimi://e.example/u/eve"


def hub_of_a_room() -> Served:
    """The hub of a room of Alice's, Bob's and Cathy's, in which Eve is banned."""
    served = Served("a.example")
    whole = room(participants={ALICE: 4, BOB: 2, CATHY: 2, EVE: 1})
    info = next(iter(whole.groups.values())).group_info()
    facts = RoomFacts(KEYS.hub_key, 0, ("a.example",))
    served.store.groups.save(GroupRecord(whole.service, mls_message(info), facts.encoded))
    return served


@pytest.fixture
def hub() -> Served:
    """a.example."""
    return hub_of_a_room()


def test_peers_have_somebody_in_a_room(hub: Served) -> None:
    names = ("a.example", "b.example", "c.example", "e.example", "m.example")
    assert [is_peer(name, hub.context) for name in names] == [True, True, True, False, False]
    assert not is_peer("b.example", Served("b.example").context)


@pytest.mark.parametrize("sender", ["b.example", "a.example"])
def test_peers_and_own_clients_ask(hub: Served, sender: str) -> None:
    check_sender(sender, hub.context)
    check_sender("b.example", hub.context)


@pytest.mark.parametrize("sender", ["m.example", "e.example"])
def test_nobody_else_does(hub: Served, sender: str) -> None:
    with breaks("P6-4.9-SENDER"), pytest.raises(HTTPRefusal) as caught:
        check_sender(sender, hub.context)
    assert (caught.value.status, caught.value.code) == (403, Code.not_authorized)


@pytest.mark.parametrize("provider", ["a.example", "c.example"])
def test_assets_of_peers_and_our_own_are_fetched(hub: Served, provider: str) -> None:
    assert place_of(asset_url(provider, ID), hub.context) == (provider, ID)


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        (asset_url("nobody.example", ID), "P6-4.9-ASSET-HOST/PEER"),
        (asset_url("e.example", ID), "P6-4.9-ASSET-HOST/PEER"),
        ("http://169.254.169.254/latest/meta-data/", "P6-4.9-ASSET-HOST/URL"),
        (f"https://[::1]/v1/asset/{ID}", "P6-4.9-ASSET-HOST/URL"),
        (f"https://c.example:22/v1/asset/{ID}", "P6-4.9-ASSET-HOST/URL"),
        (f"https://c.example@m.example/v1/asset/{ID}", "P6-4.9-ASSET-HOST/URL"),
        (f"https://c.example/v1/asset/{ID}?x", "P6-4.9-ASSET-HOST/URL"),
        ("https://c.example/v1/proxyDownload/https%3A%2F%2Fa.example%2F", "P6-4.9-ASSET-HOST/URL"),
    ],
)
def test_nothing_else_is(hub: Served, url: str, rule: str) -> None:
    with breaks(rule), pytest.raises(HTTPRefusal) as caught:
        place_of(url, hub.context)
    assert (caught.value.status, caught.value.code) == (403, Code.not_authorized)


def test_what_came_is_passed_on(hub: Served) -> None:
    assert fetched(DownloadedFile(b"x"), "c.example", hub.context) == b"x"
    unknown = ReceivedRefusal(UNKNOWN_ASSET, "it is gone")
    with pytest.raises(ReceivedRefusal) as caught:
        fetched(unknown, "c.example", hub.context)
    assert caught.value is unknown


@pytest.mark.parametrize(
    ("outcome", "rule"),
    [
        (Failed("HTTP 302, not 200"), "P6-4.9-BAD-GATEWAY"),
        (ReceivedRefusal(Code.rate_limited, "later"), "P6-4.9-BAD-GATEWAY"),
        (Done(), "P6-4.9-BAD-GATEWAY"),
        (Failed("no answer", timed_out=True), "P6-4.9-TIMEOUT"),
    ],
)
def test_what_did_not_come(hub: Served, outcome: Done | Refusal | Failed, rule: str) -> None:
    with breaks(rule), pytest.raises(Refusal, match="has not got the asset from") as caught:
        fetched(outcome, "c.example", hub.context)
    assert caught.value.code == UNREACHABLE
