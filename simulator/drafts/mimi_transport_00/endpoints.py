"""The nine endpoints of [T], and which of them takes a command."""

from simulator.drafts.discovery import Discovery
from simulator.drafts.mimi_transport_00.binding import discovery, group, key_packages, keys, queueing
from simulator.drafts.mimi_transport_00.binding.request import by_provider
from simulator.drafts.mimi_transport_00.errors import OCTETS, REFUSALS
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest, DSResponse
from simulator.drafts.mimi_transport_00.messages.key_packages import (
    ConnectionKeyPackageRequest,
    ConnectionKeyPackageResponse,
    GroupKeyPackageRequest,
    GroupKeyPackageResponse,
)
from simulator.drafts.mimi_transport_00.messages.queueing import (
    QSRequestType,
    QueueingServiceRequest,
    QueueingServiceResponse,
)
from simulator.drafts.mimi_transport_00.messages.verification_key import (
    VerificationKeyRequest,
    VerificationKeyResponse,
)
from simulator.drafts.mimi_transport_00.rules.deliveries import OPERATIONS
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.provider_keys import ProviderKeys
from simulator.drafts.requests.endpoint import Endpoint, Outgoing, Place
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.template import Template
from simulator.services import commands
from simulator.services.asker import Asker
from simulator.services.commands import GroupCommand
from simulator.services.delivery.deliveries import Delivery
from simulator.services.results import Done, GroupSnapshot, JoinerTree, NewGroupId
from simulator.services.signing import Sign

GROUP_OPERATIONS = (
    commands.RequestGroupId,
    commands.CreateGroup,
    commands.DeleteGroup,
    commands.AddUsers,
    commands.RemoveUsers,
    commands.AddClients,
    commands.RemoveClients,
    commands.Leave,
    commands.UpdateClient,
    commands.ExternalJoin,
    commands.SendMessage,
    commands.ReInitializeGroup,
)

DS_DOMAIN = Endpoint(
    "ds_domain",
    "GET",
    Template("/.well-known/mimi/ds-domain"),
    Place.own_domain,
    discovery.TEXT,
    None,
    None,
    discovery.head,
    discovery.open_request,
    discovery.read_answer,
    REFUSALS,
)

GROUP_OPERATION = Endpoint(
    "group_operation",
    "POST",
    Template("/group_operation"),
    Place.service_host,
    OCTETS,
    DSRequest,
    DSResponse,
    group.read_head,
    group.opener("/group_operation", GROUP_OPERATIONS, group.by_member),
    group.reader(Done, NewGroupId),
    REFUSALS,
)

WELCOME_INFORMATION = Endpoint(
    "welcome_information",
    "GET",
    Template("/welcome_information"),
    Place.service_host,
    OCTETS,
    DSRequest,
    DSResponse,
    group.read_head,
    group.opener("/welcome_information", (commands.FetchTree,), group.by_group),
    group.reader(JoinerTree),
    REFUSALS,
    protectable=True,
)

EXTERNAL_COMMIT_INFORMATION = Endpoint(
    "external_commit_information",
    "GET",
    Template("/external_commit_information"),
    Place.service_host,
    OCTETS,
    DSRequest,
    DSResponse,
    group.read_head,
    group.opener("/external_commit_information", (commands.FetchJoinInfo,), group.by_group),
    group.reader(GroupSnapshot),
    REFUSALS,
    protectable=True,
)

VERIFICATION_KEY = Endpoint(
    "verification_key",
    "GET",
    Template("/verification_key"),
    Place.service_host,
    OCTETS,
    VerificationKeyRequest,
    VerificationKeyResponse,
    by_provider(VerificationKeyRequest, "verification_key"),
    keys.open_verification_key,
    keys.read_verification_key,
    REFUSALS,
)

CONNECTION_REQUEST = Endpoint(
    "connection_request",
    "POST",
    Template("/connection_request"),
    Place.service_host,
    OCTETS,
    QueueingServiceRequest,
    QueueingServiceResponse,
    by_provider(QueueingServiceRequest, OPERATIONS[QSRequestType.qs_connection_request]),
    queueing.opener(QSRequestType.qs_connection_request),
    queueing.read_answer,
    REFUSALS,
)

DELIVER_MESSAGE = Endpoint(
    "deliver_message",
    "POST",
    Template("/deliver_message"),
    Place.service_host,
    OCTETS,
    QueueingServiceRequest,
    QueueingServiceResponse,
    by_provider(QueueingServiceRequest, OPERATIONS[QSRequestType.qs_deliver_message]),
    queueing.opener(QSRequestType.qs_deliver_message),
    queueing.read_answer,
    REFUSALS,
)

CONNECTION_KEY_PACKAGES = Endpoint(
    key_packages.FOR_CONNECTION,
    "POST",
    Template("/connection_key_packages"),
    Place.service_host,
    OCTETS,
    ConnectionKeyPackageRequest,
    ConnectionKeyPackageResponse,
    by_provider(ConnectionKeyPackageRequest, key_packages.FOR_CONNECTION),
    key_packages.open_for_connection,
    key_packages.read_for_connection,
    REFUSALS,
    protectable=True,
    unnamed=True,
)

GROUP_KEY_PACKAGES = Endpoint(
    key_packages.FOR_GROUP,
    "POST",
    Template("/group_key_packages"),
    Place.service_host,
    OCTETS,
    GroupKeyPackageRequest,
    GroupKeyPackageResponse,
    by_provider(GroupKeyPackageRequest, key_packages.FOR_GROUP),
    key_packages.open_for_group,
    key_packages.read_for_group,
    REFUSALS,
    protectable=True,
)

ENDPOINTS = (
    DS_DOMAIN,
    GROUP_OPERATION,
    WELCOME_INFORMATION,
    EXTERNAL_COMMIT_INFORMATION,
    VERIFICATION_KEY,
    CONNECTION_REQUEST,
    DELIVER_MESSAGE,
    CONNECTION_KEY_PACKAGES,
    GROUP_KEY_PACKAGES,
)


def _ask_where(sender: str, recipient: str) -> Outgoing:
    return Outgoing(DS_DOMAIN.name, DS_DOMAIN, recipient, b"")


DISCOVERY = Discovery(
    DS_DOMAIN,
    _ask_where,
    discovery.default_host,
    discovery.own,
    discovery.check,
    discovery.hosts,
    discovery.url,
    discovery.leading_to,
)


def _ask_key(sender: str, recipient: str) -> Outgoing:
    body = keys.write_verification_key(sender, recipient)
    return Outgoing(VERIFICATION_KEY.name, VERIFICATION_KEY, recipient, body)


PROVIDER_KEYS = ProviderKeys("verification key", VERIFICATION_KEY, _ask_key, keys.answer_verification_key)


def write(
    command: GroupCommand,
    *,
    sender: str,
    recipient: str,
    sign: Sign | None = None,
    asker: Asker | None = None,
) -> Outgoing:
    """The request for a command. See `draft.Write`."""
    match command:
        case commands.FetchTree():
            endpoint = WELCOME_INFORMATION
        case commands.FetchJoinInfo():
            endpoint = EXTERNAL_COMMIT_INFORMATION
        case _:
            endpoint = GROUP_OPERATION
    body = group.write_request(command, sender, recipient, sign, asker)
    return Outgoing(command.operation, endpoint, recipient, body)


def write_delivery(delivery: Delivery, *, sender: str, recipient: str, sign: Sign | None) -> Outgoing:
    """The request that brings a delivery. See `draft.WriteDelivery`. Raises ValueError without `sign`."""
    if sign is None:
        raise ValueError(f"{delivery.operation} has to be signed by the provider that sends it")
    endpoint = CONNECTION_REQUEST if delivery.operation == CONNECTION_REQUEST.name else DELIVER_MESSAGE
    body = queueing.write_request(delivery, sender, recipient, sign)
    return Outgoing(delivery.operation, endpoint, recipient, body)


def write_fetch(command: commands.FetchKeyPackages, requester: Requester) -> Outgoing:
    """The request for KeyPackages, straight to the target's provider. See `draft.WriteFetch`."""
    recipient = key_packages.asked_provider(command)
    if command.kind == CONNECTION:
        endpoint, write_request = CONNECTION_KEY_PACKAGES, key_packages.write_for_connection
    else:
        endpoint, write_request = GROUP_KEY_PACKAGES, key_packages.write_for_group
    return Outgoing(endpoint.name, endpoint, recipient, write_request(command, recipient, requester))
