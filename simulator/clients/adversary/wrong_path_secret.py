"""A commit whose path secrets fit each other, but not the public keys of the path: who opens one can tell (RFC 9420
7.5).
"""

from dataclasses import replace

from simulator.clients.adversary.crafting import Tampering, spoiled_update
from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.mls.tree.treekem import NewPath, next_path_secret


@dataclass(frozen=True, slots=True)
class WrongPathSecret:
    """The next epoch's secrets follow from the path secrets that are told. Who has none of them knows no better."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Tell others than those that the keys come from."""

        def others(path: NewPath) -> NewPath:
            secrets = [state.rand("odd_path_secret", state.suite.secret_size)]
            for _ in path.steps:
                secrets.append(next_path_secret(state.suite, secrets[-1]))
            *told, commit_secret = secrets
            return replace(path, path_secrets=tuple(told), commit_secret=commit_secret)

        return spoiled_update(state, self.group, Tampering(new_path=others))
