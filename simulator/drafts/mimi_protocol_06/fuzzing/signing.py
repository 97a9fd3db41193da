"""How requests of this draft that were altered are signed again."""

from dataclasses import replace
from typing import Any

from simulator.drafts.fuzzing import Signers
from simulator.drafts.mimi_protocol_06.binding.forging import resign
from simulator.drafts.mimi_protocol_06.messages.common import PartialGroupInfo
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry
from simulator.drafts.mimi_protocol_06.messages.group_info import GroupInfoRequest
from simulator.drafts.mimi_protocol_06.messages.key_material import KeyMaterialRequest
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.messages.update import CommitBundle, HandshakeBundle, UpdateRequest
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mutation.forgery import Forger


def sign_again(request: Any, signers: Signers, deep: bool) -> Any:
    """The request with its own signature made right and, if `deep`, all that is inside it."""
    forger = signers.forger
    match request:
        case KeyMaterialRequest(signed):
            return resign(request, forger.sign_with(signed.requester_signature_key))
        case GroupInfoRequest(signed):
            return resign(request, forger.sign_with(signed.requesting_signature_key))
        case ConsentEntry() if deep and request.client_key_packages:
            return replace(request, client_key_packages=tuple(map(forger.key_package, request.client_key_packages)))
        case UpdateRequest(bundle) if deep:
            return UpdateRequest(_bundle(bundle, forger))
        case FanoutMessage() if deep:
            return _news(request, forger)
    return request


def _news(news: FanoutMessage, forger: Forger) -> FanoutMessage:
    more = {name: getattr(news, name) for name in ("more_proposals", "external_proposals")}
    signed: dict[str, Any] = {name: tuple(map(forger.message, said)) for name, said in more.items() if said is not None}
    return replace(news, message=forger.message(news.message), **signed)


def _bundle(bundle: HandshakeBundle, forger: Forger) -> HandshakeBundle:
    message, more = forger.message(bundle.proposal_or_commit), bundle.more_proposals
    more = None if more is None else tuple(map(forger.message, more))
    beside = None if bundle.commit is None else _beside(bundle.commit, message.body, forger)
    return HandshakeBundle(message, beside, more)


def _beside(beside: CommitBundle, commit: object, forger: Forger) -> CommitBundle:
    """With the GroupInfo signed that the commit leads to."""
    staged = forger.staged(commit) if isinstance(commit, PublicMessage) else None
    leaf = None if staged is None else staged.group.tree.leaf(staged.committer)
    option = beside.group_info_option
    if staged is None or leaf is None:
        return beside
    group = staged.group
    if isinstance(option, PartialGroupInfo):
        info = GroupInfo(group.context, option.group_info_extensions, group.confirmation_tag, staged.committer, b"")
        signature = forger.group_info(info, leaf.signature_key).signature
        return replace(beside, group_info_option=replace(option, signature=signature))
    return replace(beside, group_info_option=forger.group_info(option, leaf.signature_key))
