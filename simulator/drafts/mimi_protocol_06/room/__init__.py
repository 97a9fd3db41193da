"""A room: who takes part in which role, what its policy allows, and what becomes of both ([P] 4.3, [RP]).

Everything is kept by components in the GroupContext's app_data_dictionary and changed by AppDataUpdates; all here are
functions of values.

component_ids   the numbers           participant_list, roles, preauth, base_policy, metadata, franking_agent   the data
capabilities    what roles may do     default_roles, new_room            what a new room has
component_updates   what AppDataUpdates make of the data (MLS `Components`)
room_state      the room with what is queued              room_changes   what proposals change in it
policy          whether an actor may change so much       admission      who may join, send, report, and add
invariants      what holds in every epoch                 member_checks  what members reject, and what they note
"""
