"""draft-ietf-mimi-protocol-06 (April 2026) with draft-ietf-mimi-room-policy-03.

messages/           wire structs, presentation language above each class
names.py            rooms, their groups and hubs
sender.py           From: who asks
checks.py           what is checked of a request, in order
directory.py        where a provider serves
endpoints.py        the table of endpoints, and `write`: a command becomes a request
binding/            wire <-> services, one module an endpoint
refusals.py         problem details; result_codes.py: refusals in the structs of endpoints
endpoint_words.py   which endpoints the neutral words of scenarios stand for
vocabulary.py       what nobody else calls so
room/               participants, roles, policy: what a room keeps, and what it allows
content/            what messages say, and what a hub asserts of them
rules/              what a hub and a follower check and do
client/             what members check and write; mls_profile.py: what goes into leaves, groups and messages
attachments.py      assets: what members upload, refer to and download
adversary.py        what attackers choose from: rooms and leaves with one flaw each
fuzzing/            what fuzzers know: signing again, questions, offers to joiners, contents
requirements/       what the drafts and this profile demand, by ID
PROTOCOL.md         where the drafts are silent or contradict each other: what we chose, and why
"""

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.codec import declared_in
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.drafts.mimi_protocol_06 import content, messages, room, rules
from simulator.drafts.mimi_protocol_06.adversary import ADVERSARY
from simulator.drafts.mimi_protocol_06.attachments import Assets
from simulator.drafts.mimi_protocol_06.binding.consent import CONSENT
from simulator.drafts.mimi_protocol_06.binding.forging import honest, resign
from simulator.drafts.mimi_protocol_06.binding.identifier_query import SEARCH
from simulator.drafts.mimi_protocol_06.binding.key_material import write_fetch
from simulator.drafts.mimi_protocol_06.binding.notify import write_delivery
from simulator.drafts.mimi_protocol_06.checks import CHECKS
from simulator.drafts.mimi_protocol_06.client.reading import read_message
from simulator.drafts.mimi_protocol_06.endpoint_words import WORDS
from simulator.drafts.mimi_protocol_06.endpoints import DISCOVERY, ENDPOINTS, write
from simulator.drafts.mimi_protocol_06.messages.common import MLS10
from simulator.drafts.mimi_protocol_06.messages.labels import LABELS
from simulator.drafts.mimi_protocol_06.mls_profile import RoomProfile
from simulator.drafts.mimi_protocol_06.refusals import CODES, REFUSALS
from simulator.drafts.mimi_protocol_06.requirements import REQUIREMENTS
from simulator.drafts.mimi_protocol_06.requirements.unshown import UNSHOWN
from simulator.drafts.mimi_protocol_06.rules import own_requests
from simulator.drafts.mimi_protocol_06.sender import SENDER

if TYPE_CHECKING:
    from simulator.drafts.fuzzing import Fuzzing


def _fuzzing() -> "Fuzzing":
    from simulator.drafts.mimi_protocol_06.fuzzing import FUZZING

    return FUZZING


MIMI_PROTOCOL_06 = Draft(
    name="mimi-protocol-06",
    version=MLS10,
    endpoints=ENDPOINTS,
    discovery=DISCOVERY,
    write=write,
    write_delivery=write_delivery,
    read_message=read_message,
    write_fetch=write_fetch,
    refusals=REFUSALS,
    codes=tuple(CODES.values()),
    checks=CHECKS,
    rules=rules,
    resign=resign,
    honest=honest,
    mls=RoomProfile(),
    consent=CONSENT,
    search=SEARCH,
    sender=SENDER,
    own_requests=own_requests,
    attachments=Assets(),
    adversary=ADVERSARY,
    fuzzing=_fuzzing,
    requirements=REQUIREMENTS,
    unshown=UNSHOWN,
    declares=(__name__,),
    page=Path(__file__).parent / "PROTOCOL.md",
    structs={**declared_in(room), **declared_in(content), **declared_in(messages)},
    labels=LABELS,
    words=WORDS,
    lacks={
        DraftFeature.optional_mutual_tls: "servers authenticate each other by mutual TLS, always",
        DraftFeature.shared_hosts: "a notification does not say which of several providers at a host it is for",
        DraftFeature.last_resort: "a KeyPackage is handed out once",
        DraftFeature.open_join_info: "GroupInfo and ratchet tree come encrypted to the joiner, and signed by the hub",
        DraftFeature.connection_groups: "users give consent without a group of their own",
        DraftFeature.key_packages_for_connections: "all KeyPackages are of one kind",
        DraftFeature.delete_group: "there is no request to delete a room",
        DraftFeature.re_initialize_group: "nothing says which room succeeds one that is re-initialized",
        DraftFeature.provider_keys: "providers show certificates, and sign nothing",
    },
    client_by_client=False,
)
