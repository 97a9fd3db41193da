"""draft-kohbrok-mimi-transport as of September 2023: mimi-transport-00 over mutual TLS. Here is what differs.

messages.py  payloads without names, and their envelope     transactions.py  types; who sends; reading envelopes
binding.py   payloads <-> what mimi-transport-00 makes      endpoints.py     the same endpoints and checks
fuzzing.py   how fuzzers sign altered requests again
requirements.py  what is demanded otherwise                 vocabulary.py    what nobody else calls so
PROTOCOL.md  what differs, and what we chose
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.codec import declared_in
from simulator.drafts import mimi_transport_00 as first
from simulator.drafts.features import DraftFeature
from simulator.drafts.mimi_transport_01 import endpoints, messages
from simulator.drafts.mimi_transport_01.binding import honest, resign
from simulator.drafts.mimi_transport_01.requirements import REQUIREMENTS, UNSHOWN
from simulator.services.refusal import Code

if TYPE_CHECKING:
    from simulator.drafts.fuzzing import Fuzzing


def _fuzzing() -> "Fuzzing":
    from simulator.drafts.mimi_transport_01.fuzzing import FUZZING

    return FUZZING


MIMI_TRANSPORT_01 = replace(
    first.MIMI_TRANSPORT_00,
    name="mimi-transport-01",
    endpoints=endpoints.ENDPOINTS,
    write=endpoints.write,
    write_delivery=endpoints.write_delivery,
    write_fetch=endpoints.write_fetch,
    checks=endpoints.CHECKS,
    resign=resign,
    honest=honest,
    fuzzing=_fuzzing,
    provider_keys=endpoints.PROVIDER_KEYS,
    tenancy=None,
    codes=tuple(each for each in first.MIMI_TRANSPORT_00.codes if each is not Code.wrong_recipient),
    requirements=REQUIREMENTS,
    unshown=UNSHOWN,
    declares=(first.__name__, __name__),
    page=Path(__file__).parent / "PROTOCOL.md",
    structs={**first.MIMI_TRANSPORT_00.structs, **declared_in(messages)},
    lacks={
        DraftFeature.optional_mutual_tls: "servers authenticate each other by mutual TLS, always",
        DraftFeature.shared_hosts: "nothing in a request says which of several providers at a host it is for",
    },
)
