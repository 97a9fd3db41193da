"""Inviting those whom a Commit adds (RFC 9420 12.4.1, 12.4.3.1)."""

from collections.abc import Callable, Iterable
from dataclasses import field

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.mls.joining.welcome import EncryptedGroupSecrets, GroupSecrets, PathSecret, Welcome
from simulator.mls.key_schedule.key_schedule import welcome_key_and_nonce, welcome_secret
from simulator.mls.key_schedule.psk import PreSharedKeyID
from simulator.mls.tree.roster import Member
from simulator.mls.tree.treekem import NewPath


@dataclass(frozen=True, slots=True)
class Invitation:
    """What all newcomers of one Commit are told: `psks` in the order of the Commit."""

    suite: CipherSuite
    joiner_secret: bytes = field(repr=False)
    psk_secret: bytes = field(repr=False)
    psks: tuple[PreSharedKeyID, ...]
    path: NewPath | None

    def welcomes(
        self,
        added: Iterable[Member],
        group_info: GroupInfo,
        welcome_per: Callable[[KeyPackage], str] | None,
        rand: Rand,
    ) -> tuple[Welcome, ...]:
        """One Welcome per group that `welcome_per` makes of the added members, all with the same GroupInfo.

        Groups come in the order of their first member; without `welcome_per` there is one Welcome for all. Raises
        InvalidKey if an init key can't be encrypted to.
        """
        suite = self.suite
        key, nonce = welcome_key_and_nonce(suite, welcome_secret(suite, self.joiner_secret, self.psk_secret))
        encrypted_info = suite.aead.seal(key, nonce, b"", encode(group_info))
        batches: dict[str, list[EncryptedGroupSecrets]] = {}
        for member in added:
            if member.key_package is not None:
                batch = "" if welcome_per is None else welcome_per(member.key_package)
                entry = self._entry(member.leaf_index, member.key_package, encrypted_info, rand)
                batches.setdefault(batch, []).append(entry)
        return tuple(Welcome(suite.value, tuple(entries), encrypted_info) for entries in batches.values())

    def _entry(
        self, leaf_index: int, key_package: KeyPackage, encrypted_info: bytes, rand: Rand
    ) -> EncryptedGroupSecrets:
        path_secret = None if self.path is None else PathSecret(self.path.path_secret_for(leaf_index))
        secrets = encode(GroupSecrets(self.joiner_secret, path_secret, self.psks))
        sealed = self.suite.encrypt_with_label(key_package.init_key, "Welcome", encrypted_info, secrets, rand)
        return EncryptedGroupSecrets(key_package_ref(key_package), sealed)
