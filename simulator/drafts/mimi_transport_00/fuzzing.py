"""What fuzzers know of this draft: how a request that was altered is signed again."""

from dataclasses import replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.fuzzing import Fuzzing, Signers
from simulator.drafts.mimi_transport_00.binding.forging import resign
from simulator.drafts.mimi_transport_00.messages import delivery, key_packages, queueing
from simulator.drafts.mimi_transport_00.messages import group_requests as bodies
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mutation.forgery import Forger
from simulator.services.signing import Sign

_PROVIDER_SIGNED = (
    queueing.QueueingServiceRequest,
    key_packages.ConnectionKeyPackageRequest,
    key_packages.GroupKeyPackageRequest,
)


def sign_again(request: Any, signers: Signers, deep: bool) -> Any:
    """The request with its own signature made right and, if `deep`, all that is inside it."""
    forger = signers.forger
    if isinstance(request, _PROVIDER_SIGNED):
        if deep and isinstance(request, queueing.QueueingServiceRequest):
            message = forger.message(request.signed.message)
            request = replace(request, signed=replace(request.signed, message=message))
        return resign(request, signers.providers.get(request.signed.sender, signers.providers[signers.sender]))
    if isinstance(request, delivery.DSRequest):
        request = replace(request, body=signed_body(request.body, forger)) if deep else request
        return replace(request, auth=_auth(request, forger))
    return request


def signed_body(body: Any, forger: Forger) -> Any:
    """What is in the request of a client, with all of it signed."""
    match body:
        case bodies.CreateGroupRequest():
            return _created(body, forger)
        case bodies.SelfRemoveClientRequest(proposal):
            return replace(body, proposal=forger.message(proposal))
        case bodies.SendMessageRequest() | bodies.WelcomeInfoRequest() | bodies.ExternalCommitInfoRequest():
            return body
    update = getattr(body, "group_update", None)
    return body if update is None else replace(body, group_update=_update(update, forger))


def _created(body: bodies.CreateGroupRequest, forger: Forger) -> bodies.CreateGroupRequest:
    leaf = forger.leaf(body.leaf_node, None)
    info = body.group_info.body
    if isinstance(info, GroupInfo):
        tree_hash = RatchetTree.of_one(forger.suite, leaf).tree_hash
        info = replace(info, group_context=replace(info.group_context, tree_hash=tree_hash))
        info = forger.group_info(info, leaf.signature_key)
    return replace(body, leaf_node=leaf, group_info=replace(body.group_info, body=info))


def _update(update: bodies.MLSGroupUpdate, forger: Forger) -> bodies.MLSGroupUpdate:
    commit, partial = forger.message(update.commit), update.partial_group_info
    if not isinstance(commit.body, PublicMessage):
        return replace(update, commit=commit)
    staged = forger.staged(commit.body)
    leaf = None if staged is None else staged.group.tree.leaf(staged.committer)
    if staged is None or leaf is None:
        return replace(update, commit=commit)
    group = staged.group
    info = GroupInfo(group.context, partial.group_info_extensions, group.confirmation_tag, staged.committer, b"")
    signature = forger.group_info(info, leaf.signature_key).signature
    return replace(update, commit=commit, partial_group_info=replace(partial, signature=signature))


def _auth(request: Any, forger: Forger) -> Any:
    arm, sign = signer_of(request, forger)
    if sign is None:
        return request.auth
    signed = delivery.DSRequestTBS(request.version, request.sender, request.recipient, request.body, arm)
    return replace(request.auth, signature=sign(delivery.DS_REQUEST_LABEL, encode(signed)))


def signer_of(request: Any, forger: Forger) -> tuple[Any, Sign | None]:
    """What of its `auth` a request's signature is over, and who signs it; None where nobody does."""
    match request.auth:
        case delivery.ClientSignature(sender_index):
            return delivery.ClientSignatureTBS(sender_index), _member_sign(request, sender_index, forger)
        case delivery.KeyPackageSignature(reference):
            return delivery.KeyPackageSignatureTBS(reference), forger.usual
        case delivery.CredentialSignature(key, credential):
            return delivery.CredentialSignatureTBS(key, credential), forger.sign_with(key)
    return None, None


def _member_sign(request: Any, index: int, forger: Forger) -> Sign:
    for group_id in forger.views:
        view = forger.view(group_id)
        if view is not None and group_id in encode(request.body):
            leaf = view.public.tree.leaf(index)
            return forger.usual if leaf is None else forger.sign_with(leaf.signature_key)
    return forger.usual


FUZZING = Fuzzing(sign_again)
