"""What the neutral words for endpoints mean in this draft."""

from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.mimi_protocol_06 import directory
from simulator.drafts.mimi_protocol_06.binding.group_info import GROUP_INFO
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.mimi_protocol_06.binding.key_material import KEY_MATERIAL
from simulator.drafts.mimi_protocol_06.binding.notify import NOTIFY
from simulator.drafts.mimi_protocol_06.binding.submit_message import SUBMIT_MESSAGE
from simulator.drafts.mimi_protocol_06.binding.update import UPDATE

WORDS = {
    "fan_out": Meaning(NOTIFY.name),
    "handshake": Meaning(UPDATE.name),
    "message": Meaning(SUBMIT_MESSAGE.name),
    "key_packages": Meaning(KEY_MATERIAL.name),
    "lookup": Meaning(IDENTIFIER_QUERY.name),
    "join_info": Meaning(GROUP_INFO.name),
    "discovery": Meaning(directory.NAME),
}
