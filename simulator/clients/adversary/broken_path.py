"""A commit whose path secrets do not open for some members: they alone can tell (RFC 9420 7.5)."""

from dataclasses import replace

from simulator.clients.adversary.crafting import Tampering, flipped, spoiled_update
from simulator.clients.client_state import ClientState
from simulator.clients.members import leaves_of_clients
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import UpdatePath, UpdatePathNode
from simulator.mls.commits.epoch_change import EpochChange
from simulator.mls.tree import tree_math
from simulator.mls.tree.ratchet_tree import PathStep
from simulator.mls.tree.treekem import recipients


@dataclass(frozen=True, slots=True)
class BrokenPath:
    """`victims` are client URIs. Who shares a node key with a victim is a victim too."""

    group: str
    victims: tuple[str, ...]

    async def prepare(self, state: ClientState) -> Prepared:
        """Spoil every ciphertext that is for a node above a victim. Raises NoSuchMember."""
        leaves = leaves_of_clients(state.group(self.group), self.victims)

        def spoil(path: UpdatePath, change: EpochChange) -> UpdatePath:
            steps = change.applied.tree.filtered_direct_path(change.committer)
            nodes = zip(steps, path.nodes, strict=True)
            return replace(path, nodes=tuple(_spoiled(step, node, change, leaves) for step, node in nodes))

        return spoiled_update(state, self.group, Tampering(path=spoil))


def _spoiled(step: PathStep, node: UpdatePathNode, change: EpochChange, leaves: tuple[int, ...]) -> UpdatePathNode:
    ciphertexts = tuple(
        replace(sealed, ciphertext=flipped(sealed.ciphertext))
        if any(abs(2 * leaf - target) < 2 ** tree_math.level(target) for leaf in leaves)
        else sealed
        for target, sealed in zip(recipients(step, change.new_leaves), node.encrypted_path_secret, strict=True)
    )
    return replace(node, encrypted_path_secret=ciphertexts)
