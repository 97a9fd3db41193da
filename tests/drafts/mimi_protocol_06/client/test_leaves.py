"""What leaves of clients list, and that those of a room's members list what the room does."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.client.leaves import check_leaf, context_extensions, leaf_extensions
from simulator.mls.errors import InvalidLeafNode
from simulator.mls.extensions.app_data_dictionary import ComponentsList, dictionary_extension
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.senders import external_senders
from simulator.mls.tree.credential import BasicCredential
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.members import ALICE, client, new_room


def test_what_a_leaf_lists() -> None:
    (dictionary,) = leaf_extensions()
    assert dictionary.extension_type == 6
    components = "00010002" + "0020002100220023" + "002500260027"
    assert dictionary.extension_data.hex() == f"1c 0001 13 12 {components} 0002 03 02 0020".replace(" ", "")


def test_what_a_room_demands() -> None:
    required, senders, dictionary = context_extensions("a.example", b"key", {1: b"\x00"})
    assert (required.extension_type, required.extension_data.hex()) == (3, "020006" + "040008000a" + "020001")
    (sender,) = external_senders((senders,))
    assert (sender.signature_key, sender.credential) == (b"key", BasicCredential(b"mimi://a.example"))
    assert dictionary == Extension(6, bytes.fromhex("04 0001 01 00"))


def test_the_leaves_of_a_new_room_are_as_they_have_to_be() -> None:
    group = new_room(client(ALICE))
    check_leaf(group.own_leaf, group.public.context.extensions)


@pytest.mark.parametrize(
    ("rule", "slug", "change"),
    [
        ("P6-5-LEAF-NAME/MEMBERS", "no_client", {"credential": BasicCredential(b"mimi://a.example/u/alice")}),
        ("P6-5-LEAF-NAME/MEMBERS", "no_client", {"credential": BasicCredential(b"\xff")}),
        ("P6-5-LEAF-COMPONENTS/MEMBERS", "component_not_listed", {"extensions": ()}),
        (
            "P6-5-LEAF-COMPONENTS/MEMBERS",
            "component_not_listed",
            {"extensions": (dictionary_extension({1: encode(ComponentsList((0x20,))), 2: b"\x02\x00\x20"}),)},
        ),
    ],
)
def test_leaves_that_no_member_has(rule: str, slug: str, change: dict[str, object]) -> None:
    group = new_room(client(ALICE))
    leaf = replace(group.own_leaf, **change)  # type: ignore[arg-type]
    with breaks(rule), pytest.raises(InvalidLeafNode) as refused:
        check_leaf(leaf, group.public.context.extensions)
    assert refused.value.rule == slug
