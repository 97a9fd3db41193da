"""Who gets a role without being in the list: by what its credential claims ([RP] Preauthorized users)."""

from simulator.codec import opaque, struct
from simulator.drafts.mimi_protocol_06.room.roles import Role
from simulator.mls.tree.credential import CredentialType


# [RP] Preauthorized users
# struct {
#     CredentialType credential_type;
#     opaque id<V>;
# } ClaimId;
@struct
class ClaimId:
    credential_type: CredentialType
    id: opaque


# [RP] Preauthorized users
# struct {
#     ClaimId claim_id;
#     opaque claim_value<V>;
# } Claim;
@struct
class Claim:
    claim_id: ClaimId
    claim_value: opaque


# [RP] Preauthorized users
# struct {
#     Claim claimset<V>;
#     Role target_role;
# } PreAuthRoleEntry;
@struct
class PreAuthRoleEntry:
    """Of the role only its index counts."""

    claimset: tuple[Claim, ...]
    target_role: Role


# [RP] Preauthorized users
# struct {
#     PreAuthRoleEntry preauthorized_entries<V>;
# } PreAuthData;
@struct
class PreAuthData:
    preauthorized_entries: tuple[PreAuthRoleEntry, ...]

    def role_for(self, *identities: str) -> int | None:
        """The index of the role that the first matching entry gives somebody of any of these names, or None.

        An entry matches if all of its claims do, and one without claims nobody.
        """
        claims = [basic_claim(identity) for identity in identities]
        return next(
            (
                entry.target_role.role_index
                for entry in self.preauthorized_entries
                if entry.claimset and all(claim in claims for claim in entry.claimset)
            ),
            None,
        )


def basic_claim(identity: str) -> Claim:
    """The one claim that a BasicCredential makes: its identity."""
    return Claim(ClaimId(CredentialType.basic, b""), identity.encode())
