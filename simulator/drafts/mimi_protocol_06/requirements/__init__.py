"""What [P], [RP] and [MC] demand, and the rules of this profile, as requirements with IDs: one file a section.

The numbers in IDs such as `P6-4.3-EPOCH` are those of the profile's sections. `profile` is what PROTOCOL.md adds.

joining       4.5, what a joiner checks       mls_binding   5, how MLS is used      components   5, what a room keeps
room_policy   6, roles and invariants         franking      7, content and Franks
"""

from simulator.drafts.mimi_protocol_06.requirements import components, franking, joining, mls_binding, room_policy

REQUIREMENTS = (
    *joining.REQUIREMENTS,
    *mls_binding.REQUIREMENTS,
    *components.REQUIREMENTS,
    *room_policy.REQUIREMENTS,
    *franking.REQUIREMENTS,
)
