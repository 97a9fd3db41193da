"""A member of the independent implementation mls-rs, spoken to in bytes.

Its limits (suite 1 only, no unknown GroupContext extensions, panics on external proposals) are why some of what
we can do is not tested against it.
"""

from functools import cache
from typing import Any

from simulator import extras
from simulator.codec import codec, decode, encode
from simulator.dataclass import dataclass
from simulator.mls.framing.message import MLSMessage
from simulator.mls.tree.node import RatchetTreeNodes

SUITE = 1


@cache
def _rs() -> Any:
    """Loaded when the first member is made: it is no dependency. Raises SimulatorError where it is missing."""
    return extras.mls_rs_uniffi


_TREE = codec(RatchetTreeNodes)


@dataclass(frozen=True)
class PeerCommit:
    """What a commit of mls-rs produces."""

    message: MLSMessage
    welcome: MLSMessage | None


class PeerGroup:
    """A group as mls-rs sees it. Mutable: its commits take effect when it processes them itself."""

    def __init__(self, group: Any) -> None:
        self._group = group

    def add(self, *key_packages: MLSMessage) -> PeerCommit:
        """Commit to adding these."""
        return self._applied(self._group.add_members([to_peer(package) for package in key_packages]))

    def commit(self) -> PeerCommit:
        """Commit to all proposals received."""
        return self._applied(self._group.commit())

    def remove(self, client: "PeerClient") -> PeerCommit:
        """Commit to removing another mls-rs client."""
        return self._applied(self._group.remove_members([client.signing_identity]))

    def propose_add(self, key_package: MLSMessage) -> MLSMessage:
        """Propose to add one client."""
        return from_peer(self._group.propose_add_members([to_peer(key_package)])[0])

    def process(self, message: MLSMessage) -> Any:
        """Take in a message of another member."""
        return self.process_bytes(encode(message))

    def process_bytes(self, data: bytes) -> Any:
        """Take in an encoded message."""
        return self._group.process_incoming_message(_rs().Message.from_bytes(data))

    def commit_bytes(self) -> bytes:
        """A Commit to all proposals received, encoded; it takes effect when the group processes it."""
        data: bytes = self._group.commit().commit_message.to_bytes()
        return data

    def encrypt_bytes(self, data: bytes) -> bytes:
        """An encoded application message."""
        message: bytes = self._group.encrypt_application_message(data).to_bytes()
        return message

    def encrypt(self, data: bytes) -> MLSMessage:
        """An application message."""
        return decode(MLSMessage, self.encrypt_bytes(data))

    def export(self, label: bytes, context: bytes, length: int) -> bytes:
        """MLS-Exporter of the current epoch."""
        secret: bytes = self._group.export_secret(label, context, length)
        return secret

    def tree(self) -> RatchetTreeNodes:
        """The current ratchet tree."""
        nodes: RatchetTreeNodes = _TREE.decode(self._group.export_tree().bytes)
        return nodes

    def _applied(self, output: Any) -> PeerCommit:
        self._group.process_incoming_message(output.commit_message)
        welcome = output.welcome_message
        return PeerCommit(from_peer(output.commit_message), None if welcome is None else from_peer(welcome))


class PeerClient:
    """One mls-rs client with a basic credential."""

    def __init__(self, name: bytes, *, tree_in_welcome: bool = True) -> None:
        config = _rs().client_config_default()
        config.use_ratchet_tree_extension = tree_in_welcome
        keys = _rs().generate_signature_keypair(_rs().CipherSuite.CURVE25519_AES128)
        self._client = _rs().Client(name, keys, config)

    @property
    def signing_identity(self) -> Any:
        """What mls-rs removes members by."""
        return self._client.signing_identity()

    def key_package(self) -> MLSMessage:
        """A fresh KeyPackage."""
        return from_peer(self._client.generate_key_package_message())

    def create(self, group_id: bytes) -> PeerGroup:
        """A new group with this client alone."""
        return PeerGroup(self._client.create_group(group_id))

    def join(self, welcome: MLSMessage, tree: RatchetTreeNodes | None = None) -> PeerGroup:
        """Join by Welcome, the tree in it or beside it."""
        beside = None if tree is None else _rs().RatchetTree(bytes=_TREE.encode(tree))
        return PeerGroup(self._client.join_group(beside, to_peer(welcome)).group)

    def join_bytes(self, welcome: bytes) -> PeerGroup:
        """Join by an encoded Welcome that has the tree."""
        return PeerGroup(self._client.join_group(None, _rs().Message.from_bytes(welcome)).group)


def to_peer(message: MLSMessage) -> Any:
    """Our message as mls-rs reads it."""
    return _rs().Message.from_bytes(encode(message))


def from_peer(message: Any) -> MLSMessage:
    """A message of mls-rs as we read it."""
    return decode(MLSMessage, message.to_bytes())
