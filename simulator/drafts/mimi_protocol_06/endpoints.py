"""The endpoints that a directory lists, and which of them takes a command."""

from simulator.drafts.mimi_protocol_06 import directory
from simulator.drafts.mimi_protocol_06.binding.asset import ASSET
from simulator.drafts.mimi_protocol_06.binding.consent import REQUEST_CONSENT, UPDATE_CONSENT
from simulator.drafts.mimi_protocol_06.binding.create_room import write_create_room
from simulator.drafts.mimi_protocol_06.binding.group_info import GROUP_INFO, write_group_info
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.mimi_protocol_06.binding.key_material import KEY_MATERIAL
from simulator.drafts.mimi_protocol_06.binding.notify import NOTIFY
from simulator.drafts.mimi_protocol_06.binding.proxy_download import PROXY_DOWNLOAD
from simulator.drafts.mimi_protocol_06.binding.report_abuse import REPORT_ABUSE, write_report, write_report_abuse
from simulator.drafts.mimi_protocol_06.binding.submit_message import SUBMIT_MESSAGE, write_submit_message
from simulator.drafts.mimi_protocol_06.binding.update import UPDATE, write_update
from simulator.drafts.mimi_protocol_06.client import writing
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.requests.endpoint import Outgoing
from simulator.services import commands
from simulator.services.asker import Asker
from simulator.services.commands import GroupCommand
from simulator.services.signing import Sign

SERVED = (
    KEY_MATERIAL,
    UPDATE,
    NOTIFY,
    SUBMIT_MESSAGE,
    GROUP_INFO,
    REQUEST_CONSENT,
    UPDATE_CONSENT,
    IDENTIFIER_QUERY,
    REPORT_ABUSE,
    PROXY_DOWNLOAD,
)
"""At a provider's service host."""

DISCOVERY = directory.discovery(SERVED)
ENDPOINTS = (DISCOVERY.endpoint, *SERVED, ASSET)


def write(
    command: GroupCommand,
    *,
    sender: str,
    recipient: str,
    sign: Sign | None = None,
    asker: Asker | None = None,
) -> Outgoing:
    """The request for a command. See `draft.Write`. Raises TypeError for one that there is no request for."""
    match command:
        case commands.CreateGroup():
            return write_create_room(command, provider=recipient)
        case commands.SendMessage(message):
            body, form, group_id = writing.write_message(command, asker), write_submit_message, message.group_id
        case commands.FetchJoinInfo(group_id):
            body, form = writing.write_question(command, asker, sign), write_group_info
        case commands.Report(group_id):
            body, form = write_report(command), write_report_abuse
        case commands.Leave(proposal):
            body, form, group_id = writing.write_proposals(command), write_update, proposal.group_id
        case (
            commands.AddUsers()
            | commands.AddClients()
            | commands.RemoveUsers()
            | commands.RemoveClients()
            | commands.UpdateClient()
            | commands.ChangeGroup()
            | commands.ExternalJoin()
        ):
            body, form, group_id = writing.write_commit(command), write_update, command.update.commit.group_id
        case _:
            raise TypeError(f"there is no request for {command.operation}")
    return form(command.operation, room_of(group_id or b""), body, sender=sender, recipient=recipient)
