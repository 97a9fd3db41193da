"""What [T] and [DS] demand, and the rules of this profile, as requirements with IDs.

[T] is draft-kohbrok-mimi-transport-00, [DS] draft-robert-mimi-delivery-service-03. The number in an ID such as
`DS-ADD-USERS-VALIDATION-3` is that of the bullet in the section's "Validation" list. `profile` is what PROTOCOL.md
adds: order and status of the checks, error codes, who may say what.

transport  [T]        overview  [DS] up to the framing   framing   [DS] requests, answers, fan-out, joining, proposals
operations [DS] "Operations"                             authority [DS] after the operations
withdrawn  [DS] the Reduced Metadata mode                profile   ours
"""

from simulator.drafts.mimi_transport_00.requirements import (
    authority,
    framing,
    operations,
    overview,
    profile,
    transport,
    withdrawn,
)

REQUIREMENTS = (
    *transport.REQUIREMENTS,
    *overview.REQUIREMENTS,
    *framing.REQUIREMENTS,
    *operations.REQUIREMENTS,
    *authority.REQUIREMENTS,
    *withdrawn.REQUIREMENTS,
    *profile.REQUIREMENTS,
)
