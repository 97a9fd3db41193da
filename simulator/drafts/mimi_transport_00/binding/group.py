"""DSRequest and DSResponse <-> group commands and their results."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from simulator.codec import MOST_VALUES, encode
from simulator.drafts.mimi_transport_00.binding.request import check_head, head, opened
from simulator.drafts.mimi_transport_00.errors import read_body, succeed
from simulator.drafts.mimi_transport_00.messages import delivery as wire
from simulator.drafts.mimi_transport_00.messages import group_requests as bodies
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.rules.operations import serve
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest, group_id_of
from simulator.drafts.requests import answers
from simulator.drafts.requests.endpoint import Answer, Ask, Envelope, Incoming, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.remembered import Remembered
from simulator.mls.tree.credential import identity_of
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.rules import Rule, check, refuse
from simulator.services import commands, results
from simulator.services.asker import AsClient, AsInvited, Asker, AsMember
from simulator.services.names import show_group
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, Signature

_TWINS: tuple[tuple[Any, Any], ...] = (
    (commands.RequestGroupId, bodies.RequestGroupIDRequest),
    (commands.CreateGroup, bodies.CreateGroupRequest),
    (commands.DeleteGroup, bodies.DeleteGroupRequest),
    (commands.AddUsers, bodies.AddUsersRequest),
    (commands.RemoveUsers, bodies.RemoveUsersRequest),
    (commands.AddClients, bodies.AddClientsRequest),
    (commands.RemoveClients, bodies.RemoveClientsRequest),
    (commands.Leave, bodies.SelfRemoveClientRequest),
    (commands.UpdateClient, bodies.UpdateClientRequest),
    (commands.ExternalJoin, bodies.ExternalJoinRequest),
    (commands.SendMessage, bodies.SendMessageRequest),
    (commands.ReInitializeGroup, bodies.ReInitializeGroupRequest),
    (commands.FetchTree, bodies.WelcomeInfoRequest),
    (commands.FetchJoinInfo, bodies.ExternalCommitInfoRequest),
)
"""A command and its wire struct have the same fields in the same order; what else a command may have stays empty."""

_COMMAND: dict[type, Any] = {body: command for command, body in _TWINS}
_BODY: dict[type, Any] = dict(_TWINS)

_ELSEWHERE = {
    bodies.SignaturePublicKeyRequest: "/verification_key",
    bodies.AddPackagesRequest: "/group_key_packages",
    bodies.ConnectionAddPackagesRequest: "/connection_key_packages",
}
"""Requests of [DS] that [T] moved to endpoints of their own."""

_SECTION = "PROTOCOL.md section 4"
_NOTHING = "nothing here would carry it out"
ELSEWHERE = rule("P-4-UNSUPPORTED", Code.unsupported_operation, _SECTION, part="ELSEWHERE", essential=_NOTHING)
OTHER_MODE = rule("P-4-UNSUPPORTED", Code.unsupported_operation, _SECTION, part="OTHER-MODE", essential=_NOTHING)
WRONG_ENDPOINT = rule("P-4-WRONG-ENDPOINT", Code.unsupported_operation, _SECTION, part="GROUP")

_LONGEST_KEY = 520
"""Bytes of a name by which a bucket is kept: longer ones are nobody's name, and share one with what they begin with."""

RateKeys = Callable[[GroupRequest, str | None], tuple[str, ...]]
Content = Callable[[wire.DSRequest, Asker], bytes]
"""What is signed of a request that somebody makes."""


def by_member(request: GroupRequest, group: str | None) -> tuple[str, ...]:
    """Rate keys of /group_operation: who in the group asks. Unproved until the signature is checked, as ever."""
    match request.asker:
        case AsMember(leaf_index):
            return (f"member {leaf_index} of {group}",)
        case AsClient(_, credential):
            return (f"client {identity_of(credential)[:_LONGEST_KEY].decode(errors='replace')}",)
        case _:
            return ()


def by_group(_: GroupRequest, group: str | None) -> tuple[str, ...]:
    """Rate keys of the endpoints that only read: the group."""
    return (f"group {group}",) if group else ()


def read_head(asked: WireRequest) -> Envelope:
    """Who asks whom for what. Raises Refusal malformed or unsupported_version."""
    found = head(wire.DSRequest, asked.body, wire.DSRequestHead)
    return Envelope(_operation(bodies.DS_REQUESTS[found.request_type]), found.sender, found.recipient)


def opener(path: str, operations: tuple[type, ...], rate_keys: RateKeys) -> Callable[[WireRequest], Incoming]:
    """How the endpoint at `path`, which takes these commands, opens a request."""

    def open_request(asked: WireRequest) -> Incoming:
        request = opened(wire.DSRequest, asked.body)
        check_head(request)
        return incoming(request, path, operations, rate_keys)

    return open_request


def incoming(
    request: wire.DSRequest,
    path: str,
    operations: tuple[type, ...],
    rate_keys: RateKeys,
    signed: Content | None = None,
) -> Incoming:
    """A decoded request at the endpoint at `path`; `signed` says what is signed of it, a DSRequestTBS if not given."""
    command_type = _COMMAND.get(type(request.body))
    if command_type is None:
        return _refused(request, ELSEWHERE, f"that is asked at {_ELSEWHERE[type(request.body)]}")
    if isinstance(request.auth, wire.PseudonymousUserAuth | wire.ConnectionToken):
        why = "this way to authenticate belongs to the withdrawn Reduced Metadata mode"
        found = _refused(request, OTHER_MODE, why)
    else:
        found = _incoming(request, command_type, rate_keys, signed or _to_be_signed)
    return found if command_type in operations else _misplaced(request, found, path)


_TREES: Remembered[Reply] = Remembered(4)
"""The answers with the trees of newcomers, under all that is in them: one for all who join by the same commit."""


def _incoming(request: wire.DSRequest, command_type: Any, rate_keys: RateKeys, signed: Content) -> Incoming:
    command = command_type(*(_neutral(getattr(request.body, part.name)) for part in fields(request.body)))
    asker, signature = _proof(request, signed)
    asked = GroupRequest(command, request.sender, request.version, asker, signature)
    group_id = group_id_of(command)
    group = None if group_id is None else show_group(group_id)

    def perform(context: ServiceContext) -> Answer:
        result, effects = serve(asked, context)
        response = wire.DSResponse(MIMI10, _response(result))
        trees = isinstance(result, results.JoinerTree)
        return Answer(_TREES.of(succeed, response) if trees else succeed(response), effects)

    keys = rate_keys(asked, group)
    return Incoming(Envelope(command.operation, request.sender, request.recipient, group, keys), perform)


def _misplaced(request: wire.DSRequest, found: Incoming, path: str) -> Incoming:
    """A request that is served elsewhere; said only after the recipient was checked, and before anything is done."""

    def perform(context: ServiceContext) -> Answer | Ask:
        check(WRONG_ENDPOINT, False, f"{found.envelope.operation} is not asked at {path}")
        return found.perform(context)

    return Incoming(Envelope(found.envelope.operation, request.sender, request.recipient), perform)


def _refused(request: wire.DSRequest, unsupported: Rule, why: str) -> Incoming:
    """A request that decodes but that we do not do; said only after the recipient was checked."""

    def perform(_: ServiceContext) -> Answer:
        refuse(unsupported, why)

    return Incoming(Envelope(_operation(type(request.body)), request.sender, request.recipient), perform)


def _body(command: Any) -> Any:
    """Raises ValueError for what has no place in the command's struct."""
    kind = _BODY[type(command)]
    values = [getattr(command, part.name) for part in fields(command)]
    taken = len(fields(kind))
    if any(values[taken:]):
        raise ValueError(f"a {kind.__name__} has no place for {fields(command)[taken].name}")
    return kind(*map(_wired, values[:taken]))


def _operation(body: type) -> str:
    command_type = _COMMAND.get(body)
    return body.__name__ if command_type is None else str(command_type.operation)


def _neutral(value: Any) -> Any:
    if isinstance(value, bodies.MLSGroupUpdate):
        partial = value.partial_group_info
        return commands.GroupUpdate(value.commit, partial.group_info_extensions, partial.signature)
    return value


def _wired(value: Any) -> Any:
    if isinstance(value, commands.GroupUpdate):
        return bodies.MLSGroupUpdate(value.commit, bodies.PartialGroupInfo(value.extensions, value.signature))
    return value


def _proof(request: wire.DSRequest, signed: Content) -> tuple[Asker | None, Signature | None]:
    asker: Asker
    match request.auth:
        case wire.ClientSignature():
            asker = AsMember(request.auth.sender_index)
        case wire.KeyPackageSignature():
            asker = AsInvited(request.auth.key_package_ref)
        case wire.CredentialSignature():
            asker = AsClient(request.auth.signature_key, request.auth.credential)
        case _:
            return None, None
    return asker, Signature(wire.DS_REQUEST_LABEL, signed(request, asker), request.auth.signature)


def claim(asker: Asker) -> wire.DSAuthTBS:
    """An auth arm without its signature: what is claimed, which is signed too."""
    match asker:
        case AsMember(leaf_index):
            return wire.ClientSignatureTBS(leaf_index)
        case AsInvited(reference):
            return wire.KeyPackageSignatureTBS(reference)
        case AsClient(key, credential):
            return wire.CredentialSignatureTBS(key, credential)


def _to_be_signed(request: wire.DSRequest, asker: Asker) -> bytes:
    return encode(wire.DSRequestTBS(request.version, request.sender, request.recipient, request.body, claim(asker)))


def signed_anew(request: wire.DSRequest, sign: Sign, signed: Content | None = None) -> wire.DSRequest:
    """The same request with another signature, as its auth arm wants it. Raises TypeError for one without."""
    _, signature = _proof(request, signed or _to_be_signed)
    if signature is None or isinstance(request.auth, wire.Anonymous | wire.PseudonymousUserAuth | wire.ConnectionToken):
        raise TypeError(f"nobody signs a DSRequest with {type(request.auth).__name__}")
    return replace(request, auth=replace(request.auth, signature=sign(signature.label, signature.content)))


def write_request(
    command: commands.GroupCommand, sender: str, recipient: str, sign: Sign | None, asker: Asker | None
) -> bytes:
    """The DSRequest for a command, signed as `asker` does; anonymous without `asker` and `sign`."""
    data: wire.DSAuthData = wire.Anonymous()
    request = wire.DSRequest(MIMI10, sender, recipient, _body(command), data)
    if asker is not None and sign is not None:
        signature = sign(wire.DS_REQUEST_LABEL, _to_be_signed(request, asker))
        match asker:
            case AsMember(leaf_index):
                data = wire.ClientSignature(leaf_index, signature)
            case AsInvited(reference):
                data = wire.KeyPackageSignature(reference, signature)
            case AsClient(key, credential):
                data = wire.CredentialSignature(key, credential, signature)
    return encode(replace(request, auth=data))


def _response(result: results.Result) -> wire.DSResponseBody:
    match result:
        case results.NewGroupId(group_id):
            return wire.DSGroupID(group_id)
        case results.JoinerTree(tree):
            return wire.DSWelcomeInfo(tree)
        case results.GroupSnapshot(group_info, tree):
            return wire.DSExternalCommitInfo(group_info, tree)
        case _:
            return wire.DSOk()


MOST_IN_A_TREE = 2 * MOST_VALUES
"""In an answer that may hold a ratchet tree: one of 3,000 clients has about as many. Many commits may have added them,
each with its own bound."""
MOST_NODES = 8191
"""Of a ratchet tree, blank ones included: one with room for 4,096 clients. A blank node is one octet and one value, but
has a hash to be worked out as any other."""


def _few_nodes(tree: RatchetTreeNodes) -> RatchetTreeNodes:
    words = f"a ratchet tree of {len(tree)} nodes; {MOST_NODES} are taken at most"
    check(answers.NODES, len(tree) <= MOST_NODES, words)
    return tree


def reader(*expected: type) -> Callable[[Reply], results.Result]:
    """How the answer of an endpoint that yields `expected` results is read."""

    def read(reply: Reply) -> results.Result:
        body = read_body(wire.DSResponse, reply, MOST_IN_A_TREE)
        result: results.Result
        match body:
            case wire.DSGroupID():
                result = results.NewGroupId(body.group_id)
            case wire.DSWelcomeInfo():
                result = results.JoinerTree(_few_nodes(body.ratchet_tree))
            case wire.DSExternalCommitInfo():
                result = results.GroupSnapshot(body.group_info, _few_nodes(body.ratchet_tree))
            case _:
                result = results.Done()
        if not isinstance(result, expected):
            refuse(answers.AS_ASKED, f"the answer is a {type(body).__name__}, which nobody asked for")
        return result

    return read
