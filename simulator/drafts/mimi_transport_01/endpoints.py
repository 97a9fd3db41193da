"""The endpoints of mimi-transport-00 with an envelope around every request."""

from dataclasses import replace
from typing import Any, cast

from simulator.codec import UNBOUNDED, decode, encode
from simulator.drafts.mimi_transport_00 import checks as first_checks
from simulator.drafts.mimi_transport_00 import endpoints as first
from simulator.drafts.mimi_transport_00.binding import group
from simulator.drafts.mimi_transport_00.binding import key_packages as keys
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType
from simulator.drafts.mimi_transport_01 import binding
from simulator.drafts.mimi_transport_01 import messages as wire
from simulator.drafts.mimi_transport_01.transactions import OpenAs, head, opener, transaction_type
from simulator.drafts.requests.endpoint import Endpoint, Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.services import commands
from simulator.services.asker import Asker
from simulator.services.commands import GroupCommand
from simulator.services.delivery.deliveries import Delivery
from simulator.services.signing import Sign

CHECKS = tuple(check for check in first_checks.CHECKS if check.name not in ("recipient", "certificate"))
"""Those of mimi-transport-00 in their order; the head says who the certificate names, and nothing whom it is for."""


def _enveloped(row: Endpoint, open_as: OpenAs, *operations: str) -> Endpoint:
    kind = getattr(wire, cast("Any", row.request).__name__.removesuffix("Request") + "Transaction")
    read = head(operations or (row.name,), counted=not operations)
    return replace(row, request=kind, head=read, open=opener(kind, read, open_as))


def _of_groups(row: Endpoint, taken: tuple[Any, ...], rate_keys: group.RateKeys) -> Endpoint:
    return _enveloped(row, binding.open_group(row.path, taken, rate_keys), *(each.operation for each in taken))


VERIFICATION_KEY = _enveloped(first.VERIFICATION_KEY, binding.open_verification_key)
ENDPOINTS = (
    first.DS_DOMAIN,
    _of_groups(first.GROUP_OPERATION, first.GROUP_OPERATIONS, group.by_member),
    _of_groups(first.WELCOME_INFORMATION, (commands.FetchTree,), group.by_group),
    _of_groups(first.EXTERNAL_COMMIT_INFORMATION, (commands.FetchJoinInfo,), group.by_group),
    VERIFICATION_KEY,
    _enveloped(first.CONNECTION_REQUEST, binding.open_delivery(QSRequestType.qs_connection_request)),
    _enveloped(first.DELIVER_MESSAGE, binding.open_delivery(QSRequestType.qs_deliver_message)),
    _enveloped(first.CONNECTION_KEY_PACKAGES, binding.open_key_packages(keys.incoming_for_connection)),
    _enveloped(first.GROUP_KEY_PACKAGES, binding.open_key_packages(keys.incoming_for_group)),
)


def _in_envelope(made: Outgoing, sign: Sign | None) -> Outgoing:
    """A request of mimi-transport-00 without names and in an envelope, signed anew if anybody signs it."""
    (row,) = [each for each in ENDPOINTS if each.name == made.endpoint.name]
    kind, of = cast("Any", row.request), cast("Any", made.endpoint.request)
    payload = binding.without_names(getattr(wire, of.__name__), decode(of, made.body, UNBOUNDED))
    transaction = kind(MIMI10, transaction_type(made.operation), payload)
    signed = transaction if sign is None else binding.resign(transaction, sign)
    return replace(made, endpoint=row, body=encode(signed))


PROVIDER_KEYS = replace(
    first.PROVIDER_KEYS,
    endpoint=VERIFICATION_KEY,
    write=lambda sender, recipient: _in_envelope(first.PROVIDER_KEYS.write(sender, recipient), None),
)


def write(
    command: GroupCommand, *, sender: str, recipient: str, sign: Sign | None = None, asker: Asker | None = None
) -> Outgoing:
    """The request for a command. See `draft.Write`."""
    made = first.write(command, sender=sender, recipient=recipient, sign=sign, asker=asker)
    return _in_envelope(made, None if asker is None else sign)


def write_delivery(delivery: Delivery, *, sender: str, recipient: str, sign: Sign | None) -> Outgoing:
    """The request that brings a delivery. See `draft.WriteDelivery`. Raises ValueError without `sign`."""
    return _in_envelope(first.write_delivery(delivery, sender=sender, recipient=recipient, sign=sign), sign)


def write_fetch(command: commands.FetchKeyPackages, requester: Requester) -> Outgoing:
    """The request for KeyPackages, straight to the target's provider. See `draft.WriteFetch`."""
    return _in_envelope(first.write_fetch(command, requester), requester.sign)
