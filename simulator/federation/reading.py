"""A client reads its queue, as far as that can be done now."""

from simulator.clients import Client
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.federation.user import User
from simulator.machine import MachineFailure
from simulator.net import TransportError
from simulator.services.refusal import Refusal


async def read_queue(user: User, client: Client) -> bool:
    """Let a client of a user read its queue; whether there was anything new. What fails of this machine is noted as the
    provider's, and what others do not answer stays: the client tries again the next time.
    """
    try:
        return bool(await client.sync())
    except (TransportError, BadAnswer, Refusal):
        return False
    except MachineFailure as failure:
        user.provider.faults.append(failure)
        return False
