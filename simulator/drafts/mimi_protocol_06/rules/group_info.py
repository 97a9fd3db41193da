"""The operation `groupInfo`: what a client needs to join by itself, for its eyes only ([P] 5.6)."""

from functools import partial

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.messages.common import FullTree, Protocol
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_ENCRYPTION_LABEL,
    GROUP_INFO_REQUEST_LABEL,
    GROUP_INFO_RESPONSE_LABEL,
    GroupInfoCode,
    GroupInfoRatchetTreeTBE,
    GroupInfoRequest,
    GroupInfoResponse,
    GroupInfoResponseTBS,
    GroupInfoSuccess,
)
from simulator.drafts.mimi_protocol_06.refusals import forbidden
from simulator.drafts.mimi_protocol_06.room.admission import may_join
from simulator.drafts.mimi_protocol_06.room.room_state import room_state
from simulator.drafts.mimi_protocol_06.rules.mls_validity import valid
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import find_room
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.extensions.extension import ExternalSenderEntry
from simulator.mls.framing.senders import external_senders
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.credential import BasicCredential, Credential, identity_of
from simulator.rules import check, refuse
from simulator.services.hub.proposals import as_external_sender
from simulator.services.names import BadName, parse_client
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature
from simulator.storage import GroupRecord

_SECTION = "PROTOCOL.md, Joining"

NAME = rule("P6-4.5-FORM", Code.malformed, _SECTION, part="CREDENTIAL", essential="nobody asks")
HPKE_KEY = rule("P6-4.5-FORM", Code.malformed, _SECTION, part="KEY", essential="nothing can be encrypted to it")
SENDER = forbidden("P6-4.5-SENDER")
SUITE = rule("P6-4.5-SUITE", Code.malformed, _SECTION, essential="nobody could verify or encrypt by it")
SIGNATURE = rule("P6-4.5-SIGNATURE", Code.invalid_signature, _SECTION)
NO_CODE = rule("P6-4.5-JOINING-CODE", Code.not_authorized, _SECTION)
MAY_JOIN = rule("P6-4.5-MAY-JOIN", Code.not_authorized, _SECTION)


def group_info(room: str, request: GroupInfoRequest, provider: str, context: ServiceContext) -> GroupInfoResponse:
    """The answer to a client that `provider` speaks for. Raises Refusal."""
    asked = request.signed
    client = _client(asked.requesting_credential)
    own = parse_client(client).provider == provider
    check(SENDER, own, f"{provider} can't speak for {client}")
    record = find_room(room, context)
    suite = record.public.suite
    if asked.cipher_suite != suite.value:
        refuse(SUITE, f"the room is of cipher suite {suite.value}, and the request of {asked.cipher_suite}")
    signature = Signature(GROUP_INFO_REQUEST_LABEL, encode(asked), request.signature)
    signature.check(suite, asked.requesting_signature_key, client, SIGNATURE)
    check(NO_CODE, not asked.joining_code, "rooms have no joining codes here")
    check(MAY_JOIN, may_join(client, room_state(record.public)), f"{client} may not join {room}")
    return _answer(room, asked.group_info_public_key, record, context)


def _client(credential: Credential) -> str:
    identity = identity_of(credential).decode(errors="replace") if isinstance(credential, BasicCredential) else ""
    try:
        parse_client(identity)
    except BadName as error:
        refuse(NAME, f"the credential is no BasicCredential with the URI of a client: {error}", error)
    return identity


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Our entry in a room's `external_senders`, and its private key."""

    entry: ExternalSenderEntry
    private_key: bytes

    @classmethod
    def in_room(cls, record: GroupRecord, context: ServiceContext) -> "_Speaker":
        index, private_key = as_external_sender(record.public, context)
        return cls(external_senders(record.public.context.extensions)[index], private_key)


def _answer(room: str, key: bytes, record: GroupRecord, context: ServiceContext) -> GroupInfoResponse:
    suite, hub = record.public.suite, _Speaker.in_room(record, context)
    sealed = _sealed(room, key, record, context)
    status = GroupInfoCode.success
    said = GroupInfoResponseTBS(Protocol.mls10, room, status, suite.value, hub.entry, sealed)
    signature = suite.sign_with_label(hub.private_key, GROUP_INFO_RESPONSE_LABEL, encode(said))
    return GroupInfoResponse(Protocol.mls10, room, GroupInfoSuccess(suite.value, hub.entry, sealed, signature))


def _sealed(room: str, key: bytes, record: GroupRecord, context: ServiceContext) -> HPKECiphertext:
    """GroupInfo, tree and the whole queue, encrypted to the joiner's key."""
    info = record.group_info.body
    if not isinstance(info, GroupInfo):
        raise TypeError(f"a room is kept with a {type(info).__name__} in the place of its GroupInfo")
    queue = RoomFacts.of(record).queue
    plain = encode(GroupInfoRatchetTreeTBE(info, FullTree(record.public.ratchet_tree()), queue))
    seal = partial(record.public.suite.encrypt_with_label, key, GROUP_INFO_ENCRYPTION_LABEL, room.encode())
    return valid(HPKE_KEY, partial(seal, plain, context.rand))
