"""What a role may do ([RP] capability registry)."""

from enum import IntEnum


class Capability(IntEnum):
    """Names for the known numbers; a role may list any uint16. [RP] writes `can` before each."""

    add_participant = 0x0000
    remove_participant = 0x0001
    add_own_client = 0x0002
    remove_own_client = 0x0003
    open_join = 0x0004
    join_if_preauthorized = 0x0005
    remove_self = 0x0006
    create_join_code = 0x0007
    delete_join_code = 0x0008
    use_join_code = 0x0009
    ban = 0x000A
    un_ban = 0x000B
    kick = 0x000C
    knock = 0x000D
    accept_knock = 0x000E
    change_user_role = 0x000F
    change_own_role = 0x0010
    create_subgroup = 0x0011
    send_message = 0x0100
    receive_message = 0x0101
    copy_message = 0x0102
    report_abuse = 0x0103
    reply_to_message = 0x0104
    react_to_message = 0x0105
    edit_reaction = 0x0106
    delete_own_reaction = 0x0107
    delete_other_reaction = 0x0108
    edit_own_message = 0x0109
    delete_own_message = 0x010A
    delete_other_message = 0x010B
    start_topic = 0x010C
    reply_in_topic = 0x010D
    edit_own_topic = 0x010E
    edit_other_topic = 0x010F
    send_direct_message = 0x0110
    target_message = 0x0111
    upload_image = 0x0200
    upload_audio = 0x0201
    upload_video = 0x0202
    upload_attachment = 0x0203
    download_image = 0x0204
    download_audio = 0x0205
    download_video = 0x0206
    download_attachment = 0x0207
    send_link = 0x0208
    send_link_preview = 0x0209
    follow_link = 0x020A
    copy_link = 0x020B
    change_room_name = 0x0300
    change_room_description = 0x0301
    change_room_avatar = 0x0302
    change_room_subject = 0x0303
    change_room_mood = 0x0304
    change_own_name = 0x0380
    change_own_presence = 0x0381
    change_own_mood = 0x0382
    change_own_avatar = 0x0383
    start_call = 0x0400
    join_call = 0x0401
    send_audio = 0x0402
    receive_audio = 0x0403
    send_video = 0x0404
    receive_video = 0x0405
    share_screen = 0x0406
    view_shared_screen = 0x0407
    create_room = 0x0500
    destroy_room = 0x0501
    change_room_membership_style = 0x0502
    change_role_definitions = 0x0503
    change_preauthorized_user_list = 0x0504
    change_other_policy_attribute = 0x0505
    change_mls_operational_policies = 0x0600
    send_mls_reinit_proposal = 0x0601
    send_mls_update_proposal = 0x0602
    send_mls_psk_proposal = 0x0603
    send_mls_external_proposal = 0x0604
    send_mls_external_commit = 0x0605


def shown(capability: Capability) -> str:
    """The name that [RP] gives it: `canAddParticipant`."""
    special = {"mls": "MLS", "psk": "PSK"} if "mls" in capability.name and capability.name.startswith("send") else {}
    return "can" + "".join(special.get(part, part.capitalize()) for part in capability.name.split("_"))
