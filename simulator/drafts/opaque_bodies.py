"""The structs inside opaque fields: of extensions and component data, where a number beside the field tells which."""

from collections.abc import Mapping
from typing import Any

from simulator.codec.layout import Body
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
        of = {kind: {**_OF_MLS.get(kind, {}), **mls.bodies.get(kind, {})} for kind in kinds}
        data = {} if mls.authenticated_data is None else {0: mls.authenticated_data}
        rows = (
            Body(Extension, "extension_data", of.get(Extension, {}), "extension_type"),
            Body(ComponentData, "data", of.get(ComponentData, {}), "component_id"),
            Body(SafeAADItem, "aad_item_data", of.get(SafeAADItem, {}), "component_id"),
            Body(ComponentUpdate, "update", of.get(AppDataUpdate, {}), "component_id", inside=AppDataUpdate),
            Body(FramedContent, "authenticated_data", data),
            Body(PrivateMessage, "authenticated_data", data),
        )
        self.bodies = tuple(row for row in rows if row.types)
        """By field."""
        self._by_field = {(row.struct, row.field): row for row in self.bodies}

    def struct_in(self, value: Any, field: str, inside: Any) -> Any:
        """The struct in this opaque field of `value`, which is itself a part of `inside`; None if it is not known."""
        found = self._by_field.get((type(value), field))
        if found is None or (found.inside is not None and type(inside) is not found.inside):
            return None
        holder = value if found.inside is None else inside
        return found.types.get(getattr(holder, found.number) if found.number else 0)
