"""A hub tells those who want to join another ratchet tree than the group's."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from simulator.codec import UNBOUNDED, decode, encode
from simulator.drafts.requests.endpoint import HTTPEndpoint, Reply
from simulator.errors import Misuse
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import ParentNode, RatchetTreeNodes
from simulator.net import HTTPReply
from simulator.provider.adversary.answering import Answering, Lie


def false_tree(endpoint: HTTPEndpoint, nodes: RatchetTreeNodes, info: GroupInfo, times: int | None = None) -> Answering:
    """At this endpoint, `nodes` and `info` stand in the place of whatever ratchet tree and GroupInfo are in an answer;
    refusals stay. Raises Misuse for an endpoint that answers with no struct.
    """
    kind = endpoint.response
    if kind is None:
        raise Misuse(f"{endpoint.name} does not answer with a struct")
    return Answering(endpoint.template, _lie(endpoint, kind, nodes, info), times)


def _lie(endpoint: HTTPEndpoint, kind: type, nodes: RatchetTreeNodes, info: GroupInfo) -> Lie:
    def told(value: Any) -> Any:
        if isinstance(value, GroupInfo):
            return info
        if isinstance(value, tuple):
            is_tree = any(isinstance(each, LeafNode | ParentNode) for each in value)
            return nodes if is_tree else tuple(map(told, value))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: told(getattr(value, each.name)) for each in fields(value)})
        return value

    def lie(reply: HTTPReply) -> HTTPReply:
        if endpoint.refusals.is_refusal(Reply(reply.status, reply.headers, reply.body)):
            return reply
        return replace(reply, body=encode(told(decode(kind, reply.body, UNBOUNDED))))

    return lie
