"""Which endpoint takes a command, and that the table is the page's."""

import re
from typing import Any

import pytest

from simulator.drafts.mimi_protocol_06 import MIMI_PROTOCOL_06
from simulator.drafts.mimi_protocol_06.endpoints import ENDPOINTS, write
from simulator.drafts.requests.endpoint import Place
from simulator.mls.framing.framing import ContentType, PrivateMessage
from simulator.mls.framing.message import mls_message
from simulator.services import commands
from simulator.services.asker import AsClient, AsMember
from simulator.services.commands import SealTo
from simulator.services.signing import signer
from tests.services.bench import SUITE, Client

from .rooms import PHONES, ROOM
from .serving import BOB

GROUP = ROOM.replace("/r/", "/g/").encode()
CLIENT = Client.of(PHONES[BOB])
MESSAGE = mls_message(PrivateMessage(GROUP, 1, ContentType.application, b"\0", b"s", b"c"))
UPDATE = commands.GroupUpdate(MESSAGE, (), b"")


def _written(command: Any, asker: Any = None) -> tuple[str, str, str]:
    sign = signer(SUITE, CLIENT.identity.signature_private_key)
    sent = write(command, sender="b.example", recipient="a.example", sign=sign, asker=asker)
    assert sent.headers == (("from", "mimi@b.example"),)
    return sent.operation, sent.endpoint.name, sent.wire_request.path


@pytest.mark.parametrize(
    ("command", "asker", "endpoint"),
    [
        (commands.SendMessage(MESSAGE), AsMember(0, CLIENT.uri), "submitMessage"),
        (
            commands.FetchJoinInfo(GROUP, SealTo(1, b"k")),
            AsClient(b"k", CLIENT.identity.credential),
            "groupInfo",
        ),
        (commands.Report(GROUP, "mimi://b.example/u/bob", "mimi://c.example/u/carol", ()), None, "reportAbuse"),
    ],
)
def test_a_command_goes_to_its_endpoint_in_the_rooms_path(command: Any, asker: Any, endpoint: str) -> None:
    room = "mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse"
    assert _written(command, asker) == (command.operation, endpoint, f"/v1/{endpoint}/{room}")


def test_what_nobody_can_ask_for() -> None:
    for command in (commands.RequestGroupId(), commands.DeleteGroup(UPDATE), commands.FetchTree(GROUP, 1)):
        with pytest.raises(TypeError, match=f"no request for {command.operation}"):
            _written(command)


def test_the_table_is_the_pages() -> None:
    assert [row.name for row in ENDPOINTS] == [
        "directory",
        "keyMaterial",
        "update",
        "notify",
        "submitMessage",
        "groupInfo",
        "requestConsent",
        "updateConsent",
        "identifierQuery",
        "reportAbuse",
        "proxyDownload",
        "asset",
    ]
    assert MIMI_PROTOCOL_06.page is not None
    page = MIMI_PROTOCOL_06.page.read_text()
    for row in ENDPOINTS:
        assert re.search(rf"`{row.name}`", page), row.name
        assert row.place is (Place.own_domain if row.name in ("directory", "asset") else Place.service_host)
        assert row.success == (201 if row.name in ("notify", "requestConsent", "updateConsent", "reportAbuse") else 200)
    assert [row.name for row in ENDPOINTS if row.protectable] == ["groupInfo", "identifierQuery"]
