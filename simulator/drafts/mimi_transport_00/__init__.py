"""draft-kohbrok-mimi-transport-00 (August 2023) over draft-robert-mimi-delivery-service-03.

messages/          wire structs, presentation language above each class
endpoints.py       the table of endpoints, and `write`: a command becomes a request
binding/           wire <-> services, both ways
checks.py          what is checked of a request, in order
errors.py          refusals on the wire and back
endpoint_words.py  which endpoints the neutral words of scenarios stand for
vocabulary.py      what nobody else calls so
rules/             what an owner checks and does
adversary.py       what attackers choose from: operations to file a commit under, flaws of new groups
fuzzing.py         what fuzzers know: how altered requests are signed again
mls_profile.py     what goes into leaves, KeyPackages and groups; connection_groups.py: who may be in one
practices.py       which of these requirements decisions follow that nobody asks for
requirements/      what the two drafts and this profile demand, by ID
PROTOCOL.md        where the drafts are silent or contradict each other: what we chose, and why
"""

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.codec import declared_in
from simulator.drafts.consent import Consent
from simulator.drafts.draft import Draft
from simulator.drafts.mimi_transport_00 import extensions, messages, rules
from simulator.drafts.mimi_transport_00.adversary import ADVERSARY
from simulator.drafts.mimi_transport_00.binding.forging import honest, resign
from simulator.drafts.mimi_transport_00.checks import CHECKS, TENANCY
from simulator.drafts.mimi_transport_00.connecting import connect
from simulator.drafts.mimi_transport_00.endpoint_words import WORDS
from simulator.drafts.mimi_transport_00.endpoints import (
    DISCOVERY,
    ENDPOINTS,
    PROVIDER_KEYS,
    write,
    write_delivery,
    write_fetch,
)
from simulator.drafts.mimi_transport_00.errors import CODES, REFUSALS
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.messages.labels import LABELS
from simulator.drafts.mimi_transport_00.mls_profile import TransportProfile
from simulator.drafts.mimi_transport_00.practices import PRACTICES
from simulator.drafts.mimi_transport_00.requirements import REQUIREMENTS
from simulator.drafts.mimi_transport_00.requirements.unshown import UNSHOWN
from simulator.drafts.mimi_transport_00.rules.deliveries import read_message

if TYPE_CHECKING:
    from simulator.drafts.fuzzing import Fuzzing


def _fuzzing() -> "Fuzzing":
    from simulator.drafts.mimi_transport_00.fuzzing import FUZZING

    return FUZZING


MIMI_TRANSPORT_00 = Draft(
    name="mimi-transport-00",
    version=MIMI10,
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
    mls=TransportProfile(),
    consent=Consent(connect),
    provider_keys=PROVIDER_KEYS,
    adversary=ADVERSARY,
    fuzzing=_fuzzing,
    tenancy=TENANCY,
    requirements=REQUIREMENTS,
    unshown=UNSHOWN,
    declares=(__name__,),
    page=Path(__file__).parent / "PROTOCOL.md",
    structs={**declared_in(extensions), **declared_in(messages)},
    labels=LABELS,
    words=WORDS,
    practices=PRACTICES,
)
