"""Under which labels structs are signed and encrypted (RFC 9420 5.1.2, 5.1.3), by the struct's name."""

from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_ENCRYPTION_LABEL,
    GROUP_INFO_REQUEST_LABEL,
    GROUP_INFO_RESPONSE_LABEL,
    GroupInfoRatchetTreeTBE,
    GroupInfoRequestTBS,
    GroupInfoResponseTBS,
)
from simulator.drafts.mimi_protocol_06.messages.key_material import KEY_MATERIAL_REQUEST_LABEL, KeyMaterialRequestTBS

LABELS = {
    KeyMaterialRequestTBS.__name__: KEY_MATERIAL_REQUEST_LABEL,
    GroupInfoRequestTBS.__name__: GROUP_INFO_REQUEST_LABEL,
    GroupInfoResponseTBS.__name__: GROUP_INFO_RESPONSE_LABEL,
    GroupInfoRatchetTreeTBE.__name__: GROUP_INFO_ENCRYPTION_LABEL,
}
