"""A mistake, planted to see whether it is found: of three or more recipients at one provider the last gets no message.

python -m tests.sweep.shrinking.planted run seed-1.yaml          the command line with that mistake in it
"""

from collections.abc import Iterable
from unittest.mock import patch

from simulator.__main__ import main
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.mls.framing.message import MLSMessage
from simulator.services.delivery.effects import Effect
from simulator.services.names import parse_client
from simulator.services.service_context import ServiceContext

PLANTED = "simulator.drafts.mimi_transport_00.rules.messages.deliver"


def forgetful(
    group_id: bytes, clients: Iterable[str], message: MLSMessage, context: ServiceContext
) -> tuple[Effect, ...]:
    """Take the place of `deliver` for application messages."""
    seen: dict[str, int] = {}
    kept = []
    for client in clients:
        provider = parse_client(client).provider
        seen[provider] = seen.get(provider, 0) + 1
        if seen[provider] < 3:
            kept.append(client)
    return deliver(group_id, kept, message, context)


if __name__ == "__main__":
    with patch(PLANTED, forgetful):
        main()
