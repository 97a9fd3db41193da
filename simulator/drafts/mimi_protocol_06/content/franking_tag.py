"""The sender's commitment to what it says, which everybody on the way can see ([P] 5.4.1)."""

import hashlib
import hmac
from collections.abc import Mapping

from simulator.drafts.mimi_protocol_06.content.mimi_content import CONTENT_PAGE
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.rule import room_rule
from simulator.mls.errors import InvalidMessage
from simulator.mls.framing.safe_aad import safe_aad, safe_aad_items
from simulator.rules import check

TAG_SIZE = 32

ITEMS = room_rule("P6-7-AUTHENTICATED-DATA", CONTENT_PAGE, slug="malformed_safe_aad", part="ITEMS")
SIZE = room_rule("P6-7-AUTHENTICATED-DATA", CONTENT_PAGE, slug="malformed_safe_aad", part="TAG")


def franking_tag(salt: bytes, content: bytes) -> bytes:
    """The tag of this application_data; the salt is the one in it."""
    return hmac.digest(salt, content, hashlib.sha256)


def authenticated_data(tag: bytes | None = None) -> bytes:
    """The authenticated_data of an application message with this tag, or of any message without one."""
    items: Mapping[int, bytes] = {} if tag is None else {ComponentID.frank_aad: tag}
    return safe_aad(items)


def tag_in(data: bytes) -> bytes | None:
    """The tag in the authenticated_data of an application message, None if there is none.

    Raises InvalidMessage (`malformed_safe_aad`).
    """
    items = safe_aad_items(data)
    foreign = sorted(set(items) - {ComponentID.frank_aad})
    check(ITEMS, not foreign, f"the components {foreign} have nothing to say of a message", kind=InvalidMessage)
    tag = items.get(ComponentID.frank_aad)
    right = tag is None or len(tag) == TAG_SIZE
    check(SIZE, right, f"a franking tag has {TAG_SIZE} bytes, not {len(tag or b'')}", kind=InvalidMessage)
    return tag
