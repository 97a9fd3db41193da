"""Assets on the wire, and uploads, which never are."""

import pytest

from simulator.codec import decode
from simulator.drafts.mimi_protocol_06 import MIMI_PROTOCOL_06
from simulator.drafts.mimi_protocol_06.binding.asset import (
    ASSET,
    UPLOAD,
    UploadRequest,
    read_file,
    write_asset,
    write_upload,
)
from simulator.drafts.mimi_protocol_06.content.external_part import LARGEST
from simulator.drafts.mimi_protocol_06.names import asset_place
from simulator.drafts.mimi_protocol_06.refusals import UNKNOWN_ASSET
from simulator.drafts.requests.endpoint import Answer, BadAnswer, Reply
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DownloadedFile
from tests.breaking import breaks

from ..serving import Served

PHONE = "mimi://b.example/d/bob/phone"
ID = "0123456789abcdef" * 2


def test_what_a_client_uploads_anybody_downloads() -> None:
    served = Served()
    outgoing = write_upload(b"sealed", PHONE)
    assert (outgoing.recipient, decode(UploadRequest, outgoing.body)) == (
        "b.example",
        UploadRequest(PHONE, b"sealed"),
    )
    answer = UPLOAD.open(outgoing.wire_request).perform(served.context)
    assert isinstance(answer, Answer)
    provider, asset = asset_place(UPLOAD.read(answer.reply).url)
    assert provider == "b.example"
    for sender in ("a.example", "m.example"):
        reply = served.answer(ASSET, sender, asset, b"")
        assert (reply.status, reply.header("content-type"), reply.body) == (200, "application/octet-stream", b"sealed")
        assert ASSET.read(reply) == DownloadedFile(b"sealed")


def test_https_does_not_lead_to_uploads() -> None:
    assert MIMI_PROTOCOL_06.endpoint(UPLOAD.path) == (None, {})
    assert MIMI_PROTOCOL_06.endpoint(f"/v1/asset/{ID}") == (ASSET, {"assetId": ID})


@breaks("P6-4.9-KNOWN")
def test_what_is_not_there() -> None:
    reply = Served().answer(ASSET, "a.example", ID, b"")
    assert reply.status == 404
    with pytest.raises(Refusal) as caught:
        ASSET.read(reply)
    assert caught.value.code == UNKNOWN_ASSET


@breaks("P6-2-PATH-NAME")
def test_what_is_no_id() -> None:
    with pytest.raises(Refusal) as caught:
        Served().ask(ASSET, "a.example", "..", b"")
    assert caught.value.code == Code.malformed


@breaks("P6-4.9-LARGEST/ANSWER")
def test_an_answer_that_is_too_large() -> None:
    assert read_file(Reply(200, (), b"x" * LARGEST)) == DownloadedFile(b"x" * LARGEST)
    with pytest.raises(BadAnswer, match="the answer has 1048577"):
        read_file(Reply(200, (), b"x" * (LARGEST + 1)))


def test_redirects_are_not_followed() -> None:
    with pytest.raises(BadAnswer, match="HTTP 302, not 200"):
        read_file(Reply(302, (("location", "https://a.example/"),), b"x"))


def test_the_hub_asks_in_its_own_name() -> None:
    outgoing = write_asset(ID, sender="a.example", recipient="c.example")
    assert (outgoing.recipient, outgoing.wire_request.path) == ("c.example", f"/v1/asset/{ID}")
    assert outgoing.headers == (("from", "mimi@a.example"),)
