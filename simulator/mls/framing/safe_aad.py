"""Authenticated data that components share without conflict (draft-ietf-mls-extensions, Safe AAD)."""

from collections.abc import Mapping

from simulator.codec import DecodeError, decode, encode, opaque, struct, uint16
from simulator.mls.extensions.app_data_dictionary import is_ascending
from simulator.mls.framing import rules
from simulator.rules import check, refuse

_SECTION = "draft-ietf-mls-extensions Safe AAD"


# draft-ietf-mls-extensions, Safe Additional Authenticated Data (AAD)
# struct {
#     ComponentID component_id;
#     opaque aad_item_data<V>;
# } SafeAADItem;
@struct
class SafeAADItem:
    component_id: uint16
    aad_item_data: opaque


# draft-ietf-mls-extensions, Safe Additional Authenticated Data (AAD)
# struct {
#     SafeAADItem aad_items<V>;
# } SafeAAD;
@struct
class SafeAAD:
    """All of a message's authenticated_data. Ascending by component_id, each at most once."""

    aad_items: tuple[SafeAADItem, ...]


def safe_aad(items: Mapping[int, bytes]) -> bytes:
    """The authenticated_data with these items by component id; without items it is one zero octet."""
    return encode(SafeAAD(tuple(SafeAADItem(component, items[component]) for component in sorted(items))))


def safe_aad_items(authenticated_data: bytes) -> dict[int, bytes]:
    """The items of a message's authenticated_data by component id. Raises InvalidMessage (`malformed_safe_aad`)."""
    try:
        items = decode(SafeAAD, authenticated_data).aad_items
    except DecodeError as error:
        refuse(rules.SAFE_AAD, f"the authenticated_data is no SafeAAD: {error}", error)
    ascending = is_ascending([item.component_id for item in items])
    check(rules.SAFE_AAD_ORDER, ascending, "the items of a SafeAAD do not ascend by component")
    return {item.component_id: item.aad_item_data for item in items}
