"""A follower's question, the hub's own, and what becomes of the answer."""

import pytest

from simulator.drafts.mimi_protocol_06.binding.proxy_download import PROXY_DOWNLOAD, write_proxy_download
from simulator.drafts.mimi_protocol_06.names import asset_url
from simulator.drafts.requests.endpoint import Answer, Ask
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DownloadedFile
from tests.breaking import breaks

from ..rules.test_proxy_download import ID, hub_of_a_room
from ..serving import Served

URL = asset_url("c.example", ID)


@pytest.fixture
def hub() -> Served:
    """a.example, of whose room users of b.example and c.example take part."""
    return hub_of_a_room()


def test_the_hub_asks_the_assets_provider_and_passes_on_what_comes(hub: Served) -> None:
    asking = hub.ask(PROXY_DOWNLOAD, "b.example", URL, b"")
    assert isinstance(asking, Ask)
    sent = asking.outgoing
    assert (sent.recipient, sent.wire_request.path) == ("c.example", f"/v1/asset/{ID}")
    assert sent.headers == (("from", "mimi@a.example"),), "nothing of the follower's"
    answer = asking.resume(DownloadedFile(b"sealed"), hub.context)
    assert isinstance(answer, Answer)
    assert PROXY_DOWNLOAD.read(answer.reply) == DownloadedFile(b"sealed")
    with breaks("P6-4.9-TIMEOUT"), pytest.raises(Refusal) as caught:
        asking.resume(Failed("nothing came", timed_out=True), hub.context)
    assert PROXY_DOWNLOAD.refusals.write(caught.value).status == 504
    with breaks("P6-4.9-BAD-GATEWAY"), pytest.raises(Refusal) as caught:
        asking.resume(Failed("nothing came"), hub.context)
    assert PROXY_DOWNLOAD.refusals.write(caught.value).status == 502


@breaks("P6-4.9-SENDER")
def test_who_asks_is_looked_at_first(hub: Served) -> None:
    assert hub.answer(PROXY_DOWNLOAD, "m.example", asset_url("nobody.example", ID), b"").status == 403


@pytest.mark.parametrize("url", ["picture.png", "https://", "/v1/asset/x", "https://c.example/ x", "x" * 2049])
def test_what_is_no_url(hub: Served, url: str) -> None:
    with breaks("P6-2-PATH-NAME"), pytest.raises(Refusal) as caught:
        hub.ask(PROXY_DOWNLOAD, "b.example", url, b"")
    assert caught.value.code == Code.malformed


def test_the_url_is_one_segment_of_the_path() -> None:
    outgoing = write_proxy_download(URL, sender="b.example", recipient="a.example")
    assert outgoing.wire_request.path == f"/v1/proxyDownload/https%3A%2F%2Fc.example%2Fv1%2Fasset%2F{ID}"
    assert PROXY_DOWNLOAD.template.match(outgoing.wire_request.path) == {"downloadUrl": URL}
