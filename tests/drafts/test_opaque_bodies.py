"""Extensions, the data of components and authenticated data are shown by the structs that the draft has for them."""

from dataclasses import replace

from simulator.codec import encode, struct, uint16, utf8
from simulator.drafts.dissection import Dissector
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mimi_transport_00.errors import succeed
from simulator.drafts.mimi_transport_00.messages.delivery import DSExternalCommitInfo, DSResponse
from simulator.drafts.mls_profile import MLSProfile
from simulator.drafts.opaque_bodies import OpaqueBodies
from simulator.mls.extensions.app_data_dictionary import ComponentData, dictionary_extension
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import FramedContent, MemberSender, PublicMessage
from simulator.mls.framing.message import mls_message
from simulator.mls.framing.safe_aad import SafeAAD, SafeAADItem, safe_aad
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentRemoval, ComponentUpdate
from tests.services.bench import Bench, new_group

ROSTER, TAG = 0x0022, 0x0020


@struct
class Roster:
    names: tuple[utf8, ...]


@struct
class Tag:
    length: uint16


@struct
class Wish:
    add: utf8


class Profile(MLSProfile):
    """Components of a draft."""

    bodies = {ComponentData: {ROSTER: Roster}, AppDataUpdate: {ROSTER: Wish}, SafeAADItem: {TAG: Tag}}
    authenticated_data = SafeAAD


def test_numbers_tell_structs() -> None:
    bodies = OpaqueBodies(Profile())
    assert bodies.struct_in(ComponentData(ROSTER, b""), "data", None) is Roster
    assert bodies.struct_in(ComponentData(ROSTER, b""), "component_id", None) is None
    assert bodies.struct_in(ComponentData(0x00FF, b""), "data", None) is None
    assert bodies.struct_in(ComponentUpdate(b""), "update", AppDataUpdate(ROSTER, ComponentUpdate(b""))) is Wish
    assert bodies.struct_in(ComponentUpdate(b""), "update", None) is None
    assert bodies.struct_in(Extension(0xF002, b""), "extension_data", None) is None
    assert OpaqueBodies(MIMI_TRANSPORT_00.mls).struct_in(Extension(0xF002, b""), "extension_data", None) is not None


def shown(body: GroupInfo | PublicMessage) -> dict[str, str]:
    """The ends of the tree of an answer with this message in it, by their paths below the message."""
    answer = succeed(DSResponse(1, DSExternalCommitInfo(mls_message(body), ()))).body
    dissect = Dissector(replace(MIMI_TRANSPORT_00, mls=Profile()))
    found = dissect("external_commit_information", "response", answer)
    assert found is not None
    assert found.error is None
    ends = [node for node in found.root.walk() if not node.children]
    return {node.path.partition(".body.")[2]: node.value for node in ends}


def test_component_data_in_a_dictionary_in_an_extension(bench: Bench) -> None:
    names = encode(Roster(("alice", "bob")))
    dictionary = dictionary_extension({1: b"\x04\x00\x02\x00\x22", ROSTER: names, TAG: b"junk"})
    info = new_group(bench, bench.client("alice.phone@a")).group_info(())
    info = replace(info, group_context=replace(info.group_context, extensions=(dictionary,)))
    found = {path.partition("component_data")[2]: value for path, value in shown(info).items()}
    assert found["[0].data.component_ids[1]"] == "34"
    assert found["[1].data"] == b"junk".hex(), "of a component that keeps nothing there"
    assert (found["[2].data.names[0]"], found["[2].data.names[1]"]) == ("alice", "bob")


def test_updates_and_authenticated_data() -> None:
    proposal = AppDataUpdate(ROSTER, ComponentUpdate(encode(Wish("carol"))))
    framed = FramedContent(b"group", 1, MemberSender(0), safe_aad({TAG: b"\x00\x05", 7: b"?"}), proposal)
    found = shown(PublicMessage(framed, b"", None, b""))
    assert found["content.authenticated_data.aad_items[0].aad_item_data"] == b"?".hex()
    assert found["content.authenticated_data.aad_items[1].aad_item_data.length"] == "5"
    assert found["content.content.operation.update.add"] == "carol"


def test_what_is_not_as_it_should_be_stays_opaque() -> None:
    framed = FramedContent(b"group", 1, MemberSender(0), b"\xff", AppDataUpdate(ROSTER, ComponentRemoval()))
    found = shown(PublicMessage(framed, b"", None, b""))
    assert [value for path, value in found.items() if path.endswith("authenticated_data")] == ["ff"]
