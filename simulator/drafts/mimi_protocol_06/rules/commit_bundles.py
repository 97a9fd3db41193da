"""What comes with a commit: how the GroupInfo of its epoch is rebuilt, and the ratchet tree ([P] 5.3)."""

from functools import partial

from simulator.drafts.mimi_protocol_06.messages.common import (
    FullTree,
    GroupInfoOption,
    PartialGroupInfo,
    RatchetTreeOption,
    RatchetTreePresence,
    TreeAtHub,
)
from simulator.drafts.mimi_protocol_06.rules.mls_validity import valid
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.rules import check
from simulator.services.hub.group_info import check_external_pub
from simulator.services.refusal import Code, rule

_SECTION = "PROTOCOL.md, The hub"

GROUP_INFO = rule("P6-4.2-GROUP-INFO", Code.invalid_group_info, _SECTION, part="VALID")
SAME_GROUP_INFO = rule("P6-4.2-GROUP-INFO", Code.invalid_group_info, _SECTION, part="SAME")
NO_TREE = rule("P6-4.2-GROUP-INFO", Code.invalid_group_info, _SECTION, part="PRESENCE")
JOINABLE = rule("P6-4.2-GROUP-INFO", Code.invalid_group_info, _SECTION, part="EXTERNAL-PUB")
TREE = rule("P6-4.2-TREE", Code.invalid_group_info, _SECTION, part="FORM")
SAME_TREE = rule("P6-4.2-TREE", Code.invalid_group_info, _SECTION, part="SAME")


def rebuilt_group_info(option: GroupInfoOption, staged: StagedCommit) -> MLSMessage:
    """The GroupInfo of the epoch that a commit starts, with what only its sender can say. Raises Refusal."""
    group, signer = staged.group, staged.committer
    if isinstance(option, PartialGroupInfo):
        none = option.ratchet_tree_presence is RatchetTreePresence.no_ratchet_tree
        check(NO_TREE, none, "the GroupInfo has no ratchet_tree extension: the hub has the tree")
        extensions, signature = option.group_info_extensions, option.signature
    else:
        extensions, signature = option.extensions, option.signature
    check_external_pub(extensions, group.suite, JOINABLE)
    info = valid(GROUP_INFO, partial(group.check_group_info, extensions, signature, signer))
    same = isinstance(option, PartialGroupInfo) or option == info
    check(SAME_GROUP_INFO, same, "the GroupInfo is not that of the epoch which the commit starts")
    return mls_message(info)


def check_tree(option: RatchetTreeOption, staged: StagedCommit) -> None:
    """Whether the tree is the one that the hub has, if it is sent at all. Raises Refusal."""
    words = f"the hub takes a ratchet tree in full, or none, and not a {type(option).__name__}"
    check(TREE, isinstance(option, FullTree | TreeAtHub), words)
    same = not isinstance(option, FullTree) or option.ratchet_tree == staged.group.ratchet_tree()
    check(SAME_TREE, same, "the ratchet tree is not that of the epoch which the commit starts")
