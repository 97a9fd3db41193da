"""Joining without a Welcome: a further client of a user, or one that lost its state ([DS] External join)."""

from dataclasses import dataclass

from simulator.clients.account import Account
from simulator.clients.operations.operation import Prepared, group_update
from simulator.drafts.draft import BadAnswer
from simulator.mls.group import Group
from simulator.mls.group_info import GroupInfo
from simulator.mls.leaf_node import LeafNode
from simulator.services import commands
from simulator.services.names import group_provider
from simulator.services.results import GroupSnapshot


@dataclass(frozen=True, slots=True)
class ExternalJoin:
    """Needs no more than the group's URI. A leaf that the client has in the group already is replaced."""

    group: str

    async def prepare(self, account: Account) -> Prepared:
        """Fetch the group's state from its owner, and commit ourselves into it."""
        group_id = self.group.encode()
        owner = group_provider(group_id)
        question = account.write_as_client(commands.ExternalCommitInfo(group_id), owner)
        answer = await account.home.submit(question)
        if not isinstance(answer, GroupSnapshot) or not isinstance(answer.group_info.body, GroupInfo):
            raise BadAnswer(f"{owner} did not answer with a GroupInfo")
        resync = any(
            isinstance(node, LeafNode) and node.credential == account.identity.credential
            for node in answer.ratchet_tree
        )
        bundle = Group.external_join(
            answer.group_info.body, answer.ratchet_tree, account.identity, account.rand, resync=resync
        )
        command = commands.ExternalJoin(group_update(bundle))
        return Prepared(self.group, account.write_as_client(command, owner), bundle.next)
