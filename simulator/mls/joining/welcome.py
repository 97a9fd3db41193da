"""The invitation to those whom a Commit added (RFC 9420 12.4.3.1)."""

from simulator.codec import opaque, struct, uint16
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.key_schedule.psk import PreSharedKeyID


# RFC 9420 12.4.3.1
# struct {
#     opaque path_secret<V>;
# } PathSecret;
@struct
class PathSecret:
    path_secret: opaque


# RFC 9420 12.4.3.1
# struct {
#     opaque joiner_secret<V>;
#     optional<PathSecret> path_secret;
#     PreSharedKeyID psks<V>;
# } GroupSecrets;
@struct
class GroupSecrets:
    joiner_secret: opaque
    path_secret: PathSecret | None
    psks: tuple[PreSharedKeyID, ...]


# RFC 9420 12.4.3.1
# struct {
#     KeyPackageRef new_member;
#     HPKECiphertext encrypted_group_secrets;
# } EncryptedGroupSecrets;
@struct
class EncryptedGroupSecrets:
    new_member: opaque
    encrypted_group_secrets: HPKECiphertext


# RFC 9420 12.4.3.1
# struct {
#     CipherSuite cipher_suite;
#     EncryptedGroupSecrets secrets<V>;
#     opaque encrypted_group_info<V>;
# } Welcome;
@struct
class Welcome:
    cipher_suite: uint16
    secrets: tuple[EncryptedGroupSecrets, ...]
    encrypted_group_info: opaque
