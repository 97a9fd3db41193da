"""What services need of a draft: what only its rules can say, asked through the ServiceContext."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from simulator.dataclass import dataclass
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.leaf_node import LeafNode
from simulator.services.commands import GroupUpdate
from simulator.services.delivery.effects import Effect

if TYPE_CHECKING:
    from simulator.services.service_context import ServiceContext


@dataclass(frozen=True, slots=True)
class KeyPackageUse:
    """What a KeyPackage is for: the draft's word for its kind, and whether it may be handed out more than once."""

    kind: str
    last_resort: bool = False


class DraftRules(Protocol):
    """What no request asks for, by the rules of one draft: what a hub does by itself, what is in a payload, and in a
    KeyPackage.
    """

    def hub_keys(self, context: "ServiceContext") -> tuple[bytes, ...]:
        """The public keys with which we speak in groups whose hub we are; made where there are none yet."""
        ...

    def key_package_use(self, key_package: KeyPackage) -> KeyPackageUse:
        """Tell what a client of ours has published this valid KeyPackage for. Raises Refusal invalid_leaf_node."""
        ...

    def deliver(
        self,
        group_id: bytes,
        clients: Iterable[str],
        message: MLSMessage,
        context: "ServiceContext",
        *,
        asks_consent: bool = False,
    ) -> tuple[Effect, ...]:
        """The effects that bring a message about one of our groups to these clients.

        `asks_consent`: it is an invitation that each of them may turn down.
        """
        ...

    def digest(self, group_id: bytes, payload: bytes) -> bytes:
        """Equal exactly for the payloads, from one provider, that a client gets once only."""
        ...

    def clients_gone(self, group_id: bytes, clients: Iterable[str], context: "ServiceContext") -> tuple[Effect, ...]:
        """These clients do not exist any longer; the group may be none of ours, and they need not be in it."""
        ...

    def take_group(self, leaf: LeafNode, info: GroupInfo, context: "ServiceContext") -> None:
        """Become the hub of a group with this only member, whoever it says it is. Raises MLSError."""
        ...

    def take_commit(
        self, update: GroupUpdate, welcomes: Sequence[MLSMessage], context: "ServiceContext"
    ) -> tuple[Effect, ...]:
        """Carry out a commit that RFC 9420 allows, whatever the draft's own rules say to it.

        Raises MLSError, Misuse for a message that is no commit, and Refusal for Welcomes that do not fit it.
        """
        ...
