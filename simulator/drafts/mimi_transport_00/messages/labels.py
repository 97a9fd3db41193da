"""Under which labels structs are signed (RFC 9420 5.1.2), by the struct's name."""

from simulator.drafts.mimi_transport_00.messages.delivery import DS_REQUEST_LABEL, DSRequestTBS
from simulator.drafts.mimi_transport_00.messages.key_packages import (
    CONNECTION_KEY_PACKAGE_LABEL,
    GROUP_KEY_PACKAGE_LABEL,
    ConnectionKeyPackageRequestTBS,
    GroupKeyPackageRequestTBS,
)
from simulator.drafts.mimi_transport_00.messages.queueing import QUEUEING_SERVICE_LABEL, QueueingServiceRequestTBS

LABELS = {
    DSRequestTBS.__name__: DS_REQUEST_LABEL,
    QueueingServiceRequestTBS.__name__: QUEUEING_SERVICE_LABEL,
    ConnectionKeyPackageRequestTBS.__name__: CONNECTION_KEY_PACKAGE_LABEL,
    GroupKeyPackageRequestTBS.__name__: GROUP_KEY_PACKAGE_LABEL,
}
