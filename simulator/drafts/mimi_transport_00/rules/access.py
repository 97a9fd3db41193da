"""Who asks: the group is looked up, and the request's signature has to be that of somebody who may ask."""

from typing import TypeVar

from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.crypto import CipherSuite, cipher_suite
from simulator.mls.tree.credential import BasicCredential, Credential
from simulator.mls.tree.roster import Member
from simulator.rules import check, refuse
from simulator.services.accounts.directory import check_client
from simulator.services.asker import AsClient, AsInvited, Asker, AsMember
from simulator.services.hub import groups
from simulator.services.members import uri_of, users_of
from simulator.services.names import BadName, parse_client
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.services.signing import SIGNED, Signature
from simulator.storage import GroupRecord, Joiner

_SECTION = "PROTOCOL.md section 4"

NAMED = rule("DS-REQUEST-GROUP", Code.malformed, _SECTION, essential="nobody can tell which group is meant")
KNOWN = rule("P-4-UNKNOWN-GROUP", Code.unknown_group, _SECTION, essential="there is no group")
PROOF = rule("DS-REQUEST-AUTHENTICATED", Code.not_authorized, _SECTION, part="PROOF", essential="nobody has signed it")
LEAF = rule(
    "DS-REQUEST-CLIENT-SIGNATURE",
    Code.not_a_member,
    _SECTION,
    part="LEAF",
    essential="there is nobody who could have signed it",
)
LEAF_SIGNATURE = rule("DS-REQUEST-CLIENT-SIGNATURE", Code.invalid_signature, SIGNED, part="SIGNATURE")
OWN_SIGNATURE = rule("DS-REQUEST-AUTHENTICATED", Code.invalid_signature, SIGNED, part="OWN-CLIENT")
USERS_SIGNATURE = rule("DS-REQUEST-AUTHENTICATED", Code.invalid_signature, SIGNED, part="CLIENT-OF-A-USER")
JOINERS_SIGNATURE = rule("DS-REQUEST-AUTHENTICATED", Code.invalid_signature, SIGNED, part="INVITED")
CREDENTIAL = rule("P-5-SIGNING-CLIENT", Code.not_authorized, _SECTION, part="CREDENTIAL", essential="nobody is named")
SENDER = rule("P-5-SIGNING-CLIENT", Code.not_authorized, "PROTOCOL.md section 5", part="PROVIDER")
OWN_CLIENT = rule("P-4-CREATOR", Code.not_authorized, _SECTION, part="CLIENT")
OWN_KEY = rule("P-4-OWN-KEYS", Code.invalid_signature, _SECTION, part="KEY")
REGISTERED = rule("P-4-OWN-KEYS", Code.unknown_user, "PROTOCOL.md section 5", part="CLIENT")
OF_A_USER = rule("DS-EXTERNAL-JOIN-VALIDATION-2", Code.not_authorized, "[DS] Join the group using an external commit")
JOINER = rule("P-4-JOINER", Code.not_authorized, _SECTION, essential="there is no key that could have signed it")

Kind = TypeVar("Kind", AsMember, AsInvited, AsClient)


def find_group(group_id: bytes | None, context: ServiceContext) -> GroupRecord:
    """The group. Raises Refusal unknown_group, or malformed if the request names no group at all."""
    if group_id is None:
        refuse(NAMED, "the message in the request belongs to no group")
    return groups.find_group(group_id, context, KNOWN)


def check_member(request: GroupRequest, record: GroupRecord, context: ServiceContext) -> Member:
    """The member who signed the request (`client_signature`).

    Raises Refusal not_a_member (no such leaf), not_authorized (not a client of the sending provider),
    invalid_signature (also by a key that our client is not known by any more) or unknown_user (a client of ours that
    was taken off its account).
    """
    asker, signature = _proof(request, AsMember)
    member = record.public.member(asker.leaf_index)
    if member is None:
        refuse(LEAF, f"leaf {asker.leaf_index} is blank: nobody to ask")
    _check_sender(uri_of(member), request)
    key, whose = member.leaf_node.signature_key, f"leaf {asker.leaf_index}, {uri_of(member)}"
    signature.check(record.public.suite, key, whose, LEAF_SIGNATURE)
    _check_still_ours(uri_of(member), key, request, context)
    return member


def check_own_client(request: GroupRequest, context: ServiceContext) -> AsClient:
    """The client of ours who signed the request (`credential_signature`), with a key we know it by.

    Raises Refusal not_authorized (somebody else's client), unknown_user (nobody's) or invalid_signature (also for a key
    that we do not know).
    """
    asker, signature = _proof(request, AsClient)
    client = client_uri(asker.credential)
    _check_sender(client, request)
    check(OWN_CLIENT, request.sender == context.provider, f"{client} is not a client of {context.provider}")
    suite = _registered(client, asker.signature_key, context)
    signature.check(suite, asker.signature_key, client, OWN_SIGNATURE)
    return asker


def check_client_of_group_user(request: GroupRequest, record: GroupRecord, context: ServiceContext) -> AsClient:
    """A client, in the group or not, of a user who has clients in the group (`credential_signature`).

    Of our own clients we know the keys. That a guest's key and credential belong together only its own provider can
    know, so this is as sure as the sending provider's word. Raises Refusal not_authorized, unknown_user (none of ours)
    or invalid_signature.
    """
    asker, signature = _proof(request, AsClient)
    client = client_uri(asker.credential)
    _check_sender(client, request)
    check(OF_A_USER, parse_client(client).user in users_of(record.public), f"{client} belongs to no user in the group")
    if request.sender == context.provider:
        _registered(client, asker.signature_key, context)
    signature.check(record.public.suite, asker.signature_key, client, USERS_SIGNATURE)
    return asker


def check_joiner(request: GroupRequest, record: GroupRecord, epoch: int, context: ServiceContext) -> Joiner:
    """The client who was added in `epoch` and signs with its KeyPackage's leaf key (`key_package_signature`).

    Raises Refusal not_authorized (nobody waits to join with this KeyPackage), invalid_signature or unknown_user, as
    `check_member` does.
    """
    asker, signature = _proof(request, AsInvited)
    joiner = context.store.groups.joiner(record.public.group_id, epoch, asker.reference)
    if joiner is None:
        words = f"KeyPackage {asker.reference.hex()} was not added in epoch {epoch}, or its client has joined since"
        refuse(JOINER, words)
    _check_sender(joiner.client, request)
    signature.check(record.public.suite, joiner.signature_key, f"the KeyPackage of {joiner.client}", JOINERS_SIGNATURE)
    _check_still_ours(joiner.client, joiner.signature_key, request, context)
    return joiner


def client_uri(credential: Credential) -> str:
    """The client that a credential names. Raises Refusal not_authorized if it names none."""
    words = "the credential is not a BasicCredential with a client URI"
    if not isinstance(credential, BasicCredential):
        refuse(CREDENTIAL, words)
    try:
        uri = credential.identity.decode("ascii")
        parse_client(uri)
    except (UnicodeDecodeError, BadName) as error:
        refuse(CREDENTIAL, words, error)
    return uri


def _proof(request: GroupRequest, kind: type[Kind]) -> tuple[Kind, Signature]:
    if not isinstance(request.asker, kind) or request.signature is None:
        refuse(PROOF, f"this has to be signed by {_SIGNERS[kind]}")
    return request.asker, request.signature


_SIGNERS: dict[type[Asker], str] = {
    AsMember: "a member (client_signature)",
    AsClient: "a client with its credential (credential_signature)",
    AsInvited: "the client of a KeyPackage that was added (key_package_signature)",
}


def _check_sender(client: str, request: GroupRequest) -> None:
    provider = parse_client(client).provider
    check(SENDER, provider == request.sender, f"{request.sender} can't speak for {client}, a client of {provider}")


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
    check_client(client, context, REGISTERED)
    known = context.store.users.key(client, signature_key)
    check(OWN_KEY, known is not None, f"this key is not one that {client} has registered")
    return cipher_suite(context.policy.cipher_suites[0] if known is None else known.cipher_suite)
