"""Application messages of which something is not true, or not to be read: what they say, or the tag beside it."""

from dataclasses import replace

from simulator.codec import MOST_VALUES, encode
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data, franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import (
    MIMIContent,
    decode_content,
    encode_content,
    loaded_cbor2,
)
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mls_profile import Content
from simulator.mls.framing.safe_aad import SafeAAD, SafeAADItem, safe_aad


def foreign_tag(content: Content) -> Content:
    """The franking tag is of other content."""
    return replace(content, authenticated_data=authenticated_data(bytes(32)))


def no_tag(content: Content) -> Content:
    """There is no franking tag."""
    return replace(content, authenticated_data=authenticated_data())


def short_tag(content: Content) -> Content:
    """The franking tag has 31 bytes."""
    return replace(content, authenticated_data=authenticated_data(bytes(31)))


def foreign_item(content: Content) -> Content:
    """Another component says something beside the message."""
    return replace(content, authenticated_data=safe_aad({ComponentID.room_metadata: b"?"}))


def repeated_item(content: Content) -> Content:
    """There are two franking tags beside the message."""
    item = SafeAADItem(ComponentID.frank_aad, bytes(32))
    return replace(content, authenticated_data=encode(SafeAAD((item, item))))


def other_sender(content: Content) -> Content:
    """The content names another user."""
    said = decode_content(content.data)
    return _tagged(said, f"{said.sender}x", str(said.room))


def other_room(content: Content) -> Content:
    """The content names another room."""
    said = decode_content(content.data)
    return _tagged(said, str(said.sender), f"{said.room}x")


def no_content(content: Content) -> Content:
    """It is no MIMI content."""
    return replace(content, data=b"\xff")


def other_structure(content: Content) -> Content:
    """It is CBOR, but no MIMI content."""
    return replace(content, data=b"\x80")


def long_encoding(content: Content) -> Content:
    """It is MIMI content that is encoded with a byte more than it takes, and tagged like that."""
    said = decode_content(content.data)
    longer = b"\x98\x07" + content.data[1:]
    return Content(longer, authenticated_data(franking_tag(said.salt, longer)))


def many_values(content: Content) -> Content:
    """An extension has more values in it than anybody has to read."""
    said = decode_content(content.data)
    extensions = {1: said.sender, 2: said.room, 100: [0] * (MOST_VALUES + 1)}
    part = [1, "", 1, "text/plain;charset=utf-8", said.body]
    data = loaded_cbor2().dumps([said.salt, None, b"", None, None, extensions, part])
    return Content(data, authenticated_data(franking_tag(said.salt, data)))


CONTENTS = {
    make.__name__: make
    for make in (
        foreign_tag,
        no_tag,
        short_tag,
        foreign_item,
        repeated_item,
        other_sender,
        other_room,
        no_content,
        other_structure,
        long_encoding,
        many_values,
    )
}
"""By name."""


def _tagged(said: MIMIContent, sender: str, room: str) -> Content:
    data = encode_content(said.salt, sender, room, said.body)
    return Content(data, authenticated_data(franking_tag(said.salt, data)))
