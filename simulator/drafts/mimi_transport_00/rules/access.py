"""Who asks: the group is looked up, and the request's signature has to be that of somebody who may ask."""

from typing import TypeVar

from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.credential import BasicCredential, Credential
from simulator.mls.crypto import CipherSuite, cipher_suite
from simulator.mls.roster import Member
from simulator.services.directory import check_client
from simulator.services.names import BadName, ClientName, parse_client, show_group
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Auth, CredentialAuth, KeyPackageAuth, MemberAuth, Signature
from simulator.storage import GroupRecord, Joiner

_SECTION = "PROTOCOL.md section 4"

Kind = TypeVar("Kind", MemberAuth, KeyPackageAuth, CredentialAuth)


def find_group(group_id: bytes | None, context: ServiceContext) -> GroupRecord:
    """The group. Raises Refusal unknown_group, or malformed if the request names no group at all."""
    if group_id is None:
        raise Refusal(Code.malformed, "the message in the request belongs to no group", _SECTION)
    record = context.store.groups.get(group_id)
    if record is None:
        raise Refusal(Code.unknown_group, f"there is no group {show_group(group_id)} here", _SECTION)
    return record


def name_of(member: Member) -> ClientName:
    """Provider, user and device of a member; its credential was checked when it came."""
    return parse_client(member.identity.decode())


def uri_of(member: Member) -> str:
    """The client URI of a member."""
    return member.identity.decode()


def users_of(record: GroupRecord) -> dict[str, list[Member]]:
    """The users in the group with their clients, in the order of their leaves."""
    users: dict[str, list[Member]] = {}
    for member in record.public.members():
        users.setdefault(name_of(member).user, []).append(member)
    return users


def check_member(request: GroupRequest, record: GroupRecord, context: ServiceContext) -> Member:
    """The member who signed the request (`client_signature`).

    Raises Refusal not_a_member (no such leaf), not_authorized (not a client of the sending provider),
    invalid_signature (also by a key that our client is not known by any more) or unknown_user (a client of ours that
    was taken off its account).
    """
    auth, signature = _proof(request, MemberAuth)
    member = record.public.member(auth.leaf_index)
    if member is None:
        raise Refusal(Code.not_a_member, f"leaf {auth.leaf_index} is blank: nobody to ask", _SECTION)
    _check_sender(uri_of(member), request)
    signature.check(record.public.suite, member.leaf_node.signature_key, f"leaf {auth.leaf_index}, {uri_of(member)}")
    _check_still_ours(uri_of(member), member.leaf_node.signature_key, request, context)
    return member


def check_own_client(request: GroupRequest, context: ServiceContext) -> CredentialAuth:
    """The client of ours who signed the request (`credential_signature`), with a key we know it by.

    Raises Refusal not_authorized (somebody else's client), unknown_user (nobody's) or invalid_signature (also for a key
    that we do not know).
    """
    auth, signature = _proof(request, CredentialAuth)
    client = client_uri(auth.credential)
    _check_sender(client, request)
    if request.sender != context.provider:
        raise Refusal(Code.not_authorized, f"{client} is not a client of {context.provider}", _SECTION)
    suite = _registered(client, auth.signature_key, context)
    signature.check(suite, auth.signature_key, client)
    return auth


def check_client_of_group_user(request: GroupRequest, record: GroupRecord, context: ServiceContext) -> CredentialAuth:
    """A client, in the group or not, of a user who has clients in the group (`credential_signature`).

    Of our own clients we know the keys. That a guest's key and credential belong together only its own provider can
    know, so this is as sure as the sending provider's word. Raises Refusal not_authorized, unknown_user (none of ours)
    or invalid_signature.
    """
    auth, signature = _proof(request, CredentialAuth)
    client = client_uri(auth.credential)
    _check_sender(client, request)
    if parse_client(client).user not in users_of(record):
        raise Refusal(
            Code.not_authorized,
            f"{client} belongs to no user in the group",
            "[DS] Join the group using an external commit",
        )
    if request.sender == context.provider:
        _registered(client, auth.signature_key, context)
    signature.check(record.public.suite, auth.signature_key, client)
    return auth


def check_joiner(request: GroupRequest, record: GroupRecord, epoch: int, context: ServiceContext) -> Joiner:
    """The client who was added in `epoch` and signs with its KeyPackage's leaf key (`key_package_signature`).

    Raises Refusal not_authorized (nobody waits to join with this KeyPackage), invalid_signature or unknown_user, as
    `check_member` does.
    """
    auth, signature = _proof(request, KeyPackageAuth)
    joiner = context.store.groups.joiner(record.public.group_id, epoch, auth.reference)
    if joiner is None:
        raise Refusal(
            Code.not_authorized,
            f"KeyPackage {auth.reference.hex()} was not added in epoch {epoch}, or its client has joined since",
            _SECTION,
        )
    _check_sender(joiner.client, request)
    signature.check(record.public.suite, joiner.signature_key, f"the KeyPackage of {joiner.client}")
    _check_still_ours(joiner.client, joiner.signature_key, request, context)
    return joiner


def client_uri(credential: Credential) -> str:
    """The client that a credential names. Raises Refusal not_authorized if it names none."""
    if isinstance(credential, BasicCredential):
        try:
            uri = credential.identity.decode("ascii")
            parse_client(uri)
        except (UnicodeDecodeError, BadName):
            pass
        else:
            return uri
    raise Refusal(Code.not_authorized, "the credential is not a BasicCredential with a client URI", _SECTION)


def _proof(request: GroupRequest, kind: type[Kind]) -> tuple[Kind, Signature]:
    if not isinstance(request.auth, kind) or request.signature is None:
        raise Refusal(Code.not_authorized, f"this has to be signed by {_SIGNERS[kind]}", _SECTION)
    return request.auth, request.signature


_SIGNERS: dict[type[Auth], str] = {
    MemberAuth: "a member (client_signature)",
    CredentialAuth: "a client with its credential (credential_signature)",
    KeyPackageAuth: "the client of a KeyPackage that was added (key_package_signature)",
}


def _check_sender(client: str, request: GroupRequest) -> None:
    provider = parse_client(client).provider
    if provider != request.sender:
        raise Refusal(
            Code.not_authorized,
            f"{request.sender} can't speak for {client}, a client of {provider}",
            "PROTOCOL.md section 5",
        )


def _check_still_ours(client: str, signature_key: bytes, request: GroupRequest, context: ServiceContext) -> None:
    """A client's leaf stays in the tree until a member commits its removal; of ours we know before that it is gone,
    also where another device has its name now.
    """
    if request.sender == context.provider:
        _registered(client, signature_key, context)


def _registered(client: str, signature_key: bytes, context: ServiceContext) -> CipherSuite:
    """The suite of a key by which we know our client. Raises Refusal unknown_user, or invalid_signature for a key that
    we don't know it by.
    """
    check_client(client, context)
    known = context.store.users.key(client, signature_key)
    if known is None:
        raise Refusal(Code.invalid_signature, f"this key is not one that {client} has registered", _SECTION)
    return cipher_suite(known.cipher_suite)
