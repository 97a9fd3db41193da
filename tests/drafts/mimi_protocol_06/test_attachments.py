"""Assets as a client sees them: whom it asks, and that what came is what was said."""

import pytest

from simulator.clients.events.events import Received
from simulator.drafts.attachments import BadFile, Reference
from simulator.drafts.mimi_protocol_06.attachments import Assets
from simulator.drafts.mimi_protocol_06.content.mimi_content import decode_content
from simulator.drafts.mimi_protocol_06.names import asset_url
from simulator.mls.crypto.randomness import SeededRand
from simulator.services.results import UploadedFile
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.members import BOB, NOW, URI, room, take

ID = "0123456789abcdef" * 2
ASSETS = Assets()


async def _referred() -> tuple[Reference, bytes]:
    """What Alice's phone gets of a file of Bob's, and what he has uploaded."""
    alice, bob, _ = await room()
    sealed = ASSETS.seal(b"a picture", SeededRand(1, "bob"))
    uploaded = UploadedFile(asset_url("b.example", ID), NOW + 10)
    content = ASSETS.wrap(b"Look!", sealed, uploaded, bob.groups[URI], SeededRand(2, "bob"))
    message, _ = bob.groups[URI].encrypt(content.data, bob.rand, content.authenticated_data)
    event = take(alice, message).event
    assert isinstance(event, Received)
    assert (event.data, decode_content(content.data).body) == (b"Look!", b"Look!")
    return Reference(event.attachment, event.sender, event.group), sealed.data


async def test_a_member_asks_the_hub_and_its_own_provider_only_for_its_own() -> None:
    reference, data = await _referred()
    by_hub = ASSETS.download(reference, "c.example", NOW)
    assert (by_hub.recipient, by_hub.endpoint.name) == ("a.example", "proxyDownload")
    assert by_hub.variables == {"downloadUrl": asset_url("b.example", ID)}
    at_home = ASSETS.download(reference, "b.example", NOW)
    assert (at_home.recipient, at_home.endpoint.name, at_home.variables) == ("b.example", "asset", {"assetId": ID})
    assert ASSETS.open(reference, data) == b"a picture"


async def test_what_is_over_or_another_is_not_taken() -> None:
    reference, data = await _referred()
    with breaks("P6-4.9-EXPIRES"), pytest.raises(BadFile):
        ASSETS.download(reference, "c.example", NOW + 11)
    with breaks("P6-4.9-AS-SAID/HASH"), pytest.raises(BadFile):
        ASSETS.open(reference, data[::-1])


def test_a_file_is_uploaded_at_home() -> None:
    sealed = ASSETS.seal(b"a picture", SeededRand(1, "bob"))
    assert ASSETS.upload(sealed, BOB).recipient == "b.example"
