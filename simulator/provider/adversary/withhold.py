"""An owner keeps from a guest provider what it owes it."""

from simulator.provider.provider import Provider
from simulator.services.site import Site


def withhold(owner: Provider, guest: str) -> int:
    """Throw away everything that waits in the outbox for `guest`; how many messages that were."""

    def do(site: Site) -> int:
        count = 0
        while (entry := site.store.outbox.first(guest)) is not None:
            site.store.outbox.remove(entry.id)
            count += 1
        return count

    return owner.desk.do(do)
