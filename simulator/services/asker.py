"""As whom a client asks something of a group; how it proves that is the draft's."""

from typing import TypeAlias

from simulator.dataclass import dataclass
from simulator.mls.tree.credential import Credential


@dataclass(frozen=True, slots=True)
class AsMember:
    """The member at this leaf, whose key is in that leaf."""

    leaf_index: int
    client: str = ""
    """The URI in that leaf, where it is known: a draft may have its user in a request."""


@dataclass(frozen=True, slots=True)
class AsInvited:
    """Whoever was added by the KeyPackage with this KeyPackageRef, whose key is in the KeyPackage's leaf."""

    reference: bytes


@dataclass(frozen=True, slots=True)
class AsClient:
    """A client, in the group or not, that shows a key beside its credential."""

    signature_key: bytes
    credential: Credential


Asker: TypeAlias = AsMember | AsInvited | AsClient
