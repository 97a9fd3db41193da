"""Which requests a fault is meant for."""

import msgspec

from simulator.net.client.request_route import RequestRoute


class RequestMatch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Requests that have all the properties given; without any, every request.

    "The second /v1/notify to b.example" is
    `RequestMatch(recipient="b.example", endpoint="/v1/notify", skip=1, times=1)`.
    """

    sender: str | None = None
    """The provider that asks."""
    recipient: str | None = None
    """The provider that is asked, or the host name that is."""
    endpoint: str | None = None
    """An endpoint's name or path; in a scenario also a word for it, such as `fan_out`."""
    operation: tuple[str, ...] = ()
    """What the sender calls it: `add_users`, `send_message`, ...; any of several; all if none is said."""
    skip: int = 0
    """How many such requests pass unhurt first."""
    times: int | None = None
    """How many are hit after that; None for all."""

    def matches(self, route: RequestRoute) -> bool:
        """Whether a request has these properties, whatever its number."""
        return (
            self.sender in (None, route.sender)
            and self.recipient in (None, route.recipient, route.host)
            and self.endpoint in (None, route.endpoint, route.path)
            and (not self.operation or route.operation in self.operation)
        )

    def counts(self, number: int) -> bool:
        """Whether the request of this number, among those that match, counted from 1, is hit."""
        return number > self.skip and (self.times is None or number <= self.skip + self.times)
