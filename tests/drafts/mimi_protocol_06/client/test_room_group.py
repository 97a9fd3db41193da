"""The hub is the only one who may propose from outside, and every member looks."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.client.leaves import context_extensions
from simulator.drafts.mimi_protocol_06.client.room_group import check_group
from simulator.mls.errors import InvalidCommit, InvalidWelcome
from simulator.mls.extensions.app_data_dictionary import component_data
from simulator.mls.extensions.extension import Extension, ExternalSenderEntry, ExternalSenders
from simulator.mls.framing.senders import external_senders
from simulator.mls.tree.credential import BasicCredential
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.members import ALICE, client, new_room


@pytest.mark.parametrize("kind", [InvalidCommit, InvalidWelcome])
@pytest.mark.parametrize("hubs", [(), ("b.example",), ("a.example", "b.example")])
def test_the_hub_is_the_only_external_sender(hubs: tuple[str, ...], kind: type[InvalidCommit]) -> None:
    group = new_room(client(ALICE)).public
    check_group(group, kind)
    (own,) = external_senders(group.context.extensions)
    senders = tuple(ExternalSenderEntry(own.signature_key, BasicCredential(f"mimi://{hub}".encode())) for hub in hubs)
    data = component_data(group.context.extensions, kind)
    required, _, dictionary = context_extensions("a.example", own.signature_key, data)
    other = (required, Extension(5, encode(ExternalSenders(senders))), dictionary)
    changed = replace(group, context=replace(group.context, extensions=other))
    with breaks("P6-5-EXTERNAL-SENDERS/MEMBERS"), pytest.raises(kind, match="hub_not_external_sender"):
        check_group(changed, kind)
