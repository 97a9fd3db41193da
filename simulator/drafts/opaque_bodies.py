"""The structs inside opaque fields: of extensions and component data, where a number beside the field tells which."""

from collections.abc import Mapping
from typing import Any

from simulator.drafts.mls_profile import MLSProfile
from simulator.mls.extensions.app_data_dictionary import (
    APP_COMPONENTS,
    SAFE_AAD,
    AppDataDictionary,
    ComponentData,
    ComponentsList,
)
from simulator.mls.extensions.extension import (
    ApplicationId,
    Extension,
    ExtensionType,
    ExternalPub,
    ExternalSenders,
    RequiredCapabilities,
)
from simulator.mls.framing.framing import FramedContent, PrivateMessage
from simulator.mls.framing.safe_aad import SafeAADItem
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.tree.node import RatchetTreeNodes

_OF_MLS: Mapping[type, Mapping[int, Any]] = {
    Extension: {
        ExtensionType.application_id: ApplicationId,
        ExtensionType.ratchet_tree: RatchetTreeNodes,
        ExtensionType.required_capabilities: RequiredCapabilities,
        ExtensionType.external_pub: ExternalPub,
        ExtensionType.external_senders: ExternalSenders,
        ExtensionType.app_data_dictionary: AppDataDictionary,
    },
    ComponentData: {APP_COMPONENTS: ComponentsList, SAFE_AAD: ComponentsList},
}
"""RFC 9420 and draft-ietf-mls-extensions."""


class OpaqueBodies:
    """What a draft has in opaque fields: its profile's structs, and those of MLS."""

    def __init__(self, mls: MLSProfile) -> None:
        kinds = {*_OF_MLS, *mls.bodies}
        self._bodies = {kind: {**_OF_MLS.get(kind, {}), **mls.bodies.get(kind, {})} for kind in kinds}
        self._authenticated_data = mls.authenticated_data

    def struct_in(self, value: Any, field: str, inside: Any) -> Any:
        """The struct in this opaque field of `value`, which is itself a part of `inside`; None if it is not known."""
        match value, field:
            case Extension(), "extension_data":
                return self._body(Extension, value.extension_type)
            case ComponentData(), "data":
                return self._body(ComponentData, value.component_id)
            case SafeAADItem(), "aad_item_data":
                return self._body(SafeAADItem, value.component_id)
            case ComponentUpdate(), "update" if isinstance(inside, AppDataUpdate):
                return self._body(AppDataUpdate, inside.component_id)
            case FramedContent() | PrivateMessage(), "authenticated_data":
                return self._authenticated_data
        return None

    def _body(self, container: type, number: int) -> Any:
        return self._bodies.get(container, {}).get(number)
